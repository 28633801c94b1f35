"""A comparison with a number, as it is typed: `>100`, 超过一百件, 100到500件."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from archive.catalogue import INDICATORS, QUANTITIES, Quantity, Sum
from archive.report import chinese_number
from archive.search.question.conditions.condition import (
    NUMBER,
    SIGNS,
    TOO_MUCH,
    Condition,
    read_number,
)

# The longer of two that begin alike stands first.
OPERATORS: dict[str, str] = {
    **dict.fromkeys(("大于等于", "不少于", "不低于", "不小于", "至少", "达到"), ">="),
    **dict.fromkeys(("小于等于", "不高于", "不多于", "不大于"), "<="),
    **dict.fromkeys(("最多不超过", "至多不超过", "不超过", "没有超过"), "<="),
    **dict.fromkeys(("没超过", "未超过", "至多", "最多"), "<="),
    **dict.fromkeys(("最少", "起码"), ">="),
    **dict.fromkeys(("超过", "超出", "大于", "多于", "高于", "多过", "突破"), ">"),
    **dict.fromkeys(("少于", "小于", "低于", "不足", "不到", "未到"), "<"),
    **dict.fromkeys(("不满", "未满", "没有达到", "没达到", "未达到"), "<"),
    "不等于": "!=",
    "等于": "=",
}
"""A comparison in words → the operator it means."""
_BEHIND = {"以上": ">=", "以下": "<=", "以内": "<="}
"""The same, behind the number."""
_MONEY = {"元": 1, "万元": 10_000, "亿元": 100_000_000}
_COUNTED = ("件次", "人次", "件", "条", "次", "宗", "起", "个", "份", "项", "例", "场")
_COUNTED_OR_SHARE = (*_COUNTED, "%")
_TENTH = "成"
_TIMES = "倍"
"""Of growth: 增长两倍 is twice as much more."""
_ALONE = {**dict.fromkeys((*_COUNTED_OR_SHARE, _TENTH), "="), _TIMES: ">="}
"""Units of a number that nothing compares, and what that means: 受理二十件, 只有一成.
增长两倍 hardly ever means twice to the hundredth.
"""
_PARTS = dict.fromkeys(("一半", "半数", "半"), Decimal("0.5"))
_ROUND = {"百": 100, "千": 1_000, "万": 10_000}
"""超过百件, 上千件: a hundred, a thousand."""
_SCALE = {"百": 100, "千": 1_000, "万": 10_000, "百万": 1_000_000}
_BELOW = {"百": "十", "千": "百", "万": "千"}
"""What 一百五 leaves out: it is 一百五十."""
_SCALE |= {"千万": 10_000_000, "亿": 100_000_000}

_SIGN = "|".join(sorted(map(re.escape, SIGNS), key=len, reverse=True))
_WORD = "|".join(OPERATORS)
_MONEY_UNITS = sorted(_MONEY, key=len, reverse=True)
_UNIT = "|".join((*_MONEY_UNITS, *_COUNTED_OR_SHARE, _TENTH, _TIMES))
_NUMERALS = "[零一二两三四五六七八九十百千]"
# Digits and numerals in turns: 1万2千, 1万2, 3千5百.
_MIXED = r"\d{1,4}万\d千(?:\d百)?|\d{1,4}万\d(?![\d.百千万])|\d千\d百"
# e.g. "1万", "2千", "2"
# not "万"
_PART_OF_MIXED = re.compile(r"(\d+)([百千万]?)")
_SPOKEN = f"{_NUMERALS}{{1,8}}(?:万{_NUMERALS}{{1,8}})?"
# e.g. "一百五", "两千五", "一万二"
# not "一百零五", "一百五十"
_CUT_SHORT = re.compile("([百千万])([一二两三四五六七八九])$")
# 过半, 过千件, 破千, 上百件, 超五百件: short words, only before such.
_SHORT = {"过": ">", "破": ">", "逾": ">", "超": ">", "上": ">="}
_SHORT |= {"没过": "<=", "未过": "<=", "未达": "<", "达": ">=", "满": ">="}
_ABOUT = "将近|接近|近|大约|约"
# 申请同比>-10%: only behind a sign a minus is one.
_SIGNED = rf"(?P<sign>{_SIGN})(?:\s{{0,3}}(?P<minus>-)(?=\d))?"
_ROUNDLY = "(?:[没未]?过|破)(?=[半百千万])|上(?=[百千万])"
_IN_SHORT = rf"{_ROUNDLY}|(?:[超逾满]|未?达)(?=[半\d]|{_NUMERALS}|万)"
# 公开率为零, 申请不为0件: before any other number 为 says nothing.
_OF_NONE = {"为": "=", "是": "=", "不为": "!=", "不是": "!=", "非": "!="}
_NONE = rf"(?:{'|'.join(_OF_NONE)})(?=零|0(?![\d.]))|不[为是](?=\d)"
_SAID = SIGNS | OPERATORS | _SHORT | _OF_NONE
_HOW = rf"(?:{_SIGNED}|(?P<word>{_WORD}|{_IN_SHORT}|{_NONE})了?|(?P<about>{_ABOUT}))"
_DIGITS = rf"(?:(?P<mixed>{_MIXED})|(?P<digits>{NUMBER})|(?P<spoken>{_SPOKEN}|万))"
_OF = rf"(?P<under>{_SPOKEN})分之(?P<over>{_SPOKEN})"
_SCALED = "(?:[百千]?万|亿)(?!元)|[百千]"
_MEASURE = rf"(?:\s?(?P<scale>{_SCALED}))?(?:\s?(?P<unit>{_UNIT}))?"
# What a comparison begins with, so that other places are left after one look.
_FIRST = "".join(sorted({word[0] for word in (*_SAID, *_ABOUT.split("|"), *_PARTS)}))
_BEGINNING = rf"(?=[{re.escape(_FIRST)}\d万]|{_NUMERALS})"
_NUMBER = rf"(?:{_OF}|(?P<part>{'|'.join(_PARTS)})|{_DIGITS}{_MEASURE})"
# e.g. ">100", "超过一百件", "100件以上", "低于一半", ">= 1,000", "不到三成", "过半"
# not "很多", "超过", "以上"
_COMPARISON = re.compile(
    rf"{_BEGINNING}(?:{_HOW}\s{{0,3}})?{_NUMBER}(?P<behind>(?:\(不?含\)|[及或])?以[上下内]|左右)?"
)
_END_UNIT = "|".join((*_MONEY_UNITS, *_COUNTED_OR_SHARE))
_EITHER_WAY = rf"{_MIXED}|\d{{1,4}}[百千万](?!元)|{NUMBER}|{_SPOKEN}"
_FROM = rf"(?P<from>{_EITHER_WAY})(?:\s?(?:{_END_UNIT}))?"
_TO = "\\s?(?:-{1,2}|~|—{1,2}|至|到|和|与)\\s?"
_UP_TO = rf"(?P<to>{_EITHER_WAY})\s?(?:(?P<unit>{_END_UNIT})|(?=之间))"
# e.g. "100到500件", "在50%至80%之间", "100-500件", "一百件到二百件", "介于1和2之间"
# not "2020-2022", "100件", "5到6月"
_RANGE = re.compile(rf"(?:在|介于)?{_FROM}(?P<between>{_TO}){_UP_TO}(?:之间)?")
_OVER = {key: frozenset({one.over}) for key, one in INDICATORS.items()}
"""An indicator → what it counts, which a share of it counts too."""
_PER_CENT_FROM = 2
"""A share without a sign: `<50` is 50 %, 0.5 a half; between them nobody knows."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """An operator and a number as they stand in a text, in normal form."""

    start: int
    end: int
    operator: str
    number: Decimal
    unit: str
    """`%` for shares, empty where none stands there."""
    in_signs: bool = False
    """Whether it is written as a sign; words are understood more narrowly."""
    is_bare: bool = False
    """Whether nothing compares, so that the number itself is meant: 受理二十件."""
    is_about: bool = False
    """Whether the number is no sure one: 近九成, 100件左右."""

    def of(self, quantity: Quantity) -> Decimal | None:
        """The number in the unit of a quantity; None where they don't go together."""
        if self.unit == _TIMES:
            return self.number if quantity.is_growth else None
        if quantity.is_share:
            return self._share()
        if self.unit == "%":
            return None
        if quantity.unit in _MONEY:
            return self._money(quantity.unit)
        if self.unit in _MONEY:
            return None
        return self.number

    def _share(self) -> Decimal | None:
        """As a part of one."""
        if self.unit == "%":
            return self.number / 100
        if self.unit:
            return None
        if self.number <= 1:
            return self.number
        if self.number < _PER_CENT_FROM:
            return None
        return self.number / 100

    def _money(self, unit: str) -> Decimal | None:
        """In 元 or 万元, whichever the form counts in."""
        if not self.unit:
            return self.number
        if self.unit not in _MONEY:
            return None
        return self.number * _MONEY[self.unit] / _MONEY[unit]


def comparisons(text: str) -> Iterator[Comparison]:
    """All comparisons with a number in a text in normal form, in order.

    A range is two of them, the second right behind the first.
    """
    end = 0
    for match in _RANGE.finditer(text):
        yield from _single(text, end, match.start())
        yield from _both_ends(match)
        end = match.end()
    yield from _single(text, end, len(text))


def conditions_of(keys: Iterable[str], comparison: Comparison) -> Iterator[Condition]:
    """The comparison for each key in whose unit it can be.

    不予公开>5 is five of them, 不予公开>0.5 and >5% a share: never both of the same.
    """
    is_part = bool(comparison.number % 1)
    told: set[Sum] = set()
    for key in sorted(keys, key=lambda key: QUANTITIES[key].is_share is not is_part):
        number: Decimal | None = comparison.of(QUANTITIES[key])
        over = _OVER.get(key, frozenset())
        if number is not None and number < TOO_MUCH and told.isdisjoint(over):
            told |= over
            yield Condition(key, comparison.operator, number)


def _both_ends(match: re.Match[str]) -> Iterator[Comparison]:
    """A range as two comparisons."""
    lowest, highest = _either_way(match["from"]), _either_way(match["to"])
    if lowest is None or highest is None:
        return
    middle = match.end("between")
    at_least = Comparison(match.start(), middle, ">=", lowest, match["unit"] or "")
    yield at_least
    yield replace(
        at_least, start=middle, end=match.end(), operator="<=", number=highest
    )


def _single(text: str, start: int, end: int) -> Iterator[Comparison]:
    """The comparisons with one number between two places of a text."""
    for match in _COMPARISON.finditer(text, start, end):
        operator = _operator(match)
        counted = _counted(match)
        is_about = bool(match["about"] or match["behind"] == "左右")
        is_bare = not (operator or is_about) and _is_said(match)
        if counted and (operator or is_about or is_bare):
            number, unit = counted
            yield Comparison(
                *match.span(),
                operator or _ALONE.get(match["unit"], "="),
                number,
                unit,
                in_signs=bool(match["sign"]),
                is_bare=is_bare,
                is_about=is_about,
            )


def _is_said(match: re.Match[str]) -> bool:
    """Whether the number means something by itself: not 百件 of 申请数百件."""
    return match["unit"] in _ALONE and match["spoken"] not in _ROUND


def _operator(match: re.Match[str]) -> str:
    """Empty for a bare number."""
    how = match["sign"] or match["word"]
    if how:
        return _SAID[how]
    behind = match["behind"] or ""
    is_without = "不含" in behind
    return _BEHIND.get(behind[-2:], "").rstrip("=" * is_without)


def _counted(match: re.Match[str]) -> tuple[Decimal, str] | None:
    """The number and its unit; None for numerals that are no number."""
    if match["part"]:
        return _PARTS[match["part"]] * 100, "%"
    if match["under"]:
        return _fraction(match["under"], match["over"])
    unit = match["unit"] or ""
    number = _number(match)
    if number is None:
        return None
    number *= _SCALE.get(match["scale"], 1)
    if unit == _TENTH:
        return number * 10, "%"
    return number, unit


def _number(match: re.Match[str]) -> Decimal | None:
    """In digits, or as it is spoken; None for numerals that are no number."""
    if match["digits"]:
        return read_number((match["minus"] or "") + match["digits"])
    return _either_way(match["mixed"] or match["spoken"])


def _either_way(text: str) -> Decimal | None:
    """A number in digits, or as it is spoken."""
    if not text[0].isdecimal():
        return _spoken(text)
    return read_number(text) if _ROUND.keys().isdisjoint(text) else _mixed(text)


def _mixed(text: str) -> Decimal:
    """1万2千: twelve thousand, as 1万2 is."""
    total, scale = 0, 1
    for digits, sign in _PART_OF_MIXED.findall(text):
        scale = _ROUND[sign] if sign else scale // 10
        total += int(digits) * scale
    return Decimal(total)


def _spoken(text: str) -> Decimal | None:
    """A numeral as it is spoken, or 百 for a hundred."""
    text = _CUT_SHORT.sub(lambda short: short[0] + _BELOW[short[1]], text)
    spoken = _ROUND.get(text) or chinese_number(text)
    if spoken is None:
        return None
    return Decimal(spoken)


def _fraction(under: str, over: str) -> tuple[Decimal, str] | None:
    """三分之一, 百分之五十: in per cent."""
    below, above = _spoken(under), _spoken(over)
    if not below or above is None:
        return None
    return round(above * 100 / below, 8), "%"

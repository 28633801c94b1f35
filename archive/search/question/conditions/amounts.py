"""A comparison with a number, as it is typed: `>100`, 超过一百件, 100到500件."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from archive.catalogue import INDICATORS, QUANTITIES, Quantity, Sum
from archive.search.question.conditions.condition import (
    NUMBER,
    SIGNS,
    TOO_MUCH,
    Condition,
    read_number,
)
from archive.search.question.conditions.numerals import (
    COUNTED,
    MIXED,
    MONEY,
    NUMERALS,
    ROUND,
    SCALED,
    SCALES,
    SPOKEN,
    TENTH,
    UNIT,
    counted,
    fraction,
    is_scaled,
)
from archive.search.question.conditions.ranges import RANGE, ends_of

# The longer of two that begin alike stands first.
OPERATORS: dict[str, str] = {
    **dict.fromkeys(("大于等于", "不少于", "不低于", "不小于", "至少", "达到"), ">="),
    **dict.fromkeys(("小于等于", "不高于", "不多于", "不大于"), "<="),
    **dict.fromkeys(("最多不超过", "至多不超过", "不超过", "没有超过"), "<="),
    **dict.fromkeys(("没超过", "未超过", "至多", "最多"), "<="),
    **dict.fromkeys(("最少", "起码"), ">="),
    **dict.fromkeys(("超过", "超出", "大于", "多于", "高于", "多过", "突破"), ">"),
    **dict.fromkeys(("少于", "小于", "低于", "不足", "不到", "未到", "跌破"), "<"),
    **dict.fromkeys(("不满", "未满", "没有达到", "没达到", "未达到"), "<"),
    "不等于": "!=",
    **dict.fromkeys(("等于", "正好", "刚好", "恰好"), "="),
}
"""A comparison in words → the operator it means."""
BEHIND = {"以上": ">=", "以下": "<=", "以内": "<=", "+": ">="}
"""The same, behind the number."""
_TIMES = "倍"
"""Of growth: 增长两倍 is twice as much more."""
_ALONE = {**dict.fromkeys((*COUNTED, "%", TENTH), "="), _TIMES: ">="}
"""Units of a number that nothing compares, and what that means: 受理二十件, 只有一成.
增长两倍 hardly ever means twice to the hundredth.
"""
_PARTS = dict.fromkeys(("一半", "半数", "半"), Decimal("0.5"))

_SIGN = "|".join(sorted(map(re.escape, SIGNS), key=len, reverse=True))
_WORD = "|".join(OPERATORS)
_UNIT = f"{UNIT}|{_TIMES}"
# 过半, 过千件, 破千, 上百件, 超五百件: short words, only before such.
_SHORT = {"过": ">", "破": ">", "逾": ">", "超": ">", "上": ">="}
_SHORT |= {"没过": "<=", "未过": "<=", "未达": "<", "达": ">=", "满": ">="}
_ABOUT = "将近|接近|近|大约|约"
# 申请同比>-10%: only behind a sign a minus is one.
_SIGNED = rf"(?P<sign>{_SIGN})(?:\s{{0,3}}(?P<minus>-)(?=\d))?"
_ROUNDLY = "(?:[没未]?过|破)(?=[半百千万])|上(?=[百千万])"
_IN_SHORT = rf"{_ROUNDLY}|(?:[超逾满]|未?达)(?=[半\d]|{NUMERALS}|万)"
# 公开率为零, 申请不为0件: before any other number 为 says nothing.
_OF_NONE = {"为": "=", "是": "=", "不为": "!=", "不是": "!=", "非": "!="}
_NONE = rf"(?:{'|'.join(_OF_NONE)})(?=零|0(?![\d.]))|不[为是](?=\d)"
_SAID = SIGNS | OPERATORS | _SHORT | _OF_NONE
_HOW = rf"(?:{_SIGNED}|(?P<word>{_WORD}|{_IN_SHORT}|{_NONE})了?|(?P<about>{_ABOUT}))"
_DIGITS = rf"(?:(?P<mixed>{MIXED})|(?P<digits>{NUMBER})|(?P<spoken>{SPOKEN}|万))"
_OF = (
    rf"(?P<under>{SPOKEN})分之(?P<over>{SPOKEN})"
    r"|(?P<above>\d{1,3})/(?P<below>\d{1,3})(?![\d/])"
)
_MEASURE = rf"(?:\s?(?P<scale>{SCALED}))?(?:\s?(?P<unit>{_UNIT}))?"
# What a comparison begins with, so that other places are left after one look.
_FIRST = "".join(sorted({word[0] for word in (*_SAID, *_ABOUT.split("|"), *_PARTS)}))
_BEGINNING = rf"(?=[{re.escape(_FIRST)}\d万]|{NUMERALS})"
_NUMBER = rf"(?:{_OF}|(?P<part>{'|'.join(_PARTS)})|{_DIGITS}{_MEASURE})"
# e.g. ">100", "超过一百件", "100件以上", "低于一半", ">= 1,000", "不到三成", "过半"
# not "很多", "超过", "以上"
_COMPARISON = re.compile(
    rf"{_BEGINNING}(?:{_HOW}\s{{0,3}})?{_NUMBER}(?P<behind>(?:\(不?含\)|[及或])?以[上下内]|左右|\+)?"
)
_OVER = {key: frozenset({one.over}) for key, one in INDICATORS.items()}
"""An indicator → what it counts, which a share of it counts too."""
_PER_CENT = "百"
"""公开率百分之百 says a share as 100% does; 三分之一 would hardly be met."""
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
    is_scaled: bool = False
    """Whether 万 or 亿 is said, which of money are 万元 and 亿元."""

    def of(self, quantity: Quantity) -> Decimal | None:
        """The number in the unit of a quantity; None where they don't go together."""
        if self.unit == _TIMES:
            return self.number if quantity.is_growth else None
        if quantity.is_share:
            return self._share()
        if self.unit == "%":
            return None
        if quantity.unit in MONEY:
            return self._money(quantity.unit)
        if self.unit in MONEY:
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
        if not (self.unit or self.is_scaled):
            return self.number
        if self.unit and self.unit not in MONEY:
            return None
        return self.number * MONEY.get(self.unit, 1) / MONEY[unit]


def comparisons(text: str) -> Iterator[Comparison]:
    """All comparisons with a number in a text in normal form, in order.

    A range is two of them, the second right behind the first.
    """
    end = 0
    for match in RANGE.finditer(text):
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
    middle = match.end("between")
    places = ((match.start(), middle, ">="), (middle, match.end(), "<="))
    for place, end in zip(places, ends_of(match), strict=False):
        yield Comparison(*place, end.number, end.unit, is_scaled=end.is_scaled)


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
                is_scaled=is_scaled(match[0]),
            )


def _is_said(match: re.Match[str]) -> bool:
    """Whether the number means something by itself: not 百件 of 申请数百件."""
    if match["under"]:
        return match["under"] == _PER_CENT
    return match["unit"] in _ALONE and match["spoken"] not in ROUND


def _operator(match: re.Match[str]) -> str:
    """Empty for a bare number."""
    how = match["sign"] or match["word"]
    if how:
        return _SAID[how]
    behind = match["behind"] or ""
    is_without = "不含" in behind
    return BEHIND.get(behind[-2:], "").rstrip("=" * is_without)


def _counted(match: re.Match[str]) -> tuple[Decimal, str] | None:
    """The number and its unit; None for numerals that are no number."""
    if match["part"]:
        return _PARTS[match["part"]] * 100, "%"
    under = match["under"] or match["below"]
    if under:
        return fraction(under, match["over"] or match["above"])
    unit = match["unit"] or ""
    number = _number(match)
    if number is None:
        return None
    number *= SCALES.get(match["scale"], 1)
    if unit == TENTH:
        return number * 10, "%"
    return number, unit


def _number(match: re.Match[str]) -> Decimal | None:
    """In digits, or as it is spoken; None for numerals that are no number."""
    if match["digits"]:
        return read_number((match["minus"] or "") + match["digits"])
    return counted(match["mixed"] or match["spoken"])

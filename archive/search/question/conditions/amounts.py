"""A comparison with a number, as it is typed: `>100`, 超过一百件, 不到三成."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from archive.catalogue import Quantity
from archive.report import chinese_number
from archive.search.question.conditions.condition import NUMBER, SIGNS, read_number

# The longer of two that begin alike stands first.
_WORDS: dict[str, str] = {
    **dict.fromkeys(("大于等于", "不少于", "不低于", "不小于", "至少", "达到"), ">="),
    **dict.fromkeys(("小于等于", "不超过", "不高于", "不多于", "不大于"), "<="),
    **dict.fromkeys(("至多", "最多"), "<="),
    **dict.fromkeys(("超过", "超出", "大于", "多于", "高于", "多过"), ">"),
    **dict.fromkeys(("少于", "小于", "低于", "不足", "不到", "未到"), "<"),
    "不等于": "!=",
    "等于": "=",
}
"""A comparison in words → the operator it means."""
_BEHIND = {"以上": ">=", "以下": "<=", "以内": "<="}
"""The same, behind the number."""
_MONEY = {"元": 1, "万元": 10_000, "亿元": 100_000_000}
_COUNTED = ("件次", "人次", "件", "条", "次", "宗", "起", "个", "份", "项", "例", "场")
_PARTS = {"一半": Decimal("0.5"), "半数": Decimal("0.5")}
_SCALE = {"万": 10_000, "亿": 100_000_000}

_SIGN = "|".join(sorted(map(re.escape, SIGNS), key=len, reverse=True))
_WORD = "|".join(_WORDS)
_UNIT = "|".join((*sorted(_MONEY, key=len, reverse=True), *_COUNTED, "%", "成"))
_SPOKEN = "[零一二两三四五六七八九十百千]{1,8}"
# 申请同比>-10%: only behind a sign a minus is one.
_HOW = rf"(?:(?P<sign>{_SIGN})(?:\s{{0,3}}(?P<minus>-)(?=\d))?|(?P<word>{_WORD})了?)"
_DIGITS = rf"(?:(?P<digits>{NUMBER})|(?P<spoken>{_SPOKEN}))"
_MEASURE = rf"(?:\s?(?P<scale>[万亿](?!元)))?(?:\s?(?P<unit>{_UNIT}))?"
_NUMBER = rf"(?:(?P<part>{'|'.join(_PARTS)})|{_DIGITS}{_MEASURE})"
# e.g. ">100", "超过一百件", "100件以上", "低于一半", ">= 1,000", "不到三成"
# not "很多", "超过", "以上"
_COMPARISON = re.compile(
    rf"(?:{_HOW}\s{{0,3}})?{_NUMBER}(?P<behind>(?:及|或)?以[上下内])?"
)
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
    in_signs: bool
    """Whether it is written as a sign; words are understood more narrowly."""

    def of(self, quantity: Quantity) -> Decimal | None:
        """The number in the unit of a quantity; None where they don't go together."""
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
    """All comparisons with a number in a text in normal form, in order."""
    for match in _COMPARISON.finditer(text):
        operator = _operator(match)
        counted = _counted(match)
        if operator and counted:
            number, unit = counted
            in_signs = bool(match["sign"])
            yield Comparison(*match.span(), operator, number, unit, in_signs)


def _operator(match: re.Match[str]) -> str:
    """Empty for a bare number."""
    if match["sign"]:
        return SIGNS[match["sign"]]
    if match["word"]:
        return _WORDS[match["word"]]
    behind = (match["behind"] or "").lstrip("及或")
    return _BEHIND.get(behind, "")


def _counted(match: re.Match[str]) -> tuple[Decimal, str] | None:
    """The number and its unit; None for numerals that are no number."""
    if match["part"]:
        return _PARTS[match["part"]] * 100, "%"
    unit = match["unit"] or ""
    number = _number(match)
    if number is None:
        return None
    number *= _SCALE.get(match["scale"], 1)
    if unit == "成":
        return number * 10, "%"
    return number, unit


def _number(match: re.Match[str]) -> Decimal | None:
    """In digits, or as it is spoken; None for numerals that are no number."""
    if match["digits"]:
        number = read_number(match["digits"])
        return -number if match["minus"] else number
    spoken = chinese_number(match["spoken"])
    if spoken is None:
        return None
    return Decimal(spoken)

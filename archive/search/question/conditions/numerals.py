"""Numbers as they are typed and spoken, and their units: 1万2千, 三分之一, 五成."""

from __future__ import annotations

import re
from decimal import Decimal

from archive.report import chinese_number
from archive.search.question.conditions.condition import read_number

ROUND = {"百": 100, "千": 1_000, "万": 10_000}
"""超过百件, 上千件: a hundred, a thousand."""
SCALES = {**ROUND, "百万": 1_000_000, "千万": 10_000_000}
SCALES |= dict.fromkeys(("亿", "个亿"), 100_000_000)
"""What stands behind digits → how many times they are meant."""
MONEY = {"元": 1, "万元": 10_000, "亿元": 100_000_000}
COUNTED = ("件次", "人次", "件", "条", "次", "宗", "起", "个", "份", "项", "例", "场")
TENTH = "成"
UNIT = "|".join((*sorted(MONEY, key=len, reverse=True), *COUNTED, "%", TENTH))
_BELOW = {"百": "十", "千": "百", "万": "千"}
"""What 一百五 leaves out: it is 一百五十."""

SCALED = "(?:[百千]?万|亿)(?!元)|个亿|[百千]"
NUMERALS = "[零一二两三四五六七八九十百千]"
# Digits and numerals in turns: 1万2千, 1万2, 3千5百.
MIXED = r"\d{1,4}万\d千(?:\d百)?|\d{1,4}万\d(?![\d.百千万])|\d千\d百"
SPOKEN = f"{NUMERALS}{{1,8}}(?:万{NUMERALS}{{1,8}})?"
# e.g. "1万", "2千", "2"
# not "万"
_PART_OF_MIXED = re.compile(r"(\d+)([百千万]?)")
# e.g. "一百五", "两千五", "一万二"
# not "一百零五", "一百五十"
_CUT_SHORT = re.compile("([百千万])([一二两三四五六七八九])$")


def counted(text: str) -> Decimal | None:
    """A number in digits, or as it is spoken."""
    if not text[0].isdecimal():
        return _spoken(text)
    return read_number(text) if ROUND.keys().isdisjoint(text) else _mixed(text)


def is_scaled(text: str) -> bool:
    """Whether 万 or 亿 stands in a number: of money they are 万元 and 亿元."""
    return not {"万", "亿"}.isdisjoint(text)


def _mixed(text: str) -> Decimal:
    """1万2千: twelve thousand, as 1万2 is."""
    total, scale = 0, 1
    for digits, sign in _PART_OF_MIXED.findall(text):
        scale = ROUND[sign] if sign else scale // 10
        total += int(digits) * scale
    return Decimal(total)


def _spoken(text: str) -> Decimal | None:
    """A numeral as it is spoken, or 百 for a hundred."""
    text = _CUT_SHORT.sub(lambda short: short[0] + _BELOW[short[1]], text)
    spoken = ROUND.get(text) or chinese_number(text)
    if spoken is None:
        return None
    return Decimal(spoken)


def fraction(under: str, over: str) -> tuple[Decimal, str] | None:
    """三分之一, 百分之五十, 1/3: in per cent."""
    below, above = counted(under), counted(over)
    if not below or above is None:
        return None
    return round(above * 100 / below, 8), "%"

"""What a table cell says: a number, nothing, a dash, 无, or something unreadable. Never mixed up."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from archive.report.model import Number

LARGEST = 10**12
"""Above this a cell holds a telephone number or an accident, not a figure of an annual report."""


class Kind(StrEnum):
    """What is printed."""

    NUMBER = "number"
    BLANK = "blank"
    DASH = "dash"
    SLASH = "slash"
    NONE = "none"
    """无"""
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Printed:
    """A cell as read. `slip`: letters stood for digits (O for 0, l for 1); `unit` as printed."""

    kind: Kind
    value: Number | None = None
    unit: str = ""
    slip: bool = False


_UNIT = r"(?:亿元|万元|元|万|亿|件|条|次|人|个|项|起|份|篇|场|宗|期|部)"
_CELL = re.compile(rf"([+\-−－]?)([\d,.]+)\s*({_UNIT}*)")
_CHINESE_CELL = re.compile(rf"([〇零一二两三四五六七八九十百千万]+)\s*({_UNIT}?)")
_DASHES = re.compile(r"[-—–―－─_]+")
_SLASHES = re.compile(r"[/／\\]+")
_SLIPS = str.maketrans("OoQlI丨|", "0001111")
_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_SCALE = {"万": 10_000, "亿": 100_000_000}


def read_number(printed: str) -> Printed:
    """What a cell says. Units are kept apart; `3.5万` (no 元) is 35000, `3.5万元` is 3.5 with unit 万元."""
    if len(printed) > 60:
        return Printed(Kind.UNREADABLE)
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", printed)).replace("，", ",")
    if not text:
        return Printed(Kind.BLANK)
    if text == "无":
        return Printed(Kind.NONE)
    if _DASHES.fullmatch(text):
        return Printed(Kind.DASH)
    if _SLASHES.fullmatch(text):
        return Printed(Kind.SLASH)
    if found := _CELL.fullmatch(text):
        return _arabic(found[1], found[2], found[3])
    mended = text.translate(_SLIPS)
    if mended != text and re.fullmatch(r"\d{1,7}", mended):
        return Printed(Kind.NUMBER, int(mended), slip=True)
    if found := _CHINESE_CELL.fullmatch(text):
        value = chinese_number(found[1])
        if value is not None:
            return Printed(Kind.NUMBER, value, found[2])
    return Printed(Kind.UNREADABLE)


def _arabic(sign: str, digits: str, unit: str) -> Printed:
    if "," in digits and not re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", digits):
        return Printed(Kind.UNREADABLE)
    plain = digits.replace(",", "")
    if not re.fullmatch(r"\d{1,15}(?:\.\d{1,8})?", plain):
        return Printed(Kind.UNREADABLE)
    value = Decimal(plain)
    if unit[:1] in _SCALE and not unit.endswith("元"):
        value, unit = value * _SCALE[unit[0]], unit[1:]
    if value > LARGEST:
        return Printed(Kind.UNREADABLE)
    if sign and sign != "+":
        value = -value
    return Printed(Kind.NUMBER, int(value) if value == value.to_integral_value() else value.normalize(), unit)


def chinese_number(text: str) -> int | None:
    """`一百零三` → 103, `二〇二三` → 2023, `两万三千` → 23000; None when it is no number."""
    if not text or len(text) > 20:
        return None
    if all(sign in _DIGITS for sign in text):
        return int("".join(str(_DIGITS[sign]) for sign in text))
    total, part, digit = 0, 0, 0
    for sign in text:
        if sign in _DIGITS:
            digit = _DIGITS[sign]
        elif sign in _TENS:
            part += (digit or (1 if sign == "十" else 0)) * _TENS[sign]
            digit = 0
        elif sign in _SCALE:
            total += (part + digit) * _SCALE[sign]
            part = digit = 0
        else:
            return None
    return total + part + digit


def in_unit(printed: Printed, unit: str) -> Number | None:
    """The value of an amount in `元` or `万元`; a cell without a unit is taken to be in `unit`."""
    if printed.value is None:
        return None
    factors = {"元": Decimal(1), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}
    if printed.unit not in factors:
        return printed.value
    value = Decimal(printed.value) * factors[printed.unit] / factors[unit]
    return int(value) if value == value.to_integral_value() else value.normalize()

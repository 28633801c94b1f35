"""What a table cell says: a number, nothing, a dash, 无, or something unreadable. Never
mixed up.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from math import prod

from archive.report.model import Number

LARGEST = 10**12
"""Above this a cell holds a telephone number or an accident, not a figure of an annual
report.
"""
_LONGEST = 60


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
    """A cell as read. `unit` as printed.

    `slip`: not printed as a plain number (O for 0, l for 1, digits apart, a note's
    number behind it), so the value is our reading.
    """

    kind: Kind
    value: Number | None = None
    unit: str = ""
    slip: bool = False


_UNIT = r"(?:亿元|万元|千元|元|万|亿|件|条|次|人|个|项|起|份|篇|场|宗|期|部)"
_REMARK = re.compile(rf"[(（]({_UNIT}{{1,2}})[)）]")
_NOTED = re.compile(r"(?<=\d)[\[［〔]\d{1,2}[\]］〕]$")
"""The number of a note: 68754[1]."""
_CELL = re.compile(rf"([+\-−]?)([\d,.]+)({_UNIT}{{0,2}})")
_MORE, _FEWER = re.compile(r"^增加?(?=\d)"), re.compile(r"^减少?(?=\d)")
"""增15, 减少4 in the column of changes."""
_CHINESE_CELL = re.compile(rf"([〇零一二两三四五六七八九十百千万]+)({_UNIT}?)")
_DASHES = re.compile(r"[-—–―－─_]+")
_SLASHES = re.compile(r"[/／\\]+")
_WIDE = str.maketrans(
    "０１２３４５６７８９，．＋－％（）／ＯｏｌＩ無萬億條個項場",
    "0123456789,.+-%()/OolI无万亿条个项场",
)
"""Full width, and traditional units, only: NFKC would make a figure of the enumerator
①.
"""
_INVISIBLE = re.compile(r"[\u200b-\u200f\u2060\ufeff\x00-\x08\x0e-\x1f\x7f]")
_SLIPS = str.maketrans("OoQ〇lI丨|", "00001111")
_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "两": 2,
}
_TENS = {"十": 10, "百": 100, "千": 1000}
_SCALE = {"万": 10_000, "亿": 100_000_000}


@lru_cache(maxsize=4_096)
def read_number(printed: str) -> Printed:
    """What a cell says. Units are kept apart; `3.5万` (no 元) is 35000, `3.5万元` is
    3.5 with unit 万元.

    Digits wrapped over lines are joined, also after a thousands separator. Digits with
    blanks between them count as one number too, but as a slip, since they could be two;
    so does a number without the note's behind it (`68754[1]`). `1.` and ① are
    enumerators.
    """
    if len(printed) > _LONGEST:
        return Printed(Kind.UNREADABLE)
    text = _INVISIBLE.sub("", printed).translate(_WIDE).strip()
    joined = re.sub(r"\s+", "", text)
    if not joined:
        return Printed(Kind.BLANK)
    if joined == "无":
        return Printed(Kind.NONE)
    if _DASHES.fullmatch(joined):
        return Printed(Kind.DASH)
    if _SLASHES.fullmatch(joined):
        return Printed(Kind.SLASH)
    bare = _NOTED.sub("", joined)
    return _read(_REMARK.sub(r"\1", bare), bare != joined or _are_apart(text))


def _are_apart(text: str) -> bool:
    """Whether digits stand apart in one line, or go on in the next line behind a 0:
    they could be two numbers.
    """
    one_line = re.sub(r"\s*\n\s*", "", text)
    return bool(re.search(r"\d\s+[\d,.]", one_line)) or bool(
        one_line != text and re.match(r"[+-]?0\d", one_line)
    )


def _read(text: str, slip: bool) -> Printed:
    if found := _CELL.fullmatch(_FEWER.sub("-", _MORE.sub("+", text))):
        return _arabic(found[1], found[2], found[3], slip)
    mended = text.translate(_SLIPS)
    if mended != text and re.fullmatch(r"\d{1,7}", mended):
        return Printed(Kind.NUMBER, int(mended), slip=True)
    if found := _CHINESE_CELL.fullmatch(text):
        value = chinese_number(found[1])
        if value is not None and value <= LARGEST:
            return Printed(Kind.NUMBER, value, found[2], slip=text == "一")
    return Printed(Kind.UNREADABLE)


def _arabic(sign: str, digits: str, unit: str, slip: bool) -> Printed:
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
    slip = slip or (len(plain) > 1 and plain[0] == "0" and plain[1] != ".")
    return Printed(
        Kind.NUMBER,
        int(value) if value == value.to_integral_value() else value.normalize(),
        unit,
        slip,
    )


def chinese_number(text: str) -> int | None:
    """`一百零三` → 103, `二〇二三` → 2023, `两万三千` → 23000; None when it is no
    number.
    """
    if not text or len(text) > 20:
        return None
    if all(sign in _DIGITS for sign in text):
        return int("".join(str(_DIGITS[sign]) for sign in text))
    total, part, digit = 0, 0, 0
    for sign in text:
        if sign in _DIGITS:
            if digit:  # 五六百 is no number
                return None
            digit = _DIGITS[sign]
        elif sign in _TENS:
            if not digit and sign != "十":
                return None
            part += (digit or 1) * _TENS[sign]
            digit = 0
        elif sign in _SCALE:
            if not part + digit:
                return None
            total += (part + digit) * _SCALE[sign]
            part = digit = 0
        else:
            return None
    return total + part + digit


def read_amount(printed: str, ten_thousand: bool) -> Number | None:
    """1,315 or 十二 → number, times ten thousand if 万 follows; None if it is neither,
    or 五六件 and the like.
    """
    digits = printed.replace("，", "").replace(",", "")
    value: Number
    if re.fullmatch(r"\d{1,15}(?:\.\d{1,6})?", digits):
        value = Decimal(digits) if "." in digits else int(digits)
    else:
        spoken = (
            None
            if re.fullmatch("[一二两三四五六七八九]{2,}", printed)
            else chinese_number(printed)
        )
        if spoken is None:
            return None
        value = spoken
    value = value * 10_000 if ten_thousand else value
    return int(value) if value == int(value) else value


def in_unit(printed: Printed, unit: str) -> Number | None:
    """The value of an amount in `元`, `千元`, `百万元` …; a cell without such a unit is
    taken to be in `unit`.
    """
    if printed.value is None or not printed.unit.endswith("元"):
        return printed.value
    value = Decimal(printed.value) * _yuan(printed.unit) / _yuan(unit)
    return int(value) if value == value.to_integral_value() else value.normalize()


def _yuan(unit: str) -> int:
    return prod((_TENS | _SCALE).get(sign, 1) for sign in unit)

"""What a table cell says: a number, nothing, a dash, 无, or something unreadable.

These are never mixed up. Agencies print `0`, leave a cell empty, or put `/`, `—` or 无,
and mean different things by it; only digits are a number, and nothing is made a 0.
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
"""Above this a cell holds a telephone number or an accident, no figure of a report."""


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


# The unit of a fee or a purchase is often printed in the cell (251000元), and so is the
# measure of a count (17 件); the form provides for neither.
_MONEY = ("亿元", "万元", "千元", "元")
_POWERS = ("万", "亿")
_COUNTED = tuple("件条次人个项起份篇场宗期部")
_UNIT = f"(?:{'|'.join((*_MONEY, *_POWERS, *_COUNTED))})"
# e.g. "17（件）", "3.5(万元)"
# not "17（含上年）"
_REMARK = re.compile(rf"[(（]({_UNIT}{{1,2}})[)）]")

# The number of a footnote behind a figure.
# e.g. "68754[1]", "1,315〔12〕"
# not "[1]5", "6[8]754"
_NOTED = re.compile(r"(?<=\d)[\[［〔]\d{1,2}[\]］〕]$")

# e.g. "12", "+3", "1,234.5", "4人次", "3.5万元"
# not "规章"
_CELL = re.compile(rf"([+\-−]?)([\d,.]+)({_UNIT}{{0,2}})")
# In form 2019 the column 本年增/减 takes a change, which some write in words.
# e.g. "增15", "增加3"
# not "新增15"
_MORE = re.compile(r"^增加?(?=\d)")
# e.g. "减4", "减少4项"
_FEWER = re.compile(r"^减少?(?=\d)")
# e.g. "1,234", "12,345,678.5"
# not "1,1115"
_THOUSANDS = re.compile(r"^\d{1,3}(?:,\d{3})+(?:\.\d+)?$")
# e.g. "12", "12.50"
# not "1.2.3"
_DECIMAL = re.compile(r"^\d{1,15}(?:\.\d{1,8})?$")
# e.g. "一百零三", "十二件"
_CHINESE_CELL = re.compile(rf"([〇零一二两三四五六七八九十百千万]+)({_UNIT}?)")

# e.g. "—", "--", "－"
_DASHES = re.compile(r"[-—–―－─_]+")
# e.g. "/", "／"
_SLASHES = re.compile(r"[/／\\]+")

# e.g. " ", "\u3000", "\n"
_BLANKS = re.compile(r"\s+")
# e.g. "22\n3"
_LINE_BREAK = re.compile(r"\s*\n\s*")
# e.g. "3 4", "1 315"
# not "22"
_DIGITS_APART = re.compile(r"\d\s+[\d,.]")
# e.g. "012", "+07"
# not "10", "0"
_BEGINS_WITH_0 = re.compile(r"^[+-]?0\d")

# Nobody sees a zero-width sign between two digits. The BEL (0x07) ends each cell in
# Word's binary files and survives in text that was taken from them.
# e.g. "\u200b7", "7\ufeff", "7\x07"
_INVISIBLE = re.compile(r"[\u200b-\u200f\u2060\ufeff\x00-\x08\x0e-\x1f\x7f]")

_WIDE = str.maketrans(
    "０１２３４５６７８９，．＋－％（）／ＯｏｌＩ無萬億條個項場",
    "0123456789,.+-%()/OolI无万亿条个项场",
)
"""Full width and traditional units only: NFKC would make a figure of the number ①."""
_SLIPS = str.maketrans("OoQ〇○◯lI丨|", "0000001111")
"""What typists and OCR put for 0 and 1."""
# Longer than this, a run that needs mending is a code rather than a count.
# e.g. "10", "0012"
# not "12345678"
_MENDED = re.compile(r"^\d{1,7}$")

_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")}
_DIGITS |= {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_SCALE = {"万": 10_000, "亿": 100_000_000}


@lru_cache(maxsize=4_096)
def read_number(printed: str) -> Printed:
    """What a cell says.

    Units are kept apart; `3.5万` (no 元) is 35000, `3.5万元` is 3.5 with unit 万元.

    Digits wrapped over lines are joined, also after a thousands separator. Digits with
    blanks between them count as one number too, but as a slip, since they could be two;
    so does a number without the note's behind it (`68754[1]`). `1.` and ① are
    enumerators.
    """
    if len(printed) > 60:  # no number is so long; this is text
        return Printed(Kind.UNREADABLE)
    text = _INVISIBLE.sub("", printed).translate(_WIDE).strip()
    joined = _BLANKS.sub("", text)

    sign = _sign_for_nothing(joined)
    if sign is not None:
        return Printed(sign)

    without_note = _NOTED.sub("", joined)
    without_remark = _REMARK.sub(r"\1", without_note)
    had_note = without_note != joined
    return _read(without_remark, slip=had_note or _are_apart(text))


def _sign_for_nothing(joined: str) -> Kind | None:
    """Which sign for nothing stands where a number is due; None for any other text."""
    if not joined:
        return Kind.BLANK
    if joined == "无":
        return Kind.NONE
    if _DASHES.fullmatch(joined):
        return Kind.DASH
    if _SLASHES.fullmatch(joined):
        return Kind.SLASH
    return None


def _are_apart(text: str) -> bool:
    """Whether digits stand apart in one line, or go on in the next line behind a 0.

    They could be two numbers. A line break alone is no doubt: office programs wrap
    long numbers in narrow columns (`222|3` for 2223).
    """
    one_line = _LINE_BREAK.sub("", text)
    was_wrapped = one_line != text
    if was_wrapped and _BEGINS_WITH_0.search(one_line):
        return True
    return bool(_DIGITS_APART.search(one_line))


def _read(text: str, *, slip: bool) -> Printed:
    """A text without blanks, notes and brackets, as a number if it is one."""
    signed = _FEWER.sub("-", _MORE.sub("+", text))
    if found := _CELL.fullmatch(signed):
        return _arabic(found[1], found[2], found[3], slip=slip)
    mended = text.translate(_SLIPS)
    if mended != text and _MENDED.fullmatch(mended):
        return Printed(Kind.NUMBER, int(mended), slip=True)
    if found := _CHINESE_CELL.fullmatch(text):
        return _chinese(text, found[1], found[2])
    return Printed(Kind.UNREADABLE)


def _arabic(sign: str, digits: str, unit: str, *, slip: bool) -> Printed:
    if "," in digits and not _THOUSANDS.fullmatch(digits):
        return Printed(Kind.UNREADABLE)
    plain = digits.replace(",", "")
    if not _DECIMAL.fullmatch(plain):
        return Printed(Kind.UNREADABLE)

    value = Decimal(plain)
    is_scaled = unit[:1] in _SCALE and not unit.endswith("元")
    if is_scaled:
        value *= _SCALE[unit[0]]
        unit = unit[1:]
    if value > LARGEST:
        return Printed(Kind.UNREADABLE)
    if sign not in {"", "+"}:
        value = -value

    # 007 is no way to print a number: a digit in front of it may be from elsewhere.
    has_leading_0 = bool(_BEGINS_WITH_0.search(plain))
    return Printed(Kind.NUMBER, _shortest(value), unit, slip or has_leading_0)


def _chinese(text: str, numerals: str, unit: str) -> Printed:
    value = chinese_number(numerals)
    if value is None or value > LARGEST:
        return Printed(Kind.UNREADABLE)
    # A single 一 looks like the dash that many print for nothing.
    return Printed(Kind.NUMBER, value, unit, slip=text == "一")


def _shortest(value: Decimal) -> Number:
    """A whole number as int, any other without zeros at its end."""
    if value == value.to_integral_value():
        return int(value)
    return value.normalize()


def chinese_number(text: str) -> int | None:
    """`一百零三` → 103, `二〇二三` → 2023, `两万三千` → 23000; None for other texts."""
    if not text or len(text) > 20:
        return None
    if all(sign in _DIGITS for sign in text):
        return int("".join(str(_DIGITS[sign]) for sign in text))
    return _spoken_number(text)


def _spoken_number(text: str) -> int | None:
    """A number with 十, 百, 千, 万 or 亿 in it, as it is spoken."""
    total = 0
    # What stands before the next 万 or 亿, and the digit that waits for its 十, 百, 千.
    part = 0
    digit = 0
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


# e.g. "1315", "3.5"
# not "1.2.3", "十二"
_AMOUNT = re.compile(r"^\d{1,15}(?:\.\d{1,6})?$")
# 五六件: five or six.
# e.g. "五六", "三四"
# not "五", "五十六"
_ROUGH = re.compile("^[一二两三四五六七八九]{2,}$")


def read_amount(printed: str, ten_thousand: bool) -> Number | None:
    """A number of the running text: 1,315 or 十二, times ten thousand if 万 follows.

    None if it is neither, or 五六件 and the like.
    """
    digits = printed.replace("，", "").replace(",", "")
    value: Number | None
    if _AMOUNT.fullmatch(digits):
        value = Decimal(digits) if "." in digits else int(digits)
    elif _ROUGH.fullmatch(printed):
        value = None
    else:
        value = chinese_number(printed)

    if value is None:
        return None
    if ten_thousand:
        value *= 10_000
    return int(value) if value == int(value) else value


def in_unit(printed: Printed, unit: str) -> Number | None:
    """The value of an amount in `元`, `千元`, `百万元` …

    A cell without such a unit is taken to be in `unit`.
    """
    if printed.value is None or not printed.unit.endswith("元"):
        return printed.value
    return _shortest(Decimal(printed.value) * _yuan(printed.unit) / _yuan(unit))


@lru_cache(maxsize=64)
def _yuan(unit: str) -> int:
    """How many yuan a unit is: 百万元 is 1,000,000."""
    return prod((_TENS | _SCALE).get(sign, 1) for sign in unit)

"""What a workbook's cell shows: its value in the format of its number.

A workbook stores 5.0 and 45299 where people see `5` and `2024年1月8日`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import TypeVar

from lxml import etree

from archive.reading.package import is_on

# Formats of dates that have a number only (ECMA-376, part 1, 18.8.30).
# Those of the time of day alone are not among them.
_DATES = frozenset((*range(14, 18), 22, *range(27, 37), *range(50, 59)))
# Formats of numbers that a workbook need not write out.
# Separators of thousands are not printed: they say nothing.
_BUILT_IN = {
    1: "0",
    2: "0.00",
    9: "0%",
    10: "0.00%",
    **dict.fromkeys((3, 37, 38, 41, 42), "#,##0"),
    **dict.fromkeys((4, 39, 40, 43, 44), "#,##0.00"),
}
_QUOTED = r'"[^"]*"'
_ESCAPED = r"\\."
_AS_WIDE_AS = r"_."
_FILLED_WITH = r"\*."
_CONDITION = r"\[[^\]]*\]"
# What stands in the code of a format beside digits and letters of dates.
# e.g. "\"件\"", "\\年", "_ ", "* ", "[Red]", "[$-804]"
_LITERAL = re.compile(
    "|".join((_QUOTED, _ESCAPED, _AS_WIDE_AS, _FILLED_WITH, _CONDITION))
)
# e.g. "0", "#,##0.00", "0.0%"
# not "general"
_NUMBER = re.compile(r"[#,?]*0+(?:\.(0+)[#?]*)?(%?)")
# The letters of a year and of a day; m may be minutes.
# e.g. "yyyy年m月d日"
# not "h:mm"
_DATE = re.compile("[yd]")

_EPOCH = datetime(1899, 12, 30, tzinfo=UTC)
_EPOCH_1904 = datetime(1904, 1, 1, tzinfo=UTC)
_WHITE = "FFFFFF"
_WHITES = frozenset(["1", "9"])
"""Numbers of white in the palette of old workbooks."""
_UNKNOWN = "?"
# The code of a format that shows neither numbers nor text.
# e.g. ";;;", "; ; ;"
# not "0;;;", "General"
_PRINTS_NOTHING = re.compile(r"^(?:\s*;){2,3}\s*$")
_LONGEST_NUMBER = 9
# In the year 2173; a larger number is none of a date.
_LAST_DAY = 100_000
# A workbook holds numbers with 15 digits; what follows is noise of the computer's
# arithmetic.
_DIGITS = 15


_Any = TypeVar("_Any")


class Formats:
    """The formats of a workbook's cells, by the number of a cell's style.

    `styles` is the part of that name.
    """

    def __init__(
        self, styles: etree._Element | None, *, since_1904: bool = False
    ) -> None:
        self._epoch = _EPOCH_1904 if since_1904 else _EPOCH
        self._formats: list[int] = []
        self._struck: set[int] = set()
        self._unseen: set[int] = set()
        self._codes: dict[int, str] = dict(_BUILT_IN)
        if styles is not None:
            self._read(styles)

    def struck(self, style: int) -> bool:
        """Whether cells of this style are struck out."""
        return style in self._struck

    def unseen(self, style: int) -> bool:
        """Whether nobody sees what cells of this style hold.

        Their letters have the colour of the ground or no size, or their format prints
        nothing.
        """
        return style in self._unseen

    def shown(self, value: str, style: int) -> str:
        """A number as printed: 5.0 is `5`, or `5.00` with two places.

        A date is `2024年1月8日`.

        `value` is the number as the file holds it, `style` that of its cell. A value
        that is no number is given back as it is.
        """
        number = _decimal(value)
        if number is None:
            return value
        which, code = self._format(style)
        code = code.split(";")[0]
        bare = _LITERAL.sub("", code).lower()
        # a colour (red) may stand in a code without its brackets
        has_date = _DATE.search(bare.replace("red", "")) is not None
        if has_date or which in _DATES:
            return self._date(number) or _plain(number)
        form = _NUMBER.fullmatch(bare.strip())
        if form is None:
            return _plain(number)
        percent = form[2]
        if percent:
            number = number.scaleb(2)
        return _rounded(number, len(form[1] or "")) + percent

    def _format(self, style: int) -> tuple[int, str]:
        """The number of a style's format and its code, that of positive numbers."""
        which = 0
        if 0 <= style < len(self._formats):
            which = self._formats[style]
        return which, self._codes.get(which, "General")

    def _date(self, number: Decimal) -> str:
        """A number of days as a date; empty when it can be none."""
        if not 0 < number < _LAST_DAY:
            return ""
        day = self._epoch + timedelta(days=int(number))
        return f"{day.year}年{day.month}月{day.day}日"

    def _read(self, styles: etree._Element) -> None:
        """Reads codes, fonts and styles.

        A style names its code and its font by number.
        """
        for own in styles.iterfind("{*}numFmts/{*}numFmt"):
            number = integer(own.get("numFmtId"))
            self._codes[number] = str(own.get("formatCode", ""))
        fonts = list(styles.iterfind("{*}fonts/{*}font"))
        fills = [_ground(fill) for fill in styles.iterfind("{*}fills/{*}fill")]
        for number, style in enumerate(styles.iterfind("{*}cellXfs/{*}xf")):
            self._formats.append(integer(style.get("numFmtId")))
            font = _numbered(fonts, style.get("fontId"))
            ground = _numbered(fills, style.get("fillId")) or _WHITE
            if font is not None and is_on(font.find("{*}strike")):
                self._struck.add(number)
            if font is not None and is_unseen(font, ground):
                self._unseen.add(number)
            if _PRINTS_NOTHING.fullmatch(self._format(number)[1]):
                self._unseen.add(number)


def is_unseen(font: etree._Element, ground: str) -> bool:
    """Whether letters of a font can't be seen on a ground of that colour."""
    size = font.find("{*}sz")
    if size is not None and 0 <= (_decimal(size.get("val", "")) or 11) <= 1:
        return True
    colour = _colour(font.find("{*}color"))
    if not colour:
        return False
    return colour == ground


def _numbered(of: Sequence[_Any], number: str | None) -> _Any | None:
    index = integer(number)
    if index < len(of):
        return of[index]
    return None


def _ground(fill: etree._Element) -> str:
    """The colour of a fill; white for none, empty for one that is not known."""
    pattern = fill.find("{*}patternFill")
    if pattern is None:
        return _UNKNOWN
    if pattern.get("patternType", "none") == "none":
        return _WHITE
    if pattern.get("patternType") != "solid":
        return _UNKNOWN
    return _colour(pattern.find("{*}fgColor")) or _UNKNOWN


def _colour(colour: etree._Element | None) -> str:
    """A colour as rrggbb where the file tells it; empty for any other."""
    if colour is None or colour.get("tint", "0") not in {"0", "0.0"}:
        return ""
    # The first colour of a theme is that of paper.
    if colour.get("theme") == "0" or colour.get("indexed") in _WHITES:
        return _WHITE
    return colour.get("rgb", "")[-6:].upper()


def _decimal(value: str) -> Decimal | None:
    """A value without the noise of arithmetic (0.30000000000000004 is 0.3).

    None when it is no number, or no finite one.
    """
    try:
        text = format(float(value), f".{_DIGITS}g")
        number = Decimal(text)
    except (ValueError, InvalidOperation, OverflowError):
        return None
    if not number.is_finite():
        return None
    return number


def _rounded(number: Decimal, places: int) -> str:
    """A number with so many places behind the point, a half rounded up as Excel does.

    A number with more digits than a workbook holds stays as it is.
    """
    if abs(number) < Decimal(10) ** _DIGITS:
        place = Decimal(1).scaleb(-places)
        number = number.quantize(place, ROUND_HALF_UP)
    return f"{number:f}"


def _plain(number: Decimal) -> str:
    """A number without zeros behind its point."""
    text = f"{number:f}"
    if "." not in text:
        return text
    return text.rstrip("0").rstrip(".")


def integer(text: str | None) -> int:
    """A whole number that a file tells, such as a row or a style.

    0 for what is none, or is longer than any that is meant.
    """
    if not text or len(text) >= _LONGEST_NUMBER:
        return 0
    if not (text.isascii() and text.isdigit()):
        return 0
    return int(text)

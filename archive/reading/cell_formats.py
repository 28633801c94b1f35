"""What a workbook's cell shows: its value in the format of its number."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from lxml import etree

from archive.reading.package import is_on

_DATES = frozenset((*range(14, 18), 22, *range(27, 37), *range(50, 59)))
"""Formats of dates that have a number only; those of the time of day alone are not
among them.
"""
_BUILT_IN = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    37: "#,##0",
    38: "#,##0",
}
_BUILT_IN |= {
    39: "#,##0.00",
    40: "#,##0.00",
    41: "#,##0",
    42: "#,##0",
    43: "#,##0.00",
    44: "#,##0.00",
}
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_NUMBER = re.compile(r"[#,?]*0+(?:\.(0+)[#?]*)?(%?)")
_EPOCH = datetime(1899, 12, 30, tzinfo=UTC)
_EPOCH_1904 = datetime(1904, 1, 1, tzinfo=UTC)
_DIGITS = 15
"""A workbook holds numbers with 15 digits; what follows is noise of the computer's
arithmetic.
"""


class Formats:
    """The formats of a workbook's cells, by the style of a cell. `styles` is the part
    of that name.
    """

    def __init__(
        self, styles: etree._Element | None, *, since_1904: bool = False
    ) -> None:
        self._epoch = _EPOCH_1904 if since_1904 else _EPOCH
        self._formats: list[int] = []
        self._struck: set[int] = set()
        self._codes: dict[int, str] = dict(_BUILT_IN)
        if styles is not None:
            for format_ in styles.iterfind("{*}numFmts/{*}numFmt"):
                self._codes[_integer(format_.get("numFmtId"))] = str(
                    format_.get("formatCode", "")
                )
            cells = styles.findall("{*}cellXfs/{*}xf")
            self._formats = [_integer(style.get("numFmtId")) for style in cells]
            fonts = [
                is_on(font.find("{*}strike"))
                for font in styles.iterfind("{*}fonts/{*}font")
            ]
            struck = {number for number, font in enumerate(fonts) if font}
            self._struck = {
                number
                for number, style in enumerate(cells)
                if _integer(style.get("fontId")) in struck
            }

    def struck(self, style: int) -> bool:
        """Whether cells of this style are struck out."""
        return style in self._struck

    def shown(self, value: str, style: int) -> str:
        """A number as printed: 5.0 is `5`, or `5.00` with two places; a date is `2024年
        1月8日`.
        """
        try:
            number = Decimal(format(float(value), f".{_DIGITS}g"))
        except (ValueError, InvalidOperation, OverflowError):
            return value
        if not number.is_finite():
            return value
        kind = self._formats[style] if 0 <= style < len(self._formats) else 0
        code = self._codes.get(kind, "General").split(";")[0]
        bare = _LITERAL.sub("", code).lower()
        if kind in _DATES or re.search("[yd]", bare.replace("red", "")):
            return self._date(number) or _plain(number)
        found = _NUMBER.fullmatch(bare.strip())
        if found is None:
            return _plain(number)
        places, percent = len(found[1] or ""), found[2]
        number = number.scaleb(2) if percent else number
        if abs(number) < Decimal(10) ** 15:
            number = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
        return f"{number:f}{percent}"

    def _date(self, number: Decimal) -> str:
        if not 0 < number < 100_000:
            return ""
        day = self._epoch + timedelta(days=int(number))
        return f"{day.year}年{day.month}月{day.day}日"


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _integer(text: str | None) -> int:
    return (
        int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else 0
    )

"""What stands in a cell of a file for spreadsheets: safe to open, and typed."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from archive.catalogue import CHINA

Value = str | int | Decimal | date | datetime | None

# Full-width signs too: some spreadsheets take them for the others.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""A text that begins like this is a formula to a spreadsheet."""
_BLANKS = " \N{IDEOGRAPHIC SPACE}\N{NO-BREAK SPACE}"
_MOST_SIGNS = 32_000
"""Signs of a cell: Excel takes 32 767, and calls a file with more damaged."""


def safe(value: Value) -> str | int | Decimal:
    """A value that no spreadsheet takes for a formula; moments in Beijing time."""
    if value is None:
        return ""
    if isinstance(value, str):
        return _harmless(value)
    if isinstance(value, int):
        return value
    if isinstance(value, Decimal):
        return _without_zeros(value)
    if isinstance(value, datetime):
        return _in_beijing(value).isoformat(sep=" ")
    return value.isoformat()


def _harmless(text: str) -> str:
    if text.lstrip(_BLANKS).startswith(_FORMULA):
        return f"'{text}"
    return text


def _without_zeros(value: Decimal) -> int | Decimal:
    is_whole = value == value.to_integral_value()
    if is_whole:
        return int(value)
    return value.normalize()


def _in_beijing(moment: datetime) -> datetime:
    """A moment as the clock there shows it, to the second: files know no zones."""
    return moment.astimezone(CHINA).replace(microsecond=0, tzinfo=None)


def for_excel(value: Value) -> str | int | Decimal | date | None:
    """A value as openpyxl takes it: days and moments as such, nothing as no cell."""
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        return _in_beijing(value)
    if isinstance(value, date):
        return value
    shown = safe(value)
    if not isinstance(shown, str):
        return shown
    # XML has no sign for most control characters; openpyxl refuses them.
    return ILLEGAL_CHARACTERS_RE.sub("", shown)[:_MOST_SIGNS]

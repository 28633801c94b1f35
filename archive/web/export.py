"""Tables for spreadsheets: CSV (with a mark for Excel) and XLSX, safe to open."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from flask import Response
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from archive.catalogue import CLAIMS, XLSX, FigureRecord
from archive.store import Card
from archive.web import labels
from archive.web.addresses import public_address

Value = str | int | Decimal | date | None
Column = tuple[str, Callable[[Card], Value]]
"""A heading, and what stands under it."""

_BEFORE_FIGURES: tuple[Column, ...] = (
    ("年度", lambda card: card.year),
    ("机关", lambda card: card.agency.name),
    ("行政区划代码", lambda card: card.agency.region_code),
    ("行政区划", lambda card: card.agency.region_name),
    ("层级", lambda card: card.agency.level),
    ("领域", lambda card: card.agency.sector),
    ("标题", lambda card: card.title),
    ("发布日期", lambda card: card.published_on),
    ("日期出处", lambda card: labels.PUBLISHED_FROM.get(card.published_from, "")),
    ("格式", lambda card: labels.FORM_NAMES.get(card.form, card.form)),
)
_BEHIND_FIGURES: tuple[Column, ...] = (
    ("自身矛盾", lambda card: card.contradictions),
    ("值得留意", lambda card: card.notable),
    ("读取存疑", lambda card: card.doubts),
    ("页面", lambda card: _page_of(card)),
    ("来源网址", lambda card: card.source_url),
    ("原件SHA-256", lambda card: card.digest),
)
# What the text states may be of the body alone, or of all below it.
_STATED = [one for one in labels.GLANCE if one.key in CLAIMS]

REPORT_HEADINGS = (
    *(heading for heading, _ in _BEFORE_FIGURES),
    *(f"{one.heading}（{one.unit}）" for one in labels.GLANCE),
    *(f"{one.heading}所指范围" for one in _STATED),
    *(heading for heading, _ in _BEHIND_FIGURES),
)

# Full-width signs too: some spreadsheets take them for the others.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""A text that begins like this is a formula to a spreadsheet."""
_BLANKS = " \N{IDEOGRAPHIC SPACE}\N{NO-BREAK SPACE}"
_TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": XLSX}
_EXCEL_MARK = b"\xef\xbb\xbf"
"""Without it Excel takes UTF-8 for the encoding of the system."""


def _page_of(card: Card) -> str:
    """The address of a report's page here."""
    key, year = card.agency.key, card.year
    return public_address("reports.report", key=key, year=year)


def _scope(card: Card, claim: FigureRecord) -> str:
    """Whose number a stated one is, in words; nothing where the report states none."""
    scope = card.scopes.get(claim.key)
    if scope is None:
        return ""
    return labels.SCOPES[scope]


def report_row(card: Card, figures: Mapping[str, int | Decimal | None]) -> list[Value]:
    """A report as a row under REPORT_HEADINGS; `figures` has those of GLANCE."""
    return [
        *(value(card) for _, value in _BEFORE_FIGURES),
        *(figures.get(one.key) for one in labels.GLANCE),
        *(_scope(card, one) for one in _STATED),
        *(value(card) for _, value in _BEHIND_FIGURES),
    ]


def table(
    kind: str, name: str, headings: Sequence[str], rows: Iterable[Sequence[Value]]
) -> Response:
    """A download named `name.kind`; kind is csv or xlsx."""
    write = _xlsx if kind == "xlsx" else _csv
    response = Response(write(headings, rows), content_type=_TYPES[kind])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response


def _csv(headings: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """The bytes of a CSV file that Excel opens as UTF-8."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(headings)
    for row in rows:
        writer.writerow([safe(value) for value in row])
    # Half a surrogate pair, which damaged titles hold, cannot be written.
    return _EXCEL_MARK + text.getvalue().encode("utf-8", "replace")


def _xlsx(headings: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """The bytes of a workbook with one sheet."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("年报")
    # The headings stay in sight.
    sheet.freeze_panes = "A2"
    sheet.append(list(headings))
    for row in rows:
        sheet.append([_for_excel(value) for value in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _for_excel(value: Value) -> str | int | Decimal:
    """A value as openpyxl takes it."""
    shown = safe(value)
    if not isinstance(shown, str):
        return shown
    # XML has no sign for most control characters; openpyxl refuses them.
    return ILLEGAL_CHARACTERS_RE.sub("", shown)


def safe(value: Value) -> str | int | Decimal:
    """A value that no spreadsheet takes for a formula."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        is_whole = value == value.to_integral_value()
        if is_whole:
            return int(value)
        return value.normalize()
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, str) and value.lstrip(_BLANKS).startswith(_FORMULA):
        return f"'{value}"
    return value

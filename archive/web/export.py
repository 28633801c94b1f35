"""Tables for spreadsheets: CSV (with a mark for Excel) and XLSX, safe to open."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal

from flask import Response, url_for
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from archive.store import Card
from archive.web import labels

Value = str | int | Decimal | date | None

REPORT_HEADINGS = (
    "年度", "机关", "行政区划代码", "行政区划", "层级", "领域", "标题", "发布日期", "格式",
    *(f"{name}（{unit}）" for _, name, unit in labels.GLANCE),
    "读取存疑", "自身矛盾", "页面", "来源网址", "原件SHA-256",
)  # fmt: skip

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""A text that begins like this is a formula to a spreadsheet."""
_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def report_row(card: Card, figures: dict[str, int | Decimal | None]) -> list[Value]:
    """A report as a row under REPORT_HEADINGS."""
    agency = card.agency
    return [
        card.year, agency.name, agency.region_code, agency.region_name, agency.level, agency.sector, card.title,
        card.published_on, labels.FORM_NAMES.get(card.form, card.form),
        *(figures.get(key) for key, _, _ in labels.GLANCE),
        card.doubts, card.contradictions,
        url_for("browse.report", key=agency.key, year=card.year, _external=True), card.source_url, card.digest,
    ]  # fmt: skip


def table(
    kind: str, name: str, headings: Sequence[str], rows: Iterable[Sequence[Value]]
) -> Response:
    """A download named `name.kind`; kind is csv or xlsx."""
    body = _xlsx(headings, rows) if kind == "xlsx" else _csv(headings, rows)
    response = Response(body, content_type=_TYPES[kind])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response


def _csv(headings: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(headings)
    writer.writerows([_safe(value) for value in row] for row in rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8", "replace")


def _xlsx(headings: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("年报")
    sheet.freeze_panes = "A2"
    sheet.append(list(headings))
    for row in rows:
        sheet.append(
            [
                ILLEGAL_CHARACTERS_RE.sub("", safe)
                if isinstance(safe := _safe(v), str)
                else safe
                for v in row
            ]
        )
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _safe(value: Value) -> str | int | Decimal:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else value.normalize()
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, str) and value.lstrip(
        " \N{IDEOGRAPHIC SPACE}\N{NO-BREAK SPACE}"
    ).startswith(_FORMULA):
        return "'" + value
    return value

"""Tables of a page as files for spreadsheets: whole, since they are small."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from flask import Response

from archive.catalogue import XLSX
from archive.web.export.cells import Value
from archive.web.export.named import attached
from archive.web.export.written import csv_pieces, workbook

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": XLSX,
    "jsonl": "application/x-ndjson; charset=utf-8",
}
"""Ending → media type."""


def table(
    kind: str,
    name: str,
    headings: Sequence[str],
    rows: Iterable[Sequence[Value]],
    definitions: Sequence[Sequence[Value]] = (),
) -> Response:
    """A download named `name.kind`; kind is csv or xlsx.

    A workbook has the `definitions` as its second sheet, where there are any.
    """
    written = list(rows)
    if kind == "xlsx":
        with workbook(headings, [written], definitions) as file:
            body = file.read()
    else:
        body = b"".join(csv_pieces(headings, [written]))
    response = Response(body, content_type=TYPES[kind])
    told = attached(f"{name}.{kind}", f"export.{kind}")
    response.headers["Content-Disposition"] = told
    return response

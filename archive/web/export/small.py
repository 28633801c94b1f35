"""Tables of a page as files for spreadsheets: whole, since they are small."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from itertools import zip_longest

from flask import Response, request

from archive.catalogue import XLSX
from archive.web.addresses import address_again
from archive.web.current import current_archive
from archive.web.export.asked import Question
from archive.web.export.cells import Value
from archive.web.export.definitions import HEADINGS, table_rows
from archive.web.export.named import attached, file_name
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


def definitions_file(name: str, rows: Iterable[Sequence[Value]]) -> Response:
    """What the columns of a list mean, as a CSV beside it."""
    # Lines of one width, or DuckDB takes the file for no table at all.
    wide = [[one for one, _ in zip_longest(row, HEADINGS)] for row in rows]
    return table("csv", name, HEADINGS, wide)


def told_table(
    kind: str,
    what: tuple[str, Iterable[str]],
    columns: Mapping[str, str],
    rows: Iterable[Sequence[Value]],
    keys: Sequence[str] = (),
    notes: Sequence[str] = (),
    address: str = "",
) -> Response:
    """A download of the page that is asked for, which says by itself what it answers
    and when: a workbook on its second sheet, a CSV in the last two columns of each row.

    `what`: what it is, and of whom or what, in words, which name the file, too.
    `columns`: heading → its meaning. `keys`: of the numbers that stand in it.
    `address`: where the same stands for good; else where it was asked for.
    """
    written, now = list(rows), datetime.now(UTC)
    kinds, words = what[0], tuple(what[1])
    name = file_name(kinds, words, now)
    asked = address_again(str(request.endpoint), **(request.view_args or {}))
    where = address or current_archive().settings.public_url + asked
    told = "；".join(filter(None, (kinds, *words)))
    question = Question(told, where, now, tuple(notes))
    if kind == "xlsx":
        explained = list(table_rows(question, len(written), columns, keys))
        return table(kind, name, list(columns), written, explained)
    headings = [*columns, "导出的检索", "导出时间"]
    return table(kind, name, headings, [[*row, told, now] for row in written])

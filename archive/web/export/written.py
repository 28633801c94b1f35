"""Rows as files: CSV and JSON lines as they come, a workbook through a file."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from tempfile import TemporaryFile
from typing import IO, Any

from openpyxl import Workbook

from archive.catalogue import CHINA
from archive.web.export.cells import Value, for_excel, safe
from archive.web.export.definitions import HEADINGS
from archive.web.shown import plain

Rows = Sequence[Sequence[Value]]
_EXCEL_MARK = b"\xef\xbb\xbf"
"""Without it Excel takes UTF-8 for the encoding of the system."""
_PIECE = 64 * 1024


def csv_pieces(headings: Sequence[str], batches: Iterable[Rows]) -> Iterator[bytes]:
    """A CSV file that Excel opens as UTF-8, a piece a batch."""
    begin = _EXCEL_MARK + _csv([headings])
    for rows in batches:
        yield begin + _csv(rows)
        begin = b""
    if begin:
        yield begin


def _csv(rows: Iterable[Sequence[Value]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    for row in rows:
        writer.writerow([safe(value) for value in row])
    # Half a surrogate pair, which damaged titles hold, cannot be written.
    return text.getvalue().encode("utf-8", "replace")


def json_pieces(batches: Iterable[Iterable[Mapping[str, Any]]]) -> Iterator[bytes]:
    """A line of JSON a row, a piece a batch."""
    for told in batches:
        lines = [json.dumps(one, ensure_ascii=False, default=_json) for one in told]
        text = "".join(f"{line}\n" for line in lines)
        yield text.encode("utf-8", "replace")


def _json(value: object) -> str | int | float | None:
    """What JSON has no form for: days and moments by ISO 8601."""
    if isinstance(value, datetime):
        return value.astimezone(CHINA).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return plain(value)
    raise TypeError(type(value).__name__)


def workbook(
    headings: Sequence[str], batches: Iterable[Rows], definitions: Rows = ()
) -> IO[bytes]:
    """A workbook in a file that is gone when closed: the list, and what it means.

    Rows are written as they come, so that memory does not grow with them.
    """
    file = TemporaryFile(prefix="export-")  # noqa: SIM115
    try:
        _write(file, headings, batches, definitions)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


def _write(
    file: IO[bytes], headings: Sequence[str], batches: Iterable[Rows], told: Rows
) -> None:
    book = Workbook(write_only=True)
    try:
        _sheet(book, "年报", headings, batches)
        if told:
            _sheet(book, "说明", HEADINGS, [told])
        book.save(file)
    except BaseException:
        _throw_away(book)
        raise


def _throw_away(book: Workbook) -> None:
    """Sheets are written to files of their own, which openpyxl would leave until the
    process ends.
    """
    for sheet in book.worksheets:
        with suppress(Exception):
            sheet.close()
        with suppress(Exception):
            sheet._writer.cleanup()  # type: ignore[attr-defined]


def _sheet(
    book: Workbook, name: str, headings: Sequence[str], batches: Iterable[Rows]
) -> None:
    sheet = book.create_sheet(name)
    # The headings stay in sight.
    sheet.freeze_panes = "A2"
    sheet.append(list(headings))
    for rows in batches:
        for row in rows:
            sheet.append([for_excel(value) for value in row])


def file_pieces(file: IO[bytes]) -> Iterator[bytes]:
    """The bytes of a file, which is closed behind them."""
    with file:
        while piece := file.read(_PIECE):
            yield piece

"""The index of an export: a line of CDXJ for each record that can be shown, sorted by
its bytes; the sorting is a file's, so that memory stays flat.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from warcio.recordloader import ArcWarcRecord

from archive.evidence.addresses import surt
from archive.evidence.packed import Page

_SHOWN = frozenset({"response", "revisit", "resource"})
_BATCH = 1000


class IndexLines:
    """Lines as they come, given back sorted. A context manager."""

    def __init__(self, file: Path) -> None:
        """`file` is made, and removed at the end."""
        self._file = file
        file.unlink(missing_ok=True)
        self._lines = sqlite3.connect(file)
        self._lines.execute("PRAGMA journal_mode = OFF")
        self._lines.execute("PRAGMA synchronous = OFF")
        self._lines.execute("CREATE TABLE lines (line BLOB)")
        self._lines.execute("CREATE TABLE pages (url TEXT, date TEXT)")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._lines.close()
        self._file.unlink(missing_ok=True)

    def add(self, record: ArcWarcRecord, name: str, offset: int, length: int) -> None:
        """Takes in a record that stands in the file `name`."""
        if record.rec_type not in _SHOWN:
            return
        line = _line(record, name, offset, length)
        self._lines.execute("INSERT INTO lines VALUES (?)", (line,))

    def add_page(self, page: Page) -> None:
        """Takes in what a visitor can open by itself."""
        self._lines.execute("INSERT INTO pages VALUES (?, ?)", page)

    def pages(self) -> Iterator[Page]:
        """All pages in the order they came."""
        found = self._lines.execute("SELECT url, date FROM pages ORDER BY rowid")
        yield from (Page(*row) for row in found)

    def lines(self) -> Iterator[bytes]:
        """All lines with their ends, sorted."""
        sorted_ = self._lines.execute("SELECT line FROM lines ORDER BY line, rowid")
        while batch := sorted_.fetchmany(_BATCH):
            yield from (line for (line,) in batch)


def _line(record: ArcWarcRecord, name: str, offset: int, length: int) -> bytes:
    headers = record.rec_headers
    url = headers.get_header("WARC-Target-URI")
    moment = headers.get_header("WARC-Date")
    stamp = "".join(filter(str.isdigit, moment[:19]))
    told = {
        "url": url,
        "mime": _kind(record),
        "status": "",
        "digest": headers.get_header("WARC-Payload-Digest"),
        "length": str(length),
        "offset": str(offset),
        "filename": name,
    }
    if record.http_headers is not None:
        told["status"] = record.http_headers.get_statuscode()
    known = {key: value for key, value in told.items() if value}
    return f"{surt(url)} {stamp} {json.dumps(known)}\n".encode()


def _kind(record: ArcWarcRecord) -> str:
    """The media type without its parameters."""
    if record.rec_type == "revisit":
        return "warc/revisit"
    if record.http_headers is None:
        told = record.content_type
    else:
        told = record.http_headers.get_header("Content-Type")
    kind: str = (told or "").partition(";")[0].strip()
    return kind.partition(" ")[0]

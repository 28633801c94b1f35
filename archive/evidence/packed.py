"""An export as one file of WACZ 1.1.1: its WARC files, index and pages in a zip.

Written here, since the usual program takes the time of its run and drawn names into it,
and works with a library under the AGPL; that program's own test of such files passes.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import IO, Any, NamedTuple

_VERSION = "1.1.1"
_LINES = 1024
"""Lines of the index that are pressed together."""
_PIECE = 1024 * 1024
_EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)
"""A zip knows no earlier time."""


class Page(NamedTuple):
    """What a visitor can open, and when it was seen."""

    url: str
    date: str


def pack(
    out: IO[bytes],
    files: Mapping[str, Path],
    index: Path,
    pages: Iterable[Page],
    title: str,
    last: datetime | None,
) -> None:
    """Writes the zip: `files` are those of WARC by their names, `last` is the moment
    that all entries are dated by.
    """
    with zipfile.ZipFile(out, "w") as packed:
        package = _Package(packed, last or _EARLIEST)
        for name, path in files.items():
            package.add(f"archive/{name}", _pieces(path))
        places: list[bytes] = []
        package.add("indexes/index.cdx.gz", _pressed(index, places))
        package.add("indexes/index.idx", places)
        package.add("pages/pages.jsonl", _listed(pages))
        package.end(title)


class _Package:
    """The zip while it is written, and what stands in it."""

    def __init__(self, packed: zipfile.ZipFile, moment: datetime) -> None:
        self._packed = packed
        self._moment = moment.astimezone(UTC)
        self._resources: list[dict[str, Any]] = []

    def add(self, path: str, pieces: Iterable[bytes]) -> None:
        """Adds a file, as it is: what is in it is pressed already, or small."""
        digest, size = hashlib.sha256(), 0
        entry = self._entry(path)
        with self._packed.open(entry, "w", force_zip64=True) as file:
            for piece in pieces:
                file.write(piece)
                digest.update(piece)
                size += len(piece)
        name = path.rpartition("/")[2].lower()
        told = f"sha256:{digest.hexdigest()}"
        one = {"name": name, "path": path, "hash": told, "bytes": size}
        self._resources.append(one)

    def end(self, title: str) -> None:
        """Adds what says what all the others are."""
        told = {
            "profile": "data-package",
            "wacz_version": _VERSION,
            "title": title,
            "created": self._moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "resources": self._resources,
        }
        package = json.dumps(told, indent=2, ensure_ascii=False).encode()
        digest = f"sha256:{hashlib.sha256(package).hexdigest()}"
        self._packed.writestr(self._entry("datapackage.json"), package)
        signed = json.dumps({"path": "datapackage.json", "hash": digest}, indent=2)
        self._packed.writestr(self._entry("datapackage-digest.json"), signed)

    def _entry(self, path: str) -> zipfile.ZipInfo:
        moment = max(self._moment, _EARLIEST)
        return zipfile.ZipInfo(path, moment.timetuple()[:6])


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece


def _pressed(index: Path, places: list[bytes]) -> Iterator[bytes]:
    """The index, so many lines at a time; where each piece begins goes to `places`."""
    head = {"format": "cdxj-gzip-1.0", "filename": "index.cdx.gz"}
    places.append(f"!meta 0 {json.dumps(head)}\n".encode())
    offset = 0
    with index.open("rb") as lines:
        while batch := list(islice(lines, _LINES)):
            piece = gzip.compress(b"".join(batch), mtime=0)
            key = b" ".join(batch[0].split(b" ", 2)[:2]).decode()
            digest = f"sha256:{hashlib.sha256(piece).hexdigest()}"
            place = {"offset": offset, "length": len(piece), "digest": digest}
            told = {**place, "filename": "index.cdx.gz"}
            places.append(f"{key} {json.dumps(told)}\n".encode())
            offset += len(piece)
            yield piece


def _listed(pages: Iterable[Page]) -> Iterator[bytes]:
    """The pages as lines of JSON; the first line says what they are."""
    head = {"format": "json-pages-1.0", "id": "pages", "title": "All pages"}
    yield f"{json.dumps(head)}\n".encode()
    for number, page in enumerate(pages, 1):
        told = {"id": str(number), "url": page.url, "ts": page.date, "title": page.url}
        yield f"{json.dumps(told)}\n".encode()

"""Reads Whoosh's segment files into numpy arrays.

The only module coupled to how the pinned Whoosh writes columns (codec W3). A segment never changes after
its commit except for its deletions, which belong to a generation; so everything here may be shared
between threads.
"""

from __future__ import annotations

import io
import mmap
import os
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.whoosh3 import W3Codec
from whoosh.fields import Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import BufferFile
from whoosh.index import TOC
from whoosh.util.numeric import byte_to_length

from archive.search.codec import read_fields

NAME = "MAIN"
"""The name Whoosh gives an index unless told otherwise."""

Postings = tuple[NDArray[np.int64], NDArray[Any]]
"""Document numbers in rising order, and their weights."""

_BYTE_TO_LENGTH = np.array([byte_to_length(byte) for byte in range(256)], np.float64)


class Mapped(BufferFile):  # type: ignore[misc]
    """A whole file, memory mapped. `get` has no cursor, so threads may share it.

    Whoosh's BufferFile copies what it is given into private memory; this one does not.
    """

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            size = file.seek(0, io.SEEK_END)
            content: Any = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if size else io.BytesIO()
        self._buf = content if size else b""
        self._name = path.name
        self.file = content
        self.onclose = None
        self.is_real = False
        self.is_closed = False
        self.size = size


class Segment:
    """The files of one Whoosh segment."""

    def __init__(self, folder: Path, segment: Any, facets: tuple[str, ...]) -> None:
        """`segment` is Whoosh's object; `facets` name the columns read by `codes`."""
        self.name: str = segment.segment_id()
        self.size: int = segment.doc_count_all()
        self.total_length = float(segment._fieldlengths.get("words", 0))
        self._folder = folder
        self._fields = read_fields(folder, segment)
        self.version_ids = self._numbers("version_id", "q")
        self.filing_ids = self._numbers("filing_id", "q")
        self.reported = self._numbers("reported", "i")
        self.published = self._numbers("published", "i")
        self.fingerprints = self._numbers("fingerprint", "q")
        self.lengths = self.field_lengths("words")
        self.codes = {facet: self._references(facet) for facet in facets}

    def field_lengths(self, field: str) -> NDArray[np.float64]:
        """The sum of a scorable field's weights in each document, as roughly as Whoosh keeps it: in a byte."""
        return _BYTE_TO_LENGTH[self._numbers(f"_{field}_len", "B")]

    def _column(self, name: str) -> bytes:
        path = self._folder / f"{self.name}.{name}{W3Codec.COLUMN_EXT}"
        return path.read_bytes() if path.exists() else b""

    def _numbers(self, name: str, typecode: str) -> NDArray[np.int64]:
        """A NumericColumn: big-endian numbers, trailing zeros left out."""
        found = np.frombuffer(self._column(name), np.dtype(typecode).newbyteorder(">"))
        numbers = np.zeros(self.size, np.int64)
        numbers[: len(found)] = found
        return numbers

    def _references(self, name: str) -> tuple[NDArray[np.int64], list[str]]:
        """A RefBytesColumn: for each document the number of its value, and the values."""
        content = self._column(f"facet_{name}")
        if not content:
            return np.zeros(self.size, np.int64), [""]
        typecode = chr(content[-1])
        dtype = np.dtype(typecode).newbyteorder(">")
        numbers = np.frombuffer(content, dtype, self.size).astype(np.int64)
        count, at = _varint(content, self.size * dtype.itemsize)
        values = []
        for _ in range(count):
            length, at = _varint(content, at)
            values.append(content[at : at + length].decode())
            at += length
        return numbers, values

    def postings(self, field: str, term: str) -> Postings | None:
        """The documents that have a term; None when none has."""
        lists = self._fields.get(field)
        number = lists.find(term) if lists else None
        if lists is None or number is None:
            return None
        _, documents, weights = lists.postings(number, number + 1)
        return documents, weights


def _varint(content: bytes, at: int) -> tuple[int, int]:
    """A number of Whoosh's, seven bits a byte and the lowest first, and where the next thing begins."""
    number = shift = 0
    while content[at] & 0x80:
        number |= (content[at] & 0x7F) << shift
        shift, at = shift + 7, at + 1
    return number | content[at] << shift, at + 1


def generation(folder: Path) -> int:
    """The newest commit's number, without opening it; -1 when there is none."""
    lists = (name for name in os.listdir(folder) if name.endswith(".toc"))
    return max((int(name.removesuffix(".toc").rpartition("_")[2]) for name in lists), default=-1)


def read_toc(folder: Path, number: int, schema: Schema) -> TOC:
    """The list of segments, and of deleted documents, of a generation."""
    return TOC.read(_MappedStorage(str(folder)), NAME, gen=number, schema=schema)


class _MappedStorage(FileStorage):  # type: ignore[misc]
    """Whoosh leaves a list of segments open when it can't read it; a memory map needs no closing."""

    def open_file(self, name: str, **kwargs: Any) -> Mapped:
        return Mapped(Path(self._fpath(name)))

"""Reads Whoosh's segment files into numpy arrays.

The only module coupled to the file format of the pinned Whoosh (codec W3): the terms file is read
through Whoosh's own hash reader over a memory map, postings and columns are decoded here block by
block, without Whoosh's matcher objects. A segment never changes after its commit except for its
deletions, which belong to a generation; so everything here may be shared between threads.
"""

from __future__ import annotations

import io
import mmap
import pickle
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.whoosh3 import WHOOSH3_HEADER_MAGIC, W3Codec, W3TermsReader
from whoosh.fields import Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import BufferFile
from whoosh.index import TOC
from whoosh.reading import TermInfo, TermNotFound
from whoosh.util.numeric import byte_to_length

NAME = "MAIN"
"""The name Whoosh gives an index unless told otherwise."""

Postings = tuple[NDArray[np.int64], NDArray[np.float64]]
"""Document numbers in rising order, and their weights."""

_BYTE_TO_LENGTH = np.array([byte_to_length(byte) for byte in range(256)], np.float64)
_BLOCK_LENGTH = struct.Struct("!i")


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
        self._posts = Mapped(folder / f"{self.name}{W3Codec.POSTS_EXT}")
        terms = Mapped(folder / f"{self.name}{W3Codec.TERMS_EXT}")
        self._terms = W3TermsReader(segment.codec(), terms, terms.size, self._posts)
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
        rest = BufferFile(content[self.size * dtype.itemsize :])
        values = [rest.read(rest.read_varint()).decode() for _ in range(rest.read_varint())]
        return numbers, values

    def find(self, field: str, term: str) -> TermInfo | None:
        """Where a term's postings are, and how many; None when no document has it."""
        try:
            return self._terms.term_info(field, term.encode())
        except TermNotFound:
            return None

    def all_postings(self) -> Iterator[tuple[str, bytes, Postings]]:
        """Field, term and postings of every term, in order."""
        for (field, term), info in self._terms.items():
            yield field, term, self.postings(info)

    def postings(self, info: TermInfo) -> Postings:
        """Decode a posting list: blocks of a length, pickled statistics, and compressed pickled data."""
        position, _ = info.extent()
        content = self._posts._buf
        if content[position : position + 4] != WHOOSH3_HEADER_MAGIC:
            raise ValueError(f"{self.name}: no posting list at {position}")
        position += 4
        blocks: list[Postings] = []
        last = False
        while not last:
            (length,) = _BLOCK_LENGTH.unpack(content[position : position + 4])
            last, length = length < 0, abs(length)
            blocks.append(_block(content[position + 4 : position + 4 + length]))
            position += 4 + length
        if len(blocks) == 1:
            return blocks[0]
        return np.concatenate([ids for ids, _ in blocks]), np.concatenate([weights for _, weights in blocks])


def _block(content: bytes) -> Postings:
    stream = io.BytesIO(content)
    count, _, _, compression, _, _ = pickle.load(stream)
    data = content[stream.tell() :]
    deltas, weights, _ = pickle.loads(zlib.decompress(data) if compression else data)
    ids = np.cumsum(np.array(deltas, np.int64))
    if weights is None:
        return ids, np.ones(count)
    if isinstance(weights, float):
        return ids, np.full(count, weights)
    return ids, np.array(weights, np.float64)


def generation(folder: Path) -> int:
    """The newest commit's number, without opening it; -1 when there is none."""
    return int(TOC._latest_generation(FileStorage(str(folder)), NAME))


def read_toc(folder: Path, number: int, schema: Schema) -> TOC:
    """The list of segments, and of deleted documents, of a generation."""
    return TOC.read(_MappedStorage(str(folder)), NAME, gen=number, schema=schema)


class _MappedStorage(FileStorage):  # type: ignore[misc]
    """Whoosh leaves a list of segments open when it can't read it; a memory map needs no closing."""

    def open_file(self, name: str, **kwargs: Any) -> Mapped:
        return Mapped(Path(self._fpath(name)))

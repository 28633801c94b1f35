"""Writes a Whoosh segment from postings gathered in memory, several times as fast as Whoosh does.

Whoosh sorts every single posting on disk and copies it through half a dozen objects. Here a term's
postings are two growing arrays, handed to Whoosh's own block writer a block at a time; the files
are the same, byte for byte. About eight bytes a posting: commit in batches.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterator
from io import BytesIO
from itertools import count, repeat
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.whoosh3 import W3TermInfo
from whoosh.fields import FieldType, Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile
from whoosh.index import FileIndex
from whoosh.reading import SegmentReader
from whoosh.system import pack_int, pack_long, pack_ushort
from whoosh.writing import SegmentWriter

from archive.search.disk import seal
from archive.search.schema import Grams
from archive.search.segments import Segment
from archive.search.text import gram, gram_key

Ids = NDArray[np.int64]
Floats = NDArray[np.float64]


class Gathered:
    """The postings of a field in the order they came: three columns. Documents rise within each term."""

    def __init__(self, field: FieldType) -> None:
        self._by_number = isinstance(field, Grams)
        self._numbers: defaultdict[bytes | str, int] = defaultdict(count().__next__)
        """Term → its number, in order of appearance. Grams are numbers already."""
        self._terms = array("Q")
        self._documents = array("I")
        self._weights = array("f") if field.scorable else None
        """None: every weight is 1."""

    def add(self, document: int, value: Any) -> None:
        """The terms of a document: {term: weight}, or the numbers of grams."""
        if self._by_number:
            self._terms.frombytes(value.tobytes())
        else:
            self._terms.extend(map(self._numbers.__getitem__, value))
            if self._weights is not None:
                self._weights.extend(value.values())
        self._documents.extend(repeat(document, len(value)))

    def extend(self, term: bytes, documents: Ids, weights: Floats) -> None:
        """Many documents of a term at once, all after those already here."""
        number = gram_key(term.decode()) if self._by_number else self._numbers[term.decode()]
        self._terms.extend(repeat(number, len(documents)))
        self._documents.frombytes(documents.astype(np.uint32).tobytes())
        if self._weights is not None:
            self._weights.frombytes(weights.astype(np.float32).tobytes())

    @property
    def is_empty(self) -> bool:
        return not self._terms

    def sorted(self) -> Iterator[tuple[bytes, Any, Any]]:
        """Terms in the order of their bytes, each with its documents and weights."""
        numbers = np.frombuffer(self._terms, np.uint64)
        order = np.argsort(numbers, kind="stable")
        documents = np.frombuffer(self._documents, np.uint32)[order]
        weights = None if self._weights is None else np.frombuffer(self._weights, np.float32)[order]
        ordered = numbers[order]
        starts = np.flatnonzero(np.diff(ordered, prepend=~ordered[:1]))
        ends = np.append(starts[1:], len(ordered))
        names = list(map(gram, ordered[starts].tolist())) if self._by_number else list(self._numbers)
        spans = zip((str(name).encode() for name in names), starts.tolist(), ends.tolist(), strict=True)
        for term, start, end in sorted(spans):
            here = array("I", documents[start:end].tobytes())
            yield (
                term,
                here,
                array("f", [1.0]) * len(here) if weights is None else array("f", weights[start:end].tobytes()),
            )


class Pool:
    """The postings of a segment by field."""

    def __init__(self, schema: Schema) -> None:
        self.fields = {name: Gathered(field) for name, field in schema.items() if field.indexed}

    def cleanup(self) -> None:
        self.fields.clear()


class BulkWriter(SegmentWriter):  # type: ignore[misc]
    """Whoosh's writer with another pool. Locks, deletions, merging and the list of segments are Whoosh's."""

    def __init__(self, index: FileIndex, codec: Any) -> None:
        super().__init__(index, codec=codec, compound=False)
        self.pool = Pool(self.schema)

    def add_document(self, **fields: Any) -> None:
        """As Whoosh does it for fields without analyzer, but a field's terms go to the pool together."""
        number, about = self.docnum, self.perdocwriter
        about.start_doc(number)
        for name in sorted(fields):
            field, value = self.schema[name], fields[name]
            if field.indexed:
                self.pool.fields[name].add(number, value)
                about.add_field(name, field, None, sum(value.values()) if field.scorable else 0)
            else:
                about.add_column_value(name, field.column_type, field.to_column_value(value))
        about.finish_doc()
        self._added = True
        self.docnum += 1

    def take_over(self, storage: FileStorage, segment: Any) -> Ids:
        """Copy what is not deleted of another segment into this one: merging.

        Returns for each of its documents the number it has now, -1 for deleted ones.
        """
        first, old = self.docnum, Segment(Path(storage.folder), segment, ())
        reader = SegmentReader(storage, self.schema, segment)
        moved = self.write_per_doc(set(self.schema.names()), reader)
        reader.close()
        places = np.arange(first, first + old.size)
        if moved is not None:
            places[:] = -1
            places[list(moved)] = list(moved.values())
        for field, term, (documents, weights) in old.all_postings():
            kept = places[documents] >= 0
            if kept.any():
                self.pool.fields[field].extend(term, places[documents][kept], weights[kept])
        self._added = True
        return places

    def finish(self) -> Any:
        """Write the segment to the disk without making it part of an index; Whoosh's object for it."""
        segment = self._finalize_segment()
        seal(Path(self.storage.folder), segment)
        self._finish()
        return segment

    def _flush_segment(self) -> None:
        self.perdocwriter.close()
        reader = self.per_document_reader()
        out = self.fieldwriter
        for name, gathered in sorted(self.pool.fields.items()):
            if gathered.is_empty:
                continue
            lengths = [reader.doc_field_length(number, name) or 0 for number in range(self.docnum)]
            out.start_field(name, self.schema[name])
            singles: dict[tuple[int, float], tuple[bytes, bytes]] = {}
            for term, documents, weights in gathered.sorted():
                if len(documents) == 1:
                    self._write_single(term, documents[0], weights[0], lengths, singles)
                    continue
                out.start_term(term)
                self._write_blocks(documents, weights, lengths)
                out.finish_term()
            out.finish_field()
        out.close()
        reader.close()

    def _write_single(
        self, term: bytes, document: int, weight: float, lengths: list[int], known: dict[tuple[int, float], Any]
    ) -> None:
        """A list of one posting, as most are: Whoosh writes it once for a document and weight, here it is repeated."""
        out = self.fieldwriter
        if (document, weight) not in known:
            written = BytesIO()
            block = self.codec.postings_writer(StructFile(written))
            block.start_postings(out._format, W3TermInfo())
            block.add_posting(document, weight, b"", lengths[document] or None)
            about: bytes = block.finish_postings().to_bytes()
            known[document, weight] = written.getvalue(), about[: -len(_extent(0, 0))]
        content, about = known[document, weight]
        extent = _extent(out._postfile.tell(), len(content))
        out._postfile.write(content)
        out._tindex.add(pack_ushort(out._fieldid) + term, about + extent)

    def _write_blocks(self, documents: Any, weights: Any, lengths: list[int]) -> None:
        """Fill Whoosh's block writer with whole blocks; `finish_term` writes the last one."""
        block, size = self.fieldwriter._postwriter, self.codec._blocklimit
        for start in range(0, len(documents), size):
            if start:
                block._write_block()
            block._ids = documents[start : start + size]
            block._weights = weights[start : start + size]
            block._maxweight = max(block._weights)
            known = [length for number in block._ids if (length := lengths[number])]
            block._minlength, block._maxlength = (min(known), max(known)) if known else (None, 0)

    def _commit_toc(self, segments: list[Any]) -> None:
        """A segment is on the disk before anything says that it exists."""
        if self._added:
            seal(Path(self.storage.folder), self.newsegment)
        super()._commit_toc(segments)


def _extent(start: int, length: int) -> bytes:
    """Where a posting list is, as it ends a term's entry."""
    packed: bytes = pack_long(start) + pack_int(length)
    return packed

"""Writes a Whoosh segment from postings gathered in memory, several times as fast as Whoosh does.

Whoosh sorts every single posting on disk and copies it through half a dozen objects. Here a term's
postings are two growing arrays, handed to Whoosh's own block writer a block at a time; the files
are the same, byte for byte. About eight bytes a posting: commit in batches.
"""

from __future__ import annotations

import os
from array import array
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.fields import Schema
from whoosh.index import FileIndex
from whoosh.reading import SegmentReader
from whoosh.writing import SegmentWriter

from archive.search.segments import Segment

Ids = NDArray[np.int64]
Floats = NDArray[np.float64]
Posting = tuple[str, bytes, int, float, bytes]
"""Field, term, document, weight and a value, which our formats leave empty."""


class Pool:
    """The postings of a segment by field and term. Documents must come in rising order, as Whoosh adds them."""

    def __init__(self, schema: Schema) -> None:
        self.documents: dict[str, dict[bytes, Any]] = {name: {} for name, field in schema.items() if field.indexed}
        self.weights: dict[str, dict[bytes, Any]] = {
            name: {} for name, field in schema.items() if field.indexed and field.scorable
        }
        """Where a field keeps none, every weight is 1."""

    def add(self, posting: Posting) -> None:
        field, term, document, weight, _ = posting
        documents = self.documents[field]
        known = documents.get(term)
        if known is None:
            known = documents[term] = array("I")
            if field in self.weights:
                self.weights[field][term] = array("f")
        known.append(document)
        if field in self.weights:
            self.weights[field][term].append(weight)

    def extend(self, field: str, term: bytes, documents: Ids, weights: Floats) -> None:
        """Add many documents of a term at once, all after those already here."""
        self.documents[field].setdefault(term, array("I")).frombytes(documents.astype(np.uint32).tobytes())
        if field in self.weights:
            self.weights[field].setdefault(term, array("f")).frombytes(weights.astype(np.float32).tobytes())

    def cleanup(self) -> None:
        self.documents.clear()
        self.weights.clear()


class BulkWriter(SegmentWriter):  # type: ignore[misc]
    """Whoosh's writer with another pool. Locks, deletions, merging and the list of segments are Whoosh's."""

    def __init__(self, index: FileIndex, codec: Any) -> None:
        super().__init__(index, codec=codec, compound=False)
        self.pool = Pool(self.schema)

    def take_over(self, segment: Any) -> None:
        """Copy what is not deleted of another segment into this one: merging."""
        first, old = self.docnum, Segment(Path(self.storage.folder), segment, ())
        reader = SegmentReader(self.storage, self.schema, segment)
        moved = self.write_per_doc(set(self.schema.names()), reader)
        reader.close()
        places = np.arange(first, first + old.size)
        if moved is not None:
            places[:] = -1
            places[list(moved)] = list(moved.values())
        for field, term, (documents, weights) in old.all_postings():
            kept = places[documents] >= 0
            if kept.any():
                self.pool.extend(field, term, places[documents][kept], weights[kept])
        self._added = True

    def _flush_segment(self) -> None:
        self.perdocwriter.close()
        reader = self.per_document_reader()
        out = self.fieldwriter
        for name in sorted(self.pool.documents):
            terms = self.pool.documents[name]
            if not terms:
                continue
            lengths = [reader.doc_field_length(number, name) or 0 for number in range(self.docnum)]
            weights = self.pool.weights.get(name, {})
            out.start_field(name, self.schema[name])
            for term in sorted(terms):
                out.start_term(term)
                documents = terms[term]
                self._write_blocks(documents, weights.get(term) or array("f", [1.0]) * len(documents), lengths)
                out.finish_term()
            out.finish_field()
        out.close()
        reader.close()

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
        """Whoosh trusts the disk; here a segment is on it before anything says that it exists."""
        _sync(Path(self.storage.folder) / name for name in self.newsegment.list_files(self.storage))
        super()._commit_toc(segments)


def _sync(paths: Iterable[Path]) -> None:
    for path in paths:
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

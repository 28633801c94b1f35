"""Writes a Whoosh segment from postings gathered in memory: sorted once, as numbers,
and encoded by the codec.

Whoosh sorts every single posting on disk and copies it through half a dozen objects.
Here a posting is one number of 64 bits, so gathering, sorting and merging are done by
numpy for all at once. To sort the numbers is to sort by term, then by document.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.fields import FieldType, Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex
from whoosh.writing import SegmentWriter

from archive.search.engine.codec import ArrayCodec
from archive.search.engine.disk import seal
from archive.search.engine.fields import FieldLists, FieldsWriter, read_fields
from archive.search.engine.lists import FEWEST, MOST_DOCUMENTS, stretches
from archive.search.engine.per_document import read_columns
from archive.search.engine.schema import Grams, Stretches

Ids = NDArray[np.int64]
Packed = NDArray[np.uint64]

#   fields of words   │ term: 28 bits             │ document: 16 │ weight: 20 │
#   fields of grams   │ term: 42 bits, two characters of 21     │ document: 16 │
#
# A word's number is that of its first appearance until `Gathered.write` knows all
# words; then it is the word's rank.
_DOCUMENT_BITS, _WEIGHT_BITS = 16, 20
MOST_WEIGHT = (1 << _WEIGHT_BITS) - 1
"""What is still heavier counts as this; a report would need a word a million times."""
_PART = 100_000
"""Postings encoded at once: what this takes, some 10 MB, is used again for the next
ones, and stays near the processor. No term's list is longer.
"""


class Gathered:
    """The postings of a field."""

    def __init__(self, field: FieldType) -> None:
        self._numbers: defaultdict[str, int] | None = None
        """Word → its number, in order of appearance. Grams are numbers already, and
        have no weights.
        """
        self._weight_bits = 0
        if not isinstance(field, Grams):
            self._numbers = defaultdict(count().__next__)
            self._weight_bits = _WEIGHT_BITS
        self._packed = array("Q")

    @property
    def _term_shift(self) -> np.uint64:
        """How many bits stand below the term."""
        return np.uint64(_DOCUMENT_BITS + self._weight_bits)

    def add(self, document: int, value: Any) -> None:
        """The terms of a document: {word: weight}, or the numbers of grams."""
        if self._numbers is None:
            self._extend(value, np.uint64(document), np.uint64(0))
            return
        numbers = map(self._numbers.__getitem__, value)
        terms = np.fromiter(numbers, np.uint64, len(value))
        weights = np.fromiter(value.values(), np.uint64, len(value))
        self._extend(terms, np.uint64(document), weights)

    def take_over(self, lists: FieldLists, places: Ids) -> None:
        """All postings of another segment's field.

        `places`: the number each of its documents has here, or -1.
        """
        for first, last in lists.spans():
            counts, documents, weights = lists.postings(first, last)
            documents = places[documents]
            kept = documents >= 0
            terms = np.repeat(self._numbered(lists, first, last), counts)[kept]
            self._extend(
                terms,
                documents[kept].astype(np.uint64),
                weights[kept].astype(np.uint64),
            )

    def _numbered(self, lists: FieldLists, first: int, last: int) -> Packed:
        """The numbers that the terms of another segment have here."""
        if self._numbers is None:
            assert lists.keys is not None
            return lists.keys[first:last]
        names = (lists.name(at).decode() for at in range(first, last))
        return np.fromiter(
            map(self._numbers.__getitem__, names), np.uint64, last - first
        )

    def _extend(self, terms: Packed, documents: Any, weights: Any) -> None:
        packed = terms << self._term_shift | documents << np.uint64(self._weight_bits)
        if self._weight_bits:
            packed |= np.minimum(weights, np.uint64(MOST_WEIGHT))
        self._packed.frombytes(packed.tobytes())

    def write(self, out: FieldsWriter, field: str, size: int) -> None:
        """Hand all postings, sorted, to the codec; the segment has `size` documents."""
        if not self._packed:
            return
        packed = np.frombuffer(self._packed, np.uint64)
        names: list[bytes] = []
        if self._numbers is not None:
            names, ranks = _ranked(self._numbers)
            self._rank(packed, ranks)
        packed.sort()
        listed = out.add_lists(field, self._parts(packed), size)
        if self._numbers is None:
            out.add_keys(field, listed)
        else:
            out.add_names(field, [names[rank] for rank in listed.tolist()])

    def _rank(self, packed: Packed, ranks: Packed) -> None:
        """Put each word's rank in the place of its number, a part at a time."""
        below = np.uint64((1 << int(self._term_shift)) - 1)
        for start in range(0, len(packed), _PART):
            part = packed[start : start + _PART]
            terms = ranks[part >> self._term_shift] << self._term_shift
            part &= below
            part |= terms

    def _parts(self, packed: Packed) -> Iterator[tuple[Any, Any, Any]]:
        """Terms, documents and weights, some million at a time.

        No term's list is in two parts.
        """
        start = 0
        while start < len(packed):
            end = self._end_of_term(packed, min(start + _PART, len(packed)))
            yield self._unpacked(packed[start:end])
            start = end

    def _end_of_term(self, packed: Packed, end: int) -> int:
        """The end of the list that `end` lies in, or that ends there."""
        last_term = packed[end - 1] >> self._term_shift
        following = last_term + np.uint64(1) << self._term_shift
        return int(np.searchsorted(packed, following))

    def _unpacked(self, part: Packed) -> tuple[Any, Any, Any]:
        documents = part >> np.uint64(self._weight_bits) & np.uint64(MOST_DOCUMENTS - 1)
        weights = None
        if self._weight_bits:
            weights = (part & np.uint64(MOST_WEIGHT)).astype(np.int64)
        return part >> self._term_shift, documents.astype(np.int64), weights


def _ranked(numbers: dict[str, int]) -> tuple[list[bytes], Packed]:
    """The words in UTF-8, sorted; and for each number the rank of its word."""
    names = sorted((name.encode(), number) for name, number in numbers.items())
    ranks = np.empty(len(names), np.uint64)
    in_order = [number for _, number in names]
    ranks[in_order] = np.arange(len(names), dtype=np.uint64)
    return [name for name, _ in names], ranks


class GatheredTexts:
    """The texts of a segment, for the stretches that many of them have."""

    def __init__(self, field: FieldType) -> None:
        self._field = field
        self._texts: list[str] = []

    def add(self, document: int, value: Any) -> None:
        """The text of the next document."""
        self._texts.append(value)

    def take_over(self, lists: FieldLists, places: Ids) -> None:
        """Nothing: each segment has stretches of its own.

        Small ones are merged, and the texts are no longer at hand. What is quoted from
        those is looked up.
        """

    def write(self, out: FieldsWriter, field: str, size: int) -> None:
        """Hand the documents of each stretch to the codec."""
        if len(self._texts) < max(FEWEST, size):
            return
        gathered = Gathered(self._field)
        for document, found in enumerate(stretches(self._texts)):
            gathered.add(document, dict.fromkeys(found, 1))
        gathered.write(out, field, size)


def _gathering(field: FieldType) -> Gathered | GatheredTexts:
    return GatheredTexts(field) if isinstance(field, Stretches) else Gathered(field)


class Pool:
    """The postings of a segment by field."""

    def __init__(self, schema: Schema) -> None:
        self.fields = {
            name: _gathering(field) for name, field in schema.items() if field.indexed
        }

    def cleanup(self) -> None:
        self.fields.clear()


class BulkWriter(SegmentWriter):  # type: ignore[misc]
    """Whoosh's writer with another pool.

    Locks, deletions, merging and the list of segments are Whoosh's.
    """

    def __init__(self, index: FileIndex) -> None:
        # A compound file would be copied into each process's memory when it is opened.
        super().__init__(index, codec=ArrayCodec(), compound=False)
        self.pool = Pool(self.schema)

    def add_document(self, **fields: Any) -> None:
        """All fields of the schema, by name.

        Terms as `Gathered.add` takes them; columns as numbers or bytes.
        """
        number, about = self.docnum, self.perdocwriter
        if number >= MOST_DOCUMENTS:
            raise ValueError(
                f"a segment holds at most {MOST_DOCUMENTS} documents: commit earlier"
            )
        for name, value in fields.items():
            field = self.schema[name]
            if not field.indexed:
                about.add_value(name, value)
                continue
            self.pool.fields[name].add(number, value)
            # BM25F divides by the length: here the sum of the words' weights.
            if field.scorable:
                about.add_length(name, sum(value.values()))
        self._added = True
        self.docnum += 1

    def take_over(self, storage: FileStorage, segment: Any) -> Ids:
        """Copy what is not deleted of another segment into this one: merging.

        Returns for each of its documents the number it has now, -1 for deleted ones.
        """
        kept = np.ones(segment.doc_count_all(), bool)
        kept[list(segment.deleted_docs())] = False
        # Kept documents move together, in their order: 0 1 ✗ 3 → 0 1 -1 2.
        places = np.where(kept, self.docnum + np.cumsum(kept) - 1, -1)
        folder = Path(storage.folder)
        self.perdocwriter.take_over(read_columns(folder, segment), kept)
        for field, lists in read_fields(folder, segment).items():
            self.pool.fields[field].take_over(lists, places)
        self.docnum += int(kept.sum())
        self._added = True
        return places

    def finish(self) -> Any:
        """Write the segment to the disk without making it part of an index.

        Returns Whoosh's object for it.
        """
        segment = self._finalize_segment()
        seal(Path(self.storage.folder), segment)
        self._finish()
        return segment

    def _flush_segment(self) -> None:
        # Whoosh calls this when a segment is complete; only now are words sorted.
        self.perdocwriter.close()
        # Each field's postings are let go of as soon as they are written.
        for name in sorted(self.pool.fields):
            self.pool.fields.pop(name).write(self.fieldwriter, name, self.docnum)
        self.fieldwriter.close()

    def cancel(self) -> None:
        """Leave everything as it was.

        Whoosh would finish the files, and keep its lock if the disk had no room.
        """
        # A full disk, or a file that is closed already.
        with suppress(OSError, ValueError):
            self._close_segment()
        self._finish()

    def _commit_toc(self, segments: list[Any]) -> None:
        """A segment is on the disk before anything says that it exists."""
        if self._added:
            seal(Path(self.storage.folder), self.newsegment)
        super()._commit_toc(segments)

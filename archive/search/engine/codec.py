"""How Whoosh keeps a segment here: a codec of arrays, so that nothing is done term by
term.

Whoosh asks its codec to write and read a segment. Its own (W3) pickles every list of
postings, hashes every term by itself and has a file for every column; this one puts all
lists of a field into a few arrays (see `lists`) and all columns into others (see
`per_document`). Whoosh's readers and searchers work on it as on any index, which is
what the tests compare with; the archive's own search reads the arrays directly.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.base import TermsReader
from whoosh.codec.whoosh3 import W3Codec
from whoosh.matching import ListMatcher
from whoosh.reading import TermInfo, TermNotFound

from archive.search.engine.bundle import BundleWriter, read_bundle
from archive.search.engine.lists import (
    DENSE,
    decode,
    decode_weights,
    encode,
    encode_weights,
)
from archive.search.engine.per_document import Columns, ColumnsWriter, StockColumns
from archive.search.text import gram, gram_key

Array = NDArray[Any]
_SPAN = 1 << 18


class ArrayCodec(W3Codec):  # type: ignore[misc]
    LISTS_EXT, COLUMNS_EXT = ".lists", ".columns"

    def per_document_writer(self, storage: Any, segment: Any) -> ColumnsWriter:
        return ColumnsWriter(
            Path(storage.folder) / segment.make_filename(self.COLUMNS_EXT), segment
        )

    def per_document_reader(self, storage: Any, segment: Any) -> StockColumns:
        return StockColumns(
            storage, segment, read_columns(Path(storage.folder), segment)
        )

    def field_writer(self, storage: Any, segment: Any) -> FieldsWriter:
        return FieldsWriter(
            Path(storage.folder) / segment.make_filename(self.LISTS_EXT)
        )

    def terms_reader(self, storage: Any, segment: Any) -> StockTerms:
        return StockTerms(read_fields(Path(storage.folder), segment))


class FieldsWriter:
    """Writes the lists of one field after the other. Whoosh opens and closes it."""

    def __init__(self, path: Path) -> None:
        self._bundle = BundleWriter(path.open("wb"))
        self.is_closed = False

    def add_names(self, field: str, names: list[bytes]) -> None:
        """The terms of a field, rising."""
        self._bundle.add(f"{field}.names", np.frombuffer(b"".join(names), np.uint8))
        self._bundle.add(
            f"{field}.name_ends", np.cumsum(list(map(len, names))).astype(np.uint32)
        )

    def add_lists(
        self, field: str, parts: Iterator[tuple[Array, Array, Array | None]], size: int
    ) -> Array:
        """The lists of a field: in parts, for each term one after the other its number,
        how many documents and weights, if there are any. Returns the numbers of the
        terms, a list for each.
        """
        gathered: dict[str, list[Array]] = {
            "forms": [],
            "ends": [],
            "weight_ends": [],
            "weights": [],
        }
        numbers = []
        end = weights_end = 0
        for terms, documents, weights in parts:
            starts = np.flatnonzero(np.diff(terms, prepend=~terms[:1]))
            numbers.append(terms[starts])
            counts = np.diff(starts, append=len(terms))
            forms, ends, content = encode(documents, counts, size)
            self._bundle.add(f"{field}.content", content)
            gathered["forms"].append(forms)
            gathered["ends"].append((end + ends).astype(np.uint32))
            end += len(content)
            if weights is not None:
                ends, content = encode_weights(weights, counts)
                gathered["weights"].append(content)
                gathered["weight_ends"].append((weights_end + ends).astype(np.uint32))
                weights_end += len(content)
        for name, arrays in gathered.items():
            if arrays:
                self._bundle.add(f"{field}.{name}", np.concatenate(arrays))
        return np.concatenate(numbers)

    def add_keys(self, field: str, keys: Array) -> None:
        """The terms of a field of grams, as numbers, rising."""
        self._bundle.add(f"{field}.keys", keys.astype(np.uint64))

    def close(self) -> None:
        self.is_closed = True
        self._bundle.close()


class FieldLists:
    """The terms of a field in a segment, and their lists."""

    def __init__(self, arrays: Mapping[str, Array], field: str, size: int) -> None:
        """`size`: how many documents the segment has."""
        self._size = size
        self.keys = arrays.get(f"{field}.keys")
        """Terms that are numbers (`gram_key`); None in a field of words."""
        # Views are read one by one five times as fast as arrays.
        self._names = (
            arrays[f"{field}.names"].data if self.keys is None else memoryview(b"")
        )
        self._name_ends = (
            arrays[f"{field}.name_ends"].data if self.keys is None else memoryview(b"")
        )
        self._forms, self._content = (
            arrays[f"{field}.forms"],
            arrays[f"{field}.content"],
        )
        self._ends = arrays[f"{field}.ends"]
        self._weights, self._weight_ends = (
            arrays.get(f"{field}.weights"),
            arrays.get(f"{field}.weight_ends"),
        )

    def __len__(self) -> int:
        return len(self._forms)

    def name(self, number: int) -> bytes:
        if self.keys is not None:
            return gram(int(self.keys[number])).encode()
        return bytes(
            self._names[
                self._name_ends[number - 1] if number else 0 : self._name_ends[number]
            ]
        )

    def find(self, term: str) -> int | None:
        """The number of a term; None when no document has it."""
        if self.keys is None:
            name = term.encode()
            at = bisect_left(range(len(self)), name, key=self.name)
            return at if at < len(self) and self.name(at) == name else None
        key = gram_key(term)
        at = int(np.searchsorted(self.keys, np.uint64(key)))
        return at if at < len(self) and int(self.keys[at]) == key else None

    def bits(self, number: int) -> Array | None:
        """The documents of a term as a bit for each of the segment's, if they are kept
        so; straight from the file.
        """
        if self._forms[number] != DENSE:
            return None
        start, lengths = _extent(self._ends, number, number + 1)
        return self._content[start : start + int(lengths[0])]

    def spans(self) -> Iterator[tuple[int, int]]:
        """All terms in portions of some 256 kB of lists (first, and behind the last):
        it bounds what reading takes.
        """
        edges = np.searchsorted(
            self._ends, np.arange(0, int(self._ends[-1]), _SPAN), side="right"
        )
        return pairwise(sorted({0, *edges.tolist(), len(self)}))

    def postings(self, first: int, last: int) -> tuple[Array, Array, Array]:
        """Of the terms from `first` to before `last`: how many documents each has,
        these, and their weights.
        """
        start, lengths = _extent(self._ends, first, last)
        content = self._content[start : start + int(lengths.sum())]
        documents, counts = decode(
            self._forms[first:last], lengths, content, self._size
        )
        if self._weights is None or self._weight_ends is None:
            return counts, documents, np.broadcast_to(np.float32(1), len(documents))
        start, lengths = _extent(self._weight_ends, first, last)
        weights = decode_weights(
            lengths, counts, self._weights[start : start + int(lengths.sum())]
        )
        return counts, documents, weights


def _extent(ends: Array, first: int, last: int) -> tuple[int, Array]:
    """Where lists begin, and how long each is."""
    edges = ends[max(first - 1, 0) : last].astype(np.int64)
    edges = edges if first else np.concatenate([[0], edges])
    return int(edges[0]), np.diff(edges)


def read_fields(folder: Path, segment: Any) -> dict[str, FieldLists]:
    """The fields of a segment (Whoosh's object) that have terms."""
    arrays = read_bundle(folder / segment.make_filename(ArrayCodec.LISTS_EXT))
    fields = sorted({name.partition(".")[0] for name in arrays})
    return {
        field: FieldLists(arrays, field, segment.doc_count_all()) for field in fields
    }


def read_columns(folder: Path, segment: Any) -> Columns:
    return Columns(folder / segment.make_filename(ArrayCodec.COLUMNS_EXT))


class StockTerms(TermsReader):  # type: ignore[misc]
    """The same for Whoosh's own readers: slower, and as they want it."""

    def __init__(self, fields: Mapping[str, FieldLists]) -> None:
        self._fields = fields

    @cached_property
    def _sorted(self) -> list[tuple[str, bytes]]:
        return sorted(
            (field, lists.name(at))
            for field, lists in self._fields.items()
            for at in range(len(lists))
        )

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        field, name = term
        return (
            field in self._fields
            and self._fields[field].find(name.decode()) is not None
        )

    def indexed_field_names(self) -> list[str]:
        return list(self._fields)

    def terms(self) -> Iterator[tuple[str, bytes]]:
        return iter(self._sorted)

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        return iter(self._sorted[bisect_left(self._sorted, (fieldname, prefix)) :])

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(
        self, fieldname: str, prefix: bytes
    ) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return (
            (term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix)
        )

    def _postings(self, field: str, name: bytes) -> tuple[Array, Array]:
        number = (
            self._fields[field].find(name.decode()) if field in self._fields else None
        )
        if number is None:
            raise KeyError(name)
        _, documents, weights = self._fields[field].postings(number, number + 1)
        return documents, weights

    def term_info(self, fieldname: str, name: bytes) -> TermInfo:
        try:
            documents, weights = self._postings(fieldname, name)
        except KeyError:
            raise TermNotFound(f"No term {fieldname}:{name!r}") from None
        first, last, most = int(documents[0]), int(documents[-1]), float(weights.max())
        # Lengths only bound what a block can score: from 1 to a million leaves every
        # one open.
        return TermInfo(
            float(weights.sum()), len(documents), 1, 1_000_000, most, first, last
        )

    def frequency(self, fieldname: str, name: bytes) -> float:
        return float(self._postings(fieldname, name)[1].sum())

    def doc_frequency(self, fieldname: str, name: bytes) -> int:
        return len(self._postings(fieldname, name)[0])

    def matcher(
        self, fieldname: str, name: bytes, format_: Any, scorer: Any = None
    ) -> ListMatcher:
        about = self.term_info(fieldname, name)
        documents, weights = self._postings(fieldname, name)
        values = [b""] * len(documents)
        ids, floats = documents.tolist(), weights.astype(float).tolist()
        return ListMatcher(
            ids, floats, values, format_, scorer, term=(fieldname, name), terminfo=about
        )

    def close(self) -> None:
        """Nothing is open: the file is mapped as long as somebody holds its arrays."""

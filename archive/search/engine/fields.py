"""`<segment>.lists`: the terms of each field, and for each the documents that have it.

A bundle (see `bundle`) with some arrays for each field. Lucene finds a term by an
automaton of prefixes, and skips within its list. Here it is a bisection over all names,
and a list is always read whole: a segment has 65,536 documents at most, so no list is
long.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from archive.search.engine.bundle import BundleWriter, read_bundle, touch
from archive.search.engine.lists import (
    DENSE,
    decode,
    decode_one,
    decode_weights,
    decode_weights_of_one,
    encode,
    encode_weights,
    in_any,
)
from archive.search.text import gram, gram_key

Array = NDArray[Any]
_SPAN = 1 << 18
_LOOKED_UP = ("keys", "names", "name_ends", "forms", "ends", "weight_ends")
"""Arrays by which a list is found: an eighth of the file."""


def lists_path(folder: Path, segment: Any) -> Path:
    """The file of a segment (Whoosh's object)."""
    return folder / str(segment.make_filename(".lists"))


#   words.names      公 公 开 府 …     the terms in UTF-8, sorted, without gaps
#   words.name_ends  3 9 12 …         where each ends
#   words.forms      1 2 0 …          in which form its list is kept (see `lists`)
#   words.ends       2 752 760 …      where its list ends in …
#   words.content    ██▓▓▓▓▓▓▓░░ …    … the lists of documents, one behind the other
#   words.weight_ends, words.weights  the same for its weights, a number a document
#
# A term's number is its place among the sorted names: term 1 here is 公开, its name is
# bytes 3 to 9 of `names`, its list bytes 2 to 752 of `content`. Fields of grams have no
# weights, and instead of names `keys`: a term is one or two characters, which are a
# number of 64 bits (`archive.search.text.gram_key`).
class FieldsWriter:
    """Writes the lists of one field after the other. Whoosh opens and closes it."""

    def __init__(self, path: Path) -> None:
        self._bundle = BundleWriter(path.open("wb"))
        self.is_closed = False

    def add_names(self, field: str, names: list[bytes]) -> None:
        """The terms of a field, rising."""
        lengths = [len(name) for name in names]
        self._bundle.add(f"{field}.names", np.frombuffer(b"".join(names), np.uint8))
        self._bundle.add(f"{field}.name_ends", np.cumsum(lengths).astype(np.uint32))

    def add_keys(self, field: str, keys: Array) -> None:
        """The terms of a field of grams, as numbers, rising."""
        self._bundle.add(f"{field}.keys", keys.astype(np.uint64))

    def add_lists(
        self, field: str, parts: Iterator[tuple[Array, Array, Array | None]], size: int
    ) -> Array:
        """The lists of a field in a segment of `size` documents.

        Each part holds, posting by posting, the number of the term, the document, and
        the weight, if there are any; sorted by term, then by document. Returns the
        numbers of the terms, one for each list.
        """
        lists, weighted = _Pieces(), _Pieces()
        numbers = []
        for terms, documents, weights in parts:
            starts = np.flatnonzero(_differs_from_last(terms))
            counts = np.diff(starts, append=len(terms))
            numbers.append(terms[starts])
            forms, ends, content = encode(documents, counts, size)
            lists.add(ends, content)
            lists.forms.append(forms)
            # The lists themselves go to the disk at once: they take most of the room.
            self._bundle.add(f"{field}.content", lists.contents.pop())
            if weights is not None:
                weighted.add(*encode_weights(weights, counts))
        self._add_joined(f"{field}.forms", lists.forms)
        self._add_joined(f"{field}.ends", lists.ends)
        self._add_joined(f"{field}.weight_ends", weighted.ends)
        self._add_joined(f"{field}.weights", weighted.contents)
        return np.concatenate(numbers)

    def _add_joined(self, name: str, arrays: list[Array]) -> None:
        if arrays:
            self._bundle.add(name, np.concatenate(arrays))

    def close(self) -> None:
        self.is_closed = True
        self._bundle.close()


class _Pieces:
    """What was encoded of a field so far, part by part."""

    def __init__(self) -> None:
        self.forms: list[Array] = []
        self.ends: list[Array] = []
        self.contents: list[Array] = []
        self._end = 0

    def add(self, ends: Array, content: Array) -> None:
        """`ends` count from the beginning of this `content`."""
        self.ends.append((self._end + ends).astype(np.uint32))
        self.contents.append(content)
        self._end += len(content)


def _differs_from_last(terms: Array) -> Array:
    """Where another term begins; the first always does."""
    different: Array = np.diff(terms, prepend=~terms[:1])
    return different


class FieldLists:
    """The terms of a field in a segment, and their lists. Terms have numbers."""

    def __init__(self, arrays: Mapping[str, Array], field: str, size: int) -> None:
        """`size`: how many documents the segment has."""
        self._size = size
        self.keys = arrays.get(f"{field}.keys")
        """Terms that are numbers (`gram_key`); None in a field of words."""
        self._names = self._name_ends = memoryview(b"")
        if self.keys is None:
            # Views are read one by one five times as fast as arrays.
            self._names = arrays[f"{field}.names"].data
            self._name_ends = arrays[f"{field}.name_ends"].data
        self._forms = arrays[f"{field}.forms"]
        self._content = arrays[f"{field}.content"]
        self._ends = arrays[f"{field}.ends"]
        self._weights = arrays.get(f"{field}.weights")
        self._weight_ends = arrays.get(f"{field}.weight_ends")
        looked_up = {f"{field}.{name}" for name in _LOOKED_UP}
        touch(arrays[name] for name in arrays if name in looked_up)

    def __len__(self) -> int:
        return len(self._forms)

    def name(self, number: int) -> bytes:
        """A term in UTF-8."""
        if self.keys is not None:
            return gram(int(self.keys[number])).encode()
        start = self._name_ends[number - 1] if number else 0
        return bytes(self._names[start : self._name_ends[number]])

    def find(self, term: str) -> int | None:
        """The number of a term; None when no document has it."""
        if self.keys is not None:
            key = gram_key(term)
            at = int(self.keys.searchsorted(np.uint64(key)))
            if at < len(self) and int(self.keys[at]) == key:
                return at
            return None
        at = self._first_not_before(term.encode())
        if at < len(self) and self.name(at) == term.encode():
            return at
        return None

    def _first_not_before(self, name: bytes) -> int:
        """As bisect_left, which takes longer to call `self.name` each time."""
        names, ends = self._names, self._name_ends
        low, high = 0, len(ends)
        while low < high:
            middle = (low + high) // 2
            start = ends[middle - 1] if middle else 0
            if bytes(names[start : ends[middle]]) < name:
                low = middle + 1
            else:
                high = middle
        return low

    def holding(self, part: str) -> Array:
        """The numbers of the terms with a text inside, rising."""
        names, sought = bytes(self._names), part.encode()
        places: list[int] = []
        at = names.find(sought)
        while at >= 0:
            places.append(at)
            at = names.find(sought, at + 1)
        # Of one type, or all the ends would be converted.
        ends = np.asarray(self._name_ends)
        begins = np.array(places, ends.dtype)
        numbers = np.searchsorted(ends, begins, side="right")
        # Names lie one behind the other: what runs from one into the next is none.
        is_inside = begins + len(sought) <= ends[numbers]
        numbers = numbers[is_inside]
        return numbers[np.diff(numbers, prepend=-1) > 0]

    def in_any(self, numbers: Array, among: Array) -> Array:
        """A mask of the documents that have one of several terms.

        `among`: a mask of documents that all these are among. Once all of it is found
        no further list is read: most often the longest few hold everything.
        """
        edges = np.concatenate([[0], self._ends]).astype(np.int64)
        starts, lengths = edges[numbers], np.diff(edges)[numbers]
        longest_first = np.argsort(-lengths, kind="stable")
        mask = np.zeros(self._size, bool)
        is_dense = self._forms[numbers] == DENSE
        for several in _doubling(longest_first):
            dense, others = several[is_dense[several]], several[~is_dense[several]]
            if len(dense):
                mask |= self._in_any_dense(starts[dense])
            if len(others):
                mask |= self._in_any(numbers[others], starts[others], lengths[others])
            if not (among & ~mask).any():
                break
        return mask

    def _in_any_dense(self, starts: Array) -> Array:
        """A mask of the documents of DENSE lists that begin as told: compared where
        they stand in the file, a byte for eight documents.
        """
        length = (self._size + 7) // 8
        bits = np.zeros(length, np.uint8)
        for start in starts.tolist():
            bits |= self._content[start : start + length]
        return np.unpackbits(bits, count=self._size).view(bool)

    def _in_any(self, numbers: Array, starts: Array, lengths: Array) -> Array:
        """A mask of the documents of lists that begin and are as long as told."""
        # The bytes of all their lists, one list behind the other.
        before = np.cumsum(lengths) - lengths
        at = np.repeat(starts - before, lengths) + np.arange(int(lengths.sum()))
        return in_any(self._forms[numbers], lengths, self._content[at], self._size)

    def bits(self, number: int) -> Array | None:
        """The documents of a term as a bit for each of the segment's, or None.

        Straight from the file, where the list is kept so.
        """
        if self._forms[number] != DENSE:
            return None
        return self._content[_place(self._ends, number)]

    def documents(self, number: int) -> Array:
        """The documents of a term, rising."""
        content = self._content[_place(self._ends, number)]
        return decode_one(int(self._forms[number]), content, self._size)

    def weights(self, number: int, count: int) -> Array:
        """The weights of a term that so many documents have, in a field of words."""
        assert self._weights is not None
        assert self._weight_ends is not None
        content = self._weights[_place(self._weight_ends, number)]
        return decode_weights_of_one(count, content)

    def spans(self) -> Iterator[tuple[int, int]]:
        """All terms in portions of some 256 kB of lists (first, and behind the last):
        it bounds what reading takes.
        """
        starts = np.arange(0, int(self._ends[-1]), _SPAN)
        edges = np.searchsorted(self._ends, starts, side="right")
        return pairwise(sorted({0, *edges.tolist(), len(self)}))

    def postings(self, first: int, last: int) -> tuple[Array, Array, Array]:
        """The postings of the terms from `first` to before `last`.

        Returns how many documents each term has, all these one behind the other, and
        their weights (1 where none are kept).
        """
        start, lengths = _extent(self._ends, first, last)
        content = self._content[start : start + int(lengths.sum())]
        forms = self._forms[first:last]
        documents, counts = decode(forms, lengths, content, self._size)
        if self._weights is None or self._weight_ends is None:
            return counts, documents, np.broadcast_to(np.float32(1), len(documents))
        start, lengths = _extent(self._weight_ends, first, last)
        content = self._weights[start : start + int(lengths.sum())]
        return counts, documents, decode_weights(lengths, counts, content)


def _doubling(array: Array) -> Iterator[Array]:
    """One, the next two, the next four …"""
    start, size = 0, 1
    while start < len(array):
        yield array[start : start + size]
        start, size = start + size, 2 * size


def _place(ends: Array, number: int) -> slice:
    """Where a list stands: as numbers of Python, which take a tenth of the time."""
    return slice(int(ends[number - 1]) if number else 0, int(ends[number]))


def _extent(ends: Array, first: int, last: int) -> tuple[int, Array]:
    """Where the lists from `first` to before `last` begin, and how long each is."""
    edges = ends[max(first - 1, 0) : last].astype(np.int64)
    if first == 0:
        edges = np.concatenate([[0], edges])
    return int(edges[0]), np.diff(edges)


def read_fields(folder: Path, segment: Any) -> dict[str, FieldLists]:
    """The fields of a segment (Whoosh's object) that have terms."""
    arrays = read_bundle(lists_path(folder, segment))
    fields = sorted({name.partition(".")[0] for name in arrays})
    size = segment.doc_count_all()
    return {field: FieldLists(arrays, field, size) for field in fields}

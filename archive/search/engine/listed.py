"""Posting lists in memory, in the form in which they are compared fastest."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from archive.search.engine.recent import Recent
from archive.search.engine.segments import BROKEN, STRETCHES, Segment, Term
from archive.search.errors import Damaged

Mask = NDArray[np.bool_]

WORDS = "words"
"""The field whose terms have weights."""

_OFTEN = 8
"""A term that more than one in so many documents of a segment have is kept as bits:
they take less room, and to compare two terms' takes a hundredth of the time.
"""
_OVERHEAD = 200
"""Bytes that Python's objects take around the arrays, roughly."""


#   rare term       ids      7 190 4011     the documents' numbers, rising
#                   weights  1 5 1          of each of these
#   frequent term   bits     10110111…      a bit for each document
#                   weights  1 0 2 1 0 …    of each document
@dataclass(frozen=True, slots=True)
class Listed:
    """The documents of a segment, or of all, that have a term, as `ids` or as `bits`.

    With weights, where the term is a word.
    """

    count: int
    """How many documents."""
    ids: NDArray[np.unsignedinteger[Any]] | None
    bits: NDArray[np.uint8] | None
    weights: NDArray[np.unsignedinteger[Any]] | None
    """One for each of the ids; or, beside bits, for each document there is."""

    @property
    def nbytes(self) -> int:
        arrays = (self.ids, self.bits, self.weights)
        return _OVERHEAD + sum(array.nbytes for array in arrays if array is not None)

    def mask(self, size: int) -> Mask:
        """The documents, of so many."""
        if self.bits is not None:
            return np.unpackbits(self.bits, count=size).view(bool)
        found = np.zeros(size, bool)
        found[self.ids] = True
        return found

    def weights_of(self, documents: NDArray[np.int64]) -> NDArray[Any]:
        """A word's weights in some documents, 0 where it is not."""
        assert self.weights is not None
        if self.ids is None:
            return self.weights[documents]
        # Of one type, or all of the list would be converted.
        sought = documents.astype(self.ids.dtype)
        at = np.minimum(self.ids.searchsorted(sought), len(self.ids) - 1)
        found: NDArray[Any] = self.weights[at]
        found[self.ids[at] != sought] = 0
        return found


_NOWHERE = Listed(0, None, None, None)
"""A term that the segment does not have: also worth remembering."""


class Cache:
    """What threads and generations share: lists by segment and term.

    Raises Damaged where a file is not as it was written.

    A segment stays when a commit adds another, so its lists survive commits.
    """

    def __init__(self, limit: int) -> None:
        """`limit` in bytes; half of them are for what a generation keeps (`Lists`)."""
        self.half = limit // 2
        self._lists: Recent[Listed] = Recent(self.half, lambda listed: listed.nbytes)

    def get(self, segment: Segment, field: str, term: str) -> Listed | None:
        """A term in a segment; None when it does not occur there."""
        key = (segment.name, field, term)
        found = self._lists.get(key)
        if found is None:
            found = self._keep(key, lambda: _listed(segment, field, term))
        return found if found.count else None

    def printing(self, segment: Segment, text: str, among: Mask) -> Listed | None:
        """What `Segment.printing` tells of a text; None where no stretch has it."""
        key = (segment.name, STRETCHES, text)
        found = self._lists.get(key)
        if found is None:
            found = self._keep(key, lambda: _printing(segment, text, among))
        return found if found.count else None

    def _keep(self, key: Hashable, read: Callable[[], Listed]) -> Listed:
        """What is read of a segment, for the next time too."""
        try:
            found = read()
        except Exception as error:  # what is not as it was written raises anything
            raise Damaged(BROKEN) from error
        self._lists.keep(key, found)
        return found

    def clear(self) -> None:
        self._lists.clear()


def _listed(segment: Segment, field: str, term: str) -> Listed:
    found = segment.find(field, term)
    if found is None:
        return _NOWHERE
    if field == WORDS:
        return _weighted(found, segment.size)
    bits = found.bits()
    if bits is not None:
        return Listed(int(np.bitwise_count(bits).sum()), None, bits, None)
    ids = found.documents()
    if _is_rare(ids, segment.size):
        return Listed(len(ids), ids.astype(np.uint16), None, None)
    return Listed(len(ids), None, _as_bits(ids, segment.size), None)


def _printing(segment: Segment, text: str, among: Mask) -> Listed:
    mask = segment.printing(text, among)
    if mask is None:
        return _NOWHERE
    return Listed(int(np.count_nonzero(mask)), None, np.packbits(mask), None)


def _weighted(found: Term, size: int) -> Listed:
    bits = found.bits()
    if bits is None:
        ids = found.documents()
        weights = _narrowest(found.weights(len(ids)))
        if _is_rare(ids, size):
            return Listed(len(ids), ids.astype(np.uint16), None, weights)
        bits = _as_bits(ids, size)
    else:
        weights = _narrowest(found.weights(int(np.bitwise_count(bits).sum())))
    weight_of_all = np.zeros(size, weights.dtype)
    weight_of_all[np.unpackbits(bits, count=size).view(bool)] = weights
    return Listed(len(weights), None, bits, weight_of_all)


def _narrowest(weights: NDArray[Any]) -> NDArray[Any]:
    """Weights as the type that just holds them: most often a byte."""
    return weights.astype(np.min_scalar_type(weights.max()))


def _is_rare(ids: NDArray[np.int64], size: int) -> bool:
    return len(ids) * _OFTEN <= size


def _as_bits(ids: NDArray[np.int64], size: int) -> NDArray[np.uint8]:
    mask = np.zeros(size, bool)
    mask[ids] = True
    return np.packbits(mask)


Part = tuple[Segment, slice]
"""A segment, and its place among all documents."""


class Lists:
    """The lists of terms over all documents of a generation, segment behind segment: to
    compare five short lists takes five times as long as one, however short they are.
    """

    def __init__(self, cache: Cache, parts: Sequence[Part], size: int) -> None:
        """`size`: how many documents there are."""
        self._cache = cache
        self._parts = parts
        self._size = size
        self._lists: Recent[Listed] = Recent(cache.half, lambda listed: listed.nbytes)

    def get(self, field: str, term: str) -> Listed | None:
        """A term; None when it does not occur."""
        key = field, term
        found = self._lists.get(key)
        if found is None:
            found = self._joined(field, term)
            self._lists.keep(key, found)
        return found if found.count else None

    def _joined(self, field: str, term: str) -> Listed:
        found: list[tuple[slice, Listed]] = []
        for segment, place in self._parts:
            listed = self._cache.get(segment, field, term)
            if listed is not None:
                found.append((place, listed))
        if not found:
            return _NOWHERE
        if sum(listed.count for _, listed in found) * _OFTEN <= self._size:
            return _as_ids(found)
        return _as_bits_of_all(found, self._size)

    def containing(self, field: str, terms: Sequence[str]) -> Mask:
        """The documents with all terms; none where there is no term."""
        listed: list[Listed] = []
        for term in terms:
            one = self.get(field, term)
            if one is None:
                break
            listed.append(one)
        else:
            if listed:
                return intersected(listed, self._size)
        return np.zeros(self._size, bool)


def _as_ids(found: Sequence[tuple[slice, Listed]]) -> Listed:
    """A rare term's lists as one; beside each its segment's place."""
    ids: list[NDArray[Any]] = []
    weights: list[NDArray[Any]] = []
    for place, listed in found:
        own: NDArray[Any] | None = listed.ids
        if own is None:
            own = listed.mask(place.stop - place.start).nonzero()[0]
        ids.append(own + np.uint32(place.start))
        if listed.weights is not None:
            weights.append(listed.weights if own is listed.ids else listed.weights[own])
    count = sum(map(len, ids))
    joined = np.concatenate(weights) if weights else None
    return Listed(count, np.concatenate(ids).astype(np.uint32), None, joined)


def _as_bits_of_all(found: Sequence[tuple[slice, Listed]], size: int) -> Listed:
    """A frequent term's lists as one."""
    mask = np.zeros(size, bool)
    weights: NDArray[Any] | None = None
    kinds = [one.weights.dtype for _, one in found if one.weights is not None]
    if kinds:
        weights = np.zeros(size, np.result_type(*kinds))
    for place, listed in found:
        mask[place] = listed.mask(place.stop - place.start)
        if weights is None or listed.weights is None:
            continue
        if listed.ids is None:
            weights[place] = listed.weights
        else:
            weights[place][listed.ids] = listed.weights
    count = sum(listed.count for _, listed in found)
    return Listed(count, None, np.packbits(mask), weights)


def intersected(listed: Sequence[Listed], size: int) -> Mask:
    """Which of so many documents are in all lists.

    The rarest first, so that frequent ones only filter a few.
    """
    if len(listed) == 1:
        return listed[0].mask(size)
    frequent = [one.bits for one in listed if one.bits is not None]
    rare = sorted((one.ids for one in listed if one.ids is not None), key=len)
    if not rare:
        together = reduce(np.bitwise_and, frequent)
        return np.unpackbits(together, count=size).view(bool)
    # What is rare is searched for in the longer lists, one after the other.
    kept = rare[0]
    for ids in rare[1:]:
        at = np.minimum(np.searchsorted(ids, kept), len(ids) - 1)
        kept = kept[ids[at] == kept]
    for bits in frequent:
        has_term = bits[kept >> 3] << (kept & 7) & 0x80 > 0
        kept = kept[has_term]
    found = np.zeros(size, bool)
    found[kept] = True
    return found

"""Posting lists in memory, in the form in which they are compared fastest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from archive.search.engine.lists import Bits, how_many, joined, packed
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
_SOUGHT = 500
"""Documents that are looked for in a list one by one: with more it is faster to spread
the list over all documents.
"""
_OVERHEAD = 200
"""Bytes that Python's objects take around the arrays, roughly."""


#   rare term       ids      7 190 4011     the documents' numbers, rising
#                   weights  1 5 1          of each of these
#   frequent term   bits     10110111…      a bit for each document
#                   weights  1 0 2 1 0 …    of each document
@dataclass(frozen=True, slots=True)
class Listed:
    """The documents that have a term, as `ids` or as `bits`.

    With weights, where the term is a word.
    """

    count: int
    """How many documents."""
    ids: NDArray[np.unsignedinteger[Any]] | None
    bits: Bits | None
    weights: NDArray[np.unsignedinteger[Any]] | None
    """One for each of the ids; or, beside bits, for each document there is."""
    segments: tuple[str, ...] = ()
    """The names of those that it was read from, which lie one behind the other."""

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

    def weights_of(self, documents: NDArray[np.int64], size: int) -> NDArray[Any]:
        """A word's weights in some documents of so many, 0 where it is not."""
        assert self.weights is not None
        if self.ids is None:
            return self.weights.take(documents)
        if len(documents) > _SOUGHT:
            of_all = np.zeros(size, self.weights.dtype)
            of_all[self.ids] = self.weights
            return of_all.take(documents)
        # Of one type, or all of the list would be converted.
        sought = documents.astype(self.ids.dtype)
        at = np.minimum(self.ids.searchsorted(sought), len(self.ids) - 1)
        found: NDArray[Any] = self.weights[at]
        found[self.ids[at] != sought] = 0
        return found


Part = tuple[Segment, slice]
"""A segment, and its place among all documents."""


class Cache:
    """What threads and generations share: lists by term, and what of a segment is
    quoted.

    Raises Damaged where a file is not as it was written.
    """

    def __init__(self, limit: int) -> None:
        """`limit` in bytes."""
        self._lists: Recent[Listed] = Recent(limit, lambda listed: listed.nbytes)

    def printing(self, segment: Segment, text: str, among: Mask) -> Listed | None:
        """What `Segment.printing` tells of a text; None where no stretch has it."""
        key = (segment.name, STRETCHES, text)
        found = self._lists.get(key)
        if found is None:
            found = self._read(lambda: _printing(segment, text, among))
            self._lists.keep(key, found)
        return found if found.count else None

    def of(
        self, field: str, term: str, segments: tuple[str, ...], parts: Sequence[Part]
    ) -> Listed:
        """A term in the segments with these names.

        Those of the generation before are mostly the first of them: what was read of
        these is not read again.
        """
        key = (field, term)
        known = self._lists.get(key)
        if known is not None:
            if known.segments == segments:
                return known
            if known.segments != segments[: len(known.segments)]:
                known = None
        found = self._read(lambda: _listed(field, term, segments, parts, known))
        self._lists.keep(key, found)
        return found

    def _read(self, read: Callable[[], Listed]) -> Listed:
        try:
            return read()
        except Exception as error:  # what is not as it was written raises anything
            raise Damaged(BROKEN) from error

    def clear(self) -> None:
        self._lists.clear()


class Lists:
    """The lists of terms over all documents of a generation, segment behind segment: to
    compare five short lists takes five times as long as one, however short they are.
    """

    def __init__(self, cache: Cache, parts: Sequence[Part], size: int) -> None:
        """`size`: how many documents there are."""
        self._cache = cache
        self._parts = parts
        self._segments = tuple(segment.name for segment, _ in parts)
        self._size = size

    def get(self, field: str, term: str) -> Listed | None:
        """A term; None when it does not occur."""
        found = self._cache.of(field, term, self._segments, self._parts)
        return found if found.count else None

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


def _printing(segment: Segment, text: str, among: Mask) -> Listed:
    mask = segment.printing(text, among)
    if mask is None:
        return Listed(0, None, None, None)
    return Listed(int(np.count_nonzero(mask)), None, np.packbits(mask), None)


def _listed(
    field: str,
    term: str,
    segments: tuple[str, ...],
    parts: Sequence[Part],
    known: Listed | None,
) -> Listed:
    """A term in some segments; `known`: in the first of them."""
    before = len(known.segments) if known else 0
    found = [
        (place, one)
        for segment, place in parts[before:]
        if (one := segment.find(field, term)) is not None
    ]
    first = parts[before - 1][1].stop if before else 0
    if known and not found and known.bits is None:
        return replace(known, segments=segments)
    size = parts[-1][1].stop if parts else 0
    if field == WORDS:
        return _weighted(found, known, first, size, segments)
    as_bits, as_ids = _as_kept(found, known)
    ids = joined(as_ids)
    if not as_bits and len(ids) * _OFTEN <= size:
        return Listed(len(ids), ids, None, None, segments)
    bits = packed(as_bits, ids, size)
    count = how_many(bits)
    if count * _OFTEN <= size:
        ids = _ids(np.unpackbits(bits, count=size).view(bool))
        return Listed(count, ids, None, None, segments)
    return Listed(count, None, bits, None, segments)


def _as_kept(
    found: Sequence[tuple[slice, Term]], known: Listed | None
) -> tuple[list[tuple[int, Bits]], list[NDArray[Any]]]:
    """What is kept as bits, each with its first document, and what as numbers."""
    as_bits: list[tuple[int, Bits]] = []
    as_ids: list[NDArray[Any]] = []
    if known and known.bits is not None:
        as_bits.append((0, known.bits))
    elif known and known.ids is not None:
        as_ids.append(known.ids)
    for place, one in found:
        bits = one.bits()
        if bits is None:
            as_ids.append(one.documents + place.start)
        else:
            as_bits.append((place.start, bits))
    return as_bits, as_ids


def _weighted(
    found: Sequence[tuple[slice, Term]],
    known: Listed | None,
    first: int,
    size: int,
    segments: tuple[str, ...],
) -> Listed:
    """A word among so many documents, `known` among the `first`."""
    parts = [_weights_in(place, one) for place, one in found]
    if known and known.weights is not None:
        parts.insert(0, (slice(first), known.ids, known.weights))
    as_bits, as_ids = _as_kept(found, known)
    count = sum(how_many(bits) for _, bits in as_bits) + sum(map(len, as_ids))
    if not count:
        return Listed(0, None, None, None, segments)
    if count * _OFTEN <= size and not as_bits:
        every = np.concatenate([weights for *_, weights in parts])
        return Listed(count, joined(as_ids), None, every, segments)
    kind = np.result_type(*(weights.dtype for *_, weights in parts))
    of_all = np.zeros(size, kind)
    for place, documents, weights in parts:
        of_all[place][... if documents is None else documents] = weights
    bits = packed(as_bits, joined(as_ids), size)
    if count * _OFTEN > size:
        return Listed(count, None, bits, of_all, segments)
    ids = _ids(np.unpackbits(bits, count=size).view(bool))
    return Listed(count, ids, None, of_all[ids], segments)


def _weights_in(
    place: slice, term: Term
) -> tuple[slice, NDArray[Any] | None, NDArray[Any]]:
    """A segment's place, its documents with a word, None where all have it, and the
    weights of these.
    """
    size, bits = place.stop - place.start, term.bits()
    if bits is not None and how_many(bits) == size:
        return place, None, _narrowest(term.weights(size))
    documents = term.documents
    return place, documents, _narrowest(term.weights(len(documents)))


def _ids(mask: Mask) -> NDArray[np.uint32]:
    return mask.nonzero()[0].astype(np.uint32)


def _narrowest(weights: NDArray[Any]) -> NDArray[Any]:
    """Weights as the type that just holds them: most often a byte."""
    if weights.dtype.itemsize == 1:
        return weights
    return weights.astype(np.min_scalar_type(weights.max()))


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
        if len(kept) > _SOUGHT:
            has_term = np.zeros(size, bool)
            has_term[ids] = True
            kept = kept[has_term[kept]]
        else:
            at = np.minimum(np.searchsorted(ids, kept), len(ids) - 1)
            kept = kept[ids[at] == kept]
    for bits in frequent:
        has_term = bits[kept >> 3] << (kept & 7) & 0x80 > 0
        kept = kept[has_term]
    found = np.zeros(size, bool)
    found[kept] = True
    return found

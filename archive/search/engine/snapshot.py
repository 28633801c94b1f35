"""One generation of the index as arrays over all its documents, shared by all threads
of a process.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, reduce
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from archive.search.engine.columns import Column, Counts, Together, Values
from archive.search.engine.recent import Recent
from archive.search.engine.schema import schema
from archive.search.engine.segments import Segment, read_toc
from archive.search.errors import Damaged
from archive.search.facets import FACETS

Mask = NDArray[np.bool_]
Ids = NDArray[np.int64]
Floats = NDArray[np.float64]

B, K1 = 0.75, 1.2
"""BM25F's parameters, as in whoosh.scoring."""

_OFTEN = 8
"""A term that more than one in so many documents of a segment have is kept as bits:
they take less room, and to compare two terms' takes a hundredth of the time.
"""
BROKEN = "搜索索引已损坏，无法读取。请运行 python -m archive reindex 重建索引。"


@dataclass(frozen=True, slots=True)
class Listed:
    """The documents of a segment that have a term: their numbers, or where they are
    many a bit for each document; and a word's weights, one for each of the numbers, or
    for each document of the segment.
    """

    count: int
    ids: NDArray[np.uint16] | None
    bits: NDArray[np.uint8] | None
    weights: NDArray[np.unsignedinteger[Any]] | None

    @property
    def nbytes(self) -> int:
        return 200 + sum(
            part.nbytes
            for part in (self.ids, self.bits, self.weights)
            if part is not None
        )


_NOWHERE = Listed(0, None, None, None)


class Cache:
    """What threads and generations share: lists by segment and term, so that they
    survive commits.
    """

    def __init__(self, limit: int) -> None:
        """`limit` in bytes."""
        self._lists: Recent[Listed] = Recent(limit, lambda listed: listed.nbytes)

    def get(self, segment: Segment, field: str, term: str) -> Listed | None:
        """A term in a segment; None when it does not occur there."""
        key = (segment.name, field, term)
        found = self._lists.get(key)
        if found is None:
            found = _listed(segment, field, term) or _NOWHERE
            self._lists.keep(key, found)
        return found if found.count else None

    def clear(self) -> None:
        self._lists.clear()


def _listed(segment: Segment, field: str, term: str) -> Listed | None:
    found = segment.find(field, term)
    if found is None:
        return None
    if field != "words" and (bits := found.bits()) is not None:
        return Listed(int(np.bitwise_count(bits).sum()), None, bits, None)
    ids, weights = found.postings()
    kind = (
        np.min_scalar_type(weights.max()) if field == "words" else None
    )  # most often a byte
    if len(ids) * _OFTEN <= segment.size:
        return Listed(
            len(ids),
            ids.astype(np.uint16),
            None,
            weights.astype(kind) if kind else None,
        )
    mask = np.zeros(segment.size, bool)
    mask[ids] = True
    weighted = None
    if kind:
        weighted = np.zeros(segment.size, kind)
        weighted[ids] = weights
    return Listed(len(ids), None, np.packbits(mask), weighted)


class Snapshot:
    """What a commit left. Never changes; document numbers are Whoosh's, over all
    segments.
    """

    def __init__(
        self,
        segments: list[Segment],
        deleted: list[Ids],
        cache: Cache,
        old: Snapshot | None = None,
    ) -> None:
        self.segments = segments
        self._cache = cache
        self._bases = np.cumsum([0, *(segment.size for segment in segments)]).tolist()
        self.size: int = self._bases[-1]
        self.version_ids = _joined([segment.version_ids for segment in segments])
        self.filing_ids = _joined([segment.filing_ids for segment in segments])
        self.reported = _joined([segment.reported for segment in segments]).astype(
            np.float32
        )
        self.published = _joined([segment.published for segment in segments])
        self.fingerprints = _joined([segment.fingerprints for segment in segments])
        self._codes: dict[tuple[str, str], NDArray[np.int32]] = {}
        self.facets = {
            facet.key: self._column(facet.key, Values(facet, {}), old)
            for facet in FACETS
        }
        self.alive = np.ones(self.size, bool)
        for base, gone in zip(self._bases, deleted, strict=False):
            self.alive[base + gone] = False
        lengths = (
            np.concatenate([segment.lengths for segment in segments])
            if segments
            else np.zeros(0)
        )
        average = (
            sum(segment.total_length for segment in segments) / max(self.size, 1) or 1.0
        )
        norms = K1 * ((1 - B) + B * lengths / average)
        self._norms = {
            kind: norms.astype(kind)
            for kind in (np.dtype(np.float64), np.dtype(np.float32))
        }

    @classmethod
    def read(
        cls, folder: Path, generation: int, cache: Cache, old: Snapshot | None = None
    ) -> Snapshot:
        """Open a commit, taking over what `old` has already read. Raises Damaged, or
        FileNotFoundError when a writer has removed it meanwhile.
        """
        known = {segment.name: segment for segment in old.segments} if old else {}
        facets = tuple(facet.key for facet in FACETS)
        try:
            parts = read_toc(folder, generation, schema()).segments
            segments = [
                known.get(part.segment_id()) or Segment(folder, part, facets)
                for part in parts
            ]
            deleted = [
                np.array(sorted(part.deleted_docs()), np.int64) for part in parts
            ]
            return cls(segments, deleted, cache, old)
        except FileNotFoundError:
            raise
        except Exception as error:  # damaged pickles and structures raise anything
            raise Damaged(BROKEN) from error

    def _column(self, key: str, values: Values, old: Snapshot | None) -> Column:
        known = old._codes if old else {}
        if old and any(
            (segment.name, key) in known for segment in self.segments
        ):  # else another index
            values = old.facets[key].values
        new = [segment for segment in self.segments if (segment.name, key) not in known]
        values = values.with_more(
            combination for segment in new for combination in segment.codes[key][1]
        )
        for segment in self.segments:
            name = segment.name, key
            numbers, combinations = segment.codes[key]
            self._codes[name] = (
                known[name] if name in known else values.codes(combinations)[numbers]
            )
        codes = [self._codes[segment.name, key] for segment in self.segments]
        return Column(values, np.concatenate(codes) if codes else np.zeros(0, np.int32))

    @cached_property
    def present(self) -> dict[str, Counts]:
        """Facet → how many documents that are not deleted have each value."""
        return self.together.counts(self.alive)

    @cached_property
    def together(self) -> Together:
        return Together(self.facets)

    def having(self, facet: str) -> dict[str, int]:
        """The values of a facet that some document has, and how many have each."""
        counts = self.present[facet].tolist()
        return {
            value: count
            for value, count in zip(
                self.facets[facet].values.names, counts, strict=True
            )
            if count
        }

    def key(self, document: int) -> tuple[str, int]:
        """What names a document for as long as it is not indexed again or merged: its
        segment and its place there.
        """
        at = bisect_right(self._bases, document) - 1
        return self.segments[at].name, document - self._bases[at]

    def _parts(self) -> Iterator[tuple[Segment, slice]]:
        """The segments, each with its place among all documents."""
        return zip(
            self.segments, map(slice, self._bases, self._bases[1:]), strict=False
        )

    def _listed(self, segment: Segment, field: str, term: str) -> Listed | None:
        try:
            return self._cache.get(segment, field, term)
        except Exception as error:  # as above
            raise Damaged(BROKEN) from error

    def add_scores(
        self, word: str, total: NDArray[Any], few: Ids | None = None
    ) -> None:
        """Add the BM25F score of a word, as whoosh.scoring.BM25F computes it, to the
        `total` of each document that has it; or to those of a `few` documents, in
        rising order. As precise as `total` is, in double or single precision.
        """
        found = [
            (place, one)
            for segment, place in self._parts()
            if (one := self._listed(segment, "words", word))
        ]
        idf = (
            math.log(self.size / (sum(one.count for _, one in found) + 1)) + 1
            if self.size
            else 0.0
        )
        for place, one in found:
            assert one.weights is not None
            norms = self._norms[total.dtype][place]
            if few is not None:
                first, last = np.searchsorted(few, (place.start, place.stop))
                scored, ids = total[first:last], few[first:last] - place.start
                scored += _score(_weights(one, ids), norms[ids], idf)
            elif one.ids is None:
                scored = total[place]
                scored += _score(one.weights, norms, idf)
            else:
                ids = one.ids.astype(np.intp)
                total[place][ids] += _score(one.weights, norms[ids], idf)

    def containing(self, field: str, terms: list[str]) -> Mask:
        """The documents with all terms."""
        found = np.zeros(self.size, bool)
        if terms:
            for segment, place in self._parts():
                self._intersect(segment, field, terms, found[place])
        return found

    def _intersect(
        self, segment: Segment, field: str, terms: list[str], found: Mask
    ) -> None:
        """Mark the documents of a segment with all terms: the rarest first, so that
        frequent ones only filter a few.
        """
        listed = []
        for term in terms:
            one = self._listed(segment, field, term)
            if one is None:
                return
            listed.append(one)
        frequent = [one.bits for one in listed if one.bits is not None]
        rare = sorted((one.ids for one in listed if one.ids is not None), key=len)
        if not rare:
            found[:] = np.unpackbits(
                reduce(np.bitwise_and, frequent), count=segment.size
            )
            return
        kept = rare[0]
        for ids in rare[1:]:
            at = np.minimum(np.searchsorted(ids, kept), len(ids) - 1)
            kept = kept[ids[at] == kept]
        for bits in frequent:
            kept = kept[bits[kept >> 3] << (kept & 7) & 0x80 > 0]
        found[kept] = True


def _weights(listed: Listed, ids: Ids) -> NDArray[Any]:
    """The weights of some documents of a segment."""
    assert listed.weights is not None
    if listed.ids is None:
        return listed.weights[ids]
    at = np.minimum(np.searchsorted(listed.ids, ids), len(listed.ids) - 1)
    found: NDArray[Any] = listed.weights[at]
    found[listed.ids[at] != ids] = 0
    return found


def _score(weights: NDArray[Any], norms: NDArray[Any], idf: float) -> NDArray[Any]:
    floats: NDArray[Any] = weights.astype(norms.dtype)
    sums = floats + norms
    floats *= K1 + 1
    floats *= idf
    floats /= sums
    return floats


def _joined(arrays: list[Ids]) -> Ids:
    return np.concatenate(arrays) if arrays else np.zeros(0, np.int64)

"""One generation of the index as arrays over all its documents, shared by all threads of a process."""

from __future__ import annotations

import math
import threading
from collections import OrderedDict
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from archive.search.errors import Damaged
from archive.search.facets import FACETS
from archive.search.schema import SEPARATOR, schema
from archive.search.segments import Postings, Segment, read_toc

Mask = NDArray[np.bool_]
Ids = NDArray[np.int64]
Floats = NDArray[np.float64]

B, K1 = 0.75, 1.2
"""BM25F's parameters, as in whoosh.scoring."""

CACHE_BYTES = 256 * 1024 * 1024
BROKEN = "搜索索引已损坏，无法读取。请运行 python -m archive reindex 重建索引。"


class PostingCache:
    """Decoded posting lists, the least recently used dropped first. Keyed by segment, so it survives commits."""

    def __init__(self, limit: int = CACHE_BYTES) -> None:
        self._limit = limit
        self._size = 0
        self._kept: OrderedDict[tuple[str, str, str], Postings] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, segment: Segment, field: str, term: str) -> Postings | None:
        """The postings of a term in a segment; None when it does not occur there."""
        key = (segment.name, field, term)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        postings = segment.postings(field, term)
        if postings is None:
            return None
        with self._lock:
            if key not in self._kept:
                self._kept[key] = postings
                self._size += _bytes(postings)
            while self._size > self._limit:
                self._size -= _bytes(self._kept.popitem(last=False)[1])
        return postings


def _bytes(postings: Postings) -> int:
    documents, weights = postings
    return documents.nbytes + (weights.nbytes if weights.strides[0] else 0)


class FacetColumn:
    """A facet over all documents. Documents hold the number of a combination of values."""

    def __init__(self, codes: Ids, combinations: list[tuple[str, ...]]) -> None:
        self.codes = codes
        self.combinations = combinations
        numbers: dict[str, int] = {}
        pairs = [
            (code, numbers.setdefault(value, len(numbers)))
            for code, values in enumerate(combinations)
            for value in values
        ]
        self.values = tuple(numbers)
        """Every value some document has, or had."""
        self._pairs = np.array(pairs, np.int64).reshape(-1, 2).T
        """Combination and value, for every value of every combination."""
        self._numbers = numbers

    def counts(self, mask: Mask) -> dict[str, int]:
        """How many of the documents have each value; values of none are left out."""
        found = np.bincount(self.codes[mask], minlength=len(self.combinations))
        codes, values = self._pairs
        counted = np.bincount(values, found[codes], len(self.values)).astype(np.int64)
        shown = np.flatnonzero(counted)
        return {self.values[at]: count for at, count in zip(shown.tolist(), counted[shown].tolist(), strict=True)}

    def having(self, values: Iterable[str]) -> Mask:
        """The documents with at least one of the values."""
        wanted = np.zeros(len(self.values), bool)
        wanted[[self._numbers[value] for value in values if value in self._numbers]] = True
        allowed = np.zeros(len(self.combinations), bool)
        codes, numbers = self._pairs
        allowed[codes[wanted[numbers]]] = True
        return allowed[self.codes]


class Snapshot:
    """What a commit left. Never changes; document numbers are Whoosh's, over all segments."""

    def __init__(self, segments: list[Segment], deleted: list[Ids], cache: PostingCache) -> None:
        self.segments = segments
        self._cache = cache
        self.bases = np.cumsum([0, *(segment.size for segment in segments)])
        self.size = int(self.bases[-1])
        self.version_ids = _joined([segment.version_ids for segment in segments])
        self.filing_ids = _joined([segment.filing_ids for segment in segments])
        self.reported = _joined([segment.reported for segment in segments])
        self.published = _joined([segment.published for segment in segments])
        self.fingerprints = _joined([segment.fingerprints for segment in segments])
        self.facets = {facet.key: self._facet(facet.key) for facet in FACETS}
        self.alive = np.ones(self.size, bool)
        for base, gone in zip(self.bases, deleted, strict=False):
            self.alive[base + gone] = False
        lengths = np.concatenate([segment.lengths for segment in segments]) if segments else np.zeros(0)
        average = sum(segment.total_length for segment in segments) / max(self.size, 1) or 1.0
        self._norms = K1 * ((1 - B) + B * lengths / average)

    @classmethod
    def read(cls, folder: Path, generation: int, cache: PostingCache, old: Snapshot | None = None) -> Snapshot:
        """Open a commit, taking over what `old` has already read. Raises Damaged, or FileNotFoundError when
        a writer has removed it meanwhile."""
        known = {segment.name: segment for segment in old.segments} if old else {}
        facets = tuple(facet.key for facet in FACETS)
        try:
            parts = read_toc(folder, generation, schema()).segments
            segments = [known.get(part.segment_id()) or Segment(folder, part, facets) for part in parts]
            deleted = [np.array(sorted(part.deleted_docs()), np.int64) for part in parts]
            return cls(segments, deleted, cache)
        except FileNotFoundError:
            raise
        except Exception as error:  # damaged pickles and structures raise anything
            raise Damaged(BROKEN) from error

    @cached_property
    def present(self) -> dict[str, tuple[str, ...]]:
        """Facet → the values that some document has which is not deleted."""
        return {key: tuple(column.counts(self.alive)) for key, column in self.facets.items()}

    def _facet(self, key: str) -> FacetColumn:
        numbers: dict[str, int] = {}
        codes: list[Ids] = []
        for segment in self.segments:
            local, values = segment.codes[key]
            codes.append(np.array([numbers.setdefault(value, len(numbers)) for value in values], np.int64)[local])
        combinations = [tuple(filter(None, joined.split(SEPARATOR))) for joined in numbers]
        return FacetColumn(_joined(codes), combinations)

    def postings(self, field: str, term: str) -> Postings:
        """The documents with a term, deleted ones included, and its weight in each. Raises Damaged."""
        try:
            found = [
                (base, postings)
                for base, segment in zip(self.bases, self.segments, strict=False)
                if (postings := self._cache.get(segment, field, term))
            ]
        except Exception as error:  # as above
            raise Damaged(BROKEN) from error
        if not found:
            return np.zeros(0, np.int64), np.zeros(0)
        if len(found) == 1 and not found[0][0]:
            return found[0][1]
        return (
            np.concatenate([base + ids for base, (ids, _) in found]),
            np.concatenate([weights for _, (_, weights) in found]),
        )

    def scores(self, word: str) -> Postings:
        """The documents with a word and its BM25F score in each, as whoosh.scoring.BM25F computes it."""
        ids, weights = self.postings("words", word)
        idf = math.log(self.size / (len(ids) + 1)) + 1 if self.size else 0.0
        return ids, idf * (weights * (K1 + 1)) / (weights + self._norms[ids])

    def containing(self, field: str, grams: list[str]) -> Mask:
        """The documents with all grams: rarest first, so that frequent ones only filter a few."""
        mask = np.zeros(self.size, bool)
        lists = sorted((self.postings(field, gram)[0] for gram in grams), key=len)
        if lists and len(lists[0]):
            kept = lists[0]
            for ids in lists[1:]:
                at = np.minimum(np.searchsorted(ids, kept), len(ids) - 1)
                kept = kept[ids[at] == kept]
            mask[kept] = True
        return mask


def _joined(arrays: list[Ids]) -> Ids:
    return np.concatenate(arrays) if arrays else np.zeros(0, np.int64)

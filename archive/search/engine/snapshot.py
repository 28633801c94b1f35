"""One generation of the index as arrays over all its documents, shared by all threads
of a process.

A generation is what one commit left, a "point in time" as Lucene's readers have it. Its
segments lie one behind the other; a document's number counts through all of them:

    segment     a a a a a │ b b b │ c c
    document    0 1 2 3 4   5 6 7   8 9
    alive       1 1 0 1 1   1 1 1   0 1      deleted by this commit or one before it
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from archive.catalogue import OF, QUANTITIES
from archive.search.engine.columns import (
    Column,
    Counts,
    Scores,
    Selection,
    Shown,
    Together,
    Values,
)
from archive.search.engine.listed import WORDS, Cache, Lists, intersected
from archive.search.engine.lists import LENGTH
from archive.search.engine.recent import Recent
from archive.search.engine.schema import schema
from archive.search.engine.segments import BROKEN, Segment, read_toc
from archive.search.errors import Damaged
from archive.search.facets import FACETS
from archive.search.text import grams

Mask = NDArray[np.bool_]
Ids = NDArray[np.int64]
Floats = NDArray[np.float64]

_REMEMBERED = 12
"""Arrays that are remembered, 8 bytes a document at most: figures, and their ranges."""

_MASKS = 8 * 1024 * 1024
"""Bytes of masks: eighty quoted texts among 100,000 reports, or eighty filters."""


class Snapshot:
    """What a commit left.

    Never changes; document numbers are Whoosh's, over all segments.
    """

    def __init__(
        self,
        segments: list[Segment],
        deleted: list[Ids],
        cache: Cache,
        old: Snapshot | None = None,
    ) -> None:
        """`deleted`: for each segment its documents that are deleted.

        What `old` has already computed of the same segments is taken over.
        """
        self.segments = segments
        self._cache = cache
        self._bases = np.cumsum([0, *(segment.size for segment in segments)]).tolist()
        self.size: int = self._bases[-1]
        places = [slice(*pair) for pair in pairwise(self._bases)]
        self._parts = list(zip(segments, places, strict=True))
        """The segments, each with its place among all documents."""
        self._lists = Lists(cache, self._parts, self.size)
        self.version_ids = _joined([segment.version_ids for segment in segments])
        self.filing_ids = _joined([segment.filing_ids for segment in segments])
        reported = _joined([segment.reported for segment in segments])
        self.reported = reported.astype(np.float32)
        self.published = _joined([segment.published for segment in segments])
        self.fingerprints = _joined([segment.fingerprints for segment in segments])
        self._codes: dict[tuple[str, str], NDArray[np.int32]] = {}
        self._remembered: dict[str, NDArray[Any]] = {}
        self.settled: Recent[Mask] = Recent(_MASKS, lambda mask: mask.nbytes)
        """Quoted text in normal form → the documents that hold it, looked up once."""
        self._chosen: Recent[Selection] = Recent(_MASKS, lambda some: some.nbytes)
        """Facet and values → the documents that have one of these."""
        self.facets = {
            facet.key: self._column(facet.key, Values(facet, {}), old)
            for facet in FACETS
        }
        # Deleted documents keep their numbers: they are masked, not taken out.
        self.alive = np.ones(self.size, bool)
        for base, gone in zip(self._bases, deleted, strict=False):
            self.alive[base + gone] = False
        total = sum(segment.total_length for segment in segments)
        lengths = [np.zeros(0), *(segment.lengths for segment in segments)]
        self._scores = Scores(np.concatenate(lengths), total)

    @classmethod
    def read(
        cls, folder: Path, generation: int, cache: Cache, old: Snapshot | None = None
    ) -> Snapshot:
        """Open a commit, taking over what `old` has already read.

        Raises Damaged, or FileNotFoundError when a writer has removed it meanwhile.
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
        """A facet over all segments.

        Each segment numbers its values by itself; here they get numbers that hold for
        all, and stay from commit to commit.
        """
        known = old._codes if old else {}
        new = [segment for segment in self.segments if (segment.name, key) not in known]
        is_same_index = len(new) < len(self.segments)
        if old and is_same_index:
            values = old.facets[key].values
        values = values.with_more(
            combination for segment in new for combination in segment.codes[key][1]
        )
        for segment in self.segments:
            place = segment.name, key
            if place in known:
                self._codes[place] = known[place]
            else:
                numbers, combinations = segment.codes[key]
                self._codes[place] = values.codes(combinations)[numbers]
        codes = [self._codes[segment.name, key] for segment in self.segments]
        return Column(values, np.concatenate(codes) if codes else np.zeros(0, np.int32))

    @cached_property
    def present(self) -> Counts:
        """How many documents that are not deleted have each value of all facets."""
        return self.together.counts(self.alive.nonzero()[0])

    @cached_property
    def shown(self) -> Shown:
        """Which values of facets a visitor is shown."""
        values = {key: column.values for key, column in self.facets.items()}
        return Shown(values, self.present)

    @cached_property
    def together(self) -> Together:
        return Together(self.facets)

    def having(self, facet: str) -> dict[str, int]:
        """The values of a facet that some document has, and how many have each."""
        names = self.facets[facet].values.names
        counts = self.present[self.together.places[facet]].tolist()
        return {
            value: count for value, count in zip(names, counts, strict=True) if count
        }

    def choosing(self, facet: str, values: frozenset[str]) -> Selection:
        """The documents with one of the values: filters come again and again."""
        found = self._chosen.get((facet, values))
        if found is None:
            found = Selection(self.facets[facet].having(values))
            self._chosen.keep((facet, values), found)
        return found

    def values(self, key: str) -> Floats:
        """The number of each document under a key of QUANTITIES; NaN where it is not
        known for sure. Of growth 1 is what it was the year before.
        """
        return self.remembered(f"values of {key}", lambda: self._values(key))

    def _values(self, key: str) -> Floats:
        asked = QUANTITIES[key]
        found = self._kept(asked.key)
        if asked.is_share:
            found = found / self._kept(asked.key + OF)
        return found

    def remembered(
        self, name: str, compute: Callable[[], NDArray[Any]]
    ) -> NDArray[Any]:
        """What is the same for all questions, computed once: a number a document."""
        found = self._remembered.get(name)
        if found is None:
            if len(self._remembered) >= _REMEMBERED:
                self._remembered.clear()
            found = self._remembered[name] = compute()
        return found

    def _kept(self, key: str) -> Floats:
        return np.concatenate(
            [np.zeros(0), *(segment.figures.of(key) for segment in self.segments)]
        )

    def key(self, document: int) -> tuple[str, int]:
        """A document's segment, and its place there.

        They name it for as long as it is not indexed again or merged.
        """
        at = bisect_right(self._bases, document) - 1
        return self.segments[at].name, document - self._bases[at]

    def add_scores(
        self, words: Iterable[str], total: NDArray[Any], few: Ids | None = None
    ) -> None:
        """Add the score of each word to the `total` of each document that has it.

        The score is BM25F's, as whoosh.scoring computes it, as precise as `total` is:
        in double or in single precision. `few`: only to the totals of these documents,
        in rising order; `total` then holds one for each of them.
        """
        listed = [self._lists.get(WORDS, word) for word in words]
        self._scores.add(filter(None, listed), total, few)

    def count(self, word: str) -> int:
        """How many documents have a word, deleted ones included."""
        listed = self._lists.get(WORDS, word)
        return listed.count if listed else 0

    def containing(self, field: str, terms: Sequence[str]) -> Mask:
        """The documents with all terms; none where there is no term."""
        return self._lists.containing(field, terms)

    def quoting(self, text: str) -> tuple[Mask, Mask]:
        """The documents that surely hold a text in normal form, and those that may."""
        maybe = self.containing("grams", grams(text))
        sure = np.zeros(self.size, bool)
        for segment, place in self._parts:
            printing = None
            if maybe[place].any():
                printing = self._cache.printing(segment, text, maybe[place])
            if printing is not None:
                sure[place] = intersected([printing], segment.size)
                if len(text) >= LENGTH:
                    maybe[place] = sure[place]
        return sure, maybe


def _joined(arrays: list[Ids]) -> Ids:
    if arrays:
        return np.concatenate(arrays)
    return np.zeros(0, np.int64)

"""From a question and a snapshot to a page of results."""

from __future__ import annotations

import time

import numpy as np

from archive.catalogue import RELEVANCE
from archive.search.alike import FOLDED
from archive.search.answer.candidates import Answering, Candidates
from archive.search.answer.counts import facet_values
from archive.search.answer.filters import Filters
from archive.search.answer.hits import Group, folded, hits_of, one_by_one
from archive.search.answer.match import Matching
from archive.search.answer.near import AHEAD, CLOSE, Nearest, nearest
from archive.search.answer.ranges import Ranges, ranges_of, unsure_of
from archive.search.answer.ranking import Ranking, Relevance, WithFirst
from archive.search.answer.results import Hit, Results
from archive.search.answer.texts import Texts
from archive.search.engine import Mask, Snapshot
from archive.search.facets import FacetValue
from archive.search.question import (
    MAX_SIZE,
    Added,
    And,
    Node,
    Or,
    Phrase,
    Query,
    Section,
    Synonymous,
    Words,
    as_typed,
    beside,
    expand,
    is_in_plain_language,
    others_of,
    plain_texts,
    quoted_texts,
    telling_words,
)

FEW = 10
"""With fewer reports that have all that was asked for, the nearest are shown beside."""
_NOT_QUOTED = "没有报告含有引号内的原文，已按普通文字查找。"
_AS_PRINTED = "没有报告含有这些词语，以下结果按原文片段查找。"


class Search:
    """One question being answered.

    Candidates are the documents that may answer it. Where there are none, another
    question takes its place: the same words as printed text, then what comes nearest.
    To a sentence in plain language the nearest are added.
    """

    def __init__(self, snapshot: Snapshot, texts: Texts, query: Query) -> None:
        self._snapshot = snapshot
        self._texts = texts
        self._query = query
        self._filters = Filters(snapshot, query.filters, query.counted)
        self._notes = [*query.notes, *self._filters.notes]
        self._tree = query.tree
        self._synonyms: Added = {}
        if query.synonyms:
            self._tree, self._synonyms = expand(query.tree)
        self._nearest = False
        self._answering: Answering = Matching(snapshot, self._tree)
        self._candidates = self._candidates_of(self._answering)

    def results(self, started: float) -> Results:
        """The page asked for."""
        self._answer()
        size = min(max(self._query.size, 1), MAX_SIZE)
        page = max(self._query.page, 1)
        offset = (page - 1) * size
        if self._can_fold():
            groups, behind = self._folded(offset + size)
            groups = groups[offset : offset + size]
        else:
            ranked = self._candidates.page(self._ranking(), offset, size)
            groups, behind = one_by_one(ranked), 0
        # Counted behind the page: those of it that do not answer were taken out. And
        # before its texts are read, which drive the index out of the processor's cache.
        return Results(
            total=self._total(),
            facets=self._facets(),
            ranges=self._ranges(),
            unsure=tuple(
                unsure_of(self._snapshot, self._candidates.found, self._filters)
            ),
            hits=hits_of(self._snapshot, self._texts, self._tree, groups),
            exact=self._candidates.exact,
            notes=tuple(dict.fromkeys((*self._notes, *self._candidates.notes))),
            page=page,
            size=size,
            synonyms=self._synonyms,
            folded=behind,
            nearest=self._nearest,
            beside=self._beside(),
            took_ms=round((time.perf_counter() - started) * 1000, 2),
        )

    def listed(self, most: int) -> tuple[list[int], int]:
        """The version ids found, best first, at most so many; and their number."""
        self._answer()
        listed = self._candidates.page(self._ranking(), 0, most)
        return self._snapshot.version_ids[listed.documents].tolist(), self._total()

    def _facets(self) -> dict[str, tuple[FacetValue, ...]]:
        """The values of all facets, counted."""
        found, shown = self._candidates.found, self._candidates.shown
        return facet_values(self._snapshot, found, shown, self._filters)

    def _total(self) -> int:
        """How many documents are found and pass the filters."""
        return self._candidates.shown.count

    def _ranges(self) -> Ranges | None:
        """The figure that is looked at, in ranges; None where none is."""
        key = self._query.looked_at
        if not key:
            return None
        return ranges_of(self._snapshot, self._candidates.found, self._filters, key)

    def _can_fold(self) -> bool:
        """Whether reports nearly the same are shown behind the best of them."""
        if not self._query.fold:
            return False
        if not self._tree:
            return False
        return self._candidates.exact

    def _candidates_of(self, answering: Answering) -> Candidates:
        return Candidates(self._snapshot, self._texts, answering, self._filters)

    def _ranking(self) -> Ranking:
        relevance: Relevance | None = self._answering if self._tree else None
        first = self._query.understood.first
        if relevance and first:
            matching = [Matching(self._snapshot, node) for node in first]
            relevance = WithFirst(relevance, [one.known.sure for one in matching])
        return Ranking(self._snapshot, relevance, self._query.sort)

    def _answer(self) -> None:
        """Put another question in the place of one that nothing answers."""
        if self._is_empty():
            if not self._ask_as_printed():
                typed = self._query.understood.rest
                self._ask_for_nearest(as_typed(typed, self._worded()))
        elif self._is_in_plain_language():
            self._ask_for_nearest(plain_texts(self._worded()))
        self._notes += self._answering.notes

    def _worded(self) -> Node | None:
        """The words asked for, beside the places, agencies and years understood."""
        return beside(self._tree, self._query.understood.condition)

    def _is_empty(self) -> bool:
        return self._candidates.exact and not self._candidates.found.any()

    def _is_in_plain_language(self) -> bool:
        """Whether a sentence was typed that some reports hold all words of, but not so
        many that nobody would look further.
        """
        if not is_in_plain_language(plain_texts(self._worded())):
            return False
        return self._candidates.exact and self._total() < AHEAD

    def _ask_as_printed(self) -> bool:
        """Ask for the words as they stand in a row; whether something has them.

        A dictionary may cut the words of a question otherwise than those of a text.
        """
        printed = _literally(self._tree)
        if printed == self._tree:
            return False
        answering = Matching(self._snapshot, printed)
        candidates = self._candidates_of(answering)
        if not candidates.found.any():
            return False
        self._tree, self._answering, self._candidates = printed, answering, candidates
        self._notes.append(_AS_PRINTED)
        return True

    def _ask_for_nearest(self, texts: list[str]) -> None:
        """Ask for what shares words, or at least characters, with the question."""
        meant = self._meant()
        passing = self._filters.mask() & meant
        near = self._near(texts, passing, self._candidates.found)
        if near is None:
            return
        near.keep(meant)
        self._tree = _any_of(near)
        self._answering, self._candidates = near, self._candidates_of(near)
        self._nearest = True
        self._compare_close(near, self._candidates)

    def _near(self, texts: list[str], passing: Mask, held: Mask) -> Nearest | None:
        """What comes nearest to some texts; None where there are none, or nothing."""
        if not texts:
            return None
        worded = self._worded()
        quoting = self._quoting(quoted_texts(worded))
        others = others_of(worded)
        within = self._query.understood.condition is not None
        passing = passing & quoting
        near = nearest(self._snapshot, texts, passing, held, others, within=within)
        if near:
            near.keep(quoting)
        return near

    def _quoting(self, quoted: list[str]) -> Mask:
        """The documents with quoted texts; all where there are none, which is said."""
        if not quoted:
            return np.ones(self._snapshot.size, bool)
        exactly = And(tuple(map(Phrase, quoted)))
        found = self._candidates_of(Matching(self._snapshot, exactly)).found
        if found.any():
            return found
        self._notes.append(_NOT_QUOTED)
        return np.ones_like(found)

    def _compare_close(self, near: Nearest, candidates: Candidates) -> None:
        """Have the first of what is near ordered by how close the words stand, too."""
        ranking = Ranking(self._snapshot, near, RELEVANCE)
        head = ranking.best(candidates.shown, CLOSE)
        near.compare_close(self._texts.of(self._snapshot, head.documents.tolist()))

    def _beside(self) -> tuple[Hit, ...]:
        """What comes nearest beside the few reports that have all that was asked for.

        A word alone has nothing beside it.
        """
        found = self._total()
        is_short = self._candidates.exact and 0 < found < FEW
        if self._nearest or not is_short or self._query.page > 1:
            return ()
        texts = plain_texts(self._worded())
        is_alone = len(telling_words(texts)) < 2
        if is_alone:
            return ()
        nothing = np.zeros(self._snapshot.size, bool)
        others = self._filters.mask() & self._meant() & ~self._candidates.found
        near = self._near(texts, others, nothing)
        if near is None:
            return ()
        near.keep(others)
        candidates = self._candidates_of(near)
        self._compare_close(near, candidates)
        ranked = Ranking(self._snapshot, near, RELEVANCE)
        shown = candidates.page(ranked, 0, FEW - found)
        tree = _any_of(near)
        return hits_of(self._snapshot, self._texts, tree, one_by_one(shown))

    def _meant(self) -> Mask:
        """The documents of the places, agencies and years that are asked for.

        The report of another town is no near answer.
        """
        return Matching(self._snapshot, self._query.understood.condition).known.sure

    def _folded(self, last: int) -> tuple[list[Group], int]:
        """The ranked documents up to `last` in groups of those nearly the same.

        Also how many stand behind the first of their group.
        """
        ranked = self._candidates.page(self._ranking(), 0, FOLDED + last)
        groups = folded(self._snapshot, ranked)
        return groups, sum(len(group.others) for group in groups)


def _any_of(near: Nearest) -> Node:
    """A question for any of the words that tell what is asked about."""
    return Or(tuple(map(Words, near.words)))


def _literally(node: Node | None) -> Node | None:
    """The same question with the plain words asked for as quoted text.

    What is ruled out stays.
    """
    match node:
        case Words(text) | Synonymous(Words(text)):
            return Phrase(text)
        case Section(headings, part):
            return Section(headings, _literally(part))
        case And(parts):
            return And(_all_literally(parts))
        case Or(parts):
            return Or(_all_literally(parts))
    return node


def _all_literally(parts: tuple[Node, ...]) -> tuple[Node, ...]:
    """Each part of a question as `_literally` has it."""
    printed = map(_literally, parts)
    return tuple(part for part in printed if part)

"""The documents that answer a question, or may, and the pages of them."""

from __future__ import annotations

from typing import Protocol

import numpy as np

from archive.search.answer.filters import Filters
from archive.search.answer.proof import Known
from archive.search.answer.ranking import BLOCK, HEAD, Ordered, Ranking, Relevance
from archive.search.answer.texts import Text, Texts
from archive.search.engine import Ids, Mask, Selection, Snapshot

CHECKED = 1_000
"""Doubtful documents looked up in the texts before counting; with more, only the page
is checked.
"""


class Answering(Relevance, Protocol):
    """What tells which documents answer, and how well."""

    known: Known
    notes: list[str]
    """What was understood otherwise than it may have been meant, in Chinese."""

    def holds(self, document: int, looked_up: Text) -> bool:
        """Whether a document answers, its text at hand."""

    def settle(self, found: Mask) -> None:
        """All documents that answer have been found, filters aside."""


class Candidates:
    """Documents found by the index, and looked up in the texts where the index alone
    can't tell.
    """

    def __init__(
        self, snapshot: Snapshot, texts: Texts, answering: Answering, filters: Filters
    ) -> None:
        self._snapshot = snapshot
        self._texts = texts
        self._answering = answering
        self._filters = filters
        self.notes: list[str] = []
        self.found: Mask = answering.known.maybe & snapshot.alive
        """The documents that answer, filters aside; more of them while not `exact`."""
        self._shown: Selection | None = None
        self.exact = self._resolved()

    @property
    def shown(self) -> Selection:
        """Those found that pass the filters."""
        if self._shown is None:
            self._shown = self._filters.passing(self.found)
        return self._shown

    # A text that is neither rare nor a statutory phrase stands in hundreds of reports:
    # with few doubts all are settled, with many only what a visitor sees.
    def _resolved(self) -> bool:
        """Check all doubtful documents where they are few; whether that was done."""
        known = self._answering.known
        if not known.is_certain:
            doubts = self.found & ~known.sure & self._filters.visible()
            doubtful = np.flatnonzero(doubts)
            if len(doubtful) > CHECKED:
                return False
            self._check_some_at_a_time(doubtful)
        if self._filters.are_open:
            self._answering.settle(self.found)
        return True

    def _check_some_at_a_time(self, doubtful: Ids) -> None:
        for start in range(0, len(doubtful), BLOCK):
            self._check(doubtful[start : start + BLOCK])

    def _check(self, documents: Ids) -> None:
        """Look documents up in their texts and take those that don't answer out."""
        if not len(documents):
            return
        self._shown = None
        # A report withdrawn since the snapshot has no text, and answers nothing.
        texts = self._texts.of(self._snapshot, documents.tolist())
        for document in documents.tolist():
            text = texts.get(document)
            self.found[document] = text is not None and self._answering.holds(
                document, text
            )

    def page(self, ranking: Ranking, offset: int, size: int) -> Ordered:
        """The documents of a page, best first."""
        candidates = self.shown
        if not candidates.count:
            return Ordered.joined([])
        if self.exact:
            return ranking.best(candidates, offset + size)[offset:]
        # Of what is checked meanwhile some is taken out of those found.
        as_it_is = Selection(candidates.mask.copy())
        return self._page_of_doubtful(as_it_is, ranking, offset, size)

    def _page_of_doubtful(
        self, candidates: Selection, ranking: Ranking, offset: int, size: int
    ) -> Ordered:
        """A page where counting was not exact.

        Those ranked first are checked, and those of the page; what lies between counts
        unchecked, alike for every page, so that none is shown twice. A page far down
        may thus be short.
        """
        doubtful = ~self._answering.known.sure
        kept: list[Ordered] = []
        seen = several = 0
        for block in ranking.blocks(candidates):
            if seen < HEAD:
                self._check(block.documents[doubtful[block.documents]])
                kept.append(block[self.found[block.documents]])
            else:
                kept.append(block)
            seen += len(block)
            several += len(kept[-1])
            if several >= offset + size:
                break
        else:
            # Every candidate was looked at; other facets' counts need those the filters
            # leave out.
            self.exact = self._filters.are_open and seen <= HEAD
        page = Ordered.joined(kept)[offset : offset + size]
        if seen > HEAD:
            self.notes.append(
                f"可能符合的报告很多，只逐份核对了排在最前的 {HEAD} 份和本页的报告。"
            )
            self._check_some_at_a_time(page.documents[doubtful[page.documents]])
        return page[self.found[page.documents]]

"""Questions to the index: answered in turns, corrected, completed."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace

from archive.search.answer import Fetch, Results, Search, Texts, Turns
from archive.search.entry import Entry
from archive.search.newest import Newest
from archive.search.question import Query
from archive.search.spelling import Spelling
from archive.search.suggest import Suggestion


class Answering:
    """What answers questions, shared by all threads. Its methods are those of Index."""

    def __init__(self, newest: Newest, texts: Fetch, memory: int) -> None:
        """`memory`: bytes for texts that were used last."""
        self._newest = newest
        self._turns = Turns()
        self._texts = Texts(self._aside(texts), memory)
        self._spelling = Spelling(newest)

    def search(self, query: Query) -> Results:
        started = time.perf_counter()
        with self._turns.taken():
            results = self._asked(query).results(started)
        if results.total and not results.nearest:
            return results
        return self._with_correction(query, results)

    def _asked(self, query: Query) -> Search:
        return Search(self._newest.snapshot(), self._texts, query)

    def listed(self, query: Query, most: int) -> tuple[list[int], int]:
        with self._turns.taken():
            return self._asked(query).listed(most)

    def _aside(self, fetch: Fetch) -> Fetch:
        """Fetching texts for one question while others are answered."""

        def fetched(versions: Sequence[int]) -> Mapping[int, Entry]:
            with self._turns.given_up():
                return fetch(versions)

        return fetched

    def suggest(self, typed: str) -> list[Suggestion]:
        return self._spelling.vocabulary().suggest(typed)

    def _with_correction(self, query: Query, results: Results) -> Results:
        """An answer that is empty or only near, with the question that may have been
        meant if it finds something. Others have their turn while spellings are
        compared.
        """
        text = self._spelling.corrected(query)
        if text == query.text:
            return results
        with self._turns.taken():
            corrected = replace(query, text=text, page=1, size=1)
            found = self._asked(corrected).results(0.0)
        is_answered = found.total and not found.nearest
        if is_answered:
            return replace(results, meant=text)
        return results

    def made_at(self) -> float | None:
        """When the vocabulary was counted; None as long as it was not."""
        return self._spelling.made_at()

    def clear(self) -> None:
        """Let go of texts; they are fetched again."""
        self._texts.clear()

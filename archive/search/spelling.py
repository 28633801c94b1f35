"""The vocabulary of the index in service, for suggestions and other spellings."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from archive.search.engine import Snapshot, Values
from archive.search.question import Query, leaves
from archive.search.suggest import Vocabulary

_COUNTED_AGAIN = 60.0
"""Seconds after which the numbers of reports are counted again."""
MAX_CORRECTED = 4
"""Words of a question that finds nothing for which another spelling is looked for."""


@dataclass(frozen=True, slots=True)
class _Made:
    vocabulary: Vocabulary
    agencies: Values
    at: float

    def is_up_to_date(self, agencies: Values) -> bool:
        """Whether the agencies are those it was made of, and counted not long ago."""
        is_recent = self.at >= time.monotonic() - _COUNTED_AGAIN
        if self.agencies is not agencies:
            return False
        return is_recent


class Spelling:
    """What can be suggested and corrected, shared by all threads."""

    def __init__(self, newest: Callable[[], Snapshot]) -> None:
        self._newest = newest
        self._lock = threading.Lock()
        self._made: _Made | None = None

    def vocabulary(self) -> Vocabulary:
        """Made anew when there is another agency, and now and then for the numbers of
        reports: by one thread, while the others go on with the one before. Only the
        very first is waited for.
        """
        made = self._made
        is_mine = self._lock.acquire(blocking=made is None)
        if not is_mine:
            assert made is not None
            return made.vocabulary
        try:
            return self._up_to_date()
        finally:
            self._lock.release()

    def made_at(self) -> float | None:
        """When it was made, by no clock; None as long as it was not."""
        made = self._made
        return made.at if made else None

    def _up_to_date(self) -> Vocabulary:
        snapshot, now = self._newest(), time.monotonic()
        agencies = snapshot.facets["agency"].values
        if self._made is None or not self._made.is_up_to_date(agencies):
            vocabulary = Vocabulary(snapshot.having("agency"))
            self._made = _Made(vocabulary, agencies, now)
        return self._made.vocabulary

    def corrected(self, query: Query) -> str:
        """The text of a question with words it may have been misspelt for.

        The text as it was typed when there are none.
        """
        text = query.text
        words = [leaf.text for leaf in leaves(query.tree) if leaf.text in text]
        better = self.vocabulary().corrections(words[:MAX_CORRECTED])
        for wrong, right in better.items():
            text = text.replace(wrong, right)
        return text

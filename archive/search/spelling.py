"""The vocabulary of the index in service, for suggestions and other spellings."""

from __future__ import annotations

import threading
import time
from collections.abc import Hashable
from dataclasses import dataclass

from archive.search.engine import Values
from archive.search.newest import Newest
from archive.search.question import Query, leaves
from archive.search.suggest import Vocabulary

_COUNTED_AGAIN = 60.0
"""Seconds after which the numbers of reports are counted again."""
MAX_CORRECTED = 4
"""Words of a question that finds nothing for which another spelling is looked for."""


@dataclass(frozen=True, slots=True)
class _Made:
    vocabulary: Vocabulary
    state: Hashable
    """Of the index, as `Newest` tells it."""
    agencies: Values
    at: float

    def is_up_to_date(self, state: Hashable, agencies: Values) -> bool:
        """Whether it was made of the index as it is, or else of the same agencies,
        counted not long ago.
        """
        if self.state == state:
            return True
        is_recent = self.at >= time.monotonic() - _COUNTED_AGAIN
        return is_recent and self.agencies is agencies


_last: _Made | None = None
"""What was made last in this process, or in the one from which it parted: a process of
the website has it before anybody asks.
"""


class Spelling:
    """What can be suggested and corrected, shared by all threads."""

    def __init__(self, newest: Newest) -> None:
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
        global _last
        # Asked for first: if somebody commits now, what is made is made again.
        state = self._newest.state()
        snapshot, now = self._newest.snapshot(), time.monotonic()
        agencies = snapshot.facets["agency"].values
        for made in (self._made, _last):
            if made is not None and made.is_up_to_date(state, agencies):
                break
        else:
            vocabulary = Vocabulary(snapshot.having("agency"))
            made = _last = _Made(vocabulary, state, agencies, now)
        self._made = made
        return made.vocabulary

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

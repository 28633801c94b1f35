"""Which passages show most."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from math import fsum, prod

from archive.search.answer.snippets.needles import Needle
from archive.search.answer.texts import Text

MOST = 3
_AGAIN = 0.2
"""What a word is worth that stands in the title, or in a passage shown before."""
Kind = int
"""What a passage marks: a bit for each needle."""


class Best:
    """Chooses among passages by what they mark."""

    def __init__(
        self, needles: Sequence[Needle], asked: Kind, rarity: Callable[[str], float]
    ) -> None:
        """`asked`: what the question itself has, beside words that are parts of it."""
        self._needles = needles
        self._asked = asked
        self._rarity = rarity
        self._values: dict[tuple[Kind, ...], dict[Kind, float]] = {}

    def of(self, kinds: Sequence[Kind], text: Text) -> list[int]:
        """The places of the few that show most, in order: each word once before any is
        shown twice. `kinds`: the passages of a text.
        """
        behind = self._enough(kinds)
        if behind <= MOST:
            return list(range(behind))
        # Passages that mark the same are worth the same: the first of them comes first.
        alike: dict[Kind, list[int]] = {}
        for place, kind in enumerate(kinds[:behind]):
            if kind in alike:
                alike[kind].append(place)
            else:
                alike[kind] = [place]
        shown: tuple[Kind, ...] = (self._named(text),)
        best: list[int] = []
        while len(best) < MOST:
            chosen = self._most_telling(alike, shown)
            places = alike[chosen]
            best.append(places.pop(0))
            if not places:
                del alike[chosen]
            shown += (chosen,)
        best.sort()
        return best

    def _enough(self, kinds: Sequence[Kind]) -> int:
        """How many of them are looked at.

        Nothing is better than a passage with all that is asked for: behind as many as
        are shown the search ends.
        """
        whole, asked = 0, self._asked
        for number, kind in enumerate(kinds, 1):
            if kind & asked == asked:
                whole += 1
                if whole == MOST:
                    return number
        return len(kinds)

    def _named(self, text: Text) -> Kind:
        """What title and agency have: it is read there anyway."""
        title, agency, _ = text.forms
        named = title.text + agency.text
        bit, found = 1, 0
        for one in self._needles:
            if one.text in named:
                found |= bit
            bit <<= 1
        return found

    def _most_telling(
        self, alike: dict[Kind, list[int]], shown: tuple[Kind, ...]
    ) -> Kind:
        """Those worth most beside what is shown; of several that which is read first.

        `alike`: passages, and their places.
        """
        # Few differ on a page, and they are asked for again and again.
        values = self._values.setdefault(shown, {})
        most, first, chosen = -1.0, 0, 0
        for kind, places in alike.items():
            if kind in values:
                value = values[kind]
            else:
                value = values[kind] = self._value(kind, shown)
            if value > most or (value == most and places[0] < first):
                most, first, chosen = value, places[0], kind
        return chosen

    def _value(self, kind: Kind, shown: tuple[Kind, ...]) -> float:
        """What a passage is worth beside what is shown."""
        values: list[float] = []
        for number, worth in enumerate(self._worth):
            if kind >> number & 1:
                again = sum(before >> number & 1 for before in shown)
                values.append(prod([_AGAIN] * again, start=worth))
        return fsum(values)

    @cached_property
    def _worth(self) -> list[float]:
        """What each needle is worth; few questions need to know it."""
        return [len(one.text) * self._rarity(one.text) for one in self._needles]

"""What was understood of a question: chips that anybody can see and take off, the words
that remain to be searched for, and the condition that the chips make.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from archive.regions import place_above
from archive.search.question.tree import Node
from archive.search.question.understanding.chip import Chip, ChipKind
from archive.search.question.understanding.meaning import condition_of
from archive.search.text import normal


@dataclass(frozen=True, slots=True)
class Loosened:
    """What of a question is left out, to see what there is instead."""

    without: frozenset[ChipKind] = frozenset()
    """Kinds of chips that do not count, except those that rule something out."""
    with_ruled_out: bool = False
    """Whether that will do, too, which the question rules out."""
    without_chips: tuple[Chip, ...] = ()
    without_words: bool = False
    wider: int | None = None
    """How many levels above the places that are asked for is looked, everything in them
    taken in; None: as it is asked.
    """


AS_ASKED = Loosened()


@dataclass(frozen=True, slots=True)
class Understood:
    """A question, understood; without chips it is searched for as it stands."""

    text: str
    """As it was typed."""
    chips: tuple[Chip, ...] = ()
    rest: str = ""
    """The words that are searched for."""
    condition: Node | None = None
    """What the chips ask for."""
    notes: tuple[str, ...] = ()
    """What was asked for and is not to be had, in Chinese."""
    first: tuple[Node, ...] = ()
    """Of all that is found, what comes first, and what comes next: where nothing but a
    place is asked for, its government, then whatever is of its own level.
    """

    @property
    def words(self) -> tuple[str, ...]:
        """The words that are left, in simplified characters."""
        words = self.rest.split()
        return tuple(word if word.isascii() else normal(word) for word in words)

    @property
    def sort(self) -> str:
        """The key of the order that is asked for; empty for none."""
        return next((chip.sort for chip in self.chips if chip.sort), "")

    def loosened(self, how: Loosened) -> Understood:
        """The same question with less asked for; its chips stay what they were."""
        kept = [
            chip
            for chip in self.chips
            if chip.is_ruled_out or chip.kind not in how.without
            if chip not in how.without_chips
        ]
        if how.wider is not None:
            kept = [_wider(chip, how.wider) for chip in kept]
        all_inside = how.wider is not None
        condition = condition_of(
            kept, all_inside=all_inside, with_ruled_out=how.with_ruled_out
        )
        rest = "" if how.without_words else self.rest
        # Where other years will do, those that are asked for come first.
        years = condition_of(self.of(ChipKind.YEARS))
        first = (years,) if years and how.without else ()
        return replace(self, condition=condition, rest=rest, first=first)

    def of(self, kind: ChipKind) -> tuple[Chip, ...]:
        """The chips of a kind, without those that rule something out."""
        return tuple(
            chip for chip in self.chips if chip.kind is kind and not chip.is_ruled_out
        )


def _wider(chip: Chip, levels: int) -> Chip:
    """The places of a chip as those they lie in, so many levels up; what is ruled out
    stays what it is.
    """
    if chip.is_ruled_out:
        return chip
    places = chip.places
    for _ in range(levels):
        places = tuple(place_above(place) or place for place in places)
    return replace(chip, places=tuple(dict.fromkeys(places)))

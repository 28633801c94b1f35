"""What a search answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from archive.search.answer.ranges import Ranges, Unsure
from archive.search.facets import FacetValue

Pieces = tuple[tuple[str, bool], ...]
"""Original text cut into (text, marked); joined they are the text. Not escaped:
templates do that.
"""


@dataclass(slots=True)  # not frozen: a page has sixty, and they are made twice as fast
class Snippet:
    """A passage of a section.

    `cut_before` and `cut_after` tell that the section goes on there.
    """

    section: int
    heading: str
    pieces: Pieces
    cut_before: bool = False
    cut_after: bool = False


@dataclass(slots=True)
class Hit:
    """A report found. `score` is 0 where nothing was asked for."""

    version_id: int
    filing_id: int
    score: float
    snippets: tuple[Snippet, ...] = ()
    title: Pieces = ()
    """The title, found words marked."""
    alike: tuple[int, ...] = ()
    """Version ids of near-identical reports folded into this hit."""


@dataclass(frozen=True, slots=True)
class Results:
    """A page of results, and what is to be said of the whole list."""

    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[FacetValue, ...]]
    """All values of each facet, counted as if none were chosen in it."""
    exact: bool = True
    """False when `total` and the facets' counts are upper bounds (say 约)."""
    notes: tuple[str, ...] = ()
    """What a visitor should know of how the question was taken, in Chinese."""
    page: int = 1
    size: int = 20
    synonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What was searched too: a word of the question → what means the same."""
    folded: int = 0
    """How many reports of the whole list are folded into others (shown behind one that
    is nearly the same); they are part of `total`.
    """
    nearest: bool = False
    """Some or all of these have only a part of what was asked for. A note says how many
    have all of it, and if none, whether some have most.
    """
    beside: tuple[Hit, ...] = ()
    """Where few reports have all that was asked for, on the first page: those that come
    nearest, with some of it. Not in `total`, nor in the facets' counts.
    """
    meant: str = ""
    """A question that finds something, where this one finds nothing and is spelled
    almost like it.
    """
    unsure: tuple[Unsure, ...] = ()
    """The conditions on figures, each with what it can tell nothing of."""
    ranges: Ranges | None = None
    """Of the figure that is looked at."""
    took_ms: float = field(default=0.0, compare=False)

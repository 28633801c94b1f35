"""A question of many agencies, years and figures, as an address holds it.

One question has one address: `written` puts its parts in one order, and years that
follow one another as a span. `reading` takes addresses apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from urllib.parse import quote_plus

from archive.search import Counted

MOST_AGENCIES = 5_000
"""Agencies that a question names, and rows of its table."""
MOST_YEARS = 30
MOST_FIGURES = 40
MOST_CONDITIONS = 10
MOST_VALUES = 40
"""Places, sectors, levels, or values of a facet."""
FIRST_YEAR, LAST_YEAR = 2000, 2099

Parameters = list[tuple[str, str]]
"""Names and values in their order."""


@dataclass(frozen=True, slots=True)
class Whom:
    """Whose reports are compared: those named, and beside them those of a place or of a
    search.
    """

    agencies: tuple[str, ...] = ()
    """Keys, in order: of a place, its bodies stand together."""
    of: str = ""
    """The code of a kept question, whose agencies are meant."""
    words: str = ""
    """What was searched for; with words or facets, the agencies of what is found."""
    facets: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Facet → values, of those that say nothing of the agency itself."""
    regions: tuple[str, ...] = ()
    below: bool = False
    """Whether what lies below the regions is meant too."""
    sectors: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()

    @property
    def is_search(self) -> bool:
        """Whether the search answers who is meant."""
        return bool(self.words or self.facets)

    @property
    def is_place(self) -> bool:
        """Whether the list of bodies answers it."""
        return bool(self.regions or self.sectors or self.levels)

    @property
    def is_anybody(self) -> bool:
        """Whether anybody is chosen at all."""
        return any((self.agencies, self.of, self.is_search, self.is_place))


SIGNS = {
    ">": "大于",
    ">=": "不小于",
    "<": "小于",
    "<=": "不大于",
    "=": "等于",
    "!=": "不等于",
}
"""Operators of conditions as the form offers them."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The whole question."""

    whom: Whom = Whom()
    years: tuple[int, ...] = ()
    """In order; none for those that the page takes by itself."""
    figures: tuple[str, ...] = ()
    """Keys of figures, claims and indicators, in the order of the columns."""
    conditions: tuple[Counted, ...] = ()
    """What must be true of a row, each with one or several ways to be so."""
    is_any: bool = False
    """Whether one of the conditions is enough; else all must hold."""
    sort: str = ""
    """`name`, `year`, a key or (by_year) a year; `-` before it: the largest first."""
    by_year: bool = False
    """Years as columns, for the first of the figures; else a row a year."""
    plot: str = ""
    """The figure in the chart; empty for the first."""
    page: int = 1

    @property
    def plotted(self) -> str:
        """The key of what the chart shows."""
        return next(filter(None, (self.plot, *self.figures)), "")

    @property
    def keys(self) -> tuple[str, ...]:
        """Every figure whose values have to be known."""
        every = (one for counted in self.conditions for one in counted.conditions)
        asked_of = (one.quantity.kept_as for one in every)
        return tuple(dict.fromkeys((*self.figures, *asked_of)))


def parameters(asked: Asked) -> Parameters:
    """The question as parameters, in their one order; what is usual is left out."""
    return [*_whom(asked.whom), *_what(asked), *_how(asked)]


def _whom(whom: Whom) -> Iterator[tuple[str, str]]:
    yield from _each("agency", whom.agencies)
    yield from _each("of", [whom.of])
    yield from _each("q", [whom.words])
    for facet, values in whom.facets:
        yield from _each(facet, values)
    yield from _each("region", whom.regions)
    if whom.below:
        yield "below", "1"
    yield from _each("sector", whom.sectors)
    yield from _each("level", whom.levels)


def _what(asked: Asked) -> Iterator[tuple[str, str]]:
    yield from _each("year", spans(asked.years))
    yield from _each("figure", asked.figures)
    yield from _each("where", (one.written for one in asked.conditions))
    if asked.is_any:
        yield "join", "any"


def _how(asked: Asked) -> Iterator[tuple[str, str]]:
    if asked.by_year:
        yield "shape", "years"
    yield from _each("sort", [asked.sort])
    yield from _each("plot", [asked.plot])
    if asked.page > 1:
        yield "page", str(asked.page)


def _each(name: str, values: Iterable[str]) -> Iterator[tuple[str, str]]:
    for value in filter(None, values):
        yield name, value


def written(asked: Asked) -> str:
    """The question as it stands behind `?`; the same for the same question."""
    rest = _joined((*_what(asked), *_how(asked)))
    return "&".join(filter(None, (_written_whom(asked.whom), rest)))


# A page has twenty addresses of the same agencies, and these are most of each; of a
# thousand agencies it is a hundred thousand signs, so that few are kept.
@lru_cache(maxsize=8)
def _written_whom(whom: Whom) -> str:
    return _joined(_whom(whom))


def _joined(parameters: Iterable[tuple[str, str]]) -> str:
    return "&".join([f"{name}={quoted(value)}" for name, value in parameters])


@lru_cache(maxsize=10_000)
def quoted(text: str) -> str:
    """A value as it stands in an address; what is no sign of addresses stays."""
    return quote_plus(text, safe="!$'()*,/:;?@><=")


def spans(years: tuple[int, ...]) -> list[str]:
    """`2019-2024` for years that follow one another, which are in order."""
    if not years:
        return []
    breaks = [at for at, (a, b) in enumerate(pairwise(years), 1) if b != a + 1]
    starts, ends = [0, *breaks], [*breaks, len(years)]
    return [_span(years[a], years[b - 1]) for a, b in zip(starts, ends, strict=True)]


def _span(first: int, last: int) -> str:
    if first == last:
        return str(first)
    return f"{first}-{last}"

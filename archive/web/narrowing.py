"""Facets and chips as the result page shows them: what narrows a search, and what takes
a filter off again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archive.search import FACETS, Facet, FacetValue, Query, Results

SHOWN = 10
"""Values of a facet shown at once; the others unfold."""
MOST = 200


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in use, and the parameters without it."""

    facet: str
    value: str
    rest: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A value of a facet: `then` are the values chosen in the facet after a click."""

    label: str
    count: int
    selected: bool
    depth: int
    then: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A facet with its rows: those seen at once, those that unfold."""

    key: str
    label: str
    rows: tuple[Row, ...]
    more: tuple[Row, ...]
    in_use: bool


def chips(query: Query) -> list[Chip]:
    return [
        Chip(facet, value, tuple(other for other in values if other != value))
        for facet, values in query.filters.items()
        for value in values
    ]


def shown(query: Query, results: Results) -> list[Shown]:
    """The facets that have anything to offer."""
    found = []
    for facet in FACETS:
        values = results.facets.get(facet.key, ())
        chosen = query.filters.get(facet.key, ())
        if (
            len(values) < 2
            and not chosen
            and all(value.count == results.total for value in values)
        ):
            continue  # the only value there is narrows nothing
        rows = tuple(_tree(facet, values, chosen))
        # What is selected is never folded away.
        at_once = max(
            [SHOWN, *(at + 1 for at, row in enumerate(rows[:MOST]) if row.selected)]
        )
        found.append(
            Shown(
                facet.key, facet.label, rows[:at_once], rows[at_once:MOST], bool(chosen)
            )
        )
    return found


def _tree(
    facet: Facet, values: Sequence[FacetValue], chosen: Sequence[str]
) -> Iterator[Row]:
    """Rows from the top; what stands under a value is shown when it is chosen, or the
    only one at its height.
    """
    known = {value.value for value in values}
    below: dict[str, list[FacetValue]] = {}
    for value in values:
        parent = facet.parent(value.value)
        below.setdefault(parent if parent in known else "", []).append(value)
    used = {above for value in chosen for above in _line(facet, value)}

    def walk(parent: str, depth: int) -> Iterator[Row]:
        alike = below.get(parent, [])
        open_all = (
            sum(value.count > 0 for value in alike) <= 1 or facet.key == "findings"
        )
        for value in alike:
            yield _row(facet, value, parent, depth, chosen)
            if value.value in below and (open_all or value.value in used):
                yield from walk(value.value, depth + 1)

    yield from walk("", 0)


def _row(
    facet: Facet, value: FacetValue, parent: str, depth: int, chosen: Sequence[str]
) -> Row:
    name = facet.name(value.value)
    if parent:
        name = name.removeprefix(facet.name(parent)) or name
    if value.selected:
        then = tuple(other for other in chosen if other != value.value)
    else:  # a place instead of the larger ones it lies in, and of the smaller ones within it
        above = _line(facet, value.value)
        then = (
            *(
                one
                for one in chosen
                if one not in above and value.value not in _line(facet, one)
            ),
            value.value,
        )
    return Row(name, value.count, value.selected, depth, then)


def _line(facet: Facet, value: str) -> tuple[str, ...]:
    """A value and those it stands under."""
    line = [value]
    while (parent := facet.parent(line[-1])) and parent not in line:
        line.append(parent)
    return tuple(line)

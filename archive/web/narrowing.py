"""Facets and chips as the result page shows them: what narrows a search, and what takes
a filter off again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, repeat
from typing import NamedTuple

from archive import catalogue
from archive.search import FACETS, Facet, FacetValue, Query, Results

SHOWN = 10
"""Values of a facet shown at once; the others unfold."""
FOLDED = 50
"""Values that are sent folded away; a facet with more has a page where all of them
stand, since hardly anybody unfolds it and everybody would have to wait for it.
"""
MOST = 200
"""Values of a facet on a page in all."""
_TREES = frozenset(facet.key for facet in catalogue.FACETS if facet.is_tree)
"""Facets in which a value can stand under another one."""


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in use, and the parameters without it."""

    facet: str
    value: str
    rest: tuple[str, ...]


# A page has some 150 of them: as tuples they are made in a third of the time.
class Row(NamedTuple):
    """A value of a facet: `then` are the values chosen in the facet after a click."""

    label: str
    number: int
    """Of reports."""
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
    elsewhere: int
    """How many values stand on the facet's own page only; there is then no `more`."""
    is_whole: bool
    """Whether this is the facet's own page, where all its values stand."""
    in_use: bool


# No class: of hundreds of values most are only counted.
_Standing = tuple[FacetValue, str, int]
"""A value where it stands in its facet's tree: what it stands under, and how deep."""


def chips(query: Query) -> list[Chip]:
    """Every filter in use, facet by facet."""
    return [
        Chip(facet, value, _without(values, value))
        for facet, values in query.filters.items()
        for value in values
    ]


def _without(values: Sequence[str], left_out: str) -> tuple[str, ...]:
    """The values chosen once one of them is taken off."""
    return tuple(value for value in values if value != left_out)


def shown(query: Query, results: Results, whole: str = "") -> list[Shown]:
    """The facets that have anything to offer; `whole` is the one to be shown whole."""
    found = []
    for facet in FACETS:
        values = results.facets.get(facet.key, ())
        chosen = query.filters.get(facet.key, ())
        # What is chosen must be shown, be it only to be taken off again.
        if chosen or _narrows(values, results.total):
            found.append(_shown(facet, values, chosen, facet.key == whole))
    return found


def _shown(
    facet: Facet, values: Sequence[FacetValue], chosen: Sequence[str], is_whole: bool
) -> Shown:
    """A facet with its rows, as many as a page takes."""
    standing = _in_order(facet, values, chosen)
    at_once = _seen_at_once(standing) if chosen else SHOWN
    if is_whole:
        at_once = len(standing)
    folded = standing[at_once:]
    elsewhere = 0
    if len(folded) > FOLDED:
        # Not sent at all: the facet's own page has them.
        elsewhere = len(folded)
        folded = []
    is_longer = len(standing) > SHOWN
    return Shown(
        facet.key,
        facet.label,
        rows=_rows(facet, standing[:at_once], chosen),
        more=_rows(facet, folded, chosen),
        elsewhere=elsewhere,
        is_whole=is_whole and is_longer,
        in_use=bool(chosen),
    )


def _rows(
    facet: Facet, standing: Sequence[_Standing], chosen: Sequence[str]
) -> tuple[Row, ...]:
    """Values as rows, in the order in which they stand."""
    return tuple([_row(facet, *one, chosen) for one in standing])


def _narrows(values: Sequence[FacetValue], total: int) -> bool:
    """Whether choosing a value can leave anything out: the only one there is, which all
    results have, does not.
    """
    if len(values) > 1:
        return True
    return any(value.count != total for value in values)


def _seen_at_once(rows: Sequence[_Standing]) -> int:
    """How many rows stand open: what is selected is never folded away."""
    last = [at + 1 for at, (value, *_) in enumerate(rows) if value.selected]
    return max([SHOWN, *last])


def _in_order(
    facet: Facet, values: Sequence[FacetValue], chosen: Sequence[str]
) -> list[_Standing]:
    """The values as a page shows them, as many as it takes."""
    if facet.key in _TREES:
        return list(islice(_tree(facet, values, chosen), MOST))
    # Most facets are lists, and that of the agencies has hundreds of values.
    return list(zip(values[:MOST], repeat(""), repeat(0), strict=False))


def _tree(
    facet: Facet, values: Sequence[FacetValue], chosen: Sequence[str]
) -> Iterator[_Standing]:
    """The values from the top.

    What stands under a value is shown when it is chosen, or the only one at its height.
    """
    tree = _Tree(
        below=_by_parent(facet, values),
        used={above for value in chosen for above in _line(facet, value)},
        # The two families of findings always stand open: they must not be mixed up.
        is_open=facet.key == "findings",
    )
    return _standing(tree, "", 0)


class _Tree(NamedTuple):
    """The values of a facet, each under its parent."""

    below: dict[str, list[FacetValue]]
    used: set[str]
    """What is chosen, and all that stands above it."""
    is_open: bool
    """Whether all of them stand open."""


# No function within `_tree`: one that knows itself leaves the whole tree to be found by
# the search for circles, page after page.
def _standing(tree: _Tree, parent: str, depth: int) -> Iterator[_Standing]:
    """What stands under a value, and all that stands open below that."""
    siblings = tree.below.get(parent, [])
    open_all = tree.is_open or sum(value.count > 0 for value in siblings) <= 1
    for value in siblings:
        yield value, parent, depth
        if value.value in tree.below and (open_all or value.value in tree.used):
            yield from _standing(tree, value.value, depth + 1)


def _by_parent(
    facet: Facet, values: Sequence[FacetValue]
) -> dict[str, list[FacetValue]]:
    """Value → the values right below it; under "" those that stand at the top."""
    known = {value.value for value in values}
    below: dict[str, list[FacetValue]] = {}
    for value in values:
        parent = facet.parent(value.value)
        # A county whose city has no value of its own stands at the top.
        if parent not in known:
            parent = ""
        below.setdefault(parent, []).append(value)
    return below


def _row(
    facet: Facet, value: FacetValue, parent: str, depth: int, chosen: Sequence[str]
) -> Row:
    """A value as a row, and what a click on it makes of the filter."""
    name = facet.name(value.value)
    if parent:
        # 示例省示例市 under 示例省 is called 示例市.
        name = name.removeprefix(facet.name(parent)) or name
    if not chosen:
        then: tuple[str, ...] = (value.value,)
    elif value.selected:
        then = _without(chosen, value.value)
    else:
        then = (*_beside(facet, value.value, chosen), value.value)
    return Row(name, value.count, value.selected, depth, then)


def _beside(facet: Facet, value: str, chosen: Sequence[str]) -> list[str]:
    """What stays chosen beside a value: not the larger places it lies in, nor the
    smaller ones within it.
    """
    above = _line(facet, value)
    beside = []
    for one in chosen:
        is_related = one in above or value in _line(facet, one)
        if not is_related:
            beside.append(one)
    return beside


def _line(facet: Facet, value: str) -> tuple[str, ...]:
    """A value and those it stands under."""
    line = [value]
    parent = facet.parent(value)
    while parent and parent not in line:
        line.append(parent)
        parent = facet.parent(parent)
    return tuple(line)

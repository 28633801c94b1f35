"""How many bodies are in which state: by year, for each part of the country, level and
sector.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from archive.catalogue import COVERED_SINCE, Coverage, duties
from archive.store.counts.states import LETTERS

ANY = "any"
"""Under which stands how many bodies have a state in one year or another."""
MISSING = "missing"
"""Under ANY: how many have any state that makes a year one of the missing."""

Tally = dict[str, dict[str, int]]
"""Year (or ANY) → state → how many; without states that nobody is in."""
Cells = Counter[tuple[int, str]]

_STATES = {letter: state.value for state, letter in LETTERS.items()}
_NOT_MISSING = {LETTERS[state] for state in duties.NOT_MISSING}
_ANY = 0
"""The year that stands for ANY while it is counted."""


class Group(NamedTuple):
    """Bodies that are counted together."""

    place: str
    """The first two or four digits of the code, or none."""
    level: str
    sector: str


def tallied(signs: Iterable[str]) -> Tally:
    """The tally of bodies, each told by its signs."""
    return told(_cells(Counter(signs)))


def _cells(bodies: Counter[str]) -> Cells:
    """What bodies come to: (year, sign) → how many."""
    cells: Cells = Counter()
    for signs, number in bodies.items():
        for year, sign in enumerate(signs, start=COVERED_SINCE):
            cells[year, sign] += number
        for sign in set(signs):
            cells[_ANY, sign] += number
        if not _NOT_MISSING.issuperset(signs):
            cells[_ANY, MISSING] += number
    return cells


def told(cells: Cells) -> Tally:
    """Cells as a tally."""
    found: Tally = {}
    for (year, sign), number in cells.items():
        of_year = found.setdefault(str(year or ANY), {})
        of_year[_STATES.get(sign, sign)] = number
    return found


def groups(bodies: Iterable[tuple[str, str, str, str]]) -> dict[Group, Cells]:
    """The cells of all groups; `told` makes tallies of them, which take thrice the
    room. In: region code, level, sector and signs of each body.

    A body belongs to the country, its province and prefecture; there to all, to its
    level, its sector, and both.
    """
    of_smallest: dict[Group, Counter[str]] = {}
    for code, level, sector, signs in bodies:
        group = Group(code[:4], level, sector)
        of_smallest.setdefault(group, Counter())[signs] += 1
    found: dict[Group, Cells] = {}
    for smallest, counted in of_smallest.items():
        found[smallest] = _cells(counted)
    _add_up(found, 2, lambda group: group._replace(place=group.place[:2]))
    _add_up(found, 0, lambda group: group._replace(place=""))
    _add_up(found, None, lambda group: group._replace(level=""))
    _add_up(found, None, lambda group: group._replace(sector=""))
    return found


def _add_up(
    found: dict[Group, Cells], place: int | None, above: Callable[[Group], Group]
) -> None:
    """Adds each group to the larger one that it is a part of.

    `place`: how many digits the larger one's place has; None for larger ones of the
    same place. What has no such part of its own (bodies of no region) stays.
    """
    parts: dict[Group, list[Cells]] = {}
    for group, cells in found.items():
        larger = above(group)
        if larger == group or (place is not None and len(group.place) != _NEXT[place]):
            continue
        parts.setdefault(larger, []).append(cells)
    for larger, some in parts.items():
        of_itself = [found[larger]] if larger in found else []
        found[larger] = _sum([*of_itself, *some])


def _sum(parts: Sequence[Cells]) -> Cells:
    """What groups come to together: the cells themselves where there is one only."""
    if len(parts) == 1:
        return parts[0]
    total: Cells = Counter()
    for cells in parts:
        total.update(cells)
    return total


_NEXT = {2: 4, 0: 2}
"""Digits of a place → those of the places that it consists of."""


def due(counted: dict[str, int]) -> int:
    """How many reports should be here: all but those that are not due."""
    return sum(counted.values()) - counted.get(Coverage.NOT_DUE, 0)

"""How much of what should be there is there: of a part of the country by year, level,
sector, and by the places it consists of.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from archive.catalogue import Coverage
from archive.regions import region_path
from archive.store.counts import (
    ANY,
    MISSING,
    Tally,
    counted_at,
    due,
    group_of,
    groups_of,
    silents,
    tallied,
    unpacked,
)
from archive.store.questions.coverage.bodies import CoverageWish, signs_below
from archive.store.rows import CoverageCountRow

_OF_A_COUNTY = 6
_OF_A_PREFECTURE = 4


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many: `held` of `due`, and each state by itself."""

    states: Mapping[str, int]
    """State → how many; without those that nobody is in."""

    @property
    def held(self) -> int:
        """How many are here."""
        return self.states.get(Coverage.HELD, 0)

    @property
    def due(self) -> int:
        """How many should be."""
        return due(dict(self.states))

    @property
    def missing(self) -> int:
        """How many are due, and not here."""
        return self.due - self.held


@dataclass(frozen=True, slots=True)
class Part:
    """A part of what is asked for: a place, a level or a sector."""

    value: str
    """The code of the place, the level, the sector."""
    name: str
    share: Share


@dataclass(frozen=True, slots=True)
class Coverages:
    """What is asked for, and what it consists of."""

    counted_at: datetime | None
    years: tuple[tuple[int, Share], ...]
    """The newest first."""
    total: Share
    """Of the year that is asked for, or of all."""
    places: tuple[Part, ...]
    levels: tuple[Part, ...]
    sectors: tuple[Part, ...]
    bodies: int
    """How many bodies have a state that is asked for, in such a year."""
    body_years: int
    """How many bodies and years are in such a state."""


_Told = dict[tuple[str, str], Tally]
"""Level and sector, each empty for all → the tally of a place."""


def coverage(session: Session, wish: CoverageWish) -> Coverages:
    """How much of what should be there is there, of what is asked for."""
    told = _told(session, wish)
    asked = told.get((wish.level, wish.sector), {})
    years = tuple(_years(asked))
    levels = {a: tally for (a, b), tally in told.items() if a and b == wish.sector}
    sectors = {b: tally for (a, b), tally in told.items() if b and a == wish.level}
    return Coverages(
        counted_at=counted_at(session),
        years=years,
        total=_share(asked, wish.year),
        places=tuple(_places(session, wish, asked)),
        levels=tuple(_parts(levels, wish.year)),
        sectors=tuple(_parts(sectors, wish.year)),
        bodies=_bodies(asked, wish),
        body_years=_body_years(asked, wish),
    )


def _years(asked: Tally) -> Iterable[tuple[int, Share]]:
    for year in sorted(asked, reverse=True):
        if year != ANY:
            yield int(year), Share(asked[year])


def years_covered(session: Session, wish: CoverageWish) -> dict[int, Share]:
    """How much is there of each year, and nothing else of it."""
    if len(wish.digits) == _OF_A_COUNTY:
        asked = _of_county(session, wish).get((wish.level, wish.sector), {})
        return dict(_years(asked))
    told = group_of(_place(session, wish.digits), wish.level, wish.sector)
    return dict(_years(unpacked(told)))


def in_all(session: Session) -> Share:
    """How many of all reports that should be here are; for the front page."""
    return _share(unpacked(group_of(_place(session, ""), "", "")), None)


def _place(session: Session, digits: str) -> bytes:
    """The tallies of a place, packed."""
    question = select(CoverageCountRow.told).where(CoverageCountRow.place == digits)
    told = session.scalar(question)
    if told is None:
        # Nobody there has a row.
        told = silents(session).places.get(digits, b"")
    return told


def _told(session: Session, wish: CoverageWish) -> _Told:
    """The tallies of the place that is asked for, by level and sector."""
    if len(wish.digits) == _OF_A_COUNTY:
        return _of_county(session, wish)
    groups = groups_of(_place(session, wish.digits))
    return {(level, sector): unpacked(told) for level, sector, told in groups}


def _of_county(session: Session, wish: CoverageWish) -> _Told:
    """The same of a county, whose few bodies are counted here."""
    all_of_it = CoverageWish(region=wish.region)
    signs: dict[tuple[str, str], list[str]] = {}
    for _, level, sector, told in signs_below(session, all_of_it, [wish.digits]):
        for group in {(level, sector), (level, ""), ("", sector), ("", "")}:
            signs.setdefault(group, []).append(told)
    return {group: tallied(told) for group, told in signs.items()}


def _share(tally: Tally, year: int | None) -> Share:
    """Of a year, or of all years together."""
    if year:
        return Share(tally.get(str(year), {}))
    found: dict[str, int] = {}
    for name, states in tally.items():
        for state, number in states.items():
            if name != ANY:
                found[state] = found.get(state, 0) + number
    return Share(found)


def _parts(tallies: Mapping[str, Tally], year: int | None) -> Iterable[Part]:
    for value in sorted(tallies):
        share = _share(tallies[value], year)
        if share.due:
            yield Part(value, value, share)


def _bodies(tally: Tally, wish: CoverageWish) -> int:
    if wish.year:
        return _in_states(tally.get(str(wish.year), {}), wish)
    found = tally.get(ANY, {})
    return found.get(wish.state or MISSING, 0)


def _body_years(tally: Tally, wish: CoverageWish) -> int:
    states = _share(tally, wish.year).states
    return _in_states(states, wish)


def _in_states(states: Mapping[str, int], wish: CoverageWish) -> int:
    return sum(states.get(state, 0) for state in wish.states)


def _places(session: Session, wish: CoverageWish, asked: Tally) -> Iterable[Part]:
    """The places below the one that is asked for, those with anything due.

    First what belongs to the place itself, such as the departments of a province.
    """
    tallies = _tallies_below(session, wish)
    for code in sorted(tallies):
        share = _share(tallies[code], wish.year)
        if share.due:
            yield Part(code, _name(code, wish), share)
    rest = _rest(_share(asked, wish.year), tallies, wish)
    if rest.due and not wish.digits:
        yield Part("", "全国性机关和区划未定的机关", rest)


def _name(code: str, wish: CoverageWish) -> str:
    path = region_path(code)
    if not path:
        return code
    if code == wish.region:
        return f"{path[-1].name}本级"
    above = path[-2].name if len(path) > 1 else ""
    return path[-1].name.removeprefix(above)


def _rest(all_of_it: Share, tallies: Mapping[str, Tally], wish: CoverageWish) -> Share:
    left = dict(all_of_it.states)
    for tally in tallies.values():
        for state, number in _share(tally, wish.year).states.items():
            left[state] -= number
    return Share({state: number for state, number in left.items() if number})


def _tallies_below(session: Session, wish: CoverageWish) -> dict[str, Tally]:
    """The code of each place one level below → its tally."""
    if len(wish.digits) == _OF_A_COUNTY:
        return {}
    if len(wish.digits) == _OF_A_PREFECTURE:
        return _counties(session, wish, [wish.digits])
    size = len(wish.digits) + 2
    question = select(CoverageCountRow.place, CoverageCountRow.told).where(
        func.length(CoverageCountRow.place) == size,
        CoverageCountRow.place.startswith(wish.digits),
    )
    kept = dict(session.execute(question).all())
    of_silent = {
        place: told
        for place, told in silents(session).places.items()
        if len(place) == size and place.startswith(wish.digits)
    }
    found = {
        place.ljust(6, "0"): unpacked(tally)
        for place, told in (of_silent | kept).items()
        if (tally := group_of(told, wish.level, wish.sector))
    }
    # The districts of 北京市 (1101xx) and counties under a province directly (4290xx)
    # lie in no prefecture.
    without = [code[:4] for code in found if not region_path(code)]
    for place in without:
        del found[place.ljust(6, "0")]
    if without:
        found |= _counties(session, wish, without)
    return found


def _counties(
    session: Session, wish: CoverageWish, prefixes: list[str]
) -> dict[str, Tally]:
    signs: dict[str, list[str]] = {}
    for code, _, _, told in signs_below(session, wish, prefixes):
        signs.setdefault(code, []).append(told)
    return {code: tallied(told) for code, told in signs.items()}

"""An agency beside its peers: the same level, sector and year, governments beside
governments and departments beside departments, and the same scope of numbers.

A share of fewer than FEWEST cases, and whatever is not sure, is placed nowhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from archive.catalogue import (
    COVERED_SINCE,
    FEWEST,
    INDICATORS,
    ClaimScope,
    Coverage,
    ValueState,
    is_few,
)
from archive.store.counts import (
    LETTERS,
    LEVEL_PLACES,
    SCOPE_PLACES,
    Measured,
    State,
    YearColumns,
    measured,
    opened,
    parts_of,
)
from archive.store.questions.coverage import silent_at
from archive.store.questions.totals.asking import (
    Amount,
    Chosen,
    Reported,
    agencies_named,
    of_scope,
)
from archive.store.questions.totals.percentiles import Band, band
from archive.store.rows import AgencyRow, ReporterRow


@dataclass(frozen=True, slots=True)
class Placed:
    """A number of one report."""

    value: Fraction | None
    """None where there is none that is sure."""
    over: Amount | None
    under: Amount | None
    state: ValueState

    @property
    def is_of_few(self) -> bool:
        """Whether it is a share of so few that it is placed nowhere."""
        return is_few(self.under)


@dataclass(frozen=True, slots=True)
class Beside:
    """A figure of an agency, and the band of its peers."""

    key: str
    own: Placed
    band: Band | None
    """None where too few can be placed."""
    placed: int
    """How many reports can be placed, the agency's own among them."""
    few: int
    """Reports whose share is of too few cases."""
    lacking: Mapping[ValueState, int]
    """Reports without a sure number, by why."""


@dataclass(frozen=True, slots=True)
class Peers:
    """Who they are, and how much is known of them."""

    year: int
    level: str
    sector: str
    is_government: bool
    scope: ClaimScope
    reports: int
    """How many of them have a report here, the agency among them, whose numbers are of
    this scope.
    """
    of_scope: Mapping[ClaimScope, int]
    """Reports of peers by whose numbers they give."""
    due: int
    """How many bodies like it should have reported in that year, as far as is known."""
    beside: tuple[Beside, ...]


@dataclass(frozen=True, slots=True)
class Ranked:
    """A peer in the order that somebody asked for."""

    place: int
    """Equal values have the same."""
    agency: Reported
    placed: Placed
    is_own: bool


@dataclass(frozen=True, slots=True)
class _Group:
    """The peers of an agency within a year."""

    columns: YearColumns
    before: YearColumns | None
    at: int
    """Where its own report is."""
    chosen: Chosen
    alike: Chosen
    """Peers of any scope."""
    scope: ClaimScope


def peer_years(session: Session, agency_key: str) -> tuple[int, ...]:
    """The years in which an agency has a report that can be placed, newest first."""
    bodies = opened(session, ())
    agency = _number(session, agency_key)
    found = [one.year for one in bodies if _place(one, agency) is not None]
    return tuple(reversed(found))


def peers(
    session: Session, agency_key: str, year: int, keys: Sequence[str]
) -> Peers | None:
    """An agency beside its peers in these figures; None where its report of that year
    is not here, or is not counted yet.
    """
    group = _group(session, agency_key, year, keys)
    if group is None:
        return None
    bodies, at = group.columns.bodies, group.at
    level, sector = LEVEL_PLACES[int(bodies.levels[at])], str(bodies.sectors[at])
    is_department = bool(bodies.departments[at])
    of_scopes = {
        one: int((group.alike & of_scope(bodies, one)).sum()) for one in SCOPE_PLACES
    }
    return Peers(
        year=year,
        level=level,
        sector=sector,
        is_government=not is_department,
        scope=group.scope,
        reports=int(group.chosen.sum()),
        of_scope=of_scopes,
        due=_due(session, year, level, sector, is_department=is_department),
        beside=tuple(_beside(group, key) for key in keys),
    )


def ranked(session: Session, agency_key: str, year: int, key: str) -> list[Ranked]:
    """The peers by one figure, the greatest first: those that can be placed."""
    group = _group(session, agency_key, year, [key])
    if group is None:
        return []
    found = measured(group.columns, key, group.before)
    places = np.flatnonzero(group.chosen & _placeable(found))
    values = {int(at): _placed(found, int(at), key) for at in places}
    order = sorted(values, key=lambda at: -(values[at].value or 0))
    agencies = group.columns.bodies.agencies
    names = agencies_named(session, [int(agencies[at]) for at in order])
    ranks: list[Ranked] = []
    for number, at in enumerate(order, start=1):
        agency = names.get(int(agencies[at]))
        if agency is None:
            continue
        place = _place_behind(ranks, values[at], number)
        ranks.append(Ranked(place, agency, values[at], at == group.at))
    return ranks


def _place_behind(ranks: Sequence[Ranked], placed: Placed, number: int) -> int:
    """The next place: that of the last one, where both have the same value."""
    if not ranks:
        return number
    last = ranks[-1]
    return last.place if last.placed.value == placed.value else number


def _group(
    session: Session, agency_key: str, year: int, keys: Sequence[str]
) -> _Group | None:
    years = opened(session, parts_of(tuple(keys)), (year - 1, year))
    if not years or years[-1].year != year:
        return None
    columns = years[-1]
    at = _place(columns, _number(session, agency_key))
    if at is None:
        return None
    bodies = columns.bodies
    alike = (
        (bodies.levels == bodies.levels[at])
        & (bodies.sectors == bodies.sectors[at])
        & (bodies.departments == bodies.departments[at])
    )
    scope = SCOPE_PLACES[int(bodies.scopes[at])]
    before = years[0] if len(years) > 1 else None
    chosen = alike & of_scope(bodies, scope)
    return _Group(columns, before, at, chosen, alike, scope)


def _number(session: Session, agency_key: str) -> int:
    """The number of an agency; 0 where there is none."""
    return session.scalar(select(AgencyRow.id).where(AgencyRow.key == agency_key)) or 0


def _place(columns: YearColumns, agency: int) -> int | None:
    """Where the report of an agency is; None where another stands for its body."""
    places = np.flatnonzero(columns.bodies.agencies == agency)
    return int(places[0]) if len(places) else None


def _due(
    session: Session, year: int, level: str, sector: str, *, is_department: bool
) -> int:
    """How many bodies of that kind should have reported in a year."""
    sign: ColumnElement[str] = func.substr(
        ReporterRow.states, year - COVERED_SINCE + 1, 1
    )
    not_due = ("", LETTERS[Coverage.NOT_DUE])
    question = select(func.count()).where(
        ReporterRow.level == level,
        ReporterRow.sector == sector,
        ReporterRow.is_department == is_department,
        sign.not_in(not_due),
    )
    with_rows = session.scalar(question) or 0
    if is_department:
        return with_rows
    silent = silent_at(session, sector=sector, level=level)
    return with_rows + sum(one.sign_of(year) not in not_due for one in silent)


def _placeable(found: Measured) -> Chosen:
    """Sure numbers, and shares of enough cases."""
    if found.under is None:
        return found.sure
    enough: Chosen = found.sure & (found.under >= FEWEST * found.scale)
    return enough


def _beside(group: _Group, key: str) -> Beside:
    found = measured(group.columns, key, group.before)
    placeable = group.chosen & _placeable(found)
    places = np.flatnonzero(placeable)
    values = [_value(found, int(at), key) for at in places]
    states = found.states[group.chosen & ~found.sure]
    lacking: dict[ValueState, int] = {}
    for state in states:
        told = State(int(state)).told
        lacking[told] = lacking.get(told, 0) + 1
    few = int((group.chosen & found.sure).sum()) - len(places)
    own = _placed(found, group.at, key)
    return Beside(key, own, band(values), len(places), few, lacking)


def _value(found: Measured, at: int, key: str) -> Fraction:
    over = Fraction(found.plain(found.over[at]))
    if found.under is None:
        return over
    value = over / Fraction(found.plain(found.under[at]))
    is_growth = key in INDICATORS and INDICATORS[key].is_growth
    return value - 1 if is_growth else value


def _placed(found: Measured, at: int, key: str) -> Placed:
    state = State(int(found.states[at])).told
    if not state.has_value:
        return Placed(None, None, None, state)
    over = found.plain(found.over[at])
    under = None if found.under is None else found.plain(found.under[at])
    return Placed(_value(found, at, key), over, under, state)

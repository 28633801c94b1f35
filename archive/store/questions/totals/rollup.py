"""Where a government gives the numbers of its whole area: what the reports of those
below it come to, and who of them is not in the sum.

Below a government stand its own departments and the governments one level down; below a
county its townships, of which no list is complete. The government's own requests are in
its number and in no report below it. So the sum is no proof of anything: it is shown
with everybody who is missing from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.catalogue import ClaimScope, Coverage, Level
from archive.regions import region_path
from archive.store.counts import (
    SCOPE_PLACES,
    Measured,
    State,
    YearColumns,
    measured,
    opened,
    parts_of,
    years_told,
)
from archive.store.questions.coverage import silent_at
from archive.store.questions.totals.asking import agencies_named
from archive.store.rows import AgencyRow, ReporterRow

ROLLED = (
    "requests.new.total",
    "requests.carried_in.total",
    "requests.concluded.total",
    "requests.granted.total",
    "requests.carried_out.total",
    "review.total",
    "litigation_direct.total",
    "litigation_after_review.total",
)
"""What is compared."""
_BELOW = {
    Level.PROVINCE: Level.PREFECTURE,
    Level.PREFECTURE: Level.COUNTY,
    Level.COUNTY: Level.TOWNSHIP,
}


@dataclass(frozen=True, slots=True)
class Child:
    """A body below the government."""

    key: str
    name: str
    region_code: str
    is_department: bool
    state: Coverage
    """Whether its report of that year is here, or what is known of it."""
    scope: ClaimScope | None
    """Whose its numbers are; None without a report."""
    numbers: Mapping[str, int | None]
    """Figure → number; None where it is not sure. Empty without a report."""

    @property
    def is_missing(self) -> bool:
        """Whether nothing of it is in the sum."""
        return not self.numbers

    @property
    def is_ambiguous(self) -> bool:
        """Whether its number may leave out, or count twice, what lies below it: a
        government that does not give the numbers of its area.
        """
        is_government = not self.is_department and not self.is_missing
        return is_government and self.scope is not ClaimScope.AREA


@dataclass(frozen=True, slots=True)
class Rolled:
    """A figure of the government against the sum of those below."""

    key: str
    own: int | None
    """As its report has it; None where it is not sure."""
    summed: int
    count: int
    """How many reports are in the sum."""
    doubtful: int
    """Reports that are here, without a sure number."""

    @property
    def gap(self) -> int | None:
        """How much more the government has than all below it together."""
        return None if self.own is None else self.own - self.summed


@dataclass(frozen=True, slots=True)
class RollUp:
    """A government's numbers against the sum of those below it."""

    scope: ClaimScope
    """Whose its numbers are; nothing is compared unless they are of its area."""
    children: tuple[Child, ...]
    rolled: tuple[Rolled, ...]
    is_open: bool
    """Whether nobody knows all of those below: townships stand in no list."""

    @property
    def missing(self) -> tuple[Child, ...]:
        """Bodies due in that year that are in no sum."""
        return tuple(one for one in self.children if one.is_missing)

    @property
    def ambiguous(self) -> tuple[Child, ...]:
        """Bodies whose number may not be that of their area."""
        return tuple(one for one in self.children if one.is_ambiguous)


def can_be_rolled(session: Session, agency_key: str, year: int) -> bool:
    """Whether an agency's report of that year gives the numbers of its whole area."""
    found = _own(session, agency_key, opened(session, (), (year,)))
    return found is not None and found.scope is ClaimScope.AREA


def roll_up(session: Session, agency_key: str, year: int) -> RollUp | None:
    """The numbers of a government against those of all below it; None for a department,
    and where its report is not here or not counted yet.
    """
    years = opened(session, parts_of(ROLLED), (year,))
    own = _own(session, agency_key, years)
    if own is None:
        return None
    if own.scope is not ClaimScope.AREA:
        return RollUp(own.scope, (), (), is_open=False)
    figures = {key: measured(years[0], key) for key in ROLLED}
    children = tuple(_children(session, own, years[0], year, figures))
    rolled = tuple(
        _rolled(key, _number(figures[key], own.at), children) for key in ROLLED
    )
    return RollUp(own.scope, children, rolled, own.level == Level.COUNTY)


@dataclass(frozen=True, slots=True)
class _Own:
    """The government itself."""

    at: int
    region: str
    level: str
    scope: ClaimScope
    reporter: int


def _own(
    session: Session, agency_key: str, years: Sequence[YearColumns]
) -> _Own | None:
    if not years:
        return None
    bodies = years[0].bodies
    question = select(AgencyRow.id).where(AgencyRow.key == agency_key)
    places = np.flatnonzero(bodies.agencies == (session.scalar(question) or 0))
    if not len(places) or bodies.departments[places[0]]:
        return None
    at = int(places[0])
    reporter = session.get(ReporterRow, int(bodies.reporters[at]))
    if reporter is None:
        return None
    scope = SCOPE_PLACES[int(bodies.scopes[at])]
    return _Own(at, reporter.region_code, reporter.level, scope, reporter.id)


def _children(
    session: Session,
    own: _Own,
    columns: YearColumns,
    year: int,
    figures: Mapping[str, Measured],
) -> Iterable[Child]:
    bodies = columns.bodies
    at_of = {int(one): at for at, one in enumerate(bodies.reporters) if one}
    expected = list(_expected(session, own, year))
    held = [at_of[row.id] for row in expected if row.id in at_of]
    names = agencies_named(session, [int(bodies.agencies[at]) for at in held])
    for row in expected:
        state = years_told(row.states).get(year, Coverage.NOT_DUE)
        at = at_of.get(row.id)
        if at is None and state is Coverage.NOT_DUE:
            continue
        key, scope, numbers = row.agency_key or row.key, None, {}
        if at is not None:
            agency = names.get(int(bodies.agencies[at]))
            key = agency.key if agency else key
            scope = SCOPE_PLACES[int(bodies.scopes[at])]
            numbers = {name: _number(one, at) for name, one in figures.items()}
            state = Coverage.HELD
        is_department = row.is_department
        yield Child(
            key, row.name, row.region_code, is_department, state, scope, numbers
        )


def _expected(session: Session, own: _Own, year: int) -> Iterable[ReporterRow]:
    """Who stands directly below: departments of the place, governments one below."""
    digits = own.region.removesuffix("00").removesuffix("00")
    first, last = digits.ljust(6, "0"), digits.ljust(6, "9")
    question = (
        select(ReporterRow)
        .where(ReporterRow.region_code.between(first, last))
        .where(ReporterRow.id != own.reporter)
    )
    rows = [*session.scalars(question)]
    rows += [one.row for one in silent_at(session, digits)]
    rows.sort(key=lambda row: (row.is_department, row.region_code, row.name))
    for row in rows:
        if _is_directly_below(row, own):
            yield row


def _is_directly_below(row: ReporterRow, own: _Own) -> bool:
    if row.region_code == own.region and row.level == own.level:
        return row.is_department
    if row.level == Level.TOWNSHIP:
        return row.region_code == own.region
    if row.is_department:
        return False
    # Districts of 北京市 and counties like 仙桃市 lie under a province directly.
    above = region_path(row.region_code)
    is_child = len(above) > 1 and above[-2].code == own.region
    return is_child or row.level == _BELOW.get(Level(own.level))


def _number(found: Measured, at: int) -> int | None:
    if State(int(found.states[at])).told.has_value:
        return int(found.over[at])
    return None


def _rolled(key: str, own: int | None, children: Sequence[Child]) -> Rolled:
    numbers = [one.numbers[key] for one in children if not one.is_missing]
    sure = [number for number in numbers if number is not None]
    return Rolled(key, own, sum(sure), len(sure), len(numbers) - len(sure))

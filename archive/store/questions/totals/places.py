"""A place: who is there and how much of it is here; its totals, and those of the places
it consists of.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from archive.catalogue import ClaimScope, Coverage, Level
from archive.store.counts import (
    LETTERS,
    LEVEL_PLACES,
    SCOPE_PLACES,
    Measured,
    YearColumns,
    measured,
    opened,
    parts_of,
)
from archive.store.questions.coverage import (
    Body,
    body,
    in_order,
    merged,
    silent_at,
)
from archive.store.questions.totals.asking import (
    Chosen,
    Total,
    TotalsWish,
    fitting,
    of_scope,
    total,
    within,
)
from archive.store.rows import ReporterRow

MOST_BODIES = 300
"""Bodies of one place that a page shows."""


@dataclass(frozen=True, slots=True)
class Resident:
    """A body of a place, and how many of its reports are here, of how many."""

    body: Body
    held: int
    due: int


@dataclass(frozen=True, slots=True)
class PlaceYear:
    """A year of the government and the departments of a place itself."""

    year: int
    government: Mapping[str, Total]
    """Figure → what the government's report says."""
    scope: ClaimScope | None
    """Whose numbers these are; None without a report."""
    departments: Mapping[ClaimScope, Mapping[str, Total]]
    """What its departments say together, by whose numbers they give."""
    reports: Mapping[ClaimScope, int]
    """How many departments have a report of that scope."""


def residents(session: Session, region: str) -> tuple[int, list[Resident]]:
    """How many bodies belong to a place itself, and the first of them."""
    is_here = ReporterRow.region_code == region
    question = select(ReporterRow).where(is_here).order_by(*in_order(session))
    rows = session.scalars(question.limit(MOST_BODIES)).all()
    count = len(rows)
    if count == MOST_BODIES:
        count = session.scalar(select(func.count()).where(is_here)) or 0
    silent = silent_at(session, region)
    both = islice(merged(silent, rows), MOST_BODIES)
    return count + len(silent), [_resident(row) for row in both]


def _resident(row: ReporterRow) -> Resident:
    held = row.states.count(LETTERS[Coverage.HELD])
    not_due = row.states.count(LETTERS[Coverage.NOT_DUE])
    return Resident(body(row), held, len(row.states) - not_due)


def place_years(
    session: Session, region: str, keys: Sequence[str]
) -> tuple[PlaceYear, ...]:
    """What the government and the departments of a place say, the newest year first."""
    columns = opened(session, parts_of(tuple(keys)))
    found = []
    before: YearColumns | None = None
    for one in columns:
        last = before if before and before.year == one.year - 1 else None
        year = _place_year(one, last, region, keys)
        before = one
        if year is not None:
            found.append(year)
    return tuple(reversed(found))


def _place_year(
    columns: YearColumns, before: YearColumns | None, region: str, keys: Sequence[str]
) -> PlaceYear | None:
    bodies = columns.bodies
    here = bodies.regions == int(region)
    # A county's townships lie in it, and are no departments of it.
    level = _level_of(region)
    if not here.any():
        return None
    figures = {key: measured(columns, key, before) for key in keys}
    is_of_place = here & (bodies.levels == level)
    governments = is_of_place & ~bodies.departments
    departments = is_of_place & bodies.departments
    scope = None
    if governments.any():
        scope = SCOPE_PLACES[int(bodies.scopes[np.flatnonzero(governments)[0]])]
    by_scope = {one: departments & of_scope(bodies, one) for one in SCOPE_PLACES}
    return PlaceYear(
        year=columns.year,
        government=_totals(figures, governments),
        scope=scope,
        departments={
            one: _totals(figures, chosen)
            for one, chosen in by_scope.items()
            if chosen.any()
        },
        reports={one: int(chosen.sum()) for one, chosen in by_scope.items()},
    )


def _totals(figures: Mapping[str, Measured], chosen: Chosen) -> dict[str, Total]:
    places = np.flatnonzero(chosen)
    return {key: total(one, places) for key, one in figures.items()}


def _level_of(region: str) -> int:
    """The level of a place as its code tells, as a place in LEVEL_PLACES."""
    if region.endswith("0000"):
        return LEVEL_PLACES.index(Level.PROVINCE)
    if region.endswith("00"):
        return LEVEL_PLACES.index(Level.PREFECTURE)
    return LEVEL_PLACES.index(Level.COUNTY)


def totals_of(
    session: Session, wish: TotalsWish, year: int, key: str, codes: Sequence[str]
) -> dict[str, Total]:
    """A measure in each of these places with all that lies in it, of one year and one
    scope (of areas only governments' of one level: see `trends`).
    """
    years = opened(session, parts_of((key,)), (year - 1, year))
    if not years or years[-1].year != year:
        return {}
    columns = years[-1]
    before = years[0] if len(years) > 1 else None
    found = measured(columns, key, before)
    fits = fitting(columns.bodies, wish)
    if wish.scope is not None:
        fits = fits & of_scope(columns.bodies, wish.scope)
    found_of = {}
    for code in codes:
        chosen = fits & within(columns.bodies, code)
        found_of[code] = total(found, np.flatnonzero(chosen))
    return found_of

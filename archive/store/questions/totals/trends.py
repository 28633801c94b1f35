"""Year by year: what reports of a part of the country say together.

Numbers of bodies alone (本级) and of whole areas (汇总) are never added up; those of
which the report does not say are a class of their own. Of areas, each contains those
below it: they are added within one level only, and governments' only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from sqlalchemy.orm import Session

from archive.catalogue import ClaimScope, Level
from archive.store.counts import (
    LEVEL_PLACES,
    SCOPE_PLACES,
    YearColumns,
    measured,
    opened,
    parts_of,
)
from archive.store.questions.coverage import CoverageWish, Share, years_covered
from archive.store.questions.totals.asking import (
    Chosen,
    Total,
    TotalsWish,
    fitting,
    of_scope,
    total,
)

GOVERNMENTS = "政府"
"""The sector of governments and their offices."""


@dataclass(frozen=True, slots=True)
class TrendYear:
    """A year of what is asked for."""

    year: int
    reports: int
    """How many reports give numbers of the scope that is shown."""
    of_scope: Mapping[ClaimScope, int]
    """How many give which."""
    covered: Share | None
    """How many of those known to be due are here; None before that was counted."""
    totals: Mapping[str, Total]
    """Key → its total."""


@dataclass(frozen=True, slots=True)
class Trends:
    """What was asked for, as far as it can be added up."""

    wish: TotalsWish
    """With the scope that is shown, and the level where one had to be chosen."""
    of_scope: Mapping[ClaimScope, int]
    """How many reports of all years give which numbers."""
    years: tuple[TrendYear, ...]
    """The newest first."""


def trends(session: Session, wish: TotalsWish, keys: Sequence[str]) -> Trends:
    """The totals of these figures, claims and indicators in each year.

    Raises KeyError for a key of nothing that is known.
    """
    columns = opened(session, parts_of(tuple(keys)))
    if not columns:
        scope = ClaimScope.UNSAID if wish.scope is None else wish.scope
        return Trends(replace(wish, scope=scope), dict.fromkeys(SCOPE_PLACES, 0), ())
    stamps = tuple((one.year, one.stamp) for one in columns)
    asked = ("trends", wish, tuple(keys), stamps)
    found = columns[0].shelf.answer(asked, lambda: _added_up(columns, wish, keys))
    shown = found.wish
    covered = years_covered(
        session, CoverageWish(shown.region, shown.sector, shown.level)
    )
    years = tuple(replace(one, covered=covered.get(one.year)) for one in found.years)
    return replace(found, years=years)


def _added_up(
    columns: Sequence[YearColumns], wish: TotalsWish, keys: Sequence[str]
) -> Trends:
    """All but the coverage, which is counted at other times."""
    of_all = _of_scope(columns, wish)
    scope = wish.scope if wish.scope is not None else _commonest(of_all)
    shown = _that_can_be_added(columns, replace(wish, scope=scope))
    years = []
    before: YearColumns | None = None
    for one in columns:
        is_next = before is not None and before.year == one.year - 1
        years.append(_year(one, before if is_next else None, shown, keys))
        before = one
    return Trends(shown, of_all, tuple(reversed(years)))


def _of_scope(
    columns: Sequence[YearColumns], wish: TotalsWish
) -> dict[ClaimScope, int]:
    found = dict.fromkeys(SCOPE_PLACES, 0)
    for one in columns:
        for scope, number in _counted(one, fitting(one.bodies, wish)).items():
            found[scope] += number
    return found


def _counted(columns: YearColumns, chosen: Chosen) -> dict[ClaimScope, int]:
    bodies = columns.bodies
    return {one: int((chosen & of_scope(bodies, one)).sum()) for one in SCOPE_PLACES}


def _commonest(of_scope: Mapping[ClaimScope, int]) -> ClaimScope:
    return max(of_scope, key=lambda scope: of_scope[scope])


def _that_can_be_added(columns: Sequence[YearColumns], wish: TotalsWish) -> TotalsWish:
    """Numbers of areas: of one level, the one with most of them, and of governments."""
    if wish.scope is not ClaimScope.AREA:
        return wish
    wish = replace(wish, sector=wish.sector or GOVERNMENTS)
    if wish.level:
        return wish
    found = dict.fromkeys(Level, 0)
    for one in columns:
        bodies = one.bodies
        chosen = fitting(bodies, wish) & of_scope(bodies, ClaimScope.AREA)
        for level in Level:
            is_of_level = bodies.levels == LEVEL_PLACES.index(level)
            found[level] += int((chosen & is_of_level).sum())
    return replace(wish, level=max(found, key=lambda level: found[level]))


def _year(
    columns: YearColumns,
    before: YearColumns | None,
    wish: TotalsWish,
    keys: Sequence[str],
) -> TrendYear:
    assert wish.scope is not None
    fits = fitting(columns.bodies, wish)
    chosen = fits & of_scope(columns.bodies, wish.scope)
    places = np.flatnonzero(chosen)
    totals = {key: total(measured(columns, key, before), places) for key in keys}
    counted = _counted(columns, fits)
    return TrendYear(columns.year, len(places), counted, None, totals)

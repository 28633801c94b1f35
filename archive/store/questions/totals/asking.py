"""What totals are asked for, and which reports of a year they are of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.catalogue import ClaimScope, ValueState
from archive.store.counts import (
    LEVEL_PLACES,
    SCOPE_PLACES,
    SURE,
    Bodies,
    Measured,
    State,
)
from archive.store.figures import AT_ONCE
from archive.store.rows import AgencyRow

Chosen = NDArray[np.bool_]
Amount = int | Decimal


@dataclass(frozen=True, slots=True)
class TotalsWish:
    """Which reports are added up; what is empty does not matter."""

    region: str = ""
    """Six digits of GB/T 2260; 510000 means all of 51."""
    level: str = ""
    sector: str = ""
    scope: ClaimScope | None = None
    """Whose numbers; None for those that most of the reports give."""

    @property
    def digits(self) -> str:
        """What the codes of its region begin with; empty for the whole country."""
        return self.region.removesuffix("00").removesuffix("00")


@dataclass(frozen=True, slots=True)
class Total:
    """A number of many reports together: those count of which it is sure."""

    over: Amount
    under: Amount | None
    """Of a share the sum of the denominators, of the same reports."""
    count: int
    """How many reports it is the sum of."""
    inferred: int
    """How many of these rest on a figure that was inferred."""
    lacking: Mapping[ValueState, int]
    """Reports of which it is not sure, by why."""


def within(bodies: Bodies, region: str) -> Chosen:
    """The reports of a place and all that lies in it."""
    digits = region.removesuffix("00").removesuffix("00")
    if not digits:
        return np.ones(len(bodies), dtype=np.bool_)
    first, last = int(digits.ljust(6, "0")), int(digits.ljust(6, "9"))
    found: Chosen = (bodies.regions >= first) & (bodies.regions <= last)
    return found


def fitting(bodies: Bodies, wish: TotalsWish) -> Chosen:
    """The reports that are asked for, whosever numbers they give."""
    found = within(bodies, wish.region)
    if wish.level:
        found = found & (bodies.levels == LEVEL_PLACES.index(wish.level))
    if wish.sector:
        found = found & (bodies.sectors == wish.sector)
    return found


def of_scope(bodies: Bodies, scope: ClaimScope) -> Chosen:
    """The reports whose tables are of that scope."""
    found: Chosen = bodies.scopes == SCOPE_PLACES.index(scope)
    return found


def total(found: Measured, places: NDArray[np.int64]) -> Total:
    """A measure of the reports at these places, added up."""
    states = found.states[places]
    counted = np.bincount(states, minlength=len(State))
    sure = places[states <= SURE]
    under = None
    if found.under is not None:
        under = found.plain(found.under[sure].sum(dtype=np.int64))
    lacking = {
        State(int(state)).told: int(counted[state])
        for state in np.flatnonzero(counted)
        if state > SURE
    }
    return Total(
        over=found.plain(found.over[sure].sum(dtype=np.int64)),
        under=under,
        count=len(sure),
        inferred=int(counted[State.INFERRED]),
        lacking=lacking,
    )


@dataclass(frozen=True, slots=True)
class Reported:
    """An agency by the names under which pages show it."""

    key: str
    name: str
    region_code: str
    region_name: str


def agencies_named(session: Session, ids: Sequence[int]) -> dict[int, Reported]:
    """Number → agency, of those that a page shows."""
    columns: tuple[Any, ...] = (
        AgencyRow.key,
        AgencyRow.name,
        AgencyRow.region_code,
        AgencyRow.region_name,
    )
    found: dict[int, Reported] = {}
    for start in range(0, len(ids), AT_ONCE):
        part = [int(one) for one in ids[start : start + AT_ONCE]]
        question = select(AgencyRow.id, *columns).where(AgencyRow.id.in_(part))
        for number, *told in session.execute(question):
            found[number] = Reported(*told)
    return found

"""What is known of bodies and their years, in the words of pages and data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from archive.catalogue import FEWEST, Coverage
from archive.store import Body, Share, YearState
from archive.web.addresses import public_address

STATES = tuple(Coverage)
"""In the order in which they are shown."""


@dataclass(frozen=True, slots=True)
class Span:
    """Years in a row of which the same is known."""

    first: int
    last: int
    known: YearState


def spans(years: Iterable[YearState]) -> list[Span]:
    """Years, the newest first; those in a row of which the same is known as one."""
    found: list[Span] = []
    for one in sorted(years, key=lambda each: -each.year):
        last = found[-1] if found else None
        if last and last.first == one.year + 1 and _is_like(last.known, one):
            found[-1] = replace(last, first=one.year)
        else:
            found.append(Span(one.year, one.year, one))
    return found


def _is_like(one: YearState, other: YearState) -> bool:
    return replace(one, year=0) == replace(other, year=0)


def moment_told(moment: datetime | None) -> str | None:
    """A moment in JSON."""
    return moment.isoformat() if moment else None


def share_told(share: Share) -> dict[str, Any]:
    """How many of how many, as JSON; a share only of enough bodies to mean anything."""
    return {
        "held": share.held,
        "due": share.due,
        "share": share_of(share),
        "states": {state.value: share.states.get(state, 0) for state in STATES},
    }


def share_of(share: Share) -> float | None:
    """The share that is held; None where they are too few to speak of one."""
    if share.due < FEWEST:
        return None
    return round(share.held / share.due, 4)


def body_told(body: Body) -> dict[str, Any]:
    """A body as JSON."""
    return {
        "key": body.key,
        "name": body.name,
        "region": {"code": body.region_code, "name": body.region_name},
        "level": body.level,
        "sector": body.sector,
        "first_year": body.first_year,
        "last_year": body.last_year,
        "url": public_address("agencies.agency", key=body.key),
    }


def year_told(one: YearState) -> dict[str, Any]:
    """The state of a year, as JSON."""
    return {
        "year": one.year,
        "state": one.state.value,
        "label": one.state.label,
        "why": one.why,
        "looked_at": moment_told(one.looked_at),
        "source": one.where,
    }

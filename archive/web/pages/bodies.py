"""A body that reports: the agency it is, its reports, and its years without one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import abort, redirect, request
from werkzeug.wrappers import Response as WerkzeugResponse

from archive.store import (
    AgencyCard,
    Body,
    Fellow,
    Session,
    Valued,
    YearFigures,
    YearState,
    coverage,
    soundness,
    values_of,
)
from archive.store import agencies as questions
from archive.web.addresses import address
from archive.web.current import current_archive


@dataclass(frozen=True, slots=True)
class Shown:
    """An agency, its reports, and what is known of its other years."""

    card: AgencyCard
    years: list[YearFigures]
    body: Body | None
    """Itself as one that should report; None as long as that was never counted."""
    known: tuple[YearState, ...]
    """The years in which it should have, the oldest first."""
    values: dict[int, dict[str, Valued]]
    """Year → key → value, of the figures that a page shows."""
    fellows: list[Fellow]
    """Reports of the same body under another name: a government's by its office."""
    unreadable: frozenset[int] = frozenset()
    """Years whose reading is damaged or gone: their numbers are kept apart."""

    @property
    def others(self) -> list[YearState]:
        """The years without a report under this name, but not those in which there was
        no such body.
        """
        if self.body is None:
            return []
        filed = {year.card.year for year in self.years}
        last = self.body.last_year or self.known[-1].year
        return [
            one
            for one in self.known
            if one.year not in filed and self.body.first_year <= one.year <= last
        ]

    @property
    def missing(self) -> list[int]:
        """The years that are due, and of which no report is here."""
        return [one.year for one in self.known if one.is_missing]


def agency_or_404(key: str, keys: Sequence[str] = ()) -> Shown | WerkzeugResponse:
    """An agency with its years, or the page that says there is none.

    `keys` are the figures, claims and indicators that are shown of its years.

    A body without any report has a page too. One that the archive knows as an agency is
    led on to that.
    """
    if "\0" in key:
        abort(404)
    with current_archive().store.asking() as session:
        found = questions.agency_years(session, key)
        if found is not None:
            return _with_body(session, key, *found, keys)
        known = coverage.body_at(session, key)
    if known is None:
        abort(404, f"档案中没有键为“{key[:60]}”的机关。可以在机关名录中按名称查找。")
    body = known.body
    if body.key != key and request.endpoint is not None:
        return redirect(address(request.endpoint, **{**_view_args(), "key": body.key}))
    card = AgencyCard(
        key=body.key,
        name=body.name,
        region_code=body.region_code,
        region_name=body.region_name,
        level=body.level,
        sector=body.sector,
    )
    return Shown(card, [], body, known.years, {}, [])


def _view_args() -> dict[str, Any]:
    """What the address of this request holds in its path."""
    return request.view_args or {}


def _with_body(
    session: Session,
    key: str,
    card: AgencyCard,
    years: list[YearFigures],
    keys: Sequence[str],
) -> Shown:
    values = _values(session, years, keys)
    lost = _unreadable(session, years)
    known = coverage.body_of_agency(session, key)
    if known is None:
        return Shown(card, years, None, (), values, [], lost)
    fellows = coverage.fellows(session, known.body.id, key)
    return Shown(card, years, known.body, known.years, values, fellows, lost)


def _unreadable(session: Session, years: Sequence[YearFigures]) -> frozenset[int]:
    texts = {one.card.version_id: one.card.year for one in years}
    lost = soundness.unreadable(session, list(texts))
    return frozenset(texts[one] for one in lost)


def _values(
    session: Session, years: Sequence[YearFigures], keys: Sequence[str]
) -> dict[int, dict[str, Valued]]:
    """Year → key → value."""
    if not keys:
        return {}
    found = values_of(session, [one.card.version_id for one in years], keys)
    return {one.card.year: found[one.card.version_id] for one in years}

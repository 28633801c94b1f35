"""The bodies that a question means: named by their keys, of a place, or found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, islice
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, or_, select
from sqlalchemy.orm import Session

from archive.store.counts import OF_GOVERNMENTS, Silent, silents
from archive.store.database import plain_rows
from archive.store.figures import AT_ONCE
from archive.store.questions.coverage import in_order, merged
from archive.store.rows import (
    AgencyRow,
    FilingRow,
    ReporterAgencyRow,
    ReporterRow,
    VersionRow,
    among,
)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A body whose reports are asked for."""

    key: str
    name: str
    region_code: str
    region_name: str
    level: str
    sector: str
    agency_id: int | None
    """None for a body that the archive has no report of."""
    states: str
    """A sign a year, as `archive.store.counts` has them; empty where nobody counted."""
    is_government: bool

    @property
    def order(self) -> tuple[str, bool, str, str]:
        """Where it stands: by place, its government before its departments, by name."""
        return self.region_code, not self.is_government, self.name, self.key


@dataclass(frozen=True, slots=True)
class Place:
    """Bodies by where they are and what they are; what is empty does not matter."""

    regions: tuple[str, ...] = ()
    below: bool = False
    sectors: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()


@cache
def _agencies() -> Select[*tuple[Any, ...]]:
    """Agencies, each with what is known of the years of its body."""
    return (
        select(
            AgencyRow.key,
            AgencyRow.name,
            AgencyRow.region_code,
            AgencyRow.region_name,
            AgencyRow.level,
            AgencyRow.sector,
            AgencyRow.id,
            func.coalesce(ReporterRow.states, ""),
            AgencyRow.is_government,
        )
        .outerjoin(ReporterAgencyRow, ReporterAgencyRow.agency_id == AgencyRow.id)
        .outerjoin(ReporterRow, ReporterRow.id == ReporterAgencyRow.reporter_id)
    )


@cache
def _named() -> Select[*tuple[Any, ...]]:
    """Those with some keys."""
    return _agencies().where(among(AgencyRow.key, "keys"))


def _chosen(row: Row[*tuple[Any, ...]]) -> Chosen:
    return Chosen(*row)


def agencies_named(session: Session, keys: Sequence[str]) -> list[Chosen]:
    """Those with these keys, in order of place; of a body without reports its own key
    counts. Keys that nobody has are left out.
    """
    found: dict[str, Chosen] = {}
    for part in _parts(keys):
        for row in plain_rows(session, _named(), {"keys": part}):
            found[row.key] = _chosen(row)
    others = [key for key in keys if key not in found]
    for part in _parts(others):
        question = select(ReporterRow).where(ReporterRow.key.in_(part))
        for reporter in session.scalars(question):
            found[reporter.key] = _without_reports(reporter)
    known = silents(session).by_key if len(found) < len(set(keys)) else {}
    for key in (set(keys) - found.keys()) & known.keys():
        found[key] = _without_reports(known[key].row)
    return sorted(found.values(), key=_order)


def agencies_of(session: Session, version_ids: Sequence[int]) -> list[Chosen]:
    """The agencies of these reports, each once, in order of place."""
    found: dict[str, Chosen] = {}
    for part in _parts(version_ids):
        question = (
            _agencies()
            .join(FilingRow, FilingRow.agency_id == AgencyRow.id)
            .join(VersionRow, VersionRow.filing_id == FilingRow.id)
            .where(VersionRow.id.in_(part))
            .distinct()
        )
        for row in session.execute(question):
            found[row.key] = _chosen(row)
    return sorted(found.values(), key=_order)


def agencies_at(session: Session, place: Place, most: int) -> list[Chosen]:
    """The bodies of a place, sector and level, with or without reports, in order of
    place; at most so many of each kind.
    """
    of_archive = _agencies().where(*_fits(AgencyRow, place))
    by_place = (AgencyRow.region_code, AgencyRow.is_government.desc(), AgencyRow.name)
    of_archive = of_archive.order_by(*by_place).limit(most)
    found = {row.key: _chosen(row) for row in session.execute(of_archive)}
    without = (
        select(ReporterRow)
        .where(ReporterRow.agency_key == "", *_fits(ReporterRow, place))
        .order_by(*in_order(session))
        .limit(most)
    )
    both = merged(_silent_at(session, place), session.scalars(without))
    for reporter in islice(both, most):
        found.setdefault(reporter.key, _without_reports(reporter))
    return sorted(found.values(), key=_order)


def _silent_at(session: Session, place: Place) -> Iterator[Silent]:
    """The governments without a row that fit, as `_fits` has it."""
    if place.sectors and OF_GOVERNMENTS not in place.sectors:
        return
    spans = [_span(one) if place.below else (one, one) for one in place.regions]
    known = silents(session)
    inside = chain.from_iterable(known.between(*one) for one in spans)
    # A place may be asked for beside one that it lies in.
    found = {one.government.key: one for one in (inside if spans else known.all)}
    for one in sorted(found.values(), key=lambda one: one.order):
        if not place.levels or one.government.level in place.levels:
            yield one


def _without_reports(row: ReporterRow) -> Chosen:
    return Chosen(
        key=row.agency_key or row.key,
        name=row.name,
        region_code=row.region_code,
        region_name=row.region_name,
        level=row.level,
        sector=row.sector,
        agency_id=None,
        states=row.states,
        is_government=not row.is_department,
    )


def _fits(
    table: type[AgencyRow] | type[ReporterRow], place: Place
) -> Iterator[ColumnElement[bool]]:
    if place.regions:
        inside = [_inside(table, one, place.below) for one in place.regions]
        yield or_(*inside)
    if place.sectors:
        yield table.sector.in_(place.sectors)
    if place.levels:
        yield table.level.in_(place.levels)


def _inside(
    table: type[AgencyRow] | type[ReporterRow], code: str, below: bool
) -> ColumnElement[bool]:
    if not below:
        return table.region_code == code
    return table.region_code.between(*_span(code))


def _span(code: str) -> tuple[str, str]:
    """The first and the last code of a place with all below it: codes are read in
    pairs, 510000 stands for all of 51.
    """
    digits = code.removesuffix("00").removesuffix("00")
    # 000000 is no place: all of the country.
    digits = digits.removesuffix("00")
    return digits.ljust(6, "0"), digits.ljust(6, "9")


def _order(one: Chosen) -> tuple[str, bool, str, str]:
    return one.order


def _parts(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """As many at once as a question takes."""
    for at in range(0, len(values), AT_ONCE):
        yield values[at : at + AT_ONCE]

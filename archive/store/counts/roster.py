"""The bodies that are expected to report: governments of all divisions, the agencies of
the archive, and whoever a source is named after.

A government and its office (政府办公室) are one: either publishes the report of both.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import BigInteger, cast, func, literal, select
from sqlalchemy.orm import Session

from archive.catalogue import COVERED_SINCE, Level, is_governments_office
from archive.regions import (
    Government,
    agency_key,
    government_at,
    governments,
    identify,
    is_of_samples,
    region_path,
    successors,
    years_of_place,
)
from archive.report import Agency
from archive.store.counts.named import Obstacle
from archive.store.rows import AgencyRow, FilingRow

_GOVERNED = frozenset([Level.PROVINCE, Level.PREFECTURE, Level.COUNTY])
OF_GOVERNMENTS = "政府"
"""Their sector."""
_MOST_YEARS = 40
"""Years that fit into the number which holds the years of an agency, a bit each."""


@dataclass(slots=True)
class Expected:
    """A body that is expected to report, with what is known of it."""

    key: str
    name: str
    region_code: str
    region_name: str
    level: str
    sector: str
    is_government: bool
    first: int
    last: int | None
    """None where it is still there, as far as is known."""
    is_of_division: bool = False
    """Whether the divisions tell its years; else the reports do."""
    agency_key: str = ""
    """The address of its agency in the archive; empty where it has none."""
    agency_ids: list[int] = field(default_factory=list)
    held: int = 0
    """The years of its reports: bit 0 is COVERED_SINCE."""
    sources: set[int] = field(default_factory=set)
    own: dict[int, Obstacle] = field(default_factory=dict)
    """Year → what keeps us from that report, which was named somewhere."""

    def holds(self, year: int) -> bool:
        """Whether its report for that year is here."""
        return bool(self.held >> (year - COVERED_SINCE) & 1)

    @property
    def last_held(self) -> int:
        """The last year held; 0 where none is."""
        if not self.held:
            return 0
        return COVERED_SINCE + self.held.bit_length() - 1

    @property
    def first_held(self) -> int:
        """The first year held; 0 where none is."""
        if not self.held:
            return 0
        lowest = self.held & -self.held
        return COVERED_SINCE + lowest.bit_length() - 1


class Roster:
    """All bodies, found by the address, the agency, or the name that somebody gave."""

    def __init__(self) -> None:
        self.by_key: dict[str, Expected] = {}
        self.of_agency: dict[int, Expected] = {}
        self.of_name: dict[str, Expected] = {}
        """The name that a source has been given → whom it means."""
        self._by_name: dict[str, list[Expected]] = {}
        self._by_place: dict[tuple[str, str], Expected] = {}

    def add(self, body: Expected, names: Iterable[str] = ()) -> Expected:
        """Takes in a body under its name, and under others that it goes by."""
        self.by_key[body.key] = body
        for name in {body.name, *names}:
            self._by_name.setdefault(name, []).append(body)
            self._by_place[name, body.region_code] = body
        return body

    def named(self, name: str, source_id: int | None) -> Expected | None:
        """The one body of that name; of several the one that this source gives.

        None where that is open: 市中区人民政府 are five.
        """
        found = self._by_name.get(name, [])
        if len(found) > 1:
            found = [one for one in found if source_id in one.sources]
        if len(found) == 1:
            return found[0]
        return None

    def at(self, name: str, region_code: str) -> Expected | None:
        """The body of that name in that division."""
        return self._by_place.get((name, region_code))


class _Filed(NamedTuple):
    """An agency of the archive and its years, a bit each."""

    id: int
    key: str
    name: str
    region_code: str
    region_name: str
    level: str
    sector: str
    is_government: bool
    held: int


def roster(session: Session, newest: int, named: Mapping[str, int]) -> Roster:
    """Everybody who is expected to report up to the year `newest`.

    `named`: the bodies that sources are named after, each with the first year for which
    a report of it is expected, as far as no report tells.
    """
    found = Roster()
    filed = list(_filed(session, newest))
    codes = {one.region_code for one in filed}
    for name in named:
        agency = identified(name)
        if agency is not None and agency.region is not None:
            codes.add(agency.region.code)
    _add_governments(found, has_samples=any(map(is_of_samples, codes)))
    for one in filed:
        _add_agency(found, one, newest)
    for name, first in sorted(named.items()):
        _add_named(found, name, first)
    _end_the_renamed(found)
    return found


@lru_cache(10_000)
def identified(name: str) -> Agency | None:
    """Who a name is; None for what names nobody."""
    agency = identify(name, None)
    is_somebody = agency.region is not None or bool(agency.sector)
    return agency if is_somebody else None


def _filed(session: Session, newest: int) -> Iterable[_Filed]:
    bit = cast(literal(1), BigInteger).op("<<")(FilingRow.year - COVERED_SINCE)
    last = min(newest, COVERED_SINCE + _MOST_YEARS)
    years = (
        select(FilingRow.agency_id, cast(func.sum(bit), BigInteger).label("held"))
        .where(FilingRow.year.between(COVERED_SINCE, last))
        .group_by(FilingRow.agency_id)
        .subquery()
    )
    question = select(
        AgencyRow.id,
        AgencyRow.key,
        AgencyRow.name,
        AgencyRow.region_code,
        AgencyRow.region_name,
        AgencyRow.level,
        AgencyRow.sector,
        AgencyRow.is_government,
        func.coalesce(years.c.held, 0),
    ).outerjoin(years, years.c.agency_id == AgencyRow.id)
    for row in session.execute(question.order_by(AgencyRow.id)):
        yield _Filed._make(row)


def _add_governments(found: Roster, *, has_samples: bool) -> None:
    """The governments of all divisions; invented ones where there are such reports."""
    for one in governments():
        if has_samples or not is_of_samples(one.region_code):
            found.add(of_division(one))


def of_division(government: Government) -> Expected:
    """A government of a division, of which nothing else is known yet."""
    return Expected(
        **government._asdict(),
        sector=OF_GOVERNMENTS,
        is_government=True,
        is_of_division=True,
    )


def _add_agency(found: Roster, agency: _Filed, newest: int) -> None:
    """An agency of the archive: a government's, a township's, or a body of its own."""
    speaks = agency.is_government or is_governments_office(agency.name)
    place = (agency.name, agency.region_code, agency.level)
    body = _government_of(found, *place) if speaks else None
    if body is None:
        body = _of_its_own(found, agency, newest)
    if agency.is_government or not body.agency_key:
        body.agency_key = agency.key
    body.agency_ids.append(agency.id)
    body.held |= agency.held
    if not body.is_of_division:
        # Nothing tells since when a department is there but its first report.
        body.first = body.first_held or body.first
    if body.held and body.last is not None:
        body.last = max(body.last, body.last_held)
    found.of_agency[agency.id] = body


def _government_of(
    found: Roster, name: str, region_code: str, level: str
) -> Expected | None:
    """The government of a body's division, where the body is of that level itself."""
    government = government_at(region_code, name)
    if government is None or government.level != level:
        return None
    return found.by_key.get(government.key)


def _of_its_own(found: Roster, agency: _Filed, newest: int) -> Expected:
    """A body under its own name; a township's office under that of the township."""
    name = _town_of(agency.name) if agency.level == Level.TOWNSHIP else agency.name
    known = found.at(name, agency.region_code)
    if known is not None and not known.is_of_division:
        return known
    _, last = years_of_place(agency.region_code, agency.name)
    body = Expected(
        key=agency.key,
        name=name,
        region_code=agency.region_code,
        region_name=agency.region_name,
        level=agency.level,
        sector=agency.sector,
        is_government=agency.is_government or name != agency.name,
        first=newest,
        last=last,
    )
    return found.add(body, [agency.name])


def _town_of(name: str) -> str:
    """示例镇人民政府办公室 publishes for 示例镇人民政府; others stay as they are."""
    if not is_governments_office(name):
        return name
    town, government, _ = name.partition("人民政府")
    return f"{town}{government}"


def _add_named(found: Roster, name: str, first: int) -> None:
    """Whoever a source is named after, unless the archive knows that body."""
    agency = identified(name)
    if agency is None:
        return
    code = agency.region.code if agency.region else ""
    body = _known(found, agency, code)
    if body is None:
        key = agency_key(agency)
        if key in found.by_key:
            key = agency_key(agency, apart=True)
        _, last = years_of_place(code, agency.name)
        body = Expected(
            key=key,
            name=agency.name,
            region_code=code,
            region_name=agency.region.name if agency.region else "",
            level=agency.level,
            sector=agency.sector,
            is_government=agency.is_government,
            first=first,
            last=last,
        )
        found.add(body)
    found.of_name[name] = body


def _known(found: Roster, agency: Agency, code: str) -> Expected | None:
    """The body that a source's name means, where it is one of the roster already."""
    if agency.is_government or is_governments_office(agency.name):
        government = _government_of(found, agency.name, code, agency.level)
        if government is not None:
            return government
    return found.at(agency.name, code) or found.at(_without_province(agency), code)


def _without_province(agency: Agency) -> str:
    """The province before a lower place falls away when a report is filed."""
    path = region_path(agency.region.code) if agency.region else ()
    if len(path) < 2:
        return agency.name
    return agency.name.removeprefix(path[0].name)


def _end_the_renamed(found: Roster) -> None:
    """A body is not expected any more since its successor has begun to report.

    Both have reported, the one after the other: a name alone ends nobody.
    """
    for body in list(found.by_key.values()):
        if body.is_of_division or not body.held:
            continue
        for name in successors(body.name):
            after = found.at(name, body.region_code)
            if after is not None and after.first_held > body.last_held:
                body.last = after.first_held - 1

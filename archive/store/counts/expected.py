"""Who should have reported in which years, and what is known of each: counted anew.

All is computed from what the archive holds, beside everything else; written is only
what differs from the last time, so that nobody waits for it.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Column, delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from archive.catalogue import CHINA, duties
from archive.store.counts.named import Named, Obstacle, named
from archive.store.counts.packed import places
from archive.store.counts.roster import Expected, Roster, roster
from archive.store.counts.silent import COUNTED, SILENT, noted
from archive.store.counts.states import newest_year, signs_of
from archive.store.counts.tallies import groups
from archive.store.counts.ways import SourceWay, best_of, come_from, source_ways
from archive.store.database import Store
from archive.store.rows import (
    Base,
    CountRow,
    CoverageCountRow,
    ReporterAgencyRow,
    ReporterRow,
)

_REST = timedelta(seconds=60)
_SHARE = 20
"""Counting is to take at most one part in so many of the time."""
_SIZES = (0, 2, 4)
"""Digits of the places that are counted. Kept are those where anybody has a row."""
_AT_ONCE = 500
_STREAMED = 2_000
_REPORTERS = Base.metadata.tables[ReporterRow.__tablename__]
_AGENCIES = Base.metadata.tables[ReporterAgencyRow.__tablename__]
_COUNTS = Base.metadata.tables[CoverageCountRow.__tablename__]
_COLUMNS = [one for one in _REPORTERS.columns if one.name != "id"]

Row = dict[str, Any]


class Computed:
    """What was computed: the rows as they should be."""

    def __init__(self, session: Session, moment: datetime) -> None:
        today = moment.astimezone(CHINA).date()
        ways = source_ways(session)
        found = roster(session, newest_year(today), _names(ways.values()))
        _add_sources(session, found, ways)
        _add_named(session, found, ways)
        self._today = today
        self.members = {agency: body.key for agency, body in found.of_agency.items()}
        self._bodies = found.by_key
        self._best: dict[str, SourceWay] = {}
        self._signs: dict[str, str] = {}
        usual: dict[tuple[int, int | None], str] = {}
        for key, body in self._bodies.items():
            best = best_of(body.sources, ways)
            if best is not None:
                self._best[key] = best
            way = best.way if best else duties.Way()
            if self._is_silent(body):
                # Governments have one last day: their years alone tell their signs.
                years = (body.first, body.last)
                if years not in usual:
                    usual[years] = signs_of(body, way, today)
                self._signs[key] = usual[years]
            else:
                self._signs[key] = sys.intern(signs_of(body, way, today))
        self.silent = {
            key for key, body in self._bodies.items() if self._is_silent(body)
        }
        self.keys = self._bodies.keys() - self.silent
        """The keys of all bodies that have a row."""
        kept = {
            self._bodies[key].region_code[:size] for key in self.keys for size in _SIZES
        }
        counted = places(groups(self._signed(kept)))
        self.counts = {place: told for place, told in counted.items() if place in kept}

    def _signed(self, kept: Set[str]) -> Iterator[tuple[str, str, str, str]]:
        """Place, level, sector and signs of each body; the place is the smallest one
        that is kept. So what nobody asks for is not counted.
        """
        smallest: dict[str, str] = {}
        for key, body in self._bodies.items():
            code = body.region_code[: max(_SIZES)]
            if code not in smallest:
                around = (code[:size] for size in reversed(_SIZES))
                smallest[code] = next((one for one in around if one in kept), "")
            level = str(body.level)
            yield smallest[code], level, body.sector, self._signs[key]

    def _is_silent(self, body: Expected) -> bool:
        """Whether nothing is known of a body but what the divisions say."""
        is_known = body.agency_ids or body.own or body.key in self._best
        return body.is_of_division and not is_known

    @property
    def note(self) -> Row:
        """The row of counts that says who has no row."""
        return noted(self._today, self.silent)

    def row(self, key: str) -> Row:
        """The row of a body, made when it is wanted: a hundred thousand take room."""
        return _row(self._bodies[key], self._best.get(key), self._signs[key])


def _names(ways: Iterable[SourceWay]) -> dict[str, int]:
    """The names that sources are given, with the first year a report is expected: a
    body that has a source is there in that year, and reports on the one before.
    """
    found: dict[str, int] = {}
    for one in ways:
        first = one.added_at.year - 1
        if one.agency:
            found[one.agency] = min(first, found.get(one.agency, first))
    return found


def _add_sources(
    session: Session, found: Roster, ways: Mapping[int, SourceWay]
) -> None:
    """Notes with each body the sources that would name its reports: the one named after
    it, and those its reports came from.
    """
    for one in ways.values():
        body = found.of_name.get(one.agency)
        if body is not None:
            body.sources.add(one.id)
    for source_id, agency_id in come_from(session, ways):
        found.of_agency[agency_id].sources.add(source_id)


def _add_named(session: Session, found: Roster, ways: Mapping[int, SourceWay]) -> None:
    """Notes with each body which of its reports were named and are not here."""
    for one in named(session):
        obstacle = one.obstacle
        body = _whose(one, found, ways)
        if body is None:
            continue
        year = one.year
        body.own[year] = obstacle
        if obstacle.source_id is not None:
            # A list that names a report of a body would name its others too.
            body.sources.add(obstacle.source_id)
        if not body.is_of_division:
            body.first = min(body.first, year)


def _whose(one: Named, found: Roster, ways: Mapping[int, SourceWay]) -> Expected | None:
    """Whose report a title means: where it names nobody, whom the source is named
    after. None where that is open.
    """
    source_id = one.obstacle.source_id
    source = ways.get(source_id) if source_id is not None else None
    if one.is_of_source and source is not None:
        return found.of_name.get(source.agency)
    return found.named(one.agency, source_id)


def _row(body: Expected, best: SourceWay | None, signs: str) -> Row:
    return {
        "key": body.key,
        "agency_key": body.agency_key,
        "name": body.name,
        "region_code": body.region_code,
        "region_name": body.region_name,
        "level": str(body.level),
        "sector": body.sector,
        "is_department": not body.is_government,
        "first_year": body.first,
        "last_year": body.last,
        "states": signs,
        "source_id": best.id if best else None,
        "looked_at": best.looked_at if best else None,
        "reason": best.reason if best else "",
        "own": {str(year): _own(one) for year, one in sorted(body.own.items())},
    }


def _own(obstacle: Obstacle) -> dict[str, str]:
    return {
        "state": obstacle.state.value,
        "why": obstacle.why,
        "at": obstacle.at.astimezone(UTC).isoformat(),
        "where": obstacle.where,
    }


def count_expected(store: Store, moment: datetime | None = None) -> None:
    """Counts anew who should have reported and what is known of it.

    `moment`: what time it is, by the calendar of the archive.
    """
    moment = moment or datetime.now(UTC)
    started = time.monotonic()
    with store.session() as session:
        computed = Computed(session, moment)
    took = int((time.monotonic() - started) * 1000)
    # Somebody else who counts at this moment comes to the same.
    with suppress(IntegrityError):
        store.write(lambda session: _write(session, computed, took))


def count_expected_if_due(store: Store, moment: datetime | None = None) -> None:
    """The same, unless it was done a moment ago."""
    # How often is a matter of our clocks: a calendar may run a thousand times faster.
    now = datetime.now(UTC)
    with store.session() as session:
        question = select(CountRow).where(CountRow.kind == COUNTED)
        last = session.scalars(question.limit(1)).first()
    if last is not None:
        took = timedelta(milliseconds=last.number)
        due_at = datetime.fromisoformat(last.value) + max(_REST, took * _SHARE)
        if now < due_at:
            return
    count_expected(store, moment)


def _write(session: Session, computed: Computed, took: int) -> None:
    """Makes the rows what they should be, touching those that differ."""
    _write_counts(session, computed.counts)
    _write_reporters(session, computed)
    _write_members(session, computed.members)
    session.execute(delete(CountRow).where(CountRow.kind.in_([COUNTED, SILENT])))
    row = {"kind": COUNTED, "value": datetime.now(UTC).isoformat(), "number": took}
    session.execute(insert(CountRow), [row, computed.note])


def _write_reporters(session: Session, computed: Computed) -> None:
    """Compares row by row, so that never all of them are held twice."""
    known: set[str] = set()
    gone: list[int] = []
    changed: list[Row] = []
    question = select(_REPORTERS.c.id, *_COLUMNS)
    streamed = question.execution_options(yield_per=_STREAMED)
    for number, *values in session.execute(streamed):
        row = {one.name: value for one, value in zip(_COLUMNS, values, strict=True)}
        key = row["key"]
        known.add(key)
        if key not in computed.keys:
            gone.append(number)
        elif (wanted := computed.row(key)) != row:
            changed.append({"id": number, **wanted})
    _delete(session, _REPORTERS.c.id, gone)
    if changed:
        session.execute(update(ReporterRow), changed)
    new = [key for key in computed.keys if key not in known]
    for at in range(0, len(new), _STREAMED):
        rows = [computed.row(key) for key in new[at : at + _STREAMED]]
        session.execute(insert(_REPORTERS), rows)


def _write_members(session: Session, wanted: Mapping[int, str]) -> None:
    numbers = {
        key: number
        for number, key in session.execute(select(_REPORTERS.c.id, _REPORTERS.c.key))
    }
    question = select(_AGENCIES.c.agency_id, _AGENCIES.c.reporter_id)
    known = {one.agency_id: one.reporter_id for one in session.execute(question)}
    should = {agency: numbers[key] for agency, key in wanted.items()}
    old = [one for one in known if known[one] != should.get(one)]
    _delete(session, _AGENCIES.c.agency_id, old)
    new = [
        {"agency_id": agency, "reporter_id": reporter}
        for agency, reporter in should.items()
        if known.get(agency) != reporter
    ]
    if new:
        session.execute(insert(_AGENCIES), new)


def _write_counts(session: Session, wanted: Mapping[str, bytes]) -> None:
    """`wanted`: place → its tallies."""
    rows = session.execute(select(_COUNTS.c.place, _COUNTS.c.told))
    known = {row.place: row.told for row in rows}
    old = [place for place in known if known[place] != wanted.get(place)]
    _delete(session, _COUNTS.c.place, old)
    new = [
        {"place": place, "told": told}
        for place, told in wanted.items()
        if known.get(place) != told
    ]
    if new:
        session.execute(insert(_COUNTS), new)


def _delete(session: Session, key: Column[Any], old: Sequence[Any]) -> None:
    """The rows of a table that have one of these keys."""
    for at in range(0, len(old), _AT_ONCE):
        some = key.in_(old[at : at + _AT_ONCE])
        session.execute(delete(key.table).where(some))

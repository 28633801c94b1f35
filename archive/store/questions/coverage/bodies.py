"""What is known of who should have reported: of a body, of a part of the country, and
the list of what is missing.

All of it was counted before; of a county alone the few bodies are counted here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import islice

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from archive.catalogue import CHINA, COVERED_SINCE, Coverage, duties
from archive.store.counts import LETTERS, Silent, silents, years_told
from archive.store.questions.coverage.in_order import (
    in_order,
    merged,
    rows_before,
    silent_at,
)
from archive.store.rows import ReporterRow, SourceRow

_MISSING = tuple(state for state in Coverage if state not in duties.NOT_MISSING)


@dataclass(frozen=True, slots=True)
class CoverageWish:
    """Which bodies and years are asked for; what is empty does not matter."""

    region: str = ""
    """Six digits of GB/T 2260; 510000 means all of 51."""
    sector: str = ""
    level: str = ""
    year: int | None = None
    state: str = ""
    """A value of Coverage; empty for all that is missing."""

    @property
    def digits(self) -> str:
        """What the codes of its region begin with; empty for the whole country."""
        return self.region.removesuffix("00").removesuffix("00")

    @property
    def states(self) -> tuple[Coverage, ...]:
        """The states that are asked for."""
        if self.state:
            return (Coverage(self.state),)
        return _MISSING


@dataclass(frozen=True, slots=True)
class Body:
    """A body that is expected to report."""

    id: int
    key: str
    """Its public address: its agency's in the archive, else its own."""
    name: str
    region_code: str
    region_name: str
    level: str
    sector: str
    is_government: bool
    first_year: int
    last_year: int | None


@dataclass(frozen=True, slots=True)
class YearState:
    """A year of a body: its state, and what that rests on."""

    year: int
    state: Coverage
    why: str
    """In a sentence; empty for what is held."""
    looked_at: datetime | None
    where: str
    """The source's address, or that of the report which could not be had."""

    @property
    def is_missing(self) -> bool:
        """Whether it is one of the missing."""
        return self.state not in duties.NOT_MISSING


@dataclass(frozen=True, slots=True)
class BodyYears:
    """A body with its years, the oldest first."""

    body: Body
    years: tuple[YearState, ...]


def with_sources() -> Select[ReporterRow, str]:
    """Bodies, each with the address of its source, as `told` takes them."""
    question = select(ReporterRow, SourceRow.url)
    return question.outerjoin(SourceRow, SourceRow.id == ReporterRow.source_id)


def body_at(session: Session, key: str) -> BodyYears | None:
    """The body with this address of its own, whether it has an agency or not."""
    question = with_sources().where(ReporterRow.key == key)
    found = next((told(*row) for row in session.execute(question)), None)
    if found is None and (silent := silents(session).by_key.get(key)):
        return told(silent.row, None)
    return found


def told(row: ReporterRow, url: str | None) -> BodyYears:
    """A body with its years; `url` is its source's."""
    return BodyYears(body(row), _years(row, url))


def bodies_called(
    session: Session, codes: Sequence[str], endings: Sequence[str], most: int = 3
) -> list[BodyYears]:
    """The bodies of a place whose names end so; its government where none are given."""
    fits: ColumnElement[bool] = ReporterRow.is_department.is_(False)
    if endings:
        named = [ReporterRow.name.endswith(one, autoescape=True) for one in endings]
        fits = or_(*named)
    question = (
        with_sources()
        .where(ReporterRow.region_code.in_(codes), fits)
        .order_by(*in_order(session)[1:])
        .limit(most)
    )
    found = [told(*row) for row in session.execute(question)]
    found += [
        told(one.row, None)
        for code in filter(None, codes)
        for one in silent_at(session, code)
        if not endings or one.government.name.endswith(tuple(endings))
    ]
    found.sort(key=lambda one: (not one.body.is_government, one.body.name))
    return found[:most]


def missing(
    session: Session, wish: CoverageWish, page: int = 1, size: int = 50
) -> list[BodyYears]:
    """A page of the bodies with the years that are asked for, in order of place."""
    begin, fits = (page - 1) * size, [*_fits(wish), _has_a_year(wish)]
    silent = _with_such_a_year(_silent(session, wish), wish)
    first = rows_before(session, fits, silent, begin)
    question = with_sources().where(*fits).order_by(*in_order(session))
    rows = session.execute(question.offset(first).limit(size)).all()
    urls = {row.id: url for row, url in rows}
    found = []
    both = merged(silent[begin - first :], (row for row, _ in rows))
    for row in islice(both, size):
        url = urls.get(row.id)
        years = [one for one in _years(row, url) if one.state in wish.states]
        if wish.year:
            years = [one for one in years if one.year == wish.year]
        found.append(BodyYears(body(row), tuple(years)))
    return found


def _fits(wish: CoverageWish) -> list[ColumnElement[bool]]:
    fits: list[ColumnElement[bool]] = []
    if wish.digits:
        begin, end = wish.digits.ljust(6, "0"), wish.digits.ljust(6, "9")
        fits.append(ReporterRow.region_code.between(begin, end))
    if wish.sector:
        fits.append(ReporterRow.sector == wish.sector)
    if wish.level:
        fits.append(ReporterRow.level == wish.level)
    return fits


def _has_a_year(wish: CoverageWish) -> ColumnElement[bool]:
    letters = [LETTERS[state] for state in wish.states]
    if wish.year:
        sign = func.substr(ReporterRow.states, wish.year - COVERED_SINCE + 1, 1)
        return sign.in_(letters)
    return or_(*map(ReporterRow.states.contains, letters))


def _silent(session: Session, wish: CoverageWish) -> Sequence[Silent]:
    """The governments without a row that fit a wish, as `_fits` has it."""
    return silent_at(session, wish.digits, wish.sector, wish.level)


def _with_such_a_year(silent: Sequence[Silent], wish: CoverageWish) -> list[Silent]:
    """Those that have a year that is asked for, as `_has_a_year` has it."""
    letters = {LETTERS[state] for state in wish.states}
    if wish.year:
        return [one for one in silent if one.sign_of(wish.year) in letters]
    # Most have been there in the same years: their signs are few.
    signs = {one.states for one in silent}
    fits = {one for one in signs if not letters.isdisjoint(one)}
    return [one for one in silent if one.states in fits]


def without_report(
    session: Session, wish: CoverageWish, name: str, most: int
) -> list[Body]:
    """Bodies that the archive has no report of, for a list of agencies."""
    fits = _fits(wish)
    if name:
        fits.append(ReporterRow.name.contains(name, autoescape=True))
    question = (
        select(ReporterRow)
        .where(ReporterRow.agency_key == "", *fits)
        .order_by(*in_order(session))
        .limit(most)
    )
    silent = [one for one in _silent(session, wish) if name in one.government.name]
    both = merged(silent, session.scalars(question))
    return [body(row) for row in islice(both, most)]


def signs_below(
    session: Session, wish: CoverageWish, prefixes: Sequence[str]
) -> list[tuple[str, str, str, str]]:
    """Code, level, sector and signs of the bodies whose codes begin so: of a few
    prefectures or one county.
    """
    spans = [
        ReporterRow.region_code.between(one.ljust(6, "0"), one.ljust(6, "9"))
        for one in prefixes
    ]
    asked = _fits(replace(wish, region=""))
    question = select(
        ReporterRow.region_code,
        ReporterRow.level,
        ReporterRow.sector,
        ReporterRow.states,
    ).where(or_(*spans), *asked)
    found = [(code, a, b, signs) for code, a, b, signs in session.execute(question)]
    for prefix in prefixes:
        for one in silent_at(session, prefix, wish.sector, wish.level):
            code, level = one.government.region_code, str(one.government.level)
            found.append((code, level, one.sector, one.states))
    return found


def body(row: ReporterRow) -> Body:
    """A body as pages show it."""
    return Body(
        id=row.id,
        key=row.agency_key or row.key,
        name=row.name,
        region_code=row.region_code,
        region_name=row.region_name,
        level=row.level,
        sector=row.sector,
        is_government=not row.is_department,
        first_year=row.first_year,
        last_year=row.last_year,
    )


def _years(row: ReporterRow, url: str | None) -> tuple[YearState, ...]:
    states = years_told(row.states).items()
    return tuple(_year(row, url or "", year, state) for year, state in states)


def _year(row: ReporterRow, url: str, year: int, state: Coverage) -> YearState:
    # Most years of most bodies that anybody looks at; nothing is to be said of them.
    if state is Coverage.HELD:
        return YearState(year, state, "", None, "")
    looked_at, told, where = row.looked_at, row.reason, url
    own = row.own.get(str(year))
    if own is not None and own["state"] == state:
        looked_at = datetime.fromisoformat(own["at"])
        told, where = own["why"], own["where"]
    if state in duties.NOT_MISSING:
        looked_at, told, where = None, "", ""
    rest = duties.Rest(
        state=state,
        year=year,
        first=row.first_year,
        last=row.last_year,
        due_on=_due_on(row, year),
        looked_on=looked_at.astimezone(CHINA).date() if looked_at else None,
        why=told,
    )
    return YearState(year, state, duties.why(rest), looked_at, where)


def _due_on(row: ReporterRow, year: int) -> date:
    is_government = not row.is_department
    return duties.last_day(year, row.name, row.level, is_government=is_government)

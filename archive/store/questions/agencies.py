"""What the pages ask about agencies. Plain data goes out, never rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session

from archive.catalogue import GLANCE, YEARLY
from archive.store.database import plain_rows
from archive.store.figures import AT_ONCE, key_figures
from archive.store.questions.cards import (
    AGENCY,
    AgencyCard,
    Card,
    CardQuestion,
    agency_card,
    card_question,
    cards_of,
)
from archive.store.rows import AgencyRow, FilingRow, VersionRow, among

_KEYS = tuple(dict.fromkeys((*YEARLY, *GLANCE)))


@dataclass(frozen=True, slots=True)
class YearFigures:
    """A year of an agency: its current report, and the key figures of it."""

    card: Card
    figures: dict[str, int | Decimal | None]


class Within(NamedTuple):
    """A place whose agencies are asked for."""

    code: str
    not_of: tuple[str, ...] = ()
    """Levels of which none are, for those of the place itself alone."""


@dataclass(frozen=True, slots=True)
class AgencyWish:
    """Which agencies are asked for; empty means all."""

    name: str = ""
    """Part of the name."""
    region: str = ""
    """A code of GB/T 2260; `510000` means all of 51."""
    sector: str = ""
    level: str = ""
    words: tuple[str, ...] | None = None
    """What the name must have, each of them, where `name` was understood; None: the
    name as it stands.
    """
    places: tuple[Within, ...] = ()
    """The places that `name` means, any of which will do."""
    written: tuple[str, ...] = ()
    """How these places are written in `name`; agencies whose place is open may be
    called so.
    """
    endings: tuple[str, ...] = ()
    """What the name may end in, for the kinds of agencies that `name` means."""
    parts: tuple[str, ...] = ()
    """What it must have besides, any of these: 街道 for 街道办事处."""
    levels: tuple[str, ...] = ()
    """The level that is named for the place: 市 of 市政府; any of these."""
    sectors: tuple[str, ...] = ()
    """The sector that `name` means: 教育 of 教育部门; any of these."""
    ruled_out: tuple[AgencyWish, ...] = ()
    """Which are not asked for, by their places, endings and parts."""

    @property
    def is_narrow(self) -> bool:
        """Whether anything is asked for at all."""
        return any((self.name, self.region, self.sector, self.level))


def agency_years(
    session: Session, key: str
) -> tuple[AgencyCard, list[YearFigures]] | None:
    """An agency and its current reports, oldest first, with key figures; or None."""
    called_so = plain_rows(session, _called_so(), {"key": key})
    if not called_so:
        return None
    row = called_so[0]
    found = cards_of(session, _years_of(), agency=row.id)
    figures = key_figures(session, [card.version_id for card in found], _KEYS)
    years = [YearFigures(card, figures[card.version_id]) for card in found]
    filed = None
    if found:
        filed = _FiledYears(len(found), found[0].year, found[-1].year)
    return _with(filed, agency_card(row)), years


@cache
def _called_so() -> Select[*tuple[Any, ...]]:
    """The agency with a key, as a card begins, and its number."""
    return select(*AGENCY, AgencyRow.id).where(AgencyRow.key == bindparam("key"))


@cache
def _years_of() -> CardQuestion:
    """The current reports of an agency, the oldest first."""
    return (
        card_question()
        .where(FilingRow.agency_id == bindparam("agency"))
        .where(VersionRow.current)
        .order_by(FilingRow.year)
    )


def agency_of(session: Session, key: str) -> AgencyCard | None:
    """An agency of the archive by itself; None where there is none."""
    row = session.execute(select(*AGENCY).where(AgencyRow.key == key)).one_or_none()
    return agency_card(row) if row is not None else None


def agencies(
    session: Session, wish: AgencyWish, page: int = 1, size: int = 50
) -> tuple[int, list[AgencyCard]]:
    """How many agencies fit, and a page of them by region and name."""
    ((total,),) = plain_rows(session, _how_many(wish))
    asked = {"before": (page - 1) * size, "most": size}
    found = plain_rows(session, _page(wish), asked)
    filed = _filed(session, [row.id for row in found])
    return total, [_with(filed.get(row.id), agency_card(row)) for row in found]


# The same few places and sectors are looked at by everybody.
@lru_cache(100)
def _how_many(wish: AgencyWish) -> Select[int]:
    """The number of agencies that fit."""
    return select(func.count()).select_from(AgencyRow).where(*_fits(wish))


@lru_cache(100)
def _page(wish: AgencyWish) -> Select[*tuple[Any, ...]]:
    """A part of those that fit, as cards begin, with their numbers."""
    return (
        select(*AGENCY, AgencyRow.id)
        .where(*_fits(wish))
        .order_by(*_ORDER)
        .offset(bindparam("before"))
        .limit(bindparam("most"))
    )


# A place's government stands before its departments.
_ORDER = (AgencyRow.region_code, AgencyRow.is_government.desc(), AgencyRow.name)


def ids(session: Session, wish: AgencyWish) -> list[int]:
    """All agencies that fit, in the order of the list, as their numbers."""
    question = select(AgencyRow.id).where(*_fits(wish)).order_by(*_ORDER)
    return list(session.scalars(question))


def of_ids(session: Session, agency_ids: Sequence[int]) -> list[tuple[int, AgencyCard]]:
    """Some hundred agencies with what is filed of them, in the order given."""
    question = select(*AGENCY, AgencyRow.id).where(AgencyRow.id.in_(agency_ids))
    found = {row.id: agency_card(row) for row in session.execute(question)}
    filed = _filed(session, agency_ids)
    return [
        (one, _with(filed.get(one), found[one])) for one in agency_ids if one in found
    ]


def texts_of(
    session: Session, agency_ids: Sequence[int], year: int | None = None
) -> dict[int, int]:
    """Agency → its current text of a year, or of its newest year where none is given;
    those without one are left out.
    """
    question = (
        select(FilingRow.agency_id, VersionRow.id)
        .join(VersionRow, VersionRow.filing_id == FilingRow.id)
        .where(FilingRow.agency_id.in_(agency_ids), VersionRow.current)
        # The newest stays.
        .order_by(FilingRow.year)
    )
    if year is not None:
        question = question.where(FilingRow.year == year)
    return {row[0]: row[1] for row in session.execute(question)}


class _FiledYears(NamedTuple):
    """How many reports an agency has, and their first and last year."""

    reports: int
    first: int
    last: int


def _with(filed: _FiledYears | None, card: AgencyCard) -> AgencyCard:
    """A card with what is filed of its agency; as it is where that is nothing."""
    if filed is None:
        return card
    return card._replace(
        reports=filed.reports, first_year=filed.first, last_year=filed.last
    )


def _filed(session: Session, agency_ids: Sequence[int]) -> dict[int, _FiledYears]:
    """Agency → what is filed of it, for those that have any report.

    Asked for the agencies of a page: counting all of them would take longer the more
    there are.
    """
    filed: dict[int, _FiledYears] = {}
    for start in range(0, len(agency_ids), AT_ONCE):
        asked = {"ids": agency_ids[start : start + AT_ONCE]}
        for agency_id, reports, first, last in plain_rows(session, _spans(), asked):
            filed[agency_id] = _FiledYears(reports, first, last)
    return filed


@cache
def _spans() -> Select[int, int, int, int]:
    """Agency, how many reports of it are filed, its first and last year."""
    year = FilingRow.year
    return (
        select(FilingRow.agency_id, func.count(), func.min(year), func.max(year))
        .where(among(FilingRow.agency_id, "ids"))
        .group_by(FilingRow.agency_id)
    )


def _fits(wish: AgencyWish) -> list[ColumnElement[bool]]:
    """What must be true of an agency that is asked for; nothing where all are.

    All of it must hold, as the fields of the form on the page are filled in together.
    """
    fits: list[ColumnElement[bool]] = []
    fits += _called(wish)
    for one in wish.ruled_out:
        # Of an agency whose place is open nothing is known to be true.
        fits.append(~func.coalesce(and_(*_of_kind(one)), False))
    if wish.region:
        fits.append(_is_inside(wish.region))
    if wish.sector:
        fits.append(AgencyRow.sector == wish.sector)
    if wish.level:
        fits.append(AgencyRow.level == wish.level)
    return fits


def _called(wish: AgencyWish) -> list[ColumnElement[bool]]:
    """What must be true of an agency that is so called; nothing where none is named."""
    words = wish.words
    if words is None:
        words = (wish.name,) if wish.name else ()
    return [*map(_has, words), *_of_kind(wish)]


def _of_kind(wish: AgencyWish) -> list[ColumnElement[bool]]:
    """What must be true of an agency of the places and kinds that are meant."""
    has: list[ColumnElement[bool]] = []
    if wish.places:
        has.append(or_(*map(_is_of, wish.places), *map(_is_open, wish.written)))
    if wish.parts:
        has.append(or_(*map(_has, wish.parts)))
    if wish.endings:
        ends = [AgencyRow.name.endswith(one, autoescape=True) for one in wish.endings]
        has.append(or_(*ends))
    if wish.levels:
        has.append(AgencyRow.level.in_(wish.levels))
    if wish.sectors:
        has.append(AgencyRow.sector.in_(wish.sectors))
    return has


def _is_of(place: Within) -> ColumnElement[bool]:
    """Whether an agency is of a place, or of what lies in it as far as that counts."""
    return and_(_is_inside(place.code), AgencyRow.level.not_in(place.not_of))


def _is_open(written: str) -> ColumnElement[bool]:
    """Whether an agency whose place is not known is called so."""
    return and_(AgencyRow.region_code == "", _has(written))


def _has(word: str) -> ColumnElement[bool]:
    """Whether an agency's name has a word."""
    return AgencyRow.name.contains(word, autoescape=True)


def _is_inside(code: str) -> ColumnElement[bool]:
    """Whether an agency is of a division, or of one within it."""
    # Codes are read in pairs: province, prefecture, county; 00 stands for all.
    inside = code.removesuffix("00").removesuffix("00")
    # A span is looked up in the index; a beginning would be looked for in all codes.
    return AgencyRow.region_code.between(inside, inside.ljust(6, "9"))

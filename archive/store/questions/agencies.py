"""What the pages ask about agencies. Plain data goes out, never rows."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from archive.catalogue import GLANCE, YEARLY
from archive.store.figures import key_figures
from archive.store.questions.cards import (
    AgencyCard,
    Card,
    agency_card,
    card_question,
    cards_of,
)
from archive.store.rows import AgencyRow, FilingRow, VersionRow

_KEYS = tuple(dict.fromkeys((*YEARLY, *GLANCE)))


@dataclass(frozen=True, slots=True)
class YearFigures:
    """A year of an agency: its current report, and the key figures of it."""

    card: Card
    figures: dict[str, int | Decimal | None]


@dataclass(frozen=True, slots=True)
class AgencyWish:
    """Which agencies are asked for; empty means all."""

    name: str = ""
    """Part of the name."""
    region: str = ""
    """A code of GB/T 2260; `510000` means all of 51."""
    sector: str = ""
    level: str = ""

    @property
    def is_narrow(self) -> bool:
        """Whether anything is asked for at all."""
        return bool(self.name or self.region or self.sector or self.level)


def agency_years(
    session: Session, key: str
) -> tuple[AgencyCard, list[YearFigures]] | None:
    """An agency and its current reports, oldest first, with key figures; or None."""
    row = session.scalar(select(AgencyRow).where(AgencyRow.key == key))
    if row is None:
        return None
    question = (
        card_question()
        .where(AgencyRow.id == row.id, VersionRow.current)
        .order_by(FilingRow.year)
    )
    found = cards_of(session, question)
    figures = key_figures(session, [card.version_id for card in found], _KEYS)
    years = [YearFigures(card, figures[card.version_id]) for card in found]
    first, last = (found[0].year, found[-1].year) if found else (0, 0)
    return agency_card(row, len(years), first, last), years


def agencies(
    session: Session, wish: AgencyWish, page: int = 1, size: int = 50
) -> tuple[int, list[AgencyCard]]:
    """How many agencies fit, and a page of them by region and name."""
    fits = _fits(wish)
    total = session.scalar(select(func.count()).select_from(AgencyRow).where(*fits))
    question = (
        select(
            AgencyRow,
            func.count(FilingRow.id),
            func.min(FilingRow.year),
            func.max(FilingRow.year),
        )
        .outerjoin(FilingRow)
        .where(*fits)
        .group_by(AgencyRow.id)
        # A place's government stands before its departments.
        .order_by(AgencyRow.region_code, AgencyRow.is_government.desc(), AgencyRow.name)
        .offset((page - 1) * size)
        .limit(size)
    )
    return total or 0, [agency_card(*found) for found in session.execute(question)]


def _fits(wish: AgencyWish) -> list[ColumnElement[bool]]:
    fits: list[ColumnElement[bool]] = []
    if wish.name:
        fits.append(AgencyRow.name.contains(wish.name, autoescape=True))
    if wish.region:
        # Codes are read in pairs: province, prefecture, county; 00 stands for all.
        inside = wish.region.removesuffix("00").removesuffix("00")
        fits.append(AgencyRow.region_code.startswith(inside, autoescape=True))
    if wish.sector:
        fits.append(AgencyRow.sector == wish.sector)
    if wish.level:
        fits.append(AgencyRow.level == wish.level)
    return fits

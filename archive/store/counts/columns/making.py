"""From the typed tables to the columns of a year.

A body with two reports of a year, a government's and its office's, counts once: the
government's stands for both.
"""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Select
from sqlalchemy.orm import Session

from archive.catalogue import Status
from archive.store.counts.columns.filling import (
    current,
    empty,
    scopes_of,
    take_claims,
    take_doubts,
    take_table,
)
from archive.store.counts.columns.shapes import (
    BODIES,
    LEVEL_PLACES,
    Bodies,
    Numbers,
    State,
    States,
    parts,
)
from archive.store.rows import (
    FIGURE_TABLES,
    HEDGED,
    UNREAD,
    AgencyRow,
    FilingRow,
    ReporterAgencyRow,
    ReporterRow,
    VersionRow,
)

_LARGEST = 10**12
"""Greater amounts are no number of a report, and not counted."""
_STATES = {
    HEDGED: State.ABOUT,
    UNREAD: State.IN_DOUBT,
    Status.EXACT: State.EXACT,
    Status.INFERRED: State.INFERRED,
    Status.MISSING: State.MISSING,
    Status.CONFLICT: State.IN_DOUBT,
}
Columns = tuple[Numbers, States]
"""A row a figure, a place a report."""


def made(session: Session, year: int) -> dict[str, list[NDArray[Any]]]:
    """The parts of a year, each as the arrays that are kept."""
    rows = _one_a_body(session.execute(_bodies(year)).all())
    at = {row.version: place for place, row in enumerate(rows)}
    figures = {part: empty(part, len(rows)) for part in parts()}
    for name in FIGURE_TABLES:
        take_table(session, year, name, figures, at)
    stated = take_claims(session, year, figures, at)
    take_doubts(session, year, figures, at)
    scopes = scopes_of(stated, figures, len(rows))
    found: dict[str, list[NDArray[Any]]] = {BODIES: _as_arrays(_told(rows, scopes))}
    for part, (numbers, states) in figures.items():
        found[part] = [numbers, states]
    return found


# ---- whose ----------------------------------------------------------------------


def _bodies(year: int) -> Select[*tuple[Any, ...]]:
    question = current(
        VersionRow.id.label("version"),
        VersionRow.form,
        AgencyRow.id.label("agency"),
        AgencyRow.region_code,
        AgencyRow.level,
        AgencyRow.sector,
        AgencyRow.is_government,
        ReporterRow.id.label("reporter"),
        ReporterRow.is_department,
        ReporterRow.region_code.label("region_of_body"),
        ReporterRow.level.label("level_of_body"),
        ReporterRow.sector.label("sector_of_body"),
    )
    return (
        question.join(AgencyRow, AgencyRow.id == FilingRow.agency_id)
        .outerjoin(ReporterAgencyRow, ReporterAgencyRow.agency_id == AgencyRow.id)
        .outerjoin(ReporterRow, ReporterRow.id == ReporterAgencyRow.reporter_id)
        .where(FilingRow.year == year)
        .order_by(VersionRow.id)
    )


def _one_a_body(rows: Any) -> list[Any]:
    """A row a body; the government's before that of its office."""
    kept: dict[tuple[str, int], Any] = {}
    for row in rows:
        whose = ("body", row.reporter) if row.reporter else ("agency", row.agency)
        known = kept.get(whose)
        if known is None or (row.is_government and not known.is_government):
            kept[whose] = row
    return sorted(kept.values(), key=lambda row: row.version)


def _told(rows: list[Any], scopes: Numbers) -> Bodies:
    return Bodies(
        versions=_column(rows, attrgetter("version"), np.int64),
        agencies=_column(rows, attrgetter("agency"), np.int64),
        reporters=_column(rows, _reporter, np.int64),
        regions=_column(rows, _region, np.int64),
        levels=_column(rows, _level, np.int64),
        sectors=_column(rows, _sector, np.str_),
        departments=_column(rows, _is_department, np.bool_),
        forms=_column(rows, attrgetter("form"), np.str_),
        scopes=scopes,
    )


def _column(rows: list[Any], read: Callable[[Any], Any], kind: Any) -> NDArray[Any]:
    """What is read of each row, in their order."""
    return np.array(list(map(read, rows)), dtype=kind)


def _of_body(row: Any, of_body: str, of_agency: str) -> str:
    """What counts for coverage counts here: the body's, else that of its agency."""
    mapping = row._mapping
    told = mapping[f"{of_body}_of_body"]
    return str(told if told is not None else mapping[of_agency])


def _is_department(row: Any) -> bool:
    if row.is_department is None:
        return not row.is_government
    return bool(row.is_department)


def _reporter(row: Any) -> int:
    return row.reporter or 0


def _region(row: Any) -> int:
    code = _of_body(row, "region", "region_code")
    is_number = code.isascii() and code.isdigit()
    return int(code) if is_number else 0


def _level(row: Any) -> int:
    level = _of_body(row, "level", "level")
    return LEVEL_PLACES.index(level) if level in LEVEL_PLACES else 0


def _sector(row: Any) -> str:
    return _of_body(row, "sector", "sector")


def _as_arrays(bodies: Bodies) -> list[NDArray[Any]]:
    return [getattr(bodies, name) for name in Bodies.__slots__]

"""The figures of a year out of the typed tables, and what is doubtful of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from archive.catalogue import FIGURES, ClaimScope, Status
from archive.store.counts.columns.shapes import (
    SCOPE_PLACES,
    SURE,
    Numbers,
    State,
    States,
    columns_of_part,
    part_of,
    scale_of,
)
from archive.store.counts.columns.whose import SAME_AS, Stated, scope_of_tables
from archive.store.rows import (
    ALL_KEYS,
    FIGURE_TABLES,
    HEDGED,
    TOLD_APART_BY,
    UNREAD,
    ClaimRow,
    FilingRow,
    UnsureRow,
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


def current(*columns: Any) -> Select[*tuple[Any, ...]]:
    """Columns of the current versions, beside their filings."""
    return (
        select(*columns)
        .select_from(VersionRow)
        .join(FilingRow, FilingRow.id == VersionRow.filing_id)
        .where(VersionRow.current)
    )


def _one_by_one(session: Session, question: Select[*tuple[Any, ...]]) -> Iterable[Any]:
    """Plain rows, which cost half of what the ORM's do; never all at once, since a year
    has hundreds of thousands.
    """
    return session.connection().execute(question)


def empty(part: str, size: int) -> Columns:
    """Nothing is known as yet."""
    shape = len(columns_of_part(part)), size
    numbers = np.zeros(shape, dtype=np.int64)
    return numbers, np.full(shape, State.MISSING, dtype=np.uint8)


def take_table(
    session: Session,
    year: int,
    name: str,
    figures: Mapping[str, Columns],
    at: Mapping[int, int],
) -> None:
    """Takes in a typed table. `at`: version → its place."""
    table = FIGURE_TABLES[name]
    apart = TOLD_APART_BY.get(name)
    columns = [one for one in table.c if one.name not in ("version_id", apart)]
    told_apart = [table.c[apart]] if apart else []
    question = current(table.c.version_id, *told_apart, *columns)
    question = question.join(table, table.c.version_id == VersionRow.id)
    by_part: dict[str, tuple[list[int], list[Any]]] = {}
    begin = 1 + len(told_apart)
    for row in _one_by_one(session, question.where(FilingRow.year == year)):
        if row[0] in at:
            part = f"{name}.{row[1]}" if apart else name
            places, numbers = by_part.setdefault(part, ([], []))
            places.append(at[row[0]])
            numbers.append(row[begin:])
    order = {one.name: place for place, one in enumerate(columns)}
    for part, (places, numbers) in by_part.items():
        if part in figures:
            _fill(part, figures[part], np.array(places), _array(numbers, part), order)


def _array(rows: list[Any], part: str) -> NDArray[np.float64]:
    """Numbers, NaN for what is not there; amounts as millionths."""
    if scale_of(part) == 1:
        return np.array(rows, dtype=np.float64)
    exact = [[_millionths(one) for one in row] for row in rows]
    return np.array(exact, dtype=np.float64)


def _millionths(value: Decimal | None) -> float | None:
    """None for what is not there, and for what doubles do not hold exactly."""
    if value is None or abs(value) > _LARGEST:
        return None
    scaled = int(Decimal(value).scaleb(6))
    return float(scaled) if abs(scaled) <= 2**53 else None


def _fill(
    part: str,
    columns: Columns,
    places: NDArray[np.int64],
    table: NDArray[np.float64],
    order: Mapping[str, int],
) -> None:
    numbers, states = columns
    for key, row in columns_of_part(part).items():
        stored = FIGURES[key].stored
        assert stored
        column = table[:, order[stored.column]]
        is_there = ~np.isnan(column)
        numbers[row, places[is_there]] = column[is_there].astype(np.int64)
        states[row, places[is_there]] = State.EXACT


_Claim = tuple[int, str, Decimal, str]
"""The place of its report, key, value and scope."""


def take_claims(
    session: Session,
    year: int,
    figures: Mapping[str, Columns],
    at: Mapping[int, int],
) -> list[_Claim]:
    """Takes in what the texts state; returns what says whose its numbers are."""
    numbers, states = figures[ClaimRow.__tablename__]
    rows = columns_of_part(ClaimRow.__tablename__)
    asked = (ClaimRow.version_id, ClaimRow.key, ClaimRow.value, ClaimRow.scope)
    question = current(*asked).join(ClaimRow, ClaimRow.version_id == VersionRow.id)
    found: list[_Claim] = []
    for version, key, value, scope in _one_by_one(
        session, question.where(FilingRow.year == year)
    ):
        amount = _millionths(value)
        if version not in at or key not in rows or amount is None:
            continue
        place = at[version]
        numbers[rows[key], place] = int(amount)
        states[rows[key], place] = State.EXACT
        if scope and key in SAME_AS and value == int(value):
            found.append((place, key, value, scope))
    return found


def take_doubts(
    session: Session,
    year: int,
    figures: Mapping[str, Columns],
    at: Mapping[int, int],
) -> None:
    """Numbers that are there, and not for sure."""
    asked = (UnsureRow.version_id, UnsureRow.key, UnsureRow.status)
    question = current(*asked).join(UnsureRow, UnsureRow.version_id == VersionRow.id)
    of_year = question.where(FilingRow.year == year)
    # What is said of all of a version comes first: of a figure alone more is known.
    for version, key, status in _one_by_one(session, of_year.order_by(UnsureRow.key)):
        if version not in at:
            continue
        place, state = at[version], _STATES.get(status, State.IN_DOUBT)
        for states, row in _places(figures, key):
            # A number that no column took is missing, however it came about.
            is_there = states[row, place] != State.MISSING
            states[row, place] = np.where(is_there, state, _without(state))


def _without(state: State) -> State:
    """The state of a number that is doubtful and not kept."""
    return state if state > SURE else State.MISSING


def _places(
    figures: Mapping[str, Columns], key: str
) -> Iterator[tuple[States, int | slice]]:
    """Where a key is kept; everywhere for what is said of all of a version."""
    if key == ALL_KEYS:
        for _, states in figures.values():
            yield states, slice(None)
        return
    record = FIGURES.get(key)
    if record is not None and record.stored:
        part = part_of(record)
        yield figures[part][1], columns_of_part(part)[key]


class _Cell(NamedTuple):
    """The arrays of a figure."""

    numbers: Numbers
    states: States

    def at(self, place: int) -> int | None:
        """The number of a report, if it is sure."""
        if self.states[place] > SURE:
            return None
        return int(self.numbers[place])


def scopes_of(
    stated: list[_Claim], figures: Mapping[str, Columns], size: int
) -> Numbers:
    """Whose the tables of each report are, as a place in SCOPE_PLACES."""
    cells: dict[str, _Cell] = {}
    for key in dict.fromkeys(one for several in SAME_AS.values() for one in several):
        part = part_of(FIGURES[key])
        row = columns_of_part(part)[key]
        numbers, states = figures[part]
        cells[key] = _Cell(numbers[row], states[row])
    of_report: dict[int, list[Stated]] = {}
    _, sure = figures[ClaimRow.__tablename__]
    rows = columns_of_part(ClaimRow.__tablename__)
    for place, key, value, scope in stated:
        if sure[rows[key], place] <= SURE:
            told = Stated(key, int(value), ClaimScope(scope))
            of_report.setdefault(place, []).append(told)
    scopes = np.zeros(size, dtype=np.int64)
    for place, several in of_report.items():
        known = {key: cell.at(place) for key, cell in cells.items()}
        scopes[place] = SCOPE_PLACES.index(scope_of_tables(several, known))
    return scopes

"""The table of a question: rows that fulfil its conditions, in its order, and what
their sure values come to. Pure.

A share of fewer than thirty cases fulfils no condition and has no rank: it stands
behind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import starmap
from operator import itemgetter
from typing import Any, NamedTuple

from archive.catalogue import Coverage, ValueState
from archive.report import Number
from archive.search import Condition
from archive.store import Valued, comparing
from archive.web.pages.compare.asked import Asked
from archive.web.pages.compare.columns import Column, column


class Row(NamedTuple):
    """A body and a year, with the values of its report."""

    body: comparing.Chosen
    year: int
    held: comparing.Held | None
    """None where there is no report under this name."""
    absent: Coverage | None
    """What is known of a year without one; None where that was never counted."""
    values: Mapping[str, Valued]
    """Key → value; empty without a report."""


class Cell(NamedTuple):
    """A value with what it belongs to."""

    column: Column
    row: Row
    valued: Valued | None
    """The value, or the state that says why not; None without a report."""
    is_left_out: bool = False
    """Whether the year does not fulfil the conditions, where years are columns: then it
    has no value either.
    """

    @property
    def number(self) -> Number | None:
        """What can be ranked, drawn and averaged."""
        return ranked(self.valued)


class Line(NamedTuple):
    """A line of the table: of a body in one year, or of a body with its years.

    Column by column a row and its value: of a long table most lines are only counted,
    and have no cells.
    """

    body: comparing.Chosen
    year: int | None
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    values: tuple[Valued | None, ...]
    left_out: tuple[bool, ...]

    @property
    def cells(self) -> tuple[Cell, ...]:
        """A cell a column."""
        parts = self.columns, self.rows, self.values, self.left_out
        return tuple(starmap(Cell, zip(*parts, strict=True)))


@dataclass(frozen=True, slots=True)
class Total:
    """What the sure values of a column come to."""

    count: int
    """How many sure values there are."""
    ranked: int
    """How many of them the median is of: not the shares of few."""
    inferred: int
    """How many of them were inferred, not read as printed."""
    sum: Number | None = None
    """Of numbers; of shares the share of all cases together."""
    over: Number | None = None
    under: Number | None = None
    """Of shares: all numerators and all denominators together."""
    median: Number | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """The answer."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    totals: tuple[Total, ...]
    left_out: int
    """Rows that do not fulfil the conditions."""
    undecided: int
    """Rows of which that cannot be said: a value is missing, in doubt, or of few."""


def ranked(valued: Valued | None) -> Number | None:
    """A value that may be compared with others; None for a share of few."""
    # As `alone` has it; a long table asks a hundred thousand times.
    if valued is None or valued.is_of_few:
        return None
    return valued.value


def table(asked: Asked, rows: Sequence[Row]) -> Table:
    """The table of these rows, which stand in the order of bodies and years."""
    verdicts = [_verdict(asked, row) for row in rows]
    columns = tuple(_columns(asked))
    if asked.by_year:
        lines = list(_wide(columns, rows, verdicts))
    else:
        lines = list(_long(columns, rows, verdicts))
    lines = in_order(lines, asked.sort)
    return Table(
        columns=columns,
        lines=tuple(lines),
        totals=tuple(_totals(columns, lines)),
        left_out=verdicts.count(False),
        undecided=verdicts.count(None),
    )


def _columns(asked: Asked) -> Iterator[Column]:
    if not asked.by_year:
        yield from map(column, asked.figures)
        return
    for year in asked.years:
        yield replace(column(asked.figures[0]), year=year)


def _long(
    columns: tuple[Column, ...], rows: Sequence[Row], verdicts: Sequence[bool | None]
) -> Iterator[Line]:
    keys = [column.key for column in columns]
    size = len(keys)
    none_left_out = (False,) * size
    for row, is_kept in zip(rows, verdicts, strict=True):
        if is_kept:
            values = tuple(map(row.values.get, keys))
            same = (row,) * size
            yield Line(row.body, row.year, columns, same, values, none_left_out)


def _wide(
    columns: tuple[Column, ...], rows: Sequence[Row], verdicts: Sequence[bool | None]
) -> Iterator[Line]:
    """A line a body; one of whose years none is kept has none."""
    size = len(columns)
    key = columns[0].key if columns else ""
    for at in range(0, len(rows), size):
        kept = verdicts[at : at + size]
        if not any(kept):
            continue
        of_body = tuple(rows[at : at + size])
        together = zip(of_body, kept, strict=True)
        values = tuple(row.values.get(key) if one else None for row, one in together)
        left_out = tuple(not one for one in kept)
        yield Line(of_body[0].body, None, columns, of_body, values, left_out)


def _verdict(asked: Asked, row: Row) -> bool | None:
    """Whether a row fulfils the conditions; None where that cannot be said."""
    if not asked.conditions:
        return True
    found: list[bool | None] = []
    for counted in asked.conditions:
        ways = [_holds(one, row) for one in counted.conditions]
        found.append(_together(ways, decisive=True))
    return _together(found, decisive=asked.is_any)


def _together(found: Sequence[bool | None], *, decisive: bool) -> bool | None:
    """What several verdicts come to, of which one that is `decisive` settles it."""
    if decisive in found:
        return decisive
    if None in found:
        return None
    return not decisive


def _holds(condition: Condition, row: Row) -> bool | None:
    valued = row.values.get(condition.quantity.kept_as)
    if condition.quantity.of:
        number = valued.under if valued else None
    else:
        number = ranked(valued)
    if number is None:
        return None
    return condition.holds(number)


def in_order(lines: list[Line], sort: str) -> list[Line]:
    """The lines by a column; those without a value that can be ranked stand behind."""
    is_down, name = sort.startswith("-"), sort.removeprefix("-")
    if name in _ORDERS:
        return sorted(lines, key=_ORDERS[name], reverse=is_down)
    if name in ("", "region"):
        return lines[::-1] if is_down else lines
    at = _place(lines, name)
    if at is None:
        return lines
    return _by_number(lines, at, is_down=is_down)


def _by_number(lines: Sequence[Line], at: int, *, is_down: bool) -> list[Line]:
    known: list[tuple[Number, Line]] = []
    behind: list[Line] = []
    for line in lines:
        number = ranked(line.values[at])
        if number is None:
            behind.append(line)
        else:
            known.append((number, line))
    known.sort(key=itemgetter(0), reverse=is_down)
    return [*(line for _, line in known), *behind]


def _place(lines: Sequence[Line], name: str) -> int | None:
    """Which column is called so."""
    if not lines:
        return None
    names = [column.name for column in lines[0].columns]
    return names.index(name) if name in names else None


def _by_name(line: Line) -> tuple[str, int]:
    return line.body.name, line.year or 0


def _by_year(line: Line) -> int:
    return line.year or 0


_ORDERS: dict[str, Callable[[Line], Any]] = {"name": _by_name, "year": _by_year}


def _totals(columns: Sequence[Column], lines: Sequence[Line]) -> Iterator[Total]:
    for at, shown in enumerate(columns):
        values = filter(None, [line.values[at] for line in lines])
        yield _total(shown, [one for one in values if one.value is not None])


def _total(shown: Column, sure: Sequence[Valued]) -> Total:
    """Of the values of a column that are there: nothing missing counts as 0."""
    if not sure:
        return Total(0, 0, 0)
    values = _given([one.value for one in sure])
    # Only a share may be one of few.
    fit = values
    if shown.is_share:
        fit = _given([one.value for one in sure if not one.is_of_few])
    found = Total(
        count=len(values),
        ranked=len(fit),
        inferred=[one.state for one in sure].count(ValueState.INFERRED),
        median=_median(fit) if fit else None,
    )
    if not shown.is_share:
        return replace(found, sum=sum(values))
    over = sum(_given([one.over for one in sure]))
    under = sum(_given([one.under for one in sure]))
    return replace(found, over=over, under=under, sum=_share(shown, over, under))


def _median(numbers: Iterable[Number]) -> Decimal:
    """The one in the middle, or what lies between the two; whole numbers are sorted
    faster than decimal ones, and halves stay exact.
    """
    in_order = sorted(numbers)
    middle = len(in_order) // 2
    upper = Decimal(in_order[middle])
    if len(in_order) % 2:
        return upper
    return (Decimal(in_order[middle - 1]) + upper) / 2


def _given(numbers: Iterable[Number | None]) -> list[Number]:
    return [number for number in numbers if number is not None]


def _share(shown: Column, over: Number, under: Number) -> Number | None:
    """The share of all cases together."""
    if not under:
        return None
    share = Decimal(over) / Decimal(under)
    return share - 1 if shown.is_growth else share

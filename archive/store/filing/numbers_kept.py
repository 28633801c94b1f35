"""Whether the numbers that are kept typed are those of the readings.

Lists, comparisons and trends count with the typed rows alone: a bit that turned there,
or an hour of a careless hand, would be a number that nobody has printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.report import numbers_of
from archive.store.filing.computed import NUMBER_ROWS
from archive.store.filing.damage import Opened, opened_some

_FINEST = Decimal("0.000001")
_DIGITS = Decimal("1e-15")
"""SQLite keeps an amount as a float, of so many digits."""
_MOST_PLACES = 3


class Unlike(NamedTuple):
    """A text whose typed numbers are not those of its reading."""

    digest: str
    """The original that `rebuild` reads it from."""
    named: str
    """The text, in Chinese: agency, year, number."""
    places: tuple[str, ...]
    """Table, row and column of the first of them: `requests.total.new`."""


_Row = Mapping[str, Any]
_Rows = dict[tuple[Any, ...], _Row]
"""Table, version, and what tells the rows of a version apart → what stands there."""


def unlike(session: Session, texts: Iterable[Opened]) -> Iterator[Unlike]:
    """Those of some hundred texts; none of which the reading can't be used."""
    suspected = [one.version_id for one, _ in _differing(session, list(texts))]
    if not suspected:
        return
    # What was read again between two questions is whole when it is asked for anew.
    for one, places in _differing(session, opened_some(session, suspected)):
        yield Unlike(one.digest, one.named, tuple(places[:_MOST_PLACES]))


def _differing(
    session: Session, texts: Sequence[Opened]
) -> Iterator[tuple[Opened, list[str]]]:
    """Each text with the places of what differs, where anything does."""
    by_version: dict[int, list[str]] = {one.version_id: [] for one in texts}
    expected, kept = _expected(texts), _kept(session, list(by_version))
    for place in sorted(expected.keys() | kept.keys()):
        columns = _unlike_columns(expected.get(place, {}), kept.get(place, {}))
        table, version, *apart = place
        row = ".".join((table, *apart))
        by_version[version] += [f"{row}.{column}" for column in columns]
    for one in texts:
        if one.report is not None and by_version[one.version_id]:
            yield one, by_version[one.version_id]


def _expected(texts: Iterable[Opened]) -> _Rows:
    """The rows that are made of the readings."""
    found: _Rows = {}
    for one in texts:
        if one.report is None:
            continue
        numbers = numbers_of(one.report)
        for table, rows_of in NUMBER_ROWS.items():
            keys = [column.name for column in table.primary_key]
            for row in rows_of(one.version_id, numbers):
                found[_place(table.name, keys, row)] = row
    return found


def _kept(session: Session, version_ids: Sequence[int]) -> _Rows:
    """The rows that there are."""
    found: _Rows = {}
    for table in NUMBER_ROWS:
        keys = [column.name for column in table.primary_key]
        question = select(table).where(table.c.version_id.in_(version_ids))
        for found_row in session.execute(question).mappings():
            row = {str(name): value for name, value in found_row.items()}
            found[_place(table.name, keys, row)] = row
    return found


def _place(table: str, keys: Sequence[str], row: _Row) -> tuple[Any, ...]:
    return table, *(row[key] for key in keys)


def _unlike_columns(expected: _Row, kept: _Row) -> list[str]:
    """The columns in which two rows differ; `*` for a row that only one side has."""
    if not expected or not kept:
        return ["*"]
    names = dict.fromkeys((*expected, *kept))
    return [one for one in names if not _same(expected.get(one), kept.get(one))]


def _same(expected: Any, kept: Any) -> bool:
    """Whether a column holds a value, as exactly as it can."""
    if isinstance(expected, str) or expected is None or kept is None:
        return bool(expected == kept)
    one, other = Decimal(expected), Decimal(kept)
    return abs(one - other) <= max(_FINEST, abs(one) * _DIGITS)

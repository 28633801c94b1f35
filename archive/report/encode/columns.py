"""Places and figures as columns: what is the same for all is written once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import partial
from itertools import repeat
from typing import Any, TypeVar

from archive.report.document import Place
from archive.report.model import Number

Named = TypeVar("Named", bound=tuple[Any, ...])

Column = int | None | list[int | None]
"""One value for all, or a value each."""


def number_out(value: Number | None) -> int | str | None:
    """Decimals as text, so that 3.50 stays 3.50."""
    if isinstance(value, Decimal):
        return str(value)
    return value


def number_in(written: int | str | None) -> Number | None:
    """Texts are decimals."""
    if isinstance(written, str):
        return Decimal(written)
    return written


def place_out(at: Place | None) -> list[int | None] | None:
    """[block, row, column, page, line] without the empty end: [17], [17, 5, 3]."""
    if at is None:
        return None
    parts = list(at)
    while parts[-1] is None:
        parts.pop()
    return parts


def place_in(written: Sequence[int | None] | None) -> Place | None:
    """A place; None where the report does not say."""
    if written is None:
        return None
    return known_place(written)


def known_place(written: Sequence[int | None]) -> Place:
    """The same of what always has a place."""
    block, *others = written
    assert block is not None
    return Place(block, *others)


def places_out(places: Sequence[Place | None]) -> list[Column]:
    """Blocks, rows, columns, pages and lines, a column each; where there is no place
    all five are empty.
    """
    nowhere = (None,) * len(Place._fields)
    parts = zip(*(at or nowhere for at in places), strict=True)
    return list(map(_column, parts))


def _column(values: Sequence[int | None]) -> Column:
    first = values[0]
    is_of_all = values.count(first) == len(values)
    return first if is_of_all else list(values)


def places_in(written: Sequence[Column]) -> Iterator[Place | None]:
    """The places that `places_out` has written, without end where all are alike."""
    if written and _are_known(written[0]):
        return known_places_in(written)
    parts = zip(*map(_values, written), strict=False)
    return (None if part[0] is None else Place(*part) for part in parts)


def known_places_in(written: Sequence[Column]) -> Iterator[Place]:
    """The same of what always has a place. Raises ValueError where one has none."""
    if not written:
        return iter(())
    if len(written) != len(Place._fields) or not _are_known(written[0]):
        raise ValueError("these are not the places of all")
    return made(Place, *map(_values, written))


def _are_known(blocks: Column) -> bool:
    """Whether all have a place."""
    if isinstance(blocks, list):
        return None not in blocks
    return blocks is not None


def made(kind: type[Named], *columns: Iterable[Any]) -> Iterator[Named]:
    """Named tuples of a kind, of columns with all their members.

    A reading has hundreds: calling the kind itself takes three times as long.
    """
    return map(partial(tuple.__new__, kind), zip(*columns, strict=False))


def _values(column: Column) -> Iterable[int | None]:
    """A value each; without end where all have the same."""
    if isinstance(column, list):
        return column
    return repeat(column)


def exceptions_out(values: list[Any], expected: list[Any]) -> dict[str, Any]:
    """Position → value, where it is not the expected one; most often it is."""
    if values == expected:
        return {}
    pairs = zip(values, expected, strict=True)
    return {str(at): one for at, (one, other) in enumerate(pairs) if one != other}


def exceptions_in(written: dict[str, Any], expected: Iterable[Any]) -> list[Any]:
    """All values: the expected ones but for the exceptions."""
    values = list(expected)
    for at, value in written.items():
        values[int(at)] = value
    return values

"""Doubts of ours about the tables while they are read, as findings.

Each names the figures it speaks of, and the values its wording asks for. What is found
out from the whole sheet is told in `telling`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from archive.catalogue import CASE, FIGURES
from archive.catalogue import Value as Wording
from archive.report.document import Place
from archive.report.model import Finding
from archive.report.numbers import Kind
from archive.report.tables.lines import Value

SERIOUS = 3
"""The weight of a finding that may hide a number."""

_SIGNS = {Kind.BLANK, Kind.DASH, Kind.SLASH, Kind.NONE, Kind.UNREADABLE}
"""What can stand in a cell that has no number."""


def table_of(key: str) -> int:
    """The number of the table that a figure stands in."""
    printed = FIGURES[key].printed
    assert printed is not None
    return printed.table


def by_sign(
    kinds: Mapping[str, Kind], keys: Iterable[str], otherwise: Kind
) -> Iterator[tuple[list[str], str]]:
    """The keys of one table whose cells print the same sign, and which that is.

    `otherwise`: what counts as printed in cells that were not found in their place.
    """
    alike: dict[tuple[int, Kind], list[str]] = {}
    for key in keys:
        kind = kinds.get(key, otherwise)
        alike.setdefault((table_of(key), kind), []).append(key)
    for (_, kind), same in alike.items():
        yield same, (kind if kind in _SIGNS else otherwise).value


def letter_for_digit(key: str, value: Value) -> Finding:
    """A cell that does not print a plain number, such as lO for 10."""
    printed = value.cell.text.strip().replace("\n", " ")[:20]
    number = value.number
    assert number is not None
    values = {"printed": printed, "number": number}
    return Finding("letter_for_digit", values, (key,), value.cell.at)


def cut_off(key: str, at: Place) -> Finding:
    """The file breaks off in a cell of table 2."""
    return Finding("cut_off", {}, (key,), at)


def unit_not_printed(key: str, unit: str, at: Place) -> Finding:
    """An amount whose unit stands neither in its cell nor in a label."""
    return Finding("unit_not_printed", {"unit": unit}, (key,), at)


def several_tables(count: int, at: Place) -> Finding:
    """More than one table 3, with other numbers: two reports in one document."""
    return Finding("table_repeated", {CASE: "tables", "count": count}, (), at)


def row_by_order(
    printed: str, keys: Sequence[str], at: Place, *, is_taken: bool
) -> Finding:
    """A row that got its name from its neighbours; `printed` may be empty.

    `is_taken`: all columns agree with it.
    """
    named = "named" if printed else "unnamed"
    values: dict[str, Wording] = {CASE: named if is_taken else f"{named}_open"}
    if printed:
        values["printed"] = printed
    # 0: the weight of the check.
    return Finding("row_by_order", values, tuple(keys), at, 0 if is_taken else SERIOUS)


def numbers_stacked(printed: str, keys: Sequence[str], at: Place | None) -> Finding:
    """Cells with digits over several lines; `printed` is what the first one says."""
    return Finding("numbers_stacked", {"printed": printed}, tuple(keys), at)

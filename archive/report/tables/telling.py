"""What is told of a sheet once it is settled: a finding for every figure in doubt.

Whatever is not exact comes with a finding. A conflict between printed numbers is the
report's own and is told by its checks, except in a scan, where we may have misread.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from archive.catalogue import CASE, Value
from archive.report.model import Finding
from archive.report.numbers import Kind
from archive.report.relations import Relation
from archive.report.tables.findings import (
    SERIOUS,
    by_sign,
    letter_for_digit,
    numbers_stacked,
    row_by_order,
    table_of,
)
from archive.report.tables.missing import missing
from archive.report.tables.settling import PlacedRow, Settled
from archive.report.tables.sheet import DamagedRow, Sheet, UnorderedRow

_ALL_INFERRED, _SOME_INFERRED, _NONE_INFERRED = "inferred", "partly", "open"


def tell(sheet: Sheet, settled: Settled) -> tuple[Finding, ...]:
    """All findings about the reading of the tables, in the order of the steps.

    What a cell was already spoken of for is not said again: of a row that was damaged,
    the cells without a number are no news.
    """
    told = [
        *sheet.findings,
        *_slips(sheet, settled),
        *_repeated(sheet),
        *_unordered(sheet),
        *_corrected(settled),
        *_wide(settled),
        *_damaged(settled.placed),
        *_stacked(settled),
        *_unnamed(sheet, settled),
        *_filled(sheet, settled),
        *_withdrawn(settled),
        *_cut(settled),
        *_contradicting(sheet, settled),
    ]
    about = {key for finding in told for key in finding.keys}
    return (*told, *missing(sheet, settled, about))


def _slips(sheet: Sheet, settled: Settled) -> Iterator[Finding]:
    """Cells that do not print a plain number, as far as their number is taken."""
    for key, value in sheet.slips.items():
        if settled.figures[key].value is not None:
            yield letter_for_digit(key, value)


def _by_table(keys: Iterable[str]) -> dict[int, list[str]]:
    """The keys table by table, so that a finding speaks of one table only."""
    found: dict[int, list[str]] = {}
    for key in keys:
        found.setdefault(table_of(key), []).append(key)
    return found


def _keys(rows: Iterable[DamagedRow | UnorderedRow]) -> tuple[str, ...]:
    """The keys of all cells of some rows.

    A finding names them all, so that each of its figures can show it.
    """
    return tuple(key for row in rows for key in row.keys)


def _repeated(sheet: Sheet) -> Iterator[Finding]:
    """Cells that a second table of the same kind prints otherwise.

    They are named for each table in one sentence; the first place is what counts.
    """
    for keys in _by_table(sheet.repeated).values():
        at = sheet.repeated[keys[0]]
        yield Finding("table_repeated", {CASE: "cells"}, tuple(keys), at)


def _unordered(sheet: Sheet) -> Iterator[Finding]:
    """Rows below headings that stand in another order and can't all be read.

    Some reports print the applicants in an order of their own. Where a heading is
    illegible as well, any assignment would be a guess.
    """
    rows = sheet.unordered
    if not rows:
        return
    yield Finding("columns_unknown", {}, _keys(rows), rows[0].at)


def _corrected(settled: Settled) -> Iterator[Finding]:
    """Numbers that were misread in a scan: the recognised one, and the one taken.

    Only here does a figure differ from what is printed beside it.
    """
    for key, figure in settled.corrected.items():
        assert figure.printed is not None
        assert figure.value is not None
        values: dict[str, Value] = {"printed": figure.printed, "value": figure.value}
        yield Finding("scan_repaired", values, (key,), figure.at)


def _wide(settled: Settled) -> Iterator[Finding]:
    """Columns of the agency's own that were left out of a whole table.

    Which ones is told, counted from 1, for the reader has the table before them.
    """
    rows = settled.wide.rows
    if not rows:
        return
    values: dict[str, Value] = {
        CASE: "wide",
        "count": len(rows),
        "columns": tuple(column + 1 for column in settled.wide.dropped),
    }
    yield Finding("row_damaged", values, _keys(rows), rows[0].at)


def _damaged(placed: Sequence[PlacedRow]) -> Iterator[Finding]:
    """One finding for all rows of a table with which it came out the same way.

    A dump that lost its empty cells has twenty such rows: twenty findings would bury
    the others.
    """
    # Rows of one table that came out alike, in the order they were found.
    alike: dict[tuple[int, str], list[DamagedRow]] = {}
    for one in placed:
        kind = (table_of(one.row.keys[0]), _outcome(one))
        alike.setdefault(kind, []).append(one.row)
    for (_, outcome), rows in alike.items():
        yield _damaged_alike(rows, outcome)


def _outcome(placed: PlacedRow) -> str:
    """How much of a damaged row could be inferred: a case of `row_damaged`."""
    if placed.is_settled:
        return _ALL_INFERRED
    if placed.figures:
        return _SOME_INFERRED
    return _NONE_INFERRED


def _damaged_alike(rows: Sequence[DamagedRow], outcome: str) -> Finding:
    """How many values the rows should have and how many they have, and what came of it.

    What could be inferred whole is worth a look; what could not is serious.
    """
    # Rows of one table may have lost different numbers of cells.
    counts = sorted(set(map(_count, rows)))
    values: dict[str, Value] = {
        CASE: outcome,
        "expected": len(rows[0].keys),
        "found": tuple(counts),
    }
    # 0: the weight of the check.
    weight = 0 if outcome == _ALL_INFERRED else SERIOUS
    return Finding("row_damaged", values, _keys(rows), rows[0].at, weight)


def _count(row: DamagedRow) -> int:
    """How many values are printed in a row, signs for nothing included.

    Blanks may be the layout's and are not counted.
    """
    return sum(1 for value in row.values if not value.is_blank)


def _stacked(settled: Settled) -> Iterator[Finding]:
    """Cells whose digits stand over several lines and may be several numbers."""
    for keys in _by_table(settled.stacked).values():
        first = settled.figures[keys[0]]
        printed = " / ".join((first.printed or "").split("\n"))[:20]
        yield numbers_stacked(printed, keys, first.at)


def _unnamed(sheet: Sheet, settled: Settled) -> Iterator[Finding]:
    """Rows that got their name from their neighbours, and whether they keep it."""
    taken_back = set(settled.unnamed)
    for row in sheet.unnamed:
        is_taken = taken_back.isdisjoint(row.keys)
        yield row_by_order(row.label, row.keys, row.at, is_taken=is_taken)


def _filled(sheet: Sheet, settled: Settled) -> Iterator[Finding]:
    """Cells that print a sign for nothing, and had to be a certain number.

    It is no more than a remark: many agencies leave zeros blank throughout.
    """
    for keys, printed in by_sign(sheet.kinds, settled.filled, Kind.BLANK):
        at = settled.figures[keys[0]].at
        yield Finding("blank_inferred", {CASE: printed}, tuple(keys), at)


def _withdrawn(settled: Settled) -> Iterator[Finding]:
    """Inferences that were taken back.

    Their cells have no value now, and that needs a reason.
    """
    keys = settled.withdrawn
    if not keys:
        return
    at = settled.figures[keys[0]].at
    yield Finding("inference_withdrawn", {}, tuple(keys), at)


def _cut(settled: Settled) -> Iterator[Finding]:
    """Numbers that would be right with more digits behind or before them.

    Serious, since the original has to be looked at: the number is there, but not whole.
    """
    for number in settled.cut:
        values: dict[str, Value] = {
            CASE: number.rule.line,
            "printed": number.value,
            "total": number.rule.total,
        }
        at = settled.figures[number.key].at
        yield Finding("digits_lost", values, (number.key,), at)


def _contradicting(sheet: Sheet, settled: Settled) -> Iterator[Finding]:
    """Broken relations that may be our fault: misread in a scan, shifted elsewhere.

    Any other broken relation is left to the checks of the report, which say it with
    both sums.
    """
    keys = list(settled.conflicts)
    if not sheet.scanned:
        for rule in settled.overfull:
            yield _overfull(rule, settled)
    elif keys:
        at = settled.figures[keys[0]].at
        yield Finding("scan_unsure", {}, tuple(keys), at)


def _overfull(rule: Relation, settled: Settled) -> Finding:
    """A sum whose parts are more than the whole, though some of them have no number."""
    at = settled.figures[rule.total].at
    values: dict[str, Value] = {CASE: rule.line, "total": rule.total}
    return Finding("row_overfull", values, rule.keys, at)

"""What is told of a sheet once it is settled: a finding for every figure in doubt.

Whatever is not exact comes with a finding. A conflict between printed numbers is the
report's own and is told by its checks, except in a scan, where we may have misread.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from archive.report.model import Finding
from archive.report.numbers import Kind
from archive.report.relations import Relation
from archive.report.tables.findings import (
    NOTABLE,
    REMARK,
    SERIOUS,
    by_sign,
    doubt,
    listed,
    listed_rows,
    table_of,
)
from archive.report.tables.missing import missing
from archive.report.tables.settling import PlacedRow, Settled
from archive.report.tables.sheet import DamagedRow, Sheet, UnorderedRow

_ALL_INFERRED = "由勾稽关系推定"
_SOME_INFERRED = "只能推定其中一部分"
_NONE_INFERRED = "无法确定"


def tell(sheet: Sheet, settled: Settled) -> tuple[Finding, ...]:
    """All findings about the reading of the tables, in the order of the steps.

    What a cell was already spoken of for is not said again: of a row that was damaged,
    the cells without a number are no news.
    """
    told = [
        *sheet.findings,
        *_repeated(sheet),
        *_unordered(sheet),
        *_corrected(sheet, settled),
        *_wide(settled),
        *_damaged(settled.placed),
        *_filled(sheet, settled),
        *_withdrawn(sheet, settled),
        *_cut(sheet, settled),
        *_contradicting(sheet, settled),
    ]
    about = {key for finding in told for key in finding.keys}
    return (*told, *missing(sheet, settled, about))


def _by_table(keys: Iterable[str]) -> dict[str, list[str]]:
    """The keys table by table, so that a finding speaks of one table only."""
    found: dict[str, list[str]] = {}
    for key in keys:
        found.setdefault(table_of(key), []).append(key)
    return found


def _keys(rows: Iterable[DamagedRow | UnorderedRow]) -> list[str]:
    """The keys of all cells of some rows.

    A finding names them all, so that each of its figures can show it.
    """
    return [key for row in rows for key in row.keys]


def _repeated(sheet: Sheet) -> Iterator[Finding]:
    """Cells that a second table of the same kind prints otherwise.

    They are named for each table in one sentence; the first place is what counts.
    """
    for keys in _by_table(sheet.repeated).values():
        cells = listed(sheet.titles, keys)
        message = f"{cells}在文中出现不止一次且不相同，取第一处。"
        yield doubt("table_repeated", NOTABLE, message, keys, sheet.repeated[keys[0]])


def _unordered(sheet: Sheet) -> Iterator[Finding]:
    """Rows below headings that stand in another order and can't all be read.

    Some reports print the applicants in an order of their own. Where a heading is
    illegible as well, any assignment would be a guess.
    """
    rows = sheet.unordered
    if not rows:
        return
    names = listed_rows([row.title for row in rows])
    message = f"各列的次序与规定不同而列名不能全部辨认，{names}不予读取。"
    yield doubt("columns_unknown", SERIOUS, message, _keys(rows), rows[0].at)


def _corrected(sheet: Sheet, settled: Settled) -> Iterator[Finding]:
    """Numbers that were misread in a scan: the recognised one, and the one taken.

    Only here does a figure differ from what is printed beside it.
    """
    for key, figure in settled.corrected.items():
        title = sheet.titles[key]
        message = f"{title}识别为“{figure.printed}”，由勾稽关系推定为 {figure.value}。"
        yield doubt("scan_repaired", NOTABLE, message, (key,), figure.at)


def _wide(settled: Settled) -> Iterator[Finding]:
    """Columns of the agency's own that were left out of a whole table.

    Which ones is told, counted from 1, for the reader has the table before them.
    """
    rows = settled.wide.rows
    if not rows:
        return
    columns = "、".join(str(column + 1) for column in settled.wide.dropped)
    message = f"表三有 {len(rows)} 行每行多出数字，按勾稽关系不计其中第 {columns} 列。"
    yield doubt("row_damaged", NOTABLE, message, _keys(rows), rows[0].at)


def _damaged(placed: Sequence[PlacedRow]) -> Iterator[Finding]:
    """One finding for all rows of a table with which it came out the same way.

    A dump that lost its empty cells has twenty such rows: twenty findings would bury
    the others.
    """
    # Rows of one table that came out alike, in the order they were found.
    alike: dict[tuple[str, str], list[DamagedRow]] = {}
    for one in placed:
        kind = (table_of(one.row.keys[0]), _outcome(one))
        alike.setdefault(kind, []).append(one.row)
    for (_, outcome), rows in alike.items():
        yield _damaged_alike(rows, outcome)


def _outcome(placed: PlacedRow) -> str:
    """How much of a damaged row could be inferred, in words."""
    if placed.is_settled:
        return _ALL_INFERRED
    if placed.figures:
        return _SOME_INFERRED
    return _NONE_INFERRED


def _damaged_alike(rows: Sequence[DamagedRow], outcome: str) -> Finding:
    """How many values the rows should have and how many they have, and what came of it.

    What could be inferred whole is worth a look; what could not is serious.
    """
    names = listed_rows([row.title for row in rows])
    # Rows of one table may have lost different numbers of cells.
    counts = sorted({_count(row) for row in rows})
    # 6, or 6 至 8
    found = " 至 ".join(str(count) for count in dict.fromkeys((counts[0], counts[-1])))
    message = f"{names}应有 {len(rows[0].keys)} 个数，读到 {found} 个，{outcome}。"
    weight = NOTABLE if outcome == _ALL_INFERRED else SERIOUS
    return doubt("row_damaged", weight, message, _keys(rows), rows[0].at)


def _count(row: DamagedRow) -> int:
    """How many values are printed in a row, signs for nothing included.

    Blanks may be the layout's and are not counted.
    """
    return sum(1 for value in row.values if not value.is_blank)


def _filled(sheet: Sheet, settled: Settled) -> Iterator[Finding]:
    """Cells that print a sign for nothing, and had to be a certain number.

    It is no more than a remark: many agencies leave zeros blank throughout.
    """
    for keys, printed in by_sign(sheet.kinds, settled.filled, Kind.BLANK):
        message = f"{listed(sheet.titles, keys)}印的是{printed}，由勾稽关系推定。"
        at = settled.figures[keys[0]].at
        yield doubt("blank_inferred", REMARK, message, keys, at)


def _withdrawn(sheet: Sheet, settled: Settled) -> Iterator[Finding]:
    """Inferences that were taken back.

    Their cells have no value now, and that needs a reason.
    """
    keys = settled.withdrawn
    if not keys:
        return
    cells = listed(sheet.titles, keys)
    message = f"{cells}的推定未能由全部勾稽关系印证，不予采用。"
    at = settled.figures[keys[0]].at
    yield doubt("inference_withdrawn", NOTABLE, message, keys, at)


def _cut(sheet: Sheet, settled: Settled) -> Iterator[Finding]:
    """Numbers that would be right with more digits behind them.

    Serious, since the original has to be looked at: the number is there, but not whole.
    """
    for number in settled.cut:
        message = (
            f"{sheet.titles[number.key]}印作“{number.value}”，{number.rule.where}两边不等，"
            "末位数字可能在换行处缺失，不予采用。"
        )
        at = settled.figures[number.key].at
        yield doubt("digits_lost", SERIOUS, message, (number.key,), at)


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
        cells = listed(sheet.titles, keys)
        message = f"{cells}与勾稽关系不符，可能是文字识别有误，请核对原件。"
        at = settled.figures[keys[0]].at
        yield doubt("scan_unsure", SERIOUS, message, keys, at)


def _overfull(rule: Relation, settled: Settled) -> Finding:
    """A sum whose parts are more than the whole, though some of them have no number."""
    message = (
        f"{rule.where}有的格没有数字，其余各格已与勾稽关系不符，"
        "可能是数字错位或者粘连，请核对原件。"
    )
    at = settled.figures[rule.right[0]].at
    return doubt("row_overfull", SERIOUS, message, rule.keys, at)

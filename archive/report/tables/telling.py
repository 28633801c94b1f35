"""What is told of a sheet once it is settled: a finding for every figure in doubt.

Whatever is not exact comes with a finding. A conflict between printed numbers is the
report's own and is told by its checks, except in a scan, where we may have misread.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from archive.catalogue import (
    FORMS,
    disclosure_keys,
    proceeding_keys,
    request_keys,
)
from archive.report.model import Finding
from archive.report.numbers import Kind
from archive.report.relations import Relation
from archive.report.tables.findings import (
    NOTABLE,
    REMARK,
    SERIOUS,
    doubt,
    listed,
    listed_rows,
    table_of,
)
from archive.report.tables.settling import PlacedRow, Settled
from archive.report.tables.sheet import DamagedRow, Sheet, UnorderedRow

_PRINTED = {
    Kind.BLANK: "空白",
    Kind.DASH: "短横线",
    Kind.SLASH: "斜线",
    Kind.NONE: "“无”",
    Kind.UNREADABLE: "不可辨认",
}
_ALL_INFERRED = "由勾稽关系推定"
_SOME_INFERRED = "只能推定其中一部分"
_NONE_INFERRED = "无法确定"


def tell(sheet: Sheet, settled: Settled) -> tuple[Finding, ...]:
    """All findings about the reading of the tables, in the order of the steps."""
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
    return (*told, *_missing(sheet, settled, about))


def _by_table(keys: Iterable[str]) -> dict[str, list[str]]:
    """The keys table by table, so that a finding speaks of one table only."""
    found: dict[str, list[str]] = {}
    for key in keys:
        found.setdefault(table_of(key), []).append(key)
    return found


def _keys(rows: Iterable[DamagedRow | UnorderedRow]) -> list[str]:
    """The keys of all cells of some rows."""
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
    """Digits that a scan was misread in: the printed one, and the one taken."""
    for key, figure in settled.corrected.items():
        title = sheet.titles[key]
        message = f"{title}识别为“{figure.printed}”，由勾稽关系推定为 {figure.value}。"
        yield doubt("scan_repaired", NOTABLE, message, (key,), figure.at)


def _wide(settled: Settled) -> Iterator[Finding]:
    """Columns of the agency's own that were left out of a whole table."""
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
    return _SOME_INFERRED if placed.figures else _NONE_INFERRED


def _damaged_alike(rows: Sequence[DamagedRow], outcome: str) -> Finding:
    """How many values the rows should have and how many they have, and what came of it.

    What could be inferred whole is worth a look; what could not is serious.
    """
    names = listed_rows([row.title for row in rows])
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
    for keys, printed in _alike(sheet, settled.filled, Kind.BLANK):
        message = f"{listed(sheet.titles, keys)}印的是{printed}，由勾稽关系推定。"
        at = settled.figures[keys[0]].at
        yield doubt("blank_inferred", REMARK, message, keys, at)


def _alike(
    sheet: Sheet, keys: Iterable[str], otherwise: Kind
) -> Iterator[tuple[list[str], str]]:
    """The keys of one table whose cells print the same sign, and what that is called.

    `otherwise`: what counts as printed in cells that were not found in their place.
    """
    alike: dict[tuple[str, Kind], list[str]] = {}
    for key in keys:
        kind = sheet.kinds.get(key, otherwise)
        alike.setdefault((table_of(key), kind), []).append(key)
    for (_, kind), same in alike.items():
        yield same, _PRINTED.get(kind, _PRINTED[otherwise])


def _withdrawn(sheet: Sheet, settled: Settled) -> Iterator[Finding]:
    """Inferences that were taken back."""
    keys = settled.withdrawn
    if not keys:
        return
    cells = listed(sheet.titles, keys)
    message = f"{cells}的推定未能由全部勾稽关系印证，不予采用。"
    at = settled.figures[keys[0]].at
    yield doubt("inference_withdrawn", NOTABLE, message, keys, at)


def _cut(sheet: Sheet, settled: Settled) -> Iterator[Finding]:
    """Numbers that would be right with more digits behind them."""
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


def _missing(
    sheet: Sheet, settled: Settled, told: Collection[str]
) -> Iterator[Finding]:
    """What has no number, table by table: the table, rows of it, or single cells."""
    form = FORMS[sheet.form]
    # Table by table: a report that prints its tables as pictures lacks all three, and
    # that is one thing to say of each, not two hundred.
    for expected in (disclosure_keys(form), request_keys(form), proceeding_keys()):
        title = table_of(expected[0])
        absent = [key for key in expected if key in settled.absent]
        if len(absent) == len(expected):
            message = f"未找到{title}，其中 {len(expected)} 格均未读取。"
            yield doubt("table_not_found", SERIOUS, message, expected, None)
            continue
        if absent:
            rows = _row_names(sheet.form, absent)
            message = f"{title}中有 {len(absent)} 格所在的行没有找到：{rows}。"
            yield doubt("rows_missing", SERIOUS, message, absent, None)
        rest = [key for key in expected if key not in settled.absent]
        yield from _without_number(sheet, settled, rest, told)


def _without_number(
    sheet: Sheet, settled: Settled, keys: Sequence[str], told: Collection[str]
) -> Iterator[Finding]:
    """Cells that print something else than a number, unless they were spoken of.

    Blank, dash, slash, 无 and what can't be read are told apart: they do not say the
    same, and only the first may have been lost by us.
    """
    empty = [key for key in keys if settled.figures[key].value is None]
    untold = [key for key in empty if key not in told]
    for same, printed in _alike(sheet, untold, Kind.UNREADABLE):
        cells = listed(sheet.titles, same)
        title = table_of(same[0])
        message = f"{title}中{cells}印的是{printed}，没有可读的数字。"
        at = settled.figures[same[0]].at
        yield doubt("cells_missing", NOTABLE, message, same, at)


def _row_names(form: str, keys: Iterable[str]) -> str:
    """The rows of some cells by their printed labels: “甲”、“乙”等 7 行."""
    titles = _row_titles(form)
    names = [f"“{titles.get(key.split('.')[1], key)}”" for key in keys]
    return listed_rows(list(dict.fromkeys(names)), most=5)


def _row_titles(form: str) -> Mapping[str, str]:
    """Row key → its printed label, without the instruction in brackets behind it.

    Of 部分公开（区分处理的，只计这一情形，不计其他情形） the first words will do.
    """
    titles: dict[str, str] = {}
    for row in FORMS[form].requests:
        titles[row.key] = row.title.split("（区分")[0]
    for block in FORMS[form].disclosures:
        for row in block.rows:
            titles[row.key] = row.title
    return titles

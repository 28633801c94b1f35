"""What has no number: a table, rows of it, or single cells.

A value that is not there is None and never 0, and the reader is told why.
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
from archive.report.tables.findings import (
    NOTABLE,
    SERIOUS,
    by_sign,
    doubt,
    listed,
    listed_rows,
    table_of,
)
from archive.report.tables.settling import Settled
from archive.report.tables.sheet import Sheet


def missing(sheet: Sheet, settled: Settled, told: Collection[str]) -> Iterator[Finding]:
    """What has no number, table by table: the table, rows of it, or single cells.

    `told`: the keys that other findings speak of already.
    """
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
    for same, printed in by_sign(sheet.kinds, untold, Kind.UNREADABLE):
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

"""What has no number: a table, rows of it, or single cells.

A value that is not there is None and never 0, and the reader is told why.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from archive.catalogue import (
    CASE,
    FORMS,
    disclosure_keys,
    proceeding_keys,
    request_keys,
)
from archive.report.model import Finding
from archive.report.numbers import Kind
from archive.report.tables.findings import by_sign
from archive.report.tables.settling import Settled
from archive.report.tables.sheet import Sheet

_TABLES = {
    name: (disclosure_keys(form), request_keys(form), proceeding_keys())
    for name, form in FORMS.items()
}
"""The keys of each table, by form."""


def missing(sheet: Sheet, settled: Settled, told: Collection[str]) -> Iterator[Finding]:
    """What has no number, table by table: the table, rows of it, or single cells.

    `told`: the keys that other findings speak of already.
    """
    # Table by table: a report that prints its tables as pictures lacks all three, and
    # that is one thing to say of each, not two hundred.
    for expected in _TABLES[sheet.form]:
        absent = [key for key in expected if key in settled.absent]
        if len(absent) == len(expected):
            yield Finding("table_not_found", {}, tuple(expected))
            continue
        if absent:
            yield Finding("rows_missing", {}, tuple(absent))
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
        at = settled.figures[same[0]].at
        yield Finding("cells_missing", {CASE: printed}, tuple(same), at)

"""The statutory tables of a document → figures under their public keys.

Everything is anchored on row labels and column headings; numbers are never counted off.
Where cells were lost, doubled or shifted, only what the form's arithmetic leaves
possible is taken, and said so.
"""

from __future__ import annotations

from collections.abc import Sequence

from archive.catalogue import FORMS
from archive.report.document import Document, Table
from archive.report.tables.labels import Vocabulary
from archive.report.tables.lines import Line, lines
from archive.report.tables.sheet import Sheet, TableReading
from archive.report.tables.table_2 import read_disclosures
from archive.report.tables.table_3 import read_requests
from archive.report.tables.table_4 import read_proceedings

__all__ = ["TableReading", "read_tables"]

_COLUMNS = {
    name: Vocabulary(column for block in form.disclosures for column in block.columns)
    for name, form in FORMS.items()
}
_MARKS = {
    name: set(words.labels) - {"decisions", "amount"}
    for name, words in _COLUMNS.items()
}
"""The columns that one form has and the other has not."""
_REQUESTS = Vocabulary(FORMS["2021"].requests)
_ONLY_2021 = {"closed_not_corrected", "closed_fee_unpaid"}
_LEAST_ROWS = 8
_WRAPPED = {"application/pdf", "application/ofd"}
"""Files that print what is too wide for its column over several lines; without ruling
lines the last may be lost.
"""


def read_tables(document: Document) -> TableReading:
    """Reads tables 2, 3 and 4. A document without any of them has the form `free` and
    no figures.

    Every key of the form is in `figures`; whatever is not exact comes with a finding,
    except a conflict between printed numbers, which `checks` names.
    """
    rows = [row for row in lines(document) if not row.numbers_columns]
    form = _form(rows)
    sheet = Sheet(form or "2021", scanned=document.scanned)
    if form:
        read_disclosures(sheet, rows)
        read_requests(sheet, rows)
    read_proceedings(sheet, rows)
    if (
        rows
        and document.blocks
        and document.blocks[-1] is rows[-1].table
        and rows[-1].table.at.block in sheet.blocks
    ):
        sheet.end_at(rows[-1].cells[-1].at)
    if document.media_type in _WRAPPED:
        loose = {
            block.at.block
            for block in document.blocks
            if isinstance(block, Table) and not block.aligned
        }
        sheet.frail |= {
            key
            for key, figure in sheet.figures.items()
            if figure.at and figure.at.block in loose
        }
    return sheet.finish() if sheet.blocks else TableReading("free")


def _form(rows: Sequence[Line]) -> str:
    """Which form tables 2 and 3 have, by the columns and rows printed; empty without
    any.
    """
    votes = dict.fromkeys(FORMS, 0)
    requests = 0
    for row in rows:
        for cell in row.words:
            for name, vocabulary in _COLUMNS.items():
                match = vocabulary.recognise(cell.text)
                votes[name] += match is not None and match.key in _MARKS[name]
        match = _REQUESTS.recognise(row.words[-1].text) if row.words else None
        if match and row.values:
            requests += 1
            votes["2021"] += match.key in _ONLY_2021
    if not any(votes.values()):
        return "2019" if requests >= _LEAST_ROWS else ""
    return max(votes, key=lambda name: votes[name])

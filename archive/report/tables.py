"""The statutory tables of a document → figures under their public keys.

Everything is anchored on row labels and column headings; numbers are never counted off. Where cells
were lost, doubled or shifted, only what the form's arithmetic leaves possible is taken, and said so.
"""

from __future__ import annotations

from archive.report.disclosures import read_disclosures
from archive.report.document import Document
from archive.report.forms import DISCLOSURES_2019, DISCLOSURES_2021, FORMS
from archive.report.labels import recognise
from archive.report.lines import Line, lines
from archive.report.proceedings import read_proceedings
from archive.report.requests import read_requests
from archive.report.sheet import Sheet, TableReading

__all__ = ["TableReading", "read_tables"]

_MARKS_2019 = {label.key for block in DISCLOSURES_2019 for label in block.columns} - {"decisions", "amount"}
_MARKS_2021 = {label.key for block in DISCLOSURES_2021 for label in block.columns} - {"decisions", "amount"}


def read_tables(document: Document) -> TableReading:
    """Reads tables 2, 3 and 4. A document without any of them has the form `free` and no figures."""
    rows = list(lines(document))
    form = _form(rows)
    if form == "free":
        return TableReading("free")
    sheet = Sheet(form)
    read_disclosures(sheet, rows)
    read_requests(sheet, rows)
    read_proceedings(sheet, rows)
    if not sheet.blocks:
        return TableReading("free")
    return sheet.finish()


def _form(rows: list[Line]) -> str:
    """Which form the tables have, by the columns printed; `free` without statutory labels."""
    columns_2021 = [label for block in DISCLOSURES_2021 for label in block.columns]
    columns_2019 = [label for block in DISCLOSURES_2019 for label in block.columns]
    newer = older = requests = 0
    for row in rows:
        for cell in row.cells:
            for labels, marks, is_newer in ((columns_2021, _MARKS_2021, True), (columns_2019, _MARKS_2019, False)):
                match = recognise(cell.text, labels)
                if match and match.key in marks:
                    newer, older = newer + is_newer, older + (not is_newer)
            match = recognise(cell.text, FORMS["2021"].requests)
            if match:
                requests += 1
                newer += match.key in {"closed_not_corrected", "closed_fee_unpaid"}
    if older > newer:
        return "2019"
    if newer:
        return "2021"
    return "2019" if requests >= 8 else "free"

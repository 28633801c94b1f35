"""The statutory tables of a document → figures under their public keys.

Everything is anchored on row labels and column headings; numbers are never counted off.
Where cells were lost, doubled or shifted, only what the form's arithmetic leaves
possible is taken, and said so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from archive.catalogue import FORMS
from archive.report.document import Document, Table
from archive.report.model import Figure, Finding
from archive.report.tables.labels import Vocabulary
from archive.report.tables.lines import Line, lines, parted
from archive.report.tables.settling import settle
from archive.report.tables.sheet import Sheet
from archive.report.tables.table_2 import read_disclosures
from archive.report.tables.table_3 import read_requests
from archive.report.tables.table_4 import read_proceedings
from archive.report.tables.telling import tell

_COLUMNS = {
    name: Vocabulary(column for block in form.disclosures for column in block.columns)
    for name, form in FORMS.items()
}
_ROWS = [
    Vocabulary(
        [*form.requests, *(row for block in form.disclosures for row in block.rows)]
    )
    for form in FORMS.values()
]
_MARKS = {
    name: set(words.labels) - {"decisions", "amount"}
    for name, words in _COLUMNS.items()
}
"""The columns of table 2 that one form has and the other has not."""
_REQUESTS = Vocabulary(FORMS["2021"].requests)
_ONLY_2021 = {"closed_not_corrected", "closed_fee_unpaid"}
"""Rows of table 3 that came with form 2021, in place of one （六）其他处理."""
_LEAST_ROWS = 8
"""Fewer rows with labels of table 3 do not make a form."""
_WRAPPED = {"application/pdf", "application/ofd"}
"""Files that print what is too wide for its column over several lines; without ruling
lines the last may be lost.
"""


@dataclass(frozen=True, slots=True)
class TableReading:
    """What was read off a document's tables.

    `form` is `2021`, `2019` or `free`; `blocks` are the numbers of the document's
    blocks that are statutory tables.
    """

    form: str
    figures: dict[str, Figure] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    blocks: frozenset[int] = frozenset()


def read_tables(document: Document) -> TableReading:
    """Reads tables 2, 3 and 4. A document without any has form `free` and no figures.

    Every key of the form is in `figures`; whatever is not exact comes with a finding,
    except a conflict between printed numbers, which `checks` names.
    """
    sheet = _collect(document)
    if not sheet.blocks:
        # Reports of 2008 to 2018 follow no form; later ones may have pictures instead.
        return TableReading("free")
    settled = settle(sheet)
    findings = tell(sheet, settled)
    return TableReading(sheet.form, settled.figures, findings, frozenset(sheet.blocks))


def _collect(document: Document) -> Sheet:
    """The cells of all three tables, each table wherever it stands in the document."""
    # 1 2 3 … below the headings would be read as the figures of the first row.
    rows = [
        row
        for printed in lines(document)
        if not printed.numbers_columns
        for row in parted(printed, _are_labels)
    ]
    form = _form(rows)
    sheet = Sheet(form or "2021", scanned=document.scanned)
    if form:
        read_disclosures(sheet, rows)
        read_requests(sheet, rows)
    # Table 4 is the same in both forms; it is read even where no other is found.
    read_proceedings(sheet, rows)

    # Digits may be lost where a file ends, and where a number was wrapped.
    if _ends_in_table(document, rows, sheet):
        sheet.end_at(rows[-1].cells[-1].at)
    if document.media_type in _WRAPPED:
        sheet.doubt_lengths(set(_where_digits_may_lack(document)))
    return sheet


def _are_labels(texts: list[str]) -> bool:
    """Whether some texts are labels of rows of one form, each of another row."""
    for words in _ROWS:
        keys = [words.exactly(text) for text in texts]
        if None not in keys and len(set(keys)) == len(texts):
            return True
    return False


def _ends_in_table(document: Document, rows: Sequence[Line], sheet: Sheet) -> bool:
    """Whether a statutory table is the last thing in the document.

    A report goes on behind its tables with 存在的主要问题; a file that does not may
    have been cut off.
    """
    if not rows:
        return False
    # A table of paragraphs ends in a block of its own.
    last = document.blocks[-1].at.block
    cell = rows[-1].cells[-1]
    if cell.at.block != last or last not in sheet.blocks:
        return False
    block = document.blocks[-1]
    if isinstance(block, Table):
        return True
    return block.text.rstrip().endswith(cell.text)


def _where_digits_may_lack(document: Document) -> Iterator[tuple[int, int | None]]:
    """The rows, by block and row, in which a number may have been read in part.

    A number that is wrapped in its narrow column (`222|3`) may lose its last digits
    where there are no ruling lines, and with them where a page ends within the row.
    """
    for table in document.blocks:
        if not isinstance(table, Table):
            continue
        rows = table.rows()
        pages = [{cell.at.page for cell in row} for row in rows]
        for number, page in enumerate(pages, 1):
            beside = (*pages[number - 2 : number - 1], *pages[number : number + 1])
            if not table.aligned or any(other != page for other in beside):
                yield table.at.block, number


def _form(rows: Sequence[Line]) -> str:
    """Which form tables 2 and 3 have, by the columns and rows printed; or empty.

    Not by the year: reports of later years are written in the tables of 2019, and some
    quote the one document while using the form of the other.
    """
    votes = dict.fromkeys(FORMS, 0)
    requests = 0
    for row in rows:
        for cell in row.words:
            for name in _forms_of(cell.text):
                votes[name] += 1
        # The rows of table 3 have the same labels in both forms, but for 其他处理.
        match = _REQUESTS.recognise(row.words[-1].text) if row.words else None
        if match and row.values:
            requests += 1
            votes["2021"] += match.key in _ONLY_2021
    # One page may quote the other form; what has more of its columns is the form.
    if any(votes.values()):
        return max(votes, key=lambda name: votes[name])
    # Table 3 alone, without the rows of 2021.
    if requests >= _LEAST_ROWS:
        return "2019"
    return ""


@lru_cache(maxsize=4_096)
def _forms_of(heading: str) -> tuple[str, ...]:
    """The forms of which a text is a column that only this form has.

    本年制发件数 is a heading of 2021, 本年新制作数量 one of 2019.
    """
    return tuple(name for name in FORMS if _is_only_of(name, heading))


def _is_only_of(form: str, heading: str) -> bool:
    """Whether a text is a column of one form and none of the other."""
    match = _COLUMNS[form].recognise(heading)
    return match is not None and match.key in _MARKS[form]

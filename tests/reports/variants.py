"""The golden reports as Word files in the ways of people: changes tracked, things in
boxes, tables in tables.
"""

from __future__ import annotations

import copy

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.table import Table

from tests.reports.words import text_box


def tracked(document: Document) -> None:
    """Figures corrected with changes tracked: the old one is still in the file, in
    front of or behind the new one.
    """
    for number, table in enumerate(document.tables):
        for row in list(table.rows)[2::3]:
            cells = [cell for cell in row.cells if cell.text.isdigit()]
            for index, cell in enumerate(cells[: 4 - number]):
                run = cell.paragraphs[0].runs[0]._r
                old = (
                    f"<w:del {nsdecls('w')} w:id='{900 + index}"
                    "'><w:r><w:delText>9</w:delText></w:r></w:del>"
                )
                new = parse_xml(
                    f"<w:ins {nsdecls('w')} w:id='{950 + index}' w:author='示例'/>"
                )
                run.addprevious(new)
                new.append(run)
                (new.addnext if index % 2 else new.addprevious)(parse_xml(old))
    moved = document.paragraphs[2]._p
    gone = copy.deepcopy(moved)
    for run in list(gone.iter(qn("w:r"))):
        box = parse_xml(f"<w:moveFrom {nsdecls('w')} w:id='990' w:author='示例'/>")
        run.addprevious(box)
        box.append(run)
    document.paragraphs[0]._p.addnext(gone)


def title_in_text_box(document: Document) -> None:
    """The title stands in a text box, as on a red letterhead; the paragraph that
    carries it is empty.
    """
    title = document.paragraphs[0]
    text = title.text
    for run in title.runs:
        run._r.getparent().remove(run._r)
    title._p.append(parse_xml(text_box(text)))


def tables_in_controls(document: Document) -> None:
    """Every figure is a field of a form: a content control in its cell; every third row
    stands in one as a whole.
    """
    for table in document.tables:
        for number, row in enumerate(table.rows):
            for cell in row.cells:
                if cell.text.isdigit():
                    _control(cell.paragraphs[0].runs[0]._r)
            if number % 3 == 2:
                _control(row._tr)


def _control(element) -> None:  # type: ignore[no-untyped-def]
    control = parse_xml(
        f"<w:sdt {nsdecls('w')}><w:sdtPr><w:text/></w:sdtPr><w:sdtContent/></w:sdt>"
    )
    element.addprevious(control)
    control[-1].append(element)


def nested(document: Document) -> None:
    """Everything stands in the one cell of a table that draws the page's frame."""
    body = document.element.body
    content = [element for element in body if element.tag != qn("w:sectPr")]
    frame = document.add_table(1, 1)
    frame.style = "Table Grid"
    cell = frame.rows[0].cells[0]._tc
    for element in content:
        cell.append(element)
    cell.append(copy.deepcopy(cell.find(qn("w:p"))))


def cut_rows(document: Document) -> None:
    """Tables that a page's end has cut: the rest is a table of its own with the
    headings again.
    """
    _cut(document.tables[1], at=14, headings=3)
    _cut(document.tables[0], at=7, headings=0)


def _cut(table: Table, at: int, headings: int) -> None:
    rest = copy.deepcopy(table._tbl)
    rows = list(rest.iter(qn("w:tr")))
    for row in rows[headings:at]:
        rest.remove(row)
    for row in list(table._tbl.iter(qn("w:tr")))[at:]:
        table._tbl.remove(row)
    table._tbl.addnext(rest)
    table._tbl.addnext(parse_xml(f"<w:p {nsdecls('w')}/>"))

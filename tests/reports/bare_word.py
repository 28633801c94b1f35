"""The golden report as a Word file with only what must be in one: written in no time,
for many files.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from html import escape

from tests.portals.reports import SampleReport
from tests.reports.truth import Grid, grids, headings

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_LINKS = (
    "<Relationships "
    'xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Target="word/document.xml" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>'
)


def word(report: SampleReport, table: str = "", end: str = "") -> bytes:
    """A Word file, only what must be in one; `table` and `end` are properties of the
    tables and of the pages.
    """
    parts = [_paragraph(report.title)]
    tables = grids(report)
    for number, heading in enumerate(["", *headings()]):
        parts += [_paragraph(heading)] if heading else []
        if number in tables:
            parts.append(_word_table(tables[number], table))
        parts += [_paragraph(text) for text in report.sections[number]]
    document = (
        f'<w:document xmlns:w="{_W}"><w:body>{"".join(parts)}{end}'
        "</w:body></w:document>"
    )
    return packed(
        {
            "[Content_Types].xml": _TYPES,
            "_rels/.rels": _LINKS,
            "word/document.xml": document,
        }
    )


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """The parts as a package."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return out.getvalue()


def _paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>"


def _word_table(grid: Grid, properties: str) -> str:
    """Cells that span down are begun once and gone on with in the rows below."""
    below: dict[int, tuple[int, int]] = {}
    rows = []
    for row in grid:
        cells, left, column = [], list(row), 0
        while left or column in below:
            if column in below:
                more, columns = below.pop(column)
                if more > 1:
                    below[column] = (more - 1, columns)
                cells.append(_word_cell("", columns, "<w:vMerge/>"))
            else:
                cell = left.pop(0)
                columns = cell.columns
                if cell.rows > 1:
                    below[column] = (cell.rows - 1, columns)
                merge = '<w:vMerge w:val="restart"/>' if cell.rows > 1 else ""
                cells.append(_word_cell(cell.text, columns, merge))
            column += columns
        rows.append(f"<w:tr>{''.join(cells)}</w:tr>")
    count = sum(cell.columns for cell in grid[0])
    columns = f'<w:gridCol w:w="{9000 // count}"/>' * count
    return (
        f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>"
        f"{''.join(rows)}</w:tbl>"
    )


def _word_cell(text: str, columns: int, merge: str) -> str:
    span = f'<w:gridSpan w:val="{columns}"/>' if columns > 1 else ""
    return f"<w:tc><w:tcPr>{span}{merge}</w:tcPr>{_paragraph(text)}</w:tc>"

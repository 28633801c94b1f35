"""The golden reports as Word files, and as the PDF files LibreOffice makes of them."""

from __future__ import annotations

import copy
import io
import re
import subprocess
import tempfile
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import docx
import pypdfium2
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm
from docx.table import Table

from tests.portals.reports import SampleReport
from tests.reports.truth import Grid, grids, headings, signature

FONT = "Noto Serif CJK SC"
PDF_PASSWORD = "example"
_MADE = datetime(2024, 1, 1, tzinfo=UTC)


def word(
    report: SampleReport,
    change: Callable[[Document], None] | None = None,
    style: str = "Table Grid",
) -> bytes:
    """The report as a Word file; headings are bold paragraphs with typed numbers."""
    document = docx.Document()
    document.styles["Normal"].font.name = FONT
    document.styles["Normal"].element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    core = document.core_properties
    core.created = core.modified = _MADE
    core.author, core.title = "示例", ""
    document.add_heading(report.title, 0)
    _paragraphs(document, report.sections[0])
    tables = grids(report)
    for number, heading in enumerate(headings(), 1):
        document.add_paragraph().add_run(heading).bold = True
        if number in tables:
            _table(document, tables[number], style)
        _paragraphs(document, report.sections[number])
    _paragraphs(document, signature(report))
    if change:
        change(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _paragraphs(document: Document, texts: tuple[str, ...]) -> None:
    for text in texts:
        document.add_paragraph(text).paragraph_format.first_line_indent = Cm(0.8)


def _table(document: Document, grid: Grid, style: str) -> None:
    width = sum(cell.columns for cell in grid[0])
    table = document.add_table(len(grid), width)
    table.style = style
    taken: set[tuple[int, int]] = set()
    for row, cells in enumerate(grid):
        column = 0
        for cell in cells:
            while (row, column) in taken:
                column += 1
            bottom, right = row + cell.rows - 1, column + cell.columns - 1
            taken |= {
                (down, across)
                for down in range(row, bottom + 1)
                for across in range(column, right + 1)
            }
            origin = table.cell(row, column)
            if (bottom, right) != (row, column):
                origin = origin.merge(table.cell(bottom, right))
            origin.text = cell.text
            column = right + 1


def hard(document: Document) -> None:
    """What Word files hide: a table in a content control, tracked changes, a text box,
    hidden text, fields.
    """
    table = document.tables[1]._tbl
    control = parse_xml(
        f"<w:sdt {nsdecls('w')}><w:sdtPr><w:alias w:val='表"
        "'/></w:sdtPr><w:sdtContent/></w:sdt>"
    )
    table.addprevious(control)
    control[-1].append(table)

    row = copy.deepcopy(document.tables[0].rows[2]._tr)
    row.get_or_add_trPr().append(
        parse_xml(f"<w:del {nsdecls('w')} w:id='91' w:author='示例'/>")
    )
    document.tables[0].rows[2]._tr.addprevious(row)

    last = document.paragraphs[-3]._p
    for piece in (
        f"<w:ins {nsdecls('w')} w:id='92' w:author='示例'><w:r><w:t>修订时加入的"
        "一句。</w:t></w:r></w:ins>",
        f"<w:del {nsdecls('w')} w:id='93' w:author='示例'><w:r><w:delText>修订时"
        "删去的一句。</w:delText></w:r></w:del>",
        f"<w:r {nsdecls('w')}><w:rPr><w:vanish/></w:rPr><w:t>隐藏的填写说明。"
        "</w:t></w:r>",
        f"<w:r {nsdecls('w')}><w:fldChar w:fldCharType='begin'/></w:r>",
        f"<w:r {nsdecls('w')}><w:instrText>FORMTEXT 2024</w:instrText></w:r>",
        f"<w:r {nsdecls('w')}><w:fldChar w:fldCharType='separate'/></w:r>",
        f"<w:r {nsdecls('w')}><w:t>域的结果。</w:t></w:r>",
        f"<w:r {nsdecls('w')}><w:fldChar w:fldCharType='end'/></w:r>",
        text_box("文本框中的一句。"),
    ):
        last.append(parse_xml(piece))
    _number_headings(document)


def text_box(text: str) -> str:
    inner = f"<w:txbxContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent>"
    spaces = (
        nsdecls("w")
        + ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        + " "
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
        + ' xmlns:v="urn:schemas-microsoft-com:vml"'
    )
    return (
        f'<w:r {spaces}><mc:AlternateContent><mc:Choice Requires="wps">'
        f"<w:drawing><wps:txbx>{inner}</wps:txbx></w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict><v:textbox>{inner}"
        "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def _number_headings(document: Document) -> None:
    """The numbers 一、 to 六、 are made by Word: they stand in the numbering part, not
    in the text.
    """
    part = document.part.numbering_part.element
    part.insert(
        0,
        parse_xml(
            f"<w:abstractNum {nsdecls('w')} w:abstractNumId='77'><w:lvl "
            "w:ilvl='0'><w:start w:val='1'/>"
            "<w:numFmt w:val='chineseCountingThousand'/><w:lvlText w:val='%1、"
            "'/></w:lvl></w:abstractNum>"
        ),
    )
    part.append(
        parse_xml(
            f"<w:num {nsdecls('w')} w:numId='77'><w:abstractNumId w:val='77'/></w:num>"
        )
    )
    for paragraph in document.paragraphs:
        if paragraph.text in headings():
            paragraph.runs[0].text = paragraph.text[2:]
            properties = paragraph._p.get_or_add_pPr()
            properties.append(
                parse_xml(
                    f"<w:numPr {nsdecls('w')}><w:ilvl w:val='0'/><w:numId "
                    "w:val='77'/></w:numPr>"
                )
            )


def pdf(file: bytes, options: str = "") -> bytes:
    """A Word file printed by LibreOffice."""
    return converted(file, "docx", "pdf", options)


def converted(file: bytes, kind: str, wanted: str, options: str = "") -> bytes:
    """A file of one kind saved by LibreOffice as another."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / f"a.{kind}").write_bytes(file)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = [
            "soffice",
            "--headless",
            "--convert-to",
            f"{wanted}{options}",
            "--outdir",
            f"{folder}/made",
        ]
        subprocess.run(
            [*command, f"{folder}/a.{kind}", profile],
            check=True,
            timeout=180,
            capture_output=True,
        )
        return (Path(folder) / "made" / f"a.{wanted}").read_bytes()


def flat(file: bytes) -> bytes:
    """A Word file as one XML text."""
    namespace = "http://schemas.microsoft.com/office/2006/xmlPackage"
    parts = []
    with zipfile.ZipFile(io.BytesIO(file)) as package:
        for name in package.namelist():
            if name in {"_rels/.rels", "word/document.xml", "word/numbering.xml"}:
                text = re.sub(r"<\?xml.*?\?>", "", package.read(name).decode())
                parts.append(
                    f'<pkg:part pkg:name="/{name}"><pkg:xmlData>{text}'
                    "</pkg:xmlData></pkg:part>"
                )
    head = (
        '<?xml version="1.0" standalone="yes"?>\r\n<?mso-application '
        'progid="Word.Document"?>\r\n'
    )
    return f'{head}<pkg:package xmlns:pkg="{namespace}">{"".join(parts)}</pkg:package>'.encode()


def narrow(document: Document) -> None:
    """Narrow label columns: labels wrap over many lines and rows break over pages."""
    table: Table = document.tables[1]
    table.autofit = False
    for row in table.rows:
        for cell in row.cells[:3]:
            cell.width = Cm(1.3)
    for section in document.sections:
        section.page_height = Cm(17)
        section.footer.paragraphs[0].text = "— 3 —"


def small(document: Document) -> None:
    """Figures so small that none wraps in its cell."""
    for table in document.tables:
        for paragraph in table._tbl.iter(qn("w:p")):
            for run in paragraph.iter(qn("w:r")):
                run.insert(
                    0, parse_xml(f"<w:rPr {nsdecls('w')}><w:sz w:val='13'/></w:rPr>")
                )


def scan(file: bytes) -> bytes:
    """The first page of a PDF as a picture in a PDF."""
    document = pypdfium2.PdfDocument(file)
    picture = document[0].render(scale=0.5, grayscale=True).to_pil()
    out = io.BytesIO()
    picture.save(out, "PDF", resolution=36, quality=40)
    return out.getvalue()


def protected(file: bytes) -> bytes:
    """A PDF that asks for a password."""
    return pdf(
        file,
        ':writer_pdf_Export:{"EncryptFile":{"type":"boolean","value":"true"},'
        f'"DocumentOpenPassword":{{"type":"string","value":"{PDF_PASSWORD}"}}}}',
    )

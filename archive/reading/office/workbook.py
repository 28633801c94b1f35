"""Workbooks (.xlsx) → Document: every visible sheet in order, of it what is neither
hidden nor struck out.

A sheet's number is the page of what stands on it.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from archive.catalogue import XLSX
from archive.reading.looks import STRUCK_OUT
from archive.reading.office.cell_formats import Formats
from archive.reading.office.sheet_blocks import SheetBlocks
from archive.reading.office.sheet_texts import CellText, text_of_runs
from archive.reading.office.worksheet import Sheet, read_sheet
from archive.reading.package import Package
from archive.reading.unreadable import Unreadable
from archive.report import Document, Hints, Note

_NAME = "电子表格"
_MAX_SHEETS = 50
# Tags of a sheet; a form has some thousands.
_MAX_MARKS = 2_000_000
_LONGEST_NAME = 40


def read_workbook(body: bytes, hints: Hints) -> Document:
    """Reads a workbook.

    Raises Unreadable when it is damaged, protected, a bomb or far larger than a report.
    """
    blocks = SheetBlocks()
    notes: list[Note] = []
    with Package(body, _NAME) as file:
        if "xl/workbook.bin" in file.names:
            raise Unreadable(
                "二进制电子表格（.xlsb）暂不能读取，请另存为 .xlsx 后再导入。"
            )
        for number, (name, sheet) in enumerate(_sheets(file), 1):
            if sheet is not None:
                blocks.add(sheet, page=number)
            notes += _notes(name, sheet)
    return Document(tuple(blocks.blocks), XLSX, notes=tuple(dict.fromkeys(notes)))


def _notes(name: str, sheet: Sheet | None) -> list[Note]:
    """What was not read of a sheet."""
    if sheet is None:
        return [Note("sheet_hidden", {"name": name})]
    notes: list[Note] = []
    if sheet.hidden:
        notes.append(Note("cells_hidden", {"name": name, "count": sheet.hidden}))
    if sheet.struck:
        notes.append(STRUCK_OUT)
    return notes


def _sheets(file: Package) -> Iterator[tuple[str, Sheet | None]]:
    """The sheets with their names; None for those that are hidden."""
    book = file.xml("xl/workbook.xml")
    links = file.xml("xl/_rels/workbook.xml.rels")
    if book is None or links is None:
        raise Unreadable("电子表格中缺少正文部分，文件可能已损坏。")
    targets = {link.get("Id"): str(link.get("Target", "")) for link in links}
    formats = Formats(file.xml("xl/styles.xml"), since_1904=_counts_from_1904(book))
    shared = _shared(file)
    sheets = book.findall("{*}sheets/{*}sheet")
    if len(sheets) > _MAX_SHEETS:
        raise Unreadable(
            f"电子表格有 {len(sheets)} 个工作表，不像一份年报；请核对文件。"
        )
    for sheet in sheets:
        name = str(sheet.get("name", ""))[:_LONGEST_NAME]
        if sheet.get("state", "visible") != "visible":
            yield name, None
            continue
        root = _content(file, name, targets.get(_link(sheet), ""))
        if root is not None:
            yield name, read_sheet(root, shared, formats)


def _counts_from_1904(book: etree._Element) -> bool:
    """Whether days are counted from 1904, as Excel for the Mac did."""
    for properties in book.iterfind("{*}workbookPr"):
        if properties.get("date1904") in {"1", "true"}:
            return True
    return False


def _link(sheet: etree._Element) -> str | None:
    """By which name the links call a sheet: `r:id`, whatever the prefix."""
    for key, value in sheet.items():
        if str(key).endswith("}id"):
            return str(value)
    return None


def _content(file: Package, name: str, target: str) -> etree._Element | None:
    """The content of a sheet; None for sheets of another sort, such as charts.

    `target` is the part as the links name it: from the root with a leading slash, else
    from the folder of the workbook.
    """
    path = target if target.startswith("/") else f"xl/{target}"
    part = file.part(path)
    if part is None:
        return None
    # counted before it is parsed: a tree of so many elements would fill the memory
    if part.count(b"<") > _MAX_MARKS:
        raise Unreadable(f"工作表“{name}”异常巨大，不像一份年报；请核对文件。")
    root = file.xml(path)
    if root is None or etree.QName(root).localname != "worksheet":
        return None
    return root


def _shared(file: Package) -> list[CellText]:
    """The texts that cells refer to by number."""
    root = file.xml("xl/sharedStrings.xml")
    if root is None:
        return []
    return [text_of_runs(item) for item in root.iterfind("{*}si")]

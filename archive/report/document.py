"""What a reader makes of an original: blocks in reading order, each with its place.

Pure data. Readers (`archive/reading`) produce a Document whatever the file type was;
everything after that (`archive/report`) works on Documents only.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple

from archive.catalogue import Values

# Places and cells are made by the hundreds for each document: a NamedTuple is several
# times as quickly made as a frozen dataclass.


class Place(NamedTuple):
    """Where something is printed in the original. All numbers count from 1.

    `block` is the position in `Document.blocks`; `row` and `column` are a table cell's
    position in its grid; `page` is known for paged formats, `line` for text dumps.
    """

    block: int
    row: int | None = None
    column: int | None = None
    page: int | None = None
    line: int | None = None

    @property
    def anchor(self) -> str:
        """Name of the HTML anchor of this place on the report page.

        `b17` for a block, `b17r5c3` for a cell of a table.
        """
        if self.row is None:
            return f"b{self.block}"
        return f"b{self.block}r{self.row}c{self.column or 1}"


@dataclass(frozen=True, slots=True)
class Heading:
    """A line marked as a heading by the file itself: h1…h6, a Word style, `#`.

    `level` is 1 to 6. Most headings of reports are not marked: they are paragraphs.
    """

    text: str
    at: Place
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A run of text.

    Line breaks inside are kept as `\\n`; what a page break has cut is not joined here.
    """

    text: str
    at: Place


class Cell(NamedTuple):
    """An origin cell with its printed text.

    The positions that its span covers have no Cell.
    """

    text: str
    at: Place
    rows: int = 1
    columns: int = 1

    @property
    def row(self) -> int:
        """From 1, in the table's grid."""
        return self.at.row or 1

    @property
    def column(self) -> int:
        """From 1, in the table's grid."""
        return self.at.column or 1


@dataclass(frozen=True)
class Table:
    """Cells in row order.

    `aligned` says whether a cell's column can be trusted: true for real grids (HTML,
    Word, ruled PDF), false for dumps whose cells may be shifted, lost or doubled.
    """

    cells: tuple[Cell, ...]
    at: Place
    aligned: bool = True

    @cached_property
    def height(self) -> int:
        """Rows of the grid; a cell that spans rows counts with all of them."""
        ends = [(at.row or 1) + rows - 1 for _, at, rows, _ in self.cells]
        return max(ends, default=0)

    @cached_property
    def width(self) -> int:
        """Columns of the grid, likewise."""
        ends = [(at.column or 1) + columns - 1 for _, at, _, columns in self.cells]
        return max(ends, default=0)

    def rows(self) -> list[list[Cell]]:
        """The origin cells of each row, left to right.

        A row that spans cover altogether is empty.
        """
        rows: list[list[Cell]] = [[] for _ in range(self.height)]
        for cell in self.cells:
            rows[(cell.at.row or 1) - 1].append(cell)
        for row in rows:
            # Readers go through a row from left to right, nearly all of them.
            columns = [at.column or 1 for _, at, _, _ in row]
            if columns != sorted(columns):
                row.sort(key=attrgetter("column"))
        return rows


Block = Heading | Paragraph | Table


@dataclass(frozen=True, slots=True)
class Note:
    """Something met while a file was read that its readers should know.

    `case` is one of the wordings of the check `document_note`, and `values` are what
    that wording names: nothing else words it.
    """

    case: str
    values: Values = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Document:
    """An original as blocks in reading order, without page furniture.

    `meta` holds what the file says about itself, under lower-case keys where known:
    `title`, `source`, `publisher`, `site_name`, `site_code`, `column`; and days as
    printed, each by its label: `published` (发布日期), `dated` (日期, 录入时间),
    `updated`, `written` (成文日期), and `pubdate` of the meta tag. `media_type` is what
    the bytes are (not what the name says). `scanned` is true when the text came from
    OCR. `notes` are the reader's doubts; they become findings of the family
    `reading`. `linked` is the share of the text that stands in
    links, 0 to 1: a list of reports is little else. `cut` is whether the file
    breaks off at its end; None where the file type has no marks that would tell.
    """

    blocks: tuple[Block, ...]
    media_type: str
    meta: dict[str, str] = field(default_factory=dict)
    scanned: bool = False
    notes: tuple[Note, ...] = ()
    linked: float = 0.0
    pictures: tuple[str, ...] = ()
    """Addresses of pictures that may stand for the tables of a page, as written in it;
    nobody has read them.
    """
    cut: bool | None = False

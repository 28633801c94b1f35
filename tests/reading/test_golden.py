"""Every golden document: all of its text, every figure in its row, and a place for
everything.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest

from archive.catalogue.forms import SECTIONS
from archive.report.document import Document, Table
from archive.report.tables.statutory import read_tables
from tests.reading import golden

NAMES = sorted(golden.EXPECTED["files"])
FURNITURE = [
    "扫一扫",
    "上一篇",
    "打印",
    "浏览次数",
    "网站标识码",
    "— 1 —",
    "- 2 -",
    "共 3 页",
    "bookmark",
    "统计局",
]
HEADINGS = [
    f"{mark}、{SECTIONS[number][0]}" for number, mark in enumerate("一二三四五六", 1)
]
DAMAGED = {"text_shifted.txt"}
OVER_LINES = "html_headings_over_lines.html"


@pytest.fixture(params=NAMES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def truth(name: str) -> dict[str, Any]:
    report: dict[str, Any] = golden.EXPECTED["reports"][golden.EXPECTED["files"][name]]
    return report


def test_every_figure_arrives_under_its_key(name: str, truth: dict[str, Any]) -> None:
    """The readers' part of the proof: a cell in the wrong row or column would carry
    another figure.
    """
    reading = read_tables(golden.document(name))
    assert reading.form == truth["form"]
    found = {key: figure.value for key, figure in reading.figures.items()}
    assert found == {
        key: Decimal(str(value)) for key, value in truth["figures"].items()
    }
    if name not in DAMAGED:
        assert {str(figure.status) for figure in reading.figures.values()} == {"exact"}


def test_headings_are_lines_of_their_own(name: str) -> None:
    lines = [
        re.sub(r"^#+ *", "", golden.simplified(line))
        for line in golden.prose(golden.document(name))
    ]
    if name == OVER_LINES:
        assert all(heading in "".join(lines) for heading in HEADINGS)
    else:
        assert [line for line in lines if line in HEADINGS] == HEADINGS


def test_signature_and_date_are_read(name: str, truth: dict[str, Any]) -> None:
    lines = [golden.simplified(line) for line in golden.prose(golden.document(name))]
    year, month, day = truth["published_on"].split("-")
    assert truth["agency"] in lines
    assert f"{int(year)}年{int(month)}月{int(day)}日" in [
        "".join(line.split()) for line in lines
    ]


def test_nothing_of_the_page_is_left(name: str) -> None:
    everything = "\n".join(golden.prose(golden.document(name)))
    for furniture in FURNITURE:
        assert furniture not in everything


def test_no_sentence_is_lost(name: str) -> None:
    everything = golden.simplified(
        "".join("".join(golden.prose(golden.document(name))).split())
    )
    assert "结转下年度继续办理" in everything
    assert everything.count("三是在做好“") == 1, "the last sentence of section 5, once"
    assert "本页为示例数据，不代表任何真实机关。" in everything


def test_everything_has_its_place(name: str) -> None:
    check_places(golden.document(name))


def check_places(document: Document) -> None:
    for number, block in enumerate(document.blocks, 1):
        assert block.at.block == number
        if isinstance(block, Table):
            taken: set[tuple[int, int]] = set()
            for cell in block.cells:
                assert cell.at.block == number
                covered = {
                    (row, column)
                    for row in range(cell.row, cell.row + cell.rows)
                    for column in range(cell.column, cell.column + cell.columns)
                }
                assert not covered & taken, "two cells at one position"
                taken |= covered
        else:
            assert block.text.strip()


@pytest.mark.parametrize(
    "name",
    [name for name in NAMES if name.endswith((".txt", ".md")) and "html" not in name],
)
def test_lines_of_dumps_are_known(name: str) -> None:
    text = golden.body(name)
    lines = (text.decode("gb18030") if "gb18030" in name else text.decode()).split("\n")
    for block in golden.document(name).blocks:
        assert block.at.line
        if isinstance(block, Table):
            assert all(
                cell.text.split("\n")[0] in lines[(cell.at.line or 0) - 1]
                for cell in block.cells
            )
        else:
            assert block.text[:8] in lines[block.at.line - 1].replace(
                "[bookmark: _GoBack]", ""
            )


@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith("pdf")])
def test_pages_of_pdf_files_are_known(name: str) -> None:
    pages = [block.at.page for block in golden.document(name).blocks]
    assert pages[0] == 1
    assert None not in pages
    assert pages == sorted(page for page in pages if page)

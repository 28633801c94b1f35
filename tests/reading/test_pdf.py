"""PDF files: tables over pages, paragraphs over lines and pages, files that can't be
read.
"""

from __future__ import annotations

import pytest

from archive.reading import Unreadable, read
from archive.reading.printed import pdf
from tests.reading import golden
from tests.reading.golden import prose, tables


@pytest.mark.parametrize(
    ("name", "heights"), [("pdf_ruled.pdf", [14, 28, 4]), ("pdf_2019.pdf", [18, 26, 4])]
)
def test_a_table_over_pages_is_one_table(name: str, heights: list[int]) -> None:
    """A row that the page's end cuts in two is one row again."""
    found = tables(golden.document(name))
    assert [table.height for table in found] == heights
    assert [table.width for table in found] == [4, 10, 15]
    assert all(table.aligned for table in found)
    assert len({cell.at.page for cell in found[1].cells}) > 1


@pytest.mark.parametrize(
    "name", ["pdf_ruled.pdf", "pdf_split_rows.pdf", "pdf_unruled.pdf"]
)
def test_paragraphs_are_those_of_the_word_file(name: str) -> None:
    def level(lines: list[str]) -> list[str]:
        return ["".join(line.split()) for line in lines]

    assert level(prose(golden.document(name))) == level(
        prose(golden.document("docx_plain.docx"))
    )


def test_a_table_without_rules_can_not_be_trusted_by_columns() -> None:
    assert [table.aligned for table in tables(golden.document("pdf_unruled.pdf"))] == [
        False
    ] * 3


@pytest.mark.parametrize(
    ("name", "words"), [("pdf_scan.pdf", "分辨率过低"), ("pdf_protected.pdf", "密码")]
)
def test_what_can_not_be_read(name: str, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        read(golden.body(name))


def test_a_cut_file_is_read_or_refused() -> None:
    with pytest.raises(Unreadable, match=r"损坏|没有识别出文字|格式异常"):
        read(golden.body("pdf_ruled.pdf")[:3000])


def test_too_many_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MAX_PAGES", 2)
    with pytest.raises(Unreadable, match="上限 2 页"):
        read(golden.body("pdf_ruled.pdf"))


def test_too_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MAX_SECONDS", -1.0)
    with pytest.raises(Unreadable, match="已停止"):
        read(golden.body("pdf_ruled.pdf"))

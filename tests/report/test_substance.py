"""What a new text must have to replace another, on the golden reports."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.reading import read
from archive.report.compare import what_is_lost
from archive.report.document import Paragraph, Table
from archive.report.model import Report
from archive.report.parse import parse
from tests.reading import golden

PAGE = golden.body("html_plain.html").decode()
WHOLE = parse(read(PAGE.encode()))


def without(report: Report, number: int) -> Report:
    kept = tuple(one for one in report.sections if one.number != number)
    return replace(report, sections=kept)


def without_table(report: Report, first: str) -> Report:
    figures = {
        key: figure._replace(value=None) if key.startswith(first) else figure
        for key, figure in report.figures.items()
    }
    return replace(report, figures=figures)


def shortened(report: Report, share: float = 0.5) -> Report:
    """A share of the prose of each section."""
    sections = []
    for section in report.sections:
        blocks = [
            block
            if isinstance(block, Table)
            else Paragraph(block.text[: int(len(block.text) * share)] + "。", block.at)
            for block in section.blocks
        ]
        sections.append(replace(section, blocks=tuple(blocks)))
    return replace(report, sections=tuple(sections))


@pytest.mark.parametrize("name", sorted(golden.EXPECTED["files"])[::4])
def test_a_report_lacks_nothing_of_itself(name: str) -> None:
    report = parse(golden.document(name))
    assert what_is_lost(report, report) == ""


def test_tables_under_no_heading_are_no_loss() -> None:
    bare = without(without(without(WHOLE, 2), 3), 4)
    assert "缺少" not in what_is_lost(bare, WHOLE)
    assert "缺少第二部分" in what_is_lost(without_table(bare, "disclosure"), WHOLE)


@pytest.mark.parametrize("number", [1, 5, 6])
def test_a_part_that_is_missing_is_missed(number: int) -> None:
    assert "缺少第" in what_is_lost(without(WHOLE, number), WHOLE)
    assert what_is_lost(WHOLE, without(WHOLE, number)) == ""


@pytest.mark.parametrize(
    ("first", "table"),
    [
        ("disclosure.", "主动公开表"),
        ("requests.", "依申请公开表"),
        ("review.", "行政复议诉讼表"),
    ],
)
def test_a_table_that_is_missing_is_missed(first: str, table: str) -> None:
    less = without_table(WHOLE, first)
    assert table in what_is_lost(less, WHOLE)
    assert what_is_lost(WHOLE, less) == ""


def test_half_the_prose_is_missed() -> None:
    assert "正文由" in what_is_lost(shortened(WHOLE), WHOLE)


def test_three_quarters_of_the_prose_are_enough() -> None:
    assert "正文由" in what_is_lost(shortened(WHOLE, 0.68), WHOLE)
    assert "正文由" not in what_is_lost(shortened(WHOLE, 0.82), WHOLE)


def test_a_few_signs_of_little_prose_may_be_missing() -> None:
    little = shortened(WHOLE, 0.1)
    assert what_is_lost(shortened(little), little) == ""


def test_nine_of_ten_figures_of_a_table_are_enough() -> None:
    """Table 4 has fifteen figures."""
    assert what_is_lost(without_table(WHOLE, "review.upheld"), WHOLE) == ""
    two = without_table(without_table(WHOLE, "review.upheld"), "review.total")
    assert "行政复议诉讼表由15项数据减为13项" in what_is_lost(two, WHOLE)


def test_an_edit_is_no_loss() -> None:
    edited = parse(read(PAGE.replace("不", "未").encode()))
    assert what_is_lost(edited, WHOLE) == ""


@settings(max_examples=40, deadline=None)
@given(st.floats(0.05, 0.995))
def test_a_page_cut_anywhere_is_no_report_or_lacks_something(share: float) -> None:
    body = PAGE.encode()
    end = body.rindex("。".encode())
    cut = parse(read(body[: int(end * share)]))
    assert not cut.is_report or what_is_lost(cut, WHOLE)


def ending(text: str) -> Report:
    """The whole report with another text in its last part."""
    *others, last = WHOLE.sections
    assert last.at
    told = replace(last, blocks=(Paragraph(text, last.at),))
    return replace(WHOLE, sections=(*others, told))


LONG = "收取信息处理费0元。公开情况已在专栏发布，欢迎查阅。打印本页"


@pytest.mark.parametrize(
    ("shown", "is_cut"),
    [
        (LONG.removesuffix("打印本页"), False),
        (LONG.removesuffix("欢迎查阅。打印本页"), True),
        ("收取信息处理费0元。", True),
    ],
    ids=["a button", "torn in a sentence", "a whole sentence"],
)
def test_only_what_breaks_off_is_cut(shown: str, is_cut: bool) -> None:
    assert ("中途断开" in what_is_lost(ending(shown), ending(LONG))) == is_cut


def test_a_preface_and_parts_without_a_form_are_no_loss() -> None:
    assert "缺少" not in what_is_lost(without(WHOLE, 0), WHOLE)
    free = replace(WHOLE, form="free")
    assert "缺少" not in what_is_lost(without(free, 5), free)

"""Which lines may be statutory headings, how much speaks for each, and which are taken."""

from __future__ import annotations

from archive.report.document import Block, Cell, Heading, Paragraph, Place, Table
from archive.report.outline.choice import choose
from archive.report.outline.marks import Mark, find_marks
from archive.report.outline.own_headings import own_headings

SECOND = "二、主动公开政府信息情况"
THIRD = "三、收到和处理政府信息公开申请情况"
TEXT = "全年各项工作有序推进。"


def blocks(*texts: str) -> list[Block]:
    return [Paragraph(text, Place(at)) for at, text in enumerate(texts, 1)]


def scores(*found: Block) -> list[float]:
    return [mark.score for mark in find_marks(found, ())]


def test_a_heading_with_the_next_at_once_behind_it_counts_less() -> None:
    apart = scores(*blocks(SECOND, TEXT, THIRD))
    together = scores(*blocks(SECOND, THIRD, TEXT))
    assert together[0] < apart[0]
    assert together[1] == apart[1]


def test_a_heading_with_its_table_counts_more() -> None:
    table = Table((Cell("申请人情况", Place(2, 1, 1)),), Place(2))
    (alone,) = scores(*blocks(THIRD, TEXT))
    (with_table,) = scores(*blocks(THIRD), table)
    assert with_table > alone


def test_a_heading_that_the_file_marks_counts_more() -> None:
    (unmarked,) = scores(*blocks(THIRD, TEXT))
    (marked,) = scores(Heading(THIRD, Place(1)), *blocks(TEXT))
    assert marked > unmarked


def test_a_heading_inside_a_line_counts_less() -> None:
    (alone,) = scores(*blocks(THIRD, TEXT))
    (inline,) = scores(*blocks(TEXT + THIRD))
    assert 0 < inline < alone


def test_a_heading_behind_other_signs_needs_a_blank_before_it() -> None:
    apart = find_marks(blocks(f"总计0 0 0 {THIRD}"), ())
    glued = find_marks(blocks(f"总计000{THIRD}"), ())
    assert 8 in {mark.begin for mark in apart}
    assert {mark.begin for mark in glued} <= {0}


def test_blocks_of_tables_hold_no_heading() -> None:
    assert find_marks(blocks(THIRD), {1}) == []


def test_of_two_equal_runs_the_later_is_taken() -> None:
    contents = [Mark(at, 0, 9, at, 2.0) for at in (1, 2, 3)]
    real = [Mark(at + 10, 0, 9, at, 2.0) for at in (1, 2, 3)]
    assert choose([*contents, *real]) == tuple(real)


def test_headings_are_taken_in_the_order_of_the_form() -> None:
    first, fifth, third = (Mark(at, 0, 9, n, 2.0) for at, n in enumerate((1, 5, 3)))
    assert choose([first, fifth, third]) == (first, third)


def test_a_weak_heading_is_not_believed() -> None:
    assert choose([Mark(0, 0, 9, 1, 0.9)]) == ()


def test_parts_of_a_free_report_may_leave_out_one_number() -> None:
    found = own_headings(blocks("一、概述", TEXT, "三、收费情况", TEXT, "六、其他"), ())
    assert [(mark.number, mark.printed) for mark in found] == [(1, 1), (2, 3)]


def test_the_highest_marked_headings_are_the_parts_where_none_is_numbered() -> None:
    found = own_headings(
        [
            Heading("概述", Place(1), 2),
            Heading("平台建设", Place(2), 3),
            Heading("收费情况", Place(3), 2),
        ],
        (),
    )
    assert [mark.block for mark in found] == [0, 2]

"""Text dumps: rows as they stand, headings, furniture, odd lines."""

from __future__ import annotations

import contextlib

import pytest

from archive.reading import Unreadable, read
from archive.report.document import Document, Heading, Paragraph, Table
from tests.reading.golden import prose, tables, texts


def dump(*lines: str) -> Document:
    return read("\n".join(lines).encode())


def test_rows_keep_their_empty_cells() -> None:
    document = read("信息内容\t本年制发件数\t\n规章\t\t3\t\n\t0\n".encode())
    (table,) = tables(document)
    assert texts(table) == [
        ["信息内容", "本年制发件数", ""],
        ["规章", "", "3", ""],
        ["", "0"],
    ]
    assert not table.aligned
    assert [cell.at.line for cell in table.cells] == [1, 1, 1, 2, 2, 2, 2, 3, 3]


def test_pipe_tables() -> None:
    even, odd = read(
        "# 表\n\n| 规章 | 3 |\n|:---|---:|\n| 许可 |  |\n\n正文。"
        "\n\n| 甲 | 1 | 2 |\n| 乙 | 3 |\n".encode()
    ).blocks[1::2]
    assert isinstance(even, Table)
    assert isinstance(odd, Table)
    assert texts(even) == [["规章", "3"], ["许可", ""]]
    assert even.aligned
    assert not odd.aligned


def test_headings_and_lines() -> None:
    blocks = read(
        "# 报告\n## **一、总体情况**\n#### 1. 数量\n全年公开 12 条。\n#5件\n".encode()
    ).blocks
    assert [(type(block), getattr(block, "level", 0)) for block in blocks[:4]] == [
        (Heading, 1), (Heading, 2), (Heading, 4), (Paragraph, 0),
    ]  # fmt: skip
    assert blocks[1] == Heading("一、总体情况", blocks[1].at, 2)


@pytest.mark.parametrize(
    "footer", ["- 6 -", "— 3 —", "第 3 页 共 5 页", "第3页", "—12—"]
)
def test_page_numbers_go(footer: str) -> None:
    assert prose(read(f"全年公开政府信息，\n\n{footer}\n\n涉及民生。".encode())) == [
        "全年公开政府信息，",
        "涉及民生。",
    ]


def test_a_bare_number_may_be_a_figure() -> None:
    assert "12" in prose(read("规章\n12\n".encode()))


def test_invisible_signs_go_and_line_ends_are_one() -> None:
    text = "一、总体\u200b情况\r\n\ufeff正\u00ad文\u2028第二行\x0c第三行\x07\u00a0完"
    assert prose(read(text.encode())) == ["一、总体情况", "正文", "第二行", "第三行 完"]


def test_one_cell_a_line() -> None:
    rows = "".join(f"\t{label}\n\t1\n\t\n\n" for label in ("规章", "商业\n企业") * 15)
    document = read(f"二、情况\n{rows}三、情况\n".encode())
    (table,) = tables(document)
    assert texts(table)[:2] == [["规章", "1", ""], ["商业\n企业", "1", ""]]
    assert prose(document) == ["二、情况", "三、情况"]


def test_one_cell_a_line_ends_at_the_next_heading() -> None:
    rows = "".join(f"\t规章\n\t{number}\n\n" for number in range(40))
    document = read(f"{rows}\t许可\n\t7\n三、收到和处理政府信息公开申请情况\n".encode())
    assert prose(document) == ["三、收到和处理政府信息公开申请情况"]
    assert texts(tables(document)[0])[-1] == ["许可", "7"]


def test_html_tables_in_markdown() -> None:
    document = read(
        "# 报告\n<table><tr><td>规章</td><td>3</td></tr></table>\n正文。"
        "<table>没有写完".encode()
    )
    assert texts(tables(document)[0]) == [["规章", "3"]]
    assert tables(document)[0].aligned
    assert prose(document)[0] == "报告"
    assert [block.at.block for block in document.blocks] == list(
        range(1, len(document.blocks) + 1)
    )


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "text",
    [
        "# " + " " * 200_000 + "x",
        "|" + "--|" * 100_000 + "x",
        "<table" * 200_000,
        "\t" * 15_000,
        "[bookmark:" * 90_000,
    ],
    ids=["heading", "rule", "tables", "cells", "bookmarks"],
)
def test_odd_texts_do_not_hang(text: str) -> None:
    with contextlib.suppress(Unreadable):
        read(("# 报告\n" + text).encode())


def test_limits() -> None:
    with pytest.raises(Unreadable, match="过长"):
        read("文".encode() * 5_100_000)
    with pytest.raises(Unreadable, match="单元格"):
        read(b"1\t2\n" * 12_000)


def test_columns_held_apart_by_spaces() -> None:
    """Labels may hold single spaces; a figure's place tells its column when others are
    blank.
    """
    document = dump(
        "三、收到和处理政府信息公开申请情况",
        "                      自然人  企业  科研  公益  法律  其他  总计",
        "（一）予以公开           9     8     7     6     5     4    39",
        "（二）部分 公开                2                             2",
        "（七）总计               9 10 7 6 5 4 41",
        "示例市商务局    2024年1月8日",
    )
    assert texts(tables(document)[0])[1:4] == [
        ["（一）予以公开", "9", "8", "7", "6", "5", "4", "39"],
        ["（二）部分 公开", "", "2", "", "", "", "", "2"],
        ["（七）总计", "9", "10", "7", "6", "5", "4", "41"],
    ]
    assert prose(document)[0] == "三、收到和处理政府信息公开申请情况"


@pytest.mark.parametrize("way", ["below", "around"])
def test_labels_printed_over_several_lines(way: str) -> None:
    one, other = "1  2  3  4  5  6  21", "7  0  0  0  0  0   7"
    gap = " " * 16
    below = [
        f"    1.属于国家{one:>30}",
        "    秘密",
        f"    2.其他法律{other:>30}",
        "    行政法规",
        "    禁止公开",
    ]
    around = ["    1.属于国家", f"{gap}{one:>28}", "    秘密"]
    around += ["    2.其他法律", f"    行政法规{other:>32}", "    禁止公开"]
    printed = below if way == "below" else around
    head = f"{gap}  自然人  法人或其他组织  总计"
    document = dump(
        "三、收到和处理政府信息公开申请情况",
        head,
        *printed,
        "    （七）总计  8 2 3 4 5 6 28",
    )
    rows = [
        [text.replace("\n", "") for text in row] for row in texts(tables(document)[0])
    ]
    assert rows[1:] == [
        ["1.属于国家秘密", *one.split()],
        ["2.其他法律行政法规禁止公开", *other.split()],
        ["（七）总计", "8", "2", "3", "4", "5", "6", "28"],
    ]


def test_spaces_alone_make_no_table() -> None:
    document = dump(
        "示例市商务局  2024年1月8日", "联系人：示例    电话：0000-0000000", "主动  公开    政府  信息", "",
        "电话    00000000", "邮编    000000",
    )  # fmt: skip
    assert not tables(document)
    assert len(prose(document)) == 5


@pytest.mark.timeout(60)
def test_lines_without_end() -> None:
    assert prose(dump(*["主动  公开"] * 25_000))
    with pytest.raises(Unreadable, match="单元格超过"):
        dump(*["规章  1  2  3  4  5  6", "规章  1"] * 10_000)


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "line",
    ["#a" + " " * 1900 + "x", "|--" + " " * 1900 + "x|b|", " " * 1900 + "|a|b|"],
    ids=["heading", "rule", "indented row"],
)
def test_hostile_lines_do_not_hang(line: str) -> None:
    assert dump(*[line] * 1000).blocks


@pytest.mark.timeout(60)
def test_a_cell_printed_over_thousands_of_lines_ends() -> None:
    document = dump(*["\t规章"] * 80, *["续行"] * 100_000, "文")
    assert len(texts(tables(document)[0])[0][-1]) < 6_000
    assert prose(document)[-1] == "文"


def test_marks_of_headings_fall_away() -> None:
    blocks = dump("# 一、总体情况 ##", "   ## 二 # 三", "##", "#" * 7 + " 四").blocks
    assert [(type(block), block.text) for block in blocks if not isinstance(block, Table)] == [
        (Heading, "一、总体情况"), (Heading, "二 # 三"), (Paragraph, "##"), (Heading, "# 四"),
    ]  # fmt: skip


def test_signs_that_grow_in_lower_case_move_no_table() -> None:
    document = dump("İ" * 10, "<TABLE><tr><td>规章</td><td>1</td></tr></Table>", "文")
    assert texts(tables(document)[0]) == [["规章", "1"]]
    assert prose(document) == ["İ" * 10, "文"]


def test_bold_marks_around_nothing_are_text() -> None:
    blocks = read("# ** **\n****\n一、总体情况\n".encode()).blocks
    assert [block.text for block in blocks if not isinstance(block, Table)] == [
        "** **",
        "****",
        "一、总体情况",
    ]

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.report.document import Heading, Paragraph, Place, Table
from archive.report.model import Section
from archive.report.outline.heading_numbers import read_marker
from archive.report.outline.joins import join_cuts
from archive.report.outline.sections import cut, find_outline, misnumbered
from archive.report.parse import parse
from tests.report.documents import SECTIONS, document, printed, signs, table

BODY = (
    "本年度工作有序推进。",
    "主动公开范围不断扩大。",
    "申请均按时办理。",
    "没有争议。",
    "存在不足，逐步改进。",
    "没有其他事项。",
)
PREFACE = "本报告依据条例编制，统计期限为2023年1月1日至2023年12月31日。"


def sections(text: str, *, official: bool = True) -> list[Section]:
    blocks = document(text).blocks
    found = cut(blocks, find_outline(blocks, set(), official))
    everything = signs("".join(section.heading + section.text for section in found))
    assert everything == printed(document(text)), "signs were lost, doubled or moved"
    return found


def report(*headings: str, preface: str = PREFACE, body: tuple[str, ...] = BODY) -> str:
    return "\n".join(
        [
            preface,
            *(
                f"{heading}\n{text}"
                for heading, text in zip(headings, body, strict=True)
            ),
        ]
    )


def numbers(found: list[Section]) -> list[int]:
    return [section.number for section in found]


DAMAGED = {
    "as it should be": SECTIONS,
    "marked as headings": tuple(f"## {heading}" for heading in SECTIONS),
    "levels at random": tuple(
        f"{'#' * (1 + at % 4)} {heading}" for at, heading in enumerate(SECTIONS)
    ),
    "without numbers": tuple(heading[2:] for heading in SECTIONS),
    "blanks": tuple("  ".join(heading) for heading in SECTIONS),
    "another comma": tuple(heading.replace("、", ",", 1) for heading in SECTIONS),
    "no comma": tuple(heading.replace("、", "", 1) for heading in SECTIONS),
    "digits": tuple(f"{at}.{heading[2:]}" for at, heading in enumerate(SECTIONS, 1)),
    "parts": tuple(f"第{heading[0]}部分 {heading[2:]}" for heading in SECTIONS),
    "a full stop behind": tuple(heading + "。" for heading in SECTIONS),
    "a colon behind": tuple(heading + "：" for heading in SECTIONS),
    "all the same number": tuple("一" + heading[1:] for heading in SECTIONS),
    "counted on from two": tuple(
        "二三四五六七"[at] + heading[1:] for at, heading in enumerate(SECTIONS)
    ),
    "variants": (
        "一、概述",
        "二、行政机关主动公开政府信息情况",
        "三、行政机关收到和处理政府信息公开申请情况",
        "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况",
        "五、政府信息公开工作存在的主要问题及改进情况",
        "六、其它需要报告的事项",
    ),
    "own words": (
        "一、工作总体情况",
        "二、主动公开政府信息的情况",
        "三、收到和处理政府信息公开申请的情况",
        "四、行政复议和行政诉讼情况",
        "五、存在的不足和下一步工作打算",
        "六、其他需要说明的事项",
    ),
    "in brackets": tuple(
        f"（{mark}）{heading[2:]}"
        for mark, heading in zip("一二三四五六", SECTIONS, strict=True)
    ),
    "traditional": (
        "一、總體情況",
        "二、主動公開政府信息情況",
        "三、收到和處理政府信息公開申請情況",
        "四、政府信息公開行政復議、行政訴訟情況",
        "五、存在的主要問題及改進情況",
        "六、其他需要報告的事項",
    ),
    "slips": (
        "一、总体倩况",
        "二、主动公开政府信息情祝",
        "三、收到和处理政府信息公幵申请情况",
        "四、政府信息公开行政复议,行政诉讼情况",
        "五、存在的主要问题及改进惰况",
        "六、其他需要报告的事顶",
    ),
}


@pytest.mark.parametrize("headings", DAMAGED.values(), ids=DAMAGED.keys())
def test_damaged_headings_are_recognised(headings: tuple[str, ...]) -> None:
    found = sections(report(*headings))
    assert numbers(found) == [0, 1, 2, 3, 4, 5, 6]
    assert [signs(section.text) for section in found] == [
        signs(PREFACE),
        *map(signs, BODY),
    ]
    assert found[3].heading == " ".join(headings[2].lstrip("# ").split())


@pytest.mark.parametrize("cut", [3, 8, 12])
def test_headings_over_several_lines_are_put_together(cut: int) -> None:
    text = report(
        *(
            heading[:cut] + "\n" + heading[cut:] if heading[cut:] else heading
            for heading in SECTIONS
        )
    )
    found = parse(document(text)).sections
    assert [section.heading for section in found[1:]] == list(SECTIONS)
    assert [signs(section.text) for section in found[1:]] == list(BODY)


def test_an_official_part_of_a_section_in_brackets_does_not_end_it() -> None:
    body = ("总述。\n（一）概述\n甲。\n（二）主动公开政府信息情况\n乙。", *BODY[1:])
    found = sections(report(*SECTIONS, body=body))
    assert [signs(section.text) for section in found[1:]] == [signs(body[0]), *BODY[1:]]


def test_heading_and_text_on_one_line() -> None:
    found = sections(
        "\n".join(
            [
                PREFACE,
                *(
                    heading + "　" + body
                    for heading, body in zip(SECTIONS, BODY, strict=True)
                ),
            ]
        )
    )
    assert [section.text for section in found[1:]] == list(BODY)


def test_a_whole_report_in_one_paragraph() -> None:
    found = sections(
        PREFACE
        + "".join(
            heading + "。" + body for heading, body in zip(SECTIONS, BODY, strict=True)
        )
    )
    assert numbers(found) == [0, 1, 2, 3, 4, 5, 6]
    assert [section.text for section in found[1:]] == list(BODY)
    found = sections(
        PREFACE
        + "|"
        + "|".join(f"{h}|{b}" for h, b in zip(SECTIONS, BODY, strict=True))
    )
    assert [section.text for section in found[1:]] == list(BODY)


def test_parts_listed_in_the_preface_are_no_headings() -> None:
    preface = "本报告由" + "、".join(SECTIONS) + "六部分组成。|欢迎查询。"
    assert numbers(sections(report(*SECTIONS, preface=preface))) == [
        0,
        1,
        2,
        3,
        4,
        5,
        6,
    ]


@pytest.mark.parametrize("tail", ["", "……1", "    3", "·······2"])
def test_a_list_of_contents_stays_in_the_preamble(tail: str) -> None:
    contents = "目录\n" + "\n".join(heading + tail for heading in SECTIONS)
    found = sections(report(*SECTIONS, preface=contents))
    assert [signs(section.text) for section in found[1:]] == list(BODY)
    assert signs(found[0].text) == signs(contents)


def test_a_part_of_section_one_is_not_section_two() -> None:
    body = (
        "总述。\n一主动公开政府信息情况\n甲。\n二依申请公开情况\n乙。"
        "\n（三）政府信息管理情况\n丙。",
        *BODY[1:],
    )
    found = sections(report(*SECTIONS, body=body))
    assert numbers(found) == [0, 1, 2, 3, 4, 5, 6]
    assert signs(found[1].text) == signs(body[0])
    marked = (
        body[0]
        .replace("二依申请公开情况", "## （二）依申请公开")
        .replace("一主动", "### （一）主动")
    )
    assert (
        signs(sections(report(*SECTIONS, body=(marked, *BODY[1:])))[2].text) == BODY[1]
    )


def test_numbering_that_starts_twice() -> None:
    body = (
        "总述。\n一、主动公开情况\n甲。\n二、依申请公开情况\n乙。\n三、"
        "平台建设情况\n丙。\n四、监督保障情况\n丁。",
        *BODY[1:],
    )
    found = sections(report(*SECTIONS, body=body))
    assert signs(found[1].text) == signs(body[0])
    assert [section.text for section in found[2:]] == list(BODY[1:])


def test_the_heading_with_its_table_behind_it_wins() -> None:
    text = report(
        *SECTIONS,
        body=(
            BODY[0],
            "第二十条第（一）项\t\n信息内容\t本年制发件数\n规章\t0",
            *BODY[2:],
        ),
    )
    found = sections(f"二、主动公开政府信息情况\n{text}")
    assert isinstance(found[2].blocks[0], Table)


def test_merged_headings_make_one_section() -> None:
    headings = [*SECTIONS[:4], "五、六、存在的主要问题及改进情况、其他需要报告的事项"]
    found = sections(report(*headings, body=BODY[:5]))
    assert numbers(found) == [0, 1, 2, 3, 4, 5]


def test_a_missing_heading_leaves_its_text_where_it_stands() -> None:
    found = sections(report(*SECTIONS[:3], *SECTIONS[4:], body=BODY[:5]))
    assert numbers(found) == [0, 1, 2, 3, 5, 6]


def test_other_numbers_than_the_forms_are_told() -> None:
    blocks = document(report(*DAMAGED["counted on from two"])).blocks
    assert misnumbered(find_outline(blocks, set(), True)) == [
        (at, at + 1) for at in range(1, 7)
    ]


def test_a_free_report_has_its_own_parts() -> None:
    text = (
        "前言。\n一、概述\n甲。\n二、主动公开政府信息的情况\n乙。\n"
        "三、依申请公开政府信息的情况\n丙。\n四、咨询情况：丁。"
    )
    found = sections(text, official=False)
    assert [(section.number, section.heading) for section in found[1:]] == [
        (1, "一、概述"),
        (2, "二、主动公开政府信息的情况"),
        (3, "三、依申请公开政府信息的情况"),
        (4, "四、咨询情况："),
    ]


def test_a_free_report_without_numbers_uses_the_files_headings() -> None:
    assert [
        s.heading for s in sections("# 概述\n甲。\n# 公开情况\n乙。", official=False)
    ] == ["", "概述", "公开情况"]


def test_text_without_headings_is_all_preamble() -> None:
    assert [(s.number, s.text) for s in sections("只有一段文字。", official=False)] == [
        (0, "只有一段文字。")
    ]
    assert [(s.number, s.text) for s in sections("")] == [(0, "")]


def test_rows_of_the_table_printed_as_lines_are_no_headings() -> None:
    rows = (
        "一、本年新收政府信息公开申请数量\n二、上年结转政府信息公开申请数量\n三、"
        "本年度办理结果\n四、结转下年度继续办理"
    )
    found = sections(report(*SECTIONS, body=(*BODY[:2], rows, *BODY[3:])))
    assert signs(found[3].text) == signs(rows)


def test_markers() -> None:
    lines = ("三、收到", "第十一部分附表", "（三）管理")
    found = [
        (marker.kind, marker.number) for line in lines if (marker := read_marker(line))
    ]
    assert found == [("numeral", 3), ("ordinal", 11), ("bracket", 3)]
    assert read_marker("3.5万件") is None


# Paragraphs cut by a page break.


def joined(
    *texts: str, hold: bool = False, cells: frozenset[int] = frozenset()
) -> list[str]:
    blocks = [Paragraph(text, Place(number)) for number, text in enumerate(texts, 1)]
    return [
        block.text
        for block in join_cuts(blocks, cells, paragraphs_hold=hold)
        if not isinstance(block, Table)
    ]


CUT = [
    ("确保各项工作件件有着落、", "事事有回应。"),
    ("充分调动全局工作的积极性，", "形成合力，不断提高水平。"),
    (
        "把信息工作与实际工作结合起来，在研究工作、进",
        "行调研时注意收集信息，一并上报。",
    ),
    ("我们没有其他有关文件专门要求通过年度报告的形", "式予以报告的事项。"),
]
WHOLE = [
    ("主要存在以下三个方面的问题，表现如下", "一是认识有待提高。"),
    ("（三）政府信息管理", "严格按照规定管理，确保准确。"),
    ("四平台建设情况", "依托门户网站，发布信息。"),
    ("全年工作完成。", "另有两项工作，正在推进。"),
    ("表1 主动公开政府信息情况统计", "说明，本表不含其他。"),
    ("本年度我局认真落实各项工作要求，成效明显", "示例市商务局"),
    ("本年度我局认真落实各项工作要求，成效明显", "2024年1月17日"),
    ("如需了解更多信息，请登录网站", "（一）主动公开，做到及时。"),
]


@pytest.mark.parametrize(("first", "second"), CUT)
def test_what_a_page_has_cut_is_joined(first: str, second: str) -> None:
    assert joined(first, second) == [first + second]
    assert joined(first, "— 3 —", second) == [first + second]


@pytest.mark.parametrize(("first", "second"), WHOLE)
def test_what_is_whole_stays_apart(first: str, second: str) -> None:
    assert joined(first, second) == [first, second]


def test_formats_that_know_paragraphs_are_trusted() -> None:
    assert joined(*CUT[2], hold=True) == list(CUT[2])
    assert joined(*CUT[0], hold=True) == ["".join(CUT[0])]


def test_cells_headings_and_tables_are_never_joined() -> None:
    assert joined(*CUT[0], cells=frozenset({2})) == list(CUT[0])
    heading = Heading(CUT[0][0], Place(1))
    assert (
        len(
            join_cuts(
                [heading, Paragraph(CUT[0][1], Place(2))], set(), paragraphs_hold=False
            )
        )
        == 2
    )
    middle = [
        Paragraph(CUT[0][0], Place(1)),
        table(["甲\t乙"], 2),
        Paragraph(CUT[0][1], Place(3)),
    ]
    assert len(join_cuts(middle, set(), paragraphs_hold=False)) == 3


def test_the_whole_keeps_the_place_of_its_first_part() -> None:
    blocks = [
        Paragraph(text, Place(number, page=number))
        for number, text in enumerate(CUT[0], 3)
    ]
    assert join_cuts(blocks, set(), paragraphs_hold=False)[0].at == Place(3, page=3)


def test_a_page_number_that_cuts_nothing_stays() -> None:
    assert joined("一句完整的话。", "— 3 —", "下一句。") == [
        "一句完整的话。",
        "— 3 —",
        "下一句。",
    ]
    assert joined(CUT[0][0], "— 3 —") == [CUT[0][0], "— 3 —"]


LINES = st.sampled_from(
    [line for headings in DAMAGED.values() for line in headings]
    + list(BODY)
    + [text for pair in CUT + WHOLE for text in pair]
    + [
        "规章\t0\t0",
        "自然人\t1",
        "— 3 —",
        "目录",
        "五、六、",
        "一、|二、总体情况|三",
        "",
        "、",
        "（",
        "第",
        "#",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(LINES, max_size=40), st.booleans())
def test_shuffled_headings_lose_no_sign(lines: list[str], official: bool) -> None:
    found = sections("\n".join(lines), official=official)
    assert numbers(found) == sorted(set(numbers(found)))
    for section in found:
        kept = join_cuts(section.blocks, set(), paragraphs_hold=False)
        whole = Section(section.number, section.heading, kept)
        assert signs(whole.text).replace("—3—", "") == signs(section.text).replace(
            "—3—", ""
        )


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="一二三、（）()总体情况主动公开申请. \n#|1　．", max_size=200))
def test_any_text_is_cut_without_loss(text: str) -> None:
    sections(text)


@pytest.mark.timeout(60)
@pytest.mark.parametrize("sign", ["。", "文 "])
def test_thousands_of_headings_are_read_in_time(sign: str) -> None:
    assert len(sections("\n".join(SECTIONS * 2_000))) == 7
    assert sections("一、" * 100_000)
    assert sections(f"{sign}二、主动公开政府信息情况" * 100_000)

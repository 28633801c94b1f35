"""Passages are pieces of the original, marked where the question stands in them."""

from __future__ import annotations

from collections.abc import Callable
from math import fsum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.search import Entry, Snippet
from archive.search.answer.results import Pieces
from archive.search.answer.snippets import Marker
from archive.search.answer.texts import Text
from archive.search.question import Phrase, leaves, parse, within
from archive.search.text import normal
from tests.search.test_text import TEXTS

FILL = "本段没有要找的内容，只是为了把文字拉长。"


def marked(pieces: Pieces) -> list[str]:
    return [text for text, is_marked in pieces if is_marked]


def snippets(question: str, *proses: str) -> tuple[Snippet, ...]:
    entry = Entry(
        1,
        1,
        "示例",
        "示例局",
        2021,
        sections=tuple((n, f"第{n}节", p) for n, p in enumerate(proses, 1)),
    )
    tree = parse(question).tree
    ((_, found),) = Marker(list(leaves(tree)), within(tree)).shown([Text(entry)])
    return found


def title_of(question: str, title: str) -> Pieces:
    """A title as it is shown."""
    entry = Entry(1, 1, title, "示例局", 2021, sections=())
    ((found, _),) = Marker(list(leaves(parse(question).tree))).shown([Text(entry)])
    return found


@pytest.mark.parametrize(
    ("question", "prose", "expected"),
    [
        ("政府信息", "示例政府信息公开", ["政府信息"]),
        ("政府資訊公開", "示例政府\n资 讯公开。", ["政府\n资 讯公开"]),
        ('"ＡＢＣ１２"', "编号为abc12。", ["abc12"]),
        ('"〔2021〕30号"', "国办公开办函［2021］ 30 号文", ["［2021］ 30 号"]),
        ('"息公开工"', "政府信息公开工作", ["息公开工"]),
        ("预付卡 -答复", "预付卡及时答复", ["预付卡"]),
        ("café", "在Cafe\u0301里", ["Cafe\u0301"]),
        ("12", "共312件，其中12件，2012年", ["12"]),
        ('"12"', "共312件", ["12"]),
        ("政府 信息", "政府与信息", ["政府", "信息"]),
        ("m2", "面积9㎡", []),
        ('"m2"', "面积9㎡", ["㎡"]),
        ("例", "示例。", ["例"]),
        ("cov*", "discovery 与 covid19 情况", ["cov"]),
    ],
)
def test_marks_stand_on_the_original(
    question: str, prose: str, expected: list[str]
) -> None:
    (snippet,) = snippets(question, prose)
    assert "".join(text for text, _ in snippet.pieces) == prose
    assert marked(snippet.pieces) == expected


def test_the_richest_passages_in_the_order_of_the_report() -> None:
    long = FILL * 20
    found = snippets(
        "预付卡 行政复议",
        long + "只有预付卡。" + long,
        "无",
        long + "预付卡的行政复议。" + long,
        "行政复议",
    )
    assert [snippet.section for snippet in found] == [1, 3, 4]
    assert marked(found[1].pieces) == ["预付卡", "行政复议"]
    assert (found[1].cut_before, found[1].cut_after, found[2].cut_before) == (
        True,
        True,
        False,
    )
    assert all(
        len("".join(text for text, _ in snippet.pieces)) < 200 for snippet in found
    )


def test_a_mark_is_never_cut_off() -> None:
    text = "一二三四五六七八九十" * 8 + "ab"
    (snippet,) = snippets(f'"{text}"', f"前言。{text}cdef。后面。")
    assert marked(snippet.pieces) == [text]


def test_a_passage_begins_behind_a_mark_that_reaches_far() -> None:
    quoted = "关于进一步加强和改进政府信息公开工作的若干措施以及任务分工的通知正文和附件的全部内容的第一部分"
    prose = "预付" + "某" * 68 + quoted + "某" * 10 + "预付" + "某" * 20
    first, second = snippets(f'预付 OR "{quoted}"', prose)
    assert marked(first.pieces) == ["预付", quoted]
    begun = "".join(text for text, _ in second.pieces)
    assert begun.startswith("某" * 10 + "预付")


def test_passages_of_the_sections_asked_for() -> None:
    assert [
        one.section
        for one in snippets("章节:二 不足", "人员不足。", "能力不足。", "不足。")
    ] == [2]
    assert [
        one.section
        for one in snippets(
            "章节:二,三 不足 年份:2021", "人员不足。", "能力不足。", "不足。"
        )
    ] == [
        2,
        3,
    ]
    assert [
        one.section
        for one in snippets("(章节:二 不足) OR 人员", "人员不足。", "能力不足。")
    ] == [1, 2]


def test_at_most_three() -> None:
    assert len(snippets("预付卡", ("预付卡。" + FILL * 10) * 9)) == 3


def test_without_a_match_the_beginning() -> None:
    (snippet,) = snippets("", "", FILL * 20)
    assert (snippet.section, snippet.cut_before, snippet.cut_after) == (2, False, True)
    assert snippet.pieces[0][0].startswith("本段没有")
    assert snippets("", "", " \n") == ()


def test_numbers_and_words_are_not_cut() -> None:
    for shift in range(30):
        (snippet,) = snippets(
            "", "字" * (70 + shift) + "http://www.example.com 0795-2506846" + "字" * 99
        )
        text = "".join(part for part, _ in snippet.pieces)
        assert not text.endswith(("htt", "exampl", "exam", "079", "25068"))


def test_titles_are_whole() -> None:
    assert title_of("年報", "　２０２１年报 ") == (
        ("　２０２１", False),
        ("年报", True),
        (" ", False),
    )
    assert (title_of("年報", ""), title_of("年報", " \n")) == ((), ((" \n", False),))
    assert title_of("ab", "ab报ab") == (("ab", True), ("报", False), ("ab", True))


@given(TEXTS, TEXTS, st.booleans())
def test_passages_are_pieces_of_the_original(
    prose: str, question: str, quoted: bool
) -> None:
    asked = f'"{question}"' if quoted else question
    for snippet in snippets(asked, prose):
        assert "".join(text for text, _ in snippet.pieces) in prose
        for text in marked(snippet.pieces):
            assert normal(text)
    assert "".join(text for text, _ in title_of(asked, prose)) == prose


def of_report(question: str, prose: str, rare: str = "") -> list[str]:
    """What is marked in the passages of a report of 示例市商务局."""
    title = "示例市商务局2021年政府信息公开工作年度报告"
    entry = Entry(1, 1, title, "示例市商务局", 2021, sections=((1, "", prose),))
    marker = Marker(
        list(leaves(parse(question).tree)),
        rarity=lambda needle: 9.0 if needle == rare else 1.0,
    )
    ((_, found),) = marker.shown([Text(entry)])
    return [one for snippet in found for one in marked(snippet.pieces)]


def test_the_topic_is_shown_before_the_name_of_the_agency() -> None:
    named = ("示例市商务局召开会议。" + FILL * 8) * 6
    shown = of_report("示例市商务局 预付卡", named + "预付卡备案。" + FILL * 8)
    assert "预付卡" in shown


def test_each_word_is_shown_once_before_any_is_shown_twice() -> None:
    prose = ("营商环境改善。" + FILL * 8) * 4 + "复议。" + FILL * 8 + "公报。"
    assert {"营商环境", "复议", "公报"} == {*of_report("营商环境 复议 公报", prose)}


def test_of_passages_worth_the_same_the_first_are_shown() -> None:
    proses = [f"{name}{FILL * 9}" for name in ("水利", "气象", "水利", "气象")]
    found = snippets("水利 气象", *proses)
    assert [snippet.section for snippet in found] == [1, 2, 3]


def test_what_is_rare_comes_first() -> None:
    prose = "".join(
        f"{word}。" + FILL * 8
        for word in ("营商环境", "行政复议", "规范性文件", "渔港")
    )
    shown = of_report("营商环境 行政复议 规范性文件 渔港", prose, rare="渔港")
    assert "渔港" in shown


@pytest.mark.parametrize("day", ["2022年1月20日", "二〇二二年一月二十日 "])
def test_the_signature_is_no_passage(day: str) -> None:
    signed = f"示例市商务局按期公开。{FILL * 8}\n示例市商务局\n{day}"
    assert of_report("示例市商务局", signed) == ["示例市商务局"]
    unsigned = f"本局按期公开。\n示例市商务局\n{day}"
    assert of_report("示例市商务局", unsigned) == []
    assert of_report("示例市商务局", f"示例市商务局\n自{day}起公开。") != []


def read(needles: list[str], text: str, at: int, end: int) -> tuple[list[str], int]:
    """From left to right the longest of the needles wherever one begins; and where what
    is read ends.
    """
    found: list[str] = []
    while at < end:
        longest = max(
            (one for one in needles if text.startswith(one, at)), key=len, default=""
        )
        found += [longest] if longest else []
        at += len(longest) or 1
    return found, at


def shown_plainly(
    needles: list[str], rarity: Callable[[str], float], entry: Entry
) -> list[tuple[int, list[str]]]:
    """The section and the marks of each passage, by trying everything."""
    named = normal(entry.title) + normal(entry.agency)
    worth = {one: len(one) * rarity(one) for one in needles}
    worth = {one: w * 0.2 if one in named else w for one, w in worth.items()}
    windows: list[tuple[int, list[str]]] = []
    whole = 0
    for number, _, prose in entry.sections:
        text, at = normal(prose), 0
        while at < len(text) and whole < 3:
            end = min(at + 75, len(text))
            if text.startswith((*needles,), at):
                marks, at = read(needles, text, at, end)
                windows.append((number, marks))
                whole += {*needles} <= {*marks}
            else:
                at += 1
    places = range(len(windows))
    chosen: list[int] = []
    while len(chosen) < min(len(windows), 3):
        left = [place for place in places if place not in chosen]
        values = [fsum(worth[one] for one in {*windows[place][1]}) for place in left]
        chosen.append(left[values.index(max(values))])
        for one in {*windows[chosen[-1]][1]}:
            worth[one] *= 0.2
    return [windows[place] for place in sorted(chosen)]


NEEDLES = ("公开", "信息", "信息公开", "息公", "开开", "卡x", "复议会")
SECTIONS = st.lists(
    st.lists(
        st.sampled_from(
            (*NEEDLES, "。", " \n", "…", "㎡", "资訊", "填" * 20, "字", "开")
        )
    ).map("".join),
    max_size=4,
)


@given(
    st.lists(st.sampled_from(NEEDLES), min_size=1, max_size=4, unique=True),
    st.lists(st.tuples(st.sampled_from((*NEEDLES, "")), SECTIONS), max_size=4),
    st.sampled_from(NEEDLES),
)
def test_passages_are_those_found_by_trying_everything(
    needles: list[str], reports: list[tuple[str, list[str]]], rare: str
) -> None:
    entries = [
        Entry(
            number,
            number,
            title,
            "示例局",
            2021,
            sections=tuple((n, "", prose) for n, prose in enumerate(proses, 1)),
        )
        for number, (title, proses) in enumerate(reports)
    ]

    def rarity(needle: str) -> float:
        return 5.0 if needle == rare else 1.0

    marker = Marker(list(map(Phrase, needles)), rarity=rarity)
    page = marker.shown(list(map(Text, entries)))
    for entry, (title, found) in zip(entries, page, strict=True):
        assert "".join(text for text, _ in title) == entry.title
        named = normal(entry.title)
        assert [*map(normal, marked(title))] == read(needles, named, 0, len(named))[0]
        expected = shown_plainly(needles, rarity, entry)
        if expected:
            got = [(one.section, [*map(normal, marked(one.pieces))]) for one in found]
            assert got == expected
        else:
            assert not any(marked(one.pieces) for one in found)
        for one in found:
            prose = entry.sections[one.section - 1][2]
            assert "".join(text for text, _ in one.pieces) in prose

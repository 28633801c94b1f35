"""What a visitor can type."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.search.question import (
    MAX_CHARACTERS,
    And,
    Field,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Section,
    Words,
    leaves,
    parse,
)
from archive.search.question.query import MAX_DEPTH


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("", None),
        ("   \n", None),
        ("税务", Words("税务")),
        ("税务 教育", And((Words("税务"), Words("教育")))),
        ("税务　教育", And((Words("税务"), Words("教育")))),
        ('"信息公开 工作"', Phrase("信息公开工作")),
        ("“息公开工”", Phrase("息公开工")),
        ("「國辦公開」", Phrase("国办公开")),
        ('税务 -"预付卡"', And((Words("税务"), Not(Phrase("预付卡"))))),
        ("税务 －教育", And((Words("税务"), Not(Words("教育"))))),
        ("-教育", Not(Words("教育"))),
        ("0795-2506846", Words("0795-2506846")),
        (
            "税务 教育 OR 商务 年报",
            And((Words("税务"), Or((Words("教育"), Words("商务"))), Words("年报"))),
        ),
        ("甲 OR 乙 OR 丙", Or((Words("甲"), Words("乙"), Words("丙")))),
        ("（税务）", Words("税务")),
        ('税务"公示"', And((Words("税务"), Phrase("公示")))),
        ('"〔2021〕30号"', Phrase("(2021)30号")),
        ('""', None),
        ("or", Words("or")),
        ("税务 AND 教育 且 商务", And((Words("税务"), Words("教育"), Words("商务")))),
        ("复议 或 诉讼", Or((Words("复议"), Words("诉讼")))),
        (
            "税务 (公示 OR “教育 局”) -（甲 乙）",
            And(
                (
                    Words("税务"),
                    Or((Words("公示"), Phrase("教育局"))),
                    Not(And((Words("甲"), Words("乙")))),
                )
            ),
        ),
        ("NOT 教育 -(-税务)", And((Not(Words("教育")), Not(Not(Words("税务")))))),
        ("国办函（2021）30号", Words("国办函(2021)30号")),
        ("agency:商务局", Field("agency", ("商务局",))),
        ("机关：商务局,财政局", Field("agency", ("商务局", "财政局"))),
        ("地区:“示例 市”", Field("region", ("示例市",))),
        (
            "年份:2019..2023 -Level:县",
            And((Field("year", ("2019..2023",)), Not(Field("level", ("县",))))),
        ),
        (
            "has:litigation 含：复议",
            And((Field("has", ("litigation",)), Field("has", ("复议",)))),
        ),
        (
            "sector:教育 form:2021 finding:年份 source:pdf published:late",
            And(
                (
                    Field("sector", ("教育",)),
                    Field("form", ("2021",)),
                    Field("findings", ("年份",)),
                    Field("source", ("pdf",)),
                    Field("published", ("late",)),
                )
            ),
        ),
        ("section:问题", Section(("问题",))),
        (
            "章节:五 人员 -经费 年份:2021",
            And(
                (
                    Field("year", ("2021",)),
                    Section(("五",), And((Words("人员"), Not(Words("经费"))))),
                )
            ),
        ),
        ("税务*", Phrase("税务")),
        ("ＣＯＶid*", Prefix("covid")),
        ("(" * MAX_DEPTH + "税务" + ")" * MAX_DEPTH, Words("税务")),
    ],
)
def test_understood_without_a_note(text: str, tree: Node | None) -> None:
    assert parse(text).tree == tree
    assert parse(text).notes == ()


@pytest.mark.parametrize(
    ("text", "tree", "note"),
    [
        ('税务"公示', And((Words("税务"), Words("公示"))), "引号没有成对"),
        ("税*务", Words("税*务"), "按普通文字"),
        ("colour:red", Words("colour:red"), "按普通文字"),
        ("year:上年", Words("year上年"), "看不懂"),
        (
            "税务 (公示 OR 教育",
            And((Words("税务"), Or((Words("公示"), Words("教育"))))),
            "括号",
        ),
        ("税务 公示) 教育", And((Words("税务"), Words("公示"), Words("教育"))), "括号"),
        ("(" * 20 + "税务" + ")" * 20, Words("税务"), "8 层"),
        ("OR 税务", And((Words("or"), Words("税务"))), "OR"),
        ("税务 OR", And((Words("税务"), Words("or"))), "OR"),
        ("*** 税务", Words("税务"), "不含文字或数字"),
        ("公" * 600, Words("公" * MAX_CHARACTERS), "过长"),
        (" ".join("甲乙丙丁戊己庚辛" * 5), None, "过多"),
    ],
)
def test_what_is_odd_is_searched_as_plain_text_and_said(
    text: str, tree: Node | None, note: str
) -> None:
    question = parse(text)
    assert tree is None or question.tree == tree
    assert note in "".join(question.notes)


def test_leaves_know_what_is_ruled_out() -> None:
    tree = parse('甲 -乙 丙 OR "丁"').tree
    assert [leaf.text for leaf in leaves(tree)] == ["甲", "丙", "丁"]
    assert [leaf.text for leaf in leaves(tree, negated=True)] == ["乙"]


@given(
    st.text(
        st.one_of(
            st.sampled_from('"“”「」-－ ORa公*()（）[]:：年份章节2019.~^\\\x00\n'),
            st.characters(),
        ),
        max_size=80,
    )
)
def test_never_raises(text: str) -> None:
    query = Query(text)
    assert isinstance(query.notes, tuple)
    list(leaves(query.tree))


@pytest.mark.timeout(30)
@pytest.mark.parametrize(
    "text",
    [
        "公开" * 50_000,
        "公 " * 10_000,
        "(" * 100_000,
        '"' * 100_000,
        "-" * 100_000,
        '-"' * 9_999,
    ],
)
def test_understood_at_once(text: str) -> None:
    parse(text)


def test_not_before_nothing_is_a_word() -> None:
    question = parse("教育 NOT")
    assert question.tree == And((Words("教育"), Words("not")))
    assert "NOT" in question.notes[0]

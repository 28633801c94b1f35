"""What a visitor can type."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.search.query import MAX_CHARACTERS, And, Node, Not, Or, Phrase, Query, Words, leaves, parse


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
        ("税务 教育 OR 商务 年报", And((Words("税务"), Or((Words("教育"), Words("商务"))), Words("年报")))),
        ("甲 OR 乙 OR 丙", Or((Words("甲"), Words("乙"), Words("丙")))),
        ("（税务）", Words("税务")),
        ('税务"公示"', And((Words("税务"), Phrase("公示")))),
        ('"〔2021〕30号"', Phrase("(2021)30号")),
        ('""', None),
        ("or", Words("or")),
    ],
)
def test_understood_without_a_note(text: str, tree: Node | None) -> None:
    assert parse(text).tree == tree
    assert parse(text).notes == ()


@pytest.mark.parametrize(
    ("text", "tree", "note"),
    [
        ('税务"公示', And((Words("税务"), Words("公示"))), "引号没有成对"),
        ("税务*", Words("税务"), "按普通文字"),
        ("year:2021", Words("year:2021"), "按普通文字"),
        ("税务 AND 教育", And((Words("税务"), Words("and"), Words("教育"))), "按普通文字"),
        ("OR 税务", And((Words("or"), Words("税务"))), "OR"),
        ("税务 OR", And((Words("税务"), Words("or"))), "OR"),
        ("*** 税务", Words("税务"), "不含文字或数字"),
        ("公" * 600, Words("公" * MAX_CHARACTERS), "过长"),
        (" ".join("甲乙丙丁戊己庚辛" * 5), None, "过多"),
    ],
)
def test_what_is_odd_is_searched_as_plain_text_and_said(text: str, tree: Node | None, note: str) -> None:
    question = parse(text)
    assert tree is None or question.tree == tree
    assert note in "".join(question.notes)


def test_leaves_know_what_is_ruled_out() -> None:
    tree = parse('甲 -乙 丙 OR "丁"').tree
    assert [leaf.text for leaf in leaves(tree)] == ["甲", "丙", "丁"]
    assert [leaf.text for leaf in leaves(tree, negated=True)] == ["乙"]


@given(st.text(st.one_of(st.sampled_from('"“”「」-－ ORa公*()[]:~^\\\x00\n'), st.characters()), max_size=80))
def test_never_raises(text: str) -> None:
    query = Query(text)
    assert isinstance(query.notes, tuple)
    list(leaves(query.tree))


@pytest.mark.timeout(30)
@pytest.mark.parametrize(
    "text", ["公开" * 50_000, "公 " * 10_000, "(" * 100_000, '"' * 100_000, "-" * 100_000, '-"' * 9_999]
)
def test_understood_at_once(text: str) -> None:
    parse(text)

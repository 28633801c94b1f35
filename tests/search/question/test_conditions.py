"""Figures as conditions of a question: what is understood, and what is not."""

from __future__ import annotations

from decimal import Decimal
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.catalogue import FIGURES, QUANTITIES
from archive.search.question import Counted, Query, left_over, only_conditions, parse
from archive.search.question.conditions import (
    COMPARE,
    Condition,
    cut,
    keys_named,
    read_condition,
)
from archive.search.question.conditions.condition import SIGNS
from archive.search.question.tree import And, Not, Or, Phrase, Words

ASKED = Path(__file__).parent / "asked"


def condition(written: str) -> Condition:
    found = read_condition(written)
    assert found
    return found


def cases() -> list[tuple[str, str, str]]:
    """Question, figures and rest of both files."""
    found = []
    for name in ("figures_before.tsv", "figures_after.tsv"):
        lines = (ASKED / name).read_text(encoding="utf-8").splitlines()
        rows = (line.split("\t") for line in lines if not line.startswith("#"))
        found += [(text, figures, rest) for text, figures, rest in rows]
    return found


def understood(text: str) -> tuple[str, str]:
    """Figures and rest, written as in the files."""
    found, _ = cut(text)
    figures = [" | ".join(one.written for one in each.conditions) for each in found]
    rest = " ".join(" ".join(left_over(text, found)).split())
    return " & ".join(figures) or "-", rest or "-"


@pytest.mark.parametrize(("text", "figures", "rest"), cases())
def test_what_is_understood_of_a_question(text: str, figures: str, rest: str) -> None:
    assert understood(text) == (figures, rest)


def test_a_third_of_the_questions_are_traps() -> None:
    traps = [text for text, figures, _ in cases() if figures == "-"]
    assert len(cases()) >= 80
    assert len(traps) >= 30
    assert len({text for text, _, _ in cases()}) == len(cases())


def test_conditions_are_parts_of_the_tree() -> None:
    many, reviewed = condition("requests.new.total>100"), condition("review.total>1")
    either = parse("(申请>100 OR 复议>1) 教育")
    assert either.tree == Words("教育")
    assert either.counted == (Counted((many, reviewed)),)
    mixed = parse("(申请>100 OR 教育) 卫生")
    assert mixed.tree == And((Or((Counted((many,)), Words("教育"))), Words("卫生")))
    assert mixed.counted == ()
    both = parse("申请>100 复议>1 “教育”")
    assert both.tree == Phrase("教育")
    assert both.counted == (Counted((many,)), Counted((reviewed,)))


def test_what_is_ruled_out_is_the_opposite() -> None:
    few, unreviewed = condition("requests.new.total<=100"), condition("review.total<=1")
    assert parse("-申请>100").counted == (Counted((few,)),)
    assert parse("-(申请>100 OR 复议>1)").counted == (
        Counted((few,)),
        Counted((unreviewed,)),
    )
    assert parse("-(申请>100 教育)").tree == Or((Counted((few,)), Not(Words("教育"))))
    lost = parse("-结果纠正>=1").counted
    assert [one.conditions[0].operator for one in lost] == ["<", "<", "<"]


def test_conditions_of_the_address_stand_beside_those_of_the_text() -> None:
    chosen = condition("disclosed_share<0.5")
    query = Query("申请>100 教育", where=(Counted((chosen,)),))
    assert [one.conditions[0].key for one in query.counted] == [
        "requests.new.total",
        "disclosed_share",
    ]
    assert query.tree == Words("教育")


def test_what_cannot_be_compared_is_said() -> None:
    assert any("不能与这样的数相比" in note for note in parse("申请>100%").notes)
    assert not parse("申请>100").notes


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("requests.new.total>100", "requests.new.total>100"),
        (" requests.new.total ≥ 1,000 ", "requests.new.total>=1000"),
        ("disclosed_share<50%", "disclosed_share<0.5"),
        ("disclosed_share<50", "disclosed_share<50"),
        ("documents_net>=-3", "documents_net>=-3"),
        ("received_growth<-10%", "received_growth<-0.1"),
        ("disclosed_share.of>=30", "disclosed_share.of>=30"),
        ("disclosure.fees.amount=0.50", "disclosure.fees.amount=0.5"),
    ],
)
def test_conditions_in_an_address(text: str, written: str) -> None:
    read = read_condition(text)
    assert read
    assert read.written == written
    assert read_condition(read.written) == read


@pytest.mark.parametrize(
    "text",
    [
        "", ">", "a>1", "requests.new.total", "requests.new.total>", "新收申请>1",
        "requests.new.total>1%", "requests.new.total>abc", "proactive_part>1",
        "requests.new.total>1e9", "requests.new.total>nan", "requests.new.total>--1",
        "requests.new.total>1;drop table", "requests.new.total>" + "1" * 200,
        "requests.new.total>1\0", "handled.of>1", "requests.new.total>1>2",
    ],
)  # fmt: skip
def test_no_conditions_in_an_address(text: str) -> None:
    assert read_condition(text) is None


def test_conditions_are_told_in_words() -> None:
    assert condition("disclosed_share<=0.333").told == "公开率 ≤ 33.3%"
    assert condition("fee!=0").told == "信息处理费 ≠ 0 元"


@given(st.sampled_from(sorted(QUANTITIES)), st.sampled_from(sorted(COMPARE)),
       st.decimals(-(10**9), 10**9, places=3), st.integers(-1000, 1000))  # fmt: skip
def test_the_opposite_holds_of_all_others(
    key: str, operator: str, number: Decimal, value: int
) -> None:
    one = Condition(key, operator, number)
    assert one.holds(value) != one.opposite.holds(value)
    assert one.opposite.opposite == one
    assert read_condition(one.written) == Condition(key, operator, number)


@given(st.sampled_from(sorted(QUANTITIES)), st.sampled_from(sorted(SIGNS)),
       st.integers(0, 10**6))  # fmt: skip
def test_every_key_can_be_typed(key: str, sign: str, number: int) -> None:
    found, _ = cut(f"{key} {sign} {number}")
    share = QUANTITIES[key].is_share
    if share and number > 1:
        return
    assert [one.conditions[0].key for one in found] == [key]
    assert found[0].conditions[0].operator == SIGNS[sign]


def test_every_label_shown_can_be_typed() -> None:
    unknown = [one.label for one in QUANTITIES.values() if not keys_named(one.label)]
    assert unknown == []


def test_every_label_is_understood_before_a_number() -> None:
    """As pages and files print it: pasted from there it must be a condition."""
    missed = []
    for key, quantity in QUANTITIES.items():
        record = FIGURES.get(key)
        labels = {quantity.label, record.label if record else quantity.label}
        compared = [">0", " ≥ 1", f"超过1{quantity.unit}"]
        if quantity.is_share:
            compared = ["<50%", "低于一半", " ≤ 10%"]
        for text in map("".join, product(labels, compared)):
            found, _ = cut(text)
            # A claim of the same name as a figure says the same in words.
            meant = keys_named(quantity.label)
            told = [
                (one.start, one.end, *(each.key for each in one.conditions))
                for one in found
            ]
            if told != [(0, len(text), *meant)]:
                missed.append(text)
    assert missed == []


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("公开率不到三分之一", "33.3%"),
        ("公开率不到三分之二", "66.7%"),
        ("公开率<33.33333%", "33.33333%"),
        ("公开率<12.5%", "12.5%"),
    ],
)
def test_a_part_without_an_end_is_shown_short(typed: str, shown: str) -> None:
    (found,), _ = cut(typed)
    assert [one.shown for one in found.conditions] == [shown]


_PIECES = st.sampled_from(
    ["申请", "收到", "超过", ">", "≥", "100", "件", "的", "教育局", "没有", "公开率", "%",
     "不到", "一半", " ", '"', "(", ")", "-", "年份:", "以上", "且", "败诉", "\0", "😀"]
)  # fmt: skip


@settings(deadline=None)  # the first call reads the catalogue's names
@given(st.lists(_PIECES, max_size=40).map("".join) | st.text(max_size=60))
def test_whatever_is_typed_is_cut_without_a_loss(text: str) -> None:
    found, _ = cut(text)
    ends = [0, *(one.end for one in found)]
    for one, end in zip(found, ends, strict=False):
        assert end <= one.start < one.end <= len(text)
        assert one.conditions
    parse(text)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("申请>100", ["requests.new.total>100"]),
        ("申请>100 and 复议>1", ["requests.new.total>100", "review.total>1"]),
        ("申请>100且复议>1", ["requests.new.total>100", "review.total>1"]),
        ("申请>100 或者 复议>1", ["requests.new.total>100 OR review.total>1"]),
        ("申请>100或复议>1", ["requests.new.total>100 OR review.total>1"]),
        ("-申请>100", ["requests.new.total<=100"]),
        ("没有收到申请", ["requests.new.total=0"]),
        ("received_growth>3 OR fee>0", ["received_growth>3 OR fee>0"]),
        ("公开率>33.33333%", ["disclosed_share>0.3333333"]),
        (
            "(申请>100 且 复议>1) 或 诉讼>=2",
            [
                "requests.new.total>100 OR lawsuits.total>=2",
                "review.total>1 OR lawsuits.total>=2",
            ],
        ),
        (
            "（申请>100或者复议>1）并且（诉讼>2或fee>0）",
            [
                "requests.new.total>100 OR review.total>1",
                "lawsuits.total>2 OR fee>0",
            ],
        ),
        # The rest says nothing more.
        ("(申请>100 且 复议>1) 或 申请>100", ["requests.new.total>100"]),
        ("-(申请>100 且 复议>1)", ["requests.new.total<=100 OR review.total<=1"]),
    ],
)
def test_conditions_alone(text: str, written: list[str]) -> None:
    found, trouble = only_conditions(text)
    assert [one.written for one in found] == written
    assert not trouble
    for one in found:
        assert only_conditions(one.written) == ((one,), "")


def test_brackets_that_come_to_too_many_conditions_are_said() -> None:
    pair = "(申请>{0} 且 复议>{0})"
    few, many = (" 或 ".join(map(pair.format, range(n))) for n in (4, 5))
    assert len(only_conditions(few)[0]) == 16
    found, trouble = only_conditions(many)
    assert found == ()
    assert "超过 20 个条件" in trouble
    assert parse(many).counted == ()
    assert parse(many).tree


@settings(deadline=None)
@given(st.lists(_PIECES, max_size=20).map("".join) | st.text(max_size=60))
def test_a_text_is_conditions_or_something_is_said(text: str) -> None:
    found, trouble = only_conditions(text)
    assert bool(found) != bool(trouble)
    assert "普通文字" not in trouble


@pytest.mark.parametrize(
    "text", ["公开率近九成", "申请约100件的教育局", "申请100件左右"]
)
def test_a_number_that_is_not_sure_is_said(text: str) -> None:
    assert not parse(text).counted
    assert any("不是确定的数" in note for note in parse(text).notes)

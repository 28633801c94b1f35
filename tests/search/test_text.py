"""Texts become comparable, and a piece of a text stays a piece of it."""

from __future__ import annotations

import subprocess
import sys
from bisect import bisect_left
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.search.text import (
    BORDER,
    gram,
    gram_key,
    gram_keys,
    grams,
    normal,
    normal_forms,
    normal_with_places,
)

# What reports are made of, and what breaks careless code.
CHARACTERS = st.one_of(
    st.sampled_from(
        "政府信息公开國務院開﹙（）〔〕[]○〇零 \t\n\u3000\u00a0ＡａB１2３，。"
        "“”「」—-é\u0301ß㎡①\u200b\ufeffﬁİ薴𠀀が"
    ),
    st.characters(),
)
TEXTS = st.text(CHARACTERS, max_size=60)


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("政府 信息\n公开", "政府信息公开"),
        ("政府資訊公開條例", "政府资讯公开条例"),
        ("ＡＢＣ　１２３", "abc 123"),
        ("Open   Government\tData", "open government data"),
        ("2021 年 30 号", "2021年30号"),
        ("国办公开办函〔2021〕30号", "国办公开办函(2021)30号"),
        ("国办公开办函［2021］30号", "国办公开办函(2021)30号"),
        ("二○二一年", "二零二一年"),
        ("二〇二一年", "二零二一年"),
        ("“三安全一稳定”", '"三安全一稳定"'),
        ("Café", "cafe"),
        ("Cafe\u0301", "cafe"),
        ("零\u200b宽\ufeff", "零宽"),
        ("a\ud800b", "ab"),
        ("", ""),
        (" \n ", ""),
    ],
)
def test_what_reads_alike_is_alike(printed: str, expected: str) -> None:
    assert normal(printed) == expected


def test_normal_form_does_not_change_again() -> None:
    every = [
        chr(code)
        for code in (
            *range(0x20, 0x3400),
            *range(0x4E00, 0xA000, 5),
            0x85B4,
            *range(0xF900, 0x10000),
        )
    ]
    changing = [
        char for char in every if normal(normal(f"a{char}b")) != normal(f"a{char}b")
    ]
    assert not changing


@given(TEXTS, st.data())
def test_a_piece_stays_a_piece(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert normal(text[start:end]) in normal(text)


@given(TEXTS)
def test_the_way_back(text: str) -> None:
    placed = normal_with_places(text)
    assert placed.text == normal(text)
    assert len(placed.places) == len(placed.text)
    for at in range(len(placed.text)):
        start, end = placed.span(at, at + 1)
        assert placed.text[at] == " " or placed.text[at] in normal(text[start:end])


@given(st.lists(st.lists(TEXTS, max_size=3), max_size=4))
def test_many_texts_at_once_are_as_each_by_itself(texts: list[list[str]]) -> None:
    for pieces, form in zip(texts, normal_forms(texts), strict=True):
        whole = BORDER.join(pieces)
        alone = normal_with_places(whole)
        assert (form.original, form.text) == (whole, normal(whole))
        assert list(form.places) == list(alone.places)
        begins = accumulate((len(piece) + 1 for piece in pieces or [""]), initial=0)
        *before, last = [bisect_left(form.places, begin) for begin in begins]
        assert form.borders == [*before, last + 1]
        for at in range(len(form.text)):
            assert form.span(at, at + 1) == alone.span(at, at + 1)


@pytest.mark.parametrize(
    ("text", "at", "printed"),
    [("Cafe\u0301", 3, "e\u0301"), ("公\u0345開", 1, "\u0345"), ("9㎡.", 2, "㎡")],
)
def test_a_combining_mark_belongs_to_what_stands_before_it(
    text: str, at: int, printed: str
) -> None:
    start, end = normal_with_places(text).span(at, at + 1)
    assert text[start:end] == printed


@given(TEXTS)
def test_many_kinds_of_characters_are_no_other_case(text: str) -> None:
    many = "".join(map(chr, range(0xFF01, 0xFF80)))
    assert normal(many + "公" + text) == normal(many) + normal("公" + text)


def test_a_prepared_process_knows_the_common_characters() -> None:
    """In a process of its own: here other tests have met them."""
    code = (
        "import archive.search.text.characters as t;"
        "from archive.search.words import prepare; prepare();"
        "print((t._forms[t.code_points('龙，“〔ａ鼢')] == t._UNKNOWN).sum())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "0"


def test_grams() -> None:
    assert grams("公") == ["公"]
    assert grams("公开公开") == ["公开", "开公"]
    assert grams("") == []
    assert gram_key("ab") in gram_keys(["ab"]).tolist()
    assert {gram(key) for key in gram_keys(["ab", "c", ""]).tolist()} == {
        "a",
        "b",
        "c",
        "ab",
    }

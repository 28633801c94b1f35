"""What many reports print alike, and what follows for a text quoted from it."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.search import Entry, Index, Query
from archive.search.answer import candidates
from archive.search.engine import bulk
from archive.search.engine.lists import LENGTH, stretches
from archive.search.text import BORDER
from tests.search.conftest import Archive, Indexed, having, invented

# Few characters: sequences come again, and run into one another.
PRINTED = st.lists(st.text("信息公开甲" + BORDER, max_size=40), min_size=1, max_size=12)
PHRASES = (
    "全年主动公开政府信息{n}条，其中通过门户网站公开{m}条。",
    "因政府信息公开被申请行政复议{n}件，被提起行政诉讼{m}件。",
    "行政规范性文件、营商环境、预付卡等信息应公开尽公开。",
    "被提起行政诉讼{n}件，其中通过门户网站公开。",
)


@settings(max_examples=200, deadline=None)
@given(PRINTED, st.data())
def test_what_stands_in_a_stretch_is_known_of_every_text(
    texts: list[str], data: st.DataObject
) -> None:
    found = list(stretches(texts))
    text = data.draw(st.sampled_from(texts))
    begin = data.draw(st.integers(0, len(text)))
    quoted = text[begin : begin + data.draw(st.integers(LENGTH, 3 * LENGTH))]
    holding = [any(quoted in one for one in several) for several in found]
    if quoted and any(holding):
        if len(quoted) >= LENGTH:
            assert holding == [quoted in text for text in texts]
        assert all(
            quoted in text for text, holds in zip(texts, holding, strict=True) if holds
        )


def test_a_stretch_ends_where_reports_differ_and_where_a_piece_does() -> None:
    texts = [
        f"公开政府信息{n:03}条其中通过网站{BORDER}办理情况" for n in range(100, 200)
    ]
    # One report in ten has 11 there, and one in ten 7; the number itself none other.
    stretched = {"公开政府信息11", "7条其中通过网站"}
    # A piece of its own may be shorter.
    assert list(stretches(texts))[17] == {*stretched, "办理情况"}
    assert "办理" not in list(stretches([f"{text}{BORDER}办理" for text in texts]))[17]
    rare = [f"{n}年内从未有过的事情{n}" for n in range(1_000, 1_020)]
    assert not any("1007" in one for found in stretches(rare) for one in found)


@pytest.fixture
def printed(indexed: Indexed, monkeypatch: pytest.MonkeyPatch) -> Indexed:
    """Reports of a few phrases with figures in them, in one segment that knows its
    stretches, and two small ones that don't. No text is looked up to count.
    """
    monkeypatch.setattr(bulk, "FEWEST", 100)
    indexed.add(map(phrased, range(1, 151)))
    indexed.add(map(phrased, range(140, 160)))
    indexed.index.update([], gone=[7, 8])
    for number in (7, 8):
        del indexed.archive[number]
    return indexed


def phrased(number: int) -> Entry:
    dice = random.Random(number)
    prose = "".join(
        dice.choice(PHRASES).format(n=dice.randrange(3), m=dice.randrange(3))
        for _ in range(4)
    )
    return replace(invented(number), sections=((1, "情况", prose),))


def quotes() -> list[str]:
    """Parts of the phrases with figures, from three characters on."""
    dice = random.Random(3)
    found = []
    for _ in range(60):
        whole = dice.choice(PHRASES).format(n=dice.randrange(4), m=dice.randrange(4))
        begin = dice.randrange(len(whole) - 3)
        found.append(whole[begin : begin + dice.randrange(3, 20)])
    return found


def test_counts_of_quoted_phrases_are_those_of_the_texts(printed: Indexed) -> None:
    for quoted in quotes():
        results = printed.index.search(Query(f'"{quoted}"', size=1))
        right = having(printed, quoted)
        if not right:
            assert results.nearest or not results.total
            continue
        assert (results.total, results.exact) == (len(right), True), quoted
        in_2021 = [one for one in right if printed.archive[one].year == 2021]
        years = {value.value: value.count for value in results.facets["year"]}
        assert years.get("2021", 0) == len(in_2021)


def test_a_phrase_is_counted_without_looking_up_any_text(
    printed: Indexed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only the reports of small segments are in doubt."""
    monkeypatch.setattr(candidates, "CHECKED", 20)
    results = printed.index.search(Query('"因政府信息公开被申请行政复议"', size=1))
    assert results.exact
    assert results.total == len(having(printed, "因政府信息公开被申请行政复议"))


def test_a_short_heading_is_counted_without_looking_up_any_text(
    indexed: Indexed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "FEWEST", 100)
    monkeypatch.setattr(candidates, "CHECKED", 0)
    reports = [phrased(number) for number in range(1, 151)]
    headed = [(1, "总体情况", "本年度总体情况良好。"), (2, "总体，情况", "无。")]
    indexed.add(
        replace(one, sections=(headed[at % 3 == 0],)) for at, one in enumerate(reports)
    )
    results = indexed.index.search(Query('"总体情况"', size=1))
    assert (results.total, results.exact) == (100, True)


def test_what_was_looked_up_once_is_known_until_the_next_commit(
    printed: Indexed,
) -> None:
    fetched: list[int] = []

    def fetch(ids: Sequence[int]) -> Mapping[int, Entry]:
        fetched.extend(ids)
        return printed.archive.texts(ids)

    index = Index(printed.folder, fetch, memory=0)
    asked = Query('"网站公开。被提起行政"', size=1)
    first = index.search(asked)
    looked_up, fetched[:] = len(fetched), []
    again = index.search(asked)
    assert (again.total, again.facets) == (first.total, first.facets)
    assert looked_up > 5 >= len(fetched)
    # Of a part of the reports, and beside another text, it is the same.
    for text, filters in ((asked.text, {"level": ("省",)}), (f"-{asked.text}", {})):
        results = index.search(Query(text, filters, size=1))
        holding = having(printed, "网站公开。被提起行政")
        right = holding if filters else printed.archive.keys() - holding
        kept = [one for one in right if printed.archive[one].level == "省"]
        assert results.total == len(kept if filters else right)
    new = phrased(500)
    printed.archive[500] = new
    index.update([new])
    quoted = "网站公开。被提起行政"
    assert index.search(asked).total == len(having(printed, quoted))


def test_merged_segments_are_right_without_stretches(printed: Indexed) -> None:
    archive = Archive(printed.archive)
    index = Index(printed.folder, archive.texts)
    for number in range(200, 212):
        archive[number] = printed.archive[number] = phrased(number)
        index.update([archive[number]])
    assert index.tidy()
    for quoted in quotes()[:20]:
        right = having(printed, quoted)
        results = index.search(Query(f'"{quoted}"', size=1))
        if right:
            assert (results.total, results.exact) == (len(right), True)

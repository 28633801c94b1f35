"""Suggestions while typing, and spellings near to one that finds nothing."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace

import pytest

from archive.search import Index, Query
from archive.search.suggest import Vocabulary, body, sound
from tests.search.conftest import Indexed, invented

AGENCIES = {
    "示例省示例市商务局": 5,
    "示例市财政局": 3,
    "示例县商务局": 2,
    "示例市税务局": 1,
}


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary(AGENCIES)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("swj", "商务局"),
        ("SWJ", "商务局"),
        ("ｓｗｊ", "商务局"),
        ("shangwu", "商务局"),
        ("shang wu ju", "商务局"),
        ("商务", "商务局"),
        ("商務局", "商务局"),
        ("示例市财", "示例市财政局"),
        ("slscz", "示例市财政局"),
        ("shuiwuju", "税务局"),
        ("依申请", "依申请公开"),
        ("sl财政局", "示例市财政局"),
        ("sl czj", "示例市财政局"),
        ("示例czj", "示例市财政局"),
        ("sl县swj", "示例县商务局"),
        ("slsl商务局", "示例省示例市商务局"),
    ],
)
def test_what_comes_first(vocabulary: Vocabulary, typed: str, first: str) -> None:
    assert vocabulary.suggest(typed)[0].text == first


def test_a_short_name_stands_for_all_of_its_kind(vocabulary: Vocabulary) -> None:
    suggestions = {(one.text, one.kind): one.count for one in vocabulary.suggest("swj")}
    assert suggestions[("商务局", "body")] == 7
    assert suggestions[("示例县商务局", "agency")] == 2


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "s",
        "\0",
        "没有这样的机关",
        "(" * 999,
        "zzzz",
        "\ud800",
        "%_\\",
        "示l财z局.",
        "sl财.局",
    ],
)
def test_nothing_to_suggest(vocabulary: Vocabulary, typed: str) -> None:
    assert vocabulary.suggest(typed) == []


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("商物局", "商务局"),
        ("上午局", "商务局"),
        ("财政厅", "财政局"),
        ("依申清公开", "依申请公开"),
        ("商务局", ""),
        ("12", ""),
    ],
)
def test_corrections(vocabulary: Vocabulary, wrong: str, right: str) -> None:
    assert vocabulary.corrections([wrong]).get(wrong, "") == right


def test_names_taken_apart_and_spelled() -> None:
    assert body("示例省示例市商务局") == body("示例市商务局") == "商务局"
    assert body("国家统计局") == ""
    assert sound("商务局") == ("shangwuju", "swj")


def test_a_question_that_finds_nothing_is_offered_another(indexed: Indexed) -> None:
    indexed.add([replace(invented(1), agency="示例市商务局")])
    assert indexed.index.search(Query("商物局 政府")).meant == "商务局 政府"
    assert indexed.index.search(Query("商物局 没有的词")).meant == ""
    assert indexed.index.search(Query("商务局")).meant == ""
    assert indexed.index.suggest("swj")[0].text == "商务局"


def test_a_vocabulary_serves_as_long_as_the_index_stays(
    indexed: Indexed, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []

    def counted(agencies: Mapping[str, int]) -> Vocabulary:
        made.append(dict(agencies))
        return Vocabulary(agencies)

    monkeypatch.setattr("archive.search.spelling.Vocabulary", counted)
    monkeypatch.setattr("archive.search.spelling._COUNTED_AGAIN", -1)
    indexed.add([replace(invented(1), agency="示例市商务局")])
    assert indexed.index.suggest("swj")[0].text == "商务局"
    # As a process does that parts from the one in which it was made.
    with closing(Index(indexed.folder, indexed.archive.texts)) as other:
        assert other.suggest("swj") == indexed.index.suggest("swj")
        assert made == [{"示例市商务局": 1}]
        indexed.add([replace(invented(2), agency="示例市商务局")])
        assert other.suggest("swj")[0].count == 2
    assert made[1:] == [{"示例市商务局": 2}]


@pytest.mark.timeout(60)
def test_nobody_waits_while_the_vocabulary_is_made_anew(
    indexed: Indexed, monkeypatch: pytest.MonkeyPatch
) -> None:
    indexed.add([replace(invented(1), agency="示例市商务局")])
    assert indexed.index.suggest("swj")
    indexed.add([replace(invented(2), agency="示例市财政局")])
    begun, going_on = threading.Event(), threading.Event()

    def slowly(agencies: Mapping[str, int]) -> Vocabulary:
        begun.set()
        assert going_on.wait(30)
        return Vocabulary(agencies)

    monkeypatch.setattr("archive.search.spelling.Vocabulary", slowly)
    with ThreadPoolExecutor(1) as others:
        asked = others.submit(
            indexed.index.search, Query("财正局")
        )  # finds nothing: another spelling is looked for
        assert begun.wait(30)
        assert indexed.index.search(Query("财政局")).total == 1
        assert indexed.index.suggest("swj")[0].text == "商务局"
        assert indexed.index.search(Query("商物局")).meant == "商务局"
        going_on.set()
        assert asked.result().meant == "财政局"
    assert indexed.index.suggest("czj")[0].text == "财政局"

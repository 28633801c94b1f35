"""What means the same is found too, and said; the reviewed list is in order."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archive.search import Query
from archive.search.question import Synonymous, Words, parse
from archive.search.question.synonyms import _LIST, expand, groups
from archive.search.text import normal
from tests.search.conftest import Indexed, found, invented


def test_the_list_is_in_order() -> None:
    words = [
        word
        for line in _LIST.read_text().splitlines()
        for word in line.partition("#")[0].split()
    ]
    assert len(words) == len(set(words)) == len(groups()), "a word in two groups"
    assert all(word == normal(word) for word in words)


@pytest.mark.parametrize(
    ("text", "added"),
    [
        ("政务公开", {"政务公开": ("政府信息公开", "政务信息公开")}),
        ("示例市卫健局", {"卫健局": ("卫生健康局",)}),
        ("“政务公开”", {}),
        ("-政务公开", {}),
        ("机关:商务局", {}),
        ("预付卡", {}),
    ],
)
def test_only_plain_words_are_widened(
    text: str, added: dict[str, tuple[str, ...]]
) -> None:
    assert expand(parse(text).tree)[1] == added


def test_the_rest_of_the_word_stays() -> None:
    assert expand(Words("示例市卫健局"))[0] == Synonymous(
        Words("示例市卫健局"), (Words("示例市卫生健康局"),)
    )


def test_synonyms_can_be_switched_off(indexed: Indexed) -> None:
    indexed.add(
        [
            replace(invented(1), agency="示例县卫健局"),
            replace(invented(2), agency="示例县卫生健康局"),
        ]
    )
    assert found(indexed, Query("卫健局", synonyms=True)) == {1, 2}
    assert found(indexed, Query("卫健局")) == {1}
    results = indexed.index.search(Query("卫健局", synonyms=True))
    assert results.synonyms == {"卫健局": ("卫生健康局",)}
    assert [hit.version_id for hit in results.hits] == [1, 2], (
        "what was asked for comes first"
    )

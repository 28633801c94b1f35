"""What is looked for where no text holds all words of a question."""

from __future__ import annotations

import pytest

from archive.search.question import parse, plain_texts, telling_words, terms_of
from archive.search.question.terms import (
    MAX_TERMS,
    PAIR_WEIGHT,
    PART_WEIGHT,
    SIGN_WEIGHT,
)


@pytest.mark.parametrize(
    ("typed", "texts"),
    [
        ("税务 公示", ["税务", "公示"]),
        ("税务", ["税务"]),
        ("", []),
        ('税务 "公示"', []),
        ("税务 -公示", []),
        ("税务 OR 公示", []),
        ("税务 年份:2021", []),
        ("covid*", []),
    ],
)
def test_only_plain_words_are_widened(typed: str, texts: list[str]) -> None:
    assert plain_texts(parse(typed).tree) == texts


def test_asking_and_empty_words_do_not_tell() -> None:
    assert telling_words(["年报什么时候公布"]) == ["年报", "公布"]
    assert telling_words(["的"]) == []


def test_words_their_parts_pairs_and_characters_are_weighed() -> None:
    weights = {(one.text, one.is_word): one.weight for one in terms_of(["预付卡的卡"])}
    part = 2 * PART_WEIGHT / (1 + PART_WEIGHT)
    assert weights["预付卡", True] == 1
    assert weights["预付", True] == pytest.approx(part)
    assert weights["预付", False] == PAIR_WEIGHT
    assert weights["预", False] == SIGN_WEIGHT
    twice = 2 * 2 / (1 + 2)
    assert weights["卡", False] == pytest.approx(SIGN_WEIGHT * twice)
    assert ("的", True) not in weights
    assert ("的", False) not in weights


def test_letters_and_digits_are_words_alone() -> None:
    assert [one.text for one in terms_of(["typec 2021"])] == ["typec", "2021"]


def test_a_long_question_has_its_first_terms() -> None:
    text = "".join(map(chr, range(0x4E00, 0x4E00 + 500)))
    assert len(terms_of([text])) == MAX_TERMS

"""What is looked for where no text holds all words of a question."""

from __future__ import annotations

import pytest

from archive.search.question import (
    as_typed,
    is_in_plain_language,
    parse,
    plain_texts,
    telling_words,
    terms_of,
)
from archive.search.question.terms import (
    ASKING_WEIGHT,
    EMPTY_WEIGHT,
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
    assert ("的", False) not in weights


def test_asking_and_empty_words_are_light() -> None:
    light = {one.text: one.weight for one in terms_of(["谁不缴税"]) if one.is_light}
    assert light == {"不": EMPTY_WEIGHT, "谁": ASKING_WEIGHT}
    assert terms_of(["的"]) == [], "alone they find nothing"


def test_letters_and_digits_are_words_alone() -> None:
    assert [one.text for one in terms_of(["typec 2021"])] == ["typec", "2021"]


def test_pairs_reach_across_the_border_of_han_and_digits() -> None:
    pairs = [one.text for one in terms_of(["张8某在82线"]) if not one.is_word]
    assert {"张8", "8某", "2线"} <= {*pairs}
    assert "82" not in pairs


@pytest.mark.parametrize(
    ("typed", "is_sentence"),
    [
        ("年报什么时候公布", True),
        ("税务 公示", False),
        ("政府信息公开工作年度报告", False),
        ("低保 怎么申请", True),
        ("村里的低保名单在公示栏张贴以后村民提出了意见", True),
    ],
)
def test_sentences_are_told_from_words(typed: str, is_sentence: bool) -> None:
    assert is_in_plain_language(plain_texts(parse(typed).tree)) is is_sentence


def test_what_is_glued_to_a_quote_makes_it_part_of_a_sentence() -> None:
    glued = "上年度报告中指出的“目录更新滞后”问题"
    texts = ["上年度报告中指出的", "目录更新滞后", "问题"]
    assert as_typed(glued, parse(glued).tree) == texts
    for alone in ('申请 "按时答复" 讲座三十人', '"上年度报告中指出的目录更新滞后"'):
        assert as_typed(alone, parse(alone).tree) == []


@pytest.mark.parametrize(
    ("typed", "texts"),
    [
        ("谁被称为「公开之星」", ["谁被称为", "公开之星"]),
        ("“一网通办”是谁提出的", ["一网通办", "是谁提出的"]),
        ("“一网通办”的全名是？", ["一网通办", "的全名是"]),
        ("“一网通办”，由谁负责", ["一网通办", "由谁负责"]),
        ("谁提出：“一网通办”", ["谁提出", "一网通办"]),
        ("“一网通办”的全名", []),
        ("谁 “一网通办”", []),
        ("谁“一网通办”的 -教育", []),
    ],
)
def test_a_short_question_names_things_in_quotation_marks(
    typed: str, texts: list[str]
) -> None:
    assert as_typed(typed, parse(typed).tree) == texts


def test_a_long_question_has_its_first_terms() -> None:
    text = "".join(map(chr, range(0x4E00, 0x4E00 + 500)))
    assert len(terms_of([text])) == MAX_TERMS

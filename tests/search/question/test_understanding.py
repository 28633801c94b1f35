"""What is understood of questions: the tables of `asked`, and what always holds."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.search.question.understanding import ChipKind, understand
from archive.search.question.understanding.placing import place_at
from tests.search.question.chips import told

TODAY = date(2024, 6, 15)
TABLES = sorted((Path(__file__).parent / "asked").glob("understood_*.tsv"))


class Asked(NamedTuple):
    question: str
    places: str
    agencies: str
    years: str
    ruled_out: str
    rest: str


def asked() -> list[Asked]:
    rows = []
    for table in TABLES:
        for line in table.read_text(encoding="utf-8").splitlines():
            if not line.startswith("#"):
                rows.append(Asked(*line.split("\t")))
    return rows


def in_order(text: str) -> str:
    return ",".join("|".join(sorted(one.split("|"))) for one in text.split(","))


@pytest.mark.parametrize("row", asked(), ids=lambda row: row.question)
def test_a_question_is_understood_as_the_table_says(row: Asked) -> None:
    found = understand(row.question, TODAY)
    got = Asked(
        row.question,
        ",".join(map(told, found.of(ChipKind.PLACE))) or "-",
        ",".join(map(told, found.of(ChipKind.AGENCY))) or "-",
        ",".join(map(told, found.of(ChipKind.YEARS))) or "-",
        ",".join(
            f"{chip.kind}={told(chip)}" for chip in found.chips if chip.is_ruled_out
        )
        or "-",
        found.rest or "-",
    )
    assert got == row._replace(places=in_order(row.places))


def test_traps_are_many() -> None:
    rows = asked()
    nothing = [row for row in rows if set(row[1:5]) == {"-"}]
    assert len(rows) >= 300
    assert len(nothing) >= 100


WORDS = st.sampled_from(
    [
        *(
            "成都",
            "成都市",
            "武侯区",
            "川",
            "沪",
            "吉林",
            "长安区",
            "教委",
            "教育局",
            "市监局",
        ),
        *(
            "市政府",
            "去年",
            "近三年",
            "2023年度",
            "22年",
            "2021-2023",
            "二〇二二年",
            "不要",
        ),
        *(
            "除了",
            "以外",
            "的",
            "在",
            "行政诉讼",
            "年报",
            "路",
            "民",
            " ",
            "、",
            "(",
            "“",
        ),
        *(
            "臺灣",
            "廣東省",
            "２０２３年",
            "ß",
            "\u200b",
            "İ",
            "ﬁ",
            "\x00",
            "👍",
            "-",
            ":",
            "OR",
        ),
    ]
)
QUESTIONS = st.one_of(st.text(max_size=40), st.lists(WORDS, max_size=9).map("".join))


@given(QUESTIONS)
@settings(max_examples=400, deadline=None)
def test_anything_is_understood_and_lies_in_the_text(text: str) -> None:
    found = understand(text, TODAY)
    end = 0
    for chip in found.chips:
        assert end <= chip.start < chip.end <= len(text)
        assert chip.typed == text[chip.start : chip.end]
        assert chip.label
        end = chip.end
    assert understand(text, TODAY) == found
    if not found.chips:
        assert found.rest == text
        assert found.condition is None


@given(QUESTIONS)
@settings(max_examples=400, deadline=None)
def test_what_is_taken_literally_is_searched_for_as_it_stands(text: str) -> None:
    literal: frozenset[str] = frozenset()
    for _ in range(12):
        found = understand(text, TODAY, literal)
        if not found.chips:
            break
        taken_off = found.chips[0]
        literal |= {taken_off.typed}
        after = understand(text, TODAY, literal)
        assert taken_off.typed not in {chip.typed for chip in after.chips}
        assert taken_off.typed in after.rest
    assert understand(text, TODAY, literal).rest == text


def test_it_is_quick() -> None:
    questions = [row.question for row in asked()]
    for question in questions:
        understand(question, TODAY)  # tables are built once
    started = time.perf_counter()
    for question in questions:
        understand.__wrapped__(question, TODAY)  # what was asked before is kept
    a_question = (time.perf_counter() - started) / len(questions)
    assert a_question < 0.002  # 0.1 ms where nothing else runs


@pytest.mark.parametrize(
    ("typed", "places", "agency"),
    [
        ("chongqing", {"重庆市"}, ""),
        ("changsha", {"湖南省长沙市"}, ""),
        ("xiamen", {"福建省厦门市"}, ""),
        ("Changchun", {"吉林省长春市"}, ""),
        ("xi'an", {"陕西省西安市"}, ""),
        ("suzhou", {"江苏省苏州市", "安徽省宿州市"}, ""),
        ("chongqing教委", {"重庆市"}, "教育委员会"),
        ("changsha jiaoyuju", {"湖南省长沙市"}, "教育局"),
    ],
)
def test_pinyin_is_read_by_word(typed: str, places: set[str], agency: str) -> None:
    found = understand(typed, TODAY)
    named = {one.name for chip in found.of(ChipKind.PLACE) for one in chip.places}
    kinds = [chip.agency.name for chip in found.of(ChipKind.AGENCY) if chip.agency]
    assert named == places
    assert kinds == ([agency] if agency else [])


@pytest.mark.parametrize(
    "typed", ["covid", "report", "dali", "he", "henanx", "xshanxi"]
)
def test_a_word_of_another_language_is_no_place(typed: str) -> None:
    assert not understand(typed, TODAY).chips


def test_signs_of_other_scripts_are_understood_where_they_stand() -> None:
    found = understand("廣東省２０２３年", TODAY)
    assert [chip.typed for chip in found.chips] == ["廣東省", "２０２３年"]


def test_names_in_an_endless_row_are_looked_at_once_each() -> None:
    place_at.cache_clear()
    understand("吉林" * 17 + "x", TODAY)
    assert place_at.cache_info().misses < 100

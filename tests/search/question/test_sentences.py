"""Whole sentences: what is asked of figures, and of whom, where and when."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from archive.catalogue.orders import BY_FIGURE
from archive.search.question import Query
from archive.search.question.understanding import ChipKind
from tests.search.question.chips import told

TODAY = date(2024, 6, 15)
ASKED = Path(__file__).parent / "asked"
NOT_YET = "?"
"""Before a question that is understood wrongly."""


def asked(table: str) -> list[list[str]]:
    lines = (ASKED / table).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


def understood(question: str) -> list[str]:
    """Places, agencies, years, what is ruled out, figures, and the rest."""
    query = Query(question, asked_on=TODAY)
    found = query.understood
    kinds = (ChipKind.PLACE, ChipKind.AGENCY, ChipKind.YEARS)
    columns = [",".join(map(told, found.of(kind))) for kind in kinds]
    ruled_out = [chip for chip in found.chips if chip.is_ruled_out]
    columns.append(",".join(f"{chip.kind}={told(chip)}" for chip in ruled_out))
    figures = [
        " | ".join(one.written for one in counted.conditions) for counted in query.typed
    ]
    columns += [" & ".join(figures), found.rest]
    return [column or "-" for column in columns]


@pytest.mark.parametrize("row", asked("sentences.tsv"), ids=lambda row: row[0])
def test_a_sentence_is_understood_as_the_table_says(row: list[str]) -> None:
    question, *expected = row
    assert understood(question) == expected


@pytest.mark.parametrize("table", ["outside.tsv", "outside_again.tsv"])
def test_an_outside_testers_questions_are_understood(table: str) -> None:
    rows = asked(table)
    wrong = []
    for question, *expected in rows:
        typed = question.removeprefix(NOT_YET)
        *got, _ = understood(typed)
        if (got == expected) == question.startswith(NOT_YET):
            wrong.append((question, got))
    assert wrong == []
    traps = [row for row in rows if set(row[1:]) == {"-"}]
    assert len(rows) >= 150
    assert len(traps) >= 60


@pytest.mark.parametrize(
    "table",
    [
        "citizens.tsv",
        "everybody.tsv",
        "everybody_again.tsv",
        "years_and_figures.tsv",
        "places.tsv",
        "townspeople.tsv",
    ],
)
def test_a_citizens_questions_are_understood(table: str) -> None:
    rows = asked(table)
    wrong = []
    for question, *expected in rows:
        typed = question.removeprefix(NOT_YET)
        *got, _ = understood(typed)
        order = Query(typed, asked_on=TODAY).understood.sort
        got.append(order.removeprefix(BY_FIGURE) or "-")
        if (got == expected) == question.startswith(NOT_YET):
            wrong.append((question, got))
    assert wrong == []
    traps = [row for row in rows if set(row[1:]) == {"-"}]
    assert len(rows) >= 200
    assert len(traps) >= 50


def test_what_is_taken_off_is_searched_for() -> None:
    whole = Query("广东没有收到申请的镇", asked_on=TODAY)
    without = Query(whole.text, asked_on=TODAY, literal=frozenset({"镇"}))
    assert [chip.typed for chip in whole.understood.chips] == ["广东", "镇"]
    assert [chip.typed for chip in without.understood.chips] == ["广东"]
    assert [one.written for one in without.typed] == ["requests.new.total=0"]
    assert "镇" in str(without.tree)

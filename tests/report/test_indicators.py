"""Indicators of a report, beside values computed by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.catalogue import FORMS, INDICATORS, Status, ValueState, keys
from archive.report import Before, Figure, Indicated, indicated

TABLE = {
    "requests.new": 80,
    "requests.carried_in": 4,
    "requests.granted": 30,
    "requests.partly_granted": 10,
    "requests.refused_process": 6,
    "requests.refused_internal": 2,
    "requests.unavailable_not_held": 12,
    "requests.rejected_petition": 5,
    "requests.rejected_repeat": 3,
    "requests.closed_other": 4,
    "requests.concluded": 72,
    "requests.carried_out": 12,
}
OTHERS = {
    "requests.new.natural_person": 60,
    "review.total": 9,
    "review.corrected": 2,
    "review.pending": 1,
    "litigation_direct.total": 3,
    "litigation_direct.corrected": 1,
    "litigation_after_review.total": 2,
    "litigation_after_review.pending": 1,
    "disclosure.normative_documents.issued": 3,
    "disclosure.normative_documents.repealed": 5,
    "disclosure.normative_documents.in_force": 45,
}
KNOWN = {**{f"{key}.total": value for key, value in TABLE.items()}, **OTHERS}

Figures = dict[str, Figure]


def figures(form: str = "2021") -> Figures:
    return {
        key: Figure(key, KNOWN.get(key, 0), str(KNOWN.get(key, 0)), Status.EXACT)
        for key in keys(FORMS[form])
    }


def found(
    key: str,
    known: Figures | None = None,
    form: str = "2021",
    before: Before | None = None,
) -> Indicated:
    return indicated(INDICATORS[key], form, known or figures(form), before)


@pytest.mark.parametrize(
    ("key", "over", "under"),
    [
        ("concluded_share", 72, 84),
        ("carried_share", 12, 84),
        ("disclosed_share", 40, 72),
        ("disclosed_share_b", 40, 68),
        ("disclosed_share_c", 40, 84),
        ("fully_disclosed_share", 30, 72),
        ("refused_share", 8, 72),
        ("refusal_reasons.process", 6, 8),
        ("unavailable_share", 12, 72),
        ("not_held_share", 12, 72),
        ("rejected_share", 8, 72),
        ("petition_share", 5, 72),
        ("repeat_share", 3, 72),
        ("closed_share", 4, 72),
        ("natural_person_share", 60, 80),
        ("dispute_share", 14, 80),
        ("review_corrected_share", 2, 8),
        ("lawsuit_corrected_share", 1, 4),
        ("corrected_share", 3, 12),
        ("documents_cleared_share", 5, 50),
    ],
)
def test_a_share_is_what_a_hand_computes(key: str, over: int, under: int) -> None:
    one = found(key)
    assert (one.over, one.under, one.state) == (over, under, ValueState.EXACT)
    assert one.value == Decimal(over) / under
    assert one.is_of_few is (under < 30)


def test_numbers_of_things() -> None:
    assert found("received").value == 80
    assert found("handled").value == 84
    assert found("documents_net").value == -2


def before(value: int | None, status: Status = Status.EXACT) -> Before:
    key = "requests.new.total"
    return Before("2021", {key: Figure(key, value, None, status)})


def test_growth_needs_the_year_before() -> None:
    assert found("received_growth").state is ValueState.NO_YEAR_BEFORE
    lacking = found("received_growth", before=Before("2019", {}))
    assert lacking.state is ValueState.MISSING
    free = found("received_growth", before=Before("free", {}))
    assert (free.state, free.over) == (ValueState.YEAR_BEFORE_NOT_IN_FORM, 80)
    grown = found("received_growth", before=before(64))
    assert (grown.over, grown.under, grown.value) == (80, 64, Decimal("0.25"))
    none = found("received_growth", before=before(0))
    assert (none.state, none.value) == (ValueState.OF_NOTHING, None)


def test_growth_needs_a_year_before_that_is_sure() -> None:
    doubted = found("received_growth", before=before(64, Status.CONFLICT))
    assert (doubted.state, doubted.value) == (ValueState.IN_DOUBT, None)
    inferred = found("received_growth", before=before(64, Status.INFERRED))
    assert (inferred.state, inferred.value) == (ValueState.INFERRED, Decimal("0.25"))


@pytest.mark.parametrize(
    ("status", "value", "state"),
    [
        (Status.MISSING, None, ValueState.MISSING),
        (Status.CONFLICT, 72, ValueState.IN_DOUBT),
        (Status.EXACT, None, ValueState.MISSING),
        (Status.INFERRED, 72, ValueState.INFERRED),
    ],
)
def test_what_is_not_sure_gives_no_value(
    status: Status, value: int | None, state: ValueState
) -> None:
    known = figures()
    key = "requests.concluded.total"
    known[key] = Figure(key, value, None, status)
    one = found("disclosed_share", known)
    assert one.state is state
    assert (one.value is None) is (not state.has_value)
    # It is one of the cells, so that a page can show which.
    assert key in one.cells


def test_a_conflict_counts_more_than_a_blank() -> None:
    known = figures()
    for key, status in (
        ("requests.granted.total", Status.MISSING),
        ("requests.concluded.total", Status.CONFLICT),
    ):
        known[key] = Figure(key, None, None, status)
    assert found("disclosed_share", known).state is ValueState.IN_DOUBT


def test_a_cell_that_is_not_there_is_missing() -> None:
    known = figures()
    del known["requests.concluded.total"]
    assert found("disclosed_share", known).state is ValueState.MISSING


def test_a_share_of_nothing_is_none() -> None:
    known = figures()
    key = "requests.concluded.total"
    known[key] = Figure(key, 0, "0", Status.EXACT)
    one = found("refused_share", known)
    assert (one.state, one.value, one.under) == (ValueState.OF_NOTHING, None, 0)


def test_the_form_of_2019_closes_in_one_row() -> None:
    known = figures("2019")
    key = "requests.closed_any.total"
    known[key] = Figure(key, 4, "4", Status.EXACT)
    one = found("closed_share", known, "2019")
    assert (one.over, one.state) == (4, ValueState.EXACT)
    assert key in one.cells
    # Three rows of the form of 2021 are nothing that this one lacks.
    assert not any("closed_other" in cell for cell in one.cells)


def test_what_a_form_does_not_print_is_not_missing() -> None:
    assert found("documents_net", form="2019").state is ValueState.NOT_IN_FORM
    assert indicated(INDICATORS["received"], "free", {}).state is ValueState.NOT_IN_FORM


@given(st.data())
def test_a_value_is_the_quotient_of_its_numbers_or_nothing(data: st.DataObject) -> None:
    numbers = st.one_of(st.none(), st.integers(0, 500))
    known = {}
    for key in keys(FORMS["2021"]):
        status = data.draw(st.sampled_from(Status)) if "total" in key else Status.EXACT
        known[key] = Figure(key, data.draw(numbers), None, status)
    for one in INDICATORS.values():
        got = indicated(one, "2021", known)
        doubted = [
            key
            for key in got.cells
            if known[key].value is None
            or known[key].status in (Status.MISSING, Status.CONFLICT)
        ]
        if doubted:
            assert got.value is None
        if got.value is not None and got.under is not None:
            assert got.under > 0
            assert got.value == Decimal(got.over or 0) / Decimal(got.under)

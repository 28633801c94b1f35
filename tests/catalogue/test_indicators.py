"""Indicators are made of figures that there are, and each has one definition."""

from __future__ import annotations

import re

import pytest

from archive.catalogue import FIGURES, FORMS, IN_SIGHT, INDICATORS, Indicator, keys

SHARES = [one for one in INDICATORS.values() if one.under]


@pytest.mark.parametrize("one", INDICATORS.values(), ids=INDICATORS)
def test_a_definition_is_whole(one: Indicator) -> None:
    assert one.keys
    assert set(one.keys) <= set(FIGURES)
    assert one.label
    assert one.formula
    assert one.english
    assert one.version == 1
    assert re.fullmatch(r"[a-z0-9_.]+", one.key)


@pytest.mark.parametrize("one", INDICATORS.values(), ids=INDICATORS)
def test_the_newest_form_has_all_that_is_not_split(one: Indicator) -> None:
    printed = set(keys(FORMS["2021"]))
    for wanted in one.sums:
        assert {*wanted.plus, *wanted.minus} <= printed
        assert not wanted.split or printed & set(wanted.split)


def test_names_are_told_apart() -> None:
    labels = [one.label for one in INDICATORS.values()]
    assert len(set(labels)) == len(labels)


def test_the_sums_are_those_of_the_table() -> None:
    """R has 8 rows, U 3, X 5, as 国办公开办函〔2021〕30号 prints them."""
    rows = {
        "refused_share": 8,
        "unavailable_share": 3,
        "rejected_share": 5,
        "repeat_share": 2,
    }
    assert {key: len(INDICATORS[key].over.plus) for key in rows} == rows
    assert len(INDICATORS["closed_share"].over.split) == 4
    reasons = [key for key in INDICATORS if key.startswith("refusal_reasons.")]
    assert len(reasons) == 8
    applicants = [key for key in INDICATORS if key.endswith("natural_person_share")]
    assert applicants == ["natural_person_share"]


def test_variants_lead_to_a_definition() -> None:
    variants = [one for one in INDICATORS.values() if one.variant_of]
    assert {one.variant_of for one in variants} == {"disclosed_share"}
    assert len(variants) == 2


def test_what_stands_at_the_top_is_there() -> None:
    assert set(IN_SIGHT) <= set(INDICATORS)


def test_only_growth_needs_another_year() -> None:
    assert [one.key for one in INDICATORS.values() if one.is_growth] == [
        "received_growth"
    ]
    assert all(one.is_share for one in SHARES)
    assert not INDICATORS["documents_net"].is_share

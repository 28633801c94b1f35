"""Figures of many reports, asked for by the keys of the catalogue."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from archive.catalogue import FIGURES, GLANCE, LAWSUITS, YEARLY
from archive.report import Claim
from archive.store import Store, key_figures
from archive.store.figures import typed as module
from archive.store.rows import VersionRow
from tests.store.filing import figure, file, report


def version_ids(store: Store) -> list[int]:
    with store.session() as session:
        return list(session.scalars(select(VersionRow.id).order_by(VersionRow.id)))


def test_every_number_of_the_catalogue_is_found_where_it_is_kept(store: Store) -> None:
    numbers = {
        key: number
        for number, (key, one) in enumerate(FIGURES.items(), 1)
        if one.stored
    }
    in_tables = [key for key in numbers if FIGURES[key].printed]
    said = replace(
        report(),
        figures={key: figure(key, numbers[key]) for key in in_tables},
        claims=tuple(
            Claim(key, numbers[key], "示例。", "件")
            for key in numbers
            if key not in in_tables
        ),
    )
    file(store, "a", said)
    (version_id,) = version_ids(store)
    with store.session() as session:
        found = key_figures(session, [version_id], FIGURES)[version_id]
    suits = sum(numbers[part] for part in FIGURES[LAWSUITS].parts)
    assert found == {**numbers, LAWSUITS: suits}
    assert list(found) == list(FIGURES), "in the order of the keys"


def test_a_key_alone_is_enough(store: Store) -> None:
    file(store, "a", report(requests__refused_internal__enterprise=4))
    (version_id,) = version_ids(store)
    key = "requests.refused_internal.enterprise"
    with store.session() as session:
        assert key_figures(session, [version_id], [key]) == {version_id: {key: 4}}


def test_a_sum_is_unknown_when_a_part_is(store: Store) -> None:
    file(store, "a", report(litigation_direct__total=2))
    (version_id,) = version_ids(store)
    with store.session() as session:
        found = key_figures(session, [version_id], GLANCE)[version_id]
    assert found[LAWSUITS] is None
    assert found["review.total"] is None


def test_a_report_without_tables_has_none_of_their_keys(store: Store) -> None:
    file(store, "a", replace(report(), form="free"))
    (version_id,) = version_ids(store)
    with store.session() as session:
        assert key_figures(session, [version_id], YEARLY) == {
            version_id: {LAWSUITS: None}
        }


def test_the_first_statement_of_a_claim_stays(store: Store) -> None:
    claims = tuple(Claim("proactive_total", value, "示例。", "条") for value in (7, 9))
    file(store, "a", replace(report(), claims=claims))
    (version_id,) = version_ids(store)
    with store.session() as session:
        found = key_figures(session, [version_id], ["proactive_total"])
    assert found[version_id] == {"proactive_total": 7}


def test_more_reports_than_fit_in_one_question(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "AT_ONCE", 2)
    for year in (2021, 2022, 2023):
        file(store, str(year), report(year=year, requests__new__total=year))
    ids = version_ids(store)
    with store.session() as session:
        found = key_figures(session, ids, ["requests.new.total"])
    assert [found[one]["requests.new.total"] for one in ids] == [2021, 2022, 2023]


def test_an_unknown_key_is_an_error(store: Store) -> None:
    with store.session() as session, pytest.raises(KeyError):
        key_figures(session, [], ["requests.nothing.total"])

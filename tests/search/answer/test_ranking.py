"""Orders: a table of keys, equal to sorting by those keys one after the other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.catalogue import ORDERS
from archive.search import Entry, Query
from archive.search.answer.highest import highest, nth_highest
from archive.search.answer.ranking import ORDER_KEYS, Ordered
from tests.search.conftest import Indexed


def test_every_order_of_the_catalogue_has_its_keys() -> None:
    assert set(ORDER_KEYS) == {order.key for order in ORDERS}


@given(
    st.lists(st.tuples(st.integers(0, 2), st.integers(0, 3)), min_size=1, max_size=60),
    st.integers(1, 70),
)
def test_the_highest_are_those_of_a_full_sort(
    rows: list[tuple[int, int]], count: int
) -> None:
    keys = tuple(np.array(column, np.float64) for column in zip(*rows, strict=True))
    right = sorted(range(len(rows)), key=lambda place: [-one for one in rows[place]])
    assert highest(keys, count).tolist() == right[:count]


@given(
    st.lists(st.integers(0, 50), max_size=4),
    st.integers(0, 1_000),
    st.integers(1, 20),
)
def test_the_nth_highest_of_many_is_that_of_a_full_sort(
    few: list[int], many: int, n: int
) -> None:
    values = np.array([*few, *(at * 37 % 51 for at in range(many))], np.float32)
    right = sorted(values.tolist(), reverse=True)
    expected = right[min(n, len(right)) - 1] if right else 0.0
    assert nth_highest(values, n) == expected


def test_a_part_of_a_list_keeps_each_score_with_its_document() -> None:
    listed = Ordered(np.array([7, 3, 5]), np.array([0.5, 0.4, 0.3]))
    joined = Ordered.joined([listed[1:], listed[:1]])
    assert joined.documents.tolist() == [3, 5, 7]
    assert joined.scores.tolist() == [0.4, 0.3, 0.5]
    assert len(Ordered.joined([])) == 0


@pytest.mark.parametrize("sort", [order.key for order in ORDERS])
def test_a_score_does_not_depend_on_page_or_order(hundred: Indexed, sort: str) -> None:
    asked = Query("公开 行政复议", size=100, sort=sort)
    first = hundred.index.search(replace(asked, sort="relevance"))
    scores = {hit.version_id: hit.score for hit in first.hits}
    pages = [
        hundred.index.search(replace(asked, size=7, page=page, fold=fold))
        for page in (1, 2)
        for fold in (False, True)
    ]
    hits = [hit for page in pages for hit in page.hits]
    assert hits
    assert all(hit.score == pytest.approx(scores[hit.version_id]) for hit in hits)
    assert min(scores.values()) > 0


@pytest.mark.parametrize(
    ("sort", "right"),
    [
        ("relevance", [4, 2, 1, 3]),
        ("year", [2, 4, 1, 3]),
        ("published", [3, 4, 1, 2]),
        ("agency", [2, 3, 4, 1]),
        ("unknown", [4, 2, 1, 3]),
    ],
)
def test_equal_reports_are_ordered_by_the_next_key(
    indexed: Indexed, sort: str, right: list[int]
) -> None:
    """The fourth names what is asked for in its title; the others differ in years,
    dates and agencies alone. Of reports alike the newer comes first.
    """
    prose = ((1, "总体情况", "公开了示例事项。"),)
    plain = Entry(1, 1, "示例报告", "甲局", 2021, sections=prose)
    early, late = date(2022, 1, 20), date(2022, 3, 30)
    indexed.add(
        [
            replace(plain, published_on=early),
            replace(plain, version_id=2, agency="丙局", year=2022),
            replace(plain, version_id=3, agency="乙局", year=2020, published_on=late),
            replace(plain, version_id=4, title="公开事项", published_on=early),
        ]
    )
    hits = indexed.index.search(Query("公开 事项", sort=sort)).hits
    assert [hit.version_id for hit in hits] == right
    everything = indexed.index.search(Query("", sort=sort)).hits
    assert all(hit.score == 0 for hit in everything)

"""Which values of a facet stand open, and what a click chooses."""

from __future__ import annotations

import pytest

from archive.search import FacetValue, Query, Results
from archive.web import narrowing

PROVINCE, CITY, COUNTY = "510000", "510400", "510403"


def shown(
    facet: str, counts: dict[str, int], *chosen: str, total: int = 9, whole: str = ""
) -> list[narrowing.Shown]:
    values = tuple(
        FacetValue(value, count, value in chosen) for value, count in counts.items()
    )
    query = Query("", filters={facet: chosen} if chosen else {})
    results = Results(total=total, hits=(), facets={facet: values})
    return narrowing.shown(query, results, whole)


def sectors(count: int) -> dict[str, int]:
    return {f"领域{number}": 1 for number in range(count)}


def test_ten_values_stand_open_and_the_others_unfold() -> None:
    (facet,) = shown("sector", sectors(12))
    assert (len(facet.rows), len(facet.more), facet.in_use) == (10, 2, False)


@pytest.mark.parametrize(("at", "open_rows"), [(3, 10), (9, 10), (10, 11), (14, 15)])
def test_what_is_selected_is_never_folded_away(at: int, open_rows: int) -> None:
    (facet,) = shown("sector", sectors(20), f"领域{at}")
    assert len(facet.rows) == open_rows
    assert facet.rows[at].selected
    assert len(facet.rows) + len(facet.more) == 20


def test_a_page_has_no_more_than_so_many_values() -> None:
    (facet,) = shown("sector", sectors(narrowing.MOST + 5), whole="sector")
    assert (len(facet.rows), facet.more) == (narrowing.MOST, ())
    assert (facet.is_whole, facet.elsewhere) == (True, 0)


@pytest.mark.parametrize(("count", "elsewhere"), [(60, 0), (61, 51)])
def test_more_values_than_anybody_unfolds_have_a_page(
    count: int, elsewhere: int
) -> None:
    (facet,) = shown("sector", sectors(count), whole="region")
    assert len(facet.rows) == narrowing.SHOWN
    assert facet.elsewhere == elsewhere
    assert len(facet.rows) + len(facet.more) + facet.elsewhere == count
    assert not facet.is_whole


def test_what_is_selected_stands_open_where_the_others_have_a_page() -> None:
    (facet,) = shown("sector", sectors(100), "领域30")
    assert facet.rows[30].selected
    assert (len(facet.rows), facet.elsewhere) == (31, 69)


def test_a_short_facet_is_not_closed_again() -> None:
    (facet,) = shown("sector", sectors(5), whole="sector")
    assert not facet.is_whole


@pytest.mark.parametrize(
    ("counts", "chosen", "is_shown"),
    [
        ({"教育": 9}, (), False),
        ({"教育": 8}, (), True),
        ({"教育": 9}, ("教育",), True),
        ({"教育": 9, "商务": 0}, (), True),
        ({}, (), False),
        ({}, ("教育",), True),
    ],
)
def test_the_only_value_there_is_narrows_nothing(
    counts: dict[str, int], chosen: tuple[str, ...], is_shown: bool
) -> None:
    assert bool(shown("sector", counts, *chosen)) == is_shown


def test_a_place_takes_the_place_of_those_it_lies_in_and_of_those_within_it() -> None:
    counts = {PROVINCE: 9, CITY: 5, COUNTY: 2, "520000": 1}

    def then(value: str, *chosen: str) -> set[str]:
        (facet,) = shown("region", counts, *chosen)
        places = {row.label: row for row in facet.rows}
        return set(places[value].then)

    assert then("攀枝花市", PROVINCE, "520000") == {CITY, "520000"}
    assert then("四川省", CITY) == {PROVINCE}
    assert then("攀枝花市", CITY, "520000") == {"520000"}, (
        "chosen: a click takes it off"
    )


def test_smaller_places_show_when_theirs_is_chosen_or_alone() -> None:
    counts = {PROVINCE: 9, CITY: 5, "520000": 1}

    def labels(counts: dict[str, int], *chosen: str) -> list[tuple[str, int]]:
        (facet,) = shown("region", counts, *chosen)
        return [(row.label, row.depth) for row in facet.rows]

    assert labels(counts) == [("四川省", 0), ("贵州省", 0)]
    assert labels(counts, PROVINCE) == [("四川省", 0), ("攀枝花市", 1), ("贵州省", 0)]
    alone = {PROVINCE: 9, CITY: 5, "520000": 0}
    assert labels(alone) == [("四川省", 0), ("攀枝花市", 1), ("贵州省", 0)]


def test_a_chip_takes_one_value_off() -> None:
    query = Query("", filters={"year": ("2021", "2022"), "sector": ("教育",)})
    assert [(chip.value, chip.rest) for chip in narrowing.chips(query)] == [
        ("2021", ("2022",)),
        ("2022", ("2021",)),
        ("教育", ()),
    ]

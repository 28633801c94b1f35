"""The lists themselves: how many divisions a year has, and that every one is found by
its own name.
"""

from __future__ import annotations

from collections import defaultdict

import pytest

from archive.regions import identify, region_path, typed_places
from archive.regions.divisions import Division, divisions, rank, region, rows


def of_year(year: int) -> list[Division]:
    """The real divisions in force at the end of a year."""
    return [
        each
        for code, known in divisions().items()
        if code < "99"
        for each in known
        if each.exists(year)
    ]


# Numbers of divisions at the end of the year, with 台湾 and the special administrative
# regions; from the yearly lists of yescallop/areacodes (CC0), where 2008 to 2024 agree
# code by code and name by name.
@pytest.mark.parametrize(
    ("year", "count"),
    [
        (2008, 3229),
        (2015, 3218),
        (2019, 3213),
        (2020, 3211),
        (2021, 3210),
        (2023, 3211),
        (2024, 3213),
    ],
)
def test_the_lists_are_whole(year: int, count: int) -> None:
    assert len(of_year(year)) == count
    assert len({each.code for each in of_year(year)}) == count


@pytest.mark.parametrize("year", [2012, 2023])
def test_every_division_is_found_by_its_full_name(year: int) -> None:
    wrong = []
    for division in of_year(year):
        full = region(division.code, year)
        found = identify(f"{full.name}商务局", year).region
        if found != full:
            wrong.append((full, found))
    assert not wrong


def test_every_bare_name_returns_all_places_of_that_name() -> None:
    by_name: dict[str, list[str]] = defaultdict(list)
    for division in of_year(2023):
        by_name[division.name].append(division.code)
    for name, codes in by_name.items():
        agency = identify(f"{name}商务局", 2023)
        found = [agency.region] if agency.region else list(agency.candidates)
        assert [each.code for each in found] == sorted(codes), name


def test_a_path_goes_from_the_province_down() -> None:
    assert [(each.code, each.name) for each in region_path("510403")] == [
        ("510000", "四川省"),
        ("510400", "四川省攀枝花市"),
        ("510403", "四川省攀枝花市西区"),
    ]
    assert [each.code for each in region_path("110105")] == ["110000", "110105"]
    assert [each.code for each in region_path("419001")] == ["410000", "419001"]
    assert [each.code for each in region_path("330104")] == [
        "330000",
        "330100",
        "330104",
    ]
    assert region_path("000000") == ()
    assert region_path("nonsense") == ()


def test_every_division_has_a_province() -> None:
    for division in of_year(2023):
        path = region_path(division.code)
        assert rank(path[0].code) == 0
        assert path[-1].name.endswith(division.name)


@pytest.mark.parametrize("row", rows("former.tsv"), ids=lambda row: row[2])
def test_a_place_that_went_on_under_another_name_is_one(row: list[str]) -> None:
    old, new, names = row
    before, since = names.split()
    assert before in {one.name for one in divisions()[old]}
    assert since in {one.name for one in divisions()[new]}
    # Beside 石家庄市任县 a name of two signs is one only behind its place.
    above = region_path(new)[-2].name
    (place,) = typed_places(above + since, 0)[0].places
    assert {old, new} <= set(place.codes)
    assert place.name == region_path(new)[-1].name

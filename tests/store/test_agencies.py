"""Agencies: which fit what is asked for, and their years."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archive.catalogue import YEARLY
from archive.report import Agency, Region
from archive.store import AgencyWish, Store, Within, agencies
from tests.store.filing import file, report

CITY = Region("990100", "示例省示例市")
COUNTY = Region("990121", "示例省示例市示例县")
BODIES = (
    Agency("示例市商务局", CITY, level="市", sector="商务"),
    Agency("示例市人民政府", CITY, level="市", sector="政府", is_government=True),
    Agency("示例县商务局", COUNTY, level="县", sector="商务"),
    Agency("某镇人民政府", None, level="乡镇", sector="街道乡镇"),
)


@pytest.fixture
def filled(store: Store) -> Store:
    for body in BODIES:
        for year in (2021, 2023):
            said = report(f"{body.name}{year}", year=year, requests__new__total=year)
            file(store, f"{body.name}{year}", replace(said, agency=body))
    return store


@pytest.mark.parametrize(
    ("wish", "names"),
    [
        (
            AgencyWish(),
            ["某镇人民政府", "示例市人民政府", "示例市商务局", "示例县商务局"],
        ),
        (AgencyWish(name="商务"), ["示例市商务局", "示例县商务局"]),
        (AgencyWish(name="%"), []),
        (
            AgencyWish(region="990000"),
            ["示例市人民政府", "示例市商务局", "示例县商务局"],
        ),
        (AgencyWish(region="990121"), ["示例县商务局"]),
        (AgencyWish(region="99"), ["示例市人民政府", "示例市商务局", "示例县商务局"]),
        (AgencyWish(region="9901"), ["示例市人民政府", "示例市商务局", "示例县商务局"]),
        (AgencyWish(region="990122"), []),
        (AgencyWish(region="980000"), []),
        (AgencyWish(sector="政府"), ["示例市人民政府"]),
        (AgencyWish(name="局", level="县"), ["示例县商务局"]),
        (AgencyWish(name="镇", parts=("镇", "乡")), ["某镇人民政府"]),
        (AgencyWish(name="政府", parts=("街道",)), []),
        (
            AgencyWish(
                name="政府", ruled_out=(AgencyWish(places=(Within("990100"),)),)
            ),
            ["某镇人民政府"],
        ),
        (
            AgencyWish(
                name="商务",
                ruled_out=(
                    AgencyWish(places=(Within("990121"),), endings=("商务局",)),
                ),
            ),
            ["示例市商务局"],
        ),
    ],
)
def test_agencies_that_fit(filled: Store, wish: AgencyWish, names: list[str]) -> None:
    with filled.session() as session:
        total, found = agencies.agencies(session, wish)
    assert [card.name for card in found] == names
    assert total == len(names)
    for card in found:
        assert (card.reports, card.first_year, card.last_year) == (2, 2021, 2023)
    assert wish.is_narrow == (wish != AgencyWish())


def test_pages_of_agencies(filled: Store) -> None:
    with filled.session() as session:
        total, found = agencies.agencies(session, AgencyWish(), page=2, size=3)
    assert (total, [card.name for card in found]) == (4, ["示例县商务局"])


def test_the_years_of_an_agency(filled: Store) -> None:
    with filled.session() as session:
        _, found = agencies.agencies(session, AgencyWish(name="示例县"))
        told = agencies.agency_years(session, found[0].key)
        assert agencies.agency_years(session, "nobody") is None
    assert told
    card, years = told
    assert (card.reports, card.first_year, card.last_year) == (2, 2021, 2023)
    assert [one.figures["requests.new.total"] for one in years] == [2021, 2023]
    assert list(years[0].figures) == [key for key in YEARLY if key != "proactive_total"]

"""Totals by year, against sums made by hand and one report after the other."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from archive.catalogue import INDICATORS, ClaimScope, ValueState
from archive.store import Session, Store, count_columns, totals, values_of
from archive.store.rows import AgencyRow, FilingRow, VersionRow
from tests.store.figures.test_values import damaged
from tests.store.totals.filing import (
    CITY,
    CITY_GOVERNMENT,
    COUNTY,
    COUNTY_GOVERNMENT,
    OTHER_GOVERNMENT,
    counted,
    department,
    filed,
    said_by,
)

NEW, DONE, GRANTED = (
    "requests.new.total",
    "requests.concluded.total",
    "requests.granted.total",
)
OWN, AREA, UNSAID = ClaimScope.OWN, ClaimScope.AREA, ClaimScope.UNSAID
COMMERCE, WATER = department("示例市商务局"), department("示例市水利局", sector="水利")


def asked(
    store: Store, wish: totals.TotalsWish, *keys: str
) -> dict[int, totals.TrendYear]:
    with store.session() as session:
        found = totals.trends(session, wish, keys)
    return {one.year: one for one in found.years}


def test_sums_by_hand(store: Store) -> None:
    filed(
        store,
        said_by(COMMERCE, 2022, requests__new__total=10),
        said_by(COMMERCE, 2023, requests__new__total=30),
        said_by(WATER, 2023, requests__new__total=5),
        # The number is not printed: it counts nowhere.
        said_by(department("示例市教育局", sector="教育"), 2023),
    )
    counted(store)
    years = asked(store, totals.TotalsWish(), NEW)
    assert years[2022].totals[NEW] == totals.Total(10, None, 1, 0, {})
    assert years[2023].totals[NEW] == totals.Total(
        35, None, 2, 0, {ValueState.MISSING: 1}
    )
    assert years[2023].reports == 3
    covered = years[2023].covered
    assert covered is not None
    # Three that reported, and the governments of the invented divisions.
    assert covered.held == 3
    assert covered.due > 3


def test_only_of_that_sector_level_and_place(store: Store) -> None:
    filed(
        store,
        said_by(COMMERCE, requests__new__total=10),
        said_by(WATER, requests__new__total=5),
        said_by(department("示例县商务局", COUNTY, "县"), requests__new__total=2),
    )
    counted(store)
    wishes = {
        totals.TotalsWish(sector="商务"): 12,
        totals.TotalsWish(level="县"): 2,
        totals.TotalsWish(region="990100"): 17,
        totals.TotalsWish(region="990121"): 2,
        totals.TotalsWish(region="510000"): 0,
        totals.TotalsWish(region="990000", level="市", sector="水利"): 5,
    }
    for wish, total in wishes.items():
        assert asked(store, wish, NEW)[2023].totals[NEW].over == total


def test_own_numbers_and_those_of_areas_are_never_added(store: Store) -> None:
    filed(
        store,
        said_by(COMMERCE, scope=OWN, requests__new__total=10),
        said_by(WATER, requests__new__total=5),
        said_by(CITY_GOVERNMENT, scope=AREA, requests__new__total=100),
        said_by(COUNTY_GOVERNMENT, scope=AREA, requests__new__total=40),
        said_by(OTHER_GOVERNMENT, scope=AREA, requests__new__total=20),
    )
    counted(store)
    found = {
        scope: asked(store, totals.TotalsWish(scope=scope), NEW)[2023]
        for scope in (OWN, UNSAID, AREA)
    }
    assert found[OWN].totals[NEW].over == 10
    assert found[UNSAID].totals[NEW].over == 5
    # The city contains its counties: two counties are more than one city.
    assert found[AREA].totals[NEW].over == 60
    assert found[OWN].of_scope == {UNSAID: 1, OWN: 1, AREA: 3}
    of_cities = totals.TotalsWish(level="市", scope=AREA)
    assert asked(store, of_cities, NEW)[2023].totals[NEW].over == 100


def test_the_commonest_scope_is_shown(store: Store) -> None:
    filed(
        store,
        said_by(COMMERCE, scope=OWN, requests__new__total=10),
        said_by(WATER, scope=OWN, requests__new__total=5),
        said_by(department("示例市教育局", sector="教育"), requests__new__total=1),
    )
    counted(store)
    with store.session() as session:
        found = totals.trends(session, totals.TotalsWish(), [NEW])
    assert found.wish.scope is OWN
    assert found.years[0].totals[NEW].over == 15


def test_a_share_is_of_those_of_whom_both_numbers_are_sure(store: Store) -> None:
    key = "fully_disclosed_share"
    filed(
        store,
        said_by(COMMERCE, requests__granted__total=3, requests__concluded__total=4),
        said_by(WATER, requests__granted__total=5),
    )
    counted(store)
    total = asked(store, totals.TotalsWish(), key)[2023].totals[key]
    assert (total.over, total.under, total.count) == (3, 4, 1)


def test_growth_is_of_the_same_agencies(store: Store) -> None:
    key = "received_growth"
    filed(
        store,
        said_by(COMMERCE, 2022, requests__new__total=10),
        said_by(COMMERCE, 2023, requests__new__total=15),
        # New in the archive: it makes no growth.
        said_by(WATER, 2023, requests__new__total=500),
    )
    counted(store)
    total = asked(store, totals.TotalsWish(), key)[2023].totals[key]
    assert (total.over, total.under, total.count) == (15, 10, 1)
    assert total.lacking == {ValueState.NO_YEAR_BEFORE: 1}


def test_growth_after_a_year_of_the_old_free_form_says_so(store: Store) -> None:
    key = "received_growth"
    filed(
        store,
        replace(said_by(COMMERCE, 2018), form="free"),
        said_by(COMMERCE, 2019, requests__new__total=15),
    )
    counted(store)
    total = asked(store, totals.TotalsWish(), key)[2019].totals[key]
    assert total.lacking == {ValueState.YEAR_BEFORE_NOT_IN_FORM: 1}


def test_nothing_is_counted_yet(store: Store) -> None:
    filed(store, said_by(COMMERCE, requests__new__total=1))
    assert asked(store, totals.TotalsWish(), NEW) == {}


def test_a_key_of_nothing(store: Store) -> None:
    with store.session() as session, pytest.raises(KeyError):
        totals.trends(session, totals.TotalsWish(), ["no.such.key"])


@settings(
    max_examples=5,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(seed=st.integers(0, 2**32), key=st.sampled_from([NEW, *INDICATORS]))
def test_as_one_report_after_the_other(store: Store, seed: int, key: str) -> None:
    random = Random(seed)
    for at in range(5):
        for year in (2022, 2023):
            filed(store, damaged(random, year, f"示例市第{seed}{at}局"))
    count_columns(store)
    for scope in (UNSAID, OWN, AREA):
        wish = totals.TotalsWish(scope=scope, sector="商务", level="市")
        for year, found in asked(store, wish, key).items():
            with store.session() as session:
                expected = _one_by_one(session, year, scope, key)
            total = found.totals[key]
            assert (total.over, total.under or 0, total.count) == expected


def _one_by_one(
    session: Session, year: int, scope: ClaimScope, key: str
) -> tuple[object, object, int]:
    """The same sums from the values of each report by itself."""
    question = (
        select(VersionRow.id)
        .join(FilingRow)
        .join(AgencyRow)
        .where(FilingRow.year == year, VersionRow.current)
    )
    # None of these texts says whose its numbers are.
    versions = list(session.scalars(question)) if scope is UNSAID else []
    known = [one[key] for one in values_of(session, versions, [key]).values()]
    sure = [one for one in known if one.state.has_value]
    overs = [one.value if one.over is None else one.over for one in sure]
    unders = [one.under for one in sure if one.under is not None]
    return sum(one or 0 for one in overs), sum(unders), len(sure)


def test_places_by_hand(store: Store) -> None:
    filed(
        store,
        said_by(CITY_GOVERNMENT, requests__new__total=9),
        said_by(COMMERCE, requests__new__total=2),
        said_by(WATER, scope=OWN, requests__new__total=3),
        said_by(COUNTY_GOVERNMENT, requests__new__total=50),
    )
    counted(store)
    with store.session() as session:
        (year,) = totals.place_years(session, CITY.code, [NEW])
        below = totals.totals_of(
            session,
            totals.TotalsWish(scope=UNSAID),
            2023,
            NEW,
            [CITY.code, COUNTY.code, "990122"],
        )
        count, residents = totals.residents(session, CITY.code)
    assert year.government[NEW].over == 9
    assert year.scope is UNSAID
    assert year.departments[UNSAID][NEW].over == 2
    assert year.departments[OWN][NEW].over == 3
    assert {code: one.over for code, one in below.items()} == {
        CITY.code: 61,
        COUNTY.code: 50,
        "990122": 0,
    }
    held = {one.body.name: one.held for one in residents}
    assert count == len(residents)
    assert held["示例市人民政府"] == held["示例市商务局"] == 1

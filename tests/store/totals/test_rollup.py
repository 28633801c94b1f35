"""A government's numbers against the sum of those below it."""

from __future__ import annotations

from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from archive.catalogue import ClaimScope, Coverage
from archive.store import Store, totals
from archive.store.rows import AgencyRow
from tests.store.totals.filing import (
    CITY_GOVERNMENT,
    COUNTY_GOVERNMENT,
    OTHER_GOVERNMENT,
    counted,
    department,
    filed,
    said_by,
)

NEW = "requests.new.total"
OWN, AREA, UNSAID = ClaimScope.OWN, ClaimScope.AREA, ClaimScope.UNSAID
COMMERCE = department("示例市商务局")


def rolled_up(store: Store, name: str = "示例市人民政府") -> totals.RollUp:
    with store.session() as session:
        is_it = AgencyRow.name == name
        key = session.scalars(select(AgencyRow.key).where(is_it)).one()
        found = totals.roll_up(session, key, 2023)
    assert found is not None
    return found


def of_new(found: totals.RollUp) -> totals.Rolled:
    return next(one for one in found.rolled if one.key == NEW)


def test_the_sum_and_who_is_missing(store: Store) -> None:
    filed(
        store,
        said_by(CITY_GOVERNMENT, scope=AREA, requests__new__total=100),
        said_by(COMMERCE, requests__new__total=20),
        said_by(COUNTY_GOVERNMENT, scope=AREA, requests__new__total=50),
        # A department of the county is in the county's number.
        said_by(
            department("示例县商务局", COUNTY_GOVERNMENT.region, "县"),
            requests__new__total=7,
        ),
    )
    counted(store)
    found = rolled_up(store)
    new = of_new(found)
    assert (new.own, new.summed, new.count, new.gap) == (100, 70, 2, 30)
    missing = {one.name: one.state for one in found.missing}
    assert Coverage.HELD not in missing.values()
    assert "示例山县人民政府" in missing
    assert found.ambiguous == ()
    assert "示例县商务局" not in {one.name for one in found.children}


def test_a_county_that_does_not_say_whose_its_numbers_are_is_named(
    store: Store,
) -> None:
    filed(
        store,
        said_by(CITY_GOVERNMENT, scope=AREA, requests__new__total=100),
        said_by(COUNTY_GOVERNMENT, requests__new__total=50),
        said_by(OTHER_GOVERNMENT, scope=OWN, requests__new__total=10),
        said_by(COMMERCE, scope=OWN, requests__new__total=20),
    )
    counted(store)
    found = rolled_up(store)
    assert {one.name for one in found.ambiguous} == {
        "示例县人民政府",
        "示例山县人民政府",
    }


def test_a_doubtful_number_is_in_no_sum(store: Store) -> None:
    filed(
        store,
        said_by(CITY_GOVERNMENT, scope=AREA, requests__new__total=100),
        said_by(COMMERCE, requests__granted__total=1),
    )
    counted(store)
    new = of_new(rolled_up(store))
    assert (new.summed, new.count, new.doubtful) == (0, 0, 1)


def test_nothing_is_compared_that_is_not_of_the_area(store: Store) -> None:
    filed(
        store,
        said_by(CITY_GOVERNMENT, requests__new__total=100),
        said_by(COMMERCE, requests__new__total=20),
    )
    counted(store)
    found = rolled_up(store)
    assert (found.scope, found.rolled, found.children) == (UNSAID, (), ())


def test_of_a_county_nobody_knows_all_below(store: Store) -> None:
    filed(store, said_by(COUNTY_GOVERNMENT, scope=AREA, requests__new__total=50))
    counted(store)
    assert rolled_up(store, "示例县人民政府").is_open


def test_a_department_has_nobody_below(store: Store) -> None:
    filed(store, said_by(COMMERCE, scope=AREA, requests__new__total=50))
    counted(store)
    with store.session() as session:
        key = session.scalars(select(AgencyRow.key)).one()
        assert totals.roll_up(session, key, 2023) is None


@settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(seed=st.integers(0, 2**32))
def test_the_sum_is_that_of_the_reports(store: Store, seed: int) -> None:
    random = Random(seed)
    numbers = [random.choice([None, 0, 3, 50]) for _ in range(6)]
    filed(store, said_by(CITY_GOVERNMENT, scope=AREA, requests__new__total=100))
    for at, number in enumerate(numbers):
        figures = {} if number is None else {"requests__new__total": number}
        filed(store, said_by(department(f"示例市第{seed}号{at}局"), **figures))
    counted(store)
    found = rolled_up(store)
    ours = [one for one in found.children if f"第{seed}号" in one.name]
    assert len(ours) == len(numbers)
    summed = sum(one.numbers[NEW] or 0 for one in ours)
    assert summed == sum(number or 0 for number in numbers)
    assert of_new(found).summed == sum(
        one.numbers.get(NEW) or 0 for one in found.children
    )

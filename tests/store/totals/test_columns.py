"""The columns, against what is known of each report by itself."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, update

from archive.catalogue import FIGURES, INDICATORS, ClaimScope, Status
from archive.report import Figure
from archive.store import Store, count_columns, values_of
from archive.store.counts import (
    SCOPE_PLACES,
    State,
    measured,
    opened,
    parts_of,
    scope_of_tables,
)
from archive.store.counts.columns import opening
from archive.store.counts.columns.whose import Stated
from archive.store.rows import AgencyRow, FigureColumnsRow, VersionRow
from tests.store.figures.test_values import damaged
from tests.store.filing import file, refile
from tests.store.totals.filing import (
    CITY,
    CITY_GOVERNMENT,
    counted,
    department,
    filed,
    said_by,
)

KEYS = tuple(key for key in (*FIGURES, *INDICATORS) if key != "proactive_part")
"""Parts of a breakdown are another thing in every report."""


@settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(seed=st.integers(0, 2**32))
def test_a_column_says_what_is_known_of_each_report(store: Store, seed: int) -> None:
    random = Random(seed)
    for name in range(3):
        for year in (2021, 2022, 2024):
            filed(store, damaged(random, year, f"示例市第{seed}{name}局"))
    count_columns(store)
    with store.session() as session:
        years = opened(session, parts_of(KEYS))
        for at, year in enumerate(years):
            before = (
                years[at - 1] if at and years[at - 1].year == year.year - 1 else None
            )
            versions = [int(one) for one in year.bodies.versions]
            known = values_of(session, versions, KEYS)
            for key in KEYS:
                found = measured(year, key, before)
                for place, version in enumerate(versions):
                    one = known[version][key]
                    state = State(int(found.states[place])).told
                    assert state is one.state, (key, version)
                    if one.value is None:
                        continue
                    over = one.value if one.over is None else one.over
                    assert found.over[place] == over * found.scale
                    if found.under is not None:
                        assert found.under[place] == one.under * found.scale


def test_only_the_years_that_changed_are_made_anew(store: Store) -> None:
    bureau = department("示例市商务局")
    filed(store, said_by(bureau, 2022), said_by(bureau, 2023))
    assert count_columns(store) == [2022, 2023]
    assert count_columns(store) == []
    filed(store, said_by(bureau, 2024))
    assert count_columns(store) == [2024]


def test_a_text_that_is_read_anew_is_seen(store: Store) -> None:
    said = said_by(department("示例市商务局"), requests__new__total=4)
    file(store, "a", said)
    count_columns(store)
    key = "requests.new.total"
    doubted = {key: Figure(key, 5, "5", Status.CONFLICT)}
    refile(store, "a", replace(said, figures={**said.figures, **doubted}))
    assert count_columns(store) == [2023]
    with store.session() as session:
        (year,) = opened(session, parts_of((key,)))
        assert list(measured(year, key).states) == [State.IN_DOUBT]


def test_an_agency_that_is_of_another_sector_is_seen(store: Store) -> None:
    filed(store, said_by(department("示例市商务局")))
    count_columns(store)
    store.write(
        lambda session: session.execute(update(AgencyRow).values(sector="水利"))
    )
    assert count_columns(store) == [2023]
    with store.session() as session:
        (year,) = opened(session, ())
    assert list(year.bodies.sectors) == ["水利"]


def test_a_year_without_reports_is_forgotten(store: Store) -> None:
    filed(store, said_by(department("示例市商务局")))
    count_columns(store)
    store.write(
        lambda session: session.execute(update(VersionRow).values(current=False))
    )
    count_columns(store)
    with store.session() as session:
        assert session.scalar(select(func.count(FigureColumnsRow.year))) == 0


def test_a_government_and_its_office_count_once(store: Store) -> None:
    office = replace(CITY_GOVERNMENT, name="示例市人民政府办公室", is_government=False)
    filed(
        store,
        said_by(office, requests__new__total=7),
        said_by(CITY_GOVERNMENT, requests__new__total=9),
    )
    counted(store)
    key = "requests.new.total"
    with store.session() as session:
        (year,) = opened(session, parts_of((key,)))
        assert list(measured(year, key).over) == [9]
    assert list(year.bodies.departments) == [False]


def test_what_is_opened_makes_room(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "_ROOM", 1)
    filed(store, said_by(department("示例市商务局"), requests__new__total=4))
    count_columns(store)
    key = "requests.new.total"
    for _ in range(2):
        with store.session() as session:
            (year,) = opened(session, parts_of((key,)))
            assert list(measured(year, key).over) == [4]


def test_a_page_in_between_sees_the_old_or_the_new(store: Store) -> None:
    """What was opened before a change is not given out after it."""
    bureau = department("示例市商务局")
    filed(store, said_by(bureau, requests__new__total=4))
    count_columns(store)
    key = "requests.new.total"
    with store.session() as session:
        opened(session, parts_of((key,)))
    filed(store, said_by(department("示例市水利局", CITY), requests__new__total=5))
    count_columns(store)
    with store.session() as session:
        (year,) = opened(session, parts_of((key,)))
        assert sorted(measured(year, key).over) == [4, 5]


NEW = "requests.new.total"
OWN, AREA, UNSAID = ClaimScope.OWN, ClaimScope.AREA, ClaimScope.UNSAID


@pytest.mark.parametrize(
    ("stated", "figures", "expected"),
    [
        ([("applications_received", 5, AREA)], {NEW: 5}, AREA),
        ([("applications_received", 5, OWN)], {NEW: 5}, OWN),
        # The text tells the city's number, the table another one: whose, nobody says.
        ([("applications_received", 500, AREA)], {NEW: 5}, UNSAID),
        ([("applications_received", 5, UNSAID)], {NEW: 5}, UNSAID),
        # 0 and 0 prove nothing.
        ([("applications_received", 0, OWN)], {NEW: 0}, UNSAID),
        # A doubtful number proves nothing either.
        ([("applications_received", 5, OWN)], {NEW: None}, UNSAID),
        (
            [("applications_received", 5, AREA), ("reviews", 2, OWN)],
            {NEW: 5, "review.total": 2},
            UNSAID,
        ),
        (
            [("lawsuits", 3, AREA)],
            {"litigation_direct.total": 1, "litigation_after_review.total": 2},
            AREA,
        ),
        # What was issued says nothing of the requests.
        ([("documents_issued", 5, AREA)], {NEW: 5}, UNSAID),
    ],
)
def test_whose_the_tables_are(
    stated: list[tuple[str, int, ClaimScope]],
    figures: dict[str, int | None],
    expected: ClaimScope,
) -> None:
    told = [Stated(*one) for one in stated]
    assert scope_of_tables(told, figures) is expected


def test_the_scope_is_kept(store: Store) -> None:
    filed(
        store,
        said_by(CITY_GOVERNMENT, scope=AREA, requests__new__total=9),
        said_by(department("示例市商务局"), scope=OWN, requests__new__total=2),
        said_by(department("示例市水利局"), requests__new__total=3),
    )
    count_columns(store)
    with store.session() as session:
        (year,) = opened(session, ())
        names = {one.id: one.name for one in session.scalars(select(AgencyRow))}
    found = {
        names[int(agency)]: SCOPE_PLACES[int(scope)]
        for agency, scope in zip(year.bodies.agencies, year.bodies.scopes, strict=True)
    }
    assert found == {
        "示例市人民政府": AREA,
        "示例市商务局": OWN,
        "示例市水利局": UNSAID,
    }

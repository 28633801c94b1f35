"""Values of many reports, beside what the readings themselves say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import count
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from archive.catalogue import (
    CLAIMS,
    FIGURES,
    FORMS,
    INDICATORS,
    LAWSUITS,
    FigureRecord,
    Status,
    ValueState,
    keys,
)
from archive.report import Before, Claim, Figure, Report, indicated
from archive.store import Store, Valued, values_of
from archive.store.figures import known as known_module
from archive.store.figures import year_before
from archive.store.rows import ALL_KEYS, UNREAD, UnsureRow, VersionRow
from tests.store.filing import body_digest, figure, file, refile, report

_bodies = count()


def file_new(store: Store, said: Report) -> int:
    """Files a report; the number of its version."""
    body = f"values {next(_bodies)}"
    file(store, body, said)
    with store.session() as session:
        question = select(VersionRow.id).where(VersionRow.digest == body_digest(body))
        return session.scalars(question).one()


def damaged(random: Random, year: int, name: str) -> Report:
    """A report of any form, of which any cell may be read in any way."""
    form = random.choice([*FORMS, *FORMS, "free"])
    printed = keys(FORMS[form]) if form in FORMS else []
    sure = random.choice([0.5, 0.9, 1.0])
    figures = {
        key: _cell(random, key, sure) for key in printed if random.random() < 0.98
    }
    claims = tuple(_claim(random, key) for key in CLAIMS if random.random() < 0.6)
    said = report(name=name, year=year)
    return replace(said, form=form, figures=figures, claims=claims)


def _cell(random: Random, key: str, sure: float) -> Figure:
    value: int | Decimal | None = random.choice(
        [0, 0, 1, 3, 40, random.randrange(9999)]
    )
    if key == "disclosure.fees.amount":
        value = Decimal(random.randrange(10**8)) / 100
    if random.random() < sure:
        return Figure(key, value, str(value), Status.EXACT)
    if random.random() < 0.5:
        value = None
    return Figure(key, value, None, random.choice(list(Status)))


def _claim(random: Random, key: str) -> Claim:
    hedge = random.choice(["", "", "余", "多", "左右", "以上"])
    return Claim(key, random.randrange(999), "示例。", "件", hedge=hedge)


def expected(said: Report, before: Report | None) -> Iterator[tuple[str, Valued]]:
    """What a reading says, key by key, from its own figures and claims."""
    for key, record in FIGURES.items():
        yield key, _figure_of(said, record)
    last = Before(before.form, before.figures) if before else None
    for key, one in INDICATORS.items():
        found = indicated(one, said.form, said.figures, last)
        yield key, Valued(found.value, found.state, found.over, found.under)


def _figure_of(said: Report, record: FigureRecord) -> Valued:
    if record.key in CLAIMS or (record.stored and record.stored.table == "claims"):
        return _claim_of(said, record.key)
    if said.form not in FORMS:
        return Valued(None, ValueState.NOT_IN_FORM)
    if record.parts:
        return _lawsuits(said)
    if record.key not in keys(FORMS[said.form]):
        return Valued(None, ValueState.NOT_IN_FORM)
    one = said.figures.get(record.key)
    if one and one.status is Status.CONFLICT:
        return Valued(None, ValueState.IN_DOUBT, one.value)
    if one is None or one.value is None or one.status is Status.MISSING:
        return Valued(None, ValueState.MISSING)
    return Valued(one.value, ValueState(one.status.value))


def _claim_of(said: Report, key: str) -> Valued:
    stated = [claim for claim in said.claims if claim.key == key]
    if not stated:
        return Valued(None, ValueState.MISSING)
    if not stated[0].is_exact:
        return Valued(None, ValueState.ABOUT, stated[0].value)
    return Valued(stated[0].value, ValueState.EXACT)


def _lawsuits(said: Report) -> Valued:
    parts = [_figure_of(said, FIGURES[part]) for part in FIGURES[LAWSUITS].parts]
    states = {part.state for part in parts}
    numbers = [
        said.figures[key].value if key in said.figures else None
        for key in FIGURES[LAWSUITS].parts
    ]
    total = None if None in numbers else sum(one or 0 for one in numbers)
    for state in (ValueState.IN_DOUBT, ValueState.MISSING):
        if state in states:
            printed = total if state is ValueState.IN_DOUBT else None
            return Valued(None, state, printed)
    return Valued(total, max(states))


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(seed=st.integers(0, 2**32), later=st.booleans())
def test_what_is_kept_says_what_the_reading_says(
    store: Store, seed: int, later: bool
) -> None:
    random = Random(seed)
    name = f"示例市第{next(_bodies)}局"
    years = [2021, 2022, 2024]
    if later:
        years.reverse()
    said = {year: damaged(random, year, name) for year in years}
    numbers = {year: file_new(store, said[year]) for year in years}
    wanted = [*FIGURES, *INDICATORS]
    with store.session() as session:
        found = values_of(session, list(numbers.values()), wanted)
    for year in years:
        got = found[numbers[year]]
        assert list(got) == wanted
        assert got == dict(expected(said[year], said.get(year - 1)))


def test_a_figure_that_is_read_anew_is_sure_again(store: Store) -> None:
    key = "requests.new.total"
    said = report()
    doubted = replace(said, figures={key: Figure(key, 4, "4", Status.CONFLICT)})
    file(store, "a", doubted)
    with store.session() as session:
        (number,) = session.scalars(select(VersionRow.id))
        doubt = values_of(session, [number], [key])[number][key]
    assert doubt == Valued(None, ValueState.IN_DOUBT, 4)
    refile(store, "a", replace(said, figures={key: figure(key, 5)}))
    with store.session() as session:
        (number,) = session.scalars(select(VersionRow.id))
        assert session.scalars(select(UnsureRow)).all() == []
        sure = values_of(session, [number], [key])[number][key]
    assert sure == Valued(5, ValueState.EXACT)


def test_of_a_lost_reading_nothing_is_sure(store: Store) -> None:
    number = file_new(store, report(requests__new__total=4))
    lost = UnsureRow(version_id=number, key=ALL_KEYS, status=UNREAD)
    store.write(lambda session: session.add(lost))
    wanted = ["requests.new.total", "received", "applications_received"]
    with store.session() as session:
        found = values_of(session, [number], wanted)[number]
    assert {one.state for one in found.values()} == {ValueState.IN_DOUBT}
    assert {one.value for one in found.values()} == {None}


def test_growth_is_against_the_text_that_counts_today(store: Store) -> None:
    name = "示例市水务局"
    file_new(store, report(name=name, year=2022, requests__new__total=40))
    number = file_new(store, report(name=name, year=2023, requests__new__total=50))
    key = "received_growth"
    with store.session() as session:
        grown = values_of(session, [number], [key])[number][key]
        before = year_before(session, number, ["requests.new.total"])
    assert grown == Valued(Decimal("0.25"), ValueState.EXACT, 50, 40)
    assert before
    assert before.figures["requests.new.total"].value == 40


def test_growth_after_a_year_of_the_old_free_form_says_so(store: Store) -> None:
    name, key = "示例市林业局", "received_growth"
    file_new(store, replace(report(name=name, year=2018), form="free"))
    number = file_new(store, report(name=name, year=2019, requests__new__total=50))
    with store.session() as session:
        grown = values_of(session, [number], [key])[number][key]
    assert grown == Valued(None, ValueState.YEAR_BEFORE_NOT_IN_FORM, 50)


def test_more_keys_than_are_named(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, other = "requests.new.total", "requests.concluded.total"
    cells = {one: Figure(one, 4, "4", Status.INFERRED) for one in (key, other)}
    number = file_new(store, replace(report(), figures=cells))
    for most in (0, 100):
        monkeypatch.setattr(known_module, "MOST_NAMED", most)
        with store.session() as session:
            found = values_of(session, [number], [key])[number]
        assert found == {key: Valued(4, ValueState.INFERRED)}


def test_unknown_versions_are_left_out_and_unknown_keys_an_error(store: Store) -> None:
    with store.session() as session:
        assert values_of(session, [99], ["received"]) == {}
        with pytest.raises(KeyError):
            values_of(session, [], ["nothing"])


def test_a_share_of_few_says_so() -> None:
    few = Valued(Decimal("0.5"), ValueState.EXACT, 5, 10)
    many = Valued(Decimal("0.5"), ValueState.EXACT, 50, 100)
    assert (few.is_of_few, many.is_of_few) == (True, False)

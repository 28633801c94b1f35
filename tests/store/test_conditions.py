"""Conditions on figures, answered by the index, beside the values of the database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from archive.catalogue import CLAIMS, FEWEST, FORMS, OF, QUANTITIES, Status, keys
from archive.report import Claim, Figure, Report
from archive.search import (
    COMPARE,
    Condition,
    Counted,
    Index,
    Query,
    only_conditions,
)
from archive.store import Store, Valued, index_entries, values_of
from archive.store.rows import VersionRow
from tests.store.filing import file, report

_bodies = count()
FREQUENT = [
    "requests.new.total", "requests.granted.total", "review.total", "lawsuits.total",
    "fee", "disclosure.fees.amount", "disclosed_share.of", "received", "received_growth", "disclosed_share",
    "disclosed_share_c.of", "corrected_share", "refusal_reasons.internal",
    "documents_net", "natural_person_share", "proactive_total",
]  # fmt: skip
KEYS = st.sampled_from(FREQUENT) | st.sampled_from(sorted(QUANTITIES))
CONDITIONS = st.builds(
    Condition,
    KEYS,
    st.sampled_from(sorted(COMPARE)),
    st.sampled_from(list(map(Decimal, ("0", "0.1", "0.5", "1", "3", "40", "-0.5")))),
)


def damaged(random: Random, year: int) -> Report:
    """A report of any form, of which any cell may be read in any way."""
    form = random.choice([*FORMS, *FORMS, "free"])
    printed = keys(FORMS[form]) if form in FORMS else []
    sure = random.choice([0.7, 0.97, 1.0, 1.0])
    figures = {key: _cell(random, key, sure) for key in printed}
    claims = tuple(
        Claim(key, random.choice([0, 3, 700]), "示例。", "件")
        for key in CLAIMS
        if random.random() < 0.6
    )
    said = report(name=f"示例市第{random.randrange(6)}局", year=year)
    return replace(said, form=form, figures=figures, claims=claims)


def _cell(random: Random, key: str, sure: float) -> Figure:
    value: int | Decimal = random.choice([0, 0, 1, 3, 40, random.randrange(9999)])
    if key == "disclosure.fees.amount":
        value = Decimal(random.randrange(10**8)) / 100
    if random.random() < sure:
        return Figure(key, value, str(value), Status.EXACT)
    return Figure(key, value, None, random.choice([Status.CONFLICT, Status.INFERRED]))


class Beside:
    """An archive, its index, and the same asked of the database."""

    def __init__(self, store: Store, folder: Path) -> None:
        self.store = store
        self.index = Index(folder, index_entries.texts_of(store))
        self._values: dict[int, dict[str, Valued]] = {}

    def file(self, random: Random, reports: int) -> None:
        for _ in range(reports):
            file(
                self.store,
                f"{next(_bodies)}",
                damaged(random, random.randrange(2019, 2024)),
            )

    def current(self) -> list[int]:
        with self.store.session() as session:
            return list(
                session.scalars(select(VersionRow.id).where(VersionRow.current))
            )

    def update(self) -> None:
        self._values = {}
        current = self.current()
        gone = self.index.ids() - set(current)
        with self.store.session() as session:
            found = index_entries.entries(session, current)
        for entry in found.values():  # a segment each
            self.index.update([entry], gone)

    def found(self, query: Query) -> set[int]:
        listed, total = self.index.listed(query, 1000)
        assert total == len(listed)
        return set(listed)

    def values(self, key: str) -> dict[int, Decimal | int | None]:
        """Version → value, None where it is not sure."""
        asked = QUANTITIES[key]
        if not self._values:
            with self.store.session() as session:
                every = [key for key, one in QUANTITIES.items() if not one.of]
                self._values = values_of(session, self.current(), every)
        valued = {version: one[asked.kept_as] for version, one in self._values.items()}
        if asked.of:
            return {
                version: one.under if one.value is not None else None
                for version, one in valued.items()
            }
        return {version: one.value for version, one in valued.items()}

    def expected(self, *conditions: Condition) -> set[int]:
        fitting = set(self.values("fee"))
        for one in conditions:
            values, few = self.values(one.key), self.few(one)
            fitting &= {
                version
                for version, value in values.items()
                if value is not None and one.holds(value) and version not in few
            }
        return fitting

    def few(self, one: Condition) -> set[int]:
        """The versions whose share is of so few that it decides nothing."""
        if not one.quantity.is_share:
            return set()
        of = self.values(one.key + OF)
        return {
            version
            for version, under in of.items()
            if under is not None and under < FEWEST
        }


@pytest.fixture
def beside(store: Store, tmp_path: Path) -> Iterator[Beside]:
    made = Beside(store, tmp_path / "index")
    made.file(Random(16), 20)
    made.update()
    yield made
    made.index.close()


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(CONDITIONS, min_size=1, max_size=3))
def check(beside: Beside, conditions: list[Condition]) -> None:
    query = Query(where=tuple(Counted((one,)) for one in conditions))
    assert beside.found(query) == beside.expected(*conditions)
    results = beside.index.search(query)
    assert results.total == len(beside.expected(*conditions))
    for one, told in zip(dict.fromkeys(conditions), results.unsure, strict=True):
        figure = one.quantity.kept_as
        others = [each for each in conditions if each.quantity.kept_as != figure]
        unknown = {
            version
            for version, value in beside.values(one.key).items()
            if value is None
        }
        assert told.count == len(beside.expected(*others) & unknown)
        assert told.few == len(beside.expected(*others) & beside.few(one))


def test_conditions_are_what_the_database_says(beside: Beside) -> None:
    check(beside)
    # Some are replaced, some are gone, and the segments are merged.
    beside.file(Random(17), 12)
    beside.update()
    while beside.index.tidy():
        pass
    check(beside)
    left = beside.current()[::2]
    with beside.store.session() as session:
        beside.index.rebuild(index_entries.entries(session, left).values())
    assert beside.index.ids() == set(left)


Formula = Condition | tuple[str, Any, Any]
FORMULAS = st.recursive(
    CONDITIONS,
    lambda inner: st.tuples(st.sampled_from("且或"), inner, inner),
    max_leaves=6,
)


def typed(formula: Formula) -> str:
    if isinstance(formula, Condition):
        # Of a share <3 would be 3 %.
        return formula.told.replace(formula.quantity.label, formula.key)
    joins, one, other = formula
    return f"({typed(one)} {joins} {typed(other)})"


def expected(beside: Beside, formula: Formula) -> set[int]:
    if isinstance(formula, Condition):
        return set(beside.expected(formula))
    joins, *parts = formula
    one, other = (expected(beside, part) for part in parts)
    return one & other if joins == "且" else one | other


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(FORMULAS)
def check_formula(beside: Beside, formula: Formula) -> None:
    text = typed(formula)
    assert beside.found(Query(text)) == expected(beside, formula)
    conditions, _ = only_conditions(text)
    if conditions:
        assert beside.found(Query(where=conditions)) == expected(beside, formula)


def test_brackets_are_what_the_database_says(beside: Beside) -> None:
    check_formula(beside)


def test_orders_and_ranges_are_what_the_database_says(beside: Beside) -> None:
    for key in FREQUENT:
        check_order_and_ranges(beside, key)


def check_order_and_ranges(beside: Beside, key: str) -> None:
    values = beside.values(key)
    sure = {version for version, value in values.items() if value is not None}
    ranked = sure
    if QUANTITIES[key].is_share:
        of = beside.values(key + OF)
        ranked = {version for version in sure if (of[version] or 0) >= FEWEST}
    for ending, rising in (("", False), (":asc", True)):
        listed, _ = beside.index.listed(Query(sort=f"figure:{key}{ending}"), 1000)
        assert set(listed) == set(values)
        ahead = [float(values[version] or 0) for version in listed[: len(ranked)]]
        assert set(listed[: len(ranked)]) == ranked
        assert ahead == sorted(ahead, reverse=not rising)
        assert set(listed[len(ranked) : len(sure)]) == sure - ranked
    ranges = beside.index.search(Query(figure=key)).ranges
    assert ranges
    assert ranges.unsure == len(values) - len(sure)
    assert ranges.few == len(sure) - len(ranked)
    assert sum(one.count for one in ranges.ranges) == len(ranked)
    for one in ranges.ranges:
        alone = tuple(Counted((condition,)) for condition in one.conditions)
        chosen = Query(where=alone, figure=key)
        assert one.count == len(beside.expected(*one.conditions))
        again = beside.index.search(chosen).ranges
        assert again
        assert [each.selected for each in again.ranges].count(True) == 1

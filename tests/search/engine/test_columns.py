"""Which values of a facet are shown, in which order, and what a commit adds to them."""

from __future__ import annotations

from dataclasses import replace
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.search.engine.columns import (
    Column,
    Scores,
    Selection,
    Shown,
    Together,
    Values,
    together,
)
from archive.search.engine.columns.facets import FACET_BITS, NAMED_BITS, Ids
from archive.search.engine.columns.shown import nth_lowest
from archive.search.engine.listed import Listed
from archive.search.engine.schema import SEPARATOR
from archive.search.facets import FACETS, Facet

LETTERS = Facet("letters", "字母", lambda entry: ())
TREE = replace(LETTERS, parent=lambda value: value[:-1], zeros=False, most=3)


def column(facet: Facet, *documents: str) -> Column:
    """Documents with these values, a blank between them."""
    combinations = [SEPARATOR.join(values.split()) for values in documents]
    values = Values(facet, {}).with_more(combinations)
    return Column(values, values.codes(combinations))


OTHER = column(LETTERS, "y", "x")


def shown(
    column: Column, chosen: frozenset[str] = frozenset()
) -> list[tuple[str, int, bool]]:
    everything = column.counts(slice(None))
    # A facet beside it, which must change nothing.
    both = {"other": OTHER.values, "this": column.values}
    counts = np.concatenate([np.array([1, 1]), everything])
    chosen_in = {"this": chosen} if chosen else {}
    values = Shown(both, counts).of(counts, chosen_in)
    assert [value.value for value in values["other"]] == ["x", "y"]
    return [(value.value, value.count, value.selected) for value in values["this"]]


def test_frequent_ones_first_then_by_name() -> None:
    letters = column(LETTERS, "b", "c a", "c b", "d", "")
    assert [(name, count) for name, count, _ in shown(letters)] == [
        ("b", 2),
        ("c", 2),
        ("a", 1),
        ("d", 1),
    ]
    assert letters.having(["a", "d", "unknown"]).tolist() == [
        False,
        True,
        False,
        True,
        False,
    ]


def test_names_say_the_order_and_what_nothing_has_is_last() -> None:
    named = replace(LETTERS, names={"z": "Z", "a": "A"})
    assert [name for name, _, _ in shown(column(named, "b b", "a", "z"))] == [
        "z",
        "a",
        "b",
    ]
    years = replace(LETTERS, newest_first=True)
    assert shown(
        column(years, "2001", "2003", "2001"), frozenset({"1999", "2003"})
    ) == [
        ("2003", 1, True),
        ("2001", 2, False),
        ("1999", 0, True),
    ]


def test_of_many_values_the_highest_and_what_is_opened() -> None:
    tree = column(
        TREE, "a ab abc", "a ab abc", "a ab abd", "b ba", "b bb", "c ca", "c ca"
    )
    assert [name for name, _, _ in shown(tree)] == ["a", "b", "c"]
    opened = shown(tree, frozenset({"ab"}))
    assert opened == [
        ("a", 3, False),
        ("ab", 3, True),
        ("abc", 2, False),
        ("b", 2, False),
        ("c", 2, False),
        ("abd", 1, False),
    ]


@given(
    st.lists(st.text("abc", min_size=1, max_size=3), min_size=2, max_size=40),
    st.integers(1, 12),
    st.data(),
)
def test_the_values_shown_are_those_found_by_sorting_all(
    documents: list[str], most: int, data: st.DataObject
) -> None:
    """Each document has a value and all above it; half of the documents are found."""
    chosen = data.draw(st.sets(st.sampled_from(documents), max_size=2))
    tree = column(
        replace(TREE, most=most),
        *(" ".join(value[: n + 1] for n in range(len(value))) for value in documents),
    )
    found = tree.counts(slice(len(documents) // 2))
    counts = dict(zip(tree.values.names, found.tolist(), strict=True))
    there = {name for name, count in counts.items() if count or name in chosen}
    in_order = sorted(there, key=lambda name: (len(name), -counts[name], name))
    line = {value[:n] for value in chosen for n in range(1, 4)}
    opened = {name for name in there if name[:-1] in line or name in chosen}
    expected = there if len(there) <= most else {*in_order[:most], *opened}
    values = Shown({"this": tree.values}, found).of(found, {"this": chosen})
    assert {one.value for one in values["this"]} == expected
    assert {one.value for one in values["this"] if one.selected} == chosen


@given(st.lists(st.integers(-9, 9), min_size=1, max_size=200), st.data())
def test_the_nth_lowest_is_that_of_a_full_sort(
    numbers: list[int], data: st.DataObject
) -> None:
    n = data.draw(st.integers(1, len(numbers)))
    assert nth_lowest(np.array(numbers), n) == sorted(numbers)[n - 1]


@pytest.mark.parametrize("having", [3, 40, 399])
@pytest.mark.parametrize("as_bits", [True, False])
def test_scores_in_single_precision_are_those_in_double_but_rounded(
    having: int, as_bits: bool
) -> None:
    dice = np.random.default_rng(having)
    ids = np.sort(dice.permutation(400)[:having]).astype(np.uint32)
    weights = dice.integers(1, 9, having).astype(np.uint8)
    listed = Listed(having, ids, None, weights)
    if as_bits:
        of_all = np.zeros(400, np.uint8)
        of_all[ids] = weights
        listed = Listed(having, None, np.packbits(of_all > 0), of_all)
    scores = Scores(dice.integers(1, 90, 400).astype(float), 12_000.0)
    few = np.array([0, 7, *ids[:2].tolist(), 399])
    few.sort()
    for some in (None, few):
        rough = np.ones(400 if some is None else len(some), np.float32)
        exact = rough.astype(np.float64)
        scores.add([listed], rough, some)
        scores.add([listed], exact, some)
        assert np.allclose(rough, exact, rtol=1e-6)
        assert (exact > 1).sum() == (
            having if some is None else np.isin(few, ids).sum()
        )


@given(st.lists(st.booleans(), max_size=60))
def test_a_selection_is_the_same_as_mask_and_as_numbers(having: list[bool]) -> None:
    by_mask = Selection(np.array(having, bool))
    by_numbers = Selection.of(by_mask.documents, len(having))
    for one in (by_mask, by_numbers):
        assert one.mask.tolist() == having
        assert one.documents.tolist() == [at for at, has in enumerate(having) if has]
        assert one.count == sum(having)


def test_numbers_stay_when_values_are_added() -> None:
    values = Values(LETTERS, {}).with_more(["b", "a", "b"])
    assert values.with_more(["a"]) is values
    more = values.with_more(["c", "a"])
    assert more.codes(["b", "a", "c"]).tolist() == [0, 1, 2]
    assert np.array_equal(values.codes(["b", "a"]), more.codes(["b", "a"]))


def test_every_facet_shows_each_of_its_values_once() -> None:
    for facet in FACETS:
        several = column(facet, "x", "x y", "z")
        assert sorted(shown(several)) == [
            ("x", 2, False),
            ("y", 1, False),
            ("z", 1, False),
        ]


def counted(
    columns: dict[str, Column], documents: Ids, few: int
) -> dict[str, list[int]]:
    """How many documents have each value; they are counted one by one up to a `few`."""
    with patch.object(together, "_FEW", few):
        several = Together(columns)
        counts = several.counts(documents)
    return {key: counts[place].tolist() for key, place in several.places.items()}


CELL = st.sampled_from(["", "a", "b", "a b", "c"])
"""What stands in a column of one document."""


@given(
    st.lists(st.tuples(CELL, CELL, CELL, CELL), min_size=1, max_size=30),
    st.sampled_from([0, 100]),
    st.data(),
)
def test_together_facets_are_counted_as_each_alone(
    rows: list[tuple[str, ...]], few: int, data: st.DataObject
) -> None:
    columns = {
        key: column(LETTERS, *values)
        for key, values in zip("pqrs", zip(*rows, strict=True), strict=True)
    }
    columns["t"] = columns["p"]  # follows from another
    documents = np.array(
        data.draw(st.lists(st.integers(0, len(rows) - 1), unique=True)), np.int64
    )
    assert counted(columns, documents, few) == {
        key: one.counts(documents).tolist() for key, one in columns.items()
    }


def test_what_follows_from_another_facet_only_at_first_is_counted_apart() -> None:
    places = [f"p{number % 40}" for number in range(1_500)]
    kinds = [f"k{number % 40 % 3}" for number in range(1_499)] + ["other"]
    columns = {"place": column(LETTERS, *places), "kind": column(LETTERS, *kinds)}
    documents = np.arange(700, 1_500)
    counts = counted(columns, documents, 0)["kind"]
    assert counts == columns["kind"].counts(documents).tolist()


def test_the_catalogues_facets_have_room_in_the_numbers_they_are_sorted_by() -> None:
    assert len(FACETS) < 1 << (63 - FACET_BITS)
    assert all(len(one.names) + 1 < 1 << (FACET_BITS - NAMED_BITS) for one in FACETS)

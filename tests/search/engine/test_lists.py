"""Posting lists as bytes, and back."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.search.engine.bundle import BundleWriter, read_bundle, touch
from archive.search.engine.lists import (
    DENSE,
    MOST_DOCUMENTS,
    NARROW,
    WIDE,
    decode,
    decode_weights,
    encode,
    encode_weights,
    how_many,
    in_any,
    joined,
    packed,
)

SIZES = st.sampled_from([1, 2, 7, 8, 9, 255, 256, 300, 5_000, MOST_DOCUMENTS])


@st.composite
def segments(draw: st.DrawFn) -> tuple[int, list[list[int]]]:
    """Some lists of documents in a segment of some size: rare, in rows, at either end,
    everywhere.
    """
    size = draw(SIZES)
    numbers = st.integers(0, size - 1)
    few = st.sets(numbers, min_size=1, max_size=20)
    steps = st.tuples(numbers, st.integers(1, 300)).map(
        lambda one: set(range(one[0], size, one[1]))
    )
    return size, [
        sorted(one) for one in draw(st.lists(few | steps, min_size=1, max_size=8))
    ]


@given(segments())
def test_lists_come_back_together_and_alone(
    segment: tuple[int, list[list[int]]],
) -> None:
    size, lists = segment
    counts = np.array(list(map(len, lists)))
    forms, ends, content = encode(np.concatenate(lists).astype(np.int64), counts, size)
    lengths = np.diff(ends, prepend=0)
    documents, found = decode(forms, lengths, content, size)
    assert found.tolist() == counts.tolist()
    assert documents.tolist() == [one for several in lists for one in several]
    for at, expected in enumerate(lists):
        alone, _ = decode(
            forms[at : at + 1],
            lengths[at : at + 1],
            content[ends[at] - lengths[at] : ends[at]],
            size,
        )
        assert alone.tolist() == expected


@given(segments())
def test_what_is_in_any_of_several_lists(
    segment: tuple[int, list[list[int]]],
) -> None:
    size, lists = segment
    counts = np.array(list(map(len, lists)))
    forms, ends, content = encode(np.concatenate(lists).astype(np.int64), counts, size)
    mask = in_any(forms, np.diff(ends, prepend=0), content, size)
    assert mask.nonzero()[0].tolist() == sorted({one for row in lists for one in row})


@given(
    st.lists(
        st.lists(st.sampled_from([1, 2, 255, 256, 1_000_000]), min_size=1),
        min_size=1,
        max_size=9,
    )
)
def test_weights_come_back(lists: list[list[int]]) -> None:
    counts = np.array(list(map(len, lists)))
    weights = np.concatenate(lists)
    ends, content = encode_weights(weights, counts)
    lengths = np.diff(ends, prepend=0)
    assert decode_weights(lengths, counts, content).tolist() == weights.tolist()
    for at, expected in enumerate(lists):
        alone = content[ends[at] - lengths[at] : ends[at]]
        assert (
            decode_weights(lengths[at : at + 1], counts[at : at + 1], alone).tolist()
            == expected
        )


def test_each_list_takes_the_shortest_form() -> None:
    several = [[40_000], list(range(0, 60_000, 100)), list(range(0, 60_000, 2))]
    forms, ends, _ = encode(
        np.concatenate(several), np.array(list(map(len, several))), 60_000
    )
    assert forms.tolist() == [WIDE, NARROW, DENSE]
    assert np.diff(ends, prepend=0).tolist() == [2, 600, 7_500]


def test_arrays_in_a_file(tmp_path: Path) -> None:
    writer = BundleWriter((tmp_path / "arrays").open("wb"))
    for name, array in [
        ("a", np.array([1, 2], np.uint8)),
        ("a", np.array([3], np.uint8)),
        ("b", np.arange(3.0)),
    ]:
        writer.add(name, array)
    writer.close()
    assert {
        name: array.tolist() for name, array in read_bundle(tmp_path / "arrays").items()
    } == {
        "a": [1, 2, 3],
        "b": [0.0, 1.0, 2.0],
    }
    (tmp_path / "arrays").write_bytes(b"something else altogether")
    with pytest.raises(ValueError, match="arrays"):
        read_bundle(tmp_path / "arrays")


@given(
    st.lists(
        st.tuples(st.lists(st.booleans(), min_size=1, max_size=40), st.booleans()),
        max_size=6,
    )
)
def test_lists_of_several_segments_are_one_whatever_their_form(
    several: list[tuple[list[bool], bool]],
) -> None:
    every = [one for having, _ in several for one in having]
    as_bits, as_numbers = [], []
    start = 0
    for having, is_dense in several:
        mask = np.array(having)
        if is_dense:
            as_bits.append((start, np.packbits(mask)))
        else:
            as_numbers.append(mask.nonzero()[0] + start)
        start += len(having)
    bits = packed(as_bits, joined(as_numbers), len(every))
    assert np.unpackbits(bits, count=len(every)).tolist() == every
    assert how_many(bits) == sum(every)
    assert len(bits) == (len(every) + 7) // 8


def test_arrays_of_any_kind_and_length_are_touched(tmp_path: Path) -> None:
    arrays = [
        np.arange(count, dtype=kind)
        for count in (0, 1, 100_001)
        for kind in (np.uint8, np.uint32, np.uint64)
    ]
    path = tmp_path / "arrays"
    writer = BundleWriter(path.open("wb"))
    for number, array in enumerate(arrays):
        writer.add(str(number), array)
    writer.close()
    kept = read_bundle(path)
    touch(kept.values())
    for number, array in enumerate(arrays):
        assert np.array_equal(kept[str(number)], array)

"""Figures in the files of a segment: what is written is read, 0 and missing apart."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.catalogue import QUANTITIES
from archive.search.engine.bundle import BundleWriter, read_bundle
from archive.search.engine.columns import Numbers, NumbersWriter, definitions

KEYS = ["requests.new.total", "fee", "disclosed_share", "disclosed_share.of", "handled"]
NUMBERS = (
    st.integers(-(10**12), 10**12)
    | st.integers(-3, 3)
    | st.sampled_from([127, 128, -128, -129, 32767, 32768, 2**31 - 1, 2**31])
    | st.decimals(-(10**6), 10**6, places=3)
)
Documents = list[dict[str, int | Decimal]]
DOCUMENTS = st.lists(st.dictionaries(st.sampled_from(KEYS), NUMBERS), max_size=20)


def written(documents: Documents, path: Path) -> Numbers:
    writer = NumbersWriter()
    for document in documents:
        writer.add(tuple(document.items()))
    return read(writer, path, len(documents))


def read(writer: NumbersWriter, path: Path, size: int) -> Numbers:
    bundle = BundleWriter(path.open("wb"))
    writer.write(bundle, "figures")
    bundle.close()
    arrays = read_bundle(path)
    named = {name.removeprefix("figures."): array for name, array in arrays.items()}
    return Numbers(named, size)


def assert_holds(numbers: Numbers, documents: Documents) -> None:
    for key in KEYS:
        values = numbers.of(key).tolist()
        assert len(values) == len(documents)
        for value, document in zip(values, documents, strict=True):
            if key in document:
                assert value == float(document[key])
            else:
                assert value != value


@given(documents=DOCUMENTS)
def test_what_is_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, documents: Documents
) -> None:
    path = tmp_path_factory.mktemp("numbers") / "figures"
    assert_holds(written(documents, path), documents)


@given(st.lists(st.tuples(DOCUMENTS, st.integers(0, 2**20)), max_size=3), DOCUMENTS)
def test_segments_are_merged_without_what_is_gone(
    tmp_path_factory: pytest.TempPathFactory,
    parts: list[tuple[Documents, int]],
    added: Documents,
) -> None:
    folder = tmp_path_factory.mktemp("merged")
    writer = NumbersWriter()
    expected: Documents = []
    for number, (documents, gone) in enumerate(parts):
        kept = np.array([not gone >> at & 1 for at in range(len(documents))], bool)
        writer.take_over(written(documents, folder / str(number)), kept)
        expected += [
            one for one, is_kept in zip(documents, kept, strict=True) if is_kept
        ]
    for document in added:
        writer.add(tuple(document.items()))
    expected += added
    assert_holds(read(writer, folder / "all", len(expected)), expected)


def test_what_is_no_number_of_a_report_is_left_out(tmp_path: Path) -> None:
    odd = [{"nothing": 1}, {"fee": float("inf")}, {"fee": 10**300}, {"fee": 7}]
    numbers = written(odd, tmp_path / "odd")  # type: ignore[arg-type]
    assert numbers.keys == ("fee",)
    assert np.isnan(numbers.of("fee")[:3]).all()
    assert numbers.of("fee")[3] == 7
    assert np.isnan(numbers.of("handled")).all()


def test_definitions_change_with_what_is_kept() -> None:
    assert len(definitions()) == 16
    assert len(QUANTITIES) > 300

"""Postings are encoded a part at a time: the files are those of all at once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from archive.search.engine import bulk, make_segment
from archive.search.entry import Entry
from tests.search.conftest import invented


def lists(folder: Path, entries: Sequence[Entry]) -> bytes:
    """What a segment of these entries keeps of words and grams."""
    make_segment(folder, entries)
    (found,) = folder.glob("*.lists")
    return found.read_bytes()


@pytest.mark.parametrize("size", [1, 7, 100, 1_000])
def test_parts_of_any_size_make_the_same_lists(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    entries = [invented(number) for number in range(1, 20)]
    whole = lists(tmp_path / "whole", entries)
    monkeypatch.setattr(bulk, "_PART", size)
    assert lists(tmp_path / "parts", entries) == whole

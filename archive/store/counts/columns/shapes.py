"""What is kept of a year: the bodies that report, and beside them columns of figures.

All arrays of a year have the same length and order, one place a report. A figure is two
arrays: its numbers, and how sure each is.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from typing import Any

import numpy as np
import zstandard
from numpy.typing import NDArray

from archive.catalogue import (
    CLAIMS,
    FIGURES,
    ClaimScope,
    FigureRecord,
    Level,
    ValueState,
)
from archive.store.rows import TOLD_APART_BY

Numbers = NDArray[np.int64]
States = NDArray[np.uint8]

FORMAT = 2
"""Of the bytes; with another number all is made anew."""
BODIES = "bodies"
"""The part that says whose the reports are."""
LEVEL_PLACES: tuple[str, ...] = ("", *Level)
"""Places in the array of levels."""
SCOPE_PLACES: tuple[ClaimScope, ...] = (
    ClaimScope.UNSAID,
    ClaimScope.OWN,
    ClaimScope.AREA,
)
"""Places in the array of scopes."""
MILLIONTHS = 1_000_000
"""Amounts are kept as whole millionths, as exact as the database has them."""
_LARGEST = 64 * 1024 * 1024
"""Bytes that a part may have when it is opened."""


class State(IntEnum):
    """How sure a number is, as `ValueState` tells; of several figures the greatest is
    that of their sum.
    """

    EXACT = 0
    INFERRED = 1
    ABOUT = 2
    MISSING = 3
    IN_DOUBT = 4
    NOT_IN_FORM = 5
    OF_NOTHING = 6
    NO_YEAR_BEFORE = 7
    YEAR_BEFORE_NOT_IN_FORM = 8

    @property
    def told(self) -> ValueState:
        """The state as the catalogue has it."""
        return ValueState(self.name.lower())


SURE = State.INFERRED
"""Up to this one a number counts."""


@dataclass(frozen=True, slots=True)
class Bodies:
    """Whose the reports of a year are."""

    versions: Numbers
    agencies: Numbers
    reporters: Numbers
    """The body, a government with its office; 0 before that was counted."""
    regions: Numbers
    """Six digits of GB/T 2260; 0 where the place is not known."""
    levels: Numbers
    sectors: NDArray[np.str_]
    departments: NDArray[np.bool_]
    """False for a government."""
    forms: NDArray[np.str_]
    scopes: Numbers
    """Whose the numbers of the tables are, as a place in SCOPE_PLACES."""

    def __len__(self) -> int:
        return len(self.versions)


def columns_of_part(part: str) -> dict[str, int]:
    """The keys of a part, each with its place: `requests.total`."""
    return _by_part().get(part, {})


@cache
def _by_part() -> dict[str, dict[str, int]]:
    """Part → the keys of its figures, each with its place."""
    found: dict[str, dict[str, int]] = {}
    for record in FIGURES.values():
        if not record.stored:
            continue
        columns = found.setdefault(part_of(record), {})
        columns[record.key] = len(columns)
    return found


def part_of(record: FigureRecord) -> str:
    """In which part a stored figure is kept."""
    assert record.stored
    if record.key in CLAIMS or record.stored.table not in TOLD_APART_BY:
        return record.stored.table
    return f"{record.stored.table}.{record.stored.row}"


def parts() -> tuple[str, ...]:
    """All parts with figures."""
    return tuple(_by_part())


def scale_of(part: str) -> int:
    """How many of the kept numbers are one: the tables 3 and 4 only count."""
    table, _, _ = part.partition(".")
    return 1 if table in TOLD_APART_BY else MILLIONTHS


def packed(arrays: list[NDArray[Any]]) -> bytes:
    """Arrays in bytes, with a checksum of them."""
    written = io.BytesIO()
    for one in arrays:
        np.save(written, one, allow_pickle=False)
    presser = zstandard.ZstdCompressor(level=3, write_checksum=True)
    return presser.compress(written.getvalue())


def unpacked(told: bytes) -> list[NDArray[Any]] | None:
    """The arrays that `packed` was given; None where the bytes are damaged."""
    opener = zstandard.ZstdDecompressor()
    try:
        # A turned bit of the head may call the checksum something behind the frame.
        opened = opener.decompress(
            told, max_output_size=_LARGEST, allow_extra_data=False
        )
    except zstandard.ZstdError:
        return None
    written = io.BytesIO(opened)
    size = written.getbuffer().nbytes
    found = []
    while written.tell() < size:
        found.append(np.load(written, allow_pickle=False))
    return found

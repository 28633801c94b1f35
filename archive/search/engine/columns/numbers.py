"""Figures and indicators of the documents of a segment, by key.

Of some three hundred numbers a report has nine in ten are 0 or missing, and these are
two things: 0 is printed, what is missing is not known. So a key has a bit for every
document that tells whether its number is known, another whether it is other than 0, and
only those other than 0 are kept as numbers:

    known   1 1 0 1 1
    some    0 1 0 0 1
    numbers   7     12

A share is two numbers, KEY and KEY.of: it is divided when it is asked for, so nothing
is rounded before.
"""

from __future__ import annotations

import hashlib
from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from archive.catalogue import QUANTITIES
from archive.search.engine.bundle import BundleWriter

KEPT: dict[str, int] = {key: at for at, key in enumerate(QUANTITIES)}
"""Key → its number in the files of a segment."""

# Counts of most reports are below 128, and nearly all below 32,768; money has decimals.
_WHOLE: tuple[type[np.signedinteger[Any]], ...] = (np.int8, np.int16, np.int32)
_WIDTHS: tuple[type[np.generic], ...] = (*_WHOLE, np.float64)
_DECIMALS = len(_WHOLE)
_LARGEST = 1e15
"""No figure of a report is so large; up to it every whole number is exact."""
_KEYS, _WIDTH, _KNOWN, _SOME = "keys", "width", "known", "some"

Bits = NDArray[np.uint8]
Floats = NDArray[np.float64]
Masks = NDArray[np.bool_]
Entered = Iterable[tuple[str, int | Decimal | float]]


def definitions() -> str:
    """What the numbers of a segment mean: another for other keys or definitions."""
    told = ",".join(f"{one.key}:{one.version}" for one in QUANTITIES.values())
    return hashlib.blake2b(told.encode(), digest_size=8).hexdigest()


class NumbersWriter:
    """Gathers the numbers of a segment, document by document."""

    def __init__(self) -> None:
        self._size = 0
        self._known: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
        self._some: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
        self._numbers: defaultdict[str, array[float]] = defaultdict(lambda: array("d"))

    def add(self, numbers: Entered) -> None:
        """The numbers of the next document that are known for sure, by key."""
        document, known = self._size, self._known
        for key, value in numbers:
            if key not in KEPT:
                continue
            # Nine in ten are 0.
            if value:
                number = float(value)
                if not abs(number) <= _LARGEST:  # nor what is no number
                    continue
                self._some[key].append(document)
                self._numbers[key].append(number)
            known[key].append(document)
        self._size += 1

    def take_over(self, numbers: Numbers, kept: Masks) -> None:
        """Some documents of another segment: those where `kept` is true."""
        for key in numbers.keys:
            values = numbers.of(key)[kept]
            known = (~np.isnan(values)).nonzero()[0]
            some = known[values[known] != 0]
            self._known[key].frombytes(_shifted(known, self._size))
            self._some[key].frombytes(_shifted(some, self._size))
            self._numbers[key].frombytes(values[some].tobytes())
        self._size += int(kept.sum())

    def write(self, bundle: BundleWriter, kind: str) -> None:
        """The arrays of all keys, each behind `kind` and a point."""
        keys = [key for key in KEPT if key in self._known]
        widths = [_width(np.array(self._numbers[key])) for key in keys]
        numbered = np.array([KEPT[key] for key in keys], np.uint16)
        bundle.add(f"{kind}.{_KEYS}", numbered)
        bundle.add(f"{kind}.{_WIDTH}", np.array(widths, np.uint8))
        for key in keys:
            bundle.add(f"{kind}.{_KNOWN}", _bits(self._known[key], self._size))
        for key in keys:
            bundle.add(f"{kind}.{_SOME}", _bits(self._some[key], self._size))
        for width, number in enumerate(_WIDTHS):
            for key, of_key in zip(keys, widths, strict=True):
                if of_key == width:
                    values = np.array(self._numbers[key]).astype(number)
                    bundle.add(f"{kind}.{width}", values)


def _shifted(documents: NDArray[Any], first: int) -> bytes:
    """Numbers of documents behind those that are there."""
    return (documents + first).astype(np.uint32).tobytes()


def _width(values: Floats) -> int:
    """The narrowest type that holds all the numbers."""
    if not len(values):
        return 0
    if (values != np.floor(values)).any():
        return _DECIMALS
    for width, number in enumerate(_WHOLE):
        about = np.iinfo(number)
        if about.min <= values.min() and values.max() <= about.max:
            return width
    return _DECIMALS


def _bits(documents: array[int], size: int) -> Bits:
    mask = np.zeros(size, bool)
    mask[np.array(documents, np.int64)] = True
    return np.packbits(mask)


class Numbers:
    """The numbers of a segment, read."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]], size: int) -> None:
        """`arrays`: by name without the kind; none in a segment without numbers."""
        names = list(KEPT)
        listed = arrays.get(_KEYS, np.zeros(0, np.uint16)).tolist()
        self.keys = tuple(names[at] for at in listed)
        """The keys of which a document has a number."""
        self._at = {key: at for at, key in enumerate(self.keys)}
        self._size = size
        self._arrays = arrays
        self._widths: list[int] = arrays.get(_WIDTH, np.zeros(0, np.uint8)).tolist()

    @cached_property
    def _starts(self) -> list[int]:
        """For each key where its numbers begin among those of the same width."""
        ends = [0] * len(_WIDTHS)
        starts = []
        for at, width in enumerate(self._widths):
            starts.append(ends[width])
            ends[width] += int(np.bitwise_count(self._row(_SOME, at)).sum())
        return starts

    def _row(self, name: str, at: int) -> Bits:
        """The bits of a key."""
        length = (self._size + 7) // 8
        return self._arrays[name][at * length : (at + 1) * length]

    def of(self, key: str) -> Floats:
        """The number of each document; NaN where it is not known for sure."""
        found = np.full(self._size, np.nan)
        at = self._at.get(key)
        if at is None:
            return found
        found[self._mask(_KNOWN, at)] = 0
        some = self._mask(_SOME, at)
        start, width = self._starts[at], self._widths[at]
        if some.any():
            numbers = self._arrays[str(width)]
            found[some] = numbers[start : start + np.count_nonzero(some)]
        return found

    def _mask(self, name: str, at: int) -> Masks:
        return np.unpackbits(self._row(name, at), count=self._size).view(bool)

"""A tally as a few bytes: of two years in a row that are alike, the second takes none.

A country has three thousand of them, and most say the same of eighteen years.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from archive.catalogue import COVERED_SINCE, Coverage
from archive.store.counts.tallies import ANY, MISSING, Tally

_ORDER = (
    *(Coverage.HELD.value, Coverage.UNREAD.value, Coverage.WITHHELD.value),
    *(Coverage.UNREACHABLE.value, Coverage.NOT_DUE.value),
    *(Coverage.NOT_SEEN.value, Coverage.NO_SOURCE.value, MISSING),
)
"""The place of a state is its number in what is kept: new ones are added at the end."""
_CONTINUES, _DIGIT = 0x80, 0x7F


def packed(tally: Tally) -> bytes:
    """How many years; then of each state that anybody is in its number, how many ever
    are, and for each run of years that are alike how many years, how many bodies.
    """
    if not tally:
        return b""
    years = [name for name in sorted(tally) if name != ANY]
    numbers = [len(years)]
    for at, state in enumerate(_ORDER):
        ever = tally[ANY].get(state, 0)
        if ever:
            numbers += [at, ever]
            counted = (tally[year].get(state, 0) for year in years)
            numbers += _runs(counted)
    return b"".join(map(_written, numbers))


def _runs(counted: Iterable[int]) -> Iterator[int]:
    for number, alike in groupby(counted):
        yield len(list(alike))
        yield number


def unpacked(told: bytes) -> Tally:
    """The tally that was packed."""
    if not told:
        return {}
    numbers = _read(told)
    last = COVERED_SINCE + next(numbers)
    years = [str(year) for year in range(COVERED_SINCE, last)]
    found: Tally = {ANY: {}, **{year: {} for year in years}}
    for at in numbers:
        state = _ORDER[at]
        found[ANY][state] = next(numbers)
        begin = 0
        while begin < len(years):
            end = begin + next(numbers)
            number = next(numbers)
            if number:
                for year in years[begin:end]:
                    found[year][state] = number
            begin = end
    return found


def _written(number: int) -> bytes:
    """Seven bits a byte, the lowest first."""
    digits = bytearray()
    while number > _DIGIT:
        digits.append(number & _DIGIT | _CONTINUES)
        number >>= 7
    digits.append(number)
    return bytes(digits)


def _read(told: bytes) -> Iterator[int]:
    number = shift = 0
    for digit in told:
        number |= (digit & _DIGIT) << shift
        shift += 7
        if digit < _CONTINUES:
            yield number
            number = shift = 0

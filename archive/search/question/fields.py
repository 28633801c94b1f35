"""Fields of a question: `year:2019..2023`, `机关:商务局`. Their names, and which values
of a facet a text means.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from archive.catalogue import FIELD_NAMES
from archive.catalogue import SECTION as SECTION
from archive.search.facets import FACETS
from archive.search.text import normal

NAMES = FIELD_NAMES
"""Facet (or SECTION) → the names it can be asked by, before a colon."""
FIELD = {name: facet for facet, names in NAMES.items() for name in names}

_YEAR = r"(\d{4})?年?"
# e.g. "2021", "2019年度", "2019..2023", "2019-2023", "2019至2023", "2019..", "..2019"
_YEARS = re.compile(rf"{_YEAR}(?:(\.\.|-|~|至|到){_YEAR})?度?")
# The six parts of an annual report, as 国办公开办函〔2021〕30号 numbers them.
_PARTS = {name: number for number, name in enumerate("一二三四五六", 1)}
_NUMBERS = _PARTS | {str(number): number for number in _PARTS.values()}
_FACETS = {facet.key: facet for facet in FACETS}


def years(text: str) -> tuple[int, int] | None:
    """First and last year of `2021`, `2019..2023`, `2019-2023`, `2019至2023`, `2019..`,
    `..2019`; or None.
    """
    match = _YEARS.fullmatch(text)
    if not match:
        return None
    first, to, last = match.groups()
    if not first and not last:
        return None
    if not to:
        return int(first), int(first)
    return int(first or 0), int(last or 9999)


def section_number(text: str) -> int | None:
    """The number of a statutory section: `5`, `五`, `第五部分`."""
    return _NUMBERS.get(text.removeprefix("第").removesuffix("部分").removesuffix("章"))


def meant(key: str, text: str, values: Iterable[str]) -> set[str]:
    """Those of a facet's values that a text (in normal form) means.

    Of years those in the span; else the value so called, else all whose name has the
    text.
    """
    if key == "year":
        return _years_meant(text, values)
    named = {value: _name(key, value) for value in values}
    exact = {value for value, name in named.items() if text in (name, normal(value))}
    if exact:
        return exact
    if key == "region":
        own = _regions_meant(text, named)
        if own:
            return own
    return {value for value, name in named.items() if text in name}


def _years_meant(text: str, values: Iterable[str]) -> set[str]:
    span = years(text)
    if span is None:
        return set()
    first, last = span
    numbers = {value: int(value) for value in values if value.isdigit()}
    return {value for value, number in numbers.items() if first <= number <= last}


def _regions_meant(text: str, named: dict[str, str]) -> set[str]:
    """Those whose own name begins so: 河南 is a province, though 黔西南 has it too."""
    return {
        value
        for value, name in named.items()
        if name.removeprefix(_above("region", value)).startswith(text)
    }


@lru_cache(100_000)
def _name(key: str, value: str) -> str:
    return normal(_FACETS[key].name(value))


def _above(key: str, value: str) -> str:
    """The name of what a value stands under; empty at the top."""
    parent = _FACETS[key].parent(value)
    return _name(key, parent) if parent else ""

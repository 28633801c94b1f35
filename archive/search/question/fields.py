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

_YEARS = re.compile(r"(\d{4})?年?(?:(\.\.|-|~|至|到)(\d{4})?年?)?度?")
_NUMBERS = {name: number for number, name in enumerate("一二三四五六", 1)} | {
    str(n): n for n in range(1, 7)
}
_FACETS = {facet.key: facet for facet in FACETS}


def years(text: str) -> tuple[int, int] | None:
    """First and last year of `2021`, `2019..2023`, `2019-2023`, `2019至2023`, `2019..`,
    `..2019`; or None.
    """
    match = _YEARS.fullmatch(text)
    if not match or not (match[1] or match[3]):
        return None
    first = int(match[1] or 0)
    return first, int(match[3] or 9999) if match[2] else first


def section_number(text: str) -> int | None:
    """The number of a statutory section: `5`, `五`, `第五部分`."""
    return _NUMBERS.get(text.removeprefix("第").removesuffix("部分").removesuffix("章"))


def meant(key: str, text: str, values: Iterable[str]) -> set[str]:
    """Those of a facet's values that a text (in normal form) means: the one so called,
    else all whose name has it.
    """
    if key == "year":
        first, last = years(text) or (1, 0)
        return {
            value for value in values if value.isdigit() and first <= int(value) <= last
        }
    named = {value: _name(key, value) for value in values}
    exact = {value for value, name in named.items() if text in (name, normal(value))}
    if exact:
        return exact
    if key == "region":  # 河南 is a province, though 黔西南 has it too
        own = {
            value
            for value, name in named.items()
            if name.removeprefix(_above(key, value)).startswith(text)
        }
        if own:
            return own
    return {value for value, name in named.items() if text in name}


@lru_cache(100_000)
def _name(key: str, value: str) -> str:
    return normal(_FACETS[key].name(value))


def _above(key: str, value: str) -> str:
    parent = _FACETS[key].parent(value)
    return _name(key, parent) if parent else ""

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
    """First and last year that a text names; None when it names none.

    Understood are 2021, 2021年度, 2019..2023, 2019-2023, 2019至2023, and 2019.. and
    ..2019, which are open to one side.
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
    """The number of a statutory section: 5 for `5`, `五`, `第五部分` and `第五章`.

    None for any other text.
    """
    bare = text.removeprefix("第").removesuffix("部分").removesuffix("章")
    return _NUMBERS.get(bare)


def values_meant(key: str, text: str, values: Iterable[str]) -> set[str]:
    """Those of a facet's values that a text (in normal form) means.

    Years: those in the span that the text names. Anything else, whichever is found
    first: the value so called (商务局); regions whose own name begins so (河南 for
    河南省); all values whose name has the text (商务 for 示例市商务局).
    """
    if key == "year":
        return _years_meant(text, values)
    several = tuple(values)
    exact = {value for value in several if _is_called(key, value, text)}
    if exact:
        return exact
    if key == "region":
        beginning_so = {code for code in several if _own_name(code).startswith(text)}
        if beginning_so:
            return beginning_so
    return {value for value in several if text in _name(key, value)}


def values_closing(key: str, texts: tuple[str, ...], values: Iterable[str]) -> set[str]:
    """Those of a facet's values whose names end in one of the texts."""
    return {value for value in values if _name(key, value).endswith(texts)}


def _years_meant(text: str, values: Iterable[str]) -> set[str]:
    """The years within the span that a text names; none where it names no year."""
    span = years(text)
    if span is None:
        return set()
    first, last = span
    numbers = filter(str.isdigit, values)
    return {value for value in numbers if first <= int(value) <= last}


def _is_called(key: str, value: str, text: str) -> bool:
    """Whether a text is a value's whole name, or how it is written in addresses."""
    return text in (_name(key, value), normal(value))


def _own_name(code: str) -> str:
    """A region's name without that of the region it lies in: 示例市 of 示例省示例市."""
    name = _name("region", code)
    parent = _FACETS["region"].parent(code)
    if not parent:
        return name
    return name.removeprefix(_name("region", parent))


@lru_cache(100_000)
def _name(key: str, value: str) -> str:
    """What a visitor reads for a value, in normal form."""
    return normal(_FACETS[key].name(value))

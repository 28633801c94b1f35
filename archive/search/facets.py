"""By what results can be narrowed: one line a facet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from archive.search.entry import Entry


@dataclass(frozen=True, slots=True)
class Facet:
    """A property of reports. `key` is its name in addresses, `label` what a visitor reads."""

    key: str
    label: str
    values: Callable[[Entry], Sequence[str]]
    """The values of an entry; several are allowed, empty ones are left out."""
    newest_first: bool = False
    """Show values in descending order instead of the most frequent first."""


FACETS: tuple[Facet, ...] = (
    Facet("year", "年份", lambda entry: (str(entry.year),), newest_first=True),
    Facet("region", "地区", lambda entry: entry.region_codes),
    Facet("level", "层级", lambda entry: (entry.level,)),
    Facet("sector", "领域", lambda entry: (entry.sector,)),
    Facet("form", "格式", lambda entry: (entry.form,)),
    Facet("findings", "核对提示", lambda entry: entry.findings),
)
"""Values of one facet are alternatives; different facets must all hold. A region counts for all its ancestors."""


@dataclass(frozen=True, slots=True)
class FacetValue:
    """How many results there would be with this value, were its facet open."""

    value: str
    count: int
    selected: bool = False

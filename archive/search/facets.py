"""By what results can be narrowed: the catalogue's facets, with what reads them.

How values are taken from an entry, and names that are computed, are bound to a facet by
its key: VALUES, CALLED, PARENTS.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import NamedTuple

from archive import catalogue
from archive.catalogue import CHECK_OF, PICTURE, FacetRecord, deadline, punctuality
from archive.regions import region_path, typed_places
from archive.search.entry import Entry
from archive.search.text import normal


@dataclass(frozen=True, slots=True)
class Facet:
    """A property of reports.

    `key` is its name in addresses, `label` what a visitor reads.
    """

    key: str
    label: str
    values: Callable[[Entry], Sequence[str]]
    """The values of an entry; several are allowed, empty ones are left out."""
    call: Callable[[str], str] = str
    """What a visitor reads for a value that is not in `names`."""
    names: Mapping[str, str] = field(default_factory=dict)
    """What a visitor reads for values, in the order in which they are shown; others
    follow, frequent ones first.
    """
    parent: Callable[[str], str] = lambda value: ""
    """In a facet that is a tree: the value a value stands under, empty at the top."""
    newest_first: bool = False
    """Show values in descending order instead of the most frequent first."""
    zeros: bool = True
    """Show also values that would find nothing."""
    most: int = 0
    """Only so many of the most frequent values, the highest in the tree first, are
    counted out, beside those chosen and what stands under them; 0: all.
    """

    def name(self, value: str) -> str:
        """What a visitor reads for a value."""
        return self.names.get(value) or self.call(value)


@cache
def region_name(code: str) -> str:
    """Full name of a division by its code, or the code."""
    path = region_path(code) if _is_region_code(code) else ()
    if path:
        return path[-1].name
    return code


@cache
def _region_above(code: str) -> str:
    path = region_path(code) if _is_region_code(code) else ()
    if len(path) > 1:
        return path[-2].code
    return ""


def _is_region_code(text: str) -> bool:
    # isdigit alone is true of signs such as ² and of full-width digits.
    if len(text) != 6:
        return False
    return text.isascii() and text.isdigit()


_LEVELS = frozenset("省市区县州盟旗")
"""What the names of divisions end in."""


@lru_cache(100_000)
def name_endings(value: str) -> tuple[str, ...]:
    """What a name can be called behind its place, in normal form.

    教育局 for 示例市教育局. The name itself is among them. 公安局 is no ending of
    示例市森林公安局, which is another body.
    """
    name = normal(value)
    behind = [at + 1 for at, sign in enumerate(name) if sign in _LEVELS]
    if not behind:
        # 广西商务厅: a place without its level.
        behind = [typed.end for typed in typed_places(name, 0)]
    return (name, *(name[at:] for at in behind))


def _family(check: str) -> str:
    if check in CHECK_OF:
        return CHECK_OF[check].family.value
    return ""


def _check_title(check: str) -> str:
    if check in CHECK_OF:
        return CHECK_OF[check].title
    return check


def _findings(entry: Entry) -> list[str]:
    """The checks that found something, and their families."""
    return [*sorted(set(map(_family, entry.findings))), *entry.findings]


_UNSURE_DAY = "publication_unsure"
"""The check that says that a day may not be that of publication."""


def _punctuality(entry: Entry) -> str:
    last_day = deadline(
        entry.year, entry.agency, entry.level, is_government=entry.is_government
    )
    found = punctuality(
        entry.published_on,
        entry.year,
        last_day,
        entry.published_from,
        may_be_earlier=_UNSURE_DAY in entry.findings,
    )
    return found.value


def _source(entry: Entry) -> str:
    """The media type; pictures of every format are one value."""
    if entry.media_type.startswith("image/"):
        return PICTURE
    return entry.media_type


VALUES: dict[str, Callable[[Entry], Sequence[str]]] = {
    "year": lambda entry: (str(entry.year),),
    "region": lambda entry: entry.region_codes,
    "level": lambda entry: (entry.level,),
    "sector": lambda entry: (entry.sector,),
    "agency": lambda entry: (entry.agency,),
    "has": lambda entry: entry.has,
    "findings": _findings,
    "published": lambda entry: (_punctuality(entry),),
    "form": lambda entry: (entry.form,),
    "source": lambda entry: (_source(entry),),
}
"""Facet → how its values are taken from an entry."""

CALLED: dict[str, Callable[[str], str]] = {
    "year": "{}年".format,
    "region": region_name,
    "findings": _check_title,
}
"""Facet → what a visitor reads for a value that has no name in the record."""

PARENTS: dict[str, Callable[[str], str]] = {
    "region": _region_above,
    "findings": _family,
}
"""Facet that is a tree → the value a value stands under."""


def _bound(record: FacetRecord) -> Facet:
    return Facet(
        record.key,
        record.label,
        VALUES[record.key],
        CALLED.get(record.key, str),
        record.names,
        PARENTS.get(record.key, lambda value: ""),
        record.newest_first,
        record.zeros,
        record.most,
    )


FACETS: tuple[Facet, ...] = tuple(map(_bound, catalogue.FACETS))
"""Values of one facet are alternatives; different facets must all hold. A region counts
for all its ancestors.
"""


class FacetValue(NamedTuple):
    """How many results there would be with this value, were its facet open."""

    value: str
    count: int  # type: ignore[assignment]  # not that of tuples
    selected: bool = False

"""What a search that finds nothing would find without one of its filters or words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from archive.search import Query
from archive.web import narrowing

MOST = 6
"""Filters or words that are tried; each costs a search."""
# e.g. "“公开 信息” 商务", "-教育"
_PARTS = re.compile(r'\S*?[“"「『][^”"」』]*[”"」』]|\S+')

# e.g. "“公开”", "-教育"
# not "信息-公开"
_SIGNS = re.compile(r"[\"“”„＂「」『』﹁﹂﹃﹄]|(?<!\S)[-－−]")


@dataclass(frozen=True, slots=True)
class Instead:
    """An easier question: what is left out (no word and no chip: all filters), what
    remains, how many answer it.
    """

    dropped: str
    text: str
    chip: narrowing.Chip | None
    total: int


def offers(query: Query, count: Callable[[Query], int]) -> Iterator[Instead]:
    """Easier questions that find something, most reports first.

    `count` tells how many a question finds.
    """
    found = [
        Instead(dropped, easier.text, chip, count(easier))
        for dropped, chip, easier in _easier(query)
    ]
    yield from sorted((one for one in found if one.total), key=lambda one: -one.total)


def _easier(query: Query) -> Iterator[tuple[str, narrowing.Chip | None, Query]]:
    for chip in narrowing.chips(query)[:MOST]:
        filters = {**query.filters, chip.facet: chip.rest}
        kept = {key: values for key, values in filters.items() if values}
        yield "", chip, replace(query, filters=kept)
    if len(query.filters) > 1:
        yield "", None, replace(query, filters={})
    # Long questions have too many parts to try each.
    parts = _PARTS.findall(query.text[:200])
    if 1 < len(parts) <= MOST:
        for at, part in enumerate(parts):
            rest = " ".join(parts[:at] + parts[at + 1 :])
            yield part, None, replace(query, text=rest)
    # Quotes and minus signs are often copied with a text and not meant.
    bare = without_signs(query.text)
    if bare:
        yield "引号和减号", None, replace(query, text=bare)


def without_signs(text: str) -> str:
    """The words without quotes and minus signs, or nothing when there were none."""
    bare = _SIGNS.sub(" ", text)
    return "" if bare == text else " ".join(bare.split())

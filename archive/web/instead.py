"""What a search that finds nothing would find without one of its filters or words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from archive.search import Query, Suggestion
from archive.web import narrowing

MOST = 6
"""Filters or words that are tried; each costs a search."""
# e.g. "“公开 信息” 商务", "-教育"
_PARTS = re.compile(r'\S*?[“"「『][^”"」』]*[”"」』]|\S+')

# e.g. "“公开”", "-教育"
# not "信息-公开"
_SIGNS = re.compile(r"[\"“”„＂「」『』﹁﹂﹃﹄]|(?<!\S)[-－−]")

# e.g. "hzsjyj", "hz教育局"
# not "杭州", "2022"
_LETTERS = re.compile("[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Instead:
    """An easier question: what of the question asked is left out, and what remains."""

    dropped: str
    """The words left out; empty where a filter is, or all filters are."""
    text: str
    """The words that remain."""
    chip: narrowing.Chip | None
    """The filter left out; with no words left out, None stands for all filters."""
    total: int
    """How many reports answer it."""


def offers(query: Query, count: Callable[[Query], int]) -> Iterator[Instead]:
    """Easier questions that find something, most reports first.

    `count` tells how many a question finds.
    """
    found = []
    for dropped, chip, easier in _easier(query):
        total = count(easier)
        if total:
            found.append(Instead(dropped, easier.text, chip, total))
    yield from sorted(found, key=lambda one: one.total, reverse=True)


def _easier(query: Query) -> Iterator[tuple[str, narrowing.Chip | None, Query]]:
    """Easier questions: the words left out, the filter taken off, and what remains."""
    for chip in narrowing.chips(query)[:MOST]:
        yield "", chip, replace(query, filters=_filters_without(query, chip))
    if len(query.filters) > 1:
        yield "", None, replace(query, filters={})
    # Long questions have too many parts to try each.
    parts = _PARTS.findall(query.text[:200])
    if 1 < len(parts) <= MOST:
        for at, part in enumerate(parts):
            rest = " ".join(parts[:at] + parts[at + 1 :])
            yield part, None, replace(query, text=rest)
    named = _only_named(query)
    if named and query.understood.rest not in parts:
        yield query.understood.rest, None, replace(query, text=named)
    # Quotes and minus signs are often copied with a text and not meant.
    bare = without_signs(query.text)
    if bare:
        yield "引号和减号", None, replace(query, text=bare)


def _only_named(query: Query) -> str:
    """What a question names, without its words: 郑州市城管局 of 郑州市城管局罚款."""
    if not query.understood.chips or not query.understood.rest:
        return ""
    named = query.text
    for words in query.understood.rest.split():
        named = named.replace(words, " ", 1)
    return " ".join(named.strip(_MARKS).split())


_MARKS = " ,，。、；;:："


def _filters_without(query: Query, chip: narrowing.Chip) -> dict[str, tuple[str, ...]]:
    """The filters of a question once one of them is taken off."""
    filters = {**query.filters, chip.facet: chip.rest}
    return {key: values for key, values in filters.items() if values}


def without_signs(text: str) -> str:
    """The words without quotes and minus signs, or nothing when there were none."""
    bare = _SIGNS.sub(" ", text)
    if bare == text:
        return ""
    return " ".join(bare.split())


def spelled(text: str, suggest: Callable[[str], Sequence[Suggestion]]) -> list[str]:
    """The agencies and words whose pinyin or initials are typed, offered where nothing
    is found: hzsjyj is offered 杭州市教育局, never taken for it.
    """
    if not _LETTERS.search(text):
        return []
    return [one.text for one in suggest(text)]

"""What an export is asked for: which numbers, for which question, at which moment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from werkzeug.datastructures import MultiDict

from archive.catalogue import BREAKDOWN_PART, CLAIMS, FIGURES, INDICATORS
from archive.search import Query
from archive.web import labels
from archive.web.figures import chosen

ALL = "all"
"""The value of `figure` that stands for everything there is."""
MOST_NOTED = 5
"""Keys that are not known, which a note names; an address can hold thousands."""
# The parts of a breakdown are named by the report itself: no column can be one of them.
KEYS: tuple[str, ...] = (
    *(key for key in FIGURES if key not in CLAIMS and key != BREAKDOWN_PART),
    *CLAIMS,
    *INDICATORS,
)
"""All that can be asked for: figures and our sums, claims, indicators."""
_KNOWN = frozenset(KEYS)


@dataclass(frozen=True, slots=True)
class Question:
    """What an export answers."""

    told: str
    """In words: `“商务”；年份：2022年`."""
    address: str
    """Where the same is asked again, whole."""
    at: datetime
    notes: tuple[str, ...] = ()
    """What of it was not taken as it stands."""


def keys_asked(
    args: MultiDict[str, str], usual: Sequence[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The keys that `figure` names, each once, and notes on those nobody knows.

    `figure=all` is everything; without any, what is `usual`.
    """
    given = [one.strip() for one in args.getlist("figure")]
    if not any(given):
        return tuple(usual), ()
    if ALL in given:
        return KEYS, ()
    known, unknown = chosen.told_apart(given, _KNOWN.__contains__)
    notes = [f"没有“{one[:60]}”这一项，已略去。" for one in unknown[:MOST_NOTED]]
    left = len(unknown) - MOST_NOTED
    if left > 0:
        notes.append(f"另有 {left} 项不认识，已略去。")
    return known, tuple(notes)


def query_told(query: Query) -> str:
    """A search in words."""
    words = [f"“{query.text}”"] if query.text else []
    for facet, values in query.filters.items():
        named = "、".join(labels.facet_label(facet, value) for value in values)
        words.append(f"{labels.facet_name(facet)}：{named}")
    words += [condition.told for condition in query.where]
    return "；".join(words) or "全部报告"


def query_words(query: Query) -> Iterable[str]:
    """The same as the name of a file has it: values only."""
    if query.text:
        yield query.text
    for facet, values in query.filters.items():
        yield from (labels.facet_label(facet, value) for value in values)

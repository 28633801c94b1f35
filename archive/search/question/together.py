"""Conditions that brackets and ORs join to one: (申请>100 且 公开率<50%) 或 诉讼>=1."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from archive.search.question.conditions import Found
from archive.search.question.left import only_joins

# e.g. "(", "（ (", "-("
# not "(年报"
_OPENING = re.compile(r"(?:(?<!\S)-)?(?:[(（]\s*)+$")
# e.g. ")", "） )"
# not "("
_CLOSING = re.compile(r"(?:\s*[)）])+")


class Stretch(NamedTuple):
    """Where something stands in a text."""

    start: int
    end: int


def stretches(text: str, found: Sequence[Found]) -> list[Stretch]:
    """Where conditions stand that are joined to one, in order; a condition that stands
    for itself, or beside others of which all must hold, is in none.
    """
    joined: list[Stretch] = []
    for run in _runs(text, found):
        stretch = _with_brackets(text, run[0].start, run[-1].end)
        if stretch and _says_more(text, stretch, run):
            joined.append(stretch)
    return joined


def _runs(text: str, found: Sequence[Found]) -> Iterator[list[Found]]:
    """Conditions with nothing between them but brackets and what joins."""
    if not found:
        return
    run = [found[0]]
    for one, other in pairwise(found):
        if not only_joins(text[one.end : other.start]):
            yield run
            run = []
        run.append(other)
    yield run


def _with_brackets(text: str, start: int, end: int) -> Stretch | None:
    """A run with the brackets around it; None where these are no pairs."""
    opening = _OPENING.search(text, 0, start)
    closing = _CLOSING.match(text, end)
    if opening:
        start = opening.start()
    if closing:
        end = closing.end()
    depth = 0
    for sign in text[start:end]:
        depth += (sign in "(（") - (sign in ")）")
        if depth < 0:
            return None
    return None if depth else Stretch(start, end)


def _says_more(text: str, stretch: Stretch, run: Sequence[Found]) -> bool:
    """Whether anything but AND stands in a stretch."""
    if stretch != (run[0].start, run[-1].end):
        return True
    return any(
        only_joins(text[one.end : other.start]) == "OR" for one, other in pairwise(run)
    )

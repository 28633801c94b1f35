"""Which paragraph of a section is the new wording of which.

Agencies write a year's report over the last one: many paragraphs stay word for word,
many change a year and a count, some are new.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from difflib import SequenceMatcher
from enum import StrEnum
from typing import NamedTuple

from archive.report.compare.words import Piece, Work, differences
from archive.report.document import Table
from archive.report.model import Section

# Paragraphs of a section that are compared one by one; what comes after is not shown.
MAX_PARAGRAPHS = 400
# How many paragraphs ahead the new wording of one is looked for.
NEAR = 12
# Two paragraphs with at least this share of common character pairs are taken for old
# and new wording of the same.
ALIKE = 0.4
# Signs of a paragraph by which it is told from others.
_LOOKED_AT = 2_000
# e.g. "2023"
_DIGITS = re.compile(r"\d+")

Pairs = set[int]
"""Each two signs that follow one another, as one number: a third as long to compare as
texts.
"""


class PassageKind(StrEnum):
    """What became of a paragraph from one report to the other."""

    SAME = "same"
    CHANGED = "changed"
    REMOVED = "removed"
    """Only in the first report."""
    ADDED = "added"
    """Only in the second report."""


class Passage(NamedTuple):
    """A paragraph beside its counterpart, each as runs of text.

    `before` is empty for one that was added, `after` for one that was removed.
    """

    kind: PassageKind
    before: tuple[Piece, ...] = ()
    after: tuple[Piece, ...] = ()


def passages(old: Section | None, new: Section | None, work: Work) -> Iterator[Passage]:
    """The prose of two sections, paragraph by paragraph, in the order of both.

    In: the sections, None for one that is missing; what the comparison may still spend.
    """
    before, after = _paragraphs(old), _paragraphs(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            yield from map(_same, before[i1:i2])
        else:
            yield from _reworded(before[i1:i2], after[j1:j2], work)


def _paragraphs(section: Section | None) -> list[str]:
    """The lines of a section's prose, without blanks around them and empty ones."""
    if section is None:
        return []
    found: list[str] = []
    for block in section.blocks:
        if isinstance(block, Table):
            continue
        lines = map(str.strip, block.text.split("\n"))
        found += filter(None, lines)
    return found[:MAX_PARAGRAPHS]


def _reworded(old: list[str], new: list[str], work: Work) -> Iterator[Passage]:
    """Pair paragraphs that are worded alike, keeping the order of both.

    Of the next few new ones the most alike is taken; those before it were added.
    """
    signs = [_character_pairs(text) for text in new]
    begin = 0
    for text in old:
        ahead = signs[begin : begin + NEAR]
        best = _most_alike(_character_pairs(text), ahead)
        if best is None:
            yield _removed(text)
            continue
        counterpart = begin + best
        yield from map(_added, new[begin:counterpart])
        yield _changed(text, new[counterpart], work)
        begin = counterpart + 1
    yield from map(_added, new[begin:])


def _most_alike(mine: Pairs, others: list[Pairs]) -> int | None:
    """The index of the paragraph most like one, of several the first.

    None where none is alike enough to be its new wording.
    """
    scores = [_likeness(mine, other) for other in others]
    best = max(scores, default=0.0)
    if best >= ALIKE:
        return scores.index(best)
    return None


def _likeness(one: Pairs, other: Pairs) -> float:
    """Share of common character pairs (Dice), 0 to 1.

    0 for two paragraphs of a single sign, which have no pairs.
    """
    if not one and not other:
        return 0.0
    return 2 * len(one & other) / (len(one) + len(other))


def _character_pairs(text: str) -> Pairs:
    """What a paragraph is told by: each two signs that follow one another.

    Digits count as one sign, since years and counts change: 2023年 gives that of 0年.
    """
    constant = _DIGITS.sub("0", text[:_LOOKED_AT])
    return {*_twos(constant), *_twos(constant[1:])}


def _twos(text: str) -> array[int]:
    """A text cut after every second sign, each a number; an odd sign is left out."""
    even = text[: len(text) // 2 * 2]
    return array("Q", even.encode("utf-32-le", "surrogatepass"))


def _same(text: str) -> Passage:
    """A paragraph that both reports have, word for word."""
    unchanged = (Piece(text, False),)
    return Passage(PassageKind.SAME, unchanged, unchanged)


def _removed(text: str) -> Passage:
    return Passage(PassageKind.REMOVED, before=(Piece(text, True),))


def _added(text: str) -> Passage:
    return Passage(PassageKind.ADDED, after=(Piece(text, True),))


def _changed(old: str, new: str, work: Work) -> Passage:
    before, after = differences(old, new, work)
    return Passage(PassageKind.CHANGED, before, after)

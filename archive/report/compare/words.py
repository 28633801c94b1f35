"""What changed inside a paragraph, word by word, and how much may be spent on it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple

# Pairs of equal words looked at in a comparison; paragraphs after that are shown as
# wholly changed. Hostile texts of few signs cost most; an ordinary report uses a
# hundredth.
MAX_WORK = 2_000_000
MAX_PARAGRAPH_WORK = 200_000

# A number with its separators is one word, so that 1,315 changes as a whole; so is a
# word in Latin letters. Chinese is compared sign by sign.
# e.g. "1,315", "12.5", "App", "局", " "
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[A-Za-z]+|\s+|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text; `changed` when the other report does not have it."""

    text: str
    changed: bool


Pieces = tuple[Piece, ...]


class Work:
    """What a comparison may still spend, so that no text can keep a page busy."""

    def __init__(self, left: int) -> None:
        self._left = left

    def allows(self, before: list[str], after: list[str]) -> bool:
        """Whether two paragraphs may be compared; if so, that is paid for.

        The cost is the number of pairs of equal words, since the matcher looks at each.
        """
        ours, theirs = Counter(before), Counter(after)
        pairs = sum(count * theirs[word] for word, count in ours.items())
        if pairs > min(self._left, MAX_PARAGRAPH_WORK):
            return False
        self._left -= pairs
        return True


def differences(old: str, new: str, work: Work) -> tuple[Pieces, Pieces]:
    """Two wordings of a paragraph as runs of text, each changed or not.

    Wholly changed where comparing them would cost more than is left.
    """
    before, after = _WORD.findall(old), _WORD.findall(new)
    if not work.allows(before, after):
        return (Piece(old, True),), (Piece(new, True),)
    left: list[Piece] = []
    right: list[Piece] = []
    for run in _runs(before, after):
        left.append(Piece("".join(before[run.old]), run.changed))
        right.append(Piece("".join(after[run.new]), run.changed))
    return _joined(left), _joined(right)


class _Run(NamedTuple):
    """Words of both wordings that stand beside each other."""

    changed: bool
    old: slice
    new: slice


def _runs(before: list[str], after: list[str]) -> list[_Run]:
    """All words of both, in order, as runs that are equal or changed.

    A single common sign between two changes belongs to them, or the eye finds only
    crumbs.
    """
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    codes = matcher.get_opcodes()
    last = len(codes) - 1
    runs = []
    for at, (tag, i1, i2, j1, j2) in enumerate(codes):
        is_between_changes = 0 < at < last
        is_crumb = i2 - i1 < 2 and is_between_changes
        changed = tag != "equal" or is_crumb
        runs.append(_Run(changed, slice(i1, i2), slice(j1, j2)))
    return runs


def _joined(pieces: list[Piece]) -> Pieces:
    """Neighbours that are both changed, or both not, as one; without empty ones."""
    joined: list[Piece] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        if last and last.changed == piece.changed:
            joined[-1] = Piece(last.text + piece.text, piece.changed)
        elif piece.text:
            joined.append(piece)
    return tuple(joined)

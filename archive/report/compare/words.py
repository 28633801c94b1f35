"""What changed inside a paragraph, word by word, and how much may be spent on it."""

from __future__ import annotations

from typing import NamedTuple

# Pairs of two words in a row that both wordings have, as many as are looked at in a
# comparison; paragraphs after that are shown as wholly changed. Hostile texts of few
# signs cost most; an ordinary report uses a hundredth.
MAX_WORK = 2_000_000
MAX_PARAGRAPH_WORK = 200_000


class Piece(NamedTuple):
    """A run of text; `changed` when the other report does not have it."""

    text: str
    changed: bool


Pieces = tuple[Piece, ...]


class Work:
    """What a comparison may still spend, so that no text can keep a page busy."""

    def __init__(self, left: int) -> None:
        self._left = left

    def allows(self, pairs: int) -> bool:
        """Whether two paragraphs may be compared that share so many pairs of words; if
        so, that is paid for.
        """
        if pairs > min(self._left, MAX_PARAGRAPH_WORK):
            return False
        self._left -= pairs
        return True


def differences(old: str, new: str, work: Work) -> tuple[Pieces, Pieces]:
    """Two wordings of a paragraph as runs of text, each changed or not.

    Wholly changed where comparing them would cost more than is left.
    """
    # Only whoever compares needs arrays, which take long to load: no reader does.
    from archive.report.compare.shared import Shared
    from archive.report.compare.wording import Wording

    numbers: dict[str, int] = {}
    before, after = Wording(old, numbers), Wording(new, numbers)
    shared = Shared(before.words, after.words)
    if not work.allows(shared.pairs):
        return (Piece(old, True),), (Piece(new, True),)
    same = shared.runs()
    kept = before.pieces([old for old, _ in same])
    kept_on = after.pieces([new for _, new in same])
    return tuple(kept), tuple(kept_on)

"""What is to be marked in texts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from archive.search.question import Phrase, Prefix, Words
from archive.search.text import BORDER
from archive.search.words import words

# e.g. "covid19"
# not "信息"
_LATIN = re.compile("[a-z0-9]+")


class Needle(NamedTuple):
    text: str
    begins: bool
    """Whether only where a run of letters and digits begins."""
    ends: bool
    """Whether only where one ends."""


def needles_of(wanted: Iterable[Words | Phrase | Prefix]) -> list[Needle]:
    """What is to be marked, the longest first."""
    found: dict[str, tuple[bool, bool]] = {}
    for leaf in wanted:
        if isinstance(leaf, Words):
            # Characters that stand in no word would mark half the page.
            parts = [word for word in words(leaf.text) if len(word) > 1]
            for word in (leaf.text, *parts):
                alone = _LATIN.fullmatch(word) is not None
                found.setdefault(word, (alone, alone))
        elif BORDER not in leaf.text:
            found[leaf.text] = (isinstance(leaf, Prefix), False)
    return [Needle(text, *found[text]) for text in sorted(found, key=len, reverse=True)]

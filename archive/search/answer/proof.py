"""Whether a document answers a question, its text at hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from archive.search.answer.texts import Text
from archive.search.engine import Mask
from archive.search.question import (
    And,
    Counted,
    Field,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Section,
    Synonymous,
    Words,
    only_asking,
    telling_words,
)
from archive.search.words import words

MAX_WORDS = 64
"""Words of a question that are looked up; 500 characters hold more only when nobody
asks.
"""
Leaf = Words | Phrase | Field | Counted
"""What the index knows something of by itself."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the index knows about a part of a question: sure ⊆ maybe."""

    sure: Mask
    maybe: Mask

    @property
    def is_certain(self) -> bool:
        """Whether nothing is in doubt: both are one mask."""
        return self.sure is self.maybe

    def and_also(self, other: Known) -> Known:
        """What is known of both parts together."""
        sure = self.sure & other.sure
        if self.is_certain and other.is_certain:
            return Known(sure, sure)
        return Known(sure, self.maybe & other.maybe)

    def or_else(self, other: Known) -> Known:
        """What is known of one part or the other."""
        sure = self.sure | other.sure
        if self.is_certain and other.is_certain:
            return Known(sure, sure)
        return Known(sure, self.maybe | other.maybe)


def distinct_words(text: str) -> list[str]:
    """The different words of a text in normal form, the first MAX_WORDS."""
    return list(dict.fromkeys(words(text)))[:MAX_WORDS]


@lru_cache(1_000)  # asked for several times a question
def required_words(text: str) -> tuple[str, ...]:
    """Those a text must hold to answer.

    In a question none that only asks, nor those that stand in any text.
    """
    every = distinct_words(text)
    if not only_asking(text):
        return tuple(every)
    telling = [word for word in telling_words([text]) if word in every]
    return tuple(telling or every)


class Proof:
    """Looks up in one document's text what the index leaves open."""

    def __init__(
        self, known: Mapping[Leaf, Known], document: int, looked_up: Text
    ) -> None:
        self._known = known
        self._document = document
        self._text = looked_up

    def holds(self, node: Node) -> bool:
        """Whether a part of the question is true of the document."""
        match node:
            case Words() | Phrase() | Field() | Counted():
                return self._leaf_holds(node)
            case Prefix(beginning):
                return self._text.begins(beginning)
            case Synonymous(asked, others):
                return any(map(self.holds, (asked, *others)))
            case Section(headings, part):
                return self._section_holds(headings, part)
            case Not(part):
                return not self.holds(part)
            case And(parts):
                return all(map(self.holds, parts))
            case Or(parts):
                return any(map(self.holds, parts))

    def _leaf_holds(self, leaf: Leaf) -> bool:
        """The text is asked only where the index is in doubt."""
        known = self._known[leaf]
        is_sure = bool(known.sure[self._document])
        is_possible = bool(known.maybe[self._document])
        if is_sure or not is_possible or isinstance(leaf, Field | Counted):
            return is_sure
        return self._text.has(leaf.text)

    def _section_holds(self, headings: tuple[str, ...], part: Node | None) -> bool:
        """Whether a part is true of one of the sections with such a heading."""
        sections = self._text.within(headings)
        if part is None:
            return bool(sections)
        proofs = [_InSection(self._known, self._document, one) for one in sections]
        return any(proof.holds(part) for proof in proofs)


# Asked for 章节:问题, people want what an office says of its shortcomings, and not a
# word that stands in its title.
class _InSection(Proof):
    """What the index knows of a report, it need not know of each section."""

    def _leaf_holds(self, leaf: Leaf) -> bool:
        match leaf:
            case Words(text):
                if self._text.has_word(text):
                    return True
                return self._has_all_words(text)
            case Phrase(text):
                return self._text.has(text)
        return super()._leaf_holds(leaf)

    def _has_all_words(self, text: str) -> bool:
        return all(map(self._text.has_word, required_words(text)))

"""Which documents answer a question, and how well.

The index alone knows quoted text only roughly: a document with all its pairs of characters may
still lack it. So every part of a question has two sets: the documents that surely answer it, and
those that may. What lies between is looked up in the texts (`holds`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from archive.search.entry import Entry
from archive.search.query import And, Node, Not, Or, Phrase, Words, leaves
from archive.search.snapshot import Floats, Mask, Snapshot
from archive.search.text import BORDER, grams, normal
from archive.search.words import has_han, words

MAX_WORDS = 64
"""Words of a question that are looked up; 500 characters hold more only when nobody asks."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the index knows about a part of a question: sure ⊆ maybe."""

    sure: Mask
    maybe: Mask


class Text:
    """An entry's text, for looking up what the index doesn't know."""

    def __init__(self, entry: Entry) -> None:
        self._text = BORDER.join(entry.pieces())
        self._normal: str | None = None

    def has(self, text: str) -> bool:
        """Whether a text in normal form stands in one of the pieces. Most often it is printed just so, and the
        piece need not be brought into normal form."""
        if text in self._text:
            return True
        if self._normal is None:
            self._normal = normal(self._text)
        return text in self._normal


class Matching:
    """A question against a snapshot."""

    def __init__(self, snapshot: Snapshot, tree: Node | None) -> None:
        self._snapshot = snapshot
        self._tree = tree
        self._leaves: dict[Words | Phrase, Known] = {}
        self._wanted = tuple(dict.fromkeys(leaves(tree)))
        everything = np.ones(snapshot.size, bool)
        self.known = self._know(tree) if tree else Known(everything, everything)

    def _know(self, node: Node) -> Known:
        match node:
            case Words() | Phrase():
                if node not in self._leaves:
                    self._leaves[node] = self._words(node) if isinstance(node, Words) else self._phrase(node)
                return self._leaves[node]
            case Not(part):
                inner = self._know(part)
                return Known(~inner.maybe, ~inner.sure)
            case And(parts):
                known = [self._know(part) for part in parts]
                sure = np.logical_and.reduce([one.sure for one in known])
                return Known(sure, np.logical_and.reduce([one.maybe for one in known]))
            case Or(parts):
                known = [self._know(part) for part in parts]
                sure = np.logical_or.reduce([one.sure for one in known])
                return Known(sure, np.logical_or.reduce([one.maybe for one in known]))

    def _phrase(self, leaf: Phrase) -> Known:
        maybe = self._snapshot.containing("grams", grams(leaf.text))
        sure = maybe if len(leaf.text) <= 2 else np.zeros_like(maybe)
        return Known(sure, maybe)

    def _words(self, leaf: Words) -> Known:
        """All words; or, where characters run on without blanks, the text as it stands: how a sentence is cut
        into words is a matter of opinion."""
        found = _distinct_words(leaf.text)
        sure = self._snapshot.containing("words", found) if found else np.zeros(self._snapshot.size, bool)
        if not has_han(leaf.text):
            return Known(sure, sure)
        literal = self._phrase(Phrase(leaf.text))
        return Known(sure | literal.sure, sure | literal.maybe)

    def holds(self, document: int, looked_up: Text) -> bool:
        """Whether a document answers the question, its text at hand."""
        return self._tree is None or self._holds(self._tree, document, looked_up)

    def _holds(self, node: Node, document: int, looked_up: Text) -> bool:
        match node:
            case Words(text) | Phrase(text):
                known = self._leaves[node]
                if known.sure[document] or not known.maybe[document]:
                    return bool(known.sure[document])
                return looked_up.has(text)
            case Not(part):
                return not self._holds(part, document, looked_up)
            case And(parts):
                return all(self._holds(part, document, looked_up) for part in parts)
            case Or(parts):
                return any(self._holds(part, document, looked_up) for part in parts)

    def scores(self) -> Floats:
        """BM25F over the words asked for, for every document."""
        total = np.zeros(self._snapshot.size)
        for word in dict.fromkeys(word for leaf in self._wanted for word in _distinct_words(leaf.text)):
            ids, scores = self._snapshot.scores(word)
            total[ids] += scores
        return total

    def ranks(self) -> Floats:
        """Before the score: 2 when title and agency name all that was asked for, 1 when the words stand in a row."""
        rank = np.zeros(self._snapshot.size)
        if not self._wanted:
            return rank
        heads = [self._snapshot.containing("heads", grams(leaf.text)) for leaf in self._wanted]
        rank += 2 * np.logical_and.reduce(heads)
        whole = normal(" ".join(leaf.text for leaf in self._wanted))
        return rank + self._snapshot.containing("grams", grams(whole))


def _distinct_words(text: str) -> list[str]:
    return list(dict.fromkeys(words(text)))[:MAX_WORDS]

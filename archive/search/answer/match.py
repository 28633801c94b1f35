"""Which documents answer a question, and how well.

The index alone knows quoted text only roughly: a document with all its pairs of
characters may still lack it. So every part of a question has two sets: the documents
that surely answer it, and those that may. What lies between is looked up in the texts
(`holds`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from archive.search.answer.texts import Text
from archive.search.engine import Ids, Mask, Snapshot
from archive.search.facets import FACETS
from archive.search.question import (
    Alike,
    And,
    Field,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Section,
    Words,
    leaves,
    meant,
    section_number,
)
from archive.search.text import grams, normal
from archive.search.words import has_han, words

_NAMED = 4
MAX_WORDS = 64
"""Words of a question that are looked up; 500 characters hold more only when nobody
asks.
"""


@dataclass(frozen=True, slots=True)
class Known:
    """What the index knows about a part of a question: sure ⊆ maybe."""

    sure: Mask
    maybe: Mask


class Matching:
    """A question against a snapshot."""

    def __init__(self, snapshot: Snapshot, tree: Node | None) -> None:
        self._snapshot = snapshot
        self._tree = tree
        self._leaves: dict[Words | Phrase | Field, Known] = {}
        self._held: dict[tuple[str, ...], Mask] = {}
        self._wanted = tuple(dict.fromkeys(leaves(tree)))
        self._scored = tuple(dict.fromkeys(leaves(tree, alike=True)))
        self.notes: list[str] = []
        """What was understood of the properties asked for, in Chinese."""
        everything = np.ones(snapshot.size, bool)
        self.known = self._know(tree) if tree else Known(everything, everything)

    def _containing(self, field: str, terms: list[str]) -> Mask:
        """The documents with all terms; looked up once a question."""
        key = (field, *terms)
        if key not in self._held:
            self._held[key] = self._snapshot.containing(field, terms)
        return self._held[key]

    def _know(self, node: Node) -> Known:
        match node:
            case Words() | Phrase() | Field():
                if node not in self._leaves:
                    self._leaves[node] = self._leaf(node)
                return self._leaves[node]
            case Prefix(text):
                return self._doubtful(self._containing("grams", grams(text)))
            case Alike(asked, others):
                return self._know(Or((asked, *others)))
            case Section(headings, part):
                return self._section(headings, part)
            case Not(part):
                inner = self._know(part)
                return Known(~inner.maybe, ~inner.sure)
            case And(parts):
                return self._all(parts)
            case Or(parts):
                known = [self._know(part) for part in parts]
                sure = np.logical_or.reduce([one.sure for one in known])
                return Known(sure, np.logical_or.reduce([one.maybe for one in known]))

    def _all(self, parts: tuple[Node, ...]) -> Known:
        """Once no document is left, further text need not be looked up; properties tell
        what they were taken for.
        """
        found = self._know(parts[0])
        for part in parts[1:]:
            if found.maybe.any() or not isinstance(
                part, Words | Phrase | Prefix | Alike
            ):
                one = self._know(part)
                found = Known(found.sure & one.sure, found.maybe & one.maybe)
        return found

    def _leaf(self, leaf: Words | Phrase | Field) -> Known:
        match leaf:
            case Words():
                return self._words(leaf)
            case Phrase():
                return self._phrase(leaf)
        return self._field(leaf)

    def _doubtful(self, maybe: Mask) -> Known:
        return Known(np.zeros_like(maybe), maybe)

    def _field(self, leaf: Field) -> Known:
        column = self._snapshot.facets[leaf.facet]
        facet = next(facet for facet in FACETS if facet.key == leaf.facet)
        values: set[str] = set()
        for text in leaf.texts:
            found = meant(leaf.facet, text, self._snapshot.having(leaf.facet))
            values |= found
            names = sorted(map(facet.name, found))
            if not found:
                self.notes.append(f"档案中没有“{facet.label}：{text}”。")
            elif leaf.facet == "region" and len(names) > 1:
                more = "等" if len(names) > _NAMED else ""
                self.notes.append(
                    f"“{text}”可以指{'、'.join(names[:_NAMED])}{more}，已一并查找。"
                )
        mask = column.having(values)
        return Known(mask, mask)

    def _section(self, headings: tuple[str, ...], part: Node | None) -> Known:
        """What stands within a section is not known by the index, only that it stands
        in the report.
        """
        headed = np.zeros(self._snapshot.size, bool)
        for text in headings:
            number = section_number(text)
            headed |= True if number else self._containing("grams", grams(text))
        return self._doubtful(headed & self._possible(part) if part else headed)

    def _possible(self, node: Node) -> Mask:
        """The documents some section of which may answer: what is true of a report need
        not be of each section.
        """
        match node:
            case Not():
                self._know(node)
                return np.ones(self._snapshot.size, bool)
            case And(parts) | Or(parts):
                masks = [self._possible(part) for part in parts]
                possible: Mask = (
                    np.logical_and if isinstance(node, And) else np.logical_or
                ).reduce(masks)
                return possible
        return self._know(node).maybe

    def _phrase(self, leaf: Phrase) -> Known:
        maybe = self._containing("grams", grams(leaf.text))
        if len(leaf.text) <= 2:
            return Known(maybe, maybe)
        # A word of the index stands in the text as it is; no need to look that up
        # again.
        return Known(self._containing("words", [leaf.text]), maybe)

    def _words(self, leaf: Words) -> Known:
        """All words; or, where characters run on without blanks, the text as it stands:
        how a sentence is cut into words is a matter of opinion.
        """
        found = _distinct_words(leaf.text)
        if len(found) == MAX_WORDS:
            self.notes.append(f"一处文字里的词语过多，只使用了前 {MAX_WORDS} 个。")
        sure = (
            self._containing("words", found)
            if found
            else np.zeros(self._snapshot.size, bool)
        )
        if not has_han(leaf.text):
            return Known(sure, sure)
        literal = self._phrase(Phrase(leaf.text))
        return Known(sure | literal.sure, sure | literal.maybe)

    def holds(self, document: int, looked_up: Text) -> bool:
        """Whether a document answers the question, its text at hand."""
        return self._tree is None or self._holds(self._tree, document, looked_up)

    def _holds(
        self, node: Node, document: int, looked_up: Text, in_section: bool = False
    ) -> bool:
        match node:
            case Words(text) if in_section:
                return looked_up.has_word(text) or all(
                    map(looked_up.has_word, _distinct_words(text))
                )
            case Phrase(text) if in_section:
                return looked_up.has(text)
            case Words() | Phrase() | Field():
                known = self._leaves[node]
                if (
                    known.sure[document]
                    or not known.maybe[document]
                    or isinstance(node, Field)
                ):
                    return bool(known.sure[document])
                return looked_up.has(node.text)
            case Prefix(text):
                return looked_up.begins(text)
            case Alike(asked, others):
                return any(
                    self._holds(one, document, looked_up, in_section)
                    for one in (asked, *others)
                )
            case Section(headings, part):
                sections = looked_up.within(headings)
                return any(
                    part is None or self._holds(part, document, one, True)
                    for one in sections
                )
            case Not(part):
                return not self._holds(part, document, looked_up, in_section)
            case And(parts):
                return all(
                    self._holds(part, document, looked_up, in_section) for part in parts
                )
            case Or(parts):
                return any(
                    self._holds(part, document, looked_up, in_section) for part in parts
                )

    def scores(
        self, few: Ids | None = None, kind: type[np.floating[Any]] = np.float64
    ) -> NDArray[Any]:
        """BM25F over the words asked for, for every document, or for a `few` in rising
        order.
        """
        total = np.zeros(self._snapshot.size if few is None else len(few), kind)
        for word in dict.fromkeys(
            word for leaf in self._scored for word in _distinct_words(leaf.text)
        ):
            self._snapshot.add_scores(word, total, few)
        return total

    def ranks(self) -> NDArray[np.int8]:
        """Before the score: 2 when title and agency name all that was asked for, 1 when
        the words stand in a row.
        """
        if not self._wanted:
            return np.zeros(self._snapshot.size, np.int8)
        named = self._containing(
            "heads", [gram for leaf in self._wanted for gram in grams(leaf.text)]
        )
        in_a_row = self._containing(
            "grams", grams(normal(" ".join(leaf.text for leaf in self._wanted)))
        )
        return named.view(np.int8) * np.int8(2) + in_a_row.view(np.int8)


def _distinct_words(text: str) -> list[str]:
    return list(dict.fromkeys(words(text)))[:MAX_WORDS]

"""Which documents answer a question, and how well.

The index alone knows quoted text only roughly: a document with all its pairs of
characters may still lack it. So every part of a question has two sets: the documents
that surely answer it, and those that may. What lies between is looked up in the texts
(see proof).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, lru_cache, reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from archive.search.answer.filters import fitting
from archive.search.answer.proof import (
    MAX_WORDS,
    Known,
    Leaf,
    Proof,
    distinct_words,
    required_words,
)
from archive.search.answer.texts import Text
from archive.search.engine import Ids, Mask, Snapshot
from archive.search.facets import FACETS
from archive.search.question import (
    And,
    Counted,
    Field,
    Fit,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Section,
    Synonymous,
    Words,
    leaves,
    section_number,
    values_closing,
    values_meant,
)
from archive.search.text import grams, normal
from archive.search.words import has_han, words

_NAMED = 4
"""Regions named in a note."""


class Matching:
    """A question against a snapshot."""

    def __init__(self, snapshot: Snapshot, tree: Node | None) -> None:
        self._snapshot = snapshot
        self._tree = tree
        self._leaves: dict[Leaf, Known] = {}
        self._held: dict[tuple[str, ...], Mask] = {}
        self._wanted = tuple(dict.fromkeys(leaves(tree)))
        self._scored = tuple(dict.fromkeys(leaves(tree, synonyms=True)))
        self.notes: list[str] = []
        """What was understood of the properties asked for, in Chinese."""
        self.known = self._know(tree) if tree else _surely(np.ones(snapshot.size, bool))

    def _containing(self, field: str, terms: Sequence[str]) -> Mask:
        """The documents with all terms; looked up once a question."""
        key = (field, *terms)
        if key not in self._held:
            self._held[key] = self._snapshot.containing(field, terms)
        return self._held[key]

    def _know(self, node: Node) -> Known:
        """What the index knows about a part of the question."""
        match node:
            case Words() | Phrase() | Field() | Counted():
                if node not in self._leaves:
                    self._leaves[node] = self._leaf(node)
                return self._leaves[node]
            case Prefix(text):
                return self._doubtful(self._containing("grams", grams(text)))
            case Synonymous(asked, others):
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
                return reduce(Known.or_else, known)

    def _all(self, parts: tuple[Node, ...]) -> Known:
        """Once no document is left, further text need not be looked up.

        Properties tell what they were taken for.
        """
        found = self._know(parts[0])
        for part in parts[1:]:
            is_text = isinstance(part, Words | Phrase | Prefix | Synonymous)
            if is_text and not found.maybe.any():
                continue
            found = found.and_also(self._know(part))
        return found

    def _leaf(self, leaf: Leaf) -> Known:
        """What the index knows about a text or a property."""
        match leaf:
            case Words():
                return self._words(leaf)
            case Phrase():
                return self._phrase(leaf)
            case Counted():
                mask = fitting(self._snapshot, leaf)
                return Known(mask, mask)
        return self._field(leaf)

    def _doubtful(self, maybe: Mask) -> Known:
        """Documents that may answer, none of them surely."""
        return Known(np.zeros_like(maybe), maybe)

    def _field(self, leaf: Field) -> Known:
        """The documents with a property; the index is sure of those."""
        column = self._snapshot.facets[leaf.facet]
        if leaf.fit is Fit.IS:
            return _surely(column.having(leaf.texts))
        if leaf.fit is Fit.ENDS:
            return _surely(column.having(column.values.ending(leaf.texts)))
        having = self._snapshot.having(leaf.facet)
        if leaf.fit is Fit.CLOSES:
            return _surely(
                column.having(values_closing(leaf.facet, leaf.texts, having))
            )
        values: set[str] = set()
        for text in leaf.texts:
            found = values_meant(leaf.facet, text, having)
            if leaf.fit is Fit.CALLED:
                self._tell(leaf.facet, text, found)
            values |= found
        return _surely(column.having(values))

    def _tell(self, key: str, text: str, values: set[str]) -> None:
        """Say what a property was taken for, where that may surprise."""
        facet = next(facet for facet in FACETS if facet.key == key)
        if not values:
            self.notes.append(f"档案中没有“{facet.label}：{text}”。")
        # Many districts share a name: 鼓楼区 lies in four cities.
        if key == "region" and len(values) > 1:
            names = sorted(map(facet.name, values))
            more = "等" if len(names) > _NAMED else ""
            self.notes.append(
                f"“{text}”可以指{'、'.join(names[:_NAMED])}{more}，已一并查找。"
            )

    def _section(self, headings: tuple[str, ...], part: Node | None) -> Known:
        """What stands within a section, as far as the index knows.

        It knows only what stands in the report.
        """
        # Offices word the headings their own way, 存在问题 or 存在的主要问题及改进情况:
        # any piece of one will do.
        headed = np.zeros(self._snapshot.size, bool)
        for text in headings:
            # Any report may have a statutory section of that number.
            is_number = section_number(text) is not None
            headed |= is_number or self._containing("grams", grams(text))
        return self._doubtful(headed & self._possible(part) if part else headed)

    def _possible(self, node: Node) -> Mask:
        """The documents some section of which may answer.

        What is true of a report need not be true of each section.
        """
        match node:
            case Not():
                self._know(node)
                return np.ones(self._snapshot.size, bool)
            case And(parts):
                return _in_all([self._possible(part) for part in parts])
            case Or(parts):
                return _in_any([self._possible(part) for part in parts])
        return self._know(node).maybe

    def _phrase(self, leaf: Phrase) -> Known:
        """The documents with a quoted text: those with all its pairs of characters."""
        if len(leaf.text) <= 2:
            maybe = self._containing("grams", grams(leaf.text))
            return Known(maybe, maybe)
        settled = self._snapshot.settled.get(leaf.text)
        if settled is not None:
            return _surely(settled)
        sure, maybe = self._snapshot.quoting(leaf.text)
        numbers = _whole_numbers(leaf.text)
        if numbers:
            maybe = maybe & self._containing("words", numbers)
        # A word of the index stands in the text as it is; no need to look that up
        # again.
        return Known(sure | self._containing("words", [leaf.text]), maybe)

    def _words(self, leaf: Words) -> Known:
        """All words but those that only ask; or, where characters run on without
        blanks, the text as it stands.

        How a sentence is cut into words is a matter of opinion.
        """
        if len(distinct_words(leaf.text)) == MAX_WORDS:
            self.notes.append(f"一处文字里的词语过多，只使用了前 {MAX_WORDS} 个。")
        required = required_words(leaf.text)
        if len(leaf.text) == 2 and required == (leaf.text,) and has_han(leaf.text):
            # Who has a word of two characters has the pair, so the pair tells all.
            return _surely(self._containing("grams", required))
        sure = self._containing("words", required)
        if not has_han(leaf.text):
            return Known(sure, sure)
        if not (self._containing("grams", grams(leaf.text)) & ~sure).any():
            return Known(sure, sure)
        literal = self._phrase(Phrase(leaf.text))
        return Known(sure | literal.sure, sure | literal.maybe)

    def holds(self, document: int, looked_up: Text) -> bool:
        """Whether a document answers the question, its text at hand."""
        if self._tree is None:
            return True
        return Proof(self._leaves, document, looked_up).holds(self._tree)

    def settle(self, found: Mask) -> None:
        """Remember who holds a quoted text that was asked for alone."""
        if isinstance(self._tree, Phrase):
            self._snapshot.settled.keep(self._tree.text, found.copy())

    def scores(
        self, few: Ids | None = None, dtype: type[np.floating[Any]] = np.float64
    ) -> NDArray[Any]:
        """BM25F over the words asked for.

        For every document, or for a `few`, whose numbers rise.
        """
        size = self._snapshot.size if few is None else len(few)
        total = np.zeros(size, dtype)
        # What only asks is rare in what answers, and would weigh most.
        asked = [word for leaf in self._scored for word in required_words(leaf.text)]
        self._snapshot.add_scores(dict.fromkeys(asked), total, few)
        return total

    def ranks(self) -> NDArray[np.int8]:
        """What comes before the score: the sum of two signs, 0 to 3.

        2 when title and agency name all that was asked for, 1 when the words stand in a
        row.
        """
        return self._ranks

    @cached_property
    def _ranks(self) -> NDArray[np.int8]:
        if not self._wanted:
            return np.zeros(self._snapshot.size, np.int8)
        # Who types an agency's name and a year looks for that report, not for others
        # that mention the agency.
        pairs, in_a_row = _pairs(tuple(leaf.text for leaf in self._wanted))
        is_named = self._containing("heads", pairs)
        is_in_a_row = self._containing("grams", in_a_row)
        return is_named.view(np.int8) * np.int8(2) + is_in_a_row.view(np.int8)


@lru_cache(1_000)
def _pairs(texts: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """The pairs of characters of several texts, and those of all of them in a row."""
    pairs = [pair for text in texts for pair in grams(text)]
    return pairs, grams(normal(" ".join(texts)))


def _whole_numbers(quoted: str) -> list[str]:
    """The numbers, and words of letters, that stand whole in a quoted text.

    At its ends they may be parts of longer ones.
    """
    # The pairs of 公开575条 stand in any report with many figures; 575 does not.
    return [
        word
        for word in words(quoted)
        if not has_han(word)
        and not quoted.startswith(word)
        and not quoted.endswith(word)
    ]


def _surely(mask: Mask) -> Known:
    """Documents that answer, none of them in doubt."""
    return Known(mask, mask)


def _in_all(masks: list[Mask]) -> Mask:
    """The documents in each of the masks."""
    return reduce(np.logical_and, masks)


def _in_any(masks: list[Mask]) -> Mask:
    """The documents in at least one of the masks."""
    return reduce(np.logical_or, masks)

"""What comes nearest to a question in plain language, or to one that no report answers
in full.

Most reports hold only some words of a question in plain language, since they were
written by somebody else than who asks. So every term of it adds to a document's score
(see question.terms and weighing).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from archive.search.answer.highest import nth_highest
from archive.search.answer.near.closeness import Closeness
from archive.search.answer.near.weighing import AHEAD, Weighed, scores_of, weighed
from archive.search.answer.proof import MAX_WORDS, Known
from archive.search.answer.texts import Text
from archive.search.engine import Floats, Ids, Mask, Snapshot
from archive.search.question import only_asking, telling_words, terms_of
from archive.search.words import words as words_of

_WORTH = 0.1
"""What a document must score to be shown, relative to the best."""
_ENOUGH = 0.01
"""What the best must score, relative to a text with all terms of the question: more
than characters add that nearly all reports have.
"""
CLOSE = 20
"""Documents at the head of which it counts, too, how close the terms stand."""
_CLOSENESS = 0.6
"""What a term is worth once more where it stands close to the others."""
_LONGEST_WORD = 4
"""Characters. Few Chinese words have more; what is no longer may be one word misspelt,
or names a thing (量子通信), of which single characters would find anything.
"""
MOST_HELD = "没有报告含有全部词语，排在最前的报告含有其中大部分。"
SOME_HELD = "没有报告含有全部词语，以下报告只含有其中一部分。"
ALL_HELD = "含有全部词语的报告有 {count} 份，排在最前；其余的只含有一部分。"


class Nearest:
    """The documents nearest to a question, and how near each is."""

    def __init__(
        self,
        found: Mask,
        held: Mask,
        scores: Floats,
        asked: Sequence[Weighed],
        words: Sequence[str],
    ) -> None:
        self.known = Known(found, found)
        self.notes: list[str] = []
        self.words = words
        """Those of the question that tell what it is about."""
        self._worths = {one.text: one.worth for one in asked if one.count}
        self._held = held
        self._scores = scores

    def holds(self, document: int, looked_up: Text) -> bool:
        """Never in doubt: what the index knows is all that counts here."""
        return bool(self.known.sure[document])

    def settle(self, found: Mask) -> None:
        """Nothing was in doubt."""

    def scores(
        self, few: Ids | None = None, dtype: type[np.floating[Any]] = np.float64
    ) -> NDArray[Any]:
        """For every document, or for a `few`."""
        scores = self._scores if few is None else self._scores[few]
        return scores.astype(dtype)

    def ranks(self) -> NDArray[np.int8]:
        """What holds all words comes before what holds some."""
        return self._held.view(np.int8)

    def keep(self, among: Mask) -> None:
        """Have nothing found but among some documents."""
        found = self.known.sure & among
        self.known = Known(found, found)

    def compare_close(self, texts: Mapping[int, Text]) -> None:
        """Have those at the head ordered also by how close the terms stand.

        `texts`: document → its text. It only adds, so they stay ahead of all others.
        """
        closeness = Closeness(self._worths)
        for document, text in texts.items():
            self._scores[document] += _CLOSENESS * closeness.of(text.prose.text)


def nearest(
    snapshot: Snapshot,
    texts: Sequence[str],
    passing: Mask,
    held: Mask,
    others: Sequence[str] = (),
    *,
    within: bool = False,
) -> Nearest | None:
    """What comes nearest to the plain `texts` asked for.

    None when nothing is near.

    `passing`: the documents that the filters let through; the nearest of them count.
    `held`: those that hold all that is asked for, and are found whatever they score.
    `others`: texts that mean the same.
    `within`: whether places, agencies or years are asked for, too. Of these, if they
    are few, all are near that have a word.
    """
    shown = snapshot.alive & passing
    # Reports are written in the words of the office (依申请公开), questions in those of
    # the street (要一份文件): what they share is often a character or two.
    asked = weighed(snapshot, terms_of(texts, others))
    if not shown.any() or not any(one.count for one in asked):
        return None
    scores = scores_of(snapshot, asked, shown)
    words = telling_words([*texts, *others])[:MAX_WORDS]
    near = snapshot.alive & (scores > 0)
    if within:
        near &= shown & _with_a_word(snapshot, words)
    elif not held.any() and not _is_enough(scores, asked, shown):
        return None
    if not within or np.count_nonzero(near) > AHEAD:
        near &= scores >= _lowest(scores, shown)
    if _is_one_word(texts) and len(texts[0]) > 2:
        near &= _with_two_signs(asked)
    elif not any(map(only_asking, texts)) and sum(map(len, words)) <= _LONGEST_WORD:
        near &= _with_a_piece(asked)
    found = near | held
    if not found.any():
        return None
    nearby = Nearest(found, held, scores, asked, words)
    nearby.notes = [_note(snapshot, words, held & passing, near & passing)]
    return nearby


def _is_enough(scores: Floats, asked: Sequence[Weighed], shown: Mask) -> bool:
    """Whether something has so much of the question that it is near to it."""
    enough = _ENOUGH * sum(one.worth for one in asked)
    return float(scores[shown].max()) > enough


def _lowest(scores: Floats, shown: Mask) -> float:
    """What a document must score to be near."""
    best = float(scores[shown].max())
    return max(_WORTH * best, nth_highest(scores[shown], AHEAD))


def _note(snapshot: Snapshot, words: Sequence[str], held: Mask, near: Mask) -> str:
    """How much of the question is held by what is shown."""
    count = np.count_nonzero(held)
    if count:
        return ALL_HELD.format(count=count)
    if _with_most(snapshot, words, near).any():
        return MOST_HELD
    return SOME_HELD


def _is_one_word(texts: Sequence[str]) -> bool:
    """Whether a single word is asked for, maybe one misspelt."""
    # 彘怎么读 is short, and no word.
    if len(texts) > 1 or only_asking(texts[0]):
        return False
    parts = words_of(texts[0])
    of_several_characters = [part for part in parts if len(part) > 1]
    is_short = len(texts[0]) <= _LONGEST_WORD and len(of_several_characters) < 2
    if len(parts) == 1:
        return True
    return is_short


def _with_a_word(snapshot: Snapshot, words: Sequence[str]) -> Mask:
    """The documents that have one of the words, single characters left out."""
    having = np.zeros(snapshot.size, bool)
    for word in words:
        if len(word) > 1:
            having |= snapshot.containing("words", [word])
    return having


def _with_a_piece(asked: Sequence[Weighed]) -> Mask:
    """The documents that have a word asked for, or two neighbouring characters."""
    pieces = [one.having for one in asked if not one.is_sign]
    having: Mask = np.any(pieces, axis=0)
    return having


def _with_two_signs(asked: Sequence[Weighed]) -> Mask:
    """The documents that have two of the characters, or words of letters, asked for."""
    signs = [one.having for one in asked if one.text.isascii() or one.is_sign]
    several: Mask = np.sum(signs, axis=0) >= 2
    return several


def _with_most(snapshot: Snapshot, words: Sequence[str], near: Mask) -> Mask:
    """Those of the near documents that have more than half of the words, counted in
    characters, and more than one.
    """
    several = np.zeros(snapshot.size, np.int16)
    characters = np.zeros(snapshot.size, np.int16)
    for word in words:
        having = snapshot.containing("words", [word])
        several += having
        characters += having * np.int16(len(word))
    half = (sum(map(len, words)) + 1) // 2
    # A word misspelt is cut into others: one of them alone says nothing.
    with_most: Mask = near & (characters >= half) & (several >= 2)
    return with_most

"""The terms of a question in plain language, for when no text holds all of its words.

Whoever asks words it otherwise than whoever wrote. So beside the words count the words
inside longer ones, the pairs of neighbouring characters, which find words that the
dictionary lacks and reward words that stand together as they do in the question, and
the single characters, which find 纳税人 for 税.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from archive.search.question.plain_language import EMPTY, subject
from archive.search.question.tree import And, Node, Synonymous, Words
from archive.search.text import HAN
from archive.search.words import words

MAX_TERMS = 512
"""Different terms that are looked up: the first ones."""

# A word of the question weighs 1. The other weights were chosen on collections of legal
# advice, cases and handbooks; within wide bounds they hardly matter.
PART_WEIGHT = 0.3
"""Of a word inside a longer one."""
PAIR_WEIGHT = 0.35
"""Of a pair of characters."""
SIGN_WEIGHT = 0.3
"""Of a single character."""

# Pairs of letters stand in any English word, and tell nothing.
# e.g. "收费多少"
# not "typec", "2021", "，"
_RUN = re.compile(f"[{HAN}]+")


@dataclass(frozen=True, slots=True)
class Term:
    """A word, or one or two characters that stand side by side."""

    text: str
    weight: float
    is_word: bool


def plain_texts(node: Node | None) -> list[str]:
    """The texts of a question that asks for plain words alone.

    None of one that asks also for quoted text, properties, alternatives, or that
    something is missing.
    """
    parts = node.parts if isinstance(node, And) else (node,)
    texts: list[str] = []
    for part in parts:
        match part:
            case Words(text) | Synonymous(Words(text)):
                texts.append(text)
            case _:
                return []
    return texts


def telling_words(texts: Sequence[str]) -> list[str]:
    """The different words that tell what the question is about, in order."""
    found = Counter(chain.from_iterable(map(words, _subjects(texts))))
    return [word for word in found if word not in EMPTY]


def terms_of(texts: Sequence[str]) -> list[Term]:
    """All terms of a question, words first, at most MAX_TERMS."""
    subjects = _subjects(texts)
    pairs: Counter[str] = Counter()
    signs: Counter[str] = Counter()
    for run in chain.from_iterable(map(_RUN.findall, subjects)):
        pairs.update(map("".join, pairwise(run)))
        signs.update(sign for sign in run if sign not in EMPTY)
    found = _weighed(_words(subjects), 1, is_word=True)
    found += _weighed(pairs, PAIR_WEIGHT, is_word=False)
    found += _weighed(signs, SIGN_WEIGHT, is_word=False)
    return found[:MAX_TERMS]


def _subjects(texts: Sequence[str]) -> list[str]:
    """What is asked about in all the texts."""
    return list(chain.from_iterable(map(subject, texts)))


def _words(subjects: Sequence[str]) -> dict[str, float]:
    """How much each telling word is asked for.

    One that stands inside a longer word counts less: 预付 where 预付卡 is asked for.
    """
    whole: Counter[str] = Counter()
    everything: Counter[str] = Counter()
    for part in subjects:
        whole.update(words(part))
        everything.update(words(part, finely=True))
    asked: dict[str, float] = {}
    for word, times in everything.items():
        if word not in EMPTY:
            asked[word] = whole[word] + PART_WEIGHT * (times - whole[word])
    return asked


def _weighed(asked: Mapping[str, float], weight: float, *, is_word: bool) -> list[Term]:
    """Terms with their weights.

    What is asked twice counts more, but less than twice: nobody repeats a word to say
    that it matters twice as much.
    """
    found = []
    for text, times in asked.items():
        damped = 2 * times / (1 + times)
        found.append(Term(text, weight * damped, is_word))
    return found

"""The terms of a question in plain language, for when no text holds all of its words.

Whoever asks words it otherwise than whoever wrote. So beside the words count the words
inside longer ones, the pairs of neighbouring characters, which find words that the
dictionary lacks and reward words that stand together as they do in the question, and
the single characters, which find 纳税人 for 税.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from archive.search.question.plain_language import EMPTY, subject
from archive.search.question.tree import Alike, And, Node, Words
from archive.search.words import words

MAX_TERMS = 512
"""Different terms that are looked up: the first ones."""
PART_WEIGHT, PAIR_WEIGHT, SIGN_WEIGHT = 0.3, 0.35, 0.3
"""Of a word inside a longer one, of a pair of characters, of a character, where a word
of the question weighs 1. Chosen on collections of legal advice, cases and handbooks;
within wide bounds they hardly matter.
"""

# e.g. "收费多少", "typec"
_RUN = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Term:
    """A word, or one or two characters that stand side by side."""

    text: str
    weight: float
    is_word: bool


def plain_texts(node: Node | None) -> list[str]:
    """The texts of a question that asks for plain words alone; none of one that asks
    also for quoted text, properties, alternatives, or that something is missing.
    """
    parts = node.parts if isinstance(node, And) else (node,)
    plain = [part.asked if isinstance(part, Alike) else part for part in parts]
    texts = [part.text for part in plain if isinstance(part, Words)]
    return texts if len(texts) == len(parts) else []


def telling_words(texts: Sequence[str]) -> list[str]:
    """The different words that tell what the question is about, in order."""
    parts = [part for text in texts for part in subject(text)]
    found = dict.fromkeys(word for part in parts for word in words(part))
    return [word for word in found if word not in EMPTY]


def terms_of(texts: Sequence[str]) -> list[Term]:
    """All terms of a question, words first. What is asked twice counts more, but not
    twice as much.
    """
    parts = [part for text in texts for part in subject(text)]
    runs = [run for part in parts for run in _RUN.findall(part)]
    pairs = Counter(a + b for run in runs for a, b in pairwise(run))
    signs = Counter(sign for run in runs for sign in run if sign not in EMPTY)
    found = [Term(word, _damped(times), True) for word, times in _words(parts).items()]
    found += _weighed(pairs, PAIR_WEIGHT)
    found += _weighed(signs, SIGN_WEIGHT)
    return list(islice(found, MAX_TERMS))


def _words(parts: Sequence[str]) -> dict[str, float]:
    """How much each telling word is asked for; a word inside a longer one less."""
    asked: Counter[str] = Counter()
    everything: Counter[str] = Counter()
    for part in parts:
        asked.update(words(part))
        everything.update(words(part, finely=True))
    return {
        word: asked[word] + PART_WEIGHT * (times - asked[word])
        for word, times in everything.items()
        if word not in EMPTY
    }


def _weighed(counted: Counter[str], weight: float) -> list[Term]:
    return [
        Term(text, weight * _damped(times), False) for text, times in counted.items()
    ]


def _damped(times: float) -> float:
    """1 for once, less than 2 for ever so often."""
    return 2 * times / (1 + times)

"""Chinese words: jieba on runs of Han characters only, everything else by regular
expression.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain

from archive.search.dictionary import cutter
from archive.search.text import HAN, learn_common

_LONGEST_RUN = 200
"""Characters that are cut together; longer runs without punctuation are lists, or
damage.
"""
_SHORTEST_PART = 2
_LETTERS = rf"(?<![^\W_{HAN}])[^\W_{HAN}]{{1,{_LONGEST_RUN}}}"
"""Letters and digits side by side; what comes after so many of them is left out."""
# e.g. "信息公开", "covid"
# not "，_ "
_RUNS = re.compile(rf"[{HAN}]{{1,{_LONGEST_RUN}}}|{_LETTERS}")
# e.g. "信", "a信"
# not "covid 19", "が"
_IS_HAN = re.compile(rf"[{HAN}]")


def prepare() -> None:
    """Load the dictionary (a fifth of a second where rjieba is installed, else most of
    a second, 80 MB), and learn the forms of common characters.

    Web processes do it before they fork.
    """
    cutter()
    learn_common()


@lru_cache(50_000)
def _cut(run: str) -> tuple[str, ...]:
    """The words of a run: of Han characters, or of letters, which is one word.

    What is not in the dictionary falls apart into characters: no guessing from the
    neighbours, so a word is cut alike in a report and in a question.
    """
    if has_han(run):
        return tuple(cutter().cut(run))
    return (run,)


@lru_cache(50_000)
def _cut_finely(run: str) -> tuple[str, ...]:
    """As `_cut`, with the shorter dictionary words inside each word."""
    if not has_han(run):
        return (run,)
    found: list[str] = []
    for word in cutter().cut(run):
        # Most words have two characters, and no parts.
        if len(word) > _SHORTEST_PART:
            found += _with_parts(word)
        else:
            found.append(word)
    return tuple(found)


@lru_cache(50_000)
def _with_parts(word: str) -> tuple[str, ...]:
    """The dictionary words inside a word, and itself."""
    knows = cutter().knows
    parts = [part for part in _inside(word) if knows(part)]
    return (*parts, word)


def _inside(word: str) -> Iterator[str]:
    """All pieces of two or more characters that are shorter than the word."""
    for length in range(_SHORTEST_PART, len(word)):
        for start in range(len(word) - length + 1):
            yield word[start : start + length]


def words(normal_text: str, finely: bool = False) -> list[str]:
    """The words of a text in normal form, in order, each as often as it occurs.

    `finely` adds the dictionary words inside longer ones: what an index needs, so that
    a question for a part finds the whole. A question needs only the words themselves.
    """
    cut = _cut_finely if finely else _cut
    return list(chain.from_iterable(map(cut, _RUNS.findall(normal_text))))


def has_han(normal_text: str) -> bool:
    """Whether Han characters stand in a text."""
    return _IS_HAN.search(normal_text) is not None

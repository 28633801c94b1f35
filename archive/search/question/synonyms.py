"""Different words for the same thing, from a reviewed list (synonyms.txt)."""

from __future__ import annotations

import re
from functools import cache

from archive.search.dictionary import DATA, lines_of
from archive.search.question.tree import And, Node, Or, Section, Synonymous, Words
from archive.search.text import normal

_LIST = DATA / "synonyms.txt"
Added = dict[str, tuple[str, ...]]
"""A word of the question → what means the same and is searched too."""


@cache
def groups() -> dict[str, tuple[str, ...]]:
    """Each word (in normal form) with its whole group."""
    known: dict[str, tuple[str, ...]] = {}
    for line in lines_of(_LIST):
        group = tuple(map(normal, line.split()))
        known |= dict.fromkeys(group, group)
    return known


@cache
def _pattern() -> re.Pattern[str]:
    """Finds the first word of a text that has synonyms, and the longest there."""
    longest_first = sorted(map(re.escape, groups()), key=len, reverse=True)
    return re.compile("|".join(longest_first))


def expand(tree: Node | None) -> tuple[Node | None, Added]:
    """The tree asking also for what means the same, and what was added.

    Only plain words are widened: what is quoted, ruled out or a property is meant as it
    stands.
    """
    added: Added = {}
    if tree is None:
        return None, added
    return _widened(tree, added), added


def _widened(node: Node, added: Added) -> Node:
    """A part of the tree, widened; what is added to it is noted in `added`."""
    match node:
        case Words():
            return _with_others(node, added)
        case And(parts):
            return And(tuple(_widened(part, added) for part in parts))
        case Or(parts):
            return Or(tuple(_widened(part, added) for part in parts))
        case Section(headings, part) if part:
            return Section(headings, _widened(part, added))
    return node


def _with_others(asked: Words, added: Added) -> Node:
    """Plain text, and the same text with each synonym in the place of a word."""
    # One word of a text is replaced: with several, the texts would multiply, and few
    # questions name two agencies.
    found = _pattern().search(asked.text)
    if not found:
        return asked
    word = found[0]
    synonyms = tuple(one for one in groups()[word] if one != word)
    added[word] = synonyms
    before, after = asked.text[: found.start()], asked.text[found.end() :]
    texts = dict.fromkeys(before + one + after for one in synonyms)
    return Synonymous(asked, tuple(Words(text) for text in texts if text != asked.text))

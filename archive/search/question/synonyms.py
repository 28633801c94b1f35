"""Different words for the same thing, from a reviewed list (synonyms.txt)."""

from __future__ import annotations

import re
from functools import cache

from archive.search.question.query import Alike, And, Node, Or, Section, Words
from archive.search.text import normal
from archive.search.words import DATA

_LIST = DATA / "synonyms.txt"


@cache
def groups() -> dict[str, tuple[str, ...]]:
    """Each word (in normal form) with its whole group."""
    known: dict[str, tuple[str, ...]] = {}
    for line in _LIST.read_text(encoding="utf-8").splitlines():
        group = tuple(map(normal, line.partition("#")[0].split()))
        known |= dict.fromkeys(group, group)
    return known


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, groups()), key=len, reverse=True)))


def expand(tree: Node | None) -> tuple[Node | None, dict[str, tuple[str, ...]]]:
    """The tree asking also for what means the same, and what was added: word → its
    synonyms.

    Only plain words are widened: what is quoted, ruled out or a property is meant as it
    stands.
    """
    added: dict[str, tuple[str, ...]] = {}

    def widened(node: Node) -> Node:
        match node:
            case Words(text) if found := _pattern().search(text):
                others = tuple(word for word in groups()[found[0]] if word != found[0])
                added[found[0]] = others
                texts = (
                    text[: found.start()] + word + text[found.end() :]
                    for word in others
                )
                return Alike(
                    node,
                    tuple(Words(one) for one in dict.fromkeys(texts) if one != text),
                )
            case And(parts):
                return And(tuple(map(widened, parts)))
            case Or(parts):
                return Or(tuple(map(widened, parts)))
            case Section(headings, part) if part:
                return Section(headings, widened(part))
        return node

    return (widened(tree) if tree else None), added

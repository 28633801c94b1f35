"""A text that is to be nothing but conditions on figures: `申请>100 且 公开率<50%`."""

from __future__ import annotations

from archive.search.question.conditions import cut, read_condition
from archive.search.question.query import parse
from archive.search.question.tree import (
    EITHER,
    MOST_COUNTED,
    Counted,
    told,
)

_SHOWN = 40
"""Signs of a text that a sentence repeats."""
_AS = (
    "写法如 申请>100、公开率<50%、refused_share>=10%、"
    "(申请>100 且 公开率<50%) 或 诉讼>=1"
)
Read = tuple[tuple[Counted, ...], str]
"""Conditions that must all hold, and why there are none; one of the two is empty."""


def only_conditions(text: str) -> Read:
    """The conditions in a text that says nothing else, as addresses and questions have
    them: what brackets join comes to conditions that must all hold. Never raises: what
    is not understood is said in a sentence.
    """
    written = [read_condition(one) for one in text.split(EITHER)]
    ways = tuple(filter(None, written))
    if len(ways) == len(written):
        return (Counted(ways),), ""
    named = f"条件“{text[:_SHOWN]}”"
    _, doubts = cut(text)
    if doubts:
        return (), f"{named}没有使用：{doubts[0]}"
    question = parse(text)
    tree, counted = question.tree, question.counted
    if question.notes or (tree and not told(tree)):
        return (), f"{named}看不懂，没有使用；{_AS}。"
    if tree:
        return (), (
            f"{named}没有使用：展开后超过 {MOST_COUNTED} 个条件；"
            "请减少“或”两边的条件，或分成几个问题。"
        )
    return counted, "" if counted else f"{named}里没有条件。"

"""A text that is to be nothing but conditions on figures: `申请>100 且 公开率<50%`."""

from __future__ import annotations

from archive.search.question.conditions import Condition, cut, read_condition
from archive.search.question.query import parse
from archive.search.question.tree import EITHER, And, Counted, Node, Or

_SHOWN = 40
"""Signs of a text that a sentence repeats."""
_AS = "写法如 申请>100、公开率<50%、refused_share>=10%"
Read = tuple[tuple[Counted, ...], str]
"""Conditions that must all hold, and why there are none; one of the two is empty."""


def only_conditions(text: str) -> Read:
    """The conditions in a text that says nothing else, as addresses and questions have
    them. Never raises: what is not understood is said in a sentence.
    """
    written = [read_condition(one) for one in text.split(EITHER)]
    ways = tuple(filter(None, written))
    if len(ways) == len(written):
        return (Counted(ways),), ""
    told = f"条件“{text[:_SHOWN]}”"
    _, doubts = cut(text)
    if doubts:
        return (), f"{told}没有使用：{doubts[0]}"
    question = parse(text)
    joined = _joined(question.tree)
    if joined is None or question.notes:
        return (), f"{told}看不懂，没有使用；{_AS}。"
    found = (*question.counted, *joined)
    return found, "" if found else f"{told}里没有条件。"


def _joined(node: Node | None) -> tuple[Counted, ...] | None:
    """The conditions that a tree asks for together; None where it asks for more."""
    match node:
        case None:
            return ()
        case Counted():
            return (node,)
        case Or(parts):
            return _alternatives(parts)
        case And(parts):
            found: list[Counted] = []
            for part in parts:
                inner = _joined(part)
                if inner is None:
                    return None
                found += inner
            return tuple(found)
    return None


def _alternatives(parts: tuple[Node, ...]) -> tuple[Counted, ...] | None:
    """Conditions of which one is enough, as one; None where a side has several."""
    conditions: list[Condition] = []
    for part in parts:
        inner = _joined(part)
        if inner is None or len(inner) != 1:
            return None
        conditions += inner[0].conditions
    return (Counted(tuple(dict.fromkeys(conditions))),)

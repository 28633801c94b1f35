"""A question without one of the conditions on figures that were typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from archive.search.question.conditions import Found
from archive.search.question.left import left_over
from archive.search.question.query import Query, parse
from archive.search.question.together import Stretch, stretches
from archive.search.question.tree import (
    Counted,
    denied,
    only_counted,
    told,
    without_conditions,
)


class TakenOff(NamedTuple):
    """A condition of a text, and the text once it is taken off."""

    typed: str
    """As it was typed; empty where it was not."""
    rest: str
    """The text without it."""
    quoted: str
    """The text with it in quotation marks: it is looked for then."""
    told: str = ""
    """Of several conditions that are joined to one, as visitors read them."""


def without(text: str, counted: Counted) -> TakenOff:
    """What a text is without a condition. Both ends of a range, 100到500件, are one;
    so are conditions joined by brackets or an OR.
    """
    found = parse(text).found
    for stretch in stretches(text, found):
        typed = text[stretch.start : stretch.end]
        tree = parse(typed).whole
        if counted in only_counted(tree):
            return _joined(text, stretch, told(tree))
    for one in found:
        if counted in _asked(one):
            whole = _run(one, found)
            before, behind = text[: whole.start], text[whole.end :]
            typed = text[whole.start : whole.end].lstrip("-－−")
            minus = "-" if one.ruled_out else ""
            quoted = f"{before} {minus}“{typed}” {behind}"
            rest = " ".join(left_over(text, (whole,)))
            return TakenOff(typed, " ".join(rest.split()), " ".join(quoted.split()))
    return TakenOff("", text, text)


def _joined(text: str, stretch: Stretch, label: str) -> TakenOff:
    """Conditions that are joined to one, taken off with their brackets."""
    before, behind = text[: stretch.start].rstrip(), text[stretch.end :]
    typed = text[stretch.start : stretch.end]
    rest = " ".join(f"{before} {behind.removeprefix('的')}".split())
    quoted = " ".join(f"{before} “{typed}” {behind}".split())
    return TakenOff(typed, rest, quoted, label)


def _run(one: Found, found: Sequence[Found]) -> Found:
    """A condition with those that share its name, if it is one of two."""
    at = found.index(one)
    first = at - one.is_second
    behind = found[first + 1 : first + 2]
    last = behind[0] if behind and behind[0].is_second else found[first]
    return replace(one, start=found[first].start, end=last.end)


def without_key(query: Query, key: str) -> str:
    """The text of a question without the conditions on one figure alone."""
    text = query.text
    for counted in query.typed:
        if counted.keys == {key}:
            text = without(text, counted).rest
    return text


def _asked(found: Found) -> tuple[Counted, ...]:
    """What a condition in a text asks for, ruled out or not."""
    node = Counted(found.conditions)
    return (node, *without_conditions(denied(node))[1])

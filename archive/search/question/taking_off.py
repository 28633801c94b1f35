"""A question without one of the conditions on figures that were typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from archive.search.question.conditions import Found, left_over
from archive.search.question.query import Query, parse
from archive.search.question.tree import Counted, denied, without_conditions


def without(text: str, counted: Counted) -> tuple[str, str, str]:
    """A condition of a text as it was typed, the text without it, and the text with it
    quoted. Both ends of a range, 100到500件, are one.
    """
    found = parse(text).found
    for one in found:
        if counted in _asked(one):
            whole = _run(one, found)
            before, behind = text[: whole.start], text[whole.end :]
            typed = text[whole.start : whole.end].lstrip("-－−")
            minus = "-" if one.ruled_out else ""
            quoted = f"{before} {minus}“{typed}” {behind}"
            rest = " ".join(left_over(text, (whole,)))
            return typed, " ".join(rest.split()), " ".join(quoted.split())
    return "", text, text


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
            text = without(text, counted)[1]
    return text


def _asked(found: Found) -> tuple[Counted, ...]:
    """What a condition in a text asks for, ruled out or not."""
    node = Counted(found.conditions)
    return (node, *without_conditions(denied(node))[1])

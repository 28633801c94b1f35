"""A question without one of the conditions on figures that were typed."""

from __future__ import annotations

from archive.search.question.conditions import Found, left_over
from archive.search.question.query import Query, parse
from archive.search.question.tree import Counted, denied, without_conditions


def without(text: str, counted: Counted) -> tuple[str, str, str]:
    """A condition of a text as it was typed, the text without it, and the text with it
    quoted.
    """
    for one in parse(text).found:
        if counted in _asked(one):
            before, behind = text[: one.start], text[one.end :]
            typed = text[one.start : one.end].lstrip("-－−")
            minus = "-" if one.ruled_out else ""
            quoted = f"{before} {minus}“{typed}” {behind}"
            rest = " ".join(left_over(text, (one,)))
            return typed, " ".join(rest.split()), " ".join(quoted.split())
    return "", text, text


def without_key(query: Query, key: str) -> str:
    """The text of a question without the conditions on one figure alone."""
    text = query.text
    for counted in query.typed:
        if {one.quantity.kept_as for one in counted.conditions} == {key}:
            text = without(text, counted)[1]
    return text


def _asked(found: Found) -> tuple[Counted, ...]:
    """What a condition in a text asks for, ruled out or not."""
    node = Counted(found.conditions)
    return (node, *without_conditions(denied(node))[1])

"""Whose numbers the tables of a report are.

The forms do not say: a government prints its own requests, or those of its whole area.
Its text sometimes does, where it states the very number that the table has.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from archive.catalogue import CLAIMS, ClaimScope


class Stated(NamedTuple):
    """A number of the text, and whose it is."""

    key: str
    value: int
    scope: ClaimScope


SAME_AS: dict[str, tuple[str, ...]] = {
    key: record.same_as
    for key, record in CLAIMS.items()
    if record.same_as and not record.same_as[0].startswith("disclosure.")
}
"""Claims that state a number of tables 3 and 4 in words → the figures."""


def scope_of_tables(
    stated: Iterable[Stated], figures: Mapping[str, int | None]
) -> ClaimScope:
    """Whose the numbers of tables 3 and 4 are.

    `figures`: what these tables hold for sure. A scope is believed where the text tells
    it of a number that the table has too; 0 proves nothing, since both can be 0. Where
    it is told otherwise of another number, and where nothing is told, it is unsaid.
    """
    told: set[ClaimScope] = set()
    for one in stated:
        if one.scope is ClaimScope.UNSAID or one.key not in SAME_AS:
            continue
        if one.value and one.value == _in_tables(SAME_AS[one.key], figures):
            told.add(one.scope)
    if len(told) == 1:
        return told.pop()
    return ClaimScope.UNSAID


def _in_tables(keys: Iterable[str], figures: Mapping[str, int | None]) -> int | None:
    """What figures come to; None where one of them is not known."""
    total = 0
    for key in keys:
        number = figures.get(key)
        if number is None:
            return None
        total += number
    return total

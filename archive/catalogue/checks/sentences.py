"""The sentence of a finding, made of its check and values when it is shown.

Nothing else words findings: a better wording is a change of the check's record, and
holds at once for what was read long ago.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from string import Formatter

from archive.catalogue.checks.every import CHECK_OF
from archive.catalogue.checks.printing import PRINTED, Values, plain
from archive.catalogue.checks.record import CASE, TOLD, Check


class Unworded(Exception):
    """A check, a case or a value that no wording knows; the message names it."""


def sentence(key: str, values: Values, keys: Sequence[str] = ()) -> str:
    """What a finding says, in one neutral Chinese sentence.

    `keys`: the figures it speaks of, which a wording knows as the value `keys`. A
    finding that was read by another version of its check may lack a value: it is told
    by what the check is about.
    """
    try:
        return strictly_worded(key, values, keys)
    except Unworded:
        known = CHECK_OF.get(key)
        if known:
            return known.explanation
        return key


def strictly_worded(key: str, values: Values, keys: Sequence[str] = ()) -> str:
    """As `sentence`; raises Unworded where wording and values do not fit."""
    if TOLD in values:
        return plain(values[TOLD])
    wording = _wording(key, values)
    named: Values = {**values, "keys": tuple(keys)}
    return "".join(_said(key, wording, named))


def _wording(key: str, values: Values) -> str:
    check = CHECK_OF.get(key)
    if check is None:
        raise Unworded(f"no check {key}")
    case = plain(values.get(CASE, ""))
    if case not in check.wordings:
        raise Unworded(f"{key}: no case {case!r}")
    return check.wordings[case]


def _said(key: str, wording: str, values: Values) -> Iterator[str]:
    """The pieces of a wording, each value printed as the wording says."""
    for words, name, way in _pieces(wording):
        yield words
        if name is None:
            continue
        try:
            yield PRINTED[way](values[name])
        except (LookupError, TypeError, ValueError, ArithmeticError) as trouble:
            raise Unworded(f"{key}: {name} printed as {way!r}: {trouble!r}") from None


def _pieces(wording: str) -> Iterator[tuple[str, str | None, str]]:
    """Words, the name of the value behind them or None, and how it is printed."""
    for words, name, way, _ in Formatter().parse(wording):
        yield words, name, way or ""


def fields_of(check: Check, case: str) -> list[tuple[str, str]]:
    """The values that a wording names, each with the way it prints them."""
    pieces = _pieces(check.wordings[case])
    return [(name, way) for _, name, way in pieces if name is not None]

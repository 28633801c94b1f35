"""A figure, a claim or an indicator of all reports of a year: both its numbers, and how
sure they are. By the same rules as `archive.report` has for one report.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from archive.catalogue import FIGURES, FORMS, INDICATORS, Sum, keys
from archive.store.counts.columns.opening import Made, YearColumns
from archive.store.counts.columns.shapes import (
    SURE,
    Numbers,
    State,
    States,
    part_of,
    scale_of,
)


class Measured(NamedTuple):
    """A number of each report of a year; as a share `over` of `under`."""

    over: Numbers
    under: Numbers | None
    """None for a number of things."""
    states: States
    scale: int = 1
    """How many of both numbers are one."""

    def plain(self, number: int) -> int | Decimal:
        """One of both numbers, or a sum of such, as it is counted."""
        told = Decimal(int(number)) / self.scale
        return int(told) if told == told.to_integral_value() else told

    @property
    def sure(self) -> NDArray[np.bool_]:
        """Which of them count."""
        found: NDArray[np.bool_] = self.states <= SURE
        return found


@cache
def parts_of(asked: Iterable[str]) -> tuple[str, ...]:
    """The parts that hold what these keys (a tuple of them) are made of."""
    found: dict[str, None] = {}
    for key in asked:
        stored = INDICATORS[key].keys if key in INDICATORS else _stored(key)
        found |= dict.fromkeys(part_of(FIGURES[one]) for one in stored)
    return tuple(found)


def _stored(key: str) -> tuple[str, ...]:
    return FIGURES[key].parts or (key,)


def measured(
    columns: YearColumns, key: str, before: YearColumns | None = None
) -> Measured:
    """A figure, claim or indicator of each report of a year.

    `before`: the year before, which growth is against. Raises KeyError for a key of
    nothing that is known.
    """
    is_growth = key in INDICATORS and INDICATORS[key].is_growth
    last = before.stamp if before is not None and is_growth else ""
    name = Made(columns.year, key, f"{columns.stamp} {last}")
    kept = columns.shelf.get(name)
    if kept is None:
        found = _measured(columns, key, before)
        under = [] if found.under is None else [found.under]
        columns.shelf.put(name, [found.states, found.over, *under])
        return found
    states, over, *under = kept
    return Measured(over, under[0] if under else None, states, _scale(key))


@cache
def _scale(key: str) -> int:
    first = INDICATORS[key].keys[0] if key in INDICATORS else _stored(key)[0]
    return scale_of(part_of(FIGURES[first]))


def _measured(columns: YearColumns, key: str, before: YearColumns | None) -> Measured:
    if key not in INDICATORS:
        return _figure(columns, key)
    indicator = INDICATORS[key]
    over, states = _added(columns, indicator.over)
    under: Numbers | None = None
    if indicator.is_growth:
        under, others = _of_year_before(columns, before, indicator.over)
        # What is wrong with this year comes first.
        states = np.where(states > SURE, states, np.maximum(states, others))
    elif indicator.under is not None:
        under, others = _added(columns, indicator.under)
        states = np.maximum(states, others)
    if under is not None:
        is_of_nothing = (under <= 0) & (states <= SURE)
        states = np.where(is_of_nothing, np.uint8(State.OF_NOTHING), states)
    return Measured(over, under, states, _scale(key))


def _figure(columns: YearColumns, key: str) -> Measured:
    parts = _stored(key)
    numbers, states = _summed(columns, parts)
    printed = FIGURES[parts[0]].printed
    if printed is not None:
        is_printed = np.isin(columns.bodies.forms, printed.forms)
        states = np.where(is_printed, states, np.uint8(State.NOT_IN_FORM))
    return Measured(numbers, None, states, _scale(key))


def _summed(columns: YearColumns, parts: Iterable[str]) -> tuple[Numbers, States]:
    """Figures of any form added up, and the least sure of their states."""
    size = len(columns.bodies)
    total = np.zeros(size, dtype=np.int64)
    worst = np.zeros(size, dtype=np.uint8)
    for key in parts:
        numbers, states = columns.figure(key)
        total = total + numbers
        worst = np.maximum(worst, states)
    return total, worst


def _added(columns: YearColumns, wanted: Sum) -> tuple[Numbers, States]:
    """A sum of figures as each form prints them."""
    size = len(columns.bodies)
    total = np.zeros(size, dtype=np.int64)
    worst = np.full(size, State.NOT_IN_FORM, dtype=np.uint8)
    for form in FORMS:
        is_form = columns.bodies.forms == form
        plus, minus = _of_form(wanted, form)
        if not plus or not is_form.any():
            continue
        added, states = _summed(columns, plus)
        taken, others = _summed(columns, minus)
        total = np.where(is_form, added - taken, total)
        worst = np.where(is_form, np.maximum(states, others), worst)
    return total, worst


@cache
def _of_form(wanted: Sum, form: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The figures that are added and those taken off; none where a form lacks one."""
    printed = frozenset(keys(FORMS[form]))
    if not printed.issuperset((*wanted.plus, *wanted.minus)):
        return (), ()
    split = tuple(key for key in wanted.split if key in printed)
    if wanted.split and not split:
        return (), ()
    return (*wanted.plus, *split), wanted.minus


def _of_year_before(
    columns: YearColumns, before: YearColumns | None, wanted: Sum
) -> tuple[Numbers, States]:
    """What growth is against, of the same agency; a year before of another form need
    not print it.
    """
    size = len(columns.bodies)
    if before is None or not len(before.bodies):
        none = np.full(size, State.NO_YEAR_BEFORE, dtype=np.uint8)
        return np.zeros(size, dtype=np.int64), none
    numbers, known = _added(before, wanted)
    lacks = np.uint8(State.YEAR_BEFORE_NOT_IN_FORM)
    known = np.where(known == State.NOT_IN_FORM, lacks, known)
    at, is_there = _places_in(before, columns)
    under = np.where(is_there, numbers[at], 0)
    return under, np.where(is_there, known[at], np.uint8(State.NO_YEAR_BEFORE))


def _places_in(
    before: YearColumns, columns: YearColumns
) -> tuple[Numbers, NDArray[np.bool_]]:
    """Where each agency of a year stands in the year before, and whether it does."""
    agencies = before.bodies.agencies
    order = np.argsort(agencies)
    found = np.searchsorted(agencies, columns.bodies.agencies, sorter=order)
    at = order[np.minimum(found, len(order) - 1)]
    return at, agencies[at] == columns.bodies.agencies

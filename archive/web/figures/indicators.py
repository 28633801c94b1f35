"""The indicators of a report as its page shows them: a value with both its numbers, and
the cells where these are printed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from archive.catalogue import (
    FIGURES,
    IN_SIGHT,
    INDICATOR_GROUPS,
    INDICATORS,
    MARKS,
    Indicator,
    Status,
    Sum,
    ValueState,
)
from archive.report import (
    Before,
    Indicated,
    Number,
    Report,
    indicated,
    indicators_of,
)
from archive.web.figures.tables import Cell, cell
from archive.web.figures.valued import alone, fraction_told, lack_told, value_told
from archive.web.shown import plain

_IN_JSON = {ValueState.IN_DOUBT: "conflict"}
"""What a lack was called in JSON before there were states; a promise."""


@dataclass(frozen=True, slots=True)
class Named:
    """A figure that an indicator is made of, with its cell. `sign`: + or −."""

    label: str
    sign: str
    cell: Cell


@dataclass(frozen=True, slots=True)
class Shown:
    """An indicator of a report. Of `value` and `fraction` either may be empty."""

    indicator: Indicator
    value: str
    """`62.5%`, `+8.0%`, `15`; empty for a share of too few, and where there is none."""
    fraction: str
    """`45 / 72`; empty where it is no share."""
    mark: str
    lack: str
    over: tuple[Named, ...]
    over_total: Number | None
    under: tuple[Named, ...]
    under_total: Number | None


@dataclass(frozen=True, slots=True)
class Group:
    """Indicators under one heading."""

    title: str
    shown: tuple[Shown, ...]


def groups(report: Report, before: Before | None) -> tuple[Group, ...]:
    """All indicators under their headings; nothing for a report without tables."""
    found = {one.indicator.key: one for one in indicators_of(report, before)}
    if all(one.state is ValueState.NOT_IN_FORM for one in found.values()):
        return ()
    return tuple(
        Group(title, tuple(_shown(found[one.key], report) for one in indicators))
        for title, indicators in INDICATOR_GROUPS.items()
    )


def in_sight(report: Report, before: Before | None) -> tuple[Shown, ...]:
    """Those that stand at the top of a report, as far as they have a value."""
    chosen = (INDICATORS[key] for key in IN_SIGHT)
    form, figures = report.form, report.figures
    found = [indicated(one, form, figures, before) for one in chosen]
    return tuple(_shown(one, report) for one in found if one.state.has_value)


def _shown(found: Indicated, report: Report) -> Shown:
    indicator = found.indicator
    printed = frozenset(found.cells)
    under = indicator.under
    return Shown(
        indicator,
        value_told(indicator, found.value, found.under),
        fraction_told(found.over, found.under),
        MARKS[Status.INFERRED] if found.state is ValueState.INFERRED else "",
        lack_told(found.state),
        tuple(_named(indicator.over, printed, report)),
        found.over,
        tuple(_named(under, printed, report)) if under else (),
        found.under,
    )


def _named(wanted: Sum, printed: frozenset[str], report: Report) -> Iterator[Named]:
    """The figures of a sum, as far as the form has them."""
    for key in wanted.keys:
        if key in printed:
            sign = "−" if key in wanted.minus else "+"
            figure = cell(report.figures.get(key), key)
            yield Named(_name(key), sign, figure)


def told(report: Report, before: Before | None) -> dict[str, Any]:
    """All indicators of a report as JSON, by their keys."""
    return {
        one.indicator.key: {
            "value": plain(alone(one)),
            "numerator": plain(one.over),
            "denominator": plain(one.under),
            "lack": _lack(one.state),
            "inferred": one.state is ValueState.INFERRED,
            "version": one.indicator.version,
            "cells": list(one.cells),
        }
        for one in indicators_of(report, before)
    }


def _lack(state: ValueState) -> str | None:
    if state.has_value:
        return None
    return _IN_JSON.get(state, state.value)


def _name(key: str) -> str:
    """A figure's name among others: which column is said only where it is no total."""
    return FIGURES[key].heading.removesuffix(" · 总计")

"""The indicators of a report as its page shows them: a value with both its numbers, and
the cells where these are printed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
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
    Counted,
    Indicated,
    Number,
    Report,
    indicated,
    indicators_of,
)
from archive.web.figures.tables import Cell, cell
from archive.web.shown import number, plain, signed

LACKS: dict[ValueState, str] = {
    ValueState.NOT_IN_FORM: "该年格式没有这些项目",
    ValueState.MISSING: "有一项原文没有，或读不准",
    ValueState.IN_DOUBT: "有一项与其他数字矛盾",
    ValueState.OF_NOTHING: "分母为 0",
    ValueState.NO_YEAR_BEFORE: "档案中没有上年的报告",
}
"""Why there is no value, in a few words."""
_IN_JSON = {ValueState.IN_DOUBT: "conflict"}
"""What a lack was called in JSON before there were states; a promise."""
Before = Mapping[str, Counted] | None
"""The figures of the report of the year before; None where it is not held."""


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


def percent(share: Decimal, *, with_sign: bool = False) -> str:
    """`62.5%`; a difference with its sign."""
    rounded = round(share * 100, 1)
    return f"{signed(rounded) if with_sign else number(rounded)}%"


def value_told(found: Indicated) -> str:
    """The value of an indicator in words; nothing where only both numbers may stand."""
    value = found.value
    if value is None or found.is_of_few:
        return ""
    if found.indicator.is_share:
        return percent(value, with_sign=found.indicator.is_growth)
    if found.indicator.over.minus:
        return signed(value)
    return number(value)


def groups(report: Report, before: Before) -> tuple[Group, ...]:
    """All indicators under their headings; nothing for a report without tables."""
    found = {one.indicator.key: one for one in indicators_of(report, before)}
    if all(one.state is ValueState.NOT_IN_FORM for one in found.values()):
        return ()
    return tuple(
        Group(title, tuple(_shown(found[one.key], report) for one in indicators))
        for title, indicators in INDICATOR_GROUPS.items()
    )


def in_sight(report: Report, before: Before) -> tuple[Shown, ...]:
    """Those that stand at the top of a report, as far as they have a value."""
    chosen = (INDICATORS[key] for key in IN_SIGHT)
    form, figures = report.form, report.figures
    found = [indicated(one, form, figures, before) for one in chosen]
    return tuple(_shown(one, report) for one in found if one.state.has_value)


def _shown(found: Indicated, report: Report) -> Shown:
    indicator = found.indicator
    fraction = ""
    if found.under is not None:
        fraction = f"{number(found.over)} / {number(found.under)}"
    printed = frozenset(found.cells)
    under = indicator.under
    return Shown(
        indicator,
        value_told(found),
        fraction,
        MARKS[Status.INFERRED] if found.state is ValueState.INFERRED else "",
        LACKS.get(found.state, ""),
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


def told(report: Report, before: Before) -> dict[str, Any]:
    """All indicators of a report as JSON, by their keys."""
    return {
        one.indicator.key: {
            "value": plain(one.value),
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

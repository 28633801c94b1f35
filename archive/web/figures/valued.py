"""A value of a report as every page shows it: the number, or the words for why not.

A share stands with both its numbers; of fewer than thirty these stand alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple, Protocol

from archive.catalogue import (
    FEWEST,
    FIGURES,
    INDICATORS,
    MARKS,
    Indicator,
    Status,
    ValueState,
    is_few,
)
from archive.report import Number
from archive.store import Valued
from archive.web.shown import number, plain, signed

_WHY: dict[ValueState, str] = {
    ValueState.NOT_IN_FORM: "该年格式没有这些项目",
    ValueState.MISSING: "有一项原文没有，或读不准",
    ValueState.IN_DOUBT: "有一项与其他数字矛盾",
    ValueState.OF_NOTHING: "分母为 0",
    ValueState.NO_YEAR_BEFORE: "档案中没有上年的报告",
    ValueState.YEAR_BEFORE_NOT_IN_FORM: "上年的报告不是法定格式，或其格式没有这些项目",
}
_WHY_FIGURE: dict[ValueState, str] = {
    ValueState.NOT_IN_FORM: "该年格式没有这一项",
    ValueState.MISSING: "原文没有这个数字，或读不准",
    ValueState.IN_DOUBT: "与其他数字矛盾，或有待重新读取",
    ValueState.ABOUT: "原文只说约数",
}


class Told(Protocol):
    """A value with what it is made of: one of many reports, or of one reading."""

    @property
    def value(self) -> Number | None:
        """The number, or the share; None where there is none."""

    @property
    def is_of_few(self) -> bool:
        """Whether it is a share of too few."""


def alone(one: Told) -> Number | None:
    """A value that may stand without its numerator and denominator: ranked, drawn,
    averaged, given as a number. None for a share of few as well.
    """
    return None if one.is_of_few else one.value


class ShownValue(NamedTuple):
    """A value in words; `beside` and `title` may be empty."""

    text: str
    """`1,234`, `62.5%`, `+8.0%`, `9 / 14`; where there is no value, the state."""
    beside: str
    """What stands small beside it: `45 / 72`, `印为 72`."""
    mark: str
    title: str
    """Why there is no value, or what the mark means."""
    has_value: bool


def shown_value(key: str, one: Valued) -> ShownValue:
    """The value under a key of a figure, claim or indicator."""
    if not one.state.has_value:
        return _without(key, one)
    indicator = INDICATORS.get(key)
    told = value_told(indicator, one.value, one.under)
    fraction = fraction_told(one.over, one.under)
    mark, title = "", ""
    if one.state is ValueState.INFERRED:
        mark, title = MARKS[Status.INFERRED], f"其中有{Status.INFERRED.label}的数字"
    if not told:
        few = f"不足 {FEWEST} 件，不算百分比"
        return ShownValue(fraction, "", mark, title or few, True)
    return ShownValue(told, fraction, mark, title, True)


def _without(key: str, one: Valued) -> ShownValue:
    """The state's word, and what is printed where that is known."""
    beside = ""
    if one.state is ValueState.ABOUT:
        return ShownValue(f"约 {number(one.over)}", "", "", why_not(key, one), False)
    if key not in INDICATORS and one.over is not None:
        beside = f"印为 {number(one.over)}"
    return ShownValue(one.state.label, beside, "", why_not(key, one), False)


def why_not(key: str, one: Valued) -> str:
    """Why there is no value, in a few words; empty where there is one."""
    reasons = _WHY if key in INDICATORS else _WHY_FIGURE
    return reasons.get(one.state, "")


def lack_told(state: ValueState) -> str:
    """Why an indicator has no value; empty where it has one."""
    return _WHY.get(state, "")


def value_told(
    indicator: Indicator | None, value: Number | None, under: Number | None
) -> str:
    """A number as it is written; nothing where only both numbers may stand.

    `indicator`: None for figures and claims.
    """
    is_of_few = is_few(under)
    if value is None or is_of_few:
        return ""
    if indicator is None:
        return number(value)
    if indicator.is_share:
        return percent(value, with_sign=indicator.is_growth)
    if indicator.over.minus:
        return signed(value)
    return number(value)


def fraction_told(over: Number | None, under: Number | None) -> str:
    """`45 / 72`; empty where it is no share."""
    if under is None:
        return ""
    return f"{number(over)} / {number(under)}"


def percent(share: Number, *, with_sign: bool = False) -> str:
    """`62.5%`; a difference with its sign."""
    rounded = round(Decimal(share) * 100, 1)
    return f"{signed(rounded) if with_sign else number(rounded)}%"


def as_json(key: str, one: Valued) -> dict[str, Any]:
    """A value as JSON: a public contract. `version` is that of an indicator."""
    told: dict[str, Any] = {
        "value": plain(alone(one)),
        "state": one.state.value,
        "over": plain(one.over),
        "under": plain(one.under),
    }
    if key in INDICATORS:
        told["version"] = INDICATORS[key].version
    return told


def all_as_json(values: Mapping[str, Valued] | None) -> dict[str, Any]:
    """The values that were asked for, under `values`; nothing where none was."""
    if values is None:
        return {}
    return {"values": {key: as_json(key, one) for key, one in values.items()}}


def name_of(key: str) -> str:
    """What a figure, claim or indicator is called at the head of a column.

    Raises KeyError for a key that is of none.
    """
    if key in INDICATORS:
        return INDICATORS[key].label
    return FIGURES[key].heading


def unit_of(key: str) -> str:
    """What it is counted in: 件, 条, 万元; `%` for shares."""
    if key not in INDICATORS:
        return FIGURES[key].unit
    indicator = INDICATORS[key]
    if indicator.is_share:
        return "%"
    return FIGURES[indicator.keys[0]].unit

"""The indicators of a report: definitions of the catalogue, filled with its figures.

What is blank, missing or in conflict gives no value, and never 0. The figures may come
from a reading or from the database: the rules are these, and stand nowhere else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import NamedTuple, Protocol

from archive.catalogue import (
    FORMS,
    INDICATORS,
    Indicator,
    Status,
    Sum,
    ValueState,
    is_few,
    keys,
)
from archive.report.model import Number, Report


class Counted(Protocol):
    """A number of a report with how it came about: a `Figure`, or one that is kept."""

    @property
    def value(self) -> Number | None:
        """None where nothing is printed, or it could not be read."""

    @property
    def status(self) -> Status:
        """How it came about."""


Figures = Mapping[str, Counted]


class Before(NamedTuple):
    """The report of the year before: what growth is against."""

    form: str
    figures: Figures


class Indicated(NamedTuple):
    """An indicator of a report: the two numbers, and what follows from them."""

    indicator: Indicator
    over: Number | None
    under: Number | None
    """None for a number of things as well."""
    state: ValueState = ValueState.EXACT
    cells: tuple[str, ...] = ()
    """The keys of this report's figures it is made of."""

    @property
    def value(self) -> Decimal | None:
        """The number itself, or the share (1 is all); None where the state has none."""
        if self.over is None or not self.state.has_value:
            return None
        if self.under is None:
            return Decimal(self.over)
        share = Decimal(self.over) / Decimal(self.under)
        return share - 1 if self.indicator.is_growth else share

    @property
    def is_of_few(self) -> bool:
        """Whether it is a share of so few that only both numbers may be shown."""
        return is_few(self.under)


def known_as(figure: Counted | None) -> ValueState:
    """What may be said of one figure."""
    if figure is None:
        return ValueState.MISSING
    if figure.status is Status.CONFLICT:
        return ValueState.IN_DOUBT
    if figure.value is None or figure.status is Status.MISSING:
        return ValueState.MISSING
    if figure.status is Status.INFERRED:
        return ValueState.INFERRED
    return ValueState.EXACT


_WORSE = (
    ValueState.EXACT,
    ValueState.INFERRED,
    ValueState.MISSING,
    ValueState.IN_DOUBT,
)


_EXACT, _ALL_EXACT = Status.EXACT, ValueState.EXACT
"""Names: to look up the member of an enumeration takes ten times as long, and five
thousand reports have a million figures.
"""


def together(figures: Figures, keys: Iterable[str]) -> ValueState:
    """What may be said of a sum of the figures under these keys: the worst of them."""
    worst = 0
    for key in keys:
        figure = figures.get(key)
        # Nearly all are.
        if figure and figure.status is _EXACT and figure.value is not None:
            continue
        worst = max(worst, _WORSE.index(known_as(figure)))
    return _WORSE[worst]


@dataclass(frozen=True, slots=True)
class Recipe:
    """An indicator as the figures of one form make it."""

    indicator: Indicator
    is_in_form: bool
    """Whether the form has its rows."""
    cells: tuple[str, ...]
    over: tuple[str, ...]
    """What is added; `over_less` is taken away."""
    over_less: tuple[str, ...]
    under: tuple[str, ...] = ()
    under_less: tuple[str, ...] = ()

    def filled(self, figures: Figures, before: Before | None = None) -> Indicated:
        """The indicator with these figures.

        `before`: the report of the year before, needed for a growth only; None where it
        is not held.
        """
        of = self.indicator
        if not self.is_in_form:
            return Indicated(of, None, None, ValueState.NOT_IN_FORM, self.cells)
        state = _ALL_EXACT
        over = _exact(figures, self.over, self.over_less)
        under = _exact(figures, self.under, self.under_less)
        if over is None or under is None:
            state = together(figures, self.cells)
            if not state.has_value:
                return Indicated(of, None, None, state, self.cells)
            over = _added(figures, self.over, self.over_less)
            under = _added(figures, self.under, self.under_less)
        if of.is_growth:
            return self._grown(over, state, before)
        if of.under is None:
            return Indicated(of, over, None, state, self.cells)
        return self._divided(over, under, state)

    def _grown(self, over: Number, now: ValueState, before: Before | None) -> Indicated:
        """Against the year before, of which the same is asked as its form prints it."""
        if before is None:
            lacking = ValueState.NO_YEAR_BEFORE
            return Indicated(self.indicator, over, None, lacking, self.cells)
        form, figures = before
        last = recipe(self.indicator, form)
        if not last.is_in_form:
            lacking = ValueState.YEAR_BEFORE_NOT_IN_FORM
            return Indicated(self.indicator, over, None, lacking, self.cells)
        then = together(figures, last.cells)
        if not then.has_value:
            return Indicated(self.indicator, over, None, then, self.cells)
        under = _added(figures, last.over, last.over_less)
        state = then if now is ValueState.EXACT else now
        return self._divided(over, under, state)

    def _divided(self, over: Number, under: Number, state: ValueState) -> Indicated:
        if under <= 0:
            state = ValueState.OF_NOTHING
        return Indicated(self.indicator, over, under, state, self.cells)


@cache
def recipe(indicator: Indicator, form: str) -> Recipe:
    """How an indicator is made of the figures that a form prints."""
    printed = _printed_by(form)
    cells = tuple(key for key in indicator.keys if key in printed)
    is_in_form = all(_is_there(one, printed) for one in indicator.sums)
    over, under = indicator.over, indicator.under or Sum(())
    return Recipe(
        indicator,
        is_in_form,
        cells if is_in_form else (),
        _of_form(over, printed),
        over.minus,
        _of_form(under, printed),
        under.minus,
    )


def indicated(
    indicator: Indicator, form: str, figures: Figures, before: Before | None = None
) -> Indicated:
    """An indicator for the figures of a report that follows a form; see `Recipe`."""
    return recipe(indicator, form).filled(figures, before)


def indicators_of(report: Report, before: Before | None = None) -> list[Indicated]:
    """All indicators of a report, in the order of the catalogue; see `Recipe`."""
    return [
        indicated(one, report.form, report.figures, before)
        for one in INDICATORS.values()
    ]


def _printed_by(form: str) -> frozenset[str]:
    """The keys of a form; none for a free report."""
    if form not in FORMS:
        return frozenset()
    return _PRINTED[form]


_PRINTED = {name: frozenset(keys(form)) for name, form in FORMS.items()}


def _is_there(wanted: Sum, printed: frozenset[str]) -> bool:
    """Whether a form has the rows of a sum."""
    has_all = all(key in printed for key in (*wanted.plus, *wanted.minus))
    if not wanted.split:
        return has_all
    return has_all and any(key in printed for key in wanted.split)


def _of_form(wanted: Sum, printed: frozenset[str]) -> tuple[str, ...]:
    """What is added of a sum, where a form has its rows."""
    return *wanted.plus, *(key for key in wanted.split if key in printed)


def _exact(
    figures: Figures, plus: Iterable[str], minus: Collection[str]
) -> Number | None:
    """A sum of figures, nearly always exact; None where one of them is not."""
    total: Number = 0
    for key in plus:
        figure = figures.get(key)
        if not figure or figure.status is not _EXACT or figure.value is None:
            return None
        total += figure.value
    if not minus:
        return total
    taken_off = _exact(figures, minus, ())
    return None if taken_off is None else total - taken_off


def _added(figures: Figures, plus: Iterable[str], minus: Iterable[str]) -> Number:
    """A sum of figures that are all known."""
    total: Number = 0
    for key in plus:
        value = figures[key].value
        assert value is not None
        total += value
    for key in minus:
        value = figures[key].value
        assert value is not None
        total -= value
    return total

"""The indicators of a report: definitions of the catalogue, filled with its figures.

What is blank, missing or in conflict gives no value, and never 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from archive.catalogue import FEWEST, FORMS, INDICATORS, Indicator, Status, Sum, keys
from archive.report.model import Figure, Number, Report

_SURE = (Status.EXACT, Status.INFERRED)


class Lack(StrEnum):
    """Why an indicator has no value."""

    NONE = ""
    NOT_IN_FORM = "not_in_form"
    """The form of that year has no such rows, or the report follows none."""
    MISSING = "missing"
    """A figure was not printed, or could not be read."""
    CONFLICT = "conflict"
    """A figure contradicts others of the same report."""
    OF_NOTHING = "of_nothing"
    """There was nothing of which it could be a share."""
    NO_YEAR_BEFORE = "no_year_before"
    """The report of the year before is not held."""


@dataclass(frozen=True, slots=True)
class Indicated:
    """An indicator of a report: the two numbers, and what follows from them."""

    indicator: Indicator
    over: Number | None
    under: Number | None
    """None for a number of things as well."""
    lack: Lack = Lack.NONE
    is_inferred: bool = False
    """Whether a figure of it was inferred, not read as printed."""
    cells: tuple[str, ...] = ()
    """The keys of this report's figures it is made of."""

    @property
    def value(self) -> Decimal | None:
        """The number itself, or the share (1 is all); None where there is a lack."""
        if self.lack or self.over is None:
            return None
        if self.under is None:
            return Decimal(self.over)
        share = Decimal(self.over) / Decimal(self.under)
        return share - 1 if self.indicator.is_growth else share

    @property
    def is_of_few(self) -> bool:
        """Whether it is a share of so few that only both numbers may be shown."""
        return self.under is not None and self.under < FEWEST


Figures = Mapping[str, Figure]


def indicated(
    indicator: Indicator,
    form: str,
    figures: Figures,
    before: Mapping[str, Number] | None = None,
) -> Indicated:
    """An indicator for the figures of a report that follows a form.

    `before`: what the report of the year before prints and nobody doubts; None where it
    is not held.
    """
    printed = _printed_by(form)
    cells = tuple(key for key in indicator.keys if key in printed)
    if not all(_is_there(one, printed) for one in indicator.sums):
        return Indicated(indicator, None, None, Lack.NOT_IN_FORM)
    lack = _lack(cells, figures)
    if lack:
        return Indicated(indicator, None, None, lack, cells=cells)
    is_inferred = any(figures[key].status is Status.INFERRED for key in cells)
    over = _added(indicator.over, printed, figures)
    found = Indicated(indicator, over, None, Lack.NONE, is_inferred, cells)
    if indicator.is_growth:
        return _grown(found, before)
    if indicator.under is None:
        return found
    under = _added(indicator.under, printed, figures)
    return _divided(found, under)


def _grown(now: Indicated, before: Mapping[str, Number] | None) -> Indicated:
    """Against the year before."""
    if before is None:
        return replace(now, lack=Lack.NO_YEAR_BEFORE)
    if not all(key in before for key in now.cells):
        return replace(now, lack=Lack.MISSING)
    return _divided(now, sum(before[key] for key in now.cells))


def _divided(found: Indicated, under: Number) -> Indicated:
    lack = Lack.OF_NOTHING if under <= 0 else Lack.NONE
    return replace(found, under=under, lack=lack)


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


def _lack(cells: tuple[str, ...], figures: Figures) -> Lack:
    """Why figures can't be added: the worst of them."""
    lacks = {_lack_of(figures.get(key)) for key in cells}
    for lack in (Lack.CONFLICT, Lack.MISSING):
        if lack in lacks:
            return lack
    return Lack.NONE


def _lack_of(figure: Figure | None) -> Lack:
    if figure is None:
        return Lack.MISSING
    if figure.status is Status.CONFLICT:
        return Lack.CONFLICT
    if figure.value is None or figure.status not in _SURE:
        return Lack.MISSING
    return Lack.NONE


def _added(wanted: Sum, printed: frozenset[str], figures: Figures) -> Number:
    """A sum of figures that are all known."""
    of_form = [key for key in wanted.split if key in printed]
    total = sum(_value(figures, key) for key in (*wanted.plus, *of_form))
    return total - sum(_value(figures, key) for key in wanted.minus)


def _value(figures: Figures, key: str) -> Number:
    value = figures[key].value
    assert value is not None
    return value


def indicators_of(
    report: Report, before: Mapping[str, Number] | None = None
) -> list[Indicated]:
    """All indicators of a report, in the order of the catalogue; see `indicated`."""
    return [
        indicated(one, report.form, report.figures, before)
        for one in INDICATORS.values()
    ]

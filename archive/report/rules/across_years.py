"""What a report has to agree with of the year before, of the same agency. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from archive.catalogue import APPLICANTS, BEFORE_AT, CASE, Value
from archive.report.model import Number
from archive.report.rules.rule import DOCUMENTS, Said
from archive.report.rules.summary import PROBLEMS, RECURRING, WATCHED, YearSummary

YearRule = Callable[[YearSummary, YearSummary], Iterator[Said]]
"""A year, and the year before it of the same agency."""

# Both are our own measure; no rule names one.
_LEAP = 5
"""How many times more, or less, a figure must be than the year before."""
_LARGE = 20
"""A change by fewer, or from fewer to nothing, is nothing to wonder at."""


def carried_over(year: YearSummary, previous: YearSummary) -> Iterator[Said]:
    """What a year hands on is what the next begins with, column by column."""
    for column in APPLICANTS:
        key = f"requests.carried_in.{column.key}"
        source = f"requests.carried_out.{column.key}"
        handed_on = previous.values.get(source)
        taken_up = year.values.get(key)
        if handed_on is None or taken_up is None or handed_on == taken_up:
            continue
        values: dict[str, Value] = {
            "taken": key,
            "year": previous.year,
            "handed_on": handed_on,
            "taken_up": taken_up,
            BEFORE_AT: previous.anchor(source),
        }
        yield Said(values, (key,), year.places.get(key))


def in_force(year: YearSummary, previous: YearSummary) -> Iterator[Said]:
    """Documents in force: last year's, and those issued, without those repealed.

    Where a body was merged or divided they need not fit; the check says so.
    """
    if not year.form == previous.form == "2021":
        return
    now, before = year.values, previous.values
    for row in DOCUMENTS:
        total = f"disclosure.{row}.in_force"
        issued = f"disclosure.{row}.issued"
        repealed = f"disclosure.{row}.repealed"
        if total not in before or not {total, issued, repealed} <= set(now):
            continue
        expected = before[total] + now[issued] - now[repealed]
        if now[total] != expected:
            values: dict[str, Value] = {
                "cell": total,
                "before": before[total],
                "issued": now[issued],
                "repealed": now[repealed],
                "expected": expected,
                "now": now[total],
                BEFORE_AT: previous.anchor(total),
            }
            yield Said(values, (total, issued, repealed), year.places.get(total))


def previous_items(year: YearSummary, previous: YearSummary) -> Iterator[Said]:
    """Form 2019: last year's items are those of the year before it and its change."""
    # The form of 2021 dropped these columns.
    if not year.form == previous.form == "2019":
        return
    now, before = year.values, previous.values
    for row in RECURRING:
        key = f"disclosure.{row}.previous_items"
        change = f"disclosure.{row}.item_change"
        if key not in now or not {key, change} <= set(before):
            continue
        expected = before[key] + before[change]
        if now[key] != expected:
            values: dict[str, Value] = {
                "cell": key,
                "year": previous.year,
                "before": before[key],
                "change": before[change],
                "expected": expected,
                "now": now[key],
                BEFORE_AT: previous.anchor(key),
            }
            yield Said(values, (key,), year.places.get(key))


def jumps(year: YearSummary, previous: YearSummary) -> Iterator[Said]:
    """Over five-fold more or less than the year before: perhaps so, perhaps a slip.

    A remark, no reproach: a campaign or a new duty makes such leaps too.
    """
    for key, before, now in _both_years(year, previous):
        low, high = sorted((before, now))
        is_leap = low > 0 and high > _LEAP * low
        if not is_leap or high - low < _LARGE:
            continue
        values: dict[str, Value] = {
            CASE: "up" if now > before else "down",
            "cell": key,
            "before": before,
            "now": now,
            "ratio": _ratio(now, before),
            BEFORE_AT: previous.anchor(key),
        }
        yield Said(values, (key,), year.places.get(key))


def zero_after_large(year: YearSummary, previous: YearSummary) -> Iterator[Said]:
    """Nothing where there was much the year before: perhaps so, perhaps left out."""
    for key, before, now in _both_years(year, previous):
        if now == 0 and before >= _LARGE:
            values: dict[str, Value] = {
                "cell": key,
                "before": before,
                BEFORE_AT: previous.anchor(key),
            }
            yield Said(values, (key,), year.places.get(key))


def repeated_problems(year: YearSummary, previous: YearSummary) -> Iterator[Said]:
    """Section 5 is this year's, not last year's once more."""
    if year.problems and year.problems == previous.problems:
        values: dict[str, Value] = {"section": PROBLEMS, "year": previous.year}
        yield Said(values, (), year.problems_at)


def _both_years(
    year: YearSummary, previous: YearSummary
) -> Iterator[tuple[str, Number, Number]]:
    """The watched figures that are printed in both years' reports: key, before, now."""
    for key in WATCHED:
        if key in year.values and key in previous.values:
            yield key, previous.values[key], year.values[key]


def _ratio(now: Number, before: Number) -> Decimal:
    """How much of a number there is now, to four places: 6 times, or 0.125 of it."""
    return Decimal(f"{Decimal(now) / Decimal(before):.4f}")

"""What a report has to agree with of the year before, of the same agency. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from archive.catalogue import APPLICANTS, BEFORE_AT, CASE, Value
from archive.report.model import Number, Report
from archive.report.rules.rule import DOCUMENTS, Said, sure_values, year_of

_RECURRING = ("licensing", "other_services", "penalties", "coercion", "fees")
"""Rows of form 2019 with last year's number of items and the change of this year."""
_WATCHED = (
    "disclosure.normative_documents.issued",
    "disclosure.normative_documents.in_force",
    "disclosure.licensing.decisions",
    "disclosure.penalties.decisions",
    "disclosure.coercion.decisions",
    "disclosure.fees.amount",
    "requests.new.total",
    "requests.concluded.total",
    "requests.granted.total",
    "review.total",
    "litigation_direct.total",
    "litigation_after_review.total",
)
"""Figures whose leaps are worth a remark."""
# Both are our own measure; no rule names one.
_LEAP = 5
"""How many times more, or less, a figure must be than the year before."""
_LARGE = 20
"""A change by fewer, or from fewer to nothing, is nothing to wonder at."""


def carried_over(report: Report, previous: Report | None) -> Iterator[Said]:
    """What a year hands on is what the next begins with, column by column."""
    if previous is None:
        return
    now, before = sure_values(report), sure_values(previous)
    for column in APPLICANTS:
        key = f"requests.carried_in.{column.key}"
        handed_on = before.get(f"requests.carried_out.{column.key}")
        taken_up = now.get(key)
        if handed_on is None or taken_up is None or handed_on == taken_up:
            continue
        values: dict[str, Value] = {
            "taken": key,
            "year": year_of(previous),
            "handed_on": handed_on,
            "taken_up": taken_up,
            BEFORE_AT: _anchor(previous, f"requests.carried_out.{column.key}"),
        }
        yield Said(values, (key,), report.figures[key].at)


def in_force(report: Report, previous: Report | None) -> Iterator[Said]:
    """Documents in force: last year's, and those issued, without those repealed.

    Where a body was merged or divided they need not fit; the check says so.
    """
    if previous is None or not report.form == previous.form == "2021":
        return
    now, before = sure_values(report), sure_values(previous)
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
                BEFORE_AT: _anchor(previous, total),
            }
            yield Said(values, (total, issued, repealed), report.figures[total].at)


def previous_items(report: Report, previous: Report | None) -> Iterator[Said]:
    """Form 2019: last year's items are those of the year before it and its change."""
    # The form of 2021 dropped these columns.
    if previous is None or not report.form == previous.form == "2019":
        return
    now, before = sure_values(report), sure_values(previous)
    for row in _RECURRING:
        key = f"disclosure.{row}.previous_items"
        change = f"disclosure.{row}.item_change"
        if key not in now or not {key, change} <= set(before):
            continue
        expected = before[key] + before[change]
        if now[key] != expected:
            values: dict[str, Value] = {
                "cell": key,
                "year": year_of(previous),
                "before": before[key],
                "change": before[change],
                "expected": expected,
                "now": now[key],
                BEFORE_AT: _anchor(previous, key),
            }
            yield Said(values, (key,), report.figures[key].at)


def jumps(report: Report, previous: Report | None) -> Iterator[Said]:
    """Over five-fold more or less than the year before: perhaps so, perhaps a slip.

    A remark, no reproach: a campaign or a new duty makes such leaps too.
    """
    for key, before, now in _both_years(report, previous):
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
            BEFORE_AT: _anchor(previous, key),
        }
        yield Said(values, (key,), report.figures[key].at)


def zero_after_large(report: Report, previous: Report | None) -> Iterator[Said]:
    """Nothing where there was much the year before: perhaps so, perhaps left out."""
    for key, before, now in _both_years(report, previous):
        if now == 0 and before >= _LARGE:
            values: dict[str, Value] = {
                "cell": key,
                "before": before,
                BEFORE_AT: _anchor(previous, key),
            }
            yield Said(values, (key,), report.figures[key].at)


def _anchor(previous: Report | None, key: str) -> str:
    """Where last year's number is printed, for the link of a finding; or empty."""
    figure = previous.figures.get(key) if previous else None
    if figure and figure.at:
        return figure.at.anchor
    return ""


def _both_years(
    report: Report, previous: Report | None
) -> Iterator[tuple[str, Number, Number]]:
    """The watched figures that are printed in both years' reports: key, before, now."""
    if previous is None:
        return
    now, before = sure_values(report), sure_values(previous)
    for key in _WATCHED:
        if key in now and key in before:
            yield key, before[key], now[key]


def _ratio(now: Number, before: Number) -> Decimal:
    """How much of a number there is now, to four places: 6 times, or 0.125 of it."""
    return Decimal(f"{Decimal(now) / Decimal(before):.4f}")

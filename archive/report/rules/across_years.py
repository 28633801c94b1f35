"""What a report has to agree with of the year before, of the same agency. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from archive.catalogue import APPLICANTS, FIGURES, FORMS
from archive.report.model import Number, Report
from archive.report.rules.rule import DOCUMENTS, Said, plain_number, sure_values

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
        message = (
            f"“{column.title}”一列：{previous.year} 年报告结转下年度 {handed_on}，"
            f"本报告上年结转 {taken_up}，两者不等。"
        )
        yield Said(message, (key,), report.figures[key].at)


def in_force(report: Report, previous: Report | None) -> Iterator[Said]:
    """Documents in force: last year's, and those issued, without those repealed.

    Where a body was merged or divided they need not fit; the check says so.
    """
    if previous is None or not report.form == previous.form == "2021":
        return
    now, before = sure_values(report), sure_values(previous)
    for row, title in DOCUMENTS:
        total = f"disclosure.{row}.in_force"
        issued = f"disclosure.{row}.issued"
        repealed = f"disclosure.{row}.repealed"
        if total not in before or not {total, issued, repealed} <= set(now):
            continue
        expected = before[total] + now[issued] - now[repealed]
        if now[total] != expected:
            message = (
                f"{title}：上年现行有效 {before[total]} ＋ 本年制发 {now[issued]} "
                f"－ 本年废止 {now[repealed]} ＝ {expected}，"
                f"本报告现行有效 {now[total]}，两者不等。"
            )
            yield Said(message, (total, issued, repealed), report.figures[total].at)


def previous_items(report: Report, previous: Report | None) -> Iterator[Said]:
    """Form 2019: last year's items are those of the year before it and its change."""
    # The form of 2021 dropped these columns.
    if previous is None or not report.form == previous.form == "2019":
        return
    now, before = sure_values(report), sure_values(previous)
    titles = _row_titles()
    for row in _RECURRING:
        key = f"disclosure.{row}.previous_items"
        change = f"disclosure.{row}.item_change"
        if key not in now or not {key, change} <= set(before):
            continue
        expected = before[key] + before[change]
        if now[key] != expected:
            message = (
                f"{titles[row]}：{previous.year} 年报告上一年项目数量 {before[key]}、"
                f"本年增/减 {before[change]}，合计 {expected}，"
                f"本报告上一年项目数量 {now[key]}，两者不等。"
            )
            yield Said(message, (key,), report.figures[key].at)


def _row_titles() -> dict[str, str]:
    """Row key → its official words, of table 2 of form 2019."""
    blocks = FORMS["2019"].disclosures
    return {row.key: row.title for block in blocks for row in block.rows}


def jumps(report: Report, previous: Report | None) -> Iterator[Said]:
    """Over five-fold more or less than the year before: perhaps so, perhaps a slip.

    A remark, no reproach: a campaign or a new duty makes such leaps too.
    """
    for key, before, now in _both_years(report, previous):
        low, high = sorted((before, now))
        is_leap = low > 0 and high > _LEAP * low
        if not is_leap or high - low < _LARGE:
            continue
        direction = "增至" if now > before else "降至"
        message = (
            f"{FIGURES[key].spoken}：上年报告为 {plain_number(before)}，"
            f"本报告为 {plain_number(now)}，{direction}上年的{_ratio(now, before)}。"
        )
        yield Said(message, (key,), report.figures[key].at)


def zero_after_large(report: Report, previous: Report | None) -> Iterator[Said]:
    """Nothing where there was much the year before: perhaps so, perhaps left out."""
    for key, before, now in _both_years(report, previous):
        if now == 0 and before >= _LARGE:
            name = FIGURES[key].spoken
            message = f"{name}：上年报告为 {plain_number(before)}，本报告为 0。"
            yield Said(message, (key,), report.figures[key].at)


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


def _ratio(now: Number, before: Number) -> str:
    """How much of a number there is now: 6.0 倍, 12.5%."""
    times = now / before
    return f" {times:.1f} 倍" if times >= 1 else f" {100 * times:.1f}%"

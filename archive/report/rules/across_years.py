"""What a report has to agree with of the same agency's report of the year before. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from archive.catalogue import APPLICANTS, FORMS
from archive.report.model import Number, Report
from archive.report.rules.one_report import DOCUMENTS, Said, plain_number, sure_values

_RECURRING = ("licensing", "other_services", "penalties", "coercion", "fees")
_COMPARED = (
    ("disclosure.normative_documents.issued", "行政规范性文件本年制发件数"),
    ("disclosure.normative_documents.in_force", "行政规范性文件现行有效件数"),
    ("disclosure.licensing.decisions", "行政许可处理决定数量"),
    ("disclosure.penalties.decisions", "行政处罚处理决定数量"),
    ("disclosure.coercion.decisions", "行政强制处理决定数量"),
    ("disclosure.fees.amount", "行政事业性收费金额（万元）"),
    ("requests.new.total", "本年新收申请总数"),
    ("requests.concluded.total", "办理结果总数"),
    ("requests.granted.total", "予以公开总数"),
    ("review.total", "行政复议总数"),
    ("litigation_direct.total", "未经复议直接起诉总数"),
    ("litigation_after_review.total", "复议后起诉总数"),
)
_FOLD = 5
_LARGE = 20
"""A change by fewer, or from fewer to nothing, is nothing to wonder at."""


def carried_over(report: Report, previous: Report | None) -> Iterator[Said]:
    """What a year hands on is what the next begins with."""
    if previous is None:
        return
    now, before = sure_values(report), sure_values(previous)
    for column in APPLICANTS:
        key, from_key = (
            f"requests.carried_in.{column.key}",
            f"requests.carried_out.{column.key}",
        )
        if key in now and from_key in before and now[key] != before[from_key]:
            message = (
                f"“{column.title}”一列：{previous.year} 年报告结转下年度 "
                f"{before[from_key]}，"
                f"本报告上年结转 {now[key]}，两者不等。"
            )
            yield Said(message, (key,), report.figures[key].at)


def in_force(report: Report, previous: Report | None) -> Iterator[Said]:
    """Documents in force: last year's, and those issued, without those repealed."""
    if previous is None or not report.form == previous.form == "2021":
        return
    now, before = sure_values(report), sure_values(previous)
    for row, title in DOCUMENTS:
        total, issued, repealed = (
            f"disclosure.{row}.{column}"
            for column in ("in_force", "issued", "repealed")
        )
        if total not in before or not {total, issued, repealed} <= set(now):
            continue
        expected = before[total] + now[issued] - now[repealed]
        if now[total] != expected:
            terms = (
                f"上年现行有效 {before[total]} ＋ 本年制发 {now[issued]} － 本年废止 "
                f"{now[repealed]}"
            )
            message = (
                f"{title}：{terms} ＝ {expected}，本报告现行有效 {now[total]}，"
                "两者不等。"
            )
            yield Said(message, (total, issued, repealed), report.figures[total].at)


def previous_items(report: Report, previous: Report | None) -> Iterator[Said]:
    """Form 2019: the items of the year before are those of the year before it and its
    change.
    """
    if previous is None or not report.form == previous.form == "2019":
        return
    now, before = sure_values(report), sure_values(previous)
    titles = {
        row.key: row.title for block in FORMS["2019"].disclosures for row in block.rows
    }
    for row in _RECURRING:
        key, change = (
            f"disclosure.{row}.previous_items",
            f"disclosure.{row}.item_change",
        )
        if (
            key in now
            and {key, change} <= set(before)
            and now[key] != before[key] + before[change]
        ):
            message = (
                f"{titles[row]}：{previous.year} 年报告上一年项目数量 "
                f"{before[key]}、本年增/减 {before[change]}，"
                f"合计 {before[key] + before[change]}，"
                f"本报告上一年项目数量 {now[key]}，两者不等。"
            )
            yield Said(message, (key,), report.figures[key].at)


def jumps(report: Report, previous: Report | None) -> Iterator[Said]:
    """Over five-fold more or less than the year before: perhaps so, perhaps a slip; a
    remark, no reproach.
    """
    for key, title, before, now in _both_years(report, previous):
        low, high = sorted((before, now))
        if low > 0 and high > _FOLD * low and high - low >= _LARGE:
            message = (
                f"{title}：上年报告为 {plain_number(before)}，"
                f"本报告为 {plain_number(now)}，"
                f"{'增至' if now > before else '降至'}上年的{_ratio(now, before)}。"
            )
            yield Said(message, (key,), report.figures[key].at)


def zero_after_large(report: Report, previous: Report | None) -> Iterator[Said]:
    """Nothing where there was much the year before: perhaps so, perhaps left out."""
    for key, title, before, now in _both_years(report, previous):
        if now == 0 and before >= _LARGE:
            message = f"{title}：上年报告为 {plain_number(before)}，本报告为 0。"
            yield Said(message, (key,), report.figures[key].at)


def _both_years(
    report: Report, previous: Report | None
) -> Iterator[tuple[str, str, Number, Number]]:
    """The compared figures that are printed in both years' reports: key, title, before,
    now.
    """
    if previous is None:
        return
    now, before = sure_values(report), sure_values(previous)
    for key, title in _COMPARED:
        if key in now and key in before:
            yield key, title, before[key], now[key]


def _ratio(now: Number, before: Number) -> str:
    times = now / before
    return f" {times:.1f} 倍" if times >= 1 else f" {100 * times:.1f}%"

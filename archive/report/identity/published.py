"""When a report was published, and who says so. Pure.

The rule of precedence, the surest first:

1 stated  发布日期, 发布时间, 公开日期 printed with the text or on the page. Visitors
          see it, and the portal is answerable for it (国办发〔2017〕47号 asks for it
          under every title).
2 page    the meta tag PubDate. It is written by the software and seen by nobody; after
          a move to other software it names the day of the move.
3 list    the day beside the link in the list, or on the page that a file hangs on.
4 page    any other day that the page prints: 日期, 时间, a date alone under the title,
          at last 更新日期, which changes with every repair.
5 signed  the day under the signature, 成文日期, 发文日期: the report was written then,
          and published on that day or later. It proves no punctuality.

That two of these differ is no fault of the report. A report is published after its
year: an earlier day, or one more than ten years later, is passed over and doubted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from archive.catalogue import CASE, PublishedFrom, Value
from archive.report.dates import find_date, is_date, leading_date
from archive.report.document import Table
from archive.report.identity.first_and_last import ending_of, lines_of
from archive.report.identity.info_lines import (
    Dates,
    Told,
    dates_in_lines,
    dates_in_table,
)
from archive.report.model import Finding, Hints, Section
from archive.report.outline import agency_in_line

_UNDER_THE_TITLE = 4
"""Lines under the title in which a date alone can stand."""
_FURNITURE_LINES = 10
"""How far down the portal prints when a page was published."""
_TABLES = 3
"""So many blocks may stand above a block of labels that is laid out as a table."""
_LATEST = 10
"""Years after the year reported on: a later day is that of a move, or misprinted."""
_REMARK = 1
_BRACKETS = ("（", "(")


class Dated(NamedTuple):
    """A day that may be the publication's, and whence it is."""

    day: date
    source: PublishedFrom
    is_update: bool = False


def publication_dates(
    sections: Sequence[Section],
    hints: Hints,
    meta: Mapping[str, str],
    title_lines: Sequence[str] = (),
) -> list[Dated]:
    """The days that may be that of publication, by the rule of precedence.

    In: the sections; what the list page says (`hints`); the page's own metadata
    (`meta`, keys `published`, `pubdate`, `dated`, `updated`, `written`); the lines of
    the title, with which a portal's line may have run together.
    """
    above = lines_of(sections[:1])[:_FURNITURE_LINES]
    told = dates_in_lines([*title_lines, *above])
    told += _in_tables(sections)
    told += [one for one in dates_in_lines(ending_of(sections)) if _is_sure(one)]
    told += _in_meta(meta)
    told += _in_title(title_lines)
    alone = [line for line in above[:_UNDER_THE_TITLE] if is_date(line)]
    pubdate = leading_date(meta.get("pubdate", ""))
    return [
        *_of(told, Dates.PUBLISHED, PublishedFrom.STATED),
        *([Dated(pubdate, PublishedFrom.PAGE)] if pubdate else []),
        *([Dated(hints.published, PublishedFrom.LIST)] if hints.published else []),
        *_of(told, Dates.DATED, PublishedFrom.PAGE),
        *_alone(alone, PublishedFrom.PAGE),
        *_of(told, Dates.UPDATED, PublishedFrom.PAGE),
        *_signed(sections),
        *_of(told, Dates.WRITTEN, PublishedFrom.SIGNED),
        *_alone(alone, PublishedFrom.SIGNED),
    ]


def _in_title(lines: Sequence[str]) -> list[Told]:
    """The day that has run together with the title: …年度报告 2024-01-18."""
    days = filter(None, map(find_date, lines))
    return [Told(Dates.DATED, day) for day in days]


def _in_tables(sections: Sequence[Section]) -> list[Told]:
    """The days of a block of labels above the text that is laid out as a table."""
    blocks = sections[0].blocks[:_TABLES] if sections else ()
    told: list[Told] = []
    for block in blocks:
        if isinstance(block, Table):
            told += dates_in_table(block)
    return told


def _in_meta(meta: Mapping[str, str]) -> list[Told]:
    """The days that a page's block of metadata prints."""
    told = []
    for means in Dates:
        printed = meta.get(means.value, "")
        day = leading_date(printed) if printed else None
        if day:
            told.append(Told(means, day))
    return told


def _is_sure(told: Told) -> bool:
    """Below a report 日期 can be of anything: only the label of publication counts."""
    return told.means is Dates.PUBLISHED


def _of(told: Sequence[Told], means: Dates, source: PublishedFrom) -> list[Dated]:
    """The days under labels of one meaning."""
    is_update = means is Dates.UPDATED
    return [Dated(one.day, source, is_update) for one in told if one.means is means]


def _alone(lines: Sequence[str], source: PublishedFrom) -> list[Dated]:
    """The days that stand alone under the title.

    Those in brackets are the report's own, as under a signature; others the page's.
    """
    found = []
    for line in lines:
        is_in_brackets = line.startswith(_BRACKETS)
        is_own = source is PublishedFrom.SIGNED
        day = leading_date(line)
        if day and is_in_brackets == is_own:
            found.append(Dated(day, source))
    return found


def _signed(sections: Sequence[Section]) -> list[Dated]:
    """The days under the signature, the last first."""
    lines = filter(_dates_the_signature, reversed(ending_of(sections)))
    days = filter(None, map(find_date, lines))
    return [Dated(day, PublishedFrom.SIGNED) for day in days]


def _dates_the_signature(line: str) -> bool:
    """Whether a line is a date alone, or agency and date in one.

    示例市商务局 2024年1月19日 and （2024年1月19日） are.
    """
    return is_date(line) or bool(agency_in_line(line))


def publication(
    dates: Sequence[Dated], year: int | None
) -> tuple[Dated | None, list[Finding]]:
    """The day of publication of a report for a year, and what is doubtful about it.

    The first of `dates` that can be. Where the year is not known all can.
    """
    possible = [one for one in dates if _can_be(one.day, year)]
    chosen = possible[0] if possible else None
    if dates and chosen is not dates[0]:
        return chosen, [_impossible(dates[0].day, chosen, year)]
    if chosen and chosen.is_update:
        told: dict[str, Value] = {CASE: "update", "day": chosen.day.isoformat()}
        return chosen, [Finding("publication_unsure", told, weight=_REMARK)]
    return chosen, []


def _can_be(day: date, year: int | None) -> bool:
    return year is None or year < day.year <= year + _LATEST


def _impossible(day: date, chosen: Dated | None, year: int | None) -> Finding:
    """The doubt where the surest date cannot be that of this report."""
    told: dict[str, Value] = {
        CASE: "dropped",
        "day": day.isoformat(),
        "year": year or 0,
    }
    if chosen:
        told |= {CASE: "replaced", "taken": chosen.day.isoformat()}
    return Finding("publication_unsure", told)

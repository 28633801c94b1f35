"""How sources are, and what needs a person: pure, so that a calendar can be handed in.

A source that fails says so itself. One that is *stale* says nothing: it was well when
it was last looked at, and has not been for long, or goes on answering and gives no
report where it gave one every year.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from archive.catalogue.collected.schedule import CHINA, is_season
from archive.catalogue.states import Labelled

INTERVALS = 3
"""So many intervals without a success make a source stale."""
YEAR = timedelta(days=365)
STEADY_YEARS = 3
"""A source that gave reports for so many years in a row is taken to give one each."""
OLDEST_GAP = 4
"""Years back up to which the newest report may lie: what stopped before has ended."""
WEEKLY_AFTER, MONTHLY_AFTER = timedelta(days=90), timedelta(days=730)
"""Ages from which runs that found nothing new are kept one a week, one a month."""


class Stale(Labelled):
    """Why a source is stale."""

    NO_SUCCESS = "no_success", "很久没有采集成功"
    # It answers as ever, and what it gives is what it gave.
    NOTHING_NEW = "nothing_new", "往年都有新报告，一年来没有"


class Need(Labelled):
    """What needs a person, the worst first."""

    WORKER = "worker", "后台进程停止"
    AUDIT = "audit", "核验发现问题"
    UNSENT = "unsent", "摘要未能发出"
    # Most pages of a source are gone at once, and nothing is believed of it.
    VANISHED = "vanished", "网页成批消失，待确认"
    PAUSED = "paused", "自动暂停"
    FAILING = "failing", "采集失败"
    INCOMPLETE = "incomplete", "列表不完整"
    STALE = "stale", "久无更新"
    HELD = "held", "内容变少，待核定"


OF_SOURCES = (Need.VANISHED, Need.PAUSED, Need.FAILING, Need.INCOMPLETE, Need.STALE)
"""Needs that are of a source."""


def season_begin(moment: datetime) -> datetime:
    """When the year of a moment began in China, and with it the season."""
    return datetime(moment.astimezone(CHINA).year, 1, 1, tzinfo=CHINA)


def staleness(
    moment: datetime,
    season_hours: int,
    rest_hours: int,
    last_success_at: datetime | None,
    last_new_at: datetime | None,
    years_given: int,
) -> Stale | None:
    """Why a source is stale that was well when last looked at; None where it is not.

    What was never looked at with success is new, or failing. In the season its denser
    interval counts from the first of January on. `years_given`: see `years_in_a_row`.
    """
    if last_success_at is None:
        return None
    rest = INTERVALS * timedelta(hours=rest_hours)
    if last_success_at + rest < moment:
        return Stale.NO_SUCCESS
    if not is_season(moment):
        return None
    counted_from = max(last_success_at, season_begin(moment))
    if counted_from + INTERVALS * timedelta(hours=season_hours) < moment:
        return Stale.NO_SUCCESS
    has_news = last_new_at is not None and last_new_at + YEAR >= moment
    if years_given >= STEADY_YEARS and not has_news:
        return Stale.NOTHING_NEW
    return None


def years_in_a_row(years: Iterable[int], moment: datetime) -> int:
    """How many report years in a row end with the newest one that a source gave; none
    where that lies too far back.
    """
    known = set(years)
    newest = max(known, default=0)
    if newest < moment.astimezone(CHINA).year - OLDEST_GAP:
        return 0
    first = newest
    while first - 1 in known:
        first -= 1
    return newest - first + 1


# What is kept of the history of a source.


def period_of(at: datetime, moment: datetime) -> str:
    """The time of which one quiet run is kept: `2026-W07`, `2024-02`; empty for a
    younger run, which is kept anyway.
    """
    age = moment - at
    if age <= WEEKLY_AFTER:
        return ""
    if age <= MONTHLY_AFTER:
        year, week, _ = at.astimezone(CHINA).isocalendar()
        return f"{year}-W{week:02}"
    return at.astimezone(CHINA).strftime("%Y-%m")


def surplus(quiet: Iterable[tuple[int, datetime]], moment: datetime) -> list[int]:
    """The numbers of quiet runs of one source that need not be kept: all but the last
    of each period.

    `quiet`: number and end of each run that found nothing new and nothing wrong.
    """
    last: dict[str, int] = {}
    given_up = []
    for number, at in sorted(quiet, key=lambda one: (one[1], one[0])):
        period = period_of(at, moment)
        if not period:
            continue
        if period in last:
            given_up.append(last[period])
        last[period] = number
    return given_up

"""When a source and its pages are looked at again: pure, so that a calendar can be
handed in.

Reports of a year are due on 31 January, and most stand on the portals by the end of
April; that is the season. In the other months little is published, and what was
published is seldom changed.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

CHINA = timezone(timedelta(hours=8))
"""One time for the whole country, without summer time since 1992."""
SEASON_HOURS, REST_HOURS = 24, 336
"""Hours between two looks at a source, where nobody has said otherwise."""
LONGEST_HOURS = 8760
PATIENT_FAILURES = 5
"""Failed runs in a row after which a source pauses itself."""
RETRIES = (
    timedelta(minutes=30),
    timedelta(hours=3),
    timedelta(hours=12),
    timedelta(days=2),
    timedelta(days=4),
    timedelta(days=7),
)
"""Pauses after the first failure, the second and so on; the last for all others."""
SHORTEST_LOOK, LONGEST_LOOK = timedelta(days=1), timedelta(days=180)
_LAST_MONTH = 4
_HOUR = timedelta(hours=1)
_GOLDEN = 0.6180339887498949
"""Multiples of the golden ratio lie evenly in a circle, however many there are."""


def is_season(moment: datetime) -> bool:
    """Whether a moment lies in the season: January to April, by the time of China."""
    return moment.astimezone(CHINA).month <= _LAST_MONTH


def next_season(moment: datetime) -> datetime:
    """When the next season begins that has not begun yet."""
    year = moment.astimezone(CHINA).year + 1
    return datetime(year, 1, 1, tzinfo=CHINA)


def next_visit(
    source_id: int, season_hours: int, rest_hours: int, moment: datetime
) -> datetime:
    """When a source that was looked at is looked at again.

    Each source has a slot of its own in the hours, by its number, so that thousands
    are not due in the same minute: the next slot that is at least half the hours away.
    Out of season it is never later than the beginning of the next season, or than
    `season_hours` from now where that is nearer.
    """
    dense = _slot(source_id, season_hours, moment)
    if is_season(moment):
        return dense
    sparse = _slot(source_id, rest_hours, moment)
    day_before = next_season(moment) - _share(source_id) * season_hours * _HOUR
    if day_before > moment:
        return min(sparse, day_before)
    # On the last day before the season its hours hold already.
    return min(sparse, dense)


def next_look(looks: int, moment: datetime, published: date | None = None) -> datetime:
    """When a page is asked for again that shows what it showed.

    `looks`: how many in a row found nothing changed, 0 after a change. One day, then
    twice as long each time, up to half a year. Silent edits come soon after
    publication: a page is never left alone for more than half its age.
    """
    doublings = min(max(looks, 0), LONGEST_LOOK.days.bit_length())
    pause = min(SHORTEST_LOOK * (1 << doublings), LONGEST_LOOK)
    if published is None:
        return moment + pause
    age = moment.astimezone(CHINA).date() - published
    # A date to come is a slip of the portal.
    if age >= timedelta():
        pause = min(pause, max(age / 2, SHORTEST_LOOK))
    return moment + pause


def retry_at(failures: int, moment: datetime) -> datetime:
    """When something is tried again that has failed so many times in a row."""
    at = min(max(failures, 1), len(RETRIES)) - 1
    return moment + RETRIES[at]


def _slot(source_id: int, hours: int, moment: datetime) -> datetime:
    """The next moment that belongs to a source, at least half the hours from now."""
    seconds = hours * 3600
    earliest = moment.timestamp() + seconds / 2
    phase = _share(source_id) * seconds
    since = (earliest - phase) % seconds
    wait = seconds / 2 + (seconds - since) % seconds
    return moment + timedelta(seconds=wait)


def _share(source_id: int) -> float:
    """Which part of any time is a source's own: from 0 to just below 1."""
    return source_id * _GOLDEN % 1

"""Which sources are stale, as the rule of `archive.catalogue.health` has it, said for
all of them in one question.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, and_, extract, false, or_, select
from sqlalchemy.orm import Session

from archive.catalogue import health, schedule
from archive.store.rows import FilingRow, PageRow, SourceRow, VersionRow

_HOUR = 3600


def staleness_of(source: SourceRow, moment: datetime) -> health.Stale | None:
    """Why a source is stale, its latest run having been well; None where it is not."""
    return health.staleness(
        moment,
        source.season_hours,
        source.rest_hours,
        source.last_success_at,
        source.last_new_at,
        source.years_given,
    )


def is_stale(moment: datetime) -> ColumnElement[bool]:
    """The same as a column."""
    # Seconds since 1970: the two databases reckon with moments differently.
    seconds = moment.timestamp()
    success = extract("epoch", SourceRow.last_success_at)
    most_rest = health.INTERVALS * _HOUR * SourceRow.rest_hours
    is_long_ago = success + most_rest < seconds
    return and_(
        SourceRow.last_success_at.is_not(None),
        or_(is_long_ago, _is_stale_in_season(moment)),
    )


def _is_stale_in_season(moment: datetime) -> ColumnElement[bool]:
    if not schedule.is_season(moment):
        return false()
    seconds, begin = moment.timestamp(), health.season_begin(moment).timestamp()
    success = extract("epoch", SourceRow.last_success_at)
    most = health.INTERVALS * _HOUR * SourceRow.season_hours
    is_late = and_(success + most < seconds, begin + most < seconds)
    has_news = and_(
        SourceRow.last_new_at.is_not(None),
        SourceRow.last_new_at >= moment - health.YEAR,
    )
    is_steady = SourceRow.years_given >= health.STEADY_YEARS
    return or_(is_late, and_(is_steady, ~has_news))


def note_years(session: Session, source_id: int, moment: datetime) -> None:
    """Notes how many years in a row a source has given reports for."""
    years = (
        select(FilingRow.year)
        .join(VersionRow, VersionRow.filing_id == FilingRow.id)
        .join(PageRow, PageRow.version_id == VersionRow.id)
        .where(PageRow.source_id == source_id)
        .distinct()
    )
    in_a_row = health.years_in_a_row(session.scalars(years), moment)
    session.get_one(SourceRow, source_id).years_given = in_a_row

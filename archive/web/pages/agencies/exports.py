"""The list taken home: a row an agency, with the numbers that are asked for."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Response, request

from archive.store import (
    AgencyWish,
)
from archive.store import agencies as questions
from archive.web import export
from archive.web.addresses import (
    address_again,
    whole_number,
)
from archive.web.current import current_archive
from archive.web.pages.agencies.asked import wish_of

LAST_YEAR = 2100


def agencies_export(kind: str) -> Response:
    """The whole list, a row an agency; where `figure` names numbers, with those of the
    year asked for, or of each agency's newest report.
    """
    wish, ask, keys, year = _exported("agencies.agencies_export", kind=kind)
    with current_archive().store.asking() as session:
        found = questions.ids(session, wish)
    name = export.file_name("机关", _words(wish, year), ask.at)
    return export.agency_list(kind, name, found, keys, year, ask)


def agencies_definitions() -> Response:
    """What the columns of the same export mean, for which question and when."""
    wish, ask, keys, year = _exported("agencies.agencies_export", kind="csv")
    with current_archive().store.asking() as session:
        total = len(questions.ids(session, wish))
    rows = export.agency_definitions(ask, total, keys)
    name = export.file_name("机关说明", _words(wish, year), ask.at)
    return export.definitions_file(name, rows)


def choose_export() -> str:
    """The form that chooses what to take home, and how much it will be."""
    wish, ask, keys, year = _exported("agencies.agencies_export", kind="csv")
    with current_archive().store.asking() as session:
        found = questions.ids(session, wish)
        expected = export.expected_agencies(session, found, keys, year)
    return export.form("agencies.agencies", ask, expected, keys)


def _exported(
    endpoint: str, **values: str
) -> tuple[AgencyWish, export.Question, tuple[str, ...], int | None]:
    """What an export of the list answers, with which numbers, of which year."""
    wish = wish_of(request.args)
    year = whole_number(request.args.get("year", ""), LAST_YEAR)
    keys, unknown = export.keys_asked(request.args, ())
    where = current_archive().settings.public_url + address_again(endpoint, **values)
    told = "；".join(_words(wish, year)) or "全部机关"
    return wish, export.Question(told, where, datetime.now(UTC), unknown), keys, year


def _words(wish: AgencyWish, year: int | None) -> list[str]:
    """What is asked for, in words."""
    numbers = f"{year}年度的数字" if year else ""
    of_bodies = export.narrowed(wish.region, wish.level, wish.sector)
    return list(filter(None, (wish.name, *of_bodies, numbers)))

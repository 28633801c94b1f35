"""The figures and claims of many reports with how each came about.

The typed columns keep the number that is printed; what is unsure of it stands in a row
of `unsure`. Together they say what the reading says, without one being opened.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, aliased

from archive.catalogue import FIGURES, Status
from archive.report import Before
from archive.store.database import plain_rows
from archive.store.figures.typed import Value, stored, with_parts
from archive.store.rows import (
    ALL_KEYS,
    HEDGED,
    UNREAD,
    FilingRow,
    UnsureRow,
    VersionRow,
    among,
)

MOST_NAMED = 100
"""More keys than these are not named in a question: all of a version is asked for."""


class Known(NamedTuple):
    """A number as it is kept: a `Counted` of `archive.report`."""

    value: Value
    status: Status
    is_hedged: bool = False
    """Whether the text says 余, 多, 左右, 以上: a claim that is no exact number."""


Knowns = dict[int, dict[str, Known]]
"""Version → key → what is kept; a key that no row keeps is left out."""


def known(session: Session, version_ids: Sequence[int], keys: Iterable[str]) -> Knowns:
    """Figures and claims of some hundred versions; our sums are left to their parts."""
    records = with_parts([FIGURES[key] for key in keys])
    wanted = [record.key for record in records]
    unsure = _unsure(session, version_ids, wanted)
    found: Knowns = {version_id: {} for version_id in version_ids}
    # Most cells of most reports are small numbers, and many the same.
    usual: dict[Value, Known] = {}
    for version_id, told, values in stored(session, version_ids, records):
        here, doubts = found[version_id], unsure.get(version_id)
        for key, value in zip(told, values, strict=True):
            if doubts is None:
                here[key] = usual.get(value) or usual.setdefault(value, _usual(value))
            else:
                here[key] = _as_told(value, doubts.get(key) or doubts.get(ALL_KEYS))
    return found


def _usual(value: Value) -> Known:
    return _MISSING if value is None else Known(value, Status.EXACT)


_MISSING = Known(None, Status.MISSING)


def _as_told(value: Value, told: str | None) -> Known:
    """A number of which something is said: nothing, if only of others."""
    if told is None:
        return _usual(value)
    if told == HEDGED:
        return Known(value, Status.EXACT, is_hedged=True)
    if told == UNREAD:
        # Whatever the column keeps, nobody can say how it came about.
        return Known(value, Status.CONFLICT)
    return Known(value, Status(told))


def _unsure(
    session: Session, version_ids: Sequence[int], keys: Sequence[str]
) -> dict[int, dict[str, str]]:
    """Version → key → status, of versions of which anything asked for is unsure."""
    question = _all_unsure()
    asked: dict[str, Sequence[int] | Sequence[str]] = {"ids": version_ids}
    if len(keys) <= MOST_NAMED:
        question = _some_unsure()
        asked["keys"] = [*keys, ALL_KEYS]
    found: dict[int, dict[str, str]] = {}
    for version_id, key, status in plain_rows(session, question, asked):
        found.setdefault(version_id, {})[key] = status
    return found


@cache
def _all_unsure() -> Select[*tuple[Any, ...]]:
    """Version, key and status of all that is unsure of some versions."""
    question = select(UnsureRow.version_id, UnsureRow.key, UnsureRow.status)
    return question.where(among(UnsureRow.version_id, "ids"))


@cache
def _some_unsure() -> Select[*tuple[Any, ...]]:
    """The same of some keys."""
    is_asked = among(UnsureRow.key, "keys")
    return _all_unsure().where(is_asked)


def years_before(
    session: Session, version_ids: Sequence[int]
) -> dict[int, tuple[int, str]]:
    """Version → the current version of the same agency for the year before, if any, and
    its form.
    """
    rows = plain_rows(session, _years_before(), {"ids": version_ids})
    return {now: (before, form) for now, before, form in rows}


@cache
def _years_before() -> Select[*tuple[Any, ...]]:
    """Version, and the current one of the year before it, with its form."""
    this, last = aliased(FilingRow), aliased(FilingRow)
    now, before = aliased(VersionRow), aliased(VersionRow)
    is_before = (last.agency_id == this.agency_id) & (last.year == this.year - 1)
    return (
        select(now.id, before.id, before.form)
        .join(this, this.id == now.filing_id)
        .join(last, is_before)
        .join(before, (before.filing_id == last.id) & before.current)
        .where(among(now.id, "ids"))
    )


def knowns_before(
    session: Session, version_ids: Sequence[int], keys: Iterable[str]
) -> dict[int, Before]:
    """Version → the report of the year before; versions without one are left out."""
    before = years_before(session, version_ids)
    found = known(session, list(dict.fromkeys(one for one, _ in before.values())), keys)
    return {now: Before(form, found[last]) for now, (last, form) in before.items()}


def year_before(
    session: Session, version_id: int, keys: Iterable[str]
) -> Before | None:
    """The report before one with its figures, as `Recipe.filled` takes them.

    None where the archive holds no report of that agency for the year before.
    """
    return knowns_before(session, [version_id], keys).get(version_id)

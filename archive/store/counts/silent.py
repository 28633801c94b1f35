"""The governments that nothing is known of but that they should report: without rows.

Most governments of the country have no report here, no source, nothing that was named
somewhere. What a row would say of them the divisions and the calendar say as well. So
it is only noted which ones they are, a bit each, and on which day that was counted.
"""

from __future__ import annotations

import base64
import zlib
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np
from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from archive.catalogue import COVERED_SINCE, duties
from archive.regions import SAMPLES, Government, governments, is_of_samples
from archive.store.counts.packed import places
from archive.store.counts.roster import OF_GOVERNMENTS, of_division
from archive.store.counts.states import signs_of
from archive.store.counts.tallies import groups
from archive.store.database import plain_rows
from archive.store.rows import CountRow, ReporterRow

COUNTED, SILENT = "expected", "silent"
"""Kinds of rows of counts: when all was counted, and who was silent then."""
_NOTED = "expected_noted"


class Silent(NamedTuple):
    """A government without a row."""

    government: Government
    states: str
    """A sign a year, as rows have them."""

    @property
    def sector(self) -> str:
        """That of all governments."""
        return OF_GOVERNMENTS

    @property
    def order(self) -> tuple[str, bool, str]:
        """Where it stands in lists: by place, before the departments, by name."""
        return self.government.region_code, False, self.government.name

    def sign_of(self, year: int) -> str:
        """That of a year; empty for one that is not counted."""
        at = year - COVERED_SINCE
        return self.states[at : at + 1] if at >= 0 else ""

    @property
    def row(self) -> ReporterRow:
        """What its row would say; it belongs to no session."""
        one = self.government
        return ReporterRow(
            id=0,
            key=one.key,
            agency_key="",
            name=one.name,
            region_code=one.region_code,
            region_name=one.region_name,
            level=str(one.level),
            sector=OF_GOVERNMENTS,
            is_department=False,
            first_year=one.first,
            last_year=one.last,
            states=self.states,
            source_id=None,
            looked_at=None,
            reason="",
            own={},
        )


class Silents:
    """All of them, by the codes of their divisions and by name."""

    def __init__(self, found: Iterable[Silent]) -> None:
        self.all = sorted(found, key=lambda one: one.order)
        self._codes = [one.government.region_code for one in self.all]

    @cached_property
    def by_key(self) -> Mapping[str, Silent]:
        """Public address → government."""
        return {one.government.key: one for one in self.all}

    @cached_property
    def places(self) -> Mapping[str, bytes]:
        """Place → its tallies, for those where nobody has a row, as these keep them."""
        signed = (
            (one.region_code, str(one.level), OF_GOVERNMENTS, signs)
            for one, signs in self.all
        )
        return places(groups(signed))

    def between(self, first: str, last: str) -> Sequence[Silent]:
        """Those of divisions with these codes and all between."""
        begin = bisect_left(self._codes, first)
        end = bisect_left(self._codes, f"{last}.")
        return self.all[begin:end]


def noted(day: date, keys: Collection[str]) -> dict[str, object]:
    """The row of counts that says who is silent on a day of the calendar."""
    bits = np.packbits([one.key in keys for one in governments()]).tobytes()
    told = base64.b85encode(zlib.compress(bits, 9)).decode()
    value = f"{day.isoformat()} {_divisions():08x} {told}"
    return {"kind": SILENT, "value": value, "number": len(keys)}


@lru_cache(maxsize=1)
def _divisions() -> int:
    """A number of all governments: with other divisions a bit means another one."""
    return zlib.crc32("\n".join(one.key for one in governments()).encode())


def counted_at(session: Session) -> datetime | None:
    """When it was counted last who should have reported; None where it never was."""
    told = _noted(session).get(COUNTED)
    return datetime.fromisoformat(told) if told else None


def silents(session: Session) -> Silents:
    """The governments without a row; nobody before all was counted."""
    note = _noted(session).get(SILENT)
    if note is None:
        return _NOBODY
    found = _opened(note)
    return found if found is not None else _without_rows(session, note)


def _noted(session: Session) -> Mapping[str, str]:
    """Kind → what is noted under it; asked for once in a transaction."""
    known: Mapping[str, str] | None = session.info.get(_NOTED)
    if known is None:
        known = dict(plain_rows(session, _notes()))
        session.info[_NOTED] = known
    return known


@lru_cache(maxsize=1)
def _notes() -> Select[str, str]:
    rows = select(CountRow.kind, CountRow.value)
    return rows.where(CountRow.kind.in_([COUNTED, SILENT]))


@lru_cache(maxsize=2)
def _opened(note: str) -> Silents | None:
    """Who a note means; None where it was written with other divisions."""
    day, written_with, told = note.split(" ")
    if int(written_with, 16) != _divisions():
        return None
    pressed = np.frombuffer(zlib.decompress(base64.b85decode(told)), dtype=np.uint8)
    bits = np.unpackbits(pressed).tolist()
    return _counted(day, lambda at, one: bool(bits[at]))


def _without_rows(session: Session, note: str) -> Silents:
    """The same of a note from before the divisions were others, until the next count:
    all of today's that have no row.
    """
    rows = select(ReporterRow.key, ReporterRow.region_code)
    of_governments = ReporterRow.is_department.is_(False)
    of_samples = ReporterRow.region_code.startswith(SAMPLES)
    some = rows.where(or_(of_governments, of_samples))
    known = {row.key: row.region_code for row in session.execute(some)}
    has_samples = any(map(is_of_samples, known.values()))
    return _counted(
        note.partition(" ")[0],
        lambda _, one: (
            one.key not in known and (has_samples or not is_of_samples(one.region_code))
        ),
    )


def _counted(day: str, is_silent: Callable[[int, Government], bool]) -> Silents:
    """Those that are silent, of all governments in their order."""
    return Silents(_told(date.fromisoformat(day), is_silent))


def _told(day: date, is_silent: Callable[[int, Government], bool]) -> Iterator[Silent]:
    # Governments have one last day: the signs follow from the years alone.
    signs: dict[tuple[int, int | None], str] = {}
    for at, one in enumerate(governments()):
        if is_silent(at, one):
            years = (one.first, one.last)
            if years not in signs:
                signs[years] = signs_of(of_division(one), duties.Way(), day)
            yield Silent(one, signs[years])


_NOBODY = Silents(())

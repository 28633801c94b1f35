"""Columns out of the database; what a process has opened it keeps, as long as nothing
has changed.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from itertools import product
from typing import Any, NamedTuple, TypeVar
from weakref import WeakKeyDictionary

from numpy.typing import NDArray
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from archive.catalogue import FIGURES
from archive.store.counts.columns.shapes import (
    BODIES,
    Bodies,
    Numbers,
    States,
    columns_of_part,
    part_of,
    unpacked,
)
from archive.store.rows import FigureColumnsRow

_ROOM = 128 * 1024 * 1024
"""Bytes that a process keeps; 100,000 reports take about half of it."""
_ANSWERS = 200
"""Answers that a process keeps."""
_Arrays = list[NDArray[Any]]
Answer = TypeVar("Answer")


class Made(NamedTuple):
    """A part, or a measure made of some: what is kept under it is never another thing,
    because a change has another stamp.
    """

    year: int
    part: str
    stamp: str


DAMAGED = ""
"""The stamp of a year of which a part cannot be used, until it is made anew."""


class DamagedColumns(Exception):
    """A part of a year that cannot be used: its bytes are damaged, or it is gone."""

    def __init__(self, lost: Made) -> None:
        super().__init__(f"the columns {lost.part} of {lost.year} are damaged")
        self.lost = lost


class Shelf:
    """What a process has opened of one database."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self._kept: OrderedDict[Made, _Arrays] = OrderedDict()
        self._size = 0
        self._answers: OrderedDict[Hashable, Any] = OrderedDict()

    def answer(self, asked: Hashable, make: Callable[[], Answer]) -> Answer:
        """What was answered before to the same question of the same columns (their
        stamps are a part of the question); else what `make` says now.
        """
        with self.lock:
            if asked in self._answers:
                self._answers.move_to_end(asked)
                known: Answer = self._answers[asked]
                return known
        found = make()
        with self.lock:
            self._answers[asked] = found
            while len(self._answers) > _ANSWERS:
                self._answers.popitem(last=False)
        return found

    def get(self, part: Made) -> _Arrays | None:
        """What is kept, if it is."""
        with self.lock:
            found = self._kept.get(part)
            if found is not None:
                self._kept.move_to_end(part)
            return found

    def put(self, part: Made, arrays: _Arrays) -> None:
        """Keeps a part; what was not asked for the longest makes room."""
        with self.lock:
            if part in self._kept:
                return
            self._kept[part] = arrays
            self._size += _bytes(arrays)
            while self._size > _ROOM and len(self._kept) > 1:
                _, gone = self._kept.popitem(last=False)
                self._size -= _bytes(gone)


def _bytes(arrays: _Arrays) -> int:
    return sum(one.nbytes for one in arrays)


_shelves: WeakKeyDictionary[Any, Shelf] = WeakKeyDictionary()
"""Of each database that is open."""
_making = threading.Lock()


def _shelf(session: Session) -> Shelf:
    engine = session.get_bind()
    with _making:
        return _shelves.setdefault(engine, Shelf())


class YearColumns(NamedTuple):
    """The current reports of a year."""

    year: int
    stamp: str
    """With another they are others."""
    shelf: Shelf
    """Where what is made of them is kept."""
    bodies: Bodies
    parts: dict[str, tuple[Numbers, States]]

    def figure(self, key: str) -> tuple[Numbers, States]:
        """The numbers under a stored figure's key, and how sure they are. Raises
        KeyError where its part was not opened.
        """
        part = part_of(FIGURES[key])
        row = columns_of_part(part)[key]
        numbers, states = self.parts[part]
        return numbers[row], states[row]


def years_kept(session: Session) -> dict[int, str]:
    """The years of which there are columns, the oldest first, each with its stamp."""
    question = select(FigureColumnsRow.year, FigureColumnsRow.stamp)
    bodies = question.where(FigureColumnsRow.part == BODIES)
    found = session.execute(bodies.order_by(FigureColumnsRow.year))
    return {row.year: row.stamp for row in found}


def opened(
    session: Session, parts: Sequence[str], years: Sequence[int] | None = None
) -> list[YearColumns]:
    """These parts of the years that are asked for (all that there are), in order.

    Raises DamagedColumns where one of them cannot be used.
    """
    kept = years_kept(session)
    wanted = [year for year in kept if years is None or year in years]
    every = product(wanted, (BODIES, *parts))
    asked = [Made(year, part, kept[year]) for year, part in every]
    arrays = _arrays(session, asked)
    for one in asked:
        if one in arrays:
            continue
        if years_kept(session).get(one.year) != one.stamp:
            # Made anew at this very moment.
            return opened(session, parts, years)
        raise DamagedColumns(one)
    shelf = _shelf(session)
    return [_of_year(year, kept[year], parts, arrays, shelf) for year in wanted]


def _of_year(
    year: int,
    stamp: str,
    parts: Sequence[str],
    arrays: dict[Made, _Arrays],
    shelf: Shelf,
) -> YearColumns:
    bodies = Bodies(*arrays[Made(year, BODIES, stamp)])
    figures = {}
    for part in parts:
        numbers, states = arrays[Made(year, part, stamp)]
        figures[part] = numbers, states
    return YearColumns(year, stamp, shelf, bodies, figures)


def _arrays(session: Session, asked: Sequence[Made]) -> dict[Made, _Arrays]:
    shelf = _shelf(session)
    found: dict[Made, _Arrays] = {}
    missing = []
    for one in asked:
        if one.stamp == DAMAGED:
            continue
        arrays = shelf.get(one)
        if arrays is None:
            missing.append(one)
        else:
            found[one] = arrays
    if missing:
        found |= _fetched(session, missing, shelf)
    return found


def _fetched(
    session: Session, missing: Sequence[Made], shelf: Shelf
) -> dict[Made, _Arrays]:
    """Without what is damaged, gone, or made anew at this very moment."""
    columns = FigureColumnsRow
    question = select(columns.year, columns.part, columns.stamp, columns.told).where(
        columns.year.in_({one.year for one in missing}),
        columns.part.in_({one.part for one in missing}),
    )
    wanted = frozenset(missing)
    found: dict[Made, _Arrays] = {}
    for year, part, stamp, told in session.execute(question):
        one = Made(year, part, stamp)
        arrays = unpacked(told) if one in wanted else None
        if arrays is not None:
            found[one] = arrays
            shelf.put(one, arrays)
    return found


def tell_damaged(session: Session, lost: Made) -> bool:
    """Notes that a part cannot be used, so that whoever counts next makes its year
    anew; whether it was not noted before.
    """
    columns = FigureColumnsRow
    told = select(columns.told).where(
        columns.year == lost.year, columns.part == lost.part
    )
    found = session.scalars(told).first()
    if found is not None and unpacked(found) is not None:
        # Somebody made it anew meanwhile.
        return False
    is_it = (columns.year == lost.year, columns.part == BODIES)
    still = update(columns).where(*is_it, columns.stamp == lost.stamp)
    noted = session.execute(still.values(stamp=DAMAGED))
    return lost.stamp != DAMAGED and bool(noted.rowcount)  # type: ignore[attr-defined]

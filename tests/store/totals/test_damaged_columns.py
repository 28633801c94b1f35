"""Columns that are damaged or gone: told once, made anew, never wrong numbers."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, select, update

from archive.store import DamagedColumns, Store, count_columns, tell_damaged
from archive.store.counts import measured, opened, years_kept
from archive.store.counts.columns import opening
from archive.store.counts.columns.shapes import unpacked
from archive.store.rows import FigureColumnsRow
from tests.store.totals.filing import department, filed, said_by

NEW = "requests.new.total"
PART = "requests.total"
YEARS = (2021, 2022, 2023)


def fill(store: Store) -> None:
    bureau = department("示例市商务局")
    filed(store, *(said_by(bureau, year) for year in YEARS))
    count_columns(store)


def forget(store: Store) -> None:
    """What a new process has opened: nothing."""
    opening._shelves.pop(store.engine, None)


def numbers(store: Store, *years: int) -> list[int]:
    with store.session() as session:
        found = opened(session, (PART,), years)
        return [int(measured(year, NEW).over[0]) for year in found]


def test_no_byte_can_be_changed_unnoticed(store: Store) -> None:
    fill(store)
    with store.session() as session:
        of_part = FigureColumnsRow.part == PART
        told = session.scalars(select(FigureColumnsRow.told).where(of_part)).first()
    assert told is not None
    whole = unpacked(told)
    assert whole is not None
    for at in range(len(told)):
        changed = bytearray(told)
        changed[at] ^= 0x10
        found = unpacked(bytes(changed))
        # A bit of the head can say nothing of what is in it.
        same = found is not None and [one.tobytes() for one in found] == [
            one.tobytes() for one in whole
        ]
        assert found is None or same
    for size in range(len(told)):
        assert unpacked(told[:size]) is None


@pytest.mark.parametrize("part", [PART, "bodies"])
@pytest.mark.parametrize("how", ["changed", "cut", "gone"])
def test_a_damaged_year_is_told_once_and_made_anew(
    store: Store, how: str, part: str
) -> None:
    fill(store)
    before = numbers(store, *YEARS)
    is_it = (FigureColumnsRow.year == 2022, FigureColumnsRow.part == part)
    with store.session() as session:
        told = session.scalars(select(FigureColumnsRow.told).where(*is_it)).one()
        harmed = told[:-1] + b"?" if how == "changed" else told[:20]
        if how == "gone":
            session.execute(delete(FigureColumnsRow).where(*is_it))
        else:
            harm = update(FigureColumnsRow).where(*is_it).values(told=harmed)
            session.execute(harm)
    forget(store)
    if (how, part) != ("gone", "bodies"):
        with pytest.raises(DamagedColumns, match=f"{part} of 2022") as met:
            numbers(store, *YEARS)
        lost = met.value.lost
        told_of = [
            store.write(lambda session: tell_damaged(session, lost)) for _ in range(3)
        ]
        assert told_of == [True, False, False]
        # Whoever comes before it is made anew hears the same, and tells nobody.
        with pytest.raises(DamagedColumns) as again:
            numbers(store, 2022)
        assert not store.write(lambda session: tell_damaged(session, again.value.lost))
    # The others are as they were.
    assert numbers(store, 2021, 2023) == [before[0], before[2]]
    assert count_columns(store) == [2022]
    assert numbers(store, *YEARS) == before
    # What was met before it was made anew harms nothing any more.
    if (how, part) != ("gone", "bodies"):
        assert not store.write(lambda session: tell_damaged(session, lost))
    with store.session() as session:
        assert all(years_kept(session).values())


def test_parts_of_two_makings_are_never_mixed(store: Store) -> None:
    """A part that was made anew between two questions has another stamp."""
    fill(store)
    with store.session() as session:
        stamp = years_kept(session)[2022]
        asked = [opening.Made(2022, part, stamp) for part in ("bodies", PART)]
        is_it = (FigureColumnsRow.year == 2022, FigureColumnsRow.part == PART)
        session.execute(update(FigureColumnsRow).where(*is_it).values(stamp="another"))
        forget(store)
        assert list(opening._arrays(session, asked)) == asked[:1]

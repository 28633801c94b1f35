"""Most reports of a source gone at once: nothing is buried until a person says so."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from archive.collecting import run_collection, settling
from archive.pipeline import Tally
from archive.store import audit_log, runs, sources
from archive.store.rows import DisappearanceRow, PageRow
from scrapers import SourceTrouble
from tests.collecting.city import SIX, City
from tests.portals.reports import SampleReport
from tests.running import Commands

NOW = datetime.now(UTC)


def rows(town: City) -> list[DisappearanceRow]:
    with town.archive.store.session() as session:
        return session.query(DisappearanceRow).order_by(DisappearanceRow.id).all()


def accept(town: City) -> sources.vanishing.Vanished | None:
    return town.archive.store.write(
        lambda session: sources.vanishing.accept(
            session, town.source, town.archive.clock()
        )
    )


@pytest.fixture
def gone(town: City) -> City:
    """Collected once; then every page answers 404."""
    town.collect()
    town.portals.wall("trs", "404")
    with pytest.raises(SourceTrouble, match=r"6 个报告网页中有 6 个自 .*请人工确认"):
        town.collect()
    return town


def test_no_time_makes_a_mass_of_dead_pages_true(
    gone: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settling, "PATIENCE", timedelta(0))
    first = rows(gone)[0].since
    with pytest.raises(SourceTrouble):
        gone.collect()
    assert gone.tombstones == []
    (row,) = rows(gone)
    assert (row.gone, row.total, row.since) == (6, 6, first)
    assert row.seen_at > first
    assert "请人工确认" in gone.run.reason


def test_what_a_person_believes_is_buried_by_the_next_run(gone: City) -> None:
    taken = accept(gone)
    assert taken
    assert (taken.gone, taken.total) == (6, 6)
    assert accept(gone) is None
    tally = gone.collect()
    assert (tally.gone, tally.failed) == (6, 0)
    assert gone.run.state == "done"
    assert len(gone.tombstones) == len(SIX)
    assert rows(gone)[0].ended_at is not None


def test_what_is_there_again_is_not_buried_though_it_was_accepted(gone: City) -> None:
    accept(gone)
    gone.portals.wall("trs", "")
    gone.collect()
    assert gone.tombstones == []
    assert rows(gone)[0].ended_at is not None


def test_a_decision_is_about_what_was_seen(town: City) -> None:
    town.collect()
    for report in SIX[:4]:
        town.vanish(report, "404")
    with pytest.raises(SourceTrouble, match="6 个报告网页中有 4 个"):
        town.collect()
    accept(town)
    town.vanish(SIX[4], "404")
    tally = town.collect()
    # The fifth has died by itself.
    assert tally.gone == 5
    town.vanish(SIX[5], "404")
    assert town.collect().gone == 1


def test_most_that_is_back_ends_it_and_the_rest_is_as_ever(gone: City) -> None:
    gone.portals.wall("trs", "")
    gone.vanish(SIX[0], "404")
    assert gone.collect().gone == 1
    assert rows(gone)[0].ended_at is not None


def test_deaths_of_one_month_count_together(town: City) -> None:
    town.collect()
    for report in SIX[:3]:
        town.vanish(report, "404")
        town.collect()
    assert len(town.tombstones) == 3
    town.vanish(SIX[3], "404")
    with pytest.raises(SourceTrouble, match="请人工确认"):
        town.collect()
    assert len(town.tombstones) == 3


def test_what_no_list_names_any_more_is_gone_as_ever(town: City) -> None:
    town.collect()
    for report in SIX[:5]:
        town.vanish(report, "404 unlist")
    town.collect(accept_list=True)
    assert rows(town) == []
    assert len(town.tombstones) == 5


def test_the_command(gone: City, commands_of_town: Commands) -> None:
    # The list names notices too, which are no reports and stay away as well.
    printed = commands_of_town.run("collect", str(gone.source), "--accept-gone")
    assert "6 of 6 pages are taken for gone." in printed
    assert len(gone.tombstones) == 6
    with gone.archive.store.session() as session:
        wish = audit_log.AuditWish(action="gone_accepted")
        lines, _ = audit_log.lines(session, wish)
        assert [line.detail for line in lines] == ["6 个报告网页中的 6 个"]
    again = commands_of_town.run("collect", str(gone.source), "--accept-gone", status=1)
    assert "Nothing of this source waits" in again


# ---- by the schedule, which asks for a few pages only ------------------------------


def by_schedule(town: City, due: Sequence[SampleReport]) -> Tally:
    """A run of the schedule that asks for the pages of these reports only."""
    addresses = {town.address(report) for report in due}
    later = datetime.now(UTC) + timedelta(days=9)
    with town.archive.store.session() as session:
        for page in session.query(PageRow):
            page.ask_after = None if page.url in addresses else later
    write = town.archive.store.write
    (number,) = write(
        lambda session: runs.queue_collecting(session, [town.source], scheduled=True)
    )
    assert write(lambda session: runs.start_run(session, number))
    return run_collection(town.archive, number, town.source)


def test_the_schedule_sees_a_mass_bit_by_bit(town: City) -> None:
    town.collect()
    town.portals.wall("trs", "404")
    by_schedule(town, SIX[:2])
    assert rows(town) == []
    # Two more, and it is more than half of all.
    with pytest.raises(SourceTrouble, match="6 个报告网页中有 4 个"):
        by_schedule(town, SIX[2:4])
    with pytest.raises(SourceTrouble, match="6 个报告网页中有 6 个"):
        by_schedule(town, SIX[4:])
    assert town.tombstones == []
    # That some are there again says nothing of the others.
    town.portals.wall("trs", "")
    by_schedule(town, SIX[:4])
    (row,) = rows(town)
    assert (row.gone, row.ended_at) == (2, None)
    town.collect()
    assert rows(town)[0].ended_at
    assert town.tombstones == []


def test_what_waits_is_not_buried_one_by_one(
    gone: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settling, "PATIENCE", timedelta(0))
    for report in SIX:
        with pytest.raises(SourceTrouble, match="请人工确认"):
            by_schedule(gone, [report])
    assert gone.tombstones == []
    accept(gone)
    assert by_schedule(gone, SIX[:2]).gone == 2
    assert rows(gone)[0].ended_at is None
    assert gone.collect().gone == 4
    assert rows(gone)[0].ended_at

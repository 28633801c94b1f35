"""Runs by the schedule: the list, what is new, and the pages whose time has come."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from archive.collecting import run_collection
from archive.pipeline import Stopped, Tally
from archive.store import runs, sources
from archive.store.rows import PageRow, SourceRow
from scrapers import SourceTrouble
from tests.collecting.city import SIX, City
from tests.portals import pages

BEGIN = datetime(2026, 2, 3, 4, tzinfo=UTC)
DAY = timedelta(days=1)
ONE = SIX[0]


def at(moment: datetime) -> Callable[[], datetime]:
    return lambda: moment


def by_schedule(town: City, moment: datetime) -> Tally | None:
    """What a run of the schedule comes to; None where the source is not due."""
    town.archive.clock = at(moment)
    write = town.archive.store.write
    queued = write(lambda session: sources.queue_due(session, moment))
    if not queued:
        return None
    assert write(lambda session: runs.start_run(session, queued[0]))
    return run_collection(town.archive, queued[0], town.source)


def source_of(town: City) -> SourceRow:
    with town.archive.store.session() as session:
        return session.get_one(SourceRow, town.source)


def page_of(town: City, address: str) -> PageRow:
    (page,) = (one for one in town.pages if one.url == address)
    return page


def articles_asked(town: City) -> int:
    paths = [pages.path_of(report) for report in SIX]
    return sum(len(town.portals.asked(path)) for path in paths)


def test_a_source_is_visited_and_its_pages_ever_more_rarely(town: City) -> None:
    visits = asked = 0
    for hour in range(0, 24 * 40, 2):
        visits += by_schedule(town, BEGIN + timedelta(hours=hour)) is not None
        asked = articles_asked(town)
    assert 39 <= visits <= 42, "every day in the season"
    # Daily each would have been asked for forty times.
    assert asked < len(SIX) * 10
    assert source_of(town).last_success_at


def test_now_asks_for_everything(town: City) -> None:
    assert by_schedule(town, BEGIN)
    before = articles_asked(town)
    tally = town.collect()
    assert tally.same == len(SIX)
    assert articles_asked(town) == before + len(SIX)
    assert by_schedule(town, BEGIN) is None


def test_a_new_report_and_one_taken_off_the_list_are_asked_for(town: City) -> None:
    town.vanish(ONE, "unlist")
    by_schedule(town, BEGIN)
    town.vanish(ONE, "back")
    other = SIX[1]
    town.vanish(other, "unlist")
    before = len(town.portals.asked(pages.path_of(other)))
    tally = by_schedule(town, BEGIN + 0.9 * DAY) or by_schedule(town, BEGIN + 1.6 * DAY)
    assert tally
    assert tally.new == 1
    assert len(town.portals.asked(pages.path_of(other))) == before + 1


def test_a_failing_source_is_tried_again_and_pauses(town: City) -> None:
    town.trouble("503")
    moment, hours = BEGIN, []
    for _ in range(5):
        with pytest.raises(SourceTrouble):
            by_schedule(town, moment)
        row = source_of(town)
        assert row.due_at
        hours.append((row.due_at - moment) / timedelta(hours=1))
        assert by_schedule(town, row.due_at - timedelta(seconds=1)) is None
        moment = row.due_at
    assert hours == [0.5, 3, 12, 48, 96]
    row = source_of(town)
    assert row.paused
    assert row.paused_why.startswith("自 2026-02-03 12:00 起未能采集，已连续失败 5 次")
    assert by_schedule(town, BEGIN + 100 * DAY) is None


def test_one_page_that_is_gone_is_not_believed_while_it_is_listed(town: City) -> None:
    # Sightings go by the real time.
    address, moment = town.address(ONE), runs.now()
    with town.archive.store.session() as session:
        session.get_one(SourceRow, town.source).rest_hours = 24
    by_schedule(town, moment)
    town.vanish(ONE, "404")
    asked_at = []
    for _ in range(60):
        moment = source_of(town).due_at or moment
        before = len(town.portals.asked(pages.path_of(ONE)))
        by_schedule(town, moment)
        if len(town.portals.asked(pages.path_of(ONE))) > before:
            asked_at.append(moment)
        if town.tombstones:
            break
    assert town.tombstones == [address]
    assert len(asked_at) > 1, "asked for again before it is believed"


def test_a_run_that_is_stopped_goes_on(town: City) -> None:
    town.archive.ending.set()
    with pytest.raises(Stopped):
        by_schedule(town, BEGIN)
    assert town.run.state == "running", "whoever stopped it says what becomes of it"
    with pytest.raises(Stopped):
        town.archive.sleep(60)
    town.archive.ending.clear()
    write = town.archive.store.write
    write(lambda session: runs.put_back_run(session, town.run.id))
    assert write(lambda session: runs.start_run(session, town.run.id))
    tally = run_collection(town.archive, town.run.id, town.source)
    assert tally.new == len(SIX)


def test_who_is_stopped_on_the_command_line_leaves_nothing_waiting(town: City) -> None:
    town.archive.ending.set()
    with pytest.raises(Stopped):
        town.collect()
    assert (town.run.state, town.run.reason) == ("failed", runs.CUT_OFF)
    assert source_of(town).failures == 0

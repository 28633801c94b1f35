"""Which sources are due, which run is begun next, and what the end of a run leaves."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from archive.catalogue import RunKind, RunState, schedule
from archive.store import Session, SourceFields, Store, runs, sources
from archive.store.rows import PageRow, RunRow, SourceRow
from tests.sources import add_source

MOMENT = datetime(2026, 2, 3, 4, tzinfo=UTC)
HOUR = timedelta(hours=1)
LISTS = [f"http://{host}.example/{at}" for at, host in enumerate("aabbc")]


def added(session: Session, urls: list[str] = LISTS) -> list[SourceRow]:
    return [add_source(session, url)[0] for url in urls]


def scheduled(session: Session, moment: datetime = MOMENT) -> list[int]:
    """The sources for which runs are queued now, in their order."""
    queued = sources.queue_due(session, moment)
    return [session.get_one(RunRow, number).source_id or 0 for number in queued]


def test_what_is_due_is_queued_once(store: Store) -> None:
    with store.session() as session:
        rows = added(session)
        rows[0].due_at = MOMENT - HOUR
        rows[1].due_at = MOMENT - 2 * HOUR
        rows[2].due_at = MOMENT + HOUR
        rows[3].paused = True
        session.flush()
        assert scheduled(session) == [5, 2, 1], "never looked at, then the longest due"
        assert scheduled(session) == []
        assert {run.scheduled for run in session.query(RunRow)} == {True}
        assert [row.last_run_id for row in rows] == [3, 2, None, None, 1]
        assert scheduled(session, MOMENT + HOUR) == [3]


def test_removed_sources_and_closed_hosts_are_left_alone(store: Store) -> None:
    with store.session() as session:
        rows = added(session)
        sources.remove(session, rows[4])
        assert rows[0].host == "a.example"
        queued = sources.queue_due(session, MOMENT, {"a.example": MOMENT})
        assert [session.get_one(RunRow, one).source_id for one in queued] == [3, 4]
        # What waits already waits on while its host is closed.
        assert sources.next_run(session, {"b.example"}) is None
        assert sources.next_run(session) == queued[0]
        runs.queue_run(session, RunKind.COLLECT, 3)
        assert sources.next_run(session, {"b.example"}) == queued[0], "asked for now"


def test_who_asks_now_asks_for_everything(store: Store) -> None:
    with store.session() as session:
        added(session)
        by_itself = sources.queue_due(session, MOMENT)
        assert sources.next_run(session) == by_itself[0]
        asked = runs.queue_run(session, RunKind.COLLECT, 3).id
        assert asked == by_itself[2], "the one that waits"
        assert not runs.is_scheduled(session, asked)
        assert sources.next_run(session) == asked
        runs.queue_collecting(session, [5])
        session.expire_all()
        assert [run.scheduled for run in session.query(RunRow).order_by(RunRow.id)] == [
            *(True, True, False, True, False)
        ]


def test_one_run_at_a_host(store: Store) -> None:
    with store.session() as session:
        added(session)
        first, second, third, fourth, fifth = sources.queue_due(session, MOMENT)
        assert runs.start_run(session, first)
        assert not runs.start_run(session, first), "somebody has it"
        assert not runs.start_run(session, second), "its host is being asked"
        assert sources.next_run(session) == third
        assert sources.next_run(session, tried={third}) == fourth
        assert runs.start_run(session, fourth)
        assert sources.next_run(session) == fifth
        assert runs.start_run(session, fifth)
        assert sources.next_run(session) is None
        runs.finish_run(session, first, {})
        assert sources.next_run(session) == second
        runs.put_back_run(session, fourth)
        assert sources.next_run(session, tried={second}) == third
    with store.session() as session:
        rebuild = runs.queue_run(session, RunKind.REBUILD).id
        search = runs.queue_run(session, RunKind.FIND, subject="http://b.example/").id
        assert sources.next_run(session) == rebuild, "asked for by people"
        assert runs.start_run(session, search)
        assert sources.next_run(session, tried={rebuild}) == second, "not at b"


def ended(
    session: Session,
    source: SourceRow,
    moment: datetime,
    reason: str = "",
    new: int = 0,
) -> None:
    """A run of a source that ends so."""
    run = runs.queue_run(session, RunKind.COLLECT, source.id)
    assert runs.start_run(session, run.id)
    runs.finish_run(session, run.id, {"new": new}, reason)
    sources.note_end(session, run.id, moment)


def test_a_success_is_followed_by_a_visit_in_its_hours(store: Store) -> None:
    with store.session() as session:
        (row,) = added(session, LISTS[:1])
        row.failures, row.failing_since = 3, MOMENT
        ended(session, row, MOMENT, new=2)
        assert (row.failures, row.failing_since) == (0, None)
        assert (row.last_success_at, row.last_new_at) == (MOMENT, MOMENT)
        assert row.due_at == schedule.next_visit(row.id, 24, 336, MOMENT)
        ended(session, row, MOMENT + HOUR)
        assert (row.last_success_at, row.last_new_at) == (MOMENT + HOUR, MOMENT)


def test_five_failures_in_a_row_pause_a_source_which_says_so(store: Store) -> None:
    with store.session() as session:
        (row,) = added(session, LISTS[:1])
        for count in range(1, 5):
            ended(session, row, MOMENT + count * HOUR, "Unreachable：没有应答。")
            retry = schedule.retry_at(count, MOMENT + count * HOUR)
            assert (row.failures, row.due_at, row.paused) == (count, retry, False)
        ended(session, row, MOMENT + 5 * HOUR, "Unreachable：没有应答。")
        assert row.paused
        assert row.failing_since == MOMENT + HOUR
        assert row.paused_why == (
            "自 2026-02-03 13:00 起未能采集，已连续失败 5 次，自动暂停。"
            "最近一次的原因：Unreachable：没有应答。"
        )
        assert scheduled(session, MOMENT + 1000 * HOUR) == []
        assert sources.health_of(row)["due_at"] is None
        assert sources.set_paused(session, row, False)
        assert (row.paused_why, row.failures, row.due_at) == ("", 0, None)
        assert row.failing_since, "it has not been well since"
        assert scheduled(session) == [row.id]


def test_what_is_not_the_fault_of_a_source_does_not_count(store: Store) -> None:
    with store.session() as session:
        (row,) = added(session, LISTS[:1])
        run = runs.queue_run(session, RunKind.COLLECT, row.id)
        runs.finish_run(session, run.id, {}, "程序出错，详情见日志。")
        sources.note_end(session, run.id, MOMENT, is_its_fault=False)
        assert (row.failures, row.failing_since) == (0, None)
        assert row.due_at == MOMENT + 3 * HOUR
        rebuild = runs.queue_run(session, RunKind.REBUILD)
        rebuild.state = RunState.DONE
        sources.note_end(session, rebuild.id, MOMENT)


def test_a_page_that_did_not_answer_brings_the_source_forward(store: Store) -> None:
    with store.session() as session:
        (row,) = added(session, LISTS[:1])
        page = sources.see_page(session, row.id, "http://a.example/1.html")
        sources.page_in_trouble(session, page.id, True, MOMENT)
        assert (page.failures, page.ask_after) == (1, MOMENT + HOUR / 2)
        ended(session, row, MOMENT)
        assert row.due_at == MOMENT + HOUR / 2
        sources.page_in_trouble(session, page.id, True, MOMENT + HOUR)
        ended(session, row, MOMENT + HOUR)
        assert row.due_at == MOMENT + 4 * HOUR
        # A run that did not come to it is no reason to come back at once.
        ended(session, row, MOMENT + 9 * HOUR)
        assert row.due_at == MOMENT + 9.5 * HOUR
        sources.page_looked_at(session, page.id, False, MOMENT + 10 * HOUR)
        ended(session, row, MOMENT + 10 * HOUR)
        assert row.due_at == schedule.next_visit(row.id, 24, 336, MOMENT + 10 * HOUR)


def test_a_page_is_looked_at_ever_more_rarely_until_it_changes(store: Store) -> None:
    with store.session() as session:
        (row,) = added(session, LISTS[:1])
        page = sources.see_page(session, row.id, "http://a.example/1.html")
        page.listed_on = datetime(2020, 1, 1).date()  # noqa: DTZ001
        days = []
        for _ in range(9):
            sources.page_looked_at(session, page.id, False, MOMENT)
            assert page.ask_after
            days.append((page.ask_after - MOMENT).days)
        assert days == [2, 4, 8, 16, 32, 64, 128, 180, 180]
        sources.page_looked_at(session, page.id, True, MOMENT)
        assert (page.looks, page.ask_after) == (0, MOMENT + 24 * HOUR)
        page.gone_at = page.ask_after = MOMENT
        sources.page_looked_at(session, page.id, False, MOMENT + HOUR)
        assert page.ask_after == MOMENT, "the dead have a rule of their own"


def pages_of(session: Session, source_id: int) -> dict[str, PageRow]:
    rows = session.query(PageRow).filter_by(source_id=source_id)
    return {row.title: row for row in rows}


def test_the_schedule_asks_for_what_is_new_or_due(store: Store) -> None:
    names = ("due", "early", "off", "back", "dead", "new")
    listed = [(f"http://a.example/{one}", one, None) for one in names if one != "off"]
    with store.session() as session:
        (row,) = added(session, LISTS[:1])
        for one in names[:-1]:
            page = sources.see_page(session, row.id, f"http://a.example/{one}", one)
            page.ask_after = MOMENT + HOUR
        known = pages_of(session, row.id)
        known["due"].ask_after = MOMENT
        known["back"].unlisted_at = known["dead"].gone_at = MOMENT - HOUR
        session.flush()

        def asked(only_due: bool, is_whole: bool = True) -> list[str]:
            look = sources.Look(MOMENT, only_due, is_whole)
            found = sources.pages_to_ask(session, row.id, "trs", listed, look)
            return [page.title for page in found]

        assert asked(True) == ["due", "back", "new", "off"]
        assert asked(True, is_whole=False) == ["due", "back", "new"]
        assert asked(False) == ["due", "early", "back", "new", "off"]


def test_hours_can_be_set_and_count_from_now(store: Store) -> None:
    with store.session() as session:
        (row,) = added(session, LISTS[:1])
        row.due_at = runs.now() + 300 * HOUR
        told = sources.edit(session, row, SourceFields(season_hours=2, rest_hours=6))
        assert told == "一至四月间隔（小时）：24 → 2；其他月份间隔（小时）：336 → 6"
        assert row.due_at < runs.now() + 10 * HOUR
        for hours in (0, 8761):
            with pytest.raises(sources.BadSource, match="小时"):
                sources.edit(session, row, SourceFields(rest_hours=hours))


def test_what_is_in_the_way_of_a_source(store: Store) -> None:
    with store.session() as session:
        added(session)
        first, _, third, *_ = sources.queue_due(session, MOMENT)
        assert runs.start_run(session, first)
        assert runs.start_run(session, third)
        # Two sources are at the host of the first; the run of another is in no way.
        assert [run.id for run in sources.in_the_way(session, 2)] == [first]
        assert sources.in_the_way(session, 5) == []
        assert runs.take_up(session, first) is False, "it has just given a sign"
        assert runs.take_up(session, first, is_dead=True)
        assert runs.take_up(session, first, is_dead=True) is False, "it waits already"
        assert sources.in_the_way(session, 2) == []
        runs.finish_run(session, third, {}, "broken")
        assert runs.take_up(session, third, is_dead=True) is False, "it is over"

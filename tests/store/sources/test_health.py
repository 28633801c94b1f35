"""What needs a person, what is told of it once, what is kept of a history."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

import pytest
from sqlalchemy import select

from archive.catalogue import Need, RunKind, RunState
from archive.store import News, Session, Store, digests, needs, sources
from archive.store.rows import (
    DigestRow,
    DisappearanceRow,
    EventRow,
    FailureRow,
    PageRow,
    RunRow,
    SightingRow,
    SourceRow,
)
from archive.store.sources.staleness import is_stale, staleness_of
from tests.store.filing import file, new_page
from tests.store.test_succession import HALF, WHOLE

DAY = timedelta(days=1)
MARCH = datetime(2026, 3, 10, 8, tzinfo=UTC)


@pytest.fixture
def session(store: Store) -> Iterator[Session]:
    with store.session() as session:
        yield session


def source(session: Session, **values: Any) -> SourceRow:
    number = session.query(SourceRow).count() + 1
    state = values.pop("state", RunState.DONE)
    url = f"http://sample.example/{number}"
    row = SourceRow(url=url, key=url, added_at=MARCH, last_success_at=MARCH)
    for name, value in values.items():
        setattr(row, name, value)
    session.add(row)
    session.flush()
    run(session, row, state)
    return row


def run(session: Session, row: SourceRow, state: str, **values: Any) -> RunRow:
    at = values.pop("at", MARCH)
    made = RunRow(
        kind=RunKind.COLLECT,
        source_id=row.id,
        state=state,
        queued_at=at,
        started_at=at,
        finished_at=None if state in {"queued", "running"} else at,
        **values,
    )
    session.add(made)
    session.flush()
    row.last_run_id = made.id
    return made


MOMENTS = (MARCH, datetime(2026, 8, 1, tzinfo=UTC), datetime(2026, 1, 2, tzinfo=UTC))


@pytest.mark.parametrize("moment", MOMENTS, ids=str)
def test_the_rule_and_the_question_say_the_same(
    session: Session, moment: datetime
) -> None:
    ages = (None, *(moment - days * DAY for days in (0.1, 2.9, 3.1, 41, 43, 364, 366)))
    for success, new, years in product(ages, (None, *ages[-3:]), (0, 2, 3)):
        source(session, last_success_at=success, last_new_at=new, years_given=years)
    session.flush()
    by_question = set(session.scalars(select(SourceRow.id).where(is_stale(moment))))
    rows = session.scalars(select(SourceRow)).all()
    by_rule = {row.id for row in rows if staleness_of(row, moment)}
    assert by_question == by_rule
    assert 0 < len(by_rule) < len(rows)


def every_kind(session: Session) -> dict[str, SourceRow]:
    """A source of every trouble, the best first."""
    made = {
        "well": source(session),
        "paused by a person": source(session, paused=True),
        "removed": source(session, removed_at=MARCH, failing_since=MARCH),
        Need.STALE: source(session, last_success_at=MARCH - 50 * DAY),
        Need.INCOMPLETE: source(session, state=RunState.INCOMPLETE),
        Need.FAILING: source(session, state="failed", failing_since=MARCH - DAY),
        Need.PAUSED: source(
            session, paused=True, paused_why="连续失败 5 次", failing_since=MARCH
        ),
        Need.VANISHED: source(session, state="failed", failing_since=MARCH),
    }
    vanish(session, made[Need.VANISHED])
    return made


def vanish(session: Session, row: SourceRow) -> DisappearanceRow:
    gone = DisappearanceRow(
        source_id=row.id, since=MARCH, seen_at=MARCH, gone=5, total=6, pages={}
    )
    session.add(gone)
    session.flush()
    return gone


def test_what_needs_a_person_the_worst_first(session: Session) -> None:
    every_kind(session)
    standing = needs.of_sources(session, MARCH)
    assert [one.need for one in standing] == [
        Need.VANISHED, Need.PAUSED, Need.FAILING, Need.INCOMPLETE, Need.STALE,
    ]  # fmt: skip
    assert standing[0].told == "6 个报告网页中有 5 个不见，待确认是否消失"
    assert standing[1].told == "连续失败 5 次"
    assert needs.counts(session, MARCH) == {one.need.value: 1 for one in standing}
    assert [one.need for one in needs.of_sources(session, MARCH, 2)] == [
        Need.VANISHED, Need.PAUSED,
    ]  # fmt: skip
    stale = sources.chosen(session, sources.SourceWish(state="stale"))
    # By today's clock every one of them that was well is.
    assert {one.condition for one in stale} <= {"stale"}


def tell(session: Session, slot: str, moment: datetime = MARCH) -> News:
    """What a digest tells."""
    found = digests.news(session, moment)
    assert digests.make(session, slot, moment, found, {"text": slot}, ["mail"])
    return found


def test_each_event_is_told_once(session: Session) -> None:
    made = every_kind(session)
    assert len(tell(session, "1").fresh) == 5
    assert tell(session, "2").is_empty
    failing = made[Need.FAILING]
    failing.failing_since = None
    run(session, failing, RunState.DONE)
    run(session, made["well"], RunState.FAILED, reason="连不上\n详情")
    made["well"].failing_since = MARCH
    found = tell(session, "3")
    assert [(one.need, one.source_id) for one in found.recovered] == [
        (Need.FAILING, failing.id)
    ]
    assert [(one.need, one.told) for one in found.fresh] == [(Need.FAILING, "连不上")]
    # The next trouble of one that had recovered is another one.
    failing.failing_since = MARCH + DAY
    assert len(tell(session, "4").fresh) == 1
    # Whoever comes second makes none.
    assert digests.make(session, "4", MARCH, found, {}, []) is None


def test_who_is_at_work_has_neither_recovered_nor_failed_anew(session: Session) -> None:
    row = source(session, state=RunState.INCOMPLETE)
    assert len(tell(session, "1").fresh) == 1
    run(session, row, RunState.RUNNING)
    assert tell(session, "2").is_empty
    run(session, row, RunState.INCOMPLETE)
    assert tell(session, "3").is_empty
    run(session, row, RunState.DONE)
    assert [one.source_id for one in tell(session, "4").recovered] == [row.id]


def test_what_a_person_paused_or_removed_has_not_recovered(session: Session) -> None:
    rows = [source(session, failing_since=MARCH, state="failed") for _ in range(2)]
    tell(session, "1")
    rows[0].paused, rows[1].removed_at = True, MARCH
    assert tell(session, "2").is_empty


def test_of_the_archive(session: Session) -> None:
    assert needs.of_archive(session, MARCH) == []
    needs.note_absence(session, MARCH, MARCH + timedelta(hours=30))
    session.add(
        RunRow(
            kind=RunKind.AUDIT, state="failed", queued_at=MARCH, finished_at=MARCH,
            reason="核验发现 1 份原件损坏。",
        )
    )  # fmt: skip
    found = digests.news(session, MARCH)
    assert digests.make(session, "1", MARCH, found, {"text": "1"}, ["mail", "hook"])
    (number,) = digests.waiting(session)
    assert digests.claim(session, number)
    assert digests.claim(session, number) is None
    digests.was_sent(session, number, "hook")
    digests.was_not_sent(session, number, "邮件未能发出")
    told = [(one.need, one.told) for one in needs.of_archive(session, MARCH)]
    assert told == [
        (Need.WORKER, "后台进程停止了 30.0 小时，其间没有采集"),
        (Need.AUDIT, "核验发现 1 份原件损坏。"),
        (Need.UNSENT, "邮件未能发出"),
    ]
    row = session.get_one(DigestRow, number)
    assert (row.waits_for, row.tries, row.sent_at) == ("mail", 1, None)
    digests.was_sent(session, number, "mail")
    assert row.sent_at
    # The time without a worker was told, and is over; so is the old digest.
    later = MARCH + 40 * timedelta(hours=1)
    assert [one.need for one in needs.of_archive(session, later)] == [Need.AUDIT]


# ---- what is kept ------------------------------------------------------------------


def test_quiet_runs_are_given_up_and_nothing_else(session: Session) -> None:
    row = source(session)
    page = PageRow(
        source_id=row.id, url="http://sample.example/1", first_seen_at=MARCH,
        last_seen_at=MARCH,
    )  # fmt: skip
    session.add(page)
    session.flush()
    old = MARCH - 100 * DAY
    quiet = [
        run(session, row, RunState.DONE, same=3, at=old + timedelta(hours=hours))
        for hours in range(5)
    ]
    news = [
        run(session, row, RunState.DONE, at=old, **{name: 1})
        for name in ("new", "changed", "held", "gone", "moved", "no_report", "failed")
    ]
    others = [run(session, row, state, at=old) for state in ("failed", "incomplete")]
    with_failure = run(session, row, RunState.DONE, at=old)
    session.add(
        FailureRow(run_id=with_failure.id, where="x", kind="Held", reason="", at=old)
    )
    look = SightingRow(
        page_id=page.id, run_id=quiet[0].id, asked="x", at=old, status=200
    )
    session.add(look)
    last = run(session, row, RunState.DONE, at=old)
    session.flush()
    surplus = sources.pruning.surplus(session, MARCH)
    assert surplus == [one.id for one in quiet[:4]]
    # One that is no longer quiet meanwhile is not given up.
    quiet[1].new = 1
    session.flush()
    assert sources.pruning.give_up(session, surplus, MARCH) == 3
    session.expire_all()
    left = set(session.scalars(select(RunRow.id).where(RunRow.finished_at < MARCH)))
    kept = [quiet[1], quiet[4], *news, *others, with_failure, last]
    assert left == {one.id for one in kept}
    assert (look.run_id, look.page_id, look.status) == (None, page.id, 200)
    assert sources.pruning.surplus(session, MARCH) == []


def test_a_history_by_pages_and_by_outcome(session: Session) -> None:
    row, other = source(session), source(session)
    page = PageRow(source_id=row.id, url="x", first_seen_at=MARCH, last_seen_at=MARCH)
    session.add(page)
    session.flush()
    for day in range(1, 8):
        run(session, row, RunState.DONE, new=day % 2, at=MARCH + day * DAY)
        session.add(
            EventRow(
                source_id=row.id, page_id=page.id, kind="gone", url="x",
                at=MARCH + (day + 0.5) * DAY,
            )
        )  # fmt: skip
    run(session, other, RunState.FAILED)
    assert sources.history.count(session, row.id) == 15
    everything = list(sources.history.whole(session, row.id))
    pages = [
        line
        for number in (1, 2, 3, 4)
        for line in sources.history.page(session, row.id, "", number, 4)
    ]
    assert [one.at for one in pages] == [one.at for one in everything]
    assert pages == sorted(pages, key=lambda one: one.at, reverse=True)
    counts = {
        what.value: sources.history.count(session, row.id, what)
        for what in sources.history.Happening
    }
    assert counts == {
        "news": 4, "quiet": 4, "partly": 0, "incomplete": 0, "failed": 0, "events": 7,
    }  # fmt: skip
    assert sources.history.count(session, other.id, "failed") == 1


def test_a_text_that_waits_is_told(store: Store) -> None:
    page = new_page(store)
    for body, said in (("whole", WHOLE), ("half", HALF)):
        file(store, body, said, page)
    with store.session() as session:
        found = digests.news(session, MARCH)
        (one,) = (one for one in found.fresh if one.need is Need.HELD)
        assert one.name == "示例市商务局 2023"
        assert one.told
        assert digests.make(session, "1", MARCH, found, {}, [])
        again = digests.news(session, MARCH)
        assert not [one for one in again.fresh if one.need is Need.HELD]

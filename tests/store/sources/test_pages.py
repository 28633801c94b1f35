"""Sources, the queue of runs, and the pages of a source."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from archive.catalogue import RunKind, RunState
from archive.store import BadSource, SourceFields, Store, desk, runs, sources
from archive.store.rows import RunRow
from tests.sources import add_source

LIST = "http://sample.example/list"


def test_a_source_is_added_once_and_found_by_address_or_number(store: Store) -> None:
    with store.session() as session:
        row, is_new = add_source(session, LIST, "示例市商务局")
        assert is_new
        again, is_new = add_source(session, LIST, "另一机关")
        assert (again.id, again.agency, is_new) == (row.id, "示例市商务局", False)
        assert sources.find_source(session, LIST) is row
        assert sources.find_source(session, str(row.id)) is row
        for nothing in ("http://other.example/", "99", "9" * 12, "²"):
            assert sources.find_source(session, nothing) is None
        assert sources.how_to_read(session, row.id) == (
            LIST,
            "auto",
            False,
            "示例市商务局",
        )


def test_a_source_is_drawn_by_a_browser_only_where_somebody_said_so(
    store: Store,
) -> None:
    with store.session() as session:
        plain, _ = add_source(session, LIST)
        drawn, _ = add_source(session, f"{LIST}/2", rendered=True)
        told = [sources.is_rendered(session, row.id) for row in (plain, drawn)]
    assert told == [False, True]


def test_the_longest_address_is_kept_and_a_longer_one_refused(store: Store) -> None:
    """Databases index no long texts; of Chinese signs few are many bytes."""
    start = "http://sample.example/"
    # Each once: a database presses what repeats.
    signs = "".join(chr(0x4E00 + 31 * at) for at in range(2000 // 3))
    longest = start + signs[: (2000 - len(start)) // 3]
    with store.session() as session:
        row, _ = add_source(session, longest)
        assert sources.find_source(session, longest) is row
        page = sources.see_page(session, row.id, longest)
        assert sources.see_page(session, row.id, longest) is page
    with store.session() as session:
        for refused in (longest + "国", start + signs):
            with pytest.raises(BadSource, match="超过 2000 个字节"):
                sources.register(session, refused, SourceFields())


def test_a_source_waits_once_in_the_queue(store: Store) -> None:
    with store.session() as session:
        row, _ = add_source(session, LIST)
        first = runs.queue_run(session, RunKind.COLLECT, row.id)
        assert runs.queue_run(session, RunKind.COLLECT, row.id) is first
        assert runs.queue_run(session, RunKind.REBUILD) is not first
        assert runs.start_run(session, first.id)
        assert runs.queue_run(session, RunKind.COLLECT, row.id) is not first


def test_a_run_is_taken_by_one_worker_and_ends(store: Store) -> None:
    with store.session() as session:
        row, _ = add_source(session, LIST)
        run_id = runs.queue_run(session, RunKind.COLLECT, row.id).id
    with store.session() as session:
        assert runs.start_run(session, run_id)
        assert not runs.start_run(session, run_id)
        runs.tell_progress(session, run_id, 1, 3, "读取第 2 页")
    with store.session() as session:
        run = session.get_one(RunRow, run_id)
        assert (run.state, run.done, run.total, run.step) == (
            "running",
            1,
            3,
            "读取第 2 页",
        )
        assert run.beat_at
        assert [one.id for one in runs.unfinished_runs(session)] == [run_id]
        assert runs.kind_of_run(session, run_id) == ("collect", row.id)
        runs.finish_run(session, run_id, {"new": 2, "failed": 1})
    with store.session() as session:
        run = session.get_one(RunRow, run_id)
        assert (run.state, run.new, run.failed, run.step) == ("done", 2, 1, "")
        assert runs.unfinished_runs(session) == []


def test_a_run_fails_with_a_reason_or_is_put_back(store: Store) -> None:
    with store.session() as session:
        failing = runs.queue_run(session, RunKind.REBUILD)
        waiting = runs.queue_run(session, RunKind.REINDEX)
        runs.start_run(session, failing.id)
        runs.start_run(session, waiting.id)
        runs.finish_run(session, failing.id, {}, "磁盘已满")
        runs.put_back_run(session, waiting.id)
        session.expire_all()
        assert (failing.state, failing.reason) == (RunState.FAILED, "磁盘已满")
        assert waiting.state == RunState.QUEUED
        assert runs.waiting_runs(session, timedelta(seconds=-1)) == [waiting]
        assert runs.waiting_runs(session, timedelta(hours=1)) == []


def test_what_was_listed_before_is_asked_for_too(store: Store) -> None:
    with store.session() as session:
        row, _ = add_source(session, LIST)
        old = sources.see_page(session, row.id, "http://sample.example/1", "旧")
        sources.see_attachment(
            session, row.id, old.id, "http://sample.example/1.pdf", ""
        )
        listed = [("http://sample.example/2", "新", date(2024, 1, 19))]
        asked = sources.pages_to_ask(session, row.id, "trs", listed)
        assert [(page.title, page.listed_on) for page in asked] == [
            ("新", date(2024, 1, 19)),
            ("旧", None),
        ]
        assert row.recognised == "trs"
        (attachment,) = sources.attachments_of(session, old.id)
        assert attachment.url.endswith("1.pdf")


def test_a_page_goes_once_and_comes_back(store: Store) -> None:
    with store.session() as session:
        row, _ = add_source(session, LIST)
        page = sources.see_page(session, row.id, "http://sample.example/1", "甲")
        sources.page_answered(session, page.id, '"etag"', "yesterday")
        assert sources.page_gone(session, page.id, "404", 0)
        assert not sources.page_gone(session, page.id, "404", 0)
        assert (page.gone_why, page.etag, page.last_modified) == ("404", "", "")
        sources.page_answered(session, page.id, '"new"', "")
        assert (page.gone_at, page.etag) == (None, '"new"')
        seen = sources.see_page(session, row.id, "http://sample.example/1")
        assert (seen is page, seen.title) == (True, "甲")


def test_failures_stand_with_their_run(store: Store) -> None:
    with store.session() as session:
        run = runs.queue_run(session, RunKind.IMPORT)
        runs.note_failure(session, run.id, "a.pdf", "Unreadable", "无法读取")
        (failure,) = desk.failures(session, run.id)
        assert (failure.where, failure.kind) == ("a.pdf", "Unreadable")

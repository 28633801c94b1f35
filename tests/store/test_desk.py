"""What people with an account see."""

from __future__ import annotations

from archive.catalogue import OriginalState, RunKind
from archive.store import SourceWish, Store, desk, runs, saving, sources
from tests.sources import add_source
from tests.store.filing import body_digest, file, keep, report

LIST = "http://sample.example/list"


def test_a_source_stands_with_its_latest_run(store: Store) -> None:
    with store.session() as session:
        row, _ = add_source(session, LIST)
        idle, _ = add_source(session, f"{LIST}/2")
        first = runs.queue_run(session, RunKind.COLLECT, row.id)
        runs.finish_run(session, first.id, {})
        session.expire_all()
        last = runs.queue_run(session, RunKind.COLLECT, row.id)
        for where in ("a", "b"):
            runs.note_failure(session, last.id, where, "Changed", "版式有变")
        session.flush()
        found = [
            (one.source.id, one.last) for one in sources.chosen(session, SourceWish())
        ]
        assert found == [(row.id, last), (idle.id, None)]
        assert desk.runs(session, row.id) == [last, first]
        assert desk.runs(session, idle.id) == []
        assert desk.runs(session, limit=1) == [last]
        shown = desk.run(session, last.id)
        assert shown
        assert shown.source is row
        assert desk.run(session, 99) is None


def test_a_source_is_paused_and_resumed(store: Store) -> None:
    with store.session() as session:
        row, _ = add_source(session, LIST)
        for wanted in (True, False):
            assert sources.set_paused(session, row, wanted)
            assert not sources.set_paused(session, row, wanted)
            assert row.paused is wanted


def test_what_waits_for_a_person(store: Store) -> None:
    states = {
        "a": OriginalState.UNREADABLE,
        "b": OriginalState.UNFILED,
        "c": OriginalState.NOT_A_REPORT,
        "d": OriginalState.UNFILED,
    }
    for body, state in states.items():
        store.write(lambda session, body=body: keep(session, body))
        store.write(
            lambda session, body=body, state=state: saving.judge(
                session, body_digest(body), state, "示例"
            )
        )
    file(store, "read", report())
    with store.session() as session:
        assert desk.review_counts(session) == {
            "unreadable": 1,
            "unfiled": 2,
            "not_a_report": 1,
        }
        unfiled = desk.originals(session, "unfiled")
        assert {address for _, address in unfiled} == {"file:b", "file:d"}
        assert len(desk.originals(session)) == len(desk.originals(session, "read")) == 4
        runs.queue_run(session, RunKind.IMPORT)
        waiting = desk.waiting(session)
        assert (waiting.runs, waiting.to_index, waiting.review) == (1, 1, 4)

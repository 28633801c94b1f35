"""How much is in the archive and how its sources are doing."""

from __future__ import annotations

from dataclasses import replace

from archive.catalogue import RunKind
from archive.report import Agency
from archive.store import Store, counting, runs
from tests.sources import add_source
from tests.store.filing import file, report


def test_holdings_count_only_what_has_a_report(store: Store) -> None:
    file(store, "a", report(year=2022))
    file(store, "b", report(year=2023))
    file(store, "b again", report("另一版", year=2023))
    nowhere = Agency("某市教育局", sector="教育")
    file(store, "c", replace(report(year=2023), agency=nowhere))
    with store.session() as session:
        held = counting.holdings(session)
    assert (held.agencies, held.reports, held.versions, held.originals) == (2, 3, 4, 4)
    assert held.years == [(2023, 2), (2022, 1)]
    assert held.sectors == [("商务", 2), ("教育", 1)]
    assert held.provinces == [("", 1), ("990000", 2)]


def test_the_condition_speaks_of_current_versions(store: Store) -> None:
    file(store, "a", report("甲"))
    with store.session() as session:
        before = counting.condition(session)
    file(store, "b", report("乙"))
    with store.session() as session:
        runs.queue_run(session, RunKind.IMPORT)
        after = counting.condition(session, runs=5)
    assert before.findings == after.findings != {}
    assert before.originals == {"read": 1}
    assert [(run.kind, run.state) for run in after.runs] == [("import", "queued")]
    assert after.to_index == 2


def test_what_fails_comes_first_on_its_page(store: Store) -> None:
    with store.session() as session:
        well, failing, new = (
            add_source(session, f"http://sample.example/{number}")[0]
            for number in range(3)
        )
        for row, reason in ((well, ""), (failing, "对方拒绝")):
            run = runs.queue_run(session, RunKind.COLLECT, row.id)
            runs.note_failure(session, run.id, "x", "Refused", "对方拒绝")
            runs.finish_run(session, run.id, {}, reason)
        session.expire_all()
        total, states = counting.sources(session, page=1, size=3)
        assert total == 3
        assert [state.id for state in states] == [failing.id, well.id, new.id]
        assert [len(state.failures) for state in states] == [1, 0, 0]
        assert states[2].last is None
        _, states = counting.sources(session, page=2, size=2)
        assert [state.id for state in states] == [new.id]


def test_the_database_is_alive(store: Store) -> None:
    with store.session() as session:
        counting.alive(session)

"""A host belongs to one run, also where many workers claim it at the same moment."""

from __future__ import annotations

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import select

from archive.catalogue import RunState
from archive.store import Store, runs
from archive.store.rows import RunRow, SourceRow
from tests.sources import add_source

HOSTS, WORKERS, ROUNDS = 4, 8, 4


def queued(store: Store) -> list[int]:
    """Runs of two sources a host, host by host: two workers claim each host."""
    urls = [
        f"http://h{host}.example/{which}" for host in range(HOSTS) for which in "ab"
    ]
    with store.session() as session:
        ids = [add_source(session, url)[0].id for url in urls]
        return runs.queue_collecting(session, ids)


def at_work(store: Store) -> Counter[str]:
    """How many runs are at work, by the host of their source."""
    question = select(SourceRow.host).join(RunRow, RunRow.source_id == SourceRow.id)
    with store.session() as session:
        working = question.where(RunRow.state == RunState.RUNNING)
        return Counter(session.scalars(working))


def test_of_many_claims_at_once_one_a_host_is_granted(store: Store) -> None:
    waiting = queued(store)
    begin = threading.Barrier(WORKERS)

    def claim(run_id: int) -> bool:
        begin.wait(30)
        return store.write(lambda session: runs.start_run(session, run_id))

    with ThreadPoolExecutor(WORKERS) as workers:
        for _ in range(ROUNDS):
            granted = list(workers.map(claim, waiting))
            found = at_work(store)
            assert sorted(found.values()) == [1] * HOSTS
            assert sum(granted) == HOSTS
            for run_id, is_mine in zip(waiting, granted, strict=True):
                if is_mine:
                    store.write(lambda db, at=run_id: runs.put_back_run(db, at))  # type: ignore[misc]


def test_of_many_claims_of_one_run_one_is_granted(store: Store) -> None:
    (run_id, *_) = queued(store)
    begin = threading.Barrier(WORKERS)

    def claim(_: int) -> bool:
        begin.wait(30)
        return store.write(lambda session: runs.start_run(session, run_id))

    with ThreadPoolExecutor(WORKERS) as workers:
        granted = list(workers.map(claim, range(WORKERS)))
    assert sum(granted) == 1

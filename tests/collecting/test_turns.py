"""Turns in the database: over threads, processes and their deaths, on both databases."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from archive.collecting.turns import InDatabase
from archive.store import Store, hosts, runs
from scrapers import Fetcher, Unreachable
from scrapers.fetching import PATIENCE
from tests.scrapers.logged import Logged

PAUSE = 0.05
HOST = "portal.example"
ROOT = Path(__file__).resolve().parents[2]
ASKING = """
import sys, time
from archive.collecting.turns import InDatabase
from archive.store import Store, runs
from scrapers import Fetcher
url, portal, pages, holds = sys.argv[1:]
turns = InDatabase(Store(url), runs.now)
if holds:
    with turns.turn(portal, 0, time.sleep):
        print("held", flush=True)
        time.sleep(60)
with Fetcher("", 0.05, allow_private=True, turns=turns) as fetcher:
    for page in range(int(pages)):
        fetcher.get(f"{portal}/{page}")
"""


def process(
    url: str, portal: str, pages: int = 0, holds: str = ""
) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", ASKING, url, portal, str(pages), holds],
        cwd=ROOT,
        stdout=subprocess.PIPE if holds else None,
        text=True,
    )


def collect(url: str, portal: str) -> None:
    """As a thread of the worker does, with a connection of its own."""
    with closing(Store(url)) as store:
        turns = InDatabase(store, runs.now)
        with Fetcher("", PAUSE, allow_private=True, turns=turns) as fetcher:
            fetcher.get(f"{portal}/a")


@pytest.mark.timeout(60)
def test_threads_and_processes_ask_a_host_one_after_the_other(
    database_url: str,
) -> None:
    with Logged(takes=0.01) as portal:
        others = [process(database_url, portal.url, 4) for _ in range(2)]
        while not portal.log:
            time.sleep(0.01)
        threads = [
            threading.Thread(target=collect, args=(database_url, portal.url))
            for _ in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [other.wait(30) for other in others] == [0, 0]
    assert len(portal.log) == 8 * 2 + 2 * 5
    assert min(portal.gaps) >= PAUSE


@pytest.mark.timeout(60)
def test_many_threads_do_not_lock_each_other_out(database_url: str) -> None:
    """Sixteen threads on sixteen hosts, each with a connection of its own."""
    troubles: list[Exception] = []

    def work(host: str) -> None:
        with closing(Store(database_url)) as store:
            turns = InDatabase(store, runs.now)
            try:
                for _ in range(10):
                    with turns.turn(host, 0, time.sleep) as turn:
                        turn.answered(200, 0, True)
            except Exception as trouble:
                troubles.append(trouble)

    threads = [
        threading.Thread(target=work, args=(f"{number}.example",))
        for number in range(16)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert troubles == []


@pytest.fixture
def turns(store: Store) -> InDatabase:
    return InDatabase(store, runs.now)


def ask(turns: InDatabase, pause: float = 0) -> None:
    with turns.turn(HOST, pause, time.sleep) as turn:
        turn.answered(200, 0, True)


def held(store: Store, holder: str) -> None:
    """Somebody holds the turn of the host; the first try makes its row."""
    with store.session() as session:
        hosts.take(session, HOST, holder, 0, runs.now())
        hosts.take(session, HOST, holder, 0, runs.now())


def test_the_turn_of_a_killed_process_is_free(
    database_url: str, turns: InDatabase
) -> None:
    holder = process(database_url, HOST, holds="1")
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    holder.kill()
    holder.wait()
    holder.stdout.close()
    begun = time.monotonic()
    ask(turns, PAUSE)
    assert PAUSE <= time.monotonic() - begun < 5


def test_the_lease_of_another_machine_comes_to_its_end(
    store: Store, turns: InDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody can look whether it lives."""
    monkeypatch.setattr(hosts, "LEASE", timedelta(seconds=0.3))
    held(store, "elsewhere/0 1 a")
    begun = time.monotonic()
    ask(turns)
    assert time.monotonic() - begun > 0.15


def test_the_lease_is_longer_than_any_answer() -> None:
    assert timedelta(seconds=PATIENCE) < hosts.LEASE


def test_who_lost_the_lease_gives_nothing_back(store: Store) -> None:
    held(store, "elsewhere/0 1 a")
    with store.session() as session:
        hosts.give_back(session, HOST, "elsewhere/0 2 b", hosts.Manner(pause=9), 9)
        (found,) = hosts.listed(session, runs.now())
    assert (found.held_by, found.manner.pause) == ("elsewhere/0 1 a", 0)


def test_a_turn_that_could_not_be_given_back_is_taken_again(
    store: Store, turns: InDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database went away while a page was under way."""

    def away(*_: object, **__: object) -> None:
        raise RuntimeError("away")

    with monkeypatch.context() as patch:
        patch.setattr(hosts, "give_back", away)
        with pytest.raises(RuntimeError):
            ask(turns)
    begun = time.monotonic()
    ask(turns)
    assert time.monotonic() - begun < 3


def test_closed_hosts_are_told(store: Store) -> None:
    """The schedule leaves their sources alone, and the next try opens them again."""
    moment = runs.now()
    turns = InDatabase(store, lambda: moment)
    for _ in range(5):
        with turns.turn(HOST, 0, time.sleep) as turn:
            turn.unanswered(is_late=False)
    with store.session() as session:
        until = hosts.closed(session, moment)[HOST]
        (found,) = hosts.listed(session, moment)
    assert until == moment + timedelta(minutes=5)
    assert (found.manner.failures, found.manner.told) == (5, "连续 5 次没有正常应答")
    with pytest.raises(Unreachable, match="之前不再访问"):
        ask(turns)
    moment = until
    with store.session() as session:
        assert hosts.closed(session, moment) == {}
    ask(turns)
    with store.session() as session:
        (found,) = hosts.listed(session, moment)
    assert (found.manner.failures, found.manner.closed_until) == (0, None)
    assert found.held_by == ""
    assert found.ended_at is not None


def test_all_processes_know_how_slow_a_host_is(store: Store) -> None:
    with InDatabase(store, runs.now).turn(HOST, 0, time.sleep) as turn:
        time.sleep(0.6)
        turn.answered(200, 0, True)
    begun = time.monotonic()
    ask(InDatabase(store, runs.now))
    assert time.monotonic() - begun > 1.0

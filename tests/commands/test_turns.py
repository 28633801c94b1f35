"""Pages are made one after the other, and a slow one holds nobody up."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from queue import Queue

from archive.commands.website.turns import Turns

NEVER = 60.0
"""Seconds of patience that no test waits for."""
SOON = 10.0
"""Seconds in which a busy machine does what it does at once."""


class Page:
    """A request that says when it is begun, and ends when it is told to."""

    def __init__(self, name: str, begun: Queue[str]) -> None:
        self.name = name
        self.begun = begun
        self.end = threading.Event()

    def service(self) -> None:
        self.begun.put(self.name)
        assert self.end.wait(SOON)

    def cancel(self) -> None:
        self.begun.put(f"{self.name} is cancelled")


class Fault(Page):
    def service(self) -> None:
        raise RuntimeError(self.name)


@contextmanager
def turns(patience: float, threads: int = 3) -> Iterator[Turns]:
    made = Turns(patience)
    made.set_thread_count(threads)
    try:
        yield made
    finally:
        made.shutdown(timeout=SOON)
        assert not made.threads


def asked(
    turns: Turns, names: str, kind: type[Page] = Page
) -> tuple[list[Page], Callable[[], str]]:
    """Pages that are asked for in this order, and what tells the next one begun."""
    begun: Queue[str] = Queue()
    pages = [kind(name, begun) for name in names]
    for page in pages:
        turns.add_task(page)
    return pages, lambda: begun.get(timeout=SOON)


def test_one_after_the_other_in_the_order_they_were_asked_for() -> None:
    with turns(NEVER) as line:
        pages, next_begun = asked(line, "abcdef")
        for page in pages:
            assert next_begun() == page.name
            assert line.queue or page is pages[-1]
            page.end.set()


def test_no_second_one_is_begun_before_the_first_is_ready() -> None:
    with turns(NEVER) as line:
        (first, second), next_begun = asked(line, "ab")
        assert next_begun() == "a"
        # A thread that would take it has had the time of a whole turn to do so.
        assert list(line.queue) == [second]
        first.end.set()
        assert next_begun() == "b"
        second.end.set()


def test_the_next_ones_are_made_beside_one_that_is_slow() -> None:
    with turns(0.01) as line:
        pages, next_begun = asked(line, "abcd")
        assert [next_begun() for _ in range(3)] == ["a", "b", "c"]
        assert list(line.queue) == [pages[3]]
        pages[1].end.set()
        assert next_begun() == "d"
        for page in pages:
            page.end.set()


def test_one_that_is_asked_for_later_does_not_wait_for_a_slow_one() -> None:
    with turns(0.01) as line:
        (slow,), slow_begun = asked(line, "a")
        assert slow_begun() == "a"
        (quick,), quick_begun = asked(line, "b")
        assert quick_begun() == "b"
        quick.end.set()
        slow.end.set()


def test_one_that_lost_its_turn_does_not_take_that_of_another() -> None:
    with turns(0.2, threads=2) as line:
        (slow,), slow_begun = asked(line, "a")
        assert slow_begun() == "a"
        line._lost_at = 0.0
        pages, next_begun = asked(line, "bc")
        assert next_begun() == "b"
        line._lost_at += NEVER
        slow.end.set()
        pages[0].end.set()
        assert next_begun() == "c"
        pages[1].end.set()


def test_a_fault_ends_no_thread() -> None:
    with turns(NEVER, threads=1) as line:
        line.logger.disabled = True
        asked(line, "abc", Fault)
        (page,), next_begun = asked(line, "d")
        assert next_begun() == "d"
        line.logger.disabled = False
        page.end.set()


def test_what_waits_at_the_end_is_cancelled() -> None:
    with turns(NEVER, threads=1) as line:
        (first, _), next_begun = asked(line, "ab")
        assert next_begun() == "a"
        line.set_thread_count(0)
        first.end.set()
        line.shutdown(timeout=SOON)
        assert next_begun() == "b is cancelled"

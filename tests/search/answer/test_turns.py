"""Threads take turns in the order in which they came."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from archive.search.answer.turns import Turns


def test_never_two_at_once() -> None:
    turns = Turns()
    inside: list[int] = []

    def work(number: int) -> int:
        with turns.taken():
            inside.append(number)
            alone = len(inside)
            time.sleep(0)
            inside.pop()
        return alone

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(work, range(400))) == {1}


def test_who_came_first_goes_first() -> None:
    turns = Turns()
    served: list[int] = []

    def work(number: int) -> None:
        with turns.taken():
            served.append(number)

    waiting = [threading.Thread(target=work, args=(number,)) for number in range(5)]
    with turns.taken():
        for before, thread in enumerate(waiting):
            thread.start()
            while len(turns._waiting) == before:
                time.sleep(0.001)
    for thread in waiting:
        thread.join()
    assert served == list(range(5))


def test_others_go_on_while_a_turn_is_given_up() -> None:
    turns = Turns()
    served = threading.Event()

    def work() -> None:
        with turns.taken():
            served.set()

    with turns.taken():
        other = threading.Thread(target=work)
        other.start()
        with turns.given_up():
            assert served.wait(10)
        assert turns._taken
    other.join()
    assert not turns._taken


def test_a_failure_ends_the_turn() -> None:
    turns = Turns()
    with pytest.raises(ValueError, match="inside"), turns.taken(), turns.given_up():
        raise ValueError("inside")
    with turns.taken():
        pass

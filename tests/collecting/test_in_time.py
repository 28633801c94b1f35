"""Runs that end before all pages were asked for, and go on with the others."""

from __future__ import annotations

from datetime import timedelta

import pytest

from archive.catalogue import RunState
from archive.collecting import collect, in_time
from archive.collecting.in_time import InTime
from archive.pipeline import Archive
from archive.store import runs
from scrapers import Fetcher, Unreachable
from scrapers.fetching import InMemory
from tests.collecting.city import City
from tests.scrapers.stub import Clock


def test_a_run_ends_in_time_and_the_next_goes_on(
    town: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock()
    begin = collect.visit
    visited: list[str] = []

    def slow(tour: collect.Tour, page: collect.Asked) -> object:
        visited.append(page.url)
        clock.now += 40 * 60
        return begin(tour, page)

    class Timed(InTime):
        def __init__(self, minutes: float, fetcher: Fetcher) -> None:
            super().__init__(minutes, fetcher, clock)

    with monkeypatch.context() as patch:
        patch.setattr(collect, "InTime", Timed)
        patch.setattr(collect, "visit", slow)
        tally = town.collect()
        first, run = list(visited), town.run
        assert len(first) == 3
        assert run.state == RunState.INCOMPLETE
        assert "3 个网页未及访问" in run.reason
        assert "已满 120 分钟" in run.reason
        assert not tally.is_well
        visited.clear()
        town.collect()
        second = list(visited)
    # Each page once before any comes again.
    assert len({*first, *second}) == len(first) + len(second) == 6
    assert town.collect().is_well


def test_pages_of_a_closed_host_are_not_failures(
    town: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They were not asked for: it says nothing of them."""
    moment = runs.now()
    turns = InMemory(calendar=lambda: moment)

    def known(archive: Archive) -> Fetcher:
        return Fetcher(
            "", pause=0, allow_private=True, sleep=lambda _: None, turns=turns
        )

    monkeypatch.setattr(collect, "fetcher_of", known)
    begin = collect.visit
    count = 0

    def closing(tour: collect.Tour, page: collect.Asked) -> object:
        nonlocal count
        count += 1
        if count == 3:
            host = town.portals.trs_list.split("/")[2]
            for _ in range(5):
                with turns.turn(host, 0, lambda _: None) as turn:
                    turn.unanswered(is_late=False)
        return begin(tour, page)

    with monkeypatch.context() as patch:
        patch.setattr(collect, "visit", closing)
        tally = town.collect()
    assert tally.failed == 0
    assert "4 个网页未及访问" in town.run.reason
    assert "之前不再访问" in town.run.reason
    moment += timedelta(minutes=5)
    assert town.collect().is_well


def test_a_list_that_never_ends_is_left_when_the_time_is_over() -> None:
    clock = Clock()
    with Fetcher("", clock=clock, sleep=clock.sleep) as fetcher:
        hours = in_time.InTime(1, fetcher, clock)
        clock.now += 60
        with pytest.raises(Unreachable, match="已满 1 分钟"):
            hours.get("http://portal.example/")
        with pytest.raises(Unreachable, match="已满 1 分钟"):
            hours.post("http://portal.example/", (("a", "b"),))

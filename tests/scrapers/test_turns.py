"""Turns: one request at a time to a host, growing pauses, and hosts that are closed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler

import pytest

from scrapers.fetching import Fetcher, InMemory, Sleep, Standing, Turn
from scrapers.fetching.standing import CLOSED_FOR, LONGEST_CLOSED, LONGEST_PAUSE
from scrapers.source import Unreachable
from tests.scrapers.logged import Logged
from tests.scrapers.stub import Clock, Stub, answer, in_turn

PAUSE = 0.05
HOST = "portal.example"
SPRING = datetime(2024, 3, 1, 8, tzinfo=UTC)


class Calendar:
    """A calendar that is turned by hand."""

    def __init__(self) -> None:
        self.now = SPRING

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def calendar() -> Calendar:
    return Calendar()


@pytest.fixture
def turns(clock: Clock, calendar: Calendar) -> InMemory:
    return InMemory(clock, calendar)


def polite(turns: InMemory, clock: Clock) -> Fetcher:
    return Fetcher("", allow_private=True, turns=turns, clock=clock, sleep=clock.sleep)


# One at a time


def test_threads_ask_a_host_one_after_the_other() -> None:
    """Eight fetchers, as of eight sources, share what the process knows."""
    turns = InMemory()

    def collect() -> None:
        with Fetcher("", PAUSE, allow_private=True, turns=turns) as fetcher:
            fetcher.get(f"{portal.url}/a")
            fetcher.get(f"{portal.url}/b")

    with Logged(takes=0.01) as portal:
        threads = [threading.Thread(target=collect) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(portal.log) == 8 * 3
    assert min(portal.gaps) >= PAUSE


def test_fetchers_share_their_turns_unless_told_otherwise() -> None:
    with Logged() as portal:
        for _ in range(3):
            with Fetcher("", PAUSE, allow_private=True) as fetcher:
                fetcher.get(f"{portal.url}/a")
    assert min(portal.gaps) >= PAUSE


def test_http_and_https_are_one_host() -> None:
    """Each hop of a redirect is asked at its own host."""
    asked = []

    class Noted(InMemory):
        @contextmanager
        def turn(self, host: str, pause: float, sleep: Sleep) -> Iterator[Turn]:
            asked.append(host)
            with super().turn(host, pause, sleep) as turn:
                yield turn

    with Stub() as stub:
        there = f"http://other.example:{stub.port}/b"
        stub.routes |= {"/a": answer(302, Location=there), "/b": answer(200, b"x")}
        with Fetcher(
            "",
            allow_private=True,
            turns=Noted(),
            pause=0,
            sleep=lambda _: None,
            resolve=lambda host, port: [] if port == 443 else ["127.0.0.1"],
        ) as fetcher:
            fetcher.get(f"http://Portal.Example:{stub.port}/a")
            port = f":{stub.port}"
            assert asked == [HOST + port] * 2 + ["other.example" + port] * 2
            asked.clear()
            for address in ("http://portal.example:443/", "https://portal.example/"):
                with pytest.raises(Unreachable):
                    fetcher.get(address)
    assert set(asked) == {HOST}


def test_waiting_ends_when_sleeping_is_interrupted(turns: InMemory) -> None:
    def interrupted(seconds: float) -> None:
        raise KeyboardInterrupt

    def go(sleep: Sleep) -> None:
        with turns.turn(HOST, 1, sleep) as turn:
            turn.answered(200, 0, True)

    go(interrupted)
    with pytest.raises(KeyboardInterrupt):
        go(interrupted)
    # Nobody is left in the line.
    with pytest.raises(KeyboardInterrupt):
        go(interrupted)


def test_waiting_for_others_has_an_end(clock: Clock, turns: InMemory) -> None:
    with (
        turns.turn(HOST, 0, clock.sleep),
        pytest.raises(Unreachable, match="等候已超过 15 分钟") as told,
        turns.turn(HOST, 0, lambda seconds: clock.sleep(60)),
    ):
        pass
    assert told.value.not_asked


# Pauses


def ask(turns: InMemory, clock: Clock, seconds: float, status: int = 200) -> float:
    """Asks once; the seconds that were waited for before."""
    before = clock.now
    with turns.turn(HOST, 1.0, clock.sleep) as turn:
        waited = clock.now - before
        clock.now += seconds
        turn.answered(status, 0, is_last=False)
    return waited


def test_the_pause_grows_with_slowness_and_shrinks_again(
    clock: Clock, turns: InMemory
) -> None:
    assert ask(turns, clock, 0.1) == 0
    assert ask(turns, clock, 4) == pytest.approx(1.0)
    slow = [ask(turns, clock, 4) for _ in range(10)]
    assert slow == sorted(slow)
    assert 7 < slow[-1] <= 8
    quick = [ask(turns, clock, 0.1) for _ in range(20)]
    assert quick[-1] == pytest.approx(1.0)
    endless = [ask(turns, clock, 600) for _ in range(5)]
    assert endless[-1] == pytest.approx(LONGEST_PAUSE)


@pytest.mark.parametrize("status", [429, 503])
def test_trouble_doubles_the_pause(clock: Clock, turns: InMemory, status: int) -> None:
    waited = [ask(turns, clock, 0.1, status) for _ in range(9)]
    assert waited[1:8] == pytest.approx([2, 4, 8, 16, 32, 60, 60])
    better = [ask(turns, clock, 0.1) for _ in range(4)]
    assert better == pytest.approx([60, 48, 38.4, 30.72])


def test_a_slow_server_is_left_alone_for_longer() -> None:
    with (
        Logged(takes=0.6) as portal,
        Fetcher("", PAUSE, allow_private=True, turns=InMemory()) as fetcher,
    ):
        fetcher.get(f"{portal.url}/a")
        fetcher.get(f"{portal.url}/b")
    assert min(portal.gaps) > 1.0


# Closed hosts


def fail(turns: InMemory, clock: Clock) -> None:
    with turns.turn(HOST, 0, clock.sleep) as turn:
        turn.unanswered(is_late=False)


def test_a_silent_host_is_closed_for_growing_whiles(
    clock: Clock, calendar: Calendar, turns: InMemory
) -> None:
    for _ in range(4):
        fail(turns, clock)
    ask(turns, clock, 0.1)
    for _ in range(5):
        fail(turns, clock)
    for closed_for in (*CLOSED_FOR, CLOSED_FOR[-1]):
        calendar.now += closed_for - timedelta(seconds=1)
        with pytest.raises(Unreachable, match="北京时间 2024-03-0") as told:
            fail(turns, clock)
        assert told.value.not_asked
        calendar.now += timedelta(seconds=1)
        fail(turns, clock)
    calendar.now += CLOSED_FOR[-1]
    ask(turns, clock, 0.1)
    assert turns.standing(HOST).failures == 0
    ask(turns, clock, 0.1)


def test_a_host_that_does_not_answer_is_asked_no_more(
    clock: Clock, calendar: Calendar, turns: InMemory
) -> None:
    """The third page is not asked for at all; a try afterwards opens it again."""
    with Stub() as stub:
        stub.routes["/robots.txt"] = in_turn(answer(404), answer(404))
        dead: Callable[[BaseHTTPRequestHandler], None] = lambda handler: None  # noqa: E731
        stub.routes |= {"/a": dead, "/b": dead, "/c": answer(200, b"x")}
        with polite(turns, clock) as fetcher:
            for path in "ab":
                with pytest.raises(Unreachable):
                    fetcher.get(f"{stub.url}/{path}")
            with pytest.raises(Unreachable, match="之前不再访问") as told:
                fetcher.get(f"{stub.url}/c")
            assert (told.value.not_asked, stub.times("/c")) == (True, 0)
            calendar.now += timedelta(minutes=5)
            assert fetcher.get(f"{stub.url}/c").status == 200


def test_broken_pages_count_once_each(clock: Clock, turns: InMemory) -> None:
    """Old articles that answer 500 are no broken host."""
    with Stub() as stub:
        for number in range(4):
            stub.routes[f"/{number}"] = answer(500)
        stub.routes["/well"] = answer(200, b"x")
        with polite(turns, clock) as fetcher:
            for number in range(4):
                with pytest.raises(Unreachable, match="HTTP 500"):
                    fetcher.get(f"{stub.url}/{number}")
            assert fetcher.get(f"{stub.url}/well").status == 200


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("as_date", [False, True])
def test_a_long_retry_after_closes_the_host(
    clock: Clock, calendar: Calendar, turns: InMemory, status: int, as_date: bool
) -> None:
    seconds = 3600
    moment = datetime.now(UTC) + timedelta(seconds=seconds)
    told = format_datetime(moment) if as_date else str(seconds)
    with Stub() as stub:
        stub.routes |= {
            "/a": answer(status, Retry_After=told),
            "/b": answer(200, b"x"),
        }
        with polite(turns, clock) as fetcher:
            with pytest.raises(Unreachable, match="秒后再试"):
                fetcher.get(f"{stub.url}/a")
            calendar.now += timedelta(seconds=seconds - 60)
            with pytest.raises(Unreachable, match="要求暂停访问"):
                fetcher.get(f"{stub.url}/b")
            calendar.now += timedelta(seconds=60)
            assert fetcher.get(f"{stub.url}/b").status == 200
        assert (stub.times("/a"), stub.times("/b")) == (1, 1)


def test_nobody_closes_a_host_for_ever() -> None:
    turn = Turn()
    turn.answered(503, 1e12, is_last=True)
    standing = Standing().after(turn, 1.0, 0.1, SPRING)
    assert standing.closed_until == SPRING + LONGEST_CLOSED


def test_a_short_retry_after_holds_for_all_who_ask(
    clock: Clock, turns: InMemory
) -> None:
    with turns.turn(HOST, 1, clock.sleep) as turn:
        turn.answered(429, 90, is_last=False)
    assert ask(turns, clock, 0.1) == pytest.approx(90)


# Time for a page


def drip(every: float) -> Callable[[BaseHTTPRequestHandler], None]:
    """A body that comes byte by byte."""

    def route(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
        for _ in range(200):
            handler.wfile.write(b"x")
            time.sleep(every)

    return route


@pytest.mark.timeout(30)
def test_a_dripping_page_is_given_up_in_time() -> None:
    """All attempts together take no longer than a page may."""
    with Stub() as stub:
        stub.routes["/drip"] = drip(0.02)
        with Fetcher(
            "",
            pause=0,
            allow_private=True,
            page_seconds=1.0,
            drips_after=0.2,
            turns=InMemory(),
        ) as fetcher:
            begun = time.monotonic()
            with pytest.raises(Unreachable, match="传输过慢") as told:
                fetcher.get(f"{stub.url}/drip")
            taken = time.monotonic() - begun
    assert told.value.late
    assert taken < 2


def test_a_file_that_comes_steadily_may_take_longer_than_a_page() -> None:
    def steadily(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 40000\r\n\r\n")
        for _ in range(10):
            handler.wfile.write(b"x" * 4000)
            time.sleep(0.05)

    with Stub() as stub:
        stub.routes["/file.pdf"] = steadily
        with Fetcher(
            "",
            pause=0,
            allow_private=True,
            page_seconds=0.3,
            drips_after=0.1,
            turns=InMemory(),
        ) as fetcher:
            assert len(fetcher.get(f"{stub.url}/file.pdf").body) == 40_000

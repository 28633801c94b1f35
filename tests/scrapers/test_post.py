"""Forms are sent with the manners of every other request."""

from __future__ import annotations

import pytest

from scrapers.fetching import Fetcher
from scrapers.source import Refused, Unreachable
from tests.scrapers.stub import Clock, Stub, answer, in_turn

FORM = (("columnid", "1201"), ("webname", "示例市"), ("path", "/"))
SENT = "columnid=1201&webname=%E7%A4%BA%E4%BE%8B%E5%B8%82&path=%2F"


def polite(clock: Clock, **options: int) -> Fetcher:
    return Fetcher(
        "", pause=2, allow_private=True, clock=clock, sleep=clock.sleep, **options
    )


def test_a_form_is_sent_once_and_kept_with_its_answer() -> None:
    clock = Clock()
    with Stub() as stub, polite(clock) as fetcher:
        stub.routes["/proxy?start=1"] = answer(200, b"<datastore/>")
        capture = fetcher.post(f"{stub.url}/proxy?start=1", FORM)
    assert (capture.status, capture.body, capture.form) == (200, b"<datastore/>", FORM)
    assert stub.posted == [("/proxy?start=1", SENT)]
    # robots.txt was asked for before, and a pause made.
    assert [path for path, _ in stub.asked] == ["/robots.txt"]
    assert clock.slept == [2]


def test_a_form_without_names_is_a_text() -> None:
    with Stub() as stub, polite(Clock()) as fetcher:
        stub.routes["/api"] = answer(200, b"{}")
        fetcher.post(f"{stub.url}/api", (("", '{"page": 1}'),))
    assert stub.posted == [("/api", '{"page": 1}')]


def test_a_form_obeys_robots_and_limits() -> None:
    clock = Clock()
    with Stub() as stub, polite(clock, max_bytes=10) as fetcher:
        stub.routes["/robots.txt"] = answer(200, b"User-agent: *\nDisallow: /no/")
        stub.routes["/long"] = answer(200, b"x" * 11)
        with pytest.raises(Refused, match=r"robots\.txt"):
            fetcher.post(f"{stub.url}/no/proxy", FORM)
        with pytest.raises(Refused, match="大小"):
            fetcher.post(f"{stub.url}/long", FORM)
    assert [path for path, _ in stub.posted] == ["/long"]


def test_a_form_is_sent_again_after_trouble_that_passes() -> None:
    clock = Clock()
    with Stub() as stub, polite(clock) as fetcher:
        stub.routes["/proxy"] = in_turn(answer(503), answer(200, b"ok"))
        assert fetcher.post(f"{stub.url}/proxy", FORM).body == b"ok"
        stub.routes["/down"] = answer(500)
        with pytest.raises(Unreachable, match="500"):
            fetcher.post(f"{stub.url}/down", FORM)
    assert stub.posted == [("/proxy", SENT)] * 2 + [("/down", SENT)] * 3


@pytest.mark.parametrize(("status", "is_sent_on"), [(302, False), (307, True)])
def test_along_a_redirect_a_form_is_sent_on_where_the_status_says_so(
    status: int, is_sent_on: bool
) -> None:
    with Stub() as stub, polite(Clock()) as fetcher:
        stub.routes["/old"] = answer(status, Location="/new")
        stub.routes["/new"] = answer(200, b"here")
        assert fetcher.post(f"{stub.url}/old", FORM).body == b"here"
    assert ("/new" in [path for path, _ in stub.posted]) is is_sent_on

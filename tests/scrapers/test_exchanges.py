"""What is kept as evidence of requests and answers."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler

import pytest

from scrapers.fetching import Fetcher
from tests.scrapers.stub import Clock, Stub, answer

BODY = "示例报告".encode() * 50


@pytest.fixture
def stub() -> Iterator[Stub]:
    with Stub() as running:
        yield running


@pytest.fixture
def fetcher() -> Iterator[Fetcher]:
    clock = Clock()
    with Fetcher("", allow_private=True, clock=clock, sleep=clock.sleep) as polite:
        yield polite


def test_request_and_answer_are_kept_as_they_went(stub: Stub, fetcher: Fetcher) -> None:
    packed = gzip.compress(BODY)

    def send(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200, "Quite Fine")
        handler.send_header("X-Twice", "b")
        handler.send_header("Set-Cookie", "secret=1")
        handler.send_header("x-twice", "a")
        handler.send_header("Content-Encoding", "gzip")
        handler.send_header("Content-Length", str(len(packed)))
        handler.end_headers()
        handler.wfile.write(packed)

    stub.routes["/a"] = send
    fetcher.get(f"{stub.url}/a")
    capture = fetcher.get(f"{stub.url}/a", etag='"v1"')
    (one,) = capture.exchanges
    assert (one.method, one.url, one.form) == ("GET", f"{stub.url}/a", "")
    assert (one.status, one.reason) == (200, "Quite Fine")
    assert one.version.startswith("HTTP/1.")
    assert one.address == "127.0.0.1"
    assert one.asked_at <= one.answered_at <= capture.at
    # Order, case and repetition are those of the server.
    twice = [pair for pair in one.received if pair[0].lower() == "x-twice"]
    assert twice == [("X-Twice", "b"), ("x-twice", "a")]
    assert ("If-None-Match", '"v1"') in one.sent
    assert one.length == len(BODY)
    assert one.sha256 == hashlib.sha256(BODY).hexdigest()


def test_cookies_are_not_kept(stub: Stub, fetcher: Fetcher) -> None:
    stub.routes["/a"] = answer(200, b"x", Set_Cookie="secret=1")
    fetcher.get(f"{stub.url}/a")
    (one,) = fetcher.get(f"{stub.url}/a").exchanges
    path, headers = stub.asked[-1]
    assert (path, headers["cookie"]) == ("/a", "secret=1")
    names = {name.lower() for name, _ in (*one.sent, *one.received)}
    assert not names & {"cookie", "set-cookie"}


def test_every_redirect_is_kept(stub: Stub, fetcher: Fetcher) -> None:
    stub.routes["/a"] = answer(301, b"gone there", Location="/b")
    stub.routes["/b"] = answer(302, Location="/c")
    stub.routes["/c"] = answer(200, BODY)
    capture = fetcher.get(f"{stub.url}/a")
    assert [(one.url, one.status) for one in capture.exchanges] == [
        (f"{stub.url}/a", 301),
        (f"{stub.url}/b", 302),
        (f"{stub.url}/c", 200),
    ]
    assert ("Location", "/b") in capture.exchanges[0].received


def test_what_was_posted_is_kept(stub: Stub, fetcher: Fetcher) -> None:
    stub.routes["/list"] = answer(200, b"{}")
    (one,) = fetcher.post(f"{stub.url}/list", (("page", "2"), ("年", "x"))).exchanges
    assert (one.method, one.form) == ("POST", "page=2&%E5%B9%B4=x")
    assert dict(one.sent)["Content-Length"] == str(len(one.form))


def test_what_is_gone_is_kept_with_its_answer(stub: Stub, fetcher: Fetcher) -> None:
    stub.routes["/a"] = answer(410, b"not any more", X_Said="gone")
    (one,) = fetcher.get(f"{stub.url}/a").exchanges
    assert (one.status, one.length) == (410, 12)
    assert ("X-Said", "gone") in one.received

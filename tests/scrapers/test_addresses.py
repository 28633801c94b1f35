"""Which addresses may be connected to, also when names change their meaning."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpcore
import pytest

from scrapers.fetching import Fetcher
from scrapers.fetching.addresses import is_public, parse_url
from scrapers.source import Refused
from tests.scrapers.stub import Stub, answer

PUBLIC = "8.8.4.4"


INNER = """
127.0.0.1 127.9.9.9 10.0.0.1 172.16.5.5 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 255.255.255.255
192.0.2.1 198.18.0.1 240.0.0.1 ::1 :: fe80::1 fe80::1%eth0 fc00::1 ff02::1 2001:db8::1 ::ffff:127.0.0.1
::ffff:10.0.0.1 ::127.0.0.1 64:ff9b::7f00:1 64:ff9b::a00:1 2002:7f00:1:: 2002:c0a8:101:: nonsense
"""


@pytest.mark.parametrize("address", INNER.split())
def test_inner_addresses(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", [PUBLIC, "2400:3200::1", "::ffff:8.8.4.4", "64:ff9b::808:404"]
)
def test_public_addresses(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    ["", "x", "/a", "ftp://a.cn/", "file:///etc/passwd", "javascript:alert(1)", "http://", "http:///a", "http://a.cn:22/",
     "http://a.cn:6379/", "http://a.cn:99999/", "http://u:p@a.cn/", "http://u@a.cn/", "http://[::1", "http://a\x00b.cn/",
     "http://a.cn/" + "a" * 2000],
)  # fmt: skip
def test_only_plain_web_addresses(url: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_url(url)
    assert "p@" not in str(refused.value)


@pytest.mark.parametrize(
    "url",
    [
        "http://a.cn",
        "https://a.cn:8443/x?y=1",
        "http://示例.cn:8080/年报",
        "http://1.2.3.4:81/",
    ],
)
def test_unusual_but_plain(url: str) -> None:
    assert parse_url(url).host


class Names:
    """A resolver with prepared answers, one after the other; the last one stays."""

    def __init__(self, **answers: list[list[str]]) -> None:
        self.answers = {
            name.replace("_", "."): answer for name, answer in answers.items()
        }
        self.asked: list[str] = []

    def __call__(self, host: str, port: int) -> list[str]:
        self.asked.append(host)
        left = self.answers[host]
        return left.pop(0) if len(left) > 1 else left[0]


@pytest.fixture
def stub() -> Iterator[Stub]:
    with Stub() as running:
        yield running


@pytest.fixture
def connected(stub: Stub, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Where connections went to; the public address of these tests is led to the stub."""
    went: list[str] = []
    connect = httpcore.SyncBackend.connect_tcp

    def connect_tcp(
        self: httpcore.SyncBackend, host: str, port: int, *rest: Any
    ) -> httpcore.NetworkStream:
        went.append(host)
        assert host == PUBLIC, f"connected to {host}"
        return connect(self, "127.0.0.1", stub.port, *rest)

    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", connect_tcp)
    return went


def fetcher(names: Names) -> Fetcher:
    return Fetcher("", pause=0, sleep=lambda _: None, resolve=names)


def test_connects_to_the_checked_address_under_its_name(
    stub: Stub, connected: list[str]
) -> None:
    stub.routes["/a"] = answer(200, b"x")
    with fetcher(Names(portal_example=[[PUBLIC]])) as polite:
        assert polite.get("http://portal.example/a").body == b"x"
    assert set(connected) == {PUBLIC}
    assert stub.asked[-1][1]["host"] == "portal.example"


@pytest.mark.parametrize(
    "answers",
    [["127.0.0.1"], [PUBLIC, "10.0.0.7"], ["::ffff:192.168.0.1"], ["169.254.169.254"]],
)
def test_names_of_inner_addresses_are_refused(
    connected: list[str], answers: list[str]
) -> None:
    with (
        fetcher(Names(portal_example=[answers])) as polite,
        pytest.raises(Refused, match="内部或保留地址"),
    ):
        polite.get("http://portal.example/")
    assert connected == []


def test_plain_inner_addresses_are_refused(stub: Stub) -> None:
    with Fetcher("", pause=0) as polite, pytest.raises(Refused, match="内部或保留地址"):
        polite.get(f"{stub.url}/")
    assert stub.asked == []


def test_a_name_that_changes_its_meaning_gains_nothing(
    stub: Stub, connected: list[str]
) -> None:
    """The second look-up would lead inside: either it is not made, or it is refused;
    never connected to.
    """
    stub.routes["/a"] = answer(200, b"x")
    names = Names(portal_example=[[PUBLIC], ["127.0.0.1"]])
    with fetcher(names) as polite, pytest.raises(Refused, match="内部或保留地址"):
        [polite.get("http://portal.example/a") for _ in range(3)]
    assert connected == [PUBLIC]


def test_a_redirect_inside_is_refused(stub: Stub, connected: list[str]) -> None:
    stub.routes["/a"] = answer(302, Location="http://inside.example/admin")
    names = Names(portal_example=[[PUBLIC]], inside_example=[["10.0.0.5"]])
    with fetcher(names) as polite, pytest.raises(Refused, match=r"inside\.example"):
        polite.get("http://portal.example/a")
    assert set(connected) == {PUBLIC}

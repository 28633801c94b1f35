"""The fetcher against servers that behave well, badly and maliciously."""

from __future__ import annotations

import gzip
import ssl
import subprocess
import threading
import time
import tomllib
import zlib
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from scrapers.fetching import VERSION, Fetcher
from scrapers.source import Refused, Unreachable
from tests.portals.server import Portals
from tests.scrapers.stub import Clock, Stub, answer, in_turn

ROOT = Path(__file__).resolve().parents[2]
CONTACT = "https://archive.example/contact"


@pytest.fixture
def stub() -> Iterator[Stub]:
    with Stub() as running:
        yield running


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def fetcher(clock: Clock) -> Iterator[Fetcher]:
    with Fetcher(
        CONTACT, allow_private=True, clock=clock, sleep=clock.sleep, max_bytes=100_000
    ) as polite:
        yield polite


def test_it_introduces_itself(stub: Stub, fetcher: Fetcher) -> None:
    stub.routes["/a"] = answer(
        200, "你好".encode(), Content_Type="text/html", X_Kept="yes", Set_Cookie="a=b"
    )
    capture = fetcher.get(f"{stub.url}/a#part")
    assert (capture.status, capture.body.decode(), capture.url) == (
        200,
        "你好",
        f"{stub.url}/a",
    )
    assert capture.asked.endswith("#part")
    assert capture.headers["x-kept"] == "yes"
    assert "set-cookie" not in capture.headers
    assert capture.at.tzinfo is not None
    assert {headers["user-agent"] for _, headers in stub.asked} == {
        f"GovDisclosureArchive/{VERSION} (+{CONTACT})"
    }


def test_version_is_that_of_the_project() -> None:
    assert (
        tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
        == VERSION
    )


def test_contact_must_fit_into_a_header() -> None:
    with pytest.raises(ValueError, match="ASCII"):
        Fetcher("http://x\r\nEvil: 1")


def test_pauses_between_requests_to_a_host(
    stub: Stub, clock: Clock, fetcher: Fetcher
) -> None:
    for _ in range(3):
        fetcher.get(f"{stub.url}/a")
    assert clock.slept == [1.0, 1.0, 1.0]  # robots.txt, then three pages


def test_missing_pages_are_answers(stub: Stub, fetcher: Fetcher) -> None:
    stub.routes["/gone"] = answer(410, b"gone")
    assert fetcher.get(f"{stub.url}/nowhere").status == 404
    assert fetcher.get(f"{stub.url}/gone").status == 410


def test_conditional_requests(fetcher: Fetcher) -> None:
    with Portals() as portals:
        first = fetcher.get(portals.address("示例市商务局", 2023))
        etag, modified = first.headers["etag"], first.headers["last-modified"]
        again = fetcher.get(first.url, etag=etag)
        by_date = fetcher.get(first.url, last_modified=modified)
        portals.redecorate()
        changed = fetcher.get(first.url, etag=etag)
    assert (again.not_modified, again.status, again.body) == (True, 304, b"")
    assert by_date.not_modified
    assert not changed.not_modified
    assert changed.body != first.body


@pytest.mark.parametrize("status", [300, 304])
def test_an_answer_that_leads_nowhere_is_no_page(
    stub: Stub, fetcher: Fetcher, status: int
) -> None:
    """A choice of addresses; and "as before" to someone who has nothing from before."""
    stub.routes["/a"] = answer(status)
    with pytest.raises(Unreachable, match=f"HTTP {status}"):
        fetcher.get(f"{stub.url}/a")


def test_header_values_stay_on_one_line(stub: Stub, fetcher: Fetcher) -> None:
    stub.routes["/a"] = answer(200, b"x")
    fetcher.get(f"{stub.url}/a", etag='"x"\r\nEvil: 1')
    assert "evil" not in stub.asked[-1][1]


# robots.txt


def test_robots_are_obeyed_and_remembered(
    stub: Stub, clock: Clock, fetcher: Fetcher
) -> None:
    stub.routes["/robots.txt"] = answer(200, b"User-agent: *\nDisallow: /secret\n")
    stub.routes["/open"] = answer(200, b"x")
    fetcher.get(f"{stub.url}/open")
    with pytest.raises(Refused, match=r"robots\.txt.*/secret/a"):
        fetcher.get(f"{stub.url}/secret/a")
    assert stub.times("/robots.txt") == 1
    assert stub.times("/secret/a") == 0
    clock.now += 25 * 3600
    fetcher.get(f"{stub.url}/open")
    assert stub.times("/robots.txt") == 2


@pytest.mark.parametrize(
    "robots",
    [
        answer(404),
        answer(403),
        answer(404, b"User-agent: *\nDisallow: /\n"),
        answer(499, b"User-agent: *\nDisallow: /\n"),
        answer(200, b"<html>404</html>"),
        answer(200, b"\n <html>\nUser-agent: *\nDisallow: /\n"),
        answer(200, b""),
        answer(200, b"\xff\x00"),
    ],
)
def test_no_usable_robots_no_rules(
    stub: Stub, fetcher: Fetcher, robots: Callable[..., None]
) -> None:
    stub.routes |= {"/robots.txt": robots, "/a": answer(200, b"x")}
    assert fetcher.get(f"{stub.url}/a").status == 200


@pytest.mark.parametrize("status", [500, 503, 521])
def test_broken_robots_mean_not_now(stub: Stub, fetcher: Fetcher, status: int) -> None:
    stub.routes |= {"/robots.txt": answer(status), "/a": answer(200, b"x")}
    with pytest.raises(Unreachable, match=str(status)):
        fetcher.get(f"{stub.url}/a")
    assert stub.times("/a") == 0


def test_crawl_delay_is_kept(stub: Stub, clock: Clock, fetcher: Fetcher) -> None:
    stub.routes |= {
        "/robots.txt": answer(200, b"User-agent: *\nCrawl-delay: 7\n"),
        "/a": answer(200, b"x"),
    }
    fetcher.get(f"{stub.url}/a")
    fetcher.get(f"{stub.url}/a")
    assert clock.slept == [7.0, 7.0]


def test_of_two_delays_the_longer_is_kept(
    stub: Stub, clock: Clock, fetcher: Fetcher
) -> None:
    """`Crawl-delay: nan` is a number to the parser, and no delay."""
    for said, seconds in {
        "Crawl-delay: 2\nRequest-rate: 1/9": 9.0,
        "Crawl-delay: 4\nRequest-rate: 2/6": 4.0,
        "Crawl-delay: nan": 1.0,
    }.items():
        clock.now += 25 * 3600
        clock.slept.clear()
        robots = f"User-agent: *\n{said}\n".encode()
        stub.routes |= {"/robots.txt": answer(200, robots), "/a": answer(200, b"x")}
        fetcher.get(f"{stub.url}/a")
        assert clock.slept == [seconds], said


def test_an_endless_crawl_delay_is_a_refusal(stub: Stub, fetcher: Fetcher) -> None:
    stub.routes["/robots.txt"] = answer(200, b"User-agent: *\nCrawl-delay: 86400\n")
    with pytest.raises(Refused, match="86400"):
        fetcher.get(f"{stub.url}/a")


def test_a_redirect_into_forbidden_parts_is_not_followed(
    stub: Stub, fetcher: Fetcher
) -> None:
    stub.routes["/robots.txt"] = answer(200, b"User-agent: *\nDisallow: /secret\n")
    stub.routes["/a"] = answer(302, Location="/secret")
    with pytest.raises(Refused):
        fetcher.get(f"{stub.url}/a")
    assert stub.times("/secret") == 0


# Trouble that passes


def test_tries_again_after_server_errors(
    stub: Stub, clock: Clock, fetcher: Fetcher
) -> None:
    stub.routes["/a"] = in_turn(answer(503), answer(500), answer(200, b"well"))
    assert fetcher.get(f"{stub.url}/a").body == b"well"
    assert clock.slept == [1.0, 2.0, 4.0]


def test_gives_up_after_three_attempts(stub: Stub, fetcher: Fetcher) -> None:
    stub.routes["/a"] = answer(500)
    with pytest.raises(Unreachable, match="HTTP 500"):
        fetcher.get(f"{stub.url}/a")
    assert stub.times("/a") == 3


def test_retry_after_is_honoured_within_bounds(
    stub: Stub, clock: Clock, fetcher: Fetcher
) -> None:
    stub.routes["/soon"] = in_turn(answer(429, Retry_After="30"), answer(200, b"x"))
    stub.routes["/late"] = answer(503, Retry_After="9999")
    stub.routes["/nonsense"] = in_turn(
        answer(503, Retry_After="soon"), answer(200, b"x")
    )
    fetcher.get(f"{stub.url}/soon")
    assert 30.0 in clock.slept
    assert fetcher.get(f"{stub.url}/nonsense").status == 200
    with pytest.raises(Unreachable, match="9999 秒后再试"):
        fetcher.get(f"{stub.url}/late")
    assert stub.times("/late") == 1


def test_nobody_answers(fetcher: Fetcher) -> None:
    with pytest.raises(Unreachable, match="无法连接"):
        fetcher.get("http://127.0.0.1:1025/")


def test_unknown_name(clock: Clock) -> None:
    def resolve(host: str, port: int) -> list[str]:
        raise OSError("no such name")

    with (
        Fetcher(CONTACT, clock=clock, sleep=clock.sleep, resolve=resolve) as fetcher,
        pytest.raises(Unreachable, match="解析失败"),
    ):
        fetcher.get("http://portal.example/")


def test_a_broken_off_answer_is_tried_again(stub: Stub, fetcher: Fetcher) -> None:
    stub.routes["/a"] = in_turn(
        answer(200, b"half", Content_Length="99"), answer(200, b"whole")
    )
    assert fetcher.get(f"{stub.url}/a").body == b"whole"


def drip(start: bytes, drop: bytes) -> Callable[[BaseHTTPRequestHandler], None]:
    def route(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(start)
        for _ in range(100):
            handler.wfile.write(drop)
            time.sleep(0.05)

    return route


@pytest.mark.timeout(30)
@pytest.mark.parametrize(
    ("start", "drop"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", b"x"),
        (b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n"),
    ],
    ids=["body", "headers"],
)
def test_a_dripping_server_does_not_hold_us(
    stub: Stub, start: bytes, drop: bytes
) -> None:
    stub.routes["/drip"] = drip(start, drop)
    with (
        Fetcher(
            CONTACT,
            pause=0,
            allow_private=True,
            timeout=0.3,
            patience=0.4,
            sleep=lambda _: None,
        ) as fetcher,
        pytest.raises(Unreachable, match=r"超时|过慢"),
    ):
        fetcher.get(f"{stub.url}/drip")


# Redirects


def test_redirects_are_followed_up_to_five(stub: Stub, fetcher: Fetcher) -> None:
    for number in range(6):
        stub.routes[f"/{number}"] = answer(302, Location=f"{number + 1}")
    stub.routes["/6"] = answer(200, b"end")
    assert fetcher.get(f"{stub.url}/1").url == f"{stub.url}/6"
    with pytest.raises(Unreachable, match="跳转超过 5 次"):
        fetcher.get(f"{stub.url}/0")


@pytest.mark.parametrize(
    "target",
    ["file:///etc/passwd", "ftp://x/", "http://user:pw@x/", "gopher://x", "//x:22/"],
)
def test_redirects_to_other_things_are_refused(
    stub: Stub, fetcher: Fetcher, target: str
) -> None:
    stub.routes["/a"] = answer(302, Location=target)
    with pytest.raises(Refused):
        fetcher.get(f"{stub.url}/a")


def test_redirects_in_another_charset_keep_their_bytes(
    stub: Stub, fetcher: Fetcher
) -> None:
    def moved(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(
            b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: /"
            + "年报".encode("gbk")
            + b"\r\n\r\n"
        )

    stub.routes |= {"/a": moved, "/%C4%EA%B1%A8": answer(200, b"x")}
    assert fetcher.get(f"{stub.url}/a").body == b"x"


def test_cookies_stay_with_their_host(stub: Stub, clock: Clock) -> None:
    stub.routes["/check"] = in_turn(
        answer(302, Location="/check", Set_Cookie="pass=1; Path=/"), answer(200, b"in")
    )
    stub.routes["/other"] = answer(200, b"x")

    def resolve(host: str, port: int) -> list[str]:
        return ["127.0.0.1"]

    with Fetcher(
        CONTACT, allow_private=True, clock=clock, sleep=clock.sleep, resolve=resolve
    ) as fetcher:
        assert fetcher.get(f"http://a.example:{stub.port}/check").body == b"in"
        fetcher.get(f"http://b.example:{stub.port}/other")
    cookies = [
        (path, headers.get("cookie"), headers["host"].split(":")[0])
        for path, headers in stub.asked
    ]
    assert ("/check", "pass=1", "a.example") in cookies
    assert ("/other", None, "b.example") in cookies


# Sizes


def chunked(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    for _ in range(1000):
        handler.wfile.write(b"400\r\n" + b"x" * 1024 + b"\r\n")


@pytest.mark.parametrize(
    "route",
    [
        answer(200, b"", Content_Length="200000"),
        chunked,
        answer(200, gzip.compress(bytes(50_000_000), mtime=0), Content_Encoding="gzip"),
        answer(200, zlib.compress(bytes(50_000_000)), Content_Encoding="deflate"),
        answer(200, gzip.compress(bytes(60_000), mtime=0) * 2, Content_Encoding="gzip"),
    ],
    ids=["announced", "chunked", "gzip bomb", "deflate bomb", "two members"],
)
def test_too_large_is_refused(
    stub: Stub, fetcher: Fetcher, route: Callable[..., None]
) -> None:
    stub.routes["/big"] = route
    with pytest.raises(Refused, match="上限"):
        fetcher.get(f"{stub.url}/big")


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", gzip.compress(b"text" * 9, mtime=0)),
        (
            "x-gzip",
            gzip.compress(b"text" * 4, mtime=0) + gzip.compress(b"text" * 5, mtime=0),
        ),
        ("deflate", zlib.compress(b"text" * 9)),
        ("deflate", zlib.compress(b"text" * 9, wbits=-15)),
        ("identity", b"text" * 9),
    ],
)
def test_compressed_bodies_are_unfolded(
    stub: Stub, fetcher: Fetcher, coding: str, body: bytes
) -> None:
    stub.routes["/a"] = answer(200, body, Content_Encoding=coding)
    assert fetcher.get(f"{stub.url}/a").body == b"text" * 9


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", gzip.compress(b"text" * 900, mtime=0)[:-20]),
        ("gzip", b"no gzip"),
        ("br", b"xyz"),
    ],
)
def test_damaged_compression_is_named(
    stub: Stub, fetcher: Fetcher, coding: str, body: bytes
) -> None:
    stub.routes["/a"] = answer(200, body, Content_Encoding=coding)
    with pytest.raises(Unreachable, match="压缩"):
        fetcher.get(f"{stub.url}/a")


# Refusals


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ("412", "瑞数"),
        ("521", "加速乐"),
        ("403", "403"),
        ("script", "脚本"),
        ("400", "HTTP 400"),
    ],
)
def test_challenges_are_named_and_not_solved(
    fetcher: Fetcher, how: str, words: str
) -> None:
    with Portals() as portals:
        portals.trouble("trs", how)
        with pytest.raises(Refused, match=words):
            fetcher.get(portals.trs_list)
        assert len(portals.asked("/sz/zwgk/zfxxgknb/index.html")) == 1


@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_a_captcha_is_named_in_any_charset(
    stub: Stub, fetcher: Fetcher, charset: str
) -> None:
    page = "<html><body>访问过于频繁，请输入验证码</body></html>"
    stub.routes["/a"] = answer(200, page.encode(charset))
    stub.routes["/list"] = answer(200, f"<ul><li>{page}</ul>".encode(charset))
    with pytest.raises(Refused, match="验证码"):
        fetcher.get(f"{stub.url}/a")
    assert fetcher.get(f"{stub.url}/list").status == 200


def test_certificates_are_verified(tmp_path: Path, clock: Clock) -> None:
    certificate = tmp_path / "certificate.pem"
    options = (
        "-x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=127.0.0.1 -keyout "
        "certificate.pem -out public.pem"
    )
    subprocess.run(
        ["openssl", "req", *options.split()],
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )
    certificate.write_text(
        certificate.read_text() + (tmp_path / "public.pem").read_text()
    )
    server = HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda *_: None  # type: ignore[method-assign,assignment]
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        with (
            Fetcher(
                CONTACT, allow_private=True, clock=clock, sleep=clock.sleep
            ) as fetcher,
            pytest.raises(Refused, match="证书无效"),
        ):
            fetcher.get(f"https://127.0.0.1:{server.server_address[1]}/")
    finally:
        server.shutdown()
        server.server_close()

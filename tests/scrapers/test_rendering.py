"""Pages drawn by scripts, in the system's Chromium: what is drawn, and what never is."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler
from itertools import pairwise

import psutil
import pytest

from scrapers.fetching import Fetcher
from scrapers.rendering import (
    LACKS,
    RENDERED,
    Rendering,
    browser,
    drawing,
    lacks_of,
    watch,
)
from scrapers.source import Capture, Changed, Refused, SourceTrouble, Unreachable
from tests.running import ROOT
from tests.scrapers.stub import Stub, answer

HTML = "text/html; charset=utf-8"
LIST = """<!DOCTYPE html><html><head><meta charset="gb2312"><title>年报</title>
<link rel="stylesheet" href="/style.css"><script src="/app.js"></script></head>
<body><div id="app"></div><img src="/logo.png"></body></html>"""
# As a portal's own application: what it signs with is known to its script alone.
APP = """
const sign = n => [...`page=${n}&key=示例`].reduce((s, c) => (s * 31 + c.codePointAt(0)) >>> 0, 7);
fetch('/api/list', {method: 'POST', headers: {'Content-Type': 'application/json'},
  body: JSON.stringify({page: 1, sign: sign(1)})})
.then(r => r.json()).then(list => setTimeout(() => {
  document.getElementById('app').innerHTML = '<ul>' + list.map(
    e => `<li><a href="${e.url}">${e.title}</a><span>${e.day}</span></li>`).join('') + '</ul>';
}, 200));
"""
ENTRIES = [
    {"title": f"示例市{year}年政府信息公开工作年度报告", "url": f"/{year}.html", "day": f"{year + 1}-01-20"}
    for year in (2022, 2023)
]  # fmt: skip


def sign(page: int) -> int:
    """What the script signs with."""
    total = 7
    for sign in f"page={page}&key=示例":
        total = (total * 31 + ord(sign)) % 2**32
    return total


@pytest.fixture(scope="module", autouse=True)
def chromium() -> None:
    if not any(map(shutil.which, browser._NAMES)):
        pytest.skip("Chromium is not installed (Debian package chromium)")


pytestmark = pytest.mark.browser


@pytest.fixture
def stub() -> Iterator[Stub]:
    with Stub() as stub:
        yield stub


@pytest.fixture(scope="module")
def rendering() -> Iterator[Rendering]:
    """One browser for many pages, as in a run."""
    with fetcher() as polite, Rendering(polite) as rendering:
        yield rendering


@pytest.fixture
def in_haste(monkeypatch: pytest.MonkeyPatch) -> None:
    hasten(monkeypatch)


def hasten(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages have little time of their own."""
    monkeypatch.setattr(drawing, "SECONDS", 2.0)
    monkeypatch.setattr(drawing, "_GRACE", 1.0)


def fetcher(pause: float = 0, **options: int) -> Fetcher:
    return Fetcher("", pause=pause, allow_private=True, **options)


def page(script: str, more: str = "") -> bytes:
    """A page long enough to be none of a filter's, with a script."""
    words = "示例市政府信息公开工作年度报告正文。" * 80
    return f"<html><body><p>{words}</p>{more}<script>{script}</script></body></html>".encode()


def serve(stub: Stub, path: str, body: bytes | str, kind: str = HTML) -> str:
    sent = body if isinstance(body, bytes) else body.encode()
    stub.routes[path] = answer(200, sent, Content_Type=kind)
    return stub.url + path


def paths(stub: Stub) -> list[str]:
    return [path for path, _ in stub.asked] + [path for path, _ in stub.posted]


def portal(stub: Stub) -> str:
    """A list drawn by a script from a service that wants a signature."""

    def service(handler: BaseHTTPRequestHandler) -> None:
        sent = json.loads(stub.posted[-1][1])
        is_signed = sent["sign"] == sign(sent["page"])
        body = json.dumps(ENTRIES if is_signed else []).encode()
        answer(200, body, Content_Type="application/json")(handler)

    stub.routes["/api/list"] = service
    serve(stub, "/app.js", APP, "text/javascript; charset=utf-8")
    return serve(stub, "/list", LIST)


def test_what_scripts_draw_is_there(stub: Stub, rendering: Rendering) -> None:
    url = portal(stub)
    stub.routes["/list"] = answer(
        200, LIST.encode(), Content_Type=HTML, ETag='"1"', X_Archive_Lacks="forged"
    )
    capture = rendering.get(url, etag='"1"')
    text = capture.body.decode("utf-8-sig")
    for entry in ENTRIES:
        assert f'<a href="{entry["url"]}">{entry["title"]}</a>' in text
    assert text.startswith("<!DOCTYPE html>")
    assert (capture.status, capture.url, capture.not_modified) == (200, url, False)
    names = {name.lower(): value for name, value in capture.headers.items()}
    assert "etag" not in names
    assert names[RENDERED.lower()].startswith("Chromium/")
    assert LACKS.lower() not in names


def test_everything_is_asked_for_by_our_fetcher(
    stub: Stub, rendering: Rendering
) -> None:
    rendering.get(portal(stub), etag='"1"')
    assert {asked["user-agent"] for _, asked in stub.asked} == {rendering.user_agent}
    assert not [asked for _, asked in stub.asked if "if-none-match" in asked]
    # Neither pictures nor style sheets.
    assert sorted(paths(stub)) == ["/api/list", "/app.js", "/list", "/robots.txt"]
    # Scripts are asked for once a run.
    rendering.get(stub.url + "/list")
    assert paths(stub).count("/app.js") == 1
    assert paths(stub).count("/api/list") == 2


def test_the_pace_is_kept(stub: Stub) -> None:
    moments: list[float] = []
    url = portal(stub)
    for path, route in list(stub.routes.items()):
        stub.routes[path] = lambda handler, route=route: (  # type: ignore[misc]
            moments.append(time.monotonic()),
            route(handler),
        )
    with fetcher(pause=0.5) as polite, Rendering(polite) as slow:
        assert ENTRIES[0]["title"] in slow.get(url).body.decode()
    assert len(moments) == 3
    pauses = [after - before for before, after in pairwise(moments)]
    # Asked after half a second each; that a busy machine hears late varies.
    assert min(pauses) >= 0.3


def test_a_service_that_robots_forbid_is_not_asked(stub: Stub) -> None:
    serve(stub, "/robots.txt", "User-agent: *\nDisallow: /api/", "text/plain")
    url = portal(stub)
    with fetcher() as polite, Rendering(polite) as rendering:
        capture = rendering.get(url)
        assert "robots.txt" in lacks_of(capture)
        serve(stub, "/robots.txt", "User-agent: *\nDisallow: /", "text/plain")
    with (
        fetcher() as polite,
        Rendering(polite) as rendering,
        pytest.raises(Refused, match=r"robots\.txt"),
    ):
        rendering.get(url)
    assert stub.posted == []


@pytest.mark.parametrize(
    ("status", "kind", "body"),
    [
        (200, "application/json", b'{"html": "<html><script>"}'),
        (200, "application/pdf", b"%PDF-1.7 <html><script>"),
        (200, HTML, b"<html><body><p>no script</p></body></html>"),
        (200, HTML, b"<datastore><script></datastore>"),
        (404, HTML, b"<html><script>document.body.append('drawn')</script></html>"),
    ],
)
def test_what_is_no_page_with_scripts_is_given_as_it_is(
    stub: Stub, rendering: Rendering, status: int, kind: str, body: bytes
) -> None:
    stub.routes["/it"] = answer(status, body, Content_Type=kind)
    capture = rendering.get(stub.url + "/it")
    assert (capture.status, capture.body) == (status, body)
    assert RENDERED not in capture.headers


def test_files_are_asked_for_only_if_changed(stub: Stub, rendering: Rendering) -> None:
    stub.routes["/a.pdf"] = answer(304)
    assert rendering.get(stub.url + "/a.pdf", etag='"1"').not_modified


def test_a_document_is_drawn_at_the_address_it_came_from(
    stub: Stub, rendering: Rendering
) -> None:
    stub.routes["/old"] = answer(302, Location="/new/list")
    serve(
        stub,
        "/new/list",
        page("document.body.append(location.pathname + location.hash)"),
    )
    capture = rendering.get(stub.url + "/old#/1027")
    assert "/new/list#/1027" in capture.body.decode()
    assert capture.url == stub.url + "/new/list"
    assert stub.times("/new/list") == 1


def test_a_challenge_is_never_solved(stub: Stub, rendering: Rendering) -> None:
    filtered = (
        "<html><script>document.cookie='C3VK=1';location.reload()</script></html>"
    )
    with pytest.raises(Refused, match="脚本"):
        rendering.get(serve(stub, "/filter", filtered))
    # One that shows what it is only when drawn, and is too large for a filter's.
    drawn = "document.body.innerHTML = '请输入验证码'; document.querySelector('html').lastChild.remove; "
    with pytest.raises(Refused, match="验证码"):
        rendering.get(
            serve(
                stub,
                "/drawn",
                f"<html><body><p>{'很长的说明' * 60}</p><script>{drawn}</script></body></html>",
            )
        )
    goes = (
        f"/*{'x' * 9000}*/ document.cookie = 'pass=1'; location.href = '/list?pass=1'"
    )
    with pytest.raises(Refused, match="转往他处"):
        rendering.get(serve(stub, "/goes", f"<html><script>{goes}</script></html>"))
    assert "/list?pass=1" not in paths(stub)
    assert stub.times("/filter") == stub.times("/goes") == 1
    assert not [asked for _, asked in stub.asked if "cookie" in asked]


# ---- hostile pages ---------------------------------------------------------------


def test_a_script_that_never_ends_costs_its_page_alone(
    stub: Stub, rendering: Rendering, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = serve(stub, "/loop", page("while (true) {}"))
    began = time.monotonic()
    with monkeypatch.context() as hasty:
        hasten(hasty)
        with pytest.raises(Unreachable, match="过久"):
            rendering.get(url)
    assert time.monotonic() - began < 30
    assert ENTRIES[0]["title"] in rendering.get(portal(stub)).body.decode()


@pytest.mark.usefixtures("in_haste")
@pytest.mark.parametrize(
    "script",
    [
        "for (;;) alert('年报')",
        "for (;;) window.open('/popup')",
        "for (let i = 0; i < 50; i++) document.body.append('年'.repeat(1e6))",
        "const eat = []; for (;;) eat.push('年'.repeat(1e6) + eat.length, new Array(1e6).fill(eat.length));",
    ],
)
def test_storms_end(stub: Stub, rendering: Rendering, script: str) -> None:
    with pytest.raises(SourceTrouble):
        rendering.get(serve(stub, "/storm", page(script)))
    assert "/popup" not in paths(stub)


def test_a_page_that_never_rests_is_taken_as_it_is(
    stub: Stub, rendering: Rendering, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawing, "SECONDS", 2.0)
    script = """const more = n => fetch('/more?' + n).catch(() => 0).then(() => {
      document.body.append(document.createElement('i')); setTimeout(more, 5, n + 1)}); more(0)"""
    capture = rendering.get(serve(stub, "/restless", page(script)))
    assert b"<i>" in capture.body
    assert "没有停止变化" in lacks_of(capture)
    asked = [path for path in paths(stub) if path.startswith("/more")]
    assert len(asked) <= 60


def test_a_page_that_asks_for_ever_and_stays_the_same_is_at_rest(
    stub: Stub, rendering: Rendering
) -> None:
    serve(stub, "/alive", "{}", "application/json")
    script = "setInterval(() => fetch('/alive'), 300)"
    capture = rendering.get(serve(stub, "/online", page(script)))
    assert lacks_of(capture) == ""
    assert 3 <= stub.times("/alive") <= 20


@pytest.mark.parametrize(
    ("script", "more"),
    [
        ("location.href = '/elsewhere'", ""),
        ("location.href = 'http://other.example/elsewhere'", ""),
        ("", '<meta http-equiv="refresh" content="0">'),
        ("setInterval(() => location.reload(), 20)", ""),
    ],
)
def test_a_page_that_leads_elsewhere_stays(
    stub: Stub, rendering: Rendering, script: str, more: str
) -> None:
    url = serve(stub, "/leads", page(script, more))
    capture = rendering.get(url)
    assert "年度报告正文" in capture.body.decode()
    assert "未跟随" in lacks_of(capture)
    assert capture.url == url
    assert paths(stub).count("/leads") == 1
    assert "/elsewhere" not in paths(stub)


@pytest.mark.parametrize(
    "script",
    [
        "location.href = 'about:blank'",
        "location.href = URL.createObjectURL(new Blob(['x']))",
    ],
)
def test_a_page_that_leaves_without_asking(
    stub: Stub, rendering: Rendering, script: str
) -> None:
    with pytest.raises(Changed, match="离开"):
        rendering.get(serve(stub, "/leaves", page(script)))


def test_nothing_else_is_opened_or_loaded(stub: Stub, rendering: Rendering) -> None:
    script = """
    window.open('/popup'); alert('一'); confirm('二'); prompt('三'); print();
    const link = document.createElement('a'); link.href = '/file.bin'; link.download = 'x'; link.click();
    new WebSocket('ws://' + location.host + '/socket'); new EventSource('/events');
    navigator.sendBeacon('/beacon', 'x'); new Image().src = '/picture.png';
    navigator.serviceWorker && navigator.serviceWorker.register('/worker.js').catch(() => 0);
    new SharedWorker('/shared.js'); navigator.geolocation.getCurrentPosition(() => 0, () => 0);
    """
    more = '<iframe src="/frame"></iframe><video src="/film.mp4" autoplay></video><embed src="/x.swf">'
    capture = rendering.get(serve(stub, "/all", page(script, more)))
    assert '<iframe src="/frame">' in capture.body.decode()
    assert set(paths(stub)) <= {"/robots.txt", "/all", "/shared.js"}
    # A browser of its own accord says how it fetches; our fetcher never does.
    assert not [asked for _, asked in stub.asked if "sec-fetch-mode" in asked]


def test_calls_between_browsers_reach_nothing(stub: Stub, rendering: Rendering) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as listening:
        listening.bind(("127.0.0.1", 0))
        listening.settimeout(1)
        port = listening.getsockname()[1]
        script = f"""const call = new RTCPeerConnection({{iceServers: [{{urls: 'stun:127.0.0.1:{port}'}}]}});
        call.createDataChannel('x'); call.createOffer().then(o => call.setLocalDescription(o))"""
        rendering.get(serve(stub, "/call", page(script)))
        with pytest.raises(TimeoutError):
            listening.recv(100)


class Public(Fetcher):
    """The strict fetcher, but for one site that is given by a stub."""

    def __init__(self, body: bytes) -> None:
        super().__init__("", pause=0, sleep=lambda seconds: None)
        self.body = body
        self.refused: list[str] = []

    def get(self, url: str, etag: str = "", last_modified: str = "") -> Capture:
        if url.startswith("http://portal.example/"):
            headers = {"content-type": HTML}
            return Capture(url, url, datetime.now(UTC), 200, headers, self.body)
        try:
            return super().get(url, etag, last_modified)
        except SourceTrouble as trouble:
            self.refused.append(f"{url} {trouble}")
            raise


def test_addresses_within_are_not_reached(stub: Stub) -> None:
    secret = serve(stub, "/secret", "secret", "text/plain")
    script = f"""for (const url of ['{secret}', 'http://169.254.169.254/latest/', 'http://[::1]:{stub.port}/secret', 'http://localhost:{stub.port}/secret'])
      fetch(url).then(r => r.text()).then(t => document.body.append(t)).catch(() => 0);
    fetch('file:///etc/passwd').then(r => r.text()).then(t => document.body.append(t)).catch(() => 0)"""
    with Public(page(script)) as strict, Rendering(strict) as rendering:
        capture = rendering.get("http://portal.example/list")
    assert len(strict.refused) == 4
    assert b"secret" not in capture.body.partition(b"<script>")[0]
    assert capture.body.rstrip().endswith(b"</script></body></html>")
    assert paths(stub) == []


def test_a_page_that_grows_too_large_is_refused(stub: Stub) -> None:
    script = "for (let i = 0; i < 50; i++) { const p = document.createElement('p'); p.hidden = true; p.append('年'.repeat(1e6)); document.body.append(p) }"
    url = serve(stub, "/huge", page(script))
    with fetcher() as polite, Rendering(polite) as rendering:
        with pytest.raises(Refused, match="大小上限"):
            rendering.get(url)
        assert ENTRIES[0]["title"] in rendering.get(portal(stub)).body.decode()


def test_a_page_changes_nothing_of_how_it_is_looked_at(
    stub: Stub, rendering: Rendering
) -> None:
    script = """Object.defineProperty(Element.prototype, 'outerHTML', {get: () => 'forged'});
    document.getElementsByTagName = () => { throw 1 }; XMLSerializer.prototype.serializeToString = () => 'forged'"""
    text = rendering.get(serve(stub, "/forges", page(script))).body.decode()
    assert text.count("forged") == 2
    assert "年度报告正文" in text


@pytest.mark.usefixtures("in_haste")
def test_a_page_that_takes_too_much_memory_is_ended(
    stub: Stub, rendering: Rendering, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawing, "MEMORY", 1024 * 1024)
    with pytest.raises(Unreachable, match="内存"):
        rendering.get(serve(stub, "/memory", page("while (true) {}")))


# ---- its life --------------------------------------------------------------------


def test_a_browser_that_was_killed_is_started_anew(stub: Stub) -> None:
    url = portal(stub)
    with fetcher() as polite, Rendering(polite) as rendering:
        rendering.get(url)
        assert rendering._browser is not None
        process = rendering._browser.process
        os.kill(process, signal.SIGKILL)
        assert ENTRIES[0]["title"] in rendering.get(url).body.decode()
        last = rendering._browser.process
    assert process != last
    assert not psutil.pid_exists(last)


def test_a_browser_that_dies_at_work_is_one_clear_sentence(
    stub: Stub, rendering: Rendering
) -> None:
    def dies(handler: BaseHTTPRequestHandler) -> None:
        assert rendering._browser is not None
        os.kill(rendering._browser.process, signal.SIGKILL)
        answer(200, b"{}")(handler)

    stub.routes["/dies"] = dies
    url = serve(stub, "/page", page("fetch('/dies')"))
    with pytest.raises(Unreachable, match="浏览器出错"):
        rendering.get(url)
    assert ENTRIES[0]["title"] in rendering.get(portal(stub)).body.decode()


@pytest.mark.usefixtures("in_haste")
def test_a_driver_that_is_silent_is_ended_with_its_browser(
    stub: Stub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "_NOTICED", 0.2)
    with fetcher() as polite, Rendering(polite) as rendering:

        def stops(handler: BaseHTTPRequestHandler) -> None:
            assert rendering._browser is not None
            driver = watch.driver_of(rendering._browser.process)
            os.kill(driver, signal.SIGSTOP)
            answer(200, b"{}")(handler)

        stub.routes["/stops"] = stops
        with pytest.raises(Unreachable, match="过久"):
            rendering.get(serve(stub, "/page", page("fetch('/stops')")))
        assert ENTRIES[0]["title"] in rendering.get(portal(stub)).body.decode()


def test_no_browser_outlives_a_killed_parent(stub: Stub) -> None:
    url = portal(stub)
    program = textwrap.dedent(f"""
        import time
        from scrapers import Fetcher, Rendering
        with Fetcher("", pause=0, allow_private=True) as polite, Rendering(polite) as it:
            it.get({url!r})
            print(it._browser.process, flush=True)
            it.get({serve(stub, "/loop", page("while (true) {}"))!r})
    """)
    with subprocess.Popen(
        [sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout
        chromium = psutil.Process(int(parent.stdout.readline()))
        family = [chromium, *chromium.children(recursive=True)]
        # While the page has the browser in its hands.
        while not stub.times("/loop"):
            time.sleep(0.05)
        parent.kill()
    _, alive = psutil.wait_procs(family, timeout=15)
    assert not alive


@pytest.mark.parametrize(
    ("missing", "named"), [("playwright", "browser"), ("chromium", "apt-get")]
)
def test_what_is_missing_is_named(
    monkeypatch: pytest.MonkeyPatch, missing: str, named: str
) -> None:
    if missing == "playwright":
        monkeypatch.setattr(browser.importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(browser.shutil, "which", lambda name: None)
    with fetcher() as polite, pytest.raises(Unreachable, match=named):
        Rendering(polite)

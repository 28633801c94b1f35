"""A portal that is drawn by scripts from a service that wants a signature, collected."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psutil
import pytest
from sqlalchemy import select

from archive import collecting
from archive.collecting import collect, finding
from archive.pipeline import Archive
from archive.store.rows import SightingRow
from scrapers import Changed, Rendering, Unreachable
from tests.collecting.city import hurried
from tests.portals import pages
from tests.portals.kinds.kind import REPORTS as ALL
from tests.running import Commands
from tests.scrapers.stub import Stub, answer
from tests.scrapers.test_rendering import HTML, chromium, sign
from tests.sources import add_source

__all__ = ["chromium"]

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("chromium")]

REPORTS = ALL[:3]
SHELL = """<!DOCTYPE html><html><head><title>示例市</title><script src="/app.js"></script>
</head><body><div id="app">加载中</div></body></html>"""
# One application for the list and its articles, as Vue with a router.
APP = """
const sign = n => [...`page=${n}&key=示例`].reduce((s, c) => (s * 31 + c.codePointAt(0)) >>> 0, 7);
const app = () => document.getElementById('app');
const ask = (what, n) => fetch(`/api/${what}`, {method: 'POST',
  headers: {'Content-Type': 'application/x-www-form-urlencoded'},
  body: new URLSearchParams({n: n, sign: sign(n)})}).then(r => r.json());
const draw = () => {
  const article = location.pathname.match(/detail.(\\d+)/);
  if (article) return ask('text', +article[1]).then(it => { app().innerHTML = it.html; document.title = it.title });
  ask('list', 1).then(list => { app().innerHTML = '<ul>' + list.map(
    e => `<li><a href="${e.url}">${e.title}</a><span>${e.day}</span></li>`).join('') + '</ul>' });
};
document.addEventListener('DOMContentLoaded', draw);
"""


class Portal:
    """The portal; `refuses` makes its service forget who may ask."""

    def __init__(self, stub: Stub) -> None:
        self.stub = stub
        self.list = stub.url + "/nb/list.html"
        for path in ("/nb/list.html", *map(self._path, range(len(REPORTS)))):
            stub.routes[path] = answer(200, SHELL.encode(), Content_Type=HTML)
        stub.routes["/app.js"] = answer(
            200, APP.encode(), Content_Type="text/javascript; charset=utf-8"
        )
        stub.routes["/api/list"] = self._service
        stub.routes["/api/text"] = self._service

    def _path(self, at: int) -> str:
        return f"/nb/detail/{at}.html"

    def _service(self, handler) -> None:  # type: ignore[no-untyped-def]
        path, text = self.stub.posted[-1]
        sent = {name: values[0] for name, values in parse_qs(text).items()}
        number = int(sent["n"])
        told: object = []
        if int(sent["sign"]) != sign(number):
            told = []
        elif path == "/api/text":
            report = REPORTS[number]
            html = pages.article(report, REPORTS, 1)
            body = html.partition("<body")[2].partition(">")[2].partition("</body")[0]
            told = {"title": report.title, "html": body}
        else:
            told = [
                {"title": one.title, "url": self._path(at), "day": str(one.published)}
                for at, one in enumerate(REPORTS)
            ]
        kind = "application/json"
        answer(200, json.dumps(told).encode(), Content_Type=kind)(handler)


@pytest.fixture
def portal() -> Iterator[Portal]:
    with Stub() as stub:
        yield Portal(stub)


@pytest.fixture
def commands(tmp_path: Path, sqlite_template: Path) -> Commands:
    database = tmp_path / "archive.sqlite3"
    shutil.copy(sqlite_template, database)
    return Commands(tmp_path / "data", f"sqlite:///{database}")


def add(archive: Archive, portal: Portal, rendered: bool = True) -> int:
    return archive.store.write(
        lambda session: add_source(session, portal.list, rendered=rendered)[0].id
    )


def test_reports_that_scripts_draw_are_filed(
    portal: Portal, commands: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(collect, "fetcher_of", hurried)
    browsers: set[int] = set()

    class Seen(Rendering):
        def close(self) -> None:
            if self._browser is not None:
                browsers.add(self._browser.process)
            super().close()

    monkeypatch.setattr(finding, "Rendering", Seen)
    with commands.archive() as archive:
        source = add(archive, portal)
        tally = collecting.collect_now(archive, source, lambda *_: None)
        assert (tally.new, tally.failed, tally.incomplete) == (len(REPORTS), 0, "")
        again = collecting.collect_now(archive, source, lambda *_: None)
        assert (again.same, again.changed) == (len(REPORTS), 0)
        with archive.store.session() as session:
            seen = session.scalars(select(SightingRow)).all()
            assert seen
            assert all("Chromium/" in str(one.headers) for one in seen)
    # One browser a run, and none is left.
    assert len(browsers) == 2
    assert not any(map(psutil.pid_exists, browsers))


def test_without_the_mark_there_is_no_browser(
    portal: Portal, commands: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(collect, "fetcher_of", hurried)
    with commands.archive() as archive, pytest.raises(Changed):
        collecting.collect_now(
            archive, add(archive, portal, rendered=False), lambda *_: None
        )
    assert portal.stub.posted == []


def test_what_a_list_could_not_get_is_why_it_is_empty(
    portal: Portal, commands: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(collect, "fetcher_of", hurried)
    rules = b"User-agent: *\nDisallow: /api/"
    portal.stub.routes["/robots.txt"] = answer(200, rules)
    with commands.archive() as archive, pytest.raises(Changed, match=r"robots\.txt"):
        collecting.collect_now(archive, add(archive, portal), lambda *_: None)


def test_a_machine_without_a_browser_says_so(
    portal: Portal, commands: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nowhere() -> str:
        raise Unreachable("请安装系统软件包 chromium")

    monkeypatch.setattr("scrapers.rendering.rendering.require_browser", nowhere)
    with commands.archive() as archive, pytest.raises(Unreachable, match="chromium"):
        collecting.collect_now(archive, add(archive, portal), lambda *_: None)
    assert portal.stub.asked == []


def test_a_list_is_read_by_the_selectors_of_its_source(
    portal: Portal, commands: Commands
) -> None:
    told = ["--selectors", "list: a; next: .none"]
    commands.run("sources", "add", portal.list, "--rendered", *told)
    printed = commands.run("collect", "1", "--dry-run")
    assert "(selectors)" in printed
    assert f"{len(REPORTS)} pages listed" in printed
    refused = commands.run(
        "sources", "edit", "1", "--selectors", "list: li >", status=1
    )
    assert "不是有效的 CSS 选择器" in refused


def test_by_commands(portal: Portal, commands: Commands) -> None:
    printed = commands.run("sources", "add", portal.list, "--rendered")
    assert "added" in printed
    assert "(rendered)" in commands.run("sources", "list")
    printed = commands.run("collect", "1", "--dry-run")
    assert f"{len(REPORTS)} pages listed" in printed
    assert urlsplit(portal.list).path in [path for path, _ in portal.stub.asked]

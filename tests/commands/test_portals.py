"""`sources find` and `new-portal`: what whoever meets a new portal asks for."""

from __future__ import annotations

import importlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from archive.store import Store, sources
from tests.portals import saved
from tests.portals.homes import TABLE, TRS, VSB
from tests.portals.server import Portals
from tests.running import Commands

new_portal = importlib.import_module("archive.commands.new_portal")


@pytest.fixture(scope="module")
def portals() -> Iterator[Portals]:
    with Portals() as portals:
        yield portals


@pytest.fixture
def commands(tmp_path: Path, sqlite_template: Path) -> Commands:
    shutil.copy(sqlite_template, tmp_path / "archive.sqlite3")
    return Commands(tmp_path / "data", f"sqlite:///{tmp_path / 'archive.sqlite3'}")


def registered(commands: Commands) -> list[str]:
    store = Store(commands.database_url)
    with store.session() as session:
        urls = [row.url for row in sources.list_sources(session)]
    store.close()
    return urls


def test_offers_are_shown_and_registered_where_it_is_said(
    commands: Commands, portals: Portals
) -> None:
    home = f"{portals.url}/h/slugs/"
    printed = commands.run("sources", "find", home)
    assert f"1  年报  {portals.url}{TABLE}" in printed
    assert "by: 政务公开 › 年报" in printed
    assert "拓尔思 (trs)：" in printed
    assert "7 taken" in printed
    assert "… and 2 more (--all)" in printed
    assert "1 not taken" in printed
    assert registered(commands) == []
    assert "… and" not in commands.run("sources", "find", home, "--all")
    assert "no offer 9" in commands.run("sources", "find", home, "--add", "9", status=1)
    assert registered(commands) == []
    assert "added" in commands.run("sources", "find", home, "--add", "2")
    assert registered(commands) == [portals.url + VSB]
    both = commands.run("sources", "find", home, "--add")
    assert ("added" in both, "is known already" in both) == (True, True)
    assert set(registered(commands)) == {portals.url + TABLE, portals.url + VSB}


def test_nothing_found_says_where_it_looked(
    commands: Commands, portals: Portals
) -> None:
    printed = commands.run("sources", "find", f"{portals.url}/h/traps/", status=1)
    assert "cannot be read" in printed
    assert "没有找到能读取的年报栏目" in printed
    assert f"{portals.url}/h/traps/gone/" in printed
    assert registered(commands) == []


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folders of a checkout that it writes into."""
    root = tmp_path / "checkout"
    for folder in (new_portal.SAVED, new_portal.FAMILIES):
        (root / folder).mkdir(parents=True)
    monkeypatch.setattr(new_portal, "ROOT", root)
    monkeypatch.setattr(saved, "FOLDER", root / new_portal.SAVED)
    return root


def begin(commands: Commands, *arguments: str) -> Result:
    return CliRunner().invoke(new_portal.new_portal, arguments, obj=commands.settings)


def test_a_new_portal_begins_with_what_fails_until_it_is_filled_in(
    commands: Commands, portals: Portals, checkout: Path
) -> None:
    done = begin(commands, portals.url + TRS, "--name", "fresh")
    assert done.exit_code == 0, done.output
    assert '("fresh", "…", fresh),' in done.output
    first, second = saved.saved_pages()
    (article,) = saved.saved_articles()
    assert [first.path.name, second.path.name] == ["fresh-1.page", "fresh-2.page"]
    for page in (first, second, article):
        assert "todo" in page.expected
    # What is read today stands in it, bytes and address as they were.
    assert saved.read(first.capture())["list"] == first.expected["list"]
    assert saved.read(second.capture())["list"] == second.expected["list"]
    assert saved.read_article(article.capture()) == article.expected["article"]
    assert first.expected["asked"] == portals.url + TRS
    assert second.expected["asked"].endswith("index_2.html")
    made = (checkout / new_portal.FAMILIES / "fresh.py").read_text()
    compile(made, "fresh.py", "exec")
    assert "MARKS" in made


def test_nothing_is_overwritten(
    commands: Commands, portals: Portals, checkout: Path
) -> None:
    begin(commands, portals.url + TRS, "--name", "fresh")
    before = {path: path.read_bytes() for path in checkout.rglob("*.*")}
    for name in ("fresh", "trs", "No"):
        assert begin(commands, portals.url + TRS, "--name", name).exit_code == 1
    assert {path: path.read_bytes() for path in checkout.rglob("*.*")} == before


def test_a_page_that_nobody_reads_is_saved_too(
    commands: Commands, portals: Portals, checkout: Path
) -> None:
    portals.put("/odd.html", "<p>另一种网站</p>".encode())
    done = begin(commands, f"{portals.url}/odd.html", "--name", "odd")
    assert done.exit_code == 0, done.output
    assert "No entry could be read" in done.output
    expected = json.loads((checkout / new_portal.SAVED / "odd-1.json").read_text())
    assert (expected["family"], expected["list"]) == (None, None)


def test_a_list_is_saved_though_its_reports_are_refused(
    commands: Commands, portals: Portals, checkout: Path
) -> None:
    title = "示例市示例局2023年政府信息公开工作年度报告"
    entry = f'<li><a href="/wall.html">{title}</a> 2024-01-18</li>'
    portals.put("/walled.html", f"<h2>政府信息公开年报</h2><ul>{entry}</ul>".encode())
    portals.put("/wall.html", "<p>访问过于频繁，请输入验证码</p>".encode())
    done = begin(commands, f"{portals.url}/walled.html", "--name", "walled")
    assert done.exit_code == 0, done.output
    assert "walled-1.article could not be had" in done.output
    assert [one.path.name for one in saved.saved_pages()] == ["walled-1.page"]


def test_this_is_a_checkout() -> None:
    assert (new_portal.ROOT / new_portal.SAVED).is_dir()
    assert (new_portal.ROOT / new_portal.FAMILIES / "trs.py").is_file()


def test_it_wants_a_checkout(
    commands: Commands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(new_portal, "ROOT", tmp_path)
    done = begin(commands, "http://www.example.gov.cn/nb/")
    assert done.exit_code == 1
    assert "checkout only" in done.output

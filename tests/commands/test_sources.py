"""`sources`: added, listed, changed, by the file; each with its line in the audit log."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from archive.store import audit_log, runs, sources
from tests.running import Commands

LIST = "http://www.sample.example/nb/"


@pytest.fixture
def commands(tmp_path: Path, sqlite_template: Path) -> Commands:
    shutil.copy(sqlite_template, tmp_path / "archive.sqlite3")
    return Commands(tmp_path / "data", f"sqlite:///{tmp_path / 'archive.sqlite3'}")


def acts(commands: Commands) -> list[tuple[str, str, str]]:
    with commands.archive() as archive, archive.store.session() as session:
        lines, _ = audit_log.lines(session, audit_log.AuditWish())
        return [(one.action, one.subject, one.detail) for one in reversed(lines)]


def test_a_source_from_its_first_day_to_its_last(commands: Commands) -> None:
    run = commands.run
    assert "added" in run("sources", "add", LIST, "--group", "示例市")
    spelled = "https://sample.example/nb/index.html"
    assert f"1  {LIST}  is known already" in run("sources", "add", spelled)
    assert "端口 22" in run("sources", "add", "http://a.cn:22/", status=1)
    assert "示例市 → 一组" in run("sources", "edit", spelled, "--group", "一组")
    assert "nothing to change" in run("sources", "edit", "1", "--group", "一组")
    assert "No family" in run("sources", "edit", "1", "--family", "x", status=1)
    new = "http://sample.example/new/"
    assert f"{LIST} → {new}" in run("sources", "move", "1", new)
    assert "ftp" in run("sources", "move", "1", "ftp://a.cn/", status=1)
    assert "removed" in run("sources", "remove", "1", "--yes")
    assert "Remove source 1?" in run("sources", "remove", "1", status=1)
    assert new not in run("sources", "list")
    assert "removed" in run("sources", "list", "--state", "removed")
    assert "was removed" in run("collect", "1", status=1)
    assert "restored, with its history" in run("sources", "add", new)
    run("sources", "remove", "1", "--yes")
    assert "restored" in run("sources", "restore", "1")
    assert "No such source" in run("collect", "--group", "二组", status=1)
    assert acts(commands) == [
        ("source_added", LIST, ""),
        ("source_edited", LIST, "分组：示例市 → 一组"),
        ("source_moved", LIST, f"{LIST} → {new}"),
        ("source_removed", new, ""),
        ("source_restored", new, ""),
        ("source_removed", new, ""),
        ("source_restored", new, ""),
    ]


def test_those_that_paused_themselves_are_resumed_together(commands: Commands) -> None:
    """After a day without a network hundreds have; who was paused by people stays so."""
    for name in "abc":
        commands.run("sources", "add", f"http://{name}.example/")
    commands.run("sources", "pause", "3")
    with commands.archive() as archive, archive.store.session() as session:
        for row in sources.list_sources(session)[:2]:
            row.paused, row.paused_why, row.failures = True, "自动暂停", 5
            row.due_at = runs.now()
    resumed = ("sources", "resume", "--paused-itself")
    assert "2 sources resumed" in commands.run(*resumed)
    assert "0 sources resumed" in commands.run(*resumed)
    with commands.archive() as archive, archive.store.session() as session:
        rows = sources.list_sources(session)
        assert [row.paused for row in rows] == [False, False, True]
        begun_anew = {(row.failures, row.due_at, row.paused_why) for row in rows[:2]}
        assert begun_anew == {(0, None, "")}
    said = [one for one in acts(commands) if one[0] == "source_resumed"]
    assert said == [("source_resumed", "2 个来源", "自动暂停的")]
    assert "Give SOURCE" in commands.run("sources", "resume", status=2)
    assert "Give SOURCE" in commands.run(*resumed, "1", status=2)


SHEET = """网址,机关,分组,备注
http://sample.example/1,示例市商务局,示例市,x
https://www.sample.example/1/,示例市商务局,示例市,
http://sample.example:22/,示例市商务局,示例市,
http://sample.example/2,示例县商务局,,
"""


def test_sources_by_the_file(commands: Commands, tmp_path: Path) -> None:
    run = commands.run
    looked = run("sources", "import", "-", "--dry-run", text=SHEET, status=1)
    assert "2 new, 2 wrong" in looked
    assert "备注" in looked
    assert "    3  wrong  https://www.sample.example/1/  与第 2 行" in looked
    assert run("sources", "list") == ""
    file = tmp_path / "sources.csv"
    file.write_text(SHEET, encoding="gbk")
    assert "2 new, 2 wrong" in run("sources", "import", file, status=1)
    told = json.loads(run("sources", "list", "--group", "示例市", "--json"))
    assert (told["url"], told["state"]) == ("http://sample.example/1", "never")
    written = tmp_path / "out.csv"
    run("sources", "export", written, "--group", "-")
    assert "示例县商务局" in written.read_text(encoding="utf-8-sig")
    assert "示例市商务局" not in written.read_text(encoding="utf-8-sig")
    said = "list: ul > li; next: a.on"
    assert said in run("sources", "edit", "1", "--selectors", said)
    assert "选择器" in run("sources", "edit", "1", "--selectors", "li >", status=1)
    told = json.loads(run("sources", "list", "--group", "示例市", "--json"))
    assert (told["selectors"], told["rendered"]) == (said.replace("; ", "\n"), False)
    run("sources", "export", written)
    assert said in written.read_text(encoding="utf-8-sig")
    assert "2 known" in run("sources", "import", written, "--update")
    assert [act for act, _, _ in acts(commands)] == [
        "sources_imported",
        "source_edited",
    ]
    assert "第一行" in run("sources", "import", "-", text="x\n", status=1)
    assert "No such file" in run("sources", "import", "nowhere.csv", status=1)

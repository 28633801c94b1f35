"""`rebuild` as it is run: what could not be filed is named."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from archive.store import desk
from archive.store.rows import VersionRow
from tests.running import ROOT, Commands

REPORT = ROOT / "tests" / "reports" / "text_tabs.txt"


@pytest.fixture
def commands(tmp_path: Path, database_url: str) -> Commands:
    return Commands(tmp_path / "data", database_url)


def test_rebuild_names_what_it_cannot_file(commands: Commands, tmp_path: Path) -> None:
    bad = tmp_path / "示例.pdf"
    bad.write_bytes(b"%PDF-1.4 cut off")
    notice = tmp_path / "通知.txt"
    notice.write_text("关于召开会议的通知\n请各单位准时参加。\n")
    commands.run("import", REPORT, bad, notice, status=1)
    printed = commands.run("rebuild", status=1)
    (line,) = [one for one in printed.splitlines() if "示例.pdf" in one]
    assert line.startswith("unreadable ")
    assert line.endswith("(as before)")
    assert "通知.txt" not in printed, "it never was a report"
    assert "before." not in printed
    assert "1 refilled" in printed
    assert "1 not reports, 1 failed" in printed


def test_what_could_be_read_before_is_told_apart_and_stays(
    commands: Commands,
) -> None:
    commands.run("import", REPORT)
    assert ", 0 failed" in commands.run("rebuild")
    digest = hashlib.sha256(REPORT.read_bytes()).hexdigest()
    kept = commands.data / "originals" / digest[:2] / digest[2:4] / digest
    whole = kept.read_bytes()
    kept.chmod(0o600)
    kept.write_bytes(whole[:-9])
    printed = commands.run("rebuild", status=1)
    (line,) = [one for one in printed.splitlines() if "text_tabs.txt" in one]
    assert line.startswith("unreadable ")
    assert line.endswith("(could be filed before)")
    assert "1 of these could be filed before." in printed
    with commands.archive() as archive, archive.store.session() as session:
        assert session.query(VersionRow).count() == 1
        (failure,) = desk.failures(session, desk.runs(session, limit=1)[0].id)
        assert (failure.kind, "text_tabs.txt" in failure.where) == ("Unreadable", True)
        assert failure.reason in line
    assert "0 readings damaged or missing" in commands.run("audit", status=1)
    kept.write_bytes(whole)
    assert "1 refilled" in commands.run("rebuild")

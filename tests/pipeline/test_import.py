"""Files into the archive: good ones whole, bad ones by name, and nothing lost or
doubled by a kill.
"""

from __future__ import annotations

import io
import json
import os
import random
import shutil
import sqlite3
import time
import zipfile
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select, text

from archive.catalogue import Outcome
from archive.commands.opening import expand
from archive.pipeline import importing
from archive.store import Store
from archive.store.rows import Base
from tests.pipeline.again import import_all
from tests.portals.reports import SampleReport, sample_reports
from tests.portals.server import Portals
from tests.running import Commands

GOLDEN = Path(__file__).parents[1] / "reports"


@pytest.fixture
def commands(tmp_path: Path, database_url: str) -> Commands:
    return Commands(tmp_path / "data", database_url)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of reports: the pages of the sample portals, one of them silently
    edited, one a copy.
    """
    folder = tmp_path_factory.mktemp("reports")
    reports = [report for report in sample_reports() if report.kind == "html"][:28]
    with Portals() as portals:
        for number, report in enumerate(reports):
            (folder / f"{number:02}.html").write_bytes(page_of(portals, report))
        portals.redecorate()
        (folder / "90-copy.html").write_bytes(page_of(portals, reports[1]))
        portals.edit(
            reports[2].agency.name,
            reports[2].year,
            key="requests.new.total",
            value=987654,
        )
        (folder / "91-edited.html").write_bytes(page_of(portals, reports[2]))
    return folder


def page_of(portals: Portals, report: SampleReport) -> bytes:
    return httpx.get(portals.address(report.agency.name, report.year)).content


def contents(url: str) -> dict[str, list[tuple[object, ...]]]:
    """All that was read, without row numbers and moments, in an order of its own."""
    store = Store(url)
    questions = {
        "agencies": "select key, name, region_code, level, sector from agencies",
        "filings": "select a.key, f.year from filings f join agencies a on a.id = "
        "f.agency_id",
        "versions": "select v.number, v.digest, v.document_hash, v.title, v.current from "
        "versions v",
        "readings": "select v.document_hash, r.texts, r.rest, r.summary from readings r"
        " join versions v on v.id = r.version_id",
        "findings": 'select v.document_hash, f."check", cast(f."values" as varchar) from findings f'
        " join versions v on v.id = f.version_id",
        "originals": "select digest, state, size from originals",
        "sightings": "select asked, digest from sightings",
    }
    found: dict[str, list[tuple[object, ...]]] = {}
    with store.session() as session:
        for name, question in questions.items():
            found[name] = sorted(
                (tuple(row) for row in session.execute(text(question))), key=repr
            )
        for name in ("disclosures", "requests", "proceedings"):
            table = Base.metadata.tables[name]
            found[name] = sorted(
                (tuple(row)[1:] for row in session.execute(select(table))), key=repr
            )
    store.close()
    return found


def test_importing_twice_changes_nothing(commands: Commands, folder: Path) -> None:
    printed = commands.run("import", folder)
    count = len(list(folder.iterdir()))
    # An edited file may come from anywhere: it is no later version of the other.
    assert f"{count - 1} new, 1 same, 0 changed, 0 not reports, 0 failed" in printed
    before = contents(commands.database_url)
    assert f"0 new, {count} same" in commands.run("import", folder)
    assert contents(commands.database_url) == before
    assert "0 damaged" in commands.run("audit")


@pytest.mark.parametrize(("at_hand", "opened"), [(100_000, 0), (10, 1)])
def test_a_small_file_is_read_while_it_is_at_hand(
    commands: Commands,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    at_hand: int,
    opened: int,
) -> None:
    monkeypatch.setattr(importing, "AT_HAND", at_hand)
    asked: list[str] = []
    with commands.archive() as archive:
        from_disk = archive.captures.open

        def noted(digest: str) -> bytes:
            asked.append(digest)
            return from_disk(digest)

        monkeypatch.setattr(archive.captures, "open", noted)
        (taken,) = import_all(archive, [folder / "00.html"])
        assert taken.outcome is Outcome.NEW
        assert len(asked) == opened
        assert list(archive.captures.iterate())


def test_killed_at_any_moment_nothing_is_lost_or_doubled(
    commands: Commands, folder: Path, tmp_path: Path, database_url: str
) -> None:
    chance = random.Random(time.time_ns())
    for _ in range(3):
        process = commands.start("import", folder)
        assert process.stdout is not None
        for _ in range(
            chance.randrange(1, 15)
        ):  # so many files are reported before the blow
            process.stdout.readline()
        time.sleep(chance.uniform(0, 0.2))
        process.kill()
        process.communicate(timeout=30)
    commands.run("import", folder)

    whole = Commands(tmp_path / "whole", f"sqlite:///{tmp_path / 'whole.sqlite3'}")
    whole.run("migrate")
    whole.run("import", folder)
    assert contents(commands.database_url) == contents(whole.database_url)
    assert "0 damaged" in commands.run("audit")
    assert f"0 new, {len(list(folder.iterdir()))} same" in commands.run(
        "import", folder
    )


def bomb() -> bytes:
    """A Word file of some kilobytes that unpacks to 300 MB."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/document.xml", b"<w:document>" + b" " * 300_000_000)
    return packed.getvalue()


def test_every_bad_file_has_its_line_and_the_rest_is_imported(
    tmp_path: Path, sqlite_template: Path
) -> None:
    shutil.copy(sqlite_template, tmp_path / "archive.sqlite3")
    commands = Commands(tmp_path / "data", f"sqlite:///{tmp_path / 'archive.sqlite3'}")
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "empty.txt").write_bytes(b"")
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    with (folder / "huge.txt").open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    (folder / "bomb.docx").write_bytes(bomb())
    (folder / "notice.txt").write_text(
        "关于做好2023年政府信息公开工作年度报告编制工作的通知\n\n各科室："
        "请于一月十日前报送。\n"
    )
    (folder / "guide.txt").write_text(
        "示例市商务局政府信息公开指南\n\n为便于公众查询，编制本指南。\n"
    )
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing more")
    (folder / "gone.txt").symlink_to(folder / "nowhere")
    os.mkfifo(folder / "pipe.txt")
    (folder / os.fsdecode(b"\xff\xfe.txt")).write_bytes(b"")
    shutil.copy(GOLDEN / "text_tabs.txt", folder / "zz.txt")

    printed = commands.run("import", folder, folder / "not there", status=1)
    lines = {
        line.split()[1].rsplit("/", 1)[-1].removeprefix("file:"): line
        for line in printed.splitlines()[:-1]
    }
    for name, words in {
        "empty.txt": "文件为空",
        "picture.txt": "图片",
        "huge.txt": "超过上限",
        "bomb.docx": "炸弹",
        "notice.txt": "通知",
        "guide.txt": "指南",
        "broken.pdf": "损坏",
        "gone.txt": "不存在",
        "pipe.txt": "不是普通文件",
    }.items():
        assert words in lines[name], printed
    assert lines["zz.txt"].startswith("new")
    assert "1 new" in printed


def test_a_folder_without_permission_is_named(tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir(mode=0)
    try:
        found = list(expand((tmp_path,)))
        if os.geteuid() == 0:  # root may look into every folder
            assert not found
        else:
            assert found == [(locked, "没有读取权限或无法打开文件夹。")]
    finally:
        locked.chmod(0o700)


def test_a_name_no_file_can_have_is_left_to_the_reader() -> None:
    impossible = Path("名" * 300)
    assert list(expand((impossible,))) == [(impossible, "")]


def test_links_that_go_round_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "round").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "itself").symlink_to(tmp_path / "itself")
    (tmp_path / "a" / "one.txt").touch()
    (tmp_path / ".hidden").touch()
    assert [path.name for path, _ in expand((tmp_path,))] == ["itself", "one.txt"]


def test_with_older_tables_every_command_says_what_to_do(tmp_path: Path) -> None:
    file = tmp_path / "older.sqlite3"
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("CREATE TABLE alembic_version (version_num TEXT)")
        connection.execute("INSERT INTO alembic_version VALUES ('0001')")
    commands = Commands(tmp_path / "data", f"sqlite:///{file}")
    for arguments in (
        ["import", "x"],
        ["collect", "--all"],
        ["audit"],
        ["serve"],
        ["work"],
        ["sources", "list"],
    ):
        assert "python -m archive migrate" in commands.run(*arguments, status=1)


def test_read_prints_the_contract_and_names_what_it_cannot_read(tmp_path: Path) -> None:
    commands = Commands(tmp_path / "data", f"sqlite:///{tmp_path / 'none.sqlite3'}")
    (tmp_path / "empty.txt").write_bytes(b"")
    printed = commands.run(
        "read", "--json", GOLDEN / "text_tabs.txt", tmp_path / "empty.txt", status=1
    )
    report, error = (json.loads(line) for line in printed.splitlines())
    assert set(report) == {
        "file", "title", "agency", "region", "level", "sector", "year", "published_on", "published_from", "form", "is_report",
        "why", "sections", "figures", "claims", "findings",
    }  # fmt: skip
    assert (report["agency"], report["year"], report["form"]) == (
        "示例市商务局",
        2023,
        "2021",
    )
    assert len(report["figures"]) == 200
    assert error["file"] == str(tmp_path / "empty.txt")
    assert error["error"].startswith("文件为空")

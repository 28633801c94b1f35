"""`collect`: what portals publish, and what is said of it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.portals import pages
from tests.portals.reports import report_of, sample_reports
from tests.portals.server import Portals
from tests.running import Commands

CUT = ("示例市商务局", 2023)
LOGGED_OUT = ("示例市商务局", 2022)


@pytest.fixture
def portals() -> Iterator[Portals]:
    """A portal that lists two reports."""
    with Portals() as portals:
        for report in sample_reports():
            if (report.agency.name, report.year) not in (CUT, LOGGED_OUT):
                portals.vanish(report.agency.name, report.year, "unlist")
        yield portals


@pytest.fixture
def commands(tmp_path: Path, sqlite_template: Path) -> Commands:
    shutil.copy(sqlite_template, tmp_path / "archive.sqlite3")
    return Commands(tmp_path / "data", f"sqlite:///{tmp_path / 'archive.sqlite3'}")


def show(portals: Portals, report: tuple[str, int], page: str) -> None:
    """Puts a page at the address of a report."""
    portals.put(pages.path_of(report_of(*report)), page.encode())


def test_what_waits_or_failed_is_named_with_its_address_and_reason(
    commands: Commands, portals: Portals
) -> None:
    commands.run("sources", "add", portals.trs_list)
    assert "2 new" in commands.run("collect", "--all")
    both = [report_of(*CUT), report_of(*LOGGED_OUT)]
    whole = pages.article(both[0], both, 0)
    show(portals, CUT, whole[: whole.rindex("四、")])
    show(
        portals, LOGGED_OUT, "<html><body><p>会话已过期，请重新登录。</p></body></html>"
    )
    printed = commands.run("collect", "--all", status=1)
    counts, *named = filter(None, printed.splitlines())
    assert "1 failed, 1 with less than before (held)" in counts
    (held,) = (line for line in named if portals.address(*CUT) in line)
    assert "内容变少，待核定：" in held
    assert "缺少第" in held
    (failed,) = (line for line in named if portals.address(*LOGGED_OUT) in line)
    assert "对方拒绝：原来是报告，现在的内容不是：这是登录页" in failed
    assert len(named) == 2

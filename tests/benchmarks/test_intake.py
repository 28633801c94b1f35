"""The measuring of imports: the pages it makes, and a tiny run of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.interpreting import interpret
from benchmarks.intake import LAYOUTS, YEARS, main, page


@pytest.mark.parametrize("number", range(len(LAYOUTS) + 2))
def test_pages_are_reports_of_their_year(number: int) -> None:
    report = interpret(page(number).encode())
    assert report.is_report
    assert report.year == YEARS[number % len(YEARS)]
    assert report.agency.name.startswith("示例市")
    assert len(report.figures) > 150
    assert not report.findings


def test_agencies_are_many() -> None:
    offices = range(0, 40 * len(YEARS), len(YEARS))
    names = {interpret(page(number).encode()).agency.name for number in offices[::4]}
    assert len(names) == 10


def test_a_tiny_run(tmp_path: Path) -> None:
    results = tmp_path / "results.md"
    options = ["--databases", "sqlite", "--rounds", "1", "--results", str(results)]
    main(["3", *options])
    written = results.read_text(encoding="utf-8")
    assert "| 3 new, 0 same, 0 changed, 0 not reports, 0 failed |" in written
    assert "3 refilled" in written
    assert "| SQLite | " in written

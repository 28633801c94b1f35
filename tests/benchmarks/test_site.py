"""The measuring of the website: what it fills archives with, and a tiny run of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import func, select

from archive.report import Report, Table, check, content_hash
from archive.store import Store
from archive.store.rows import FilingRow, VersionRow
from benchmarks.site.__main__ import main
from benchmarks.site.archives import Place, fill, tables_on_disk
from benchmarks.site.made import FAULTS, YEARS, all_made, made
from benchmarks.site.pages import KINDS


def texts(report: Report) -> str:
    return "\n".join(section.text for section in report.sections)


@pytest.fixture(scope="module")
def two_agencies() -> list[Report]:
    return [one.report for one in all_made(range(40, 40 + 2 * YEARS))]


def test_figures_are_printed_where_they_say(two_agencies: list[Report]) -> None:
    for report in two_agencies:
        blocks = [block for section in report.sections for block in section.blocks]
        tables = [block for block in blocks if isinstance(block, Table)]
        printed = {cell.at: cell.text for table in tables for cell in table.cells}
        assert len(tables) == (3 if report.figures else 0)
        for figure in report.figures.values():
            assert figure.at
            assert printed[figure.at] == figure.printed
            assert figure.value is None or str(figure.value) == figure.printed


def test_claims_quote_the_text(two_agencies: list[Report]) -> None:
    for report in two_agencies:
        text = texts(report)
        assert report.claims
        for claim in report.claims:
            assert claim.sentence in text
            is_zero = claim.value == 0
            assert is_zero or str(claim.value) in claim.sentence


def test_reports_are_as_long_as_real_ones_and_differ(
    two_agencies: list[Report],
) -> None:
    hashes = {content_hash(report) for report in two_agencies}
    assert len(hashes) == len(two_agencies)
    assert all(1_500 < len(texts(report)) < 6_000 for report in two_agencies)
    assert made(47).report == made(47).report


def test_few_contradict_themselves_or_the_year_before() -> None:
    found: list[str] = []
    before: Report | None = None
    for one in all_made(range(40 * YEARS)):
        previous = before if one.number % YEARS else None
        # what the text says of fees in yuan and the table in 10,000 yuan is left apart
        said = {each.check for each in check(one.report, previous)}
        found += said & {"sums", "carry_over", "text_applications_received"}
        before = one.report
    assert 0 < len(found) < 40 * YEARS / 4
    assert set(found) == {"sums", "carry_over", "text_applications_received"}
    assert len(FAULTS) == 4


def test_filling_goes_on_where_it_was_left(tmp_path: Path) -> None:
    small = Place("sqlite", 10, tmp_path / "sqlite-10")
    large = Place("sqlite", 25, tmp_path / "sqlite-25")
    fill(small, None, 1)
    fill(large, small, 1)
    assert (small.told["filed"], large.told["filed"]) == (10, 15)
    assert large.told["reports"] == 25
    noted = large.folder / "filled.json"
    before = noted.stat().st_mtime_ns
    fill(large, small, 1)
    assert noted.stat().st_mtime_ns == before
    store = Store(large.url)
    with store.session() as session:
        for row in (FilingRow, VersionRow):
            assert session.scalar(select(func.count()).select_from(row)) == 25
    store.close()
    sizes = tables_on_disk(large.url)
    whole = (large.folder / "archive.sqlite3").stat().st_size
    assert sum(sizes.values()) == whole


def test_a_tiny_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A real server, asked for every kind of page."""
    results = tmp_path / "results.md"
    options = ["--databases", "sqlite", "--no-peer", "--workers", "1"]
    options += ["--pages", "4", "--seconds", "0.02"]
    options += ["--data", str(tmp_path / "data"), "--results", str(results)]
    main(["20", *options])
    written = results.read_text(encoding="utf-8")
    assert written.strip() in capsys.readouterr().out
    assert "refused:" not in written
    mixed = next(
        line for line in written.splitlines() if line.startswith("| SQLite | ")
    )
    assert mixed.endswith("| 0 |")
    for kind in KINDS:
        row = next(
            line
            for line in written.partition("## Each kind of page alone")[2].splitlines()
            if line.startswith(f"| {kind.name} |")
        )
        assert "–" not in row

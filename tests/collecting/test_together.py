"""A page with the text and its attachments with the tables are one report."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from PIL import Image
from sqlalchemy import select

from archive import collecting
from archive.catalogue import HTML, XLSX
from archive.pipeline import Archive, Tally
from archive.report import Report, lacks_tables
from archive.store import reading_of
from archive.store.rows import (
    AgencyRow,
    FailureRow,
    OriginalRow,
    PageRow,
    VersionRow,
)
from tests.pipeline.again import import_all, read_all_again
from tests.portals import pages
from tests.portals.reports import SampleReport, report_of, sample_reports
from tests.portals.server import Portals
from tests.reading import golden
from tests.reading.test_scan import scanned
from tests.reports import sheets, words
from tests.running import Commands
from tests.sources import add_source

REPORT = report_of("示例市商务局", 2023)
# e.g. "<table border=…>…</table>"
TABLE = re.compile(r'<table border="1".*?</table>', re.DOTALL)
WORKBOOK = "P0220_tables.xlsx"


@pytest.fixture
def portals() -> Iterator[Portals]:
    """The portal lists nothing but one report, whose page has lost its tables."""
    with Portals() as portals:
        for report in sample_reports():
            if report is not REPORT:
                portals.vanish(report.agency.name, report.year, "unlist")
        yield portals


@pytest.fixture
def archive(tmp_path: Path, sqlite_template: Path) -> Iterator[Archive]:
    database = tmp_path / "archive.sqlite3"
    shutil.copy(sqlite_template, database)
    with Commands(tmp_path / "data", f"sqlite:///{database}").archive() as archive:
        yield archive


def edit(portals: Portals, find: str, replace: str) -> None:
    portals.edit(REPORT.agency.name, REPORT.year, find=find, replace=replace)


def without_tables(portals: Portals, instead: str = "") -> None:
    """Takes the statutory tables off the page; `instead` stands at their places."""
    items = [one for one in sample_reports() if one.agency.portal == "trs"]
    found = TABLE.findall(pages.article(REPORT, items, 0))
    assert len(found) == 3
    for number, table in enumerate(found, 2):
        edit(portals, table, instead.format(number))


def beside(name: str) -> str:
    """The path of a file beside the page."""
    return f"{pages.path_of(REPORT).rsplit('/', 1)[0]}/{name}"


def attach(portals: Portals, name: str, body: bytes) -> None:
    """Links a file at the end of the page's text."""
    day = REPORT.published
    end = f"{day.year}年{day.month}月{day.day}日</p>"
    edit(portals, end, f'{end}<p>附件：<a href="./{name}">{name}</a></p>')
    portals.put(beside(name), body)


def collect(archive: Archive, portals: Portals) -> Tally:
    source = archive.store.write(
        lambda session: add_source(session, portals.trs_list)[0].id
    )
    return collecting.collect_now(archive, source, lambda done, total, step: None)


def versions(archive: Archive) -> list[VersionRow]:
    with archive.store.session() as session:
        return list(
            session.scalars(
                select(VersionRow)
                .join(VersionRow.filing)
                .join(AgencyRow)
                .where(AgencyRow.name == REPORT.agency.name)
                .order_by(VersionRow.number)
            )
        )


def read_in(archive: Archive, version: VersionRow) -> Report:
    """A version as it was read."""
    with archive.store.session() as session:
        return reading_of(session, version.id)


def states(archive: Archive) -> dict[str, str]:
    """Addresses and what became of what they showed."""
    with archive.store.session() as session:
        return {
            row.hints["url"].rsplit("/", 1)[-1]: row.state
            for row in session.scalars(select(OriginalRow))
        }


def assert_whole(
    archive: Archive, version: VersionRow, report: SampleReport = REPORT
) -> None:
    """The reading has the prose of the page and every figure that is printed."""
    read = read_in(archive, version)
    assert {section.number for section in read.sections if section.prose} >= {1, 5, 6}
    for key, value in report.figures.items():
        figure = read.figures[key]
        assert figure.value == value, key


def test_a_page_and_its_workbook_are_one_report(
    archive: Archive, portals: Portals
) -> None:
    without_tables(portals)
    attach(portals, WORKBOOK, sheets.tables_only(REPORT))
    tally = collect(archive, portals)
    assert (tally.new, tally.changed, tally.failed) == (1, 0, 0)
    (version,) = versions(archive)
    assert_whole(archive, version)
    assert version.source_url == portals.address(REPORT.agency.name, REPORT.year)
    notes = [
        finding.message
        for finding in read_in(archive, version).findings
        if finding.check == "document_note"
    ]
    assert any(WORKBOOK in note and "网页" in note for note in notes)
    assert states(archive)[WORKBOOK] == "part"


def test_nothing_changes_when_nothing_changed_and_rebuild_says_the_same(
    archive: Archive, portals: Portals
) -> None:
    without_tables(portals)
    attach(portals, WORKBOOK, sheets.tables_only(REPORT))
    collect(archive, portals)
    (before,) = versions(archive)
    assert read_all_again(archive) == Tally(same=2)
    for _ in range(2):
        # The page in other bytes, with another count of visitors.
        portals.redecorate()
        again = collect(archive, portals)
        assert (again.new, again.changed) == (0, 0)
    read_all_again(archive)
    (after,) = versions(archive)
    assert (after.digest, read_in(archive, after)) == (
        before.digest,
        read_in(archive, before),
    )


def test_a_replaced_workbook_is_a_new_version_of_the_address(
    archive: Archive, portals: Portals
) -> None:
    without_tables(portals)
    attach(portals, WORKBOOK, sheets.tables_only(REPORT))
    collect(archive, portals)
    key = "disclosure.licensing.decisions"
    edited = replace(REPORT, figures={**REPORT.figures, key: 77})
    portals.put(beside(WORKBOOK), sheets.tables_only(edited))
    tally = collect(archive, portals)
    assert (tally.new, tally.changed) == (0, 1)
    old, new = versions(archive)
    assert_whole(archive, old)
    assert_whole(archive, new, edited)
    assert new.current
    with archive.store.session() as session:
        kinds = [
            session.get_one(OriginalRow, one.digest).media_type for one in (old, new)
        ]
    assert kinds == [HTML, XLSX]
    readings = [read_in(archive, old), read_in(archive, new)]
    for _ in range(2):
        again = collect(archive, portals)
        assert (again.new, again.changed) == (0, 0)
        read_all_again(archive)
        assert [read_in(archive, one) for one in versions(archive)] == readings
    assert [one.current for one in versions(archive)] == [False, True]


def test_a_workbook_that_comes_later_completes_the_report(
    archive: Archive, portals: Portals
) -> None:
    """Nobody has edited anything: the file could not be had at first."""
    without_tables(portals)
    attach(portals, WORKBOOK, b"")
    collect(archive, portals)
    (partial,) = versions(archive)
    portals.put(beside(WORKBOOK), sheets.tables_only(REPORT))
    portals.redecorate()
    collect(archive, portals)
    after = versions(archive)
    assert_whole(archive, after[-1])
    assert after[-1].current
    assert partial.number == 1


def test_a_file_that_could_not_be_had_is_asked_for_again_beside_the_same_page(
    archive: Archive, portals: Portals
) -> None:
    """The page's ETag says that nothing has changed; its report lacks the tables."""
    without_tables(portals)
    attach(portals, WORKBOOK, sheets.tables_only(REPORT))
    kept = portals._files.pop(beside(WORKBOOK))
    collect(archive, portals)
    (partial,) = versions(archive)
    assert lacks_tables(read_in(archive, partial))
    portals.put(beside(WORKBOOK), kept)
    collect(archive, portals)
    assert_whole(archive, versions(archive)[-1])
    assert versions(archive)[-1].current


def test_tables_in_a_word_file_are_joined(archive: Archive, portals: Portals) -> None:
    without_tables(portals)
    bare = replace(REPORT, sections=dict.fromkeys(REPORT.sections, ()))
    attach(portals, "P0220_tables.docx", words.word(bare))
    collect(archive, portals)
    (version,) = versions(archive)
    assert_whole(archive, version)


def test_a_whole_file_beside_a_page_without_tables_is_the_report(
    archive: Archive, portals: Portals
) -> None:
    without_tables(portals)
    attach(portals, "P0220_whole.docx", words.word(REPORT))
    collect(archive, portals)
    (version,) = versions(archive)
    assert_whole(archive, version)
    portals.redecorate()
    again = collect(archive, portals)
    assert (again.new, again.changed) == (0, 0)
    before = read_in(archive, version)
    read_all_again(archive)
    assert [read_in(archive, one) for one in versions(archive)] == [before]


@pytest.mark.parametrize(
    ("name", "year"), [("示例市公安局", 2023), ("示例市商务局", 2022)]
)
def test_the_report_of_another_agency_or_year_is_not_taken_for_this_one(
    archive: Archive, portals: Portals, name: str, year: int
) -> None:
    without_tables(portals)
    attach(portals, "P0220_other.docx", words.word(report_of(name, year)))
    tally = collect(archive, portals)
    assert (tally.new, tally.failed) == (1, 0)
    (version,) = versions(archive)
    read = read_in(archive, version)
    assert read.sections
    assert not any(figure.value for figure in read.figures.values())


def test_tables_of_last_year_are_not_taken_for_this_years(
    archive: Archive, portals: Portals
) -> None:
    without_tables(portals)
    tables = sheets.tables_only(report_of("示例市商务局", 2022))
    attach(portals, "2022年政府信息公开工作年度报告附表.xlsx", tables)
    collect(archive, portals)
    (version,) = versions(archive)
    read = read_in(archive, version)
    assert not any(figure.value for figure in read.figures.values())


def test_a_whole_page_asks_for_none_of_its_files(
    archive: Archive, portals: Portals
) -> None:
    attach(portals, WORKBOOK, sheets.tables_only(REPORT))
    collect(archive, portals)
    assert not portals.asked(beside(WORKBOOK))


@pytest.mark.parametrize("after", range(1, 5))
def test_killed_in_the_middle_the_next_run_finishes(
    archive: Archive, portals: Portals, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    without_tables(portals)
    attach(portals, WORKBOOK, sheets.tables_only(REPORT))
    write, count = archive.store.write, 0

    def killed(work: object) -> object:
        nonlocal count
        with archive.store.session() as session:
            has_workbook = session.scalar(
                select(PageRow.id).where(PageRow.article_id.is_not(None))
            )
        count += bool(has_workbook)
        if count > after:
            raise KeyboardInterrupt
        return write(work)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(archive.store, "write", killed)
        with pytest.raises(KeyboardInterrupt):
            collect(archive, portals)
    collect(archive, portals)
    (version,) = versions(archive)
    assert_whole(archive, version)
    with archive.store.session() as session:
        assert not session.scalars(select(FailureRow)).all()


def picture(page: int) -> bytes:
    """A page of a golden PDF of the same agency and year."""
    kept = io.BytesIO()
    scanned("pdf_ruled.pdf", page, askew=0, noise=0).save(kept, "JPEG", quality=90)
    return kept.getvalue()


@pytest.mark.timeout(600)
def test_tables_that_are_pictures_are_fetched_and_read_in_their_places(
    archive: Archive, portals: Portals
) -> None:
    """Table 4 is on the last picture; the others are ornaments."""
    without_tables(portals, '<p><img src="./W0220_{0}.jpg" width="600"></p>')
    photograph = Image.new("RGB", (400, 300), "green")
    for number in (2, 3):
        kept = io.BytesIO()
        photograph.save(kept, "JPEG")
        portals.put(beside(f"W0220_{number}.jpg"), kept.getvalue())
    portals.put(beside("W0220_4.jpg"), picture(4))
    tally = collect(archive, portals)
    assert (tally.new, tally.failed) == (1, 0)
    (version,) = versions(archive)
    read = read_in(archive, version)
    truth = golden.EXPECTED["reports"]["2021"]["figures"]
    found = {
        key: figure
        for key, figure in read.figures.items()
        if key.startswith(("review.", "litigation.")) and figure.value is not None
    }
    assert found
    for key, figure in found.items():
        assert figure.status != "exact" or figure.value == truth[key], key
    four = next(section for section in read.sections if section.number == 4)
    assert any(hasattr(block, "cells") for block in four.blocks)
    assert states(archive)["W0220_4.jpg"] == "part"
    with archive.store.session() as session:
        original = session.get_one(OriginalRow, version.digest)
        used = [part["shown_as"] for part in original.hints["parts"]]
    assert used == ["./W0220_2.jpg", "./W0220_4.jpg"], "the same bytes count once"
    is_used = [part["is_used"] for part in original.hints["parts"]]
    assert is_used == [False, True]

    asked = len(portals.requests)
    again = collect(archive, portals)
    assert (again.new, again.changed, again.failed) == (0, 0, 0)
    assert len(portals.requests) > asked
    read_all_again(archive)
    assert [read_in(archive, one) for one in versions(archive)] == [
        read_in(archive, version)
    ]


def test_pictures_of_a_page_with_tables_are_not_asked_for(
    archive: Archive, portals: Portals
) -> None:
    day = REPORT.published
    end = f"{day.year}年{day.month}月{day.day}日</p>"
    edit(portals, end, f'{end}<img src="./W0220_4.jpg">')
    collect(archive, portals)
    assert not portals.asked(beside("W0220_4.jpg"))


def test_photographs_and_icons_leave_a_page_as_it_is(
    archive: Archive, portals: Portals
) -> None:
    without_tables(portals, '<img src="./icon_{0}.png" width="16"><img src="gone.jpg">')
    collect(archive, portals)
    (version,) = versions(archive)
    assert read_in(archive, version).sections
    assert not portals.asked(beside("icon_2.png"))
    assert len(portals.asked(beside("gone.jpg"))) == 1


def imported(archive: Archive, folder: Path, **files: bytes) -> list[str]:
    """What came of files that a person imports, one after the other."""
    paths = []
    for number, body in enumerate(files.values()):
        path = folder / f"{number}{list(files)[number]}"
        path.write_bytes(body)
        paths.append(path)
    return [str(one.outcome) for one in import_all(archive, paths)]


def page_without_tables() -> bytes:
    others = [REPORT, report_of("示例市商务局", 2022)]
    return TABLE.sub("", pages.article(REPORT, others, 0)).encode()


def titled_tables(report: SampleReport) -> bytes:
    """A workbook of the tables that says whose they are."""
    book = openpyxl.load_workbook(io.BytesIO(sheets.tables_only(report)))
    first = book.create_sheet("封面", 0)
    first["A1"] = report.title
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


@pytest.mark.parametrize("is_text_first", [True, False])
def test_text_and_tables_that_a_person_imports_are_one_report(
    archive: Archive, tmp_path: Path, is_text_first: bool
) -> None:
    files = {"正文.html": page_without_tables(), "附表.xlsx": titled_tables(REPORT)}
    if not is_text_first:
        files = dict(reversed(files.items()))
    assert imported(archive, tmp_path, **files) == ["new", "new"]
    (version,) = versions(archive)
    assert_whole(archive, version)
    assert imported(archive, tmp_path, **files) == ["same", "same"]
    read_all_again(archive)
    (after,) = versions(archive)
    assert read_in(archive, after) == read_in(archive, version)


def test_a_whole_file_is_not_mixed_with_another_import(
    archive: Archive, tmp_path: Path
) -> None:
    edited = replace(
        REPORT, figures={**REPORT.figures, "disclosure.licensing.decisions": 7}
    )
    whole = {"a.docx": words.word(REPORT), "b.docx": words.word(edited)}
    assert imported(archive, tmp_path, **whole) == ["new", "new"]
    assert len(versions(archive)) == 2

"""THE WAY from a portal to the index: new, same, changed, gone, failed, and killed in
the middle of it.
"""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import delete, func, select, update

from archive import collecting, pipeline
from archive.collecting import fetcher_of
from archive.collecting.tour import Tour
from archive.collecting.visiting import visit
from archive.interpreting import Interpreter
from archive.pipeline import Archive, TakenIn, Tally, take_in
from archive.reading import Unreadable
from archive.report.model import Hints
from archive.search import Query
from archive.store import Store, reading_of, runs, sources
from archive.store.filing.saving import Origin, Sighting
from archive.store.rows import (
    AgencyRow,
    ClaimRow,
    FailureRow,
    FilingRow,
    FindingRow,
    OriginalRow,
    PageRow,
    ReadingRow,
    RunRow,
    SightingRow,
    VersionRow,
)
from scrapers.families import FAMILIES
from scrapers.source import SourceTrouble
from tests.pipeline.again import import_all, read_all_again
from tests.pipeline.test_import import contents
from tests.portals.pages import article
from tests.portals.reports import sample_reports
from tests.portals.server import Portals
from tests.running import Commands
from tests.sources import add_source

NOW = datetime(2024, 1, 20, tzinfo=UTC)
ALL = [report for report in sample_reports() if report.agency.portal == "trs"]
FILES = [report for report in ALL if report.kind != "html"]
TRS = [*[report for report in ALL if report.kind == "html"][:5], *FILES]


@pytest.fixture
def portals() -> Iterator[Portals]:
    """The portal with few enough reports to be collected in a second: TRS."""
    with Portals() as portals:
        for report in ALL:
            if report not in TRS:
                portals.vanish(report.agency.name, report.year, "unlist")
        yield portals


@pytest.fixture
def commands(tmp_path: Path, database_url: str) -> Commands:
    return Commands(tmp_path / "data", database_url)


@pytest.fixture
def archive(commands: Commands) -> Iterator[Archive]:
    with commands.archive() as archive:
        yield archive


def add(archive: Archive, url: str, agency: str = "") -> int:
    return archive.store.write(lambda session: add_source(session, url, agency)[0].id)


def collect(archive: Archive, source_id: int) -> Tally:
    return collecting.collect_now(archive, source_id, lambda done, total, step: None)


def failures(store: Store) -> list[tuple[str, str]]:
    with store.session() as session:
        return [
            (row.kind, row.reason)
            for row in session.scalars(select(FailureRow).order_by(FailureRow.id))
        ]


def test_collected_twice_only_changes_are_taken_in(
    archive: Archive, portals: Portals
) -> None:
    source = add(archive, portals.trs_list)
    first = collect(archive, source)
    assert (first.new, first.changed, first.gone, first.failed) == (len(TRS), 0, 0, 0)
    portals.redecorate()
    again = collect(archive, source)
    assert (again.new, again.changed, again.gone, again.failed) == (0, 0, 0, 0)

    html = [report for report in TRS if report.kind == "html"]
    edited, vanished, unlisted = html[0], html[1], html[2]
    portals.edit(
        edited.agency.name, edited.year, key="requests.new.total", value=987654
    )
    portals.vanish(vanished.agency.name, vanished.year, "soft")
    portals.vanish(unlisted.agency.name, unlisted.year, "unlist")
    third = collect(archive, source)
    assert (third.new, third.changed, third.gone, third.failed) == (0, 1, 1, 0)
    with archive.store.session() as session:
        rows = session.scalars(
            select(VersionRow)
            .join(FilingRow)
            .join(AgencyRow)
            .where(AgencyRow.name == edited.agency.name, FilingRow.year == edited.year)
            .order_by(VersionRow.number)
        ).all()
        assert [row.current for row in rows] == [False, True]
        tombstone = session.scalars(
            select(PageRow).where(PageRow.gone_at.is_not(None))
        ).one()
        assert tombstone.url == portals.address(vanished.agency.name, vanished.year)
        assert tombstone.gone_why
        assert tombstone.version_id is not None

    portals.vanish(vanished.agency.name, vanished.year, "back")
    fourth = collect(archive, source)
    assert (fourth.new, fourth.changed, fourth.gone, fourth.failed) == (0, 0, 0, 0)
    with archive.store.session() as session:
        assert (
            session.scalar(
                select(func.count())
                .select_from(PageRow)
                .where(PageRow.gone_at.is_not(None))
            )
            == 0
        )
        assert {row.state for row in session.scalars(select(RunRow))} == {"done"}


def test_what_was_collected_is_found(archive: Archive, portals: Portals) -> None:
    collect(archive, add(archive, portals.trs_list))
    assert pipeline.index_marked(archive) == len(TRS)
    assert pipeline.index_marked(archive) == 0
    assert archive.index.search(Query(f'"{TRS[0].agency.name}"')).total > 0
    assert pipeline.audit(archive).is_clean
    assert pipeline.reindex(archive) == len(TRS)


def test_one_bad_page_is_a_failure_and_the_rest_goes_on(
    archive: Archive, portals: Portals
) -> None:
    bad = next(report for report in TRS if report.kind == "html")
    portals.edit(bad.agency.name, bad.year, find=bad.title, replace="示例通知")
    portals.robots(
        "User-agent: *\nDisallow: "
        f"{portals.address(TRS[-1].agency.name, TRS[-1].year)[len(portals.url) :]}"
        "\n"
    )
    tally = collect(archive, add(archive, portals.trs_list))
    assert tally.new >= len(TRS) - 2
    assert tally.failed >= 1
    assert any(
        kind == "Refused" and "robots" in reason
        for kind, reason in failures(archive.store)
    )


@pytest.mark.parametrize(
    ("how", "kind"), [("404", "Changed"), ("412", "Refused"), ("empty", "Changed")]
)
def test_a_list_that_fails_fails_the_run_with_the_reason(
    archive: Archive, portals: Portals, how: str, kind: str
) -> None:
    source = add(archive, portals.trs_list)
    portals.trouble("trs", how)
    with pytest.raises(SourceTrouble):
        collect(archive, source)
    with archive.store.session() as session:
        run = session.scalars(select(RunRow)).one()
        assert (run.state, run.reason.split("：")[0]) == ("failed", kind)
        assert session.scalar(select(func.count()).select_from(PageRow)) == 0


def test_a_sighting_stands_before_anything_can_fail(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(files: object) -> None:
        raise RuntimeError("the power is gone")

    monkeypatch.setattr(archive.interpreter, "together", fail)
    with pytest.raises(RuntimeError):
        take_in(
            archive,
            b"bytes",
            Hints(file_name="a.txt"),
            Sighting("file:a.txt", NOW, 200),
            Origin(NOW),
        )
    with archive.store.session() as session:
        original = session.scalars(select(OriginalRow)).one()
        assert original.state == "new"
        assert session.scalars(select(SightingRow)).one().digest == original.digest
        assert archive.captures.open(original.digest) == b"bytes"
    monkeypatch.undo()
    assert read_all_again(archive) == Tally(not_a_report=1)


TEXT = (Path(__file__).parents[1] / "reports" / "text_tabs.txt").read_text(
    encoding="utf-8"
)


def text(said: str = "甲。") -> bytes:
    """A report of 示例市商务局 for 2023 that says this in section 6."""
    return f"{TEXT.rstrip()}\n{said}\n".encode()


def take(archive: Archive, name: str, said: str) -> TakenIn:
    hints, sighting = Hints(file_name=name), Sighting(f"file:{name}", NOW, 200)
    return take_in(archive, text(said), hints, sighting, Origin(NOW))


def test_what_is_computed_is_refilled_from_the_originals(
    archive: Archive, commands: Commands
) -> None:
    assert [
        take(archive, "a.txt", "甲。").outcome,
        take(archive, "b.txt", "乙。").outcome,
    ] == ["new", "new"], "files have no address that could show one after the other"
    before = contents(commands.database_url)
    with archive.store.session() as session:
        for row in (ReadingRow, ClaimRow, FindingRow):
            session.execute(delete(row))
        session.execute(update(VersionRow).values(title="?"))
    tally = read_all_again(archive)
    assert (tally.same, tally.failed) == (2, 0)
    assert contents(commands.database_url) == before


def test_a_mistake_of_ours_about_one_report_does_not_stop_the_others(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def stumble(*_: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr("archive.store.filing.years.check_years", stumble)
        outcome = take(archive, "a.txt", "甲。")
    assert outcome.outcome == "unreadable"
    assert "ZeroDivisionError" in outcome.reason
    assert "filing" in caplog.text
    with archive.store.session() as session:
        assert session.scalar(select(func.count()).select_from(AgencyRow)) == 0
        assert session.scalars(select(OriginalRow)).one().state == "unreadable"
    assert read_all_again(archive).new == 1


def test_a_damaged_original_is_named_and_its_version_stays(archive: Archive) -> None:
    take(archive, "a.txt", "甲。")
    with archive.store.session() as session:
        digest = session.scalars(select(VersionRow.digest)).one()
    path = archive.captures.path(digest)
    path.chmod(0o644)
    path.write_bytes(b"?")
    audit = pipeline.audit(archive)
    assert len(audit.damaged) == 1
    assert not audit.is_clean
    assert digest in audit.damaged[0]
    assert read_all_again(archive).failed == 1
    with archive.store.session() as session:
        version_id = session.scalars(select(VersionRow.id)).one()
        assert reading_of(session, version_id).sections
        assert "损坏" in session.get_one(OriginalRow, digest).reason


def test_an_original_nobody_noted_is_counted(archive: Archive) -> None:
    archive.captures.keep(b"kept, then killed")
    audit = pipeline.audit(archive)
    assert (audit.unknown, audit.is_clean) == (1, True)


def test_what_comes_in_while_the_originals_are_tested_is_no_fault(
    archive: Archive, tmp_path: Path
) -> None:
    first, second = (tmp_path / f"{report.number}.html" for report in TRS[:2])
    for path, report in ((first, TRS[0]), (second, TRS[1])):
        path.write_text(article(report, ALL, 0), encoding="utf-8")

    def take_in_and_index(path: Path) -> None:
        assert [outcome.outcome for outcome in import_all(archive, [path])] == ["new"]
        assert pipeline.index_marked(archive) == 1

    take_in_and_index(first)
    audit = pipeline.audit(archive, lambda done, total: take_in_and_index(second))
    assert (audit.originals, audit.is_clean) == (1, True)
    archive.index.update([], gone=list(archive.index.ids())[:1])
    assert pipeline.audit(archive).not_indexed == 1


def test_unknown_agency_or_year_waits_for_a_person(archive: Archive) -> None:
    nameless = TEXT.replace("示例市商务局", "本机关").encode()
    outcome = take_in(
        archive, nameless, Hints(), Sighting("file:x", NOW, 200), Origin(NOW)
    )
    assert outcome.outcome == "unfiled"
    assert "报告机关" in outcome.reason
    with archive.store.session() as session:
        original = session.scalars(select(OriginalRow)).one()
        assert (original.state, original.reason) == (outcome.outcome, outcome.reason)
        assert session.scalar(select(func.count()).select_from(AgencyRow)) == 0


def test_the_agency_of_a_source_helps_a_report_that_does_not_say(
    archive: Archive, portals: Portals
) -> None:
    source = add(archive, portals.trs_list, "示例市人民政府")
    collect(archive, source)
    with archive.store.session() as session:
        told = {row.hints["agency"] for row in session.scalars(select(OriginalRow))}
        assert told == {"示例市人民政府"}
        names = set(session.scalars(select(AgencyRow.name)))
    assert names == {report.agency.name for report in TRS}


def test_a_list_may_lead_straight_to_a_file(archive: Archive, portals: Portals) -> None:
    report = next(report for report in sample_reports() if report.kind == "pdf")
    from tests.portals import pages

    url = portals.url + pages.file_path_of(report)
    source = add(archive, portals.trs_list)
    run = archive.store.write(
        lambda session: runs.queue_run(session, "collect", source).id
    )
    page = archive.store.write(
        lambda session: sources.pages_to_ask(
            session, source, "trs", [(url, report.title, None)]
        )
    )
    tally = Tally()
    with fetcher_of(archive) as fetcher:
        tour = Tour(archive, fetcher, FAMILIES["trs"], source, run, "")
        for outcome in visit(tour, page[0]):
            tally.count(outcome)
    assert tally.new == 1, failures(archive.store)
    with archive.store.session() as session:
        assert session.scalars(select(VersionRow)).one().source_url == url


def test_a_killed_collection_is_finished_by_the_next(
    commands: Commands, portals: Portals, tmp_path: Path
) -> None:
    chance = random.Random(time.time_ns())
    commands.run("sources", "add", portals.trs_list)
    for _ in range(2):
        portals.requests.clear()
        process = commands.start("collect", "--all")
        wanted = chance.randrange(2, len(TRS))
        deadline = time.monotonic() + 60
        while (
            len(portals.requests) < wanted
            and process.poll() is None
            and time.monotonic() < deadline
        ):
            time.sleep(0.01)
        time.sleep(chance.uniform(0, 0.1))
        process.kill()
        process.communicate(timeout=30)
    commands.run("collect", "--all")

    whole = Commands(tmp_path / "whole", f"sqlite:///{tmp_path / 'whole.sqlite3'}")
    whole.run("migrate")
    whole.run("sources", "add", portals.trs_list)
    whole.run("collect", "--all")
    found, expected = contents(commands.database_url), contents(whole.database_url)
    assert set(found.pop("sightings")) >= set(expected.pop("sightings"))
    # the furniture of the pages never changed, so neither did the originals
    assert found == expected
    assert "0 damaged" in commands.run("audit")
    assert "0 new" in commands.run("collect", "--all")


@pytest.mark.parametrize("forked", [False, True])
def test_the_reader_is_stopped_when_it_hangs_and_the_next_file_is_read(
    forked: bool,
) -> None:
    with Interpreter(seconds=30, forked=forked) as interpreter:
        interpreter.interpret(text())
        assert interpreter._process is not None
        child = interpreter._process.pid
        assert child is not None
        interpreter._seconds = 0.2
        os.kill(child, signal.SIGSTOP)  # as good as a reader that never ends
        with pytest.raises(Unreadable, match="已停止"):
            interpreter.interpret(b"anything")
        interpreter._seconds = 30
        report = interpreter.interpret(text())
        assert report.year == 2023
        assert interpreter._process.pid != child


@pytest.mark.parametrize(("kills", "is_read"), [(1, True), (9, False)])
def test_a_reader_that_is_killed_has_one_more_attempt(
    monkeypatch: pytest.MonkeyPatch, kills: int, is_read: bool
) -> None:
    left = iter(range(kills))
    start = Interpreter.start

    def start_and_kill(interpreter: Interpreter, *, forked: bool) -> None:
        start(interpreter, forked=forked)
        if next(left, None) is not None and interpreter._process:
            interpreter._process.kill()
            interpreter._process.join()

    monkeypatch.setattr(Interpreter, "start", start_and_kill)
    with Interpreter(seconds=30, forked=True) as interpreter:
        if is_read:
            assert interpreter.interpret(text()).year == 2023
            return
        with pytest.raises(Unreadable, match="程序中止"):
            interpreter.interpret(text())
        assert len(list(left)) == kills - 2


@pytest.mark.parametrize("forked", [False, True])
def test_the_reader_that_crashes_is_replaced(forked: bool) -> None:
    with Interpreter(seconds=30, forked=forked) as interpreter:
        interpreter.interpret(text())
        assert interpreter._process is not None
        os.kill(interpreter._process.pid or 0, signal.SIGKILL)
        interpreter._process.join()
        assert interpreter.interpret(text()).year == 2023

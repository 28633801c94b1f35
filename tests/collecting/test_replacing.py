"""What a report's address shows later: log-ins and cut pages never take its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from archive import collecting
from archive.collecting import collect
from archive.pipeline import Archive, Tally, audit
from archive.store.rows import FailureRow, OriginalRow, VersionRow
from scrapers.families import FAMILIES
from scrapers.source import Article, Capture, Lead, ListPage
from tests.pipeline.again import read_all_again
from tests.reading import golden
from tests.running import Commands
from tests.sources import add_source

NOW = datetime(2024, 1, 20, tzinfo=UTC)
LIST, PAGE = "http://sample.example/", "http://sample.example/report.html"
TITLE = "示例市商务局2023年政府信息公开工作年度报告"
WHOLE = golden.body("html_plain.html")
EDITED = WHOLE.replace("不".encode(), "未".encode())
CUT = WHOLE[: WHOLE.index("五、".encode())]
LOG_IN = "<html><body><p>会话已过期，请重新登录。</p></body></html>".encode()


class Portal:
    """A portal with one page; stands in for a fetcher too."""

    def __init__(self) -> None:
        self.body, self.now = WHOLE, NOW

    def __enter__(self) -> Portal:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def get(self, url: str, etag: str = "", modified: str = "") -> Capture:
        """An unchanged page answers 304 to whoever knows it."""
        self.now += timedelta(hours=1)
        body = WHOLE if url == LIST else self.body
        known = f'"{hash(body)}"'
        if etag == known:
            return Capture(url, url, self.now, 304, {}, b"", not_modified=True)
        return Capture(url, url, self.now, 200, {"ETag": known}, body)


@pytest.fixture
def portal(monkeypatch: pytest.MonkeyPatch) -> Portal:
    portal = Portal()
    family = replace(
        FAMILIES["generic"],
        list_page=lambda capture: ListPage((Lead(PAGE, TITLE),)),
        article=lambda capture: Article(TITLE),
    )
    monkeypatch.setitem(FAMILIES, "generic", family)
    monkeypatch.setattr(collect, "fetcher_of", lambda archive: portal)
    return portal


@pytest.fixture
def archive(tmp_path: Path, sqlite_template: Path) -> Iterator[Archive]:
    (tmp_path / "archive.sqlite3").write_bytes(sqlite_template.read_bytes())
    url = f"sqlite:///{tmp_path / 'archive.sqlite3'}"
    with Commands(tmp_path / "data", url).archive() as archive:
        yield archive


def collected(archive: Archive, portal: Portal, body: bytes) -> Tally:
    portal.body = body
    source, _ = archive.store.write(
        lambda session: add_source(session, LIST, family="generic")
    )
    return collecting.collect_now(archive, source.id, lambda done, total, step: None)


def failures(archive: Archive) -> list[str]:
    with archive.store.session() as session:
        return [row.kind for row in session.scalars(select(FailureRow))]


def versions(archive: Archive) -> list[tuple[bool, bool]]:
    """Of each version, whether it is current, and whether it waits."""
    with archive.store.session() as session:
        rows = session.scalars(select(VersionRow).order_by(VersionRow.number))
        return [(row.current, bool(row.waits)) for row in rows]


def test_a_log_in_at_the_address_of_a_report_is_a_failure_each_time(
    archive: Archive, portal: Portal
) -> None:
    assert collected(archive, portal, WHOLE) == Tally(new=1)
    for _ in range(2):
        assert collected(archive, portal, LOG_IN) == Tally(failed=1)
    assert failures(archive) == ["Refused", "Refused"]
    assert versions(archive) == [(True, False)]
    assert collected(archive, portal, WHOLE) == Tally(same=1)


def test_a_page_cut_in_the_middle_waits_until_it_is_whole_again(
    archive: Archive, portal: Portal
) -> None:
    collected(archive, portal, WHOLE)
    for _ in range(2):
        assert collected(archive, portal, CUT) == Tally(held=1)
    assert failures(archive) == ["Held", "Held"]
    assert versions(archive) == [(True, False), (False, True)]
    assert read_all_again(archive) == Tally(same=1, held=1)
    assert versions(archive) == [(True, False), (False, True)]
    assert collected(archive, portal, EDITED) == Tally(changed=1)
    after = [(False, False), (False, False), (True, False)]
    assert versions(archive) == after
    assert read_all_again(archive) == Tally(same=3)
    assert versions(archive) == after


def test_what_was_filed_by_its_title_alone_is_taken_back(
    archive: Archive, portal: Portal
) -> None:
    collected(archive, portal, WHOLE)
    # as it was filed before pages were looked into
    with archive.store.session() as session:
        version = session.scalars(select(VersionRow)).one()
        digest = archive.captures.keep(LOG_IN)
        original = session.get_one(OriginalRow, version.digest)
        session.add(
            OriginalRow(
                digest=digest,
                size=len(LOG_IN),
                first_seen_at=NOW,
                state="read",
                hints=original.hints,
            )
        )
        session.flush()
        version.digest = digest
    assert read_all_again(archive).not_a_report == 1
    with archive.store.session() as session:
        states = {row.digest: row.state for row in session.scalars(select(OriginalRow))}
        assert states[digest] == "not_a_report"
        assert digest not in set(session.scalars(select(VersionRow.digest)))


def test_a_damaged_original_heals_though_the_page_has_not_changed(
    archive: Archive, portal: Portal
) -> None:
    collected(archive, portal, WHOLE)
    (digest,) = archive.captures.iterate()
    path = archive.captures.path(digest)
    path.chmod(0o644)
    path.write_bytes(WHOLE[:-9])
    assert len(audit(archive).damaged) == 1
    assert collected(archive, portal, WHOLE) == Tally(same=1)
    found = audit(archive)
    assert (found.damaged, found.healed) == ((), 1)
    assert archive.captures.open(digest) == WHOLE

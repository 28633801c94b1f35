"""Lists that run over pages, withhold something, or never end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from archive import collecting
from archive.collecting import Listing, collect, turning
from archive.pipeline import Archive, Tally
from archive.store.rows import FailureRow, PageRow, RunRow
from scrapers.families import FAMILIES
from scrapers.fetching import Fetcher
from scrapers.source import Article, Capture, Changed, Lead, ListPage
from tests.pipeline.again import read_all_again
from tests.running import Commands
from tests.sources import add_source

NOW = datetime(2024, 1, 20, tzinfo=UTC)
NOTICE = """<html><body><h1>关于做好2023年政府信息公开工作年度报告编制工作的通知</h1>
<p>各科室：请于一月十日前报送。</p></body></html>"""


def address(name: str) -> str:
    return f"http://sample.example/{name}"


@dataclass
class Portal:
    """A portal of one list: its pages by address; stands in for a fetcher too."""

    lists: dict[str, ListPage]
    attachments: tuple[Lead, ...] = ()
    asked: list[str] = field(default_factory=list)

    def __enter__(self) -> Portal:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def get(self, url: str, etag: str = "", modified: str = "") -> Capture:
        self.asked.append(url)
        return Capture(url, url, NOW, 200, {}, f"{NOTICE}<p>{url}</p>".encode())

    def list_page(self, capture: Capture) -> ListPage:
        if capture.url not in self.lists:
            raise Changed("没有列表。")
        return self.lists[capture.url]


def leads(*names: str) -> tuple[Lead, ...]:
    return tuple(Lead(address(name), name) for name in names)


@pytest.fixture
def portal(monkeypatch: pytest.MonkeyPatch) -> Portal:
    portal = Portal({})
    family = replace(
        FAMILIES["generic"],
        list_page=portal.list_page,
        article=lambda capture: Article("通知", attachments=portal.attachments),
    )
    monkeypatch.setitem(FAMILIES, "generic", family)
    return portal


def listing(portal: Portal, may_be_empty: bool = False) -> Listing:
    fetcher: Fetcher = portal  # type: ignore[assignment]
    return collecting.list_leads(address("1"), "generic", may_be_empty, fetcher)


def test_a_list_goes_on_and_ends_where_a_page_comes_again(portal: Portal) -> None:
    portal.lists = {
        address("1"): ListPage(leads("a", "b"), address("2"), "只读到第一页。"),
        address("2"): ListPage(leads("b", "c"), address("1"), "也只读到这里。"),
    }
    found = listing(portal)
    assert found.why == "由来源指定"
    assert found.family.name == "generic"
    assert [lead.title for lead in found.leads] == ["a", "b", "c"]
    assert found.notes == ("只读到第一页。", "也只读到这里。")
    assert portal.asked == [address("1"), address("2")]


def test_the_note_of_a_later_page_is_told(portal: Portal) -> None:
    portal.lists = {
        address("1"): ListPage(leads("a"), address("2")),
        address("2"): ListPage((), None, "可能不完整。"),
    }
    assert listing(portal).notes == ("可能不完整。",)


def test_a_list_without_end_is_left(
    portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turning, "MAX_LIST_PAGES", 3)
    portal.lists = {
        address(str(page)): ListPage(leads(f"r{page}"), address(str(page + 1)))
        for page in range(1, 9)
    }
    found = listing(portal)
    assert len(found.leads) == len(portal.asked) == 3
    assert found.notes == ("列表超过 3 页的上限，其后各页未读。",)


def test_pages_of_a_list_count_once_though_those_it_names_cannot_be_read(
    portal: Portal,
) -> None:
    """Three years that are dead cost a page each, not the list once more."""
    dead = tuple(map(address, ("2020", "2021", "2022")))
    portal.lists = {
        address("1"): ListPage(leads("a"), address("2"), lists=(*dead, address("3"))),
        address("2"): ListPage(leads("b")),
        address("3"): ListPage(leads("c")),
    }
    fetcher: Fetcher = portal  # type: ignore[assignment]
    found = collecting.list_leads(address("1"), "generic", False, fetcher, most=6)
    assert [lead.title for lead in found.leads] == ["a", "b", "c"]
    assert len(found.notes) == len(dead)


def test_only_a_source_that_may_be_empty_is_empty(portal: Portal) -> None:
    portal.lists = {address("1"): ListPage(())}
    assert listing(portal, may_be_empty=True).leads == []
    with pytest.raises(Changed, match="没有找到年度报告"):
        listing(portal)


@pytest.fixture
def archive(tmp_path: Path, sqlite_template: Path) -> Iterator[Archive]:
    (tmp_path / "archive.sqlite3").write_bytes(sqlite_template.read_bytes())
    url = f"sqlite:///{tmp_path / 'archive.sqlite3'}"
    with Commands(tmp_path / "data", url).archive() as archive:
        yield archive


def collected(
    archive: Archive, portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> tuple[Tally, list[tuple[str, str]]]:
    """The tally of a run, and what failed in it: kind and reason."""
    monkeypatch.setattr(collect, "fetcher_of", lambda archive: portal)
    source, _ = archive.store.write(
        lambda session: add_source(session, address("1"), family="generic")
    )
    tally = collecting.collect_now(archive, source.id, lambda done, total, step: None)
    with archive.store.session() as session:
        rows = session.scalars(select(FailureRow)).all()
        return tally, [(row.kind, row.reason) for row in rows]


def test_a_notice_in_a_list_is_no_report_and_no_failure(
    archive: Archive, portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    portal.lists = {address("1"): ListPage(leads("notice"))}
    tally, failures = collected(archive, portal, monkeypatch)
    assert tally == Tally(not_a_report=1)
    assert failures == []
    with archive.store.session() as session:
        run = session.scalars(select(RunRow)).one()
        assert (run.state, run.same, run.failed) == ("done", 0, 0)
    assert read_all_again(archive) == Tally(not_a_report=1)


def test_an_address_too_long_is_left_out_and_said(
    archive: Archive, portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = address("")
    longest = "x" * (collect.MAX_URL - len(start))
    portal.lists = {
        address("1"): ListPage(leads(longest, longest + "x"), None, "不完整。")
    }
    tally, failures = collected(archive, portal, monkeypatch)
    assert tally.not_a_report == 1
    assert failures == [
        ("Incomplete", "不完整。"),
        ("Incomplete", "列表中有 1 个网址超过 2000 字节，未采集。"),
    ]
    assert tally.incomplete
    with archive.store.session() as session:
        assert [row.url for row in session.scalars(select(PageRow))] == [
            start + longest
        ]


def test_what_became_of_an_attachment_is_told_and_not_that_its_page_is_a_notice(
    archive: Archive, portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    portal.lists = {address("1"): ListPage(leads("notice"))}
    portal.attachments = leads("x" * collect.MAX_URL)
    tally, failures = collected(archive, portal, monkeypatch)
    assert tally == Tally(failed=1)
    assert failures == [("Unreadable", "附件网址超过 2000 字节，未采集。")]


def test_only_the_first_attachments_are_tried(
    archive: Archive, portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    portal.lists = {address("1"): ListPage(leads("notice"))}
    portal.attachments = leads(*(f"file{number}" for number in range(7)))
    tally, failures = collected(archive, portal, monkeypatch)
    assert tally == Tally(failed=1)
    assert [kind for kind, _ in failures] == ["NotAReport"]
    assert portal.asked[2:] == [address(f"file{number}") for number in range(5)]

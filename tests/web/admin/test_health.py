"""How sources are, on the pages for people; and the feed of their troubles."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import feedparser
import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import etree

from archive.catalogue import Role, RunKind
from archive.store import Session, accounts, runs, sessions
from archive.store.rows import DisappearanceRow, RunRow, SourceRow
from archive.web.pages.admin.sources import feed
from tests.web.admin.visiting import (
    EDITOR,
    VIEWER,
    account,
    log_in,
    send,
    store_of,
)
from tests.web.pages import page, wrong_with

ATOM = "{http://www.w3.org/2005/Atom}"
HOUR = timedelta(hours=1)


def fail(session: Session, number: int, since: datetime) -> None:
    url = f"http://sample.example/{number}"
    session.add(
        SourceRow(
            url=url, key=url, agency=f"示例{number}局\x07", added_at=since,
            failing_since=since, failures=2,
        )
    )  # fmt: skip


@pytest.fixture
def failing(app: Flask) -> None:
    """Two sources that fail, and one most of whose pages are gone."""
    moment = runs.now() - 3 * HOUR
    with store_of(app).session() as session:
        for number in (8, 9):
            fail(session, number, moment + number * timedelta(minutes=1))
        session.add(
            DisappearanceRow(
                source_id=1, since=moment, seen_at=moment, gone=5, total=6,
                pages={"1": moment.isoformat()},
            )
        )  # fmt: skip
        session.add(
            RunRow(kind=RunKind.COLLECT, source_id=1, state="failed", queued_at=moment)
        )


def address_of(client: FlaskClient) -> str:
    """A new address of one's feed."""
    answer = send(client, "/admin/own/feed")
    assert answer.status_code == 200
    shown = etree.HTML(answer.get_data(as_text=True)).find(".//p[@class='cite secret']")
    assert shown is not None
    address = str(shown.text)
    assert address.startswith("http://localhost/admin/sources.atom?key=")
    return address.removeprefix("http://localhost")


@pytest.mark.usefixtures("failing")
def test_pages_are_sound(admin: FlaskClient) -> None:
    for address in ("/admin/", "/admin/sources/1", "/admin/sources/1/history",
                    "/admin/sources/1/history?what=failed", "/admin/own",
                    "/admin/sources?state=stale"):  # fmt: skip
        assert wrong_with(page(admin, address)) == [], address


@pytest.mark.usefixtures("failing")
def test_the_first_page_says_what_needs_a_person(admin: FlaskClient) -> None:
    home = page(admin, "/admin/")
    rows = [row.text_content() for row in home.all("//section[1]//tbody/tr")]
    assert "网页成批消失，待确认" in rows[0]
    assert "6 个报告网页中有 5 个不见" in rows[0]
    assert ["示例8局" in rows[1], "示例9局" in rows[2]] == [True, True]
    assert "采集失败 2" in home.text()


@pytest.mark.usefixtures("failing")
def test_a_disappearance_is_confirmed_by_an_editor(app: Flask) -> None:
    viewer = log_in(app.test_client(), VIEWER)
    assert "确认这 5 个网页已消失" not in page(viewer, "/admin/sources/1").text()
    assert send(viewer, "/admin/sources/1/gone").status_code == 403
    editor = log_in(app.test_client(), EDITOR)
    assert "确认这 5 个网页已消失" in page(editor, "/admin/sources/1").text()
    answer = send(editor, "/admin/sources/1/gone")
    said = page(editor, answer.headers["Location"]).text()
    assert "已确认消失：6 个报告网页中的 5 个。" in said
    with store_of(app).session() as session:
        row = session.query(DisappearanceRow).one()
        assert row.accepted_at
        assert row.account_id == account(session, EDITOR).id
        queued = session.query(RunRow).filter_by(state="queued").one()
        assert (queued.source_id, queued.scheduled) == (1, False)
    again = send(editor, "/admin/sources/1/gone")
    assert "没有等待确认" in page(editor, again.headers["Location"]).text()


@pytest.mark.usefixtures("failing")
def test_a_feed_is_valid_and_its_numbers_stay(app: Flask, admin: FlaskClient) -> None:
    address = address_of(admin)
    reader = app.test_client()
    answer = reader.get(address)
    assert answer.content_type == "application/atom+xml; charset=utf-8"
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "private, no-store"
    root = etree.fromstring(answer.data)
    # RFC 4287: one id, title, updated and, for all entries, an author; each entry the
    # same with a link or content.
    for holder in (root, *root.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(holder.findall(ATOM + name)) == 1
        moment = datetime.fromisoformat(holder.findtext(f"{ATOM}updated") or "")
        assert moment.tzinfo
        UUID((holder.findtext(f"{ATOM}id") or "").removeprefix("urn:uuid:"))
        assert holder.find(f"{ATOM}link[@rel='alternate']") is not None
    assert root.findtext(f"{ATOM}author/{ATOM}name")
    read = feedparser.parse(answer.data)
    assert not read.bozo
    assert [one.title for one in read.entries] == [
        "示例9局：采集失败", "示例8局：采集失败",
        "https://www.example.gov.cn/zfxxgknb/：网页成批消失，待确认",
    ]  # fmt: skip
    assert reader.get(address).data == answer.data
    with store_of(app).session() as session:
        for number in range(100, 130 + feed.MOST):
            fail(session, number, runs.now() - HOUR)
    more = feedparser.parse(reader.get(address).data)
    assert len(more.entries) == feed.MOST
    assert {one.id for one in read.entries} <= {one.id for one in more.entries}


def test_a_feed_without_troubles(app: Flask, admin: FlaskClient) -> None:
    read = feedparser.parse(app.test_client().get(address_of(admin)).data)
    assert (read.bozo, read.entries) == (False, [])
    assert read.feed.updated


def test_only_its_reader_reads_a_feed(app: Flask, admin: FlaskClient) -> None:
    first = address_of(admin)
    reader = app.test_client()
    assert reader.get(first).status_code == 200
    second = address_of(admin)
    assert reader.get(first).status_code == 404
    for nonsense in ("", "?key=", "?key=x", f"?key={'x' * 5000}"):
        assert reader.get(f"/admin/sources.atom{nonsense}").status_code == 404
    assert first.partition("key=")[2] not in page(admin, "/admin/own").text()
    send(admin, "/admin/own/feed/end")
    assert reader.get(second).status_code == 404


@pytest.mark.parametrize("how", ["disabled", "password", "role", "everywhere"])
def test_what_logs_a_person_out_ends_the_feed(app: Flask, how: str) -> None:
    address = address_of(log_in(app.test_client(), EDITOR))
    reader = app.test_client()
    assert reader.get(address).status_code == 200
    with store_of(app).session() as session:
        who = account(session, EDITOR)
        if how == "disabled":
            accounts.set_disabled(session, who, True)
        elif how == "password":
            accounts.set_password(session, who, "another")
        elif how == "role":
            accounts.set_role(session, who, Role.VIEWER)
        else:
            sessions.end_all(session, who.id)
    assert reader.get(address).status_code == 404
    with store_of(app).session() as session:
        accounts.set_disabled(session, account(session, EDITOR), False)
    assert reader.get(address).status_code == 404


def test_no_feed_without_the_second_factor_that_is_wanted(
    app: Flask, admin: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = address_of(admin)
    monkeypatch.setattr("archive.web.pages.admin.gate.must_set_up", lambda who: True)
    assert app.test_client().get(address).status_code == 404


def test_a_history_as_a_file(app: Flask, admin: FlaskClient) -> None:
    moment = runs.now()
    with store_of(app).session() as session:
        for number in range(250):
            session.add(
                RunRow(
                    kind=RunKind.COLLECT, source_id=1, queued_at=moment,
                    finished_at=moment - number * HOUR, reason="=1+1",
                    state="failed" if number % 2 else "done", new=number % 2,
                )
            )  # fmt: skip
    first = page(admin, "/admin/sources/1/history")
    assert "共 250 条，第 1 页，共 3 页" in first.text()
    last = page(admin, "/admin/sources/1/history?page=9")
    assert len(last.all("//tbody/tr")) == 50
    some = page(admin, "/admin/sources/1/history?what=failed")
    assert "共 125 条" in some.text()
    assert "history.csv?what=failed" in str(some.all("//a/@href"))
    answer = admin.get("/admin/sources/1/history.csv?what=failed")
    lines = answer.get_data(as_text=True).splitlines()
    assert len(lines) == 126
    assert lines[0].startswith("\ufeff时间")
    assert lines[1].endswith(",'=1+1")
    assert admin.get("/admin/sources/9/history.csv").status_code == 404

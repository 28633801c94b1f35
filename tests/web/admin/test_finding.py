"""Looking for columns on the site: a run of the worker, then offers to choose from."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from archive.catalogue import RunKind
from archive.jobs import Worker
from archive.store import Session, desk, runs, sources
from archive.store.rows import PageRow, RunRow
from tests.portals.homes import TABLE, VSB
from tests.portals.server import Portals
from tests.running import Commands
from tests.web.admin.visiting import LIST, VIEWER, acts, log_in, send, store_of


@pytest.fixture(scope="module")
def portals() -> Iterator[Portals]:
    with Portals() as portals:
        yield portals


def worked(app: Flask, commands: Commands) -> None:
    """The worker does what waits, in this process."""
    with store_of(app).session() as session:
        waiting = [run.id for run in runs.unfinished_runs(session)]
    worker = Worker(commands.settings)
    for run_id in waiting:
        worker.perform(run_id)
    worker.archive.close()


def text_of(client: FlaskClient, path: str) -> str:
    return client.get(path).get_data(as_text=True)


def urls(app: Flask) -> list[str]:
    with store_of(app).session() as session:
        return [row.url for row in sources.list_sources(session)]


def test_a_search_offers_and_saves_nothing_until_it_is_said(
    app: Flask, admin: FlaskClient, commands: Commands, portals: Portals
) -> None:
    assert "按任意网址查找年报栏目" in text_of(admin, "/admin/")
    home = f"{portals.url}/h/slugs/"
    answer = send(admin, "/admin/find", url=home)
    run = answer.headers["Location"]
    waiting = text_of(admin, run)
    assert "查找栏目" in waiting
    assert 'http-equiv="refresh"' in waiting
    # Asked twice, it is looked once.
    assert send(admin, "/admin/find", url=home).headers["Location"] == run
    worked(app, commands)
    page = text_of(admin, run)
    assert 'http-equiv="refresh"' not in page
    assert page.index(TABLE) < page.index(VSB)
    assert "采集 7 条" in page
    assert "不采集 1 条" in page
    assert "<details>" in page
    assert urls(app) == [LIST]
    with store_of(app).session() as session:
        assert session.query(PageRow).count() == 0
    assert "没有选择" in text_of(
        admin, send(admin, f"{run}/offers").headers["Location"]
    )
    with store_of(app).session() as session:
        number = int(run.rpartition("/")[2])
        first, second = desk.offers(session, number)
        assert session.get_one(RunRow, number).listed == 2
    send(admin, f"{run}/offers", offer=[str(second.id), "999", "x"])
    assert urls(app) == [LIST, portals.url + VSB]
    assert [act for _, act, _ in acts(app)][-3:] == ["find", "find", "source_added"]
    page = text_of(admin, run)
    assert "已登记" in page
    assert f'value="{second.id}"' not in page
    assert f'value="{first.id}"' in page
    assert "找到 2 个栏目" in text_of(admin, "/admin/")


def test_what_finds_nothing_says_why(
    app: Flask, admin: FlaskClient, commands: Commands, portals: Portals
) -> None:
    run = send(admin, "/admin/find", url=f"{portals.url}/h/traps/").headers["Location"]
    worked(app, commands)
    page = text_of(admin, run)
    assert "未能完成：" in page
    assert "没有找到能读取的年报栏目" in page
    assert "不能读取" in page
    assert "没有读到的网页" in page
    assert 'type="checkbox"' not in page
    assert "登记所选" not in page


def test_addresses_that_are_none_are_refused(admin: FlaskClient, app: Flask) -> None:
    for url in ("ftp://a.cn/", "http://user:word@a.cn/", ""):
        send(admin, "/admin/find", url=url)
        assert "不予访问" in text_of(admin, "/admin/")
    with store_of(app).session() as session:
        assert session.query(RunRow).count() == 0
    assert send(admin, "/admin/runs/9/offers", offer="1").status_code == 404


def test_who_only_looks_may_not_search(app: Flask, client: FlaskClient) -> None:
    log_in(client, VIEWER)
    store = store_of(app)
    store.write(_found_hostile)
    assert "按任意网址查找年报栏目" not in text_of(client, "/admin/")
    page = text_of(client, "/admin/runs/1")
    assert "登记所选" not in page
    # What a portal calls itself is shown, never run.
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
    form = {"url": LIST, "csrf_token": "x"}
    assert client.post("/admin/find", data=form).status_code in {400, 403}


def _found_hostile(session: Session) -> None:
    name = "<script>alert(1)</script>"
    run = runs.queue_run(session, RunKind.FIND, subject=LIST)
    lead = {"title": name, "url": LIST, "published": ""}
    told = {"name": name, "way": [name], "trouble": "", "family": "trs"}
    told |= {"family_title": "拓尔思", "why": name, "taken": 1, "leads": [lead]}
    told |= {"passed": 1, "others": [lead], "expected": None, "notes": [name]}
    sources.keep_offers(session, run.id, [(LIST, told)])


def test_a_search_that_was_killed_is_done_again(
    app: Flask, admin: FlaskClient, commands: Commands, portals: Portals
) -> None:
    send(admin, "/admin/find", url=f"{portals.url}/h/menu/")
    store = store_of(app)
    store.write(_begin_and_find_something)
    with store.session() as session:
        assert len(sources.offers(session, 1)) == 1
    worker = Worker(commands.settings)
    assert worker.recover() == 1
    worker.archive.close()
    worked(app, commands)
    with store.session() as session:
        (offer,) = sources.offers(session, 1)
        assert offer.url.startswith(portals.url)


def _begin_and_find_something(session: Session) -> None:
    runs.start_run(session, 1)
    sources.keep_offers(session, 1, [(LIST, {"name": "", "trouble": ""})])

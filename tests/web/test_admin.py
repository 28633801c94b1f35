"""Pages for admins: who gets in, who does not, and what the buttons do."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from archive import create_app
from archive.store import Store, accounts, desk, sources
from archive.store.passwords import hash_password
from archive.web.current import current_archive
from tests.running import Commands
from tests.store.filing import file, new_page, versions
from tests.store.test_succession import HALF, WHOLE

NAME, PASSWORD = "示例管理员", "a long enough password"
LIST = "https://www.example.gov.cn/zfxxgknb/"


@pytest.fixture
def app(tmp_path: Path, database_url: str) -> Iterator[Flask]:
    store = Store(database_url)
    with store.session() as session:
        accounts.set_password(session, NAME, hash_password(NAME, PASSWORD))
        sources.add_source(session, LIST)
    store.close()
    app = create_app(Commands(tmp_path / "data", database_url).settings)
    app.testing = True
    yield app
    with app.app_context():
        current_archive().store.close()
        current_archive().index.close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def token(client: FlaskClient, path: str) -> str:
    """The token of the first form on a page."""
    found = re.search(
        r'name="csrf_token" value="([^"]+)"', client.get(path).get_data(as_text=True)
    )
    assert found, path
    return found[1]


def log_in(
    client: FlaskClient, name: str = NAME, password: str = PASSWORD, following: str = ""
) -> tuple[int, str]:
    """Status, and where it leads or what the page says."""
    form = {
        "csrf_token": token(client, "/admin/login"),
        "name": name,
        "password": password,
        "next": following,
    }
    answer = client.post("/admin/login", data=form)
    return answer.status_code, answer.headers.get("Location") or answer.get_data(
        as_text=True
    )


def test_right_and_wrong(client: FlaskClient) -> None:
    status, words = log_in(client, password="not the password")
    assert status == 401
    assert "名称或密码不正确" in words
    unknown = log_in(client, name="nobody")
    assert unknown[0] == 401
    assert log_in(client) == (302, "/admin/")
    assert "来源与任务" in client.get("/admin/").get_data(as_text=True)


def test_after_five_failures_nobody_is_let_in_for_a_while(client: FlaskClient) -> None:
    for _ in range(5):
        assert log_in(client, password="not the password")[0] == 401
    status, words = log_in(client)
    assert status == 429
    assert "15 分钟" in words


def views(app: Flask, method: str) -> Iterator[str]:
    """The address of every view for admins that takes a method, but the log-in."""
    for rule in app.url_map.iter_rules():
        is_one = rule.endpoint.startswith("admin.") and rule.endpoint != "admin.login"
        if is_one and method in (rule.methods or ()):
            yield str(rule.build(dict.fromkeys(rule.arguments, 1))[1])  # type: ignore[index]


def test_every_page_wants_a_log_in(client: FlaskClient, app: Flask) -> None:
    pages = list(views(app, "GET"))
    assert {"/admin/", "/admin/sources/1", "/admin/audit"} <= set(pages)
    for page in pages:
        answer = client.get(page)
        assert answer.status_code == 302, page
        assert answer.headers["Location"].startswith("/admin/login")


def test_every_form_wants_a_log_in(client: FlaskClient, app: Flask) -> None:
    forms = list(views(app, "POST"))
    assert "/admin/collect" in forms
    for form in forms:
        data = {"csrf_token": token(client, "/admin/login"), "source": "1"}
        answer = client.post(form, data=data)
        assert answer.status_code == 302, form
        assert answer.headers["Location"].startswith("/admin/login"), form


def test_no_form_without_its_token(client: FlaskClient, app: Flask) -> None:
    log_in(client)
    for form in views(app, "POST"):
        answer = client.post(form, data={"source": "1"})
        assert answer.status_code == 400, form
        assert "Traceback" not in answer.get_data(as_text=True)


def test_whatever_is_done_is_noted(app: Flask) -> None:
    """The audit log says who did what; no form may leave it out."""
    forms = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("admin.") and "POST" in (rule.methods or ())
    }
    assert not [
        name
        for name in forms
        if "note(" not in inspect.getsource(app.view_functions[name])
    ]


@pytest.mark.parametrize(
    "following",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "/admin\\@evil.example",
        "javascript:x",
    ],
)
def test_logging_in_leads_nowhere_else(client: FlaskClient, following: str) -> None:
    assert log_in(client, following=following) == (302, "/admin/")


def test_logging_in_leads_on_within_the_site(client: FlaskClient) -> None:
    assert log_in(client, following="/admin/review") == (302, "/admin/review")


def test_a_disabled_account_is_out_at_once(client: FlaskClient, app: Flask) -> None:
    log_in(client)
    with app.app_context(), current_archive().store.session() as session:
        found = accounts.find_account(session, NAME)
        assert found
        found.disabled = True
    assert client.get("/admin/").status_code == 302
    assert log_in(client)[0] == 401


def test_the_button_makes_a_run_and_a_job(client: FlaskClient, app: Flask) -> None:
    log_in(client)
    form = {"csrf_token": token(client, "/admin/"), "source": "1"}
    answer = client.post("/admin/collect", data=form)
    assert answer.status_code == 302
    assert "排队中" in client.get(answer.headers["Location"]).get_data(as_text=True)
    client.post("/admin/collect", data=form)
    with app.app_context(), current_archive().store.session() as session:
        runs = desk.runs(session)
    assert [(run.kind, run.source_id, run.state) for run in runs] == [
        ("collect", 1, "queued")
    ]
    assert len(app.extensions["jobs"].queue.pending()) == 2
    assert "重新采集" in client.get("/admin/audit").get_data(as_text=True)


def test_sources_are_added_paused_and_refused(client: FlaskClient) -> None:
    log_in(client)
    form = {
        "csrf_token": token(client, "/admin/"),
        "url": "ftp://example.org/",
        "family": "auto",
    }
    client.post("/admin/sources", data=form)
    assert "不是 http 或 https 网址" in client.get("/admin/").get_data(as_text=True)
    answer = client.post(
        "/admin/sources",
        data={**form, "url": "https://other.example.gov.cn/nb/", "agency": "<b>"},
    )
    page = client.get(answer.headers["Location"]).get_data(as_text=True)
    assert "来源已登记" in page
    assert "<b>" not in page
    client.post("/admin/sources/2/pause", data=form)
    assert "已暂停" in client.get("/admin/sources/2").get_data(as_text=True)


def test_what_is_not_there_is_a_chinese_404(client: FlaskClient) -> None:
    log_in(client)
    for page in ("/admin/sources/99", "/admin/runs/99"):
        answer = client.get(page)
        assert answer.status_code == 404
        assert "没有找到" in answer.get_data(as_text=True)


def test_a_version_with_less_is_decided_upon(client: FlaskClient, app: Flask) -> None:
    with app.app_context():
        store = current_archive().store
        page = new_page(store)
        for body, said in (("whole", WHOLE), ("half", HALF)):
            file(store, body, said, page)
        with store.session() as session:
            (version,) = desk.waiting_versions(session)
            number, key = version.id, version.filing.agency.key
    log_in(client)
    words = client.get("/admin/review").get_data(as_text=True)
    assert "正文由" in words
    assert f"/compare?a={key}/2023@1&amp;b={key}/2023@2" in words.replace("%40", "@")
    form = {"csrf_token": token(client, "/admin/"), "choice": "accepted"}
    address = f"/admin/versions/{number}"
    assert client.post(address, data={**form, "choice": "x"}).status_code == 400
    assert client.post(address, data=form).status_code == 302
    assert client.post(address, data=form).status_code == 404
    assert "正文由" not in client.get("/admin/review").get_data(as_text=True)
    assert "采用新文本" in client.get("/admin/audit").get_data(as_text=True)
    with app.app_context():
        found = [(one, is_current) for one, is_current, _ in versions(store)]
    assert found == [(1, False), (2, True)]

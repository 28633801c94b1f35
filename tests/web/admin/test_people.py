"""Invited, let in, disabled, another role; one's own account."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from archive.catalogue import Act
from archive.store import audit_log
from archive.web.pages.admin.actions import NEEDED
from tests.web.admin.visiting import (
    EDITOR,
    NAME,
    NEW,
    PASSWORD,
    VIEWER,
    account,
    acts,
    log_in,
    send,
    store_of,
    token,
    try_log_in,
    with_factor,
)
from tests.web.pages import Page, wrong_with


def number_of(app: Flask, name: str) -> int:
    with store_of(app).session() as session:
        return account(session, name).id


def link_in(words: str) -> str:
    """The path of the link that is shown."""
    found = re.search(r'href="http://localhost(/admin/link/[^"]+)"', words)
    assert found, words
    return found[1]


def test_a_person_is_invited_and_comes_in(app: Flask, admin: FlaskClient) -> None:
    shown = send(admin, "/admin/people", name=" 新  人 ", role="editor")
    path = link_in(shown.get_data(as_text=True))
    assert path not in admin.get("/admin/people").get_data(as_text=True)
    client = app.test_client()
    for _ in range(2):
        assert "新 人" in client.get(path).get_data(as_text=True)
    for password, again, words in (
        ("short", "short", "至少需要"),
        (NEW, NEW + "x", "两次输入的密码不同"),
    ):
        form = {"csrf_token": token(client, path), "password": password, "again": again}
        answer = client.post(path, data=form)
        assert answer.status_code == 400
        assert words in answer.get_data(as_text=True)
    form = {"csrf_token": token(client, path), "password": NEW, "again": NEW}
    assert client.post(path, data=form).location == "/admin/login"
    assert client.get(path).status_code == 404
    assert client.post(path, data=form).status_code == 404
    assert try_log_in(client, "新 人", NEW).status_code == 302
    assert client.get("/admin/people").status_code == 403
    assert [(who, act) for who, act, _ in acts(app)] == [
        (NAME, Act.LOGIN),
        (NAME, Act.ACCOUNT_INVITED),
        ("新 人", Act.INVITATION_TAKEN),
        ("新 人", Act.LOGIN),
    ]


def test_a_known_or_impossible_name_is_not_invited(
    app: Flask, admin: FlaskClient
) -> None:
    before = acts(app)
    for name, words in ((VIEWER, "已经有"), (" ", "字符"), ("a\u200b", "看不见")):
        send(admin, "/admin/people", name=name, role="viewer")
        assert words in admin.get("/admin/people").get_data(as_text=True)
    assert send(admin, "/admin/people", name="某", role="root").status_code == 400
    assert acts(app) == before


def test_a_forgotten_password(app: Flask, admin: FlaskClient) -> None:
    viewer = log_in(app.test_client(), VIEWER)
    number = number_of(app, VIEWER)
    first = link_in(send(admin, f"/admin/people/{number}/link").get_data(as_text=True))
    second = link_in(send(admin, f"/admin/people/{number}/link").get_data(as_text=True))
    client = app.test_client()
    assert client.get(first).status_code == 404, "a new link voids the one before"
    assert viewer.get("/admin/").status_code == 200, "until it is used all is as it was"
    # Strangers' failures do not follow who has proved to be the person.
    for one in range(6):
        try_log_in(app.test_client(), VIEWER, "x", address=f"203.0.113.{one}")
    form = {"csrf_token": token(client, second), "password": NEW, "again": NEW}
    assert client.post(second, data=form).location == "/admin/login"
    assert viewer.get("/admin/").status_code == 302
    assert try_log_in(client, VIEWER).status_code == 401
    assert try_log_in(client, VIEWER, NEW).status_code == 302


def test_a_role_is_changed_at_once(app: Flask, admin: FlaskClient) -> None:
    editor = log_in(app.test_client(), EDITOR)
    number = number_of(app, EDITOR)
    send(admin, f"/admin/people/{number}/role", role="viewer")
    assert editor.get("/admin/").status_code == 302
    log_in(editor, EDITOR)
    assert send(editor, "/admin/collect", source="1").status_code == 403
    assert send(admin, f"/admin/people/{number}/role", role="x").status_code == 400


def test_disabling_ends_all_and_voids_links(app: Flask, admin: FlaskClient) -> None:
    editor = log_in(app.test_client(), EDITOR)
    number = number_of(app, EDITOR)
    path = link_in(send(admin, f"/admin/people/{number}/link").get_data(as_text=True))
    send(admin, f"/admin/people/{number}/state", state="disabled")
    assert editor.get("/admin/").status_code == 302
    assert editor.get(path).status_code == 404
    assert try_log_in(editor, EDITOR).status_code == 401
    assert send(admin, f"/admin/people/{number}/link").status_code == 302
    send(admin, f"/admin/people/{number}/state", state="enabled")
    assert try_log_in(app.test_client(), EDITOR).status_code == 302
    assert send(admin, f"/admin/people/{number}/state", state="x").status_code == 400


def test_the_last_admin_stays(app: Flask, admin: FlaskClient) -> None:
    number = number_of(app, NAME)
    before = acts(app)
    for path, form in (("role", {"role": "viewer"}), ("state", {"state": "disabled"})):
        send(admin, f"/admin/people/{number}/{path}", **form)
        page = admin.get(f"/admin/people/{number}").get_data(as_text=True)
        assert "最后一个可用的管理员" in page
    assert acts(app) == before


def test_an_admin_who_steps_down_is_out(app: Flask, admin: FlaskClient) -> None:
    editor, number = number_of(app, EDITOR), number_of(app, NAME)
    send(admin, f"/admin/people/{editor}/role", role="admin")
    answer = send(admin, f"/admin/people/{number}/role", role="viewer")
    assert answer.location == "/admin/login"
    log_in(admin)
    assert admin.get("/admin/people").status_code == 403


def test_a_lost_telephone(app: Flask, admin: FlaskClient) -> None:
    number = with_factor(app, EDITOR)
    assert "停用两步验证" in admin.get(f"/admin/people/{number}").get_data(as_text=True)
    half = app.test_client()
    try_log_in(half, EDITOR)
    send(admin, f"/admin/people/{number}/factor")
    assert half.get("/admin/").location.startswith("/admin/login?"), "to begin anew"
    assert try_log_in(app.test_client(), EDITOR).location == "/admin/"


def test_an_admin_logs_somebody_out(app: Flask, admin: FlaskClient) -> None:
    editor = log_in(app.test_client(), EDITOR)
    number = number_of(app, EDITOR)
    assert "127.0.0.1" in admin.get(f"/admin/people/{number}").get_data(as_text=True)
    send(admin, f"/admin/people/{number}/sessions")
    assert editor.get("/admin/").status_code == 302
    assert admin.get("/admin/").status_code == 200


# ---- one's own account -----------------------------------------------------------


def test_one_changes_the_own_password(app: Flask, admin: FlaskClient) -> None:
    other = log_in(app.test_client())
    for form, words in (
        ({"current": "wrong", "password": NEW, "again": NEW}, "现在的密码不正确"),
        ({"current": PASSWORD, "password": NEW, "again": "x"}, "两次输入的密码不同"),
        ({"current": PASSWORD, "password": "short", "again": "short"}, "至少需要"),
    ):
        send(admin, "/admin/own/password", **form)
        assert words in admin.get("/admin/own").get_data(as_text=True)
    assert other.get("/admin/").status_code == 200
    shown = send(admin, f"/admin/people/{number_of(app, NAME)}/link")
    path = link_in(shown.get_data(as_text=True))
    send(admin, "/admin/own/password", current=PASSWORD, password=NEW, again=NEW)
    assert other.get(path).status_code == 404, "a link of before is void"
    assert admin.get("/admin/").status_code == 200
    assert other.get("/admin/").status_code == 302
    assert try_log_in(app.test_client()).status_code == 401
    assert try_log_in(app.test_client(), password=NEW).status_code == 302


def test_a_stolen_session_does_not_try_passwords_without_end(
    app: Flask, admin: FlaskClient
) -> None:
    form = {"password": NEW, "again": NEW}
    for _ in range(5):
        send(admin, "/admin/own/password", current="wrong", **form)
    send(admin, "/admin/own/password", current=PASSWORD, **form)
    page = admin.get("/admin/own").get_data(as_text=True)
    assert "请 5 秒后再试" in page
    assert try_log_in(app.test_client(), password=NEW).status_code == 401


def test_one_leaves_everywhere(app: Flask, admin: FlaskClient) -> None:
    other = log_in(app.test_client())
    assert send(admin, "/admin/own/sessions").location == "/admin/login"
    for client in (admin, other):
        assert client.get("/admin/").status_code == 302


# ---- the audit log ---------------------------------------------------------------


def test_the_audit_log_is_searched_by_pages(app: Flask, admin: FlaskClient) -> None:
    store = store_of(app)
    with store.session() as session:
        who = audit_log.Actor("root", audit_log.COMMAND)
        for number in range(audit_log.PAGE + 3):
            audit_log.note(session, who, Act.IMPORT, f"文件 {number}<b>")

    def shown(query: str = "") -> str:
        return admin.get(f"/admin/audit{query}").get_data(as_text=True)

    assert "文件 52&lt;b&gt;" in shown()
    assert "文件 1&lt;b&gt;" not in shown()
    assert "page=2" in shown()
    assert "文件 1&lt;b&gt;" in shown("?page=2")
    assert "共 1 条" in shown("?action=login")
    assert "共 53 条" in shown("?actor=root")
    assert "共 1 条" in shown("?subject=文件 17")
    assert "共 0 条" in shown("?day=2001-02-03")
    for odd in ("?page=0", "?page=99999999", "?day=x", "?action=x", "?actor=%00"):
        assert admin.get(f"/admin/audit{odd}").status_code == 200, odd


# ---- every page ------------------------------------------------------------------


FILES = {"export_sources", "export_history", "feed"}
"""Views that answer with a file: test_sources.py, test_health.py."""


@pytest.mark.parametrize(
    "view", sorted({view for view, method in NEEDED if method == "GET"} - FILES)
)
def test_every_page_can_be_heard_and_typed(
    app: Flask, admin: FlaskClient, view: str
) -> None:
    number = number_of(app, NAME)
    send(admin, "/admin/collect", source="1")
    shown = send(admin, f"/admin/people/{number_of(app, VIEWER)}/link")
    client = admin
    if view in {"login", "link"}:
        client = app.test_client()
    if view == "code":
        with_factor(app)
        client = app.test_client()
        try_log_in(client)
    paths = {
        "login": "/admin/login",
        "code": "/admin/login/code",
        "link": link_in(shown.get_data(as_text=True)),
        "own": "/admin/own",
        "factor": "/admin/own/factor",
        "home": "/admin/",
        "list_sources": "/admin/sources",
        "source": "/admin/sources/1",
        "history": "/admin/sources/1/history",
        "list_hosts": "/admin/hosts",
        "removing": "/admin/sources/1/remove",
        "several": "/admin/sources/several",
        "importing": "/admin/sources/import",
        "run": "/admin/runs/1",
        "review": "/admin/review",
        "people": "/admin/people",
        "person": f"/admin/people/{number}",
        "audit": "/admin/audit",
    }
    answer = client.get(paths[view])
    assert answer.status_code == 200
    assert not wrong_with(Page(answer))
    if view == "factor":
        send(client, "/admin/own/factor", current=PASSWORD)
        assert not wrong_with(Page(client.get(paths[view])))

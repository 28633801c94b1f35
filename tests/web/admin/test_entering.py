"""Coming in and out: who gets in, how long, and how often may be tried."""

from __future__ import annotations

import re
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from archive import create_app
from archive.catalogue import Role
from archive.store import accounts, passwords
from archive.store.rows import AccountRow, AttemptRow, SessionRow
from tests.running import Commands
from tests.web.admin.visiting import (
    NAME,
    NAMES,
    PASSWORD,
    account,
    acts,
    log_in,
    send,
    store_of,
    token,
    try_log_in,
)

WRONG = "not the password"


def test_right_and_wrong(client: FlaskClient, app: Flask) -> None:
    answer = try_log_in(client, password=WRONG)
    assert answer.status_code == 401
    unknown = try_log_in(client, name="nobody")
    assert unknown.status_code == 401
    for one in (answer, unknown):
        assert "名称或密码不正确" in one.get_data(as_text=True)
    assert try_log_in(client).location == "/admin/"
    assert "来源与任务" in client.get("/admin/").get_data(as_text=True)
    assert acts(app) == [(NAME, "login", NAME)]


@pytest.mark.parametrize(
    "following",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "/admin\\@evil.example",
        "javascript:x",
        "http://[",
    ],
)
def test_logging_in_leads_nowhere_else(client: FlaskClient, following: str) -> None:
    assert try_log_in(client, following=following).location == "/admin/"


def test_a_page_with_a_control_sign_is_refused(client: FlaskClient) -> None:
    answer = try_log_in(client, following="/admin/\r\nX: y")
    assert answer.status_code == 400
    assert "X" not in answer.headers


def test_logging_in_leads_on_within_the_site(client: FlaskClient) -> None:
    asked = client.get("/admin/review?state=unfiled")
    assert asked.status_code == 302
    following = client.get(asked.location).get_data(as_text=True)
    found = re.search(r'name="next" value="([^"]+)"', following)
    assert found
    assert (
        try_log_in(client, following=found[1]).location == "/admin/review?state=unfiled"
    )


def test_logging_out_ends_the_session(client: FlaskClient, app: Flask) -> None:
    log_in(client)
    cookie = client.get_cookie("person")
    assert cookie
    assert send(client, "/admin/logout").location == "/"
    assert client.get_cookie("person") is None
    client.set_cookie("person", cookie.value)
    assert client.get("/admin/").status_code == 302, "the old token opens nothing"


def test_the_token_is_new_with_each_log_in(client: FlaskClient, app: Flask) -> None:
    client.set_cookie("person", "planted")
    log_in(client)
    first = client.get_cookie("person")
    log_in(client)
    second = client.get_cookie("person")
    assert first
    assert second
    assert len({"planted", first.value, second.value}) == 3
    with store_of(app).session() as session:
        (row,) = session.scalars(select(SessionRow))
        assert second.value not in row.token_hash


def test_logging_in_forgets_what_was_before(client: FlaskClient, app: Flask) -> None:
    """Forms begin anew: their token may be one that was planted. Old sessions go."""
    log_in(app.test_client())
    with store_of(app).session() as session:
        past = datetime.now(UTC) - timedelta(days=8)
        session.execute(update(SessionRow).values(created_at=past))
    planted = token(client)
    log_in(client)
    answer = client.post("/admin/logout", data={"csrf_token": planted})
    assert answer.status_code == 400
    with store_of(app).session() as session:
        assert len(session.scalars(select(SessionRow)).all()) == 1


def test_another_browser_with_the_same_cookie_is_nobody(client: FlaskClient) -> None:
    log_in(client)
    assert client.get("/admin/", headers={"User-Agent": "other"}).status_code == 302
    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize("column", ["created_at", "seen_at"])
def test_a_session_ends_with_time(client: FlaskClient, app: Flask, column: str) -> None:
    log_in(client)
    ago = {"created_at": timedelta(days=7), "seen_at": timedelta(hours=8)}[column]
    with store_of(app).session() as session:
        past = datetime.now(UTC) - ago - timedelta(seconds=1)
        session.execute(update(SessionRow).values({column: past}))
    assert client.get("/admin/").status_code == 302


def test_use_keeps_a_session(client: FlaskClient, app: Flask) -> None:
    log_in(client)
    with store_of(app).session() as session:
        past = datetime.now(UTC) - timedelta(hours=7)
        session.execute(update(SessionRow).values(seen_at=past))
    assert client.get("/admin/").status_code == 200
    with store_of(app).session() as session:
        (row,) = session.scalars(select(SessionRow))
        assert datetime.now(UTC) - row.seen_at < timedelta(minutes=1)


def test_a_session_ends_in_every_process(commands: Commands, app: Flask) -> None:
    """A second app over the same database stands for another process."""
    other = create_app(commands.settings)
    here, there = log_in(app.test_client()), other.test_client()
    cookie = here.get_cookie("person")
    assert cookie
    there.set_cookie("person", cookie.value)
    assert there.get("/admin/").status_code == 200
    send(here, "/admin/own/sessions")
    assert there.get("/admin/").status_code == 302
    store_of(other).close()


def test_a_disabled_account_is_out_at_once(client: FlaskClient, app: Flask) -> None:
    log_in(client)
    with store_of(app).session() as session:
        account(session).disabled = True
    assert client.get("/admin/").status_code == 302
    assert try_log_in(client).status_code == 401


@pytest.mark.parametrize("change", [{"disabled": True}, {"password_hash": "other"}])
def test_what_changes_while_a_password_is_tried_counts(
    client: FlaskClient,
    app: Flask,
    monkeypatch: pytest.MonkeyPatch,
    change: dict[str, object],
) -> None:
    """Hashing takes a while: who is let in is looked at again after it."""

    def matches(kept: str | None, password: str) -> bool:
        with store_of(app).session() as session:
            session.execute(update(AccountRow).values(change))
        return True

    monkeypatch.setattr(passwords, "matches", matches)
    assert try_log_in(client).status_code == 401
    assert client.get_cookie("person") is None


def test_who_was_only_invited_has_no_password(client: FlaskClient, app: Flask) -> None:
    with store_of(app).session() as session:
        accounts.add_account(session, "受邀", Role.ADMIN)
    for password in ("", "no account has this password"):
        assert try_log_in(client, "受邀", password).status_code == 401


# ---- cookies ---------------------------------------------------------------------


def test_cookies_are_for_this_site_alone(commands: Commands, app: Flask) -> None:
    secure = create_app(replace(commands.settings, secure_cookies=True))
    client = secure.test_client()
    page = client.get("/admin/login", base_url="https://localhost")
    found = re.search(r'name="csrf_token" value="([^"]+)"', page.get_data(as_text=True))
    assert found
    form = {"csrf_token": found[1], "name": NAME, "password": PASSWORD}
    headers = {"Referer": "https://localhost/admin/login"}
    answer = client.post(
        "/admin/login", data=form, base_url="https://localhost", headers=headers
    )
    assert answer.status_code == 302
    cookies = page.headers.getlist("Set-Cookie") + answer.headers.getlist("Set-Cookie")
    assert {one.partition("=")[0] for one in cookies} == {
        "__Host-forms",
        "__Host-person",
        "__Host-device",
    }
    for one in cookies:
        assert "Secure" in one, one
        assert "HttpOnly" in one, one
        assert "SameSite=" in one, one
        assert "Path=/" in one, one
        assert "Domain" not in one, one
    store_of(secure).close()


def test_public_pages_never_look_at_who_is_logged_in(admin: FlaskClient) -> None:
    for path in ("/", "/search", "/status"):
        answer = admin.get(path)
        assert "Set-Cookie" not in answer.headers, path
        assert "Cookie" not in answer.headers.get("Vary", ""), path
        assert answer.headers["Cache-Control"].startswith("public"), path


# ---- how often may be tried ------------------------------------------------------


def test_after_five_failures_one_waits(client: FlaskClient, app: Flask) -> None:
    for _ in range(5):
        assert try_log_in(client, password=WRONG).status_code == 401
    answer = try_log_in(client)
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "5"
    assert "请 5 秒后再试" in answer.get_data(as_text=True)
    assert acts(app) == [("", "login_slowed", NAME)]
    pass_by(app, 5.1)
    assert try_log_in(client).status_code == 302


def pass_by(app: Flask, seconds: float) -> None:
    """Time goes by."""
    with store_of(app).session() as session:
        for row in session.scalars(select(AttemptRow)):
            row.at -= timedelta(seconds=seconds)


def test_of_thirty_wrong_passwords_at_once_five_are_tried(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = []

    def matches(kept: str | None, password: str) -> bool:
        tried.append(password)
        time.sleep(0.05)
        return False

    monkeypatch.setattr(passwords, "matches", matches)
    clients = [app.test_client() for _ in range(30)]
    tokens = [token(client) for client in clients]

    def attempt(number: int) -> int:
        form = {"csrf_token": tokens[number], "name": NAME, "password": str(number)}
        return clients[number].post("/admin/login", data=form).status_code

    with ThreadPoolExecutor(30) as many:
        answers = list(many.map(attempt, range(30)))
    assert len(tried) == 5
    assert sorted(answers) == [401] * 5 + [429] * 25


def test_strangers_lock_nobody_out(app: Flask) -> None:
    known, new = log_in(app.test_client()), app.test_client()
    for number in range(20):
        stranger = app.test_client()
        address = f"203.0.113.{number}"
        try_log_in(stranger, password=WRONG, address=address)
    # A browser that logged in before: at once, from wherever it is.
    send(known, "/admin/logout")
    assert try_log_in(known, address="198.51.100.1").status_code == 302
    # Any other: after the delay it is told, whatever strangers do meanwhile.
    refused = try_log_in(new, address="198.51.100.2")
    assert refused.status_code == 429
    wait = int(refused.headers["Retry-After"])
    assert wait <= 900
    pass_by(app, wait)
    for number in range(20):
        try_log_in(app.test_client(), password=WRONG, address=f"203.0.113.{number}")
    pass_by(app, 0.5)
    assert try_log_in(new, address="198.51.100.2").status_code == 302


def test_a_known_browser_is_known_for_its_own_person(app: Flask) -> None:
    """It does not help to try others' passwords, nor one's own without end."""
    client = log_in(app.test_client(), NAMES[Role.VIEWER])
    for number in range(5):
        try_log_in(app.test_client(), password=WRONG, address=f"203.0.113.{number}")
    assert try_log_in(client, NAME, WRONG).status_code == 429
    viewer = NAMES[Role.VIEWER]
    for _ in range(5):
        assert try_log_in(client, viewer, WRONG).status_code == 401
    assert try_log_in(client, viewer).status_code == 429


def test_a_forged_device_is_none(app: Flask) -> None:
    for number in range(5):
        try_log_in(app.test_client(), password=WRONG, address=f"203.0.113.{number}")
    client = app.test_client()
    for forged in ("x", "WzEsImEiXQ.aaaa.bbbb", ""):
        client.set_cookie("device", forged)
        assert try_log_in(client).status_code == 429


def test_a_crowd_is_told_to_come_back(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Hashing takes much memory: no more than two at once."""
    monkeypatch.setattr("archive.store.people.passwords.PATIENCE", 0.01)
    turns = [passwords._turns.acquire() for _ in range(passwords.AT_ONCE)]
    try:
        answer = try_log_in(client)
    finally:
        for _ in turns:
            passwords._turns.release()
    assert answer.status_code == 503
    assert "同时登录的人太多" in answer.get_data(as_text=True)
    assert try_log_in(client).status_code == 302

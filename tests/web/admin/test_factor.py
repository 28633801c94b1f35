"""The second factor: set up, asked for, compulsory, taken away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pyotp
import pytest
from flask import Flask
from flask.testing import FlaskClient

from archive import create_app
from archive.store import Session, attempts, factors, sessions
from tests.running import Commands
from tests.web.admin.visiting import (
    PASSWORD,
    account,
    acts,
    log_in,
    send,
    store_of,
    token,
    try_log_in,
)


def set_up(app: Flask, client: FlaskClient) -> tuple[pyotp.TOTP, list[str], str]:
    """As a person does it: the telephone, the codes to write down, the code used."""
    send(client, "/admin/own/factor", current=PASSWORD)
    page = client.get("/admin/own/factor").get_data(as_text=True)
    found = re.search(r'<code class="secret">([A-Z2-7 ]+)</code>', page)
    assert found
    assert "<svg" in page
    assert "otpauth://totp/" in page
    phone = pyotp.TOTP(found[1].replace(" ", ""))
    used = phone.now()
    shown = send(client, "/admin/own/factor/confirm", code=used)
    codes = re.findall(r"<code>([A-Z2-7-]{29})</code>", shown.get_data(as_text=True))
    assert len(codes) == factors.CODES
    return phone, codes, used


def forget_used(app: Flask) -> None:
    """The code that was used last is one of before."""
    with store_of(app).session() as session:
        account(session).factor_step -= 10


def test_a_code_is_asked_for_after_the_password(app: Flask, admin: FlaskClient) -> None:
    phone, codes, used = set_up(app, admin)
    client = app.test_client()
    answer = try_log_in(client, following="/admin/audit")
    assert answer.location.startswith("/admin/login/code?next=")
    assert client.get("/admin/").location.startswith("/admin/login/code")
    assert send(client, "/admin/login/code", code="000000").status_code == 401
    # The code of the set-up was used: whoever saw it can't use it again.
    assert send(client, "/admin/login/code", code=used).status_code == 401
    forget_used(app)
    before = client.get_cookie("person")
    answer = send(client, "/admin/login/code", code=phone.now(), next="/admin/audit")
    assert answer.location == "/admin/audit"
    after = client.get_cookie("person")
    assert before
    assert after
    assert before.value != after.value
    assert client.get("/admin/audit").status_code == 200

    other = app.test_client()
    try_log_in(other)
    assert send(other, "/admin/login/code", code=codes[0]).location == "/admin/"
    again = app.test_client()
    try_log_in(again)
    assert send(again, "/admin/login/code", code=codes[0]).status_code == 401
    assert [act for _, act, _ in acts(app)] == [
        "login",
        "factor_set",
        "login",
        "code_used",
        "login",
    ]


def test_codes_are_tried_a_few_times(app: Flask, admin: FlaskClient) -> None:
    _, codes, _ = set_up(app, admin)
    client = app.test_client()
    try_log_in(client)
    for _ in range(4):
        assert send(client, "/admin/login/code", code="000000").status_code == 401
    # In another browser too: they are counted for the person.
    other = app.test_client()
    try_log_in(other)
    assert send(other, "/admin/login/code", code="000000").status_code == 401
    assert send(other, "/admin/login/code", code=codes[0]).status_code == 429


def test_without_a_password_no_code(client: FlaskClient) -> None:
    assert client.get("/admin/login/code").location.startswith("/admin/login")
    assert send(client, "/admin/login/code", code="000000").status_code == 302


def test_setting_up_takes_the_password_and_a_code(
    app: Flask, admin: FlaskClient
) -> None:
    send(admin, "/admin/own/factor", current="not the password")
    assert "现在的密码不正确" in admin.get("/admin/own/factor").get_data(as_text=True)
    assert "<svg" not in admin.get("/admin/own/factor").get_data(as_text=True)
    send(admin, "/admin/own/factor", current=PASSWORD)
    send(admin, "/admin/own/factor/confirm", code="000000")
    assert "验证码不正确" in admin.get("/admin/own/factor").get_data(as_text=True)
    with store_of(app).session() as session:
        assert account(session).factor == ""


def test_setting_up_ends_other_sessions(app: Flask, admin: FlaskClient) -> None:
    other = log_in(app.test_client())
    set_up(app, admin)
    assert other.get("/admin/").status_code == 302
    assert admin.get("/admin/").status_code == 200


def test_new_codes_and_taking_it_away(app: Flask, admin: FlaskClient) -> None:
    _, codes, _ = set_up(app, admin)
    for path in ("codes", "remove"):
        wrong = send(admin, f"/admin/own/factor/{path}", current="not it at all")
        assert wrong.status_code == 302
    with store_of(app).session() as session:
        assert account(session).factor
    shown = send(admin, "/admin/own/factor/codes", current=PASSWORD)
    assert not [one for one in codes if one in shown.get_data(as_text=True)]
    send(admin, "/admin/own/factor/remove", current=PASSWORD)
    assert try_log_in(app.test_client()).location == "/admin/"
    assert [act for _, act, _ in acts(app)][1:4] == [
        "factor_set",
        "codes_renewed",
        "factor_removed",
    ]


@pytest.fixture
def strict(commands: Commands, app: Flask) -> Iterator[Flask]:
    """A site where it is compulsory."""
    site = create_app(replace(commands.settings, second_factor=True))
    site.testing = True
    yield site
    store_of(site).close()


def test_where_it_is_compulsory_nothing_comes_before(strict: Flask) -> None:
    client = log_in(strict.test_client())
    for path in ("/admin/", "/admin/audit", "/admin/own", "/admin/people"):
        assert client.get(path).location == "/admin/own/factor", path
    assert send(client, "/admin/collect", source="1").location == "/admin/own/factor"
    assert "请先在这里设置" in client.get("/admin/own/factor").get_data(as_text=True)
    set_up(strict, client)
    assert client.get("/admin/").status_code == 200
    assert send(client, "/admin/logout").location == "/"


def test_who_is_sent_away_between_the_steps_does_not_come_in(
    app: Flask, admin: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ended after the request was let through the gate, before the code is looked at."""
    _, codes, _ = set_up(app, admin)
    client = app.test_client()
    try_log_in(client)
    form = {"csrf_token": token(client, "/admin/login/code"), "code": codes[0]}
    real = attempts.by_itself

    def by_itself(session: Session, subject: str) -> object:
        sessions.end_all(session, account(session).id)
        return real(session, subject)

    monkeypatch.setattr("archive.web.pages.admin.code.attempts.by_itself", by_itself)
    assert client.post("/admin/login/code", data=form).status_code == 401
    monkeypatch.undo()
    assert client.get("/admin/").status_code == 302
    with store_of(app).session() as session:
        assert factors.codes_left(session, account(session).id) == factors.CODES

"""Every address of the pages for people, with every method, by every role."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import inspect

from archive.catalogue import Role
from archive.web.pages.admin.actions import BY_FEED, NEEDED, needed
from tests.web.admin.visiting import NAMES, log_in, store_of, token

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


def addresses(app: Flask) -> Iterator[tuple[str, str, set[str]]]:
    """View, address and methods of all that lies under /admin."""
    for rule in app.url_map.iter_rules():
        if not rule.rule.startswith("/admin"):
            continue
        # Nothing has the number 9: what may be done is not done, it is not found.
        values = dict.fromkeys(rule.arguments, 9)
        built = rule.build(values)
        assert built, rule
        assert rule.endpoint.startswith("admin."), f"{rule} is not behind the gate"
        yield rule.endpoint.partition(".")[2], built[1], set(rule.methods or ())


def test_the_table_is_the_map(app: Flask) -> None:
    """An address without its role fails here; so does a role without its address."""
    found = {
        (view, method)
        for view, _, methods in addresses(app)
        for method in methods - {"HEAD", "OPTIONS"}
    }
    assert found == set(NEEDED)


def test_a_view_shows_or_acts(app: Flask) -> None:
    """By construction: no view has to ask whether it may act."""
    kinds: dict[str, set[str]] = {}
    for view, _, methods in addresses(app):
        kinds.setdefault(view, set()).update(methods - {"OPTIONS"})
    assert {frozenset(one) for one in kinds.values()} == {
        frozenset({"GET", "HEAD"}),
        frozenset({"POST"}),
    }


@pytest.mark.parametrize("role", [None, *Role])
def test_head_answers_as_get_and_changes_nothing(app: Flask, role: Role | None) -> None:
    client = app.test_client()
    if role:
        log_in(client, NAMES[role])
    # A form that a program sent along by mistake is no form either.
    form = {"name": NAMES[Role.ADMIN], "password": "wrong"}
    for _, address, methods in addresses(app):
        if "GET" not in methods:
            continue
        for asked in (address, address.replace("9", "1")):
            shown = client.get(asked)
            before = rows_of(app)
            headed = client.head(asked, data=form)
            assert rows_of(app) == before, asked
            assert headed.status_code == shown.status_code, asked
            assert headed.location == shown.location, asked
            assert headed.data == b"", asked


def rows_of(app: Flask) -> dict[str, list[str]]:
    """All that stands in the database."""
    with store_of(app).engine.connect() as db:
        return {
            table: sorted(map(repr, db.exec_driver_sql(f"SELECT * FROM {table}")))
            for table in inspect(db).get_table_names()
        }


@pytest.mark.parametrize("role", [None, *Role])
def test_every_address_with_every_method(app: Flask, role: Role | None) -> None:
    views = {
        (address, method): view
        for view, address, methods in addresses(app)
        for method in methods - {"OPTIONS"}
    }
    client = app.test_client()
    for address in dict.fromkeys(address for address, _ in views):
        # Some of the forms log out.
        if role and client.get("/admin/own").status_code != 200:
            log_in(client, NAMES[role])
        form = {"csrf_token": token(client)}
        for method in METHODS:
            answer = client.open(address, method=method, data=form)
            told = f"{role} {method} {address}: {answer.status_code}"
            if (address, method) not in views:
                assert answer.status_code == 405, told
                here = {one for one in METHODS if (address, one) in views}
                assert set(answer.headers["Allow"].split(", ")) - {"OPTIONS"} == here
                continue
            if views[address, method] in BY_FEED:
                # Whose it is stands in the address, and a log-in is no help.
                assert answer.status_code == 404, told
                continue
            least = needed(views[address, method], method)
            refused = answer.status_code == 403
            if least is None:
                assert not refused, told
            elif role is None:
                assert answer.status_code == 302, told
                assert answer.location.startswith("/admin/login"), told
            else:
                assert refused is not role.may(least), told
            assert answer.status_code < 500, told


@pytest.mark.parametrize("number", [9, 2**31, 10**30])
def test_a_number_that_nothing_has(admin: FlaskClient, number: int) -> None:
    for path in ("people", "runs", "sources"):
        answer = admin.get(f"/admin/{path}/{number}")
        assert answer.status_code == 404, path
        assert "没有找到" in answer.get_data(as_text=True)
    form = {"csrf_token": token(admin), "choice": "kept", "source": str(number)}
    for path in (f"versions/{number}", "collect"):
        assert admin.post(f"/admin/{path}", data=form).status_code == 404, path


def test_roles_may_what_those_before_may() -> None:
    assert [[one.may(other) for other in Role] for one in Role] == [
        [True, False, False],
        [True, True, False],
        [True, True, True],
    ]


def test_an_unknown_role_may_nothing(app: Flask, client: FlaskClient) -> None:
    log_in(client)
    with app.extensions["archive"].store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE accounts SET role = 'root'")
    assert client.get("/admin/").status_code == 403
    assert client.get("/admin/audit").status_code == 403


@pytest.mark.parametrize("role", Role)
def test_nobody_is_shown_what_is_not_for_them(app: Flask, role: Role) -> None:
    client = log_in(app.test_client(), NAMES[role])
    words = client.get("/admin/").get_data(as_text=True)
    assert ("重新采集" in words) is role.may(Role.EDITOR)
    assert ("登记来源" in words) is role.may(Role.EDITOR)
    assert ("/admin/people" in words) is role.may(Role.ADMIN)
    assert ("/admin/audit" in words) is role.may(Role.ADMIN)
    source = client.get("/admin/sources/1").get_data(as_text=True)
    assert ("暂停" in source) is role.may(Role.EDITOR)


def test_no_form_without_its_token(admin: FlaskClient, app: Flask) -> None:
    for _, address, methods in addresses(app):
        if "POST" in methods:
            answer = admin.post(address, data={"source": "1"})
            assert answer.status_code == 400, address
            assert "Traceback" not in answer.get_data(as_text=True)


def test_nothing_is_kept_by_a_cache(admin: FlaskClient, app: Flask) -> None:
    for _, address, methods in addresses(app):
        if "GET" in methods:
            answer = admin.get(address)
            assert answer.headers["Cache-Control"] == "private, no-store", address

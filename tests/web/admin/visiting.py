"""People of a site for tests, and how they log in."""

from __future__ import annotations

import re
from typing import Any

from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from archive.catalogue import Role
from archive.store import Account, Session, Store, accounts, audit_log, factors, sources
from tests.sources import add_source

NAME, PASSWORD = "示例管理员", "a long enough password"
NEW = "another long password"
NAMES = {Role.VIEWER: "示例查阅", Role.EDITOR: "示例编辑", Role.ADMIN: NAME}
VIEWER, EDITOR = NAMES[Role.VIEWER], NAMES[Role.EDITOR]
LIST = "https://www.example.gov.cn/zfxxgknb/"
GONE = "https://gone.example.gov.cn/nb/"
"""A source that was removed."""
CHEAP = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
"""What is costly by intent would make hundreds of log-ins slow."""
_KEPT = CHEAP.hash(PASSWORD)


def fill(store: Store) -> None:
    """One person of each role, all with the same password, a source, and a removed one."""
    with store.session() as session:
        for role in reversed(Role):
            accounts.add_account(session, NAMES[role], role, _KEPT)
        add_source(session, LIST)
        removed, _ = add_source(session, GONE)
        sources.remove(session, removed)


def store_of(app: Flask) -> Store:
    store: Store = app.extensions["archive"].store
    return store


def account(session: Session, name: str = NAME) -> Account:
    found = accounts.find_account(session, name)
    assert found
    return found


def with_factor(app: Flask, name: str = NAME) -> int:
    """Somebody has set up a second factor; the account's number."""
    with store_of(app).session() as session:
        found = account(session, name)
        factors.offer(session, found)
        found.factor = found.factor_offered
        return found.id


def acts(app: Flask) -> list[tuple[str, str, str]]:
    """The audit log, the oldest first: who, what, to what."""
    with store_of(app).session() as session:
        lines, _ = audit_log.lines(session, audit_log.AuditWish())
        return [(one.actor, one.action, one.subject) for one in reversed(lines)]


def token(client: FlaskClient, path: str = "/admin/login") -> str:
    """The token of the first form on a page."""
    found = re.search(
        r'name="csrf_token" value="([^"]+)"', client.get(path).get_data(as_text=True)
    )
    assert found, path
    return found[1]


def send(client: FlaskClient, path: str, **form: Any) -> TestResponse:
    """Sends a form with its token."""
    return client.post(path, data={"csrf_token": token(client), **form})


def try_log_in(
    client: FlaskClient,
    name: str = NAME,
    password: str = PASSWORD,
    following: str = "",
    address: str = "127.0.0.1",
) -> TestResponse:
    form = {"name": name, "password": password, "next": following}
    return client.post(
        "/admin/login",
        data={"csrf_token": token(client), **form},
        environ_overrides={"REMOTE_ADDR": address},
    )


def log_in(client: FlaskClient, name: str = NAME) -> FlaskClient:
    answer = try_log_in(client, name)
    assert answer.status_code == 302, answer.get_data(as_text=True)
    return client

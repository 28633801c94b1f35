"""Whatever is done stands in the audit log, with who did it and from where."""

from __future__ import annotations

import base64
import zlib

import pytest
from flask import Flask
from flask.testing import FlaskClient

from archive.catalogue import Act, RunKind
from archive.store import Session, attempts, audit_log, feeds, runs, sources
from archive.store.rows import DisappearanceRow
from archive.web.pages.admin.actions import NEEDED
from tests.store.filing import file, new_page
from tests.store.test_succession import HALF, WHOLE
from tests.web.admin.visiting import (
    GONE,
    LIST,
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
    with_factor,
)


def packed(text: str) -> str:
    """A file as the form that saves it carries it."""
    return base64.b64encode(zlib.compress(text.encode())).decode()


# View → its form, the act it comes to, and of what; as the admin, with no factor.
FORMS: dict[str, tuple[str, dict[str, str], Act, str]] = {
    "logout": ("/admin/logout", {}, Act.LOGOUT, NAME),
    "own_password": (
        "/admin/own/password",
        {"current": PASSWORD, "password": NEW, "again": NEW},
        Act.PASSWORD_CHANGED,
        NAME,
    ),
    "own_sessions": ("/admin/own/sessions", {}, Act.SESSIONS_ENDED, NAME),
    "add_source": (
        "/admin/sources",
        {"url": f"{LIST}2", "family": "auto"},
        Act.SOURCE_ADDED,
        f"{LIST}2",
    ),
    "pause": ("/admin/sources/1/pause", {}, Act.SOURCE_PAUSED, LIST),
    "accept_gone": ("/admin/sources/1/gone", {}, Act.GONE_ACCEPTED, LIST),
    "own_feed": ("/admin/own/feed", {}, Act.FEED_MADE, NAME),
    "own_feed_end": ("/admin/own/feed/end", {}, Act.FEED_ENDED, NAME),
    "edit_source": (
        "/admin/sources/1/edit",
        {"group": "示例市"},
        Act.SOURCE_EDITED,
        LIST,
    ),
    "move_source": (
        "/admin/sources/1/move",
        {"url": f"{LIST}2"},
        Act.SOURCE_MOVED,
        LIST,
    ),
    "remove_source": ("/admin/sources/1/remove", {}, Act.SOURCE_REMOVED, LIST),
    "restore_source": ("/admin/sources/2/restore", {}, Act.SOURCE_RESTORED, GONE),
    "do_several": (
        "/admin/sources/several",
        {"deed": "pause", "count": "1", "words": "zfxxgknb"},
        Act.SOURCE_PAUSED,
        "1 个来源",
    ),
    "import_sources": (
        "/admin/sources/import",
        {"save": "1", "packed": packed(f"url\n{LIST}3\n")},
        Act.SOURCES_IMPORTED,
        "1 行",
    ),
    "collect": ("/admin/collect", {"source": "1"}, Act.COLLECT, LIST),
    "find": ("/admin/find", {"url": LIST}, Act.FIND, LIST),
    "register_offers": (
        "/admin/runs/1/offers",
        {"offer": "1"},
        Act.SOURCE_ADDED,
        f"{LIST}3",
    ),
    "choose": (
        "/admin/versions/2",
        {"choice": "kept"},
        Act.VERSION_KEPT,
        "示例市商务局 2023 #2",
    ),
    "invite": (
        "/admin/people",
        {"name": "新人", "role": "editor"},
        Act.ACCOUNT_INVITED,
        "新人",
    ),
    "person_role": (
        "/admin/people/{viewer}/role",
        {"role": "editor"},
        Act.ROLE_CHANGED,
        VIEWER,
    ),
    "person_state": (
        "/admin/people/{viewer}/state",
        {"state": "disabled"},
        Act.ACCOUNT_DISABLED,
        VIEWER,
    ),
    "person_link": ("/admin/people/{viewer}/link", {}, Act.RESET_OFFERED, VIEWER),
    "person_factor": (
        "/admin/people/{viewer}/factor",
        {},
        Act.FACTOR_REMOVED,
        VIEWER,
    ),
    "person_sessions": (
        "/admin/people/{viewer}/sessions",
        {},
        Act.SESSIONS_ENDED,
        VIEWER,
    ),
}
ELSEWHERE = {
    # Noted by whoever comes in: test_entering.py, test_people.py.
    "try_password",
    "try_code",
    "set_password",
    # The second factor: test_factor.py. A secret that was only offered is no act.
    "factor_begin",
    "factor_confirm",
    "factor_codes",
    "factor_remove",
}


def test_no_form_is_forgotten() -> None:
    forms = {view for view, method in NEEDED if method == "POST"}
    assert forms == set(FORMS) | ELSEWHERE


@pytest.fixture
def viewer(app: Flask) -> int:
    """The number of a viewer with a second factor; a version waits for a decision."""
    store = store_of(app)
    page = new_page(store)
    for body, said in (("whole", WHOLE), ("half", HALF)):
        file(store, body, said, page)
    store.write(_search)
    store.write(_vanished)
    return with_factor(app, VIEWER)


def _search(session: Session) -> None:
    """A search that has found a list."""
    run = runs.queue_run(session, RunKind.FIND, subject=LIST)
    runs.start_run(session, run.id)
    sources.keep_offers(
        session, run.id, [(f"{LIST}3", {"name": "年报", "trouble": ""})]
    )


def _vanished(session: Session) -> None:
    """Most pages of the first source are gone, and wait for a decision."""
    moment = runs.now()
    pages = {"1": moment.isoformat()}
    session.add(
        DisappearanceRow(
            source_id=1, since=moment, seen_at=moment, gone=1, total=1, pages=pages
        )
    )
    feeds.offer(session, account(session).id)


@pytest.mark.parametrize("view", FORMS)
def test_every_act_has_its_line(app: Flask, viewer: int, view: str) -> None:
    client = log_in(app.test_client())
    path, form, act, subject = FORMS[view]
    answer = client.post(
        path.format(viewer=viewer),
        data={"csrf_token": token(client), **form},
        environ_overrides={"REMOTE_ADDR": "192.0.2.7"},
    )
    assert answer.status_code in {200, 302}
    with store_of(app).session() as session:
        lines, count = audit_log.lines(session, audit_log.AuditWish())
        assert count == 2, [(line.action, line.subject) for line in lines]
        line = lines[0]
        assert (line.actor, line.action) == (NAME, act)
        assert subject in line.subject
        assert line.address == "192.0.2.7"
        assert audit_log.first_broken(session) is None


@pytest.mark.parametrize("view", FORMS)
def test_no_act_without_its_line(
    app: Flask, viewer: int, view: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A log that can't be written undoes the act: they are one transaction."""
    client = log_in(app.test_client())
    path, form, _, _ = FORMS[view]
    before = everything(app)

    def fail(*given: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(audit_log, "note", fail)
    answer = send(client, path.format(viewer=viewer), **form)
    assert answer.status_code == 500
    assert everything(app) == before


def everything(app: Flask) -> dict[str, list[tuple[object, ...]]]:
    """All rows of what people can change."""
    tables = (
        "accounts", "links", "recovery_codes", "sessions", "sources", "runs", "choices",
        "audit", "versions", "feeds", "disappearances",
    )  # fmt: skip
    with store_of(app).engine.connect() as connection:
        return {
            table: sorted(
                (
                    tuple(row)
                    for row in connection.exec_driver_sql(f"SELECT * FROM {table}")
                ),
                key=repr,
            )
            for table in tables
        }


def test_what_was_so_already_is_no_act(app: Flask, admin: FlaskClient) -> None:
    viewer = log_in(app.test_client(), VIEWER)
    with store_of(app).session() as session:
        number = account(session, VIEWER).id
    before = acts(app)
    for path, form in (
        ("role", {"role": "viewer"}),
        ("state", {"state": "enabled"}),
        ("factor", {}),
    ):
        send(admin, f"/admin/people/{number}/{path}", **form)
    send(admin, "/admin/sources", url=LIST)
    assert acts(app) == before
    assert viewer.get("/admin/").status_code == 200, "nor is anybody logged out"


def test_what_was_refused_is_told_and_fills_nothing(
    app: Flask, client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    log_in(client, VIEWER)
    before = len(acts(app))
    assert client.get("/admin/audit").status_code == 403
    assert len(acts(app)) == before
    assert "refused: account" in caplog.text
    for _ in range(attempts.FREE + 3):
        assert send(client, "/admin/sources/1/pause").status_code == 403
    told = acts(app)[before:]
    assert told == [(VIEWER, "act_refused", "pause")] * attempts.FREE
    assert caplog.text.count(", pause, from 127.0.0.1") == attempts.FREE + 3

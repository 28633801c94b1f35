"""People on the command line, and what commands leave in the audit log."""

from __future__ import annotations

import os
import pwd
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.store import Store, accounts, audit_log, links
from archive.store.people.passwords import matches
from tests.running import ROOT, Commands
from tests.scrapers.stub import Stub

PASSWORD = "a long enough password"
ME = pwd.getpwuid(os.getuid()).pw_name


@pytest.fixture
def commands(tmp_path: Path, database_url: str) -> Commands:
    return Commands(tmp_path / "data", database_url)


def add(commands: Commands, name: str, *more: str, password: str = PASSWORD) -> str:
    text = f"{password}\n"
    return commands.run("accounts", "add", name, "--password-stdin", *more, text=text)


def lines(store: Store) -> list[tuple[str, str, str]]:
    with store.session() as session:
        found, _ = audit_log.lines(session, audit_log.AuditWish())
        assert {line.actor for line in found} <= {ME}
        assert {line.address for line in found} <= {"command"}
        return [(row.action, row.subject, row.detail) for row in reversed(found)]


def test_accounts_from_the_first_to_the_last(commands: Commands, store: Store) -> None:
    assert "account made" in add(commands, "甲")
    assert "account made" in add(commands, "乙", "--role", "viewer")
    assert "password changed" in add(commands, "乙", password="another long one")
    invited = commands.run("accounts", "invite", "丙", "--role", "editor")
    assert re.search(r"^/admin/link/[\w-]{43}$", invited, re.M)
    assert "has an account" in commands.run("accounts", "invite", "丙", status=1)
    commands.run("accounts", "role", "乙", "editor")
    commands.run("accounts", "disable", "乙")
    listed = commands.run("accounts", "list").splitlines()
    assert [line.split()[:2] for line in listed] == [
        ["editor", "invited"],
        ["editor", "disabled"],
        ["admin", "enabled"],
    ]
    assert "is disabled" in commands.run("accounts", "reset", "乙", status=1)
    commands.run("accounts", "enable", "乙")
    commands.run("accounts", "enable", "乙")
    commands.run("accounts", "logout", "乙")
    token = commands.run("accounts", "reset", "乙", "--second-factor")
    with store.session() as session:
        found = links.look_up(session, token.split()[0].rpartition("/")[2])
        assert found
        assert found[1].name == "乙"
        account = accounts.find_account(session, "乙")
        assert account
        assert matches(account.password_hash, "another long one")
    assert lines(store) == [
        ("account_added", "甲", "管理"),
        ("account_added", "乙", "查阅"),
        ("password_changed", "乙", ""),
        ("account_invited", "丙", "编辑"),
        ("role_changed", "乙", "编辑"),
        ("account_disabled", "乙", ""),
        ("account_enabled", "乙", ""),
        ("sessions_ended", "乙", ""),
        ("reset_offered", "乙", ""),
    ]


def test_what_can_not_be(commands: Commands, store: Store) -> None:
    add(commands, "甲")
    for arguments in (("disable", "甲"), ("role", "甲", "viewer")):
        told = commands.run("accounts", *arguments, status=1)
        assert "最后一个可用的管理员" in told
    assert "No such account" in commands.run("accounts", "disable", "无", status=1)
    assert "字符" in commands.run("accounts", "invite", " ", status=1)
    assert "至少需要" in commands.run(
        "accounts", "add", "丁", "--password-stdin", text="short\n", status=1
    )
    assert len(lines(store)) == 1


def test_help_says_what_there_is(commands: Commands) -> None:
    told = commands.run("accounts", "--help")
    for name in (
        "add",
        "disable",
        "enable",
        "invite",
        "list",
        "logout",
        "reset",
        "role",
    ):
        assert re.search(rf"^  {name}\s+\w", told, re.M), name


@pytest.fixture
def empty_portal() -> Iterator[str]:
    """The address of a portal without a page."""
    with Stub() as portal:
        yield f"{portal.url}/"


def test_every_command_that_does_something_is_noted(
    commands: Commands, store: Store, empty_portal: str
) -> None:
    report = ROOT / "tests" / "reports" / "html_plain.html"
    commands.run("sources", "add", empty_portal, "--agency", "示例县")
    commands.run("sources", "add", empty_portal)
    commands.run("sources", "pause", "1")
    commands.run("sources", "pause", "1")
    commands.run("sources", "resume", "1")
    commands.run("collect", "1", status=1)
    commands.run("collect", "1", "--dry-run", status=1)
    commands.run("import", report, status=None)
    commands.run("rebuild", status=None)
    commands.run("reindex")
    commands.run("migrate")
    told = commands.run("audit", status=None)
    assert "7 lines of the audit log, the last with the hash" in told
    assert lines(store) == [
        ("source_added", empty_portal, "示例县"),
        ("source_paused", empty_portal, ""),
        ("source_resumed", empty_portal, ""),
        ("collect", empty_portal, ""),
        ("import", str(report), ""),
        ("rebuild", "", ""),
        ("reindex", "", ""),
    ]


def test_a_migration_is_noted(tmp_path: Path, empty_url: str) -> None:
    commands = Commands(tmp_path / "data", empty_url)
    commands.run("migrate")
    commands.run("migrate")
    store = Store(empty_url)
    assert [action for action, _, _ in lines(store)] == ["migrate"]
    store.close()


def test_audit_names_the_first_broken_line(commands: Commands, store: Store) -> None:
    for name in ("甲", "乙", "丙"):
        commands.run("accounts", "invite", name)
    assert "3 lines of the audit log" in commands.run("audit")
    with store.engine.begin() as connection:
        if store.engine.dialect.name == "sqlite":
            connection.exec_driver_sql("DROP TRIGGER audit_update")
        else:
            connection.exec_driver_sql("DROP TRIGGER audit_stays ON audit")
        connection.exec_driver_sql("UPDATE audit SET subject = '丁' WHERE number = 2")
    told = commands.run("audit", status=1)
    assert "The audit log is broken: line 2 was changed" in told


def test_a_log_made_anew_is_seen_by_a_line_written_down(
    commands: Commands, store: Store
) -> None:
    for name in ("甲", "乙"):
        commands.run("accounts", "invite", name)
    with store.session() as session:
        number, written_down = audit_log.end_of(session)
    commands.run("accounts", "invite", "丙")
    known = f"{number}:{written_down}"
    assert f"Line {number} is as it was" in commands.run("audit", "--known", known)
    with store.engine.begin() as connection:
        if store.engine.dialect.name == "sqlite":
            connection.exec_driver_sql("DROP TRIGGER audit_delete")
        else:
            connection.exec_driver_sql("DROP TRIGGER audit_stays ON audit")
        connection.exec_driver_sql("DELETE FROM audit")
        beginning = f"UPDATE audit_end SET number = 0, hash = '{audit_log.BEGINNING}'"
        connection.exec_driver_sql(beginning)
    for name in ("丁", "戊", "己"):
        commands.run("accounts", "invite", name)
    assert "3 lines of the audit log" in commands.run("audit"), "a sound chain"
    told = commands.run("audit", "--known", known, status=1)
    assert f"made anew: line {number}" in told
    commands.run("audit", "--known", "2", status=2)

"""Every command: what changes something leaves its line, with the user and `command`."""

from __future__ import annotations

import os
import pwd
import shutil
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from archive.catalogue import Act
from archive.commands.group import cli
from archive.store import Actor, Store, accounts, audit_log, schema, sources
from tests.running import ROOT, Commands
from tests.sources import add_source

ME = pwd.getpwuid(os.getuid()).pw_name
LIST = "http://127.0.0.1:8081/nb/"
GONE = "http://127.0.0.1:8081/old/"
REPORT = ROOT / "tests" / "reports" / "html_plain.html"

# What is typed → the act it comes to. The source 1 is at LIST, 2 was removed, 甲 and 乙
# are admins.
CHANGING: dict[str, tuple[str, Act]] = {
    "accounts add": ("丙 --password-stdin", Act.ACCOUNT_ADDED),
    "accounts disable": ("甲", Act.ACCOUNT_DISABLED),
    "accounts enable": ("丁", Act.ACCOUNT_ENABLED),
    "accounts invite": ("丙", Act.ACCOUNT_INVITED),
    "accounts logout": ("甲", Act.SESSIONS_ENDED),
    "accounts reset": ("甲", Act.RESET_OFFERED),
    "accounts role": ("甲 viewer", Act.ROLE_CHANGED),
    "digest": ("--send", Act.DIGEST_SENT),
    "prune": ("", Act.PRUNED),
    "import": (str(REPORT), Act.IMPORT),
    "migrate": ("", Act.MIGRATE),
    "rebuild": ("--processes 1", Act.REBUILD),
    "reindex": ("", Act.REINDEX),
    "seal": ("", Act.SEAL),
    "sources add": (f"{LIST}2/", Act.SOURCE_ADDED),
    "sources edit": ("1 --group 示例市", Act.SOURCE_EDITED),
    "sources import": ("-", Act.SOURCES_IMPORTED),
    "sources move": (f"1 {LIST}3/", Act.SOURCE_MOVED),
    "sources pause": ("1", Act.SOURCE_PAUSED),
    "sources remove": ("1 --yes", Act.SOURCE_REMOVED),
    "sources restore": ("2", Act.SOURCE_RESTORED),
    "sources resume": ("3", Act.SOURCE_RESUMED),
}
# Nobody answers there: that a digest waits is an act as well.
SETTINGS = {
    "ARCHIVE_WEBHOOK_URL": "http://127.0.0.1:9/",
    "ARCHIVE_WEBHOOK_SECRET": "s" * 32,
    "ARCHIVE_DIGEST_ALWAYS": "1",
}
TYPED = {
    "accounts add": "a long enough password\n",
    "sources import": f"url\n{LIST}4/\n",
}
ELSEWHERE = {
    # Asks a portal, again and again where none answers: test_people.py.
    "collect",
    # Adds what it has found, as `sources add` does: test_portals.py.
    "sources find",
    # Do what others have asked for, who are noted.
    "serve",
    "work",
}
LOOKING = {
    "accounts list", "audit", "dictionary", "export-warc", "new-portal", "prove", "read", "search",
    "sources export", "sources list",
}  # fmt: skip


def named(group: click.Group, before: str = "") -> Iterator[str]:
    """The names of all commands, those of groups with their group's."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command, name
        if isinstance(command, click.Group):
            yield from named(command, f"{before}{name} ")
        else:
            yield f"{before}{name}"


def test_no_command_is_forgotten() -> None:
    assert set(named(cli)) == set(CHANGING) | ELSEWHERE | LOOKING


def fill(store: Store) -> None:
    with store.session() as session:
        for name in ("甲", "乙", "丁"):
            found = accounts.add_account(session, name, accounts.Role.ADMIN, "hash")
            found.disabled = name == "丁"
        for url in (LIST, GONE, f"{LIST}paused/"):
            add_source(session, url)
        gone = sources.find_source(session, "2")
        assert gone
        sources.remove(session, gone)
        paused = sources.find_source(session, "3")
        assert paused
        sources.set_paused(session, paused, True)


@pytest.mark.parametrize("command", CHANGING)
def test_what_changes_something_leaves_its_line(
    tmp_path: Path, sqlite_template: Path, command: str
) -> None:
    file = tmp_path / "archive.sqlite3"
    if command != "migrate":
        shutil.copy(sqlite_template, file)
        store = Store(f"sqlite:///{file}")
        fill(store)
        store.close()
    commands = Commands(tmp_path / "data", f"sqlite:///{file}")
    more, act = CHANGING[command]
    mask = os.umask(0o077)
    try:
        CliRunner().invoke(
            cli,
            [*command.split(), *more.split()],
            input=TYPED.get(command, ""),
            env={**commands.environment, **SETTINGS},
        )
    finally:
        os.umask(mask)
    store = Store(commands.database_url)
    schema.require_current(store)
    with store.session() as session:
        found, _ = audit_log.lines(session, audit_log.AuditWish(action=act))
        who = [Actor(line.actor, line.address) for line in found]
        assert who == [Actor(ME, audit_log.COMMAND)]
        assert audit_log.first_broken(session) is None
    store.close()

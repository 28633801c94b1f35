"""The chain of the audit log: whole, and broken where somebody has touched it."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.exc import DBAPIError

from archive.catalogue import Act, Role
from archive.store import Actor, Store, accounts, audit_log
from archive.store.people.audit_log import AuditWish, BrokenLine
from archive.store.rows import AuditEndRow, AuditRow

ACTOR = Actor("示例", "192.0.2.1")


def write(store: Store, number: int) -> None:
    def work(session: accounts.Session) -> None:
        audit_log.note(session, ACTOR, Act.COLLECT, f"来源 {number}")

    store.write(work)


def broken(store: Store) -> BrokenLine | None:
    with store.session() as session:
        return audit_log.first_broken(session)


def unprotect(store: Store) -> None:
    """As who owns the database can."""
    with store.engine.begin() as connection:
        if store.engine.dialect.name == "sqlite":
            for event in ("update", "delete"):
                connection.exec_driver_sql(f"DROP TRIGGER audit_{event}")
        else:
            connection.exec_driver_sql("DROP TRIGGER audit_stays ON audit")


def test_writers_at_the_same_time_make_one_chain(store: Store) -> None:
    assert broken(store) is None
    with ThreadPoolExecutor(12) as many:
        list(many.map(lambda number: write(store, number), range(60)))
    assert broken(store) is None
    with store.session() as session:
        assert session.scalar(select(func.count()).select_from(AuditRow)) == 60
        assert audit_log.end_of(session)[0] == 60


def test_no_line_of_an_act_that_failed(store: Store) -> None:
    def fail(session: accounts.Session) -> None:
        audit_log.note(session, ACTOR, Act.COLLECT)
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011
        store.write(fail)
    write(store, 1)
    assert broken(store) is None
    with store.session() as session:
        assert audit_log.end_of(session)[0] == 1


@pytest.mark.parametrize(
    "change", [update(AuditRow).values(subject="x"), delete(AuditRow)]
)
def test_the_database_refuses_to_change_lines(store: Store, change: object) -> None:
    write(store, 1)
    with (
        pytest.raises(DBAPIError, match="never changed or deleted"),
        store.session() as db,
    ):
        db.execute(change)  # type: ignore[call-overload]
    assert broken(store) is None


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("subject", "来源 9"),
        ("actor", "别人"),
        ("address", "command"),
        ("action", "import"),
        ("detail", "x"),
        ("at", datetime(2024, 1, 1, tzinfo=UTC)),
        ("hash", "0" * 64),
    ],
)
def test_a_changed_line_is_named(store: Store, column: str, value: object) -> None:
    for number in range(5):
        write(store, number)
    unprotect(store)
    with store.session() as session:
        is_third = AuditRow.number == 3
        session.execute(update(AuditRow).where(is_third).values({column: value}))
    found = broken(store)
    assert found
    assert found.number == 3


@pytest.mark.parametrize(("number", "named"), [(2, 3), (3, 3)])
def test_a_changed_line_with_a_hash_of_its_own_is_named(
    store: Store, number: int, named: int
) -> None:
    """Its hash is right; that of the next line, or of the end, is not any more."""
    for one in range(3):
        write(store, one)
    unprotect(store)
    with store.session() as session:
        before = session.get_one(AuditRow, number - 1).hash
        line = session.get_one(AuditRow, number)
        line.detail = "x"
        line.hash = audit_log._hash_of(line, before)
    found = broken(store)
    assert found
    assert found.number == named


def test_whose_line_it_is_can_not_be_changed(store: Store) -> None:
    with store.session() as session:
        account = accounts.add_account(session, "示例", Role.ADMIN, "hash")
        audit_log.note(session, Actor("示例", "", account.id), Act.LOGIN)
    unprotect(store)
    with store.session() as session:
        session.execute(update(AuditRow).values(account_id=None))
    found = broken(store)
    assert found
    assert found.number == 1


def test_lines_taken_out_or_put_in_are_named(store: Store) -> None:
    for number in range(5):
        write(store, number)
    unprotect(store)
    with store.session() as session:
        session.execute(delete(AuditRow).where(AuditRow.number == 2))
    assert broken(store) == BrokenLine(2, "is missing")
    with store.session() as session:
        session.execute(delete(AuditRow))
    assert broken(store) == BrokenLine(1, "is missing at the end")
    with store.session() as session:
        session.execute(update(AuditEndRow).values(number=0, hash=audit_log.BEGINNING))
    assert broken(store) is None
    write(store, 1)
    with store.session() as session:
        (line,) = session.scalars(select(AuditRow))
        forged = {"number": 2, "action": "login", "hash": "f" * 64, "at": line.at}
        empty = {"actor": "", "address": "", "subject": "", "detail": ""}
        session.execute(insert(AuditRow).values(**forged, **empty))
    found = broken(store)
    assert found
    assert found.number == 2


def test_a_cut_at_the_end_is_seen(store: Store) -> None:
    for number in range(5):
        write(store, number)
    unprotect(store)
    with store.session() as session:
        session.execute(delete(AuditRow).where(AuditRow.number > 3))
    assert broken(store) == BrokenLine(4, "is missing at the end")


def test_an_end_that_is_not_noted_is_told(store: Store) -> None:
    write(store, 1)
    with store.session() as session:
        session.execute(delete(AuditEndRow))
    found = broken(store)
    assert found
    assert found.number == 2
    assert "no longer noted" in found.why


def test_whatever_is_typed_can_be_written(store: Store) -> None:
    with store.session() as session:
        account = accounts.add_account(session, "示例", Role.ADMIN, "hash")
        hostile = Actor("a\x00b\ud800", "x" * 1000, account.id)
        audit_log.note(session, hostile, Act.LOGIN, "y\x00\ud83d" * 1000, "z" * 1000)
    assert broken(store) is None
    with store.session() as session:
        (line,) = audit_log.acts_of(session, account.id)
        assert (len(line.subject), len(line.detail)) == (200, 500)


def test_lines_are_searched(store: Store) -> None:
    for number in range(audit_log.PAGE + 5):
        write(store, number)
    with store.session() as session:
        audit_log.note(
            session, Actor("root", audit_log.COMMAND), Act.IMPORT, "a_b", "c%d"
        )

    def found(page: int = 1, **wanted: object) -> tuple[int, int]:
        with store.session() as session:
            lines, count = audit_log.lines(session, AuditWish(**wanted), page)  # type: ignore[arg-type]
            return len(lines), count

    total = audit_log.PAGE + 6
    assert found() == (audit_log.PAGE, total)
    assert found(page=2) == (6, total)
    assert found(page=9) == (0, total)
    assert found(actor="root") == found(action="import") == (1, 1)
    assert found(subject="_") == found(subject="C%") == (1, 1)
    assert found(subject="来源 54") == (1, 1)
    now = datetime.now(UTC)
    assert found(since=now + timedelta(minutes=1))[1] == 0
    assert found(until=now + timedelta(minutes=1))[1] == total


@pytest.mark.parametrize(
    "what",
    [
        "at = 'yesterday'",
        "at = 7",
        "actor = x'ff00'",
        "subject = CAST(x'ffff' AS TEXT)",
        "number = 'four'",
    ],
)
def test_a_line_that_can_not_be_read_is_named(
    tmp_path: Path, sqlite_template: Path, what: str
) -> None:
    """SQLite keeps anything in any column."""
    path = tmp_path / "archive.sqlite3"
    shutil.copy(sqlite_template, path)
    store = Store(f"sqlite:///{path}")
    for number in range(6):
        write(store, number)
    unprotect(store)
    with store.engine.begin() as connection:
        connection.exec_driver_sql(f"UPDATE audit SET {what} WHERE number = 4")
    found = broken(store)
    assert found
    assert found.number == 4
    store.close()


def test_a_number_that_is_none_is_told(tmp_path: Path, sqlite_template: Path) -> None:
    path = tmp_path / "archive.sqlite3"
    shutil.copy(sqlite_template, path)
    store = Store(f"sqlite:///{path}")
    write(store, 1)
    columns = "at, actor, address, action, subject, detail, hash"
    with store.engine.begin() as connection:
        connection.exec_driver_sql(
            f"INSERT INTO audit (number, {columns}) SELECT 'two', {columns} FROM audit"
        )
    assert broken(store) == BrokenLine(2, "was put in at the end")
    with store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE audit_end SET number = 'two'")
    assert broken(store)
    store.close()

"""The migrations make exactly the tables of `archive/store/rows/`, there and back, on
both databases.
"""

from __future__ import annotations

import json
import multiprocessing
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import randbytes
from typing import Any

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, delete, insert, inspect, select, update
from sqlalchemy.exc import IntegrityError

from archive.catalogue import Act, Role, Status
from archive.interpreting import interpret
from archive.regions import governments
from archive.report import (
    Claim,
    Figure,
    Finding,
    Report,
    split_unit,
    summary_of,
    unpack_summary,
    values_to_json,
)
from archive.report.encode.pressing import written
from archive.report.encode.writing import rest_of, texts_of
from archive.store import (
    Actor,
    Store,
    accounts,
    audit_log,
    comparing,
    count_expected,
    coverage,
    reading_of,
    room,
    schema,
    sources,
)
from archive.store.counts import group_of, groups_of, silents, unpacked
from archive.store.counts.packed import packed
from archive.store.rows import (
    FROM_YEARS,
    Base,
    ClaimRow,
    CoverageCountRow,
    FailureRow,
    FindingRow,
    IndexMarkRow,
    ReadingRow,
    ReporterRow,
    RunRow,
    UnsureRow,
    VersionRow,
)
from archive.store.rulings import finding_of
from archive.webpage import host_key
from migrations.readings import whole
from tests.store.filing import file, report

ROOT = Path(__file__).resolve().parents[1]
NOW = datetime(2024, 3, 1, tzinfo=UTC)
GOLDEN = ROOT / "tests" / "reports"


def test_head_is_the_models(empty_url: str) -> None:
    store = Store(empty_url)
    schema.upgrade(store)
    schema.check(store)
    assert set(inspect(store.engine).get_table_names()) == {
        *Base.metadata.tables,
        "alembic_version",
    }
    store.close()


def test_there_and_back(empty_url: str) -> None:
    store = Store(empty_url)
    schema.upgrade(store)
    schema.downgrade(store)
    assert inspect(store.engine).get_table_names() == ["alembic_version"]
    schema.upgrade(store)
    schema.upgrade(store)
    schema.check(store)
    store.close()


def test_the_newest_revision_is_the_head_of_all() -> None:
    config = Config(toml_file=ROOT / "pyproject.toml")
    head = ScriptDirectory.from_config(config).get_current_head()
    assert schema.newest_revision() == head


def test_nothing_works_with_other_tables(empty_url: str) -> None:
    store = Store(empty_url)
    with pytest.raises(
        schema.OutOfDate, match=r"has no tables yet: run `python -m archive migrate`"
    ):
        schema.require_current(store)
    schema.upgrade(store)
    schema.require_current(store)
    with store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0000'")
    with pytest.raises(schema.OutOfDate, match="is at 0000, this program needs 0029"):
        schema.require_current(store)
    store.close()


def _migrated(url: str, since: str, fill: Callable[[Store], None]) -> Store:
    """A database of an earlier revision, filled and brought up to date."""
    store = Store(url)
    schema.upgrade(store, since)
    fill(store)
    schema.upgrade(store)
    schema.check(store)
    return store


def test_questions_of_before_keep_their_short_addresses(empty_url: str) -> None:
    store = Store(empty_url)
    schema.upgrade(store, "0023")
    tables = MetaData()
    tables.reflect(store.engine)
    kept = tables.tables["kept_questions"]
    questions = [f"agency=990100-{at}&year=2022" for at in range(250)]
    rows = [
        {"code": comparing.code_of(one), "question": one, "kept_at": NOW}
        for one in questions
    ]
    with store.engine.begin() as connection:
        connection.execute(kept.insert(), rows)
    schema.upgrade(store)
    with store.session() as session:
        for row in rows:
            assert comparing.kept(session, str(row["code"])) == row["question"]
    schema.downgrade(store, "0023")
    with store.engine.connect() as connection:
        told = connection.scalars(select(kept.c.question)).all()
    assert sorted(told) == sorted(questions)
    store.close()


_TALLIES: dict[str, dict[str, Any]] = {
    "": {},
    "51": {"2008": {"held": 300}, "any": {"held": 300}},
    "5101": {
        "2008": {"no_source": 2, "not_due": 1},
        "2009": {"no_source": 2, "not_due": 1},
        "2010": {"held": 1, "not_seen": 128},
        "any": {
            "held": 1,
            "no_source": 2,
            "not_due": 1,
            "not_seen": 128,
            "missing": 130,
        },
    },
}


def _fill_counts_of_0024(store: Store) -> None:
    """Who is in which state, as programs of before counted it."""
    tables = MetaData()
    tables.reflect(store.engine)
    rows = [
        {"place": place, "level": level, "sector": "政府", "told": tally}
        for place, tally in _TALLIES.items()
        for level in map(str, range(400))
    ]
    with store.engine.begin() as connection:
        connection.execute(tables.tables["coverage_counts"].insert(), rows)


def _assert_counts_are_whole(store: Store) -> None:
    with store.session() as session:
        rows = session.scalars(select(CoverageCountRow)).all()
        assert {row.place for row in rows} == _TALLIES.keys()
        for row in rows:
            tally = _TALLIES[row.place]
            wanted = {(level, "政府"): packed(tally) for level in map(str, range(400))}
            assert {group[:2]: group[2] for group in groups_of(row.told)} == wanted
            assert unpacked(group_of(row.told, "399", "政府")) == tally


def test_counts_of_before_are_packed_and_come_back(empty_url: str) -> None:
    store = _migrated(empty_url, "0024", _fill_counts_of_0024)
    _assert_counts_are_whole(store)
    schema.downgrade(store, "0024")
    tables = MetaData()
    tables.reflect(store.engine)
    counts = tables.tables["coverage_counts"].c
    with store.engine.connect() as connection:
        found = connection.execute(select(counts.place, counts.told)).all()
    assert len(found) == 400 * len(_TALLIES)
    assert all(tally == _TALLIES[place] for place, tally in found)
    schema.upgrade(store)
    _assert_counts_are_whole(store)
    store.close()


_MARKED, _FILED = 300, 3_000
_EMPTY: dict[type, Any] = {int: 0, str: "", bool: False, datetime: NOW, dict: {}}
_EMPTY[object] = {}  # what SQLite says of JSON


def _fill_versions_of_0025(store: Store) -> None:
    """Filed reports, the last of which wait to be indexed."""
    tables = MetaData()
    tables.reflect(store.engine)
    numbers = range(1, _FILED + 1)
    rows: dict[str, list[dict[str, Any]]] = {
        "agencies": [{"id": 1}],
        "originals": [{"digest": f"{one:064}", "hints": {}} for one in numbers],
        "filings": [{"id": one, "agency_id": 1, "year": one} for one in numbers],
        "versions": [
            {
                "id": one,
                "filing_id": one,
                "current": True,
                "digest": f"{one:064}",
                "title": f"第 {one} 份",
                "to_index": one > _FILED - _MARKED,
                "changed_at": NOW + timedelta(seconds=one),
            }
            for one in numbers
        ],
    }
    with store.engine.begin() as connection:
        for name, given in rows.items():
            table = tables.tables[name]
            empty = {
                column.name: _EMPTY[column.type.python_type]
                for column in table.columns
                if not column.nullable
            }
            connection.execute(table.insert(), [empty | one for one in given])


def _assert_marks_are_whole(store: Store) -> None:
    first = _FILED - _MARKED + 1
    wanted = {n: NOW + timedelta(seconds=n) for n in range(first, _FILED + 1)}
    with store.session() as session:
        marked = session.scalars(select(IndexMarkRow))
        assert {row.version_id: row.changed_at for row in marked} == wanted
        titles = dict(session.execute(select(VersionRow.id, VersionRow.title)).all())
        assert titles == {n: f"第 {n} 份" for n in range(1, _FILED + 1)}


def test_marks_of_before_stand_beside_versions_and_come_back(empty_url: str) -> None:
    store = _migrated(empty_url, "0025", _fill_versions_of_0025)
    _assert_marks_are_whole(store)
    schema.downgrade(store, "0025")
    with store.engine.connect() as connection:
        marked = "SELECT count(*), min(id) FROM versions WHERE to_index"
        found = connection.exec_driver_sql(marked).one()
    assert tuple(found) == (_MARKED, _FILED - _MARKED + 1)
    schema.upgrade(store)
    schema.check(store)
    _assert_marks_are_whole(store)
    store.close()


def _is_known(number: int) -> bool:
    """Whether anything was known of a government but that it should report."""
    return number % 300 < 3


def _fill_reporters_of_0027(store: Store) -> None:
    """All governments, most of them silent, and a department."""
    tables = MetaData()
    tables.reflect(store.engine)
    reporters = tables.tables["reporters"]
    empty = {
        column.name: _EMPTY[column.type.python_type]
        for column in reporters.columns
        if not column.nullable
    }
    rows = [
        empty
        | {
            "id": number,
            **one._asdict(),
            "sector": "政府",
            "states": "s" * 16,
            "agency_key": one.key if _is_known(number) and number % 3 == 0 else "",
            "own": {"2020": {}} if _is_known(number) and number % 3 == 1 else {},
            "first_year": one.first,
            "last_year": one.last,
        }
        for number, one in enumerate(governments(), start=1)
    ]
    of_archive = {"id": len(rows) + 1, "key": "990100-b", "region_code": "990100"}
    rows.append(rows[-1] | of_archive | {"is_department": True})
    source = {"id": 1, "url": "http://sample.example/", "scraper": "x", "family": ""}
    sources_table = tables.tables["sources"]
    needed = {
        column.name: _EMPTY[column.type.python_type]
        for column in sources_table.columns
        if not column.nullable
    }
    for row in rows:
        is_of_source = _is_known(row["id"]) and row["id"] % 3 == 2
        row["source_id"] = 1 if is_of_source else None
    names = set(reporters.columns.keys())
    kept = [{key: row[key] for key in row if key in names} for row in rows]
    with store.engine.begin() as connection:
        given = {key: source[key] for key in source if key in sources_table.columns}
        connection.execute(sources_table.insert(), [needed | given])
        connection.execute(reporters.insert(), kept)
        count = {"kind": "expected", "value": NOW.isoformat(), "number": 1}
        connection.execute(tables.tables["counts"].insert(), [count])


def _assert_silent_are_known(store: Store) -> None:
    known = {one.key for n, one in enumerate(governments(), 1) if _is_known(n)}
    with store.session() as session:
        found = set(session.scalars(select(ReporterRow.key)))
        assert found == {*known, "990100-b"}
        told = silents(session).by_key
        assert told.keys() == {one.key for one in governments()} - known
        body = coverage.body_at(session, "510000-sichuanshengrenminzhengfu")
        assert body
        # The day of the count was before the last one of the year that was over.
        assert [one.state for one in body.years] == ["no_source"] * 15 + ["not_due"]


# SQLite has no second table for what is long.
@pytest.mark.postgres
@pytest.mark.parametrize("empty_url", ["postgres"], indirect=True)
def test_readings_of_half_a_page_stay_in_their_rows(empty_url: str) -> None:
    store = Store(empty_url)
    schema.upgrade(store)
    told = {"version_id": 1, "texts": randbytes(2_400), "rest": b"", "summary": b""}
    wanted = {
        name: table.dialect_options["postgresql"]["with"] or {}
        for name, table in Base.metadata.tables.items()
    }
    with store.engine.begin() as connection:
        connection.exec_driver_sql("SET session_replication_role = replica")
        connection.execute(insert(ReadingRow), [told])
        size = "SELECT pg_relation_size(reltoastrelid) FROM pg_class WHERE relname = 'readings'"
        assert connection.exec_driver_sql(size).scalar_one() == 0
        options = "SELECT relname, reloptions FROM pg_class WHERE relkind = 'r'"
        found = dict(connection.exec_driver_sql(options).all())
        for name, options in wanted.items():
            given = [f"{key}={value}" for key, value in options.items()]
            assert (found[name] or []) == given
    store.close()


def test_silent_governments_of_before_have_no_rows(empty_url: str) -> None:
    store = _migrated(empty_url, "0027", _fill_reporters_of_0027)
    _assert_silent_are_known(store)
    schema.downgrade(store, "0027")
    with store.engine.connect() as connection:
        # Counted anew by the program of then.
        assert connection.exec_driver_sql("SELECT * FROM counts").all() == []
    schema.upgrade(store)
    with store.session() as session:
        assert not silents(session).all
    count_expected(store, NOW)
    with store.session() as session:
        assert len(silents(session).all) > 3_500
    store.close()


@pytest.mark.parametrize("seconds", [0.5, 0.7, 0.9])
@pytest.mark.parametrize(
    ("before", "fill", "assert_whole"),
    [
        ("0024", _fill_counts_of_0024, _assert_counts_are_whole),
        ("0025", _fill_versions_of_0025, _assert_marks_are_whole),
        ("0027", _fill_reporters_of_0027, _assert_silent_are_known),
    ],
    ids=["counts", "marks", "reporters"],
)
def test_rows_are_all_changed_after_a_kill(
    empty_url: str,
    seconds: float,
    before: str,
    fill: Callable[[Store], None],
    assert_whole: Callable[[Store], None],
) -> None:
    store = Store(empty_url)
    schema.upgrade(store, before)
    fill(store)
    store.close()
    _upgrade_killed(empty_url, seconds)
    store = Store(empty_url)
    schema.upgrade(store)
    schema.check(store)
    assert_whole(store)
    store.close()


def test_a_failed_migration_changes_nothing(empty_url: str) -> None:
    store = Store(empty_url)
    with (
        store.engine.begin() as connection
    ):  # the last table the revision makes is in its way
        connection.exec_driver_sql("CREATE TABLE sightings (id INTEGER)")
    with pytest.raises(Exception, match="sightings"):
        schema.upgrade(store)
    assert inspect(store.engine).get_table_names() == ["sightings"]
    store.close()


OLD_FINDINGS = (
    ("sums", "report", "合计不等。"),
    ("zero_after_large", "report", "本报告为 0。"),
    ("other_place", "report", "提到“示例县”。"),
    ("blank_inferred", "reading", "空格推定。"),
)
OLD_READING = {
    "findings": [
        {"check": check, "family": family, "message": message}
        for check, family, message in OLD_FINDINGS
    ]
}


def _fill_first_tables(store: Store) -> None:
    """A version of before, with its findings."""
    tables = MetaData()
    tables.reflect(store.engine)
    rows: dict[str, list[dict[str, Any]]] = {
        "agencies": [{"id": 1, "key": "a", "name": "示例市商务局"}],
        "originals": [{"digest": "0" * 64, "first_seen_at": NOW, "hints": {}}],
        "filings": [{"id": 1, "agency_id": 1, "year": 2023}],
        "versions": [
            {
                "id": 1,
                "filing_id": 1,
                "digest": "0" * 64,
                "current": True,
                "captured_at": NOW,
                "changed_at": NOW,
                "to_index": False,
                "reading": OLD_READING,
            }
        ],
        "findings": [
            {
                "version_id": 1,
                "check": check,
                "family": family,
                "message": message,
                "keys": {"keys": []},
                "weight": 1,
            }
            for check, family, message in OLD_FINDINGS
        ],
    }
    with store.engine.begin() as connection:
        for name, given in rows.items():
            table = tables.tables[name]
            empty = {
                column.name: "" if column.type.python_type is str else 0
                for column in table.columns
                if not column.nullable and column.name != "id"
            }
            if given[0].keys() >= {"current"}:
                empty |= {"current": True}
            connection.execute(table.insert(), [{**empty, **one} for one in given])


def test_findings_of_before_keep_their_sentences(empty_url: str) -> None:
    store = Store(empty_url)
    schema.upgrade(store, "0001")
    _fill_first_tables(store)
    schema.upgrade(store)
    with store.session() as session:
        found = session.scalars(select(FindingRow).order_by(FindingRow.position)).all()
        assert [(row.family, finding_of(row).message) for row in found] == [
            ("report", "合计不等。"),
            ("notable", "提到“示例县”。"),
            ("reading", "空格推定。"),
            # What is owed to the year before stands last.
            ("notable", "本报告为 0。"),
        ]
        assert [finding_of(row).family for row in found] == [
            row.family for row in found
        ]
    store.close()


def test_a_program_of_before_finds_what_it_asks_for(empty_url: str) -> None:
    store = Store(empty_url)
    schema.upgrade(store, "0001")
    _fill_first_tables(store)
    schema.upgrade(store)
    values = {"case": "results", "left": 3, "right": 4}
    with store.engine.begin() as connection:
        is_first = FindingRow.check == "sums"
        connection.execute(update(FindingRow).where(is_first).values(values=values))
    schema.downgrade(store, "0001")
    tables = MetaData()
    tables.reflect(store.engine)
    findings = tables.tables["findings"]
    with store.engine.connect() as connection:
        question = select(findings.c.family, findings.c.message)
        found = connection.execute(question.order_by(findings.c.id)).all()
        (reading,) = connection.scalars(select(tables.tables["versions"].c.reading))
    told = [(one["family"], one["message"]) for one in reading["findings"]]
    again = "请重新读取后查看。"
    expected = [(family, message) for _, family, message in OLD_FINDINGS]
    expected[0] = ("report", again)
    assert sorted(map(tuple, found)) == sorted(expected)
    assert told == [(family, message) for _, family, message in OLD_FINDINGS]
    store.close()


def _fill_people_of_0008(store: Store) -> None:
    """People as programs of before kept them, with what they did."""
    tables = MetaData()
    tables.reflect(store.engine)
    account = {"password_hash": "hash", "created_at": NOW, "disabled": False}
    lines: list[tuple[int | None, str, str, str]] = [
        (1, "login", "甲", "192.0.2.1"),
        (None, "login_failed", "name 甲", ""),
        (None, "login_failed", "ip 192.0.2.9", ""),
        (2, "collect", "all", "2001:db8::1"),
        (1, "logout", "", ""),
    ]
    rows = [
        {"account_id": who, "at": NOW, "action": act, "subject": what, "detail": where}
        for who, act, what, where in lines
    ]
    people = [
        {"name": "甲", "role": "admin", **account},
        {"name": "乙", "role": "", **account},
    ]
    with store.engine.begin() as connection:
        connection.execute(tables.tables["accounts"].insert(), people)
        connection.execute(tables.tables["audit"].insert(), rows)


def test_people_of_before_are_admins_and_their_acts_a_chain(empty_url: str) -> None:
    store = Store(empty_url)
    schema.upgrade(store, "0008")
    _fill_people_of_0008(store)
    schema.upgrade(store)
    schema.check(store)
    with store.session() as session:
        known = accounts.list_accounts(session)
        assert [one.account.role for one in known] == ["admin", "admin"]
        assert not [one for one in known if one.is_invited or one.account.factor]
        assert audit_log.first_broken(session) is None
        found, count = audit_log.lines(session, audit_log.AuditWish())
        assert count == 5
        assert [(one.number, one.actor, one.address) for one in found] == [
            (5, "甲", ""),
            (4, "乙", "2001:db8::1"),
            (3, "", ""),
            (2, "", ""),
            (1, "甲", "192.0.2.1"),
        ]
        who = Actor("root", audit_log.COMMAND)
        audit_log.note(session, who, Act.IMPORT, "after it")
    with store.session() as session:
        assert audit_log.first_broken(session) is None
        accounts.add_account(session, "丙", Role.VIEWER, "hash")
    schema.downgrade(store, "0008")
    tables = MetaData()
    tables.reflect(store.engine)
    people, lines = tables.tables["accounts"], tables.tables["audit"]
    with store.engine.connect() as connection:
        told = connection.scalars(select(lines.c.detail).order_by(lines.c.id)).all()
        assert told == ["192.0.2.1", "", "", "2001:db8::1", "", "command"]
        # The program of before would let a viewer do everything.
        off = select(people.c.name).where(people.c.disabled)
        assert connection.scalars(off).all() == ["丙"]
    schema.upgrade(store)
    with store.session() as session:
        assert audit_log.first_broken(session) is None
    store.close()


def test_runs_of_before_have_no_list_and_failures_a_kind_of_today(
    empty_url: str,
) -> None:
    store = Store(empty_url)
    schema.upgrade(store, "0008")
    tables = MetaData()
    tables.reflect(store.engine)
    numbers = ("done", "total", "new", "same", "changed", "held", "gone", "failed")
    run = {
        "id": 1, "kind": "collect", "state": "done", "queued_at": NOW,
        "step": "", "reason": "", **dict.fromkeys(numbers, 0),
    }  # fmt: skip
    failure = {"run_id": 1, "where": "a", "reason": "b", "at": NOW}
    with store.engine.begin() as connection:
        connection.execute(tables.tables["runs"].insert(), [run])
        kinds = [{**failure, "kind": kind} for kind in ("Replaced", "Held")]
        connection.execute(tables.tables["failures"].insert(), kinds)
    schema.upgrade(store)
    with store.session() as session:
        after = session.get_one(RunRow, 1)
        assert (after.listed, after.expected, after.no_report) == (None, None, 0)
        after.state = "incomplete"
        question = select(FailureRow.kind).order_by(FailureRow.id)
        assert list(session.scalars(question)) == ["Changed", "Held"]
    schema.downgrade(store, "0008")
    with store.engine.connect() as connection:
        question = select(tables.tables["runs"].c.state)
        assert connection.scalars(question).all() == ["failed"]
    store.close()


REPORTS = [
    replace(interpret((GOLDEN / name).read_bytes()), year=2020 + at)
    for at, name in enumerate(("html_plain.html", "html_2019.html", "text_tabs.txt"))
]


def _fill_tables_of_0005(store: Store, copies: int = 1) -> list[dict[str, Any]]:
    """Reports as programs of before kept them: JSON; returns it, by version."""
    tables = MetaData()
    tables.reflect(store.engine)
    readings = []
    with store.engine.begin() as connection:
        names = {"key": "a", "name": "示例市商务局", "region_code": "", "sector": ""}
        agency = {
            "id": 1,
            "region_name": "",
            "is_government": False,
            "level": "",
            **names,
        }
        connection.execute(tables.tables["agencies"].insert(), [agency])
        for number, report in enumerate(REPORTS * copies, 1):
            texts = texts_of(report)
            reading = whole(texts, json.loads(written(rest_of(report, texts))))
            readings.append(reading)
            for table, row in _rows_of_0005(number, report, reading):
                connection.execute(tables.tables[table].insert(), row)
    return readings


def _rows_of_0005(
    number: int, report: Report, reading: dict[str, Any]
) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The rows of one version; a filing each."""
    digest = f"{number:064}"
    of_version = {"version_id": number}
    original = {"digest": digest, "size": 1, "media_type": "", "file_name": ""}
    told = {"first_seen_at": NOW, "state": "read", "reason": "", "hints": {}}
    yield "originals", [original | told]
    yield "filings", [{"id": number, "agency_id": 1, "year": number}]
    version = {
        "id": number,
        "filing_id": number,
        "number": 1,
        "current": True,
        "digest": digest,
        "document_hash": digest,
        "source_url": "",
        "file_url": "",
        "captured_at": NOW,
        "title": report.title,
        "waits": "",
        "form": report.form,
        "reading": reading,
        "to_index": False,
        "changed_at": NOW,
        "published_from": "",
    }
    yield "versions", [version]
    sections = zip(texts_of(report), range(99), strict=False)
    yield (
        "sections",
        [
            {**of_version, "position": at, "number": no, "heading": head, "text": text}
            for (no, head, text), at in sections
        ],
    )
    yield (
        "claims",
        [
            {
                "value": claim.value,
                "unit": claim.unit,
                "label": claim.label,
                "key": claim.key,
                "sentence": claim.sentence,
                **of_version,
                "scope": claim.scope.value,
            }
            for claim in report.claims
        ],
    )
    findings = [*report.findings, Finding("jump", {"case": "up"}, ("a.b", "c"))]
    yield (
        "findings",
        [
            {
                "check": one.check,
                "family": one.family.value,
                "weight": 1,
                "values": values_to_json(one.values),
                "anchor": "b1",
                "keys": {"keys": list(one.keys)},
                **of_version,
            }
            for one in findings
        ],
    )


def _assert_readings_are_whole(store: Store, count: int) -> None:
    with store.session() as session:
        for number in range(1, count + 1):
            report = REPORTS[(number - 1) % len(REPORTS)]
            assert reading_of(session, number) == report
            pressed = session.get_one(ReadingRow, number).summary
            assert unpack_summary(pressed) == summary_of(report)
            claims = select(ClaimRow.value).where(ClaimRow.version_id == number)
            first = {claim.key: claim.value for claim in reversed(report.claims)}
            assert sorted(session.scalars(claims)) == sorted(first.values())


def test_readings_of_before_are_packed_and_come_back(empty_url: str) -> None:
    store = Store(empty_url)
    schema.upgrade(store, "0005")
    readings = _fill_tables_of_0005(store)
    schema.upgrade(store)
    schema.check(store)
    _assert_readings_are_whole(store, len(REPORTS))
    with store.session() as session:
        of_years = select(FindingRow).where(FindingRow.position >= FROM_YEARS)
        found = session.scalars(of_years).all()
        assert [(row.check, row.keys) for row in found] == [("jump", "a.b c")] * 3
    schema.downgrade(store, "0005")
    tables = MetaData()
    tables.reflect(store.engine)
    versions, claims = tables.tables["versions"], tables.tables["claims"]
    sections, findings = tables.tables["sections"], tables.tables["findings"]
    with store.engine.connect() as connection:
        assert connection.scalars(select(versions.c.reading)).all() == readings
        sentences = connection.scalars(select(claims.c.sentence).order_by(claims.c.id))
        assert sentences.all() == [
            claim.sentence for report in REPORTS for claim in report.claims
        ]
        texts = connection.scalars(select(sections.c.text).order_by(sections.c.id))
        assert texts.all() == [one.prose for read in REPORTS for one in read.sections]
        keys = connection.scalars(select(findings.c["keys"]).order_by(findings.c.id))
        assert {"keys": ["a.b", "c"]} in keys.all()
    store.close()


def test_room_that_readings_leave_over_is_given_back(empty_url: str) -> None:
    store = Store(empty_url)
    schema.upgrade(store, "0005")
    _fill_tables_of_0005(store, copies=40)
    before = _bytes_of(store)
    since = schema.revision_of(store)
    assert since == "0005"
    schema.upgrade(store)
    given = room.give_back(store, since)
    assert given
    assert not given.trouble
    # PostgreSQL writes beside us: statistics, and what it vacuums by itself.
    after = _bytes_of(store)
    assert abs(given.after - after) < after / 10
    # An empty database of PostgreSQL takes some megabytes.
    assert given.after < (before / 2 if _is_sqlite(store) else before)
    assert given.after < given.before
    _assert_readings_are_whole(store, 40 * len(REPORTS))
    assert room.give_back(store, schema.revision_of(store)) is None
    store.close()


def test_a_new_database_has_no_room_to_give_back(empty_url: str) -> None:
    store = Store(empty_url)
    since = schema.revision_of(store)
    assert since is None
    schema.upgrade(store)
    assert room.give_back(store, since) is None
    store.close()


def test_migrate_says_what_became_smaller(empty_url: str) -> None:
    store = Store(empty_url)
    schema.upgrade(store, "0005")
    _fill_tables_of_0005(store, copies=40)
    store.close()
    told = _migrate(empty_url)
    assert told.startswith("The database is up to date.\nIt was made smaller: ")
    assert told.count("MB") == 2
    assert _migrate(empty_url) == "The database is up to date.\n"


def test_a_disk_without_room_leaves_the_migrated_database(empty_url: str) -> None:
    """What a file may hold is limited for the command: it meets its end as on a full
    disk. Another's hold on the table is the same trouble on PostgreSQL.
    """
    store = Store(empty_url)
    schema.upgrade(store, "0005")
    _fill_tables_of_0005(store, copies=40)
    schema.upgrade(store)
    with store.engine.connect() as other:
        if store.engine.dialect.name == "sqlite":
            store.close()
            limit = ["prlimit", f"--fsize={64 * 1024}"]
            told = _migrate(empty_url, limit)
        else:
            other.exec_driver_sql("LOCK TABLE versions IN ACCESS SHARE MODE")
            given = room.give_back(store, "0005")
            assert given
            told = f"{given.trouble} {given.remedy}"
    assert "migrate` again" in told or "VACUUM FULL versions" in told
    _assert_readings_are_whole(store, 40 * len(REPORTS))
    schema.require_current(store)
    store.close()


def _bytes_of(store: Store) -> int:
    """What a database takes on the disk."""
    store.engine.dispose()
    if path := store.engine.url.database if _is_sqlite(store) else None:
        return Path(path).stat().st_size
    with store.engine.connect() as connection:
        size = "SELECT pg_database_size(current_database())"
        return int(connection.exec_driver_sql(size).scalar_one())


def _is_sqlite(store: Store) -> bool:
    return store.engine.dialect.name == "sqlite"


def _migrate(url: str, before: Sequence[str] = ()) -> str:
    """What the command prints."""
    done = subprocess.run(
        [*before, sys.executable, "-m", "archive", "migrate"],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "ARCHIVE_DATABASE_URL": url},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("seconds", [0.5, 0.8, 1.2])
def test_a_migration_that_is_killed_is_done_again(
    empty_url: str, seconds: float
) -> None:
    store = Store(empty_url)
    schema.upgrade(store, "0005")
    _fill_tables_of_0005(store, copies=60)
    store.close()
    _upgrade_killed(empty_url, seconds)
    store = Store(empty_url)
    schema.upgrade(store)
    _assert_readings_are_whole(store, 60 * len(REPORTS))
    store.close()


def _upgrade_killed(url: str, seconds: float) -> None:
    """A migration that gets no further than in so many seconds."""
    spawn = multiprocessing.get_context("spawn")
    started = spawn.Process(target=_upgrade, args=(url,))
    started.start()
    started.join(seconds)
    started.kill()
    started.join()


def _upgrade(url: str) -> None:
    store = Store(url)
    schema.upgrade(store)
    store.close()


def test_two_starts_at_once(empty_url: str) -> None:
    spawn = multiprocessing.get_context("spawn")
    starts = [spawn.Process(target=_upgrade, args=(empty_url,)) for _ in range(2)]
    for start in starts:
        start.start()
    for start in starts:
        start.join(60)
    assert [start.exitcode for start in starts] == [0, 0]
    store = Store(empty_url)
    schema.require_current(store)
    store.close()


def test_old_revisions_do_not_depend_on_the_program() -> None:
    for path in (ROOT / "migrations" / "versions").glob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert "archive" not in text, (
            f"{path.name} imports the program, which will change"
        )


def test_alembic_from_the_shell_loses_nothing(empty_url: str) -> None:
    store = Store(empty_url)
    schema.upgrade(store, "0005")
    readings = _fill_tables_of_0005(store, copies=2)
    store.close()
    _alembic(empty_url, "upgrade", "head")
    store = Store(empty_url)
    schema.require_current(store)
    _assert_readings_are_whole(store, 2 * len(REPORTS))
    store.close()
    _alembic(empty_url, "downgrade", "0005")
    store = Store(empty_url)
    tables = MetaData()
    tables.reflect(store.engine)
    with store.engine.connect() as connection:
        kept = connection.scalars(select(tables.tables["versions"].c.reading)).all()
    assert kept == readings
    store.close()


def _alembic(url: str, *arguments: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "alembic", *arguments],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "ARCHIVE_DATABASE_URL": url},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr


SPELLINGS = (
    "http://sample.example/nb/index.html",
    "https://www.sample.example/nb/",
    "http://sample.example/other",
)


def test_sources_of_before_that_are_the_same_both_stay(empty_url: str) -> None:
    store = Store(empty_url)
    schema.upgrade(store, "0011")
    plain = {"agency": "", "family": "auto", "recognised": "", "may_be_empty": False}
    rows = [
        {**plain, "url": url, "paused": False, "added_at": NOW} for url in SPELLINGS
    ]
    tables = MetaData()
    tables.reflect(store.engine)
    counts = ("done", "total", "new", "same", "changed", "held", "gone", "failed")
    run = {"source_id": 2, "state": "done", "queued_at": NOW, "step": "", "reason": ""}
    run |= dict.fromkeys(counts, 0)
    with store.engine.begin() as connection:
        connection.execute(tables.tables["sources"].insert(), rows)
        kinds = [{**run, "kind": kind} for kind in ("collect", "collect", "import")]
        connection.execute(tables.tables["runs"].insert(), kinds)
    schema.upgrade(store)
    schema.check(store)
    with store.session() as session:
        found = sources.list_sources(session)
        assert [row.url for row in found] == list(SPELLINGS)
        assert [row.last_run_id for row in found] == [None, 2, None]
        assert sources.twins(session) == [(found[1], found[0])]
        # Each is found by its own spelling, a third one leads to the first.
        assert sources.find_source(session, SPELLINGS[1]) is found[1]
        assert sources.find_source(session, "http://sample.example/nb") is found[0]
        sources.remove(session, found[2])
    schema.downgrade(store, "0011")
    tables = MetaData()
    tables.reflect(store.engine)
    paused = select(tables.tables["sources"].c.paused).order_by(
        tables.tables["sources"].c.id
    )
    with store.engine.connect() as connection:
        assert list(connection.scalars(paused)) == [False, False, True]
    store.close()


def test_sources_of_before_have_their_hosts(empty_url: str) -> None:
    store = Store(empty_url)
    schema.upgrade(store, "0015")
    addresses = (*SPELLINGS[:2], "https://示例.example:8443/", "nowhere")
    plain = {"family": "auto", "recognised": "", "may_be_empty": False, "agency": ""}
    rows = [
        {**plain, "url": url, "key": url, "paused": False, "added_at": NOW}
        for url in addresses
    ]
    tables = MetaData()
    tables.reflect(store.engine)
    with store.engine.begin() as connection:
        connection.execute(tables.tables["sources"].insert(), rows)
    schema.upgrade(store)
    schema.check(store)
    with store.session() as session:
        found = sources.list_sources(session)
        assert [row.host for row in found] == [host_key(url) for url in addresses]
        assert {(row.due_at, row.season_hours, row.rest_hours) for row in found} == {
            (None, 24, 336)
        }
    schema.downgrade(store, "0015")
    schema.upgrade(store)
    store.close()


def test_a_host_belongs_to_one_run_at_work(empty_url: str) -> None:
    store = Store(empty_url)
    schema.upgrade(store)
    run = {"kind": "collect", "queued_at": NOW, "host": "sample.example"}
    done, waiting, working = (
        RunRow(**run, state=state) for state in ("done", "queued", "running")
    )
    nobody = [RunRow(**{**run, "host": ""}, state="running") for _ in range(2)]
    with store.session() as session:
        session.add_all([done, waiting, working, *nobody])
    with pytest.raises(IntegrityError), store.session() as session:
        session.get_one(RunRow, waiting.id).state = "running"
    store.close()


def test_what_is_unsure_is_taken_out_of_readings_of_before(empty_url: str) -> None:
    store = Store(empty_url)
    schema.upgrade(store)
    for number, said in enumerate(_unsure_reports()):
        file(store, f"body {number}", said)
    question = select(UnsureRow.version_id, UnsureRow.key, UnsureRow.status)
    question = question.order_by(UnsureRow.version_id, UnsureRow.key)
    with store.session() as session:
        filed = session.execute(question).all()
    assert len({row.status for row in filed}) > 2
    schema.downgrade(store, "0020")
    with store.engine.begin() as connection:
        connection.execute(update(ReadingRow).values(rest=b"x").where(_is_version(1)))
        connection.execute(delete(ReadingRow).where(_is_version(2)))
    schema.upgrade(store)
    schema.check(store)
    with store.session() as session:
        found = session.execute(question).all()
    lost = [row for row in found if row.version_id in (1, 2) and row.key == "*"]
    assert [row.status for row in lost] == ["unread", "unread"]
    assert [row for row in found if row.version_id > 2] == [
        row for row in filed if row.version_id > 2
    ]
    store.close()


def _unsure_reports() -> Iterator[Report]:
    """Reports of which one figure or claim is read in any way."""
    key, unit = "requests.new.total", ("件", "余件", "多件", "件左右", "件以上")
    for at, status in enumerate(Status):
        for value in (None, 4):
            figures = {key: Figure(key, value, None, status)}
            yield replace(report(year=2000 + 2 * at + bool(value)), figures=figures)
    for at, words in enumerate(unit):
        counted_in, hedge = split_unit(words)
        stated = Claim("fee", 4, "示例。", counted_in, hedge=hedge)
        yield replace(report(year=2020 + at), claims=(stated,))


def _is_version(number: int) -> Any:
    return ReadingRow.version_id == number

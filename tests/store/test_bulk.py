"""Many reports at once are filed as one by one: the same rows, on both databases."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from archive.report import Hints, Report, prepare
from archive.store import Origin, Sighting, Store, bulk, refiling, saving
from archive.store.rows import (
    FIGURE_TABLES,
    AgencyRow,
    Base,
    CopyRow,
    FilingRow,
    IndexMarkRow,
    OriginalRow,
    PageRow,
    SightingRow,
    VersionRow,
)
from tests.store.filing import NOW, body_digest, new_page, report


def contents(store: Store) -> dict[str, list[Any]]:
    """All that is filed, by what it says: numbers and moments of a database apart."""
    found: dict[str, list[Any]] = {}
    with store.session() as session:
        versions = session.scalars(
            select(VersionRow).join(FilingRow).join(AgencyRow).order_by(VersionRow.id)
        )
        for version in versions:
            filing = version.filing
            agency = filing.agency
            name = f"{agency.key} {agency.sector} {filing.year} {version.number}"
            row = (version.current, version.waits, version.digest, version.title)
            found[name] = [row, version.document_hash, version.form]
            for table in COMPUTED:
                columns = [one for one in table.columns if one.name != "version_id"]
                of_version = select(*columns).where(table.c.version_id == version.id)
                found[name].append(sorted(map(repr, session.execute(of_version))))
        originals = select(OriginalRow.digest, OriginalRow.state, OriginalRow.hints)
        found["originals"] = sorted(map(repr, session.execute(originals)))
        looks = select(SightingRow.asked, SightingRow.digest)
        found["sightings"] = sorted(map(repr, session.execute(looks)))
        copies = select(CopyRow.digest, VersionRow.document_hash)
        joined = copies.join(VersionRow, VersionRow.id == CopyRow.version_id)
        found["copies"] = sorted(map(repr, session.execute(joined)))
    return found


COMPUTED = [
    Base.metadata.tables[name]
    for name in ("readings", "claims", "findings", *FIGURE_TABLES)
]
Given = tuple[str, Report]
"""The name of an original, and what it says."""


def given(seed: int, count: int = 30) -> list[Given]:
    """Reports of few agencies and years, so that they meet."""
    chance = random.Random(seed)
    names = ("示例市商务局", "示例市教育局", "示例市水务局", "示例市税务局")
    found = []
    for number in range(count):
        said = report(
            chance.choice(("甲。", "乙。", "丙。" * 30)),
            name=chance.choice(names),
            year=chance.choice((2021, 2022, 2023)),
            requests__carried_in__total=chance.choice((1, 2)),
            requests__carried_out__total=chance.choice((1, 2)),
        )
        found.append((f"{chance.choice((number, number, 3))}", said))
    return list(dict(found).items())


def keep(store: Store, reports: Sequence[Given]) -> None:
    for body, _ in reports:
        look = Sighting(f"file:{body}", NOW, 200)
        hints = Hints(file_name=body)
        store.write(
            lambda session: saving.keep_original(
                session,
                body_digest(body),  # noqa: B023
                len(body),  # noqa: B023
                hints,  # noqa: B023
                look,  # noqa: B023
            )
        )


def read(reports: Sequence[Given]) -> list[bulk.Read]:
    origin = Origin(NOW)
    return [
        bulk.Read(body_digest(body), prepare(said), "text/html", origin)
        for body, said in reports
    ]


def one_by_one(store: Store, reports: Sequence[Given]) -> list[str]:
    keep(store, reports)
    return [
        store.write(
            lambda session: saving.file_report(
                session,
                one.report,  # noqa: B023
                one.digest,  # noqa: B023
                Origin(NOW),
                one.media_type,  # noqa: B023
            )
        )
        for one in read(reports)
    ]


def together(store: Store, reports: Sequence[Given]) -> list[str]:
    kept = [
        bulk.Kept(
            body_digest(body),
            len(body),
            Hints(file_name=body),
            Sighting(f"file:{body}", NOW, 200),
        )
        for body, _ in reports
    ]
    store.write(lambda session: bulk.keep_originals(session, kept))
    return store.write(lambda session: bulk.file_reports(session, read(reports)))


@pytest.fixture
def other(sqlite_template: Path, tmp_path: Path) -> Iterator[Store]:
    """A second database, in which reports are filed one by one."""
    path = tmp_path / "other.sqlite3"
    shutil.copy(sqlite_template, path)
    store = Store(f"sqlite:///{path}")
    yield store
    store.close()


@pytest.mark.parametrize("seed", range(8))
def test_the_same_is_filed_as_one_by_one(store: Store, other: Store, seed: int) -> None:
    reports = given(seed)
    half = len(reports) // 2
    for part in (reports[:half], reports[half:], reports[:5]):
        assert together(store, part) == one_by_one(other, part)
        assert contents(store) == contents(other)


@pytest.mark.parametrize("seed", range(8))
def test_the_same_is_read_again_as_one_by_one(
    store: Store, other: Store, seed: int
) -> None:
    reports = given(seed)
    together(store, reports)
    one_by_one(other, reports)
    again = [
        (body, changed(said, number)) for number, (body, said) in enumerate(reports)
    ]
    outcomes = store.write(lambda session: bulk.refile_reports(session, read(again)))
    for one, outcome in zip(read(again), outcomes, strict=True):
        assert outcome == other.write(
            lambda session: refiling.refile(
                session,
                one.report,  # noqa: B023
                one.digest,  # noqa: B023
                one.media_type,  # noqa: B023
            )
        )
    assert contents(store) == contents(other)


def changed(said: Report, number: int) -> Report:
    """Read better: another figure, now and then another text or another year."""
    better = replace(said, claims=())
    if number % 7 == 3:
        return replace(better, year=2020)
    if number % 5 == 2:
        return replace(better, title=f"{said.title}（修订）")
    return better


def test_all_are_filed_or_none(store: Store) -> None:
    reports = [("1", report()), ("2", report(name=""))]
    with pytest.raises(ValueError, match="without agency or year"):
        together(store, reports)
    assert not [name for name in contents(store) if "2023" in name]


def test_a_page_that_shows_a_report_is_told(store: Store) -> None:
    page = new_page(store)
    keep(store, [("1", report())])
    found = read([("1", report())])[0]._replace(origin=Origin(NOW, page_id=page))
    store.write(lambda session: bulk.file_reports(session, [found]))
    with store.session() as session:
        assert session.get_one(PageRow, page).version_id


def rows(store: Store, row: type[Base]) -> list[Any]:
    """All columns of a table but the moments that are now."""
    table = Base.metadata.tables[row.__tablename__]
    told = [one for one in table.columns if one.name not in NOW_COLUMNS]
    question = select(*told).order_by(*table.primary_key)
    with store.session() as session:
        return list(map(tuple, session.execute(question)))


NOW_COLUMNS = ("changed_at", "filed_at", "added_at")


def test_every_column_is_filled_as_one_by_one(store: Store, other: Store) -> None:
    """Of plain reports: each the first of its agency and year."""
    reports = [
        (
            f"{number}",
            replace(
                report(f"甲{number}。", name=f"示例市第{number}局", year=2019 + number),
                title=f"第{number}局的年报",
                form=("2021", "2008")[number % 2],
                published_on=date(2024, 1, 1 + number),
                published_from=("page", "signed")[number % 2],
            ),
        )
        for number in range(5)
    ]
    assert together(store, reports) == one_by_one(other, reports)
    for row in (VersionRow, FilingRow, SightingRow, OriginalRow, AgencyRow, CopyRow):
        assert rows(store, row) == rows(other, row)
    with store.session() as session:
        first = session.get_one(VersionRow, 1)
        told = (first.title, first.form, first.published_on, first.published_from)
    assert told == ("第0局的年报", "2021", date(2024, 1, 1), "page")
    with store.session() as session, other.session() as alone:
        marked = select(IndexMarkRow.version_id).order_by(IndexMarkRow.version_id)
        ids = session.scalars(marked).all()
        assert len(ids) == len(reports)
        assert ids == alone.scalars(marked).all()

"""Reading again: what is computed is refilled, what is kept stays."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select

from archive.report.model import Agency, Hints
from archive.store import Store, marks, reading_of, refiling, saving
from archive.store.rows import (
    AgencyRow,
    CopyRow,
    FilingRow,
    OriginalRow,
    PageRow,
    RulingRow,
    VersionRow,
)
from tests.store.filing import (
    NOW,
    body_digest,
    file,
    keep,
    new_page,
    refile,
    report,
    versions,
)


def test_rereading_refills_and_keeps(store: Store) -> None:
    file(store, "a", report("甲"))
    file(store, "b", report("乙", requests__new__total=8))
    with store.session() as session:
        old = session.scalars(select(VersionRow).where(VersionRow.number == 1)).one()
        session.add(
            RulingRow(
                document_hash=old.document_hash,
                check="x",
                keys="",
                decision="dismissed",
                at=NOW,
            )
        )
    assert refile(store, "a", report("甲，读得更多", requests__new__total=9)) == "same"
    with store.session() as session:
        version = session.scalars(
            select(VersionRow).where(VersionRow.number == 1)
        ).one()
        assert (version.current, version.captured_at, version.digest) == (
            False,
            NOW,
            body_digest("a"),
        )
        assert reading_of(session, version.id).sections[0].prose == "甲，读得更多"
        assert (
            session.scalars(select(RulingRow)).one().document_hash
            == version.document_hash
        )
    assert file(store, "a again", report("甲，读得更多")) == "same"


def test_rereading_moves_a_version_to_where_it_belongs(store: Store) -> None:
    said = report()
    file(store, "a", replace(said, agency=Agency("示例市商务局"), year=2022))
    refile(store, "a", said)
    with store.session() as session:
        version = session.scalars(select(VersionRow)).one()
        assert (
            version.filing.year,
            version.filing.agency.region_code,
            version.current,
        ) == (2023, "990101", True)
        assert session.scalars(select(FilingRow)).one() is version.filing
        assert session.scalars(select(AgencyRow)).one() is version.filing.agency


def test_rereading_joins_versions_that_say_the_same(store: Store) -> None:
    page = new_page(store)
    file(store, "a", report("甲"))
    file(store, "b", report("甲 第1页"), page)
    with store.session() as session:
        later = session.scalars(
            select(VersionRow.id).where(VersionRow.number == 2)
        ).one()
    refile(store, "a", report("甲"))
    refile(store, "b", report("甲"))
    assert versions(store) == [(1, True, body_digest("a")[:6])]
    with store.session() as session:
        kept = session.scalars(select(VersionRow)).one()
        assert set(session.scalars(select(CopyRow.version_id))) == {kept.id}
        assert session.get_one(PageRow, page).version_id == kept.id
        assert marks.marked(session, 10).gone == [later]


def test_rereading_a_copy_that_now_says_something_else(store: Store) -> None:
    file(store, "a", report("甲"))
    file(store, "a copy", report("甲"))
    refile(store, "a", report("甲"))
    assert refile(store, "a copy", report("甲，附有说明")) == "new"
    assert [(number, current) for number, current, _ in versions(store)] == [
        (1, False),
        (2, True),
    ]


def test_what_was_waiting_is_filed_by_rereading(store: Store) -> None:
    store.write(lambda session: keep(session, "a"))
    store.write(
        lambda session: saving.judge(
            session, body_digest("a"), "unfiled", "未能确定报告机关"
        )
    )
    assert refile(store, "a", report()) == "new"
    with store.session() as session:
        original = session.get_one(OriginalRow, body_digest("a"))
        assert (original.state, original.reason) == ("read", "")


def test_better_hints_are_remembered_until_it_is_read(store: Store) -> None:
    store.write(lambda session: keep(session, "a", hints=Hints(file_name="a.txt")))
    store.write(lambda session: keep(session, "a", hints=Hints(agency="示例市商务局")))
    with store.session() as session:
        assert refiling.hints_of(session, body_digest("a")).agency == "示例市商务局"
    store.write(lambda session: saving.judge(session, body_digest("a"), "read", ""))
    store.write(lambda session: keep(session, "a", hints=Hints(agency="示例县商务局")))
    with store.session() as session:
        assert refiling.hints_of(session, body_digest("a")).agency == "示例市商务局"

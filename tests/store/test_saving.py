"""Reports filed: agencies, filings, versions and all that is read in them, on both
databases.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from archive.catalogue import Status
from archive.report.document import Paragraph, Place
from archive.report.encode import from_json, to_json
from archive.report.model import Agency, Claim, Figure, Hints, Region, Report, Section
from archive.store import Session, Store, marks, refiling, saving, sources
from archive.store.rows import (
    AgencyRow,
    Base,
    ClaimRow,
    CopyRow,
    FilingRow,
    FindingRow,
    OriginalRow,
    PageRow,
    RulingRow,
    SectionRow,
    SightingRow,
    VersionRow,
    disclosures,
    requests,
)
from archive.store.saving import Origin, Sighting

NOW = datetime(2024, 1, 20, 8, 0, tzinfo=UTC)


def figure(key: str, value: int | Decimal | None) -> Figure:
    return Figure(
        key,
        value,
        None if value is None else str(value),
        Status.EXACT if value is not None else Status.MISSING,
    )


def report(
    text: str = "本年度收到申请2件。",
    *,
    name: str = "示例市商务局",
    year: int | None = 2023,
    **figures: int | Decimal,
) -> Report:
    keys = {
        key.replace("__", "."): figure(key.replace("__", "."), value)
        for key, value in figures.items()
    }
    return Report(
        title=f"{name}{year}年政府信息公开工作年度报告",
        agency=Agency(
            name, Region("990101", "示例省示例市"), level="市", sector="商务"
        ),
        year=year,
        published_on=None,
        form="2021",
        is_report=True,
        sections=(Section(1, "一、总体情况", (Paragraph(text, Place(1)),)),),
        figures=keys,
        claims=(Claim("applications_received", 2, text, "件"),),
    )


def body_digest(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()


def keep(
    session: Session, body: str, page_id: int | None = None, hints: Hints = Hints()
) -> str:
    digest = body_digest(body)
    saving.keep_original(
        session,
        digest,
        len(body),
        hints,
        Sighting(f"file:{body}", NOW, 200, page_id=page_id),
    )
    return digest


def file(store: Store, body: str, said: Report, page_id: int | None = None) -> str:
    store.write(lambda session: keep(session, body, page_id))
    source = Origin(NOW, url="http://sample.example/1.html", page_id=page_id)
    return store.write(
        lambda session: saving.file_report(session, said, body_digest(body), source)
    )


def refile(store: Store, body: str, said: Report) -> str:
    digest = body_digest(body)
    return store.write(lambda session: refiling.refile(session, said, digest, ""))


def new_page(store: Store, url: str = "http://sample.example/1.html") -> int:
    def work(session: Session) -> int:
        source, _ = sources.add_source(session, "http://sample.example/")
        return sources.see_page(session, source.id, url).id

    return store.write(work)


def versions(store: Store) -> list[tuple[int, bool, str]]:
    with store.session() as session:
        rows = session.scalars(
            select(VersionRow).order_by(VersionRow.filing_id, VersionRow.number)
        )
        return [(row.number, row.current, row.digest[:6]) for row in rows]


def count(store: Store, row: type[Base]) -> int:
    with store.session() as session:
        return session.scalar(select(func.count()).select_from(row)) or 0


def test_a_new_report_is_filed_whole(store: Store) -> None:
    said = report(
        requests__new__total=2, disclosure__fees__amount=Decimal("3.5"), review__total=0
    )
    assert file(store, "a", said) == "new"
    with store.session() as session:
        agency = session.scalars(select(AgencyRow)).one()
        assert (agency.name, agency.region_code, agency.level, agency.sector) == (
            "示例市商务局",
            "990101",
            "市",
            "商务",
        )
        version = session.scalars(select(VersionRow)).one()
        assert (
            version.number,
            version.current,
            version.to_index,
            version.filing.year,
        ) == (1, True, True, 2023)
        assert from_json(version.reading) == said
        assert version.sections[0].text == "本年度收到申请2件。"
        assert version.claims[0].value == 2
        assert session.scalar(select(disclosures.c.fees__amount)) == Decimal("3.5")
        assert (
            session.scalar(
                select(requests.c.new).where(requests.c.applicant == "total")
            )
            == 2
        )
        assert (
            session.scalar(
                select(requests.c.new).where(requests.c.applicant == "other")
            )
            is None
        )
        assert session.get_one(OriginalRow, body_digest("a")).state == "read"


def test_the_same_text_in_other_bytes_is_the_same(store: Store) -> None:
    file(store, "a", report())
    assert file(store, "a with another footer", report()) == "same"
    assert len(versions(store)) == 1
    assert count(store, CopyRow) == 2


def test_another_text_is_a_new_version(store: Store) -> None:
    file(store, "a", report("甲"))
    assert file(store, "b", report("乙")) == "changed"
    assert versions(store) == [
        (1, False, body_digest("a")[:6]),
        (2, True, body_digest("b")[:6]),
    ]


def test_an_older_text_comes_back_only_where_the_page_showed_another(
    store: Store,
) -> None:
    page, rival = new_page(store), new_page(store, "http://sample.example/2.html")
    file(store, "a", report("甲"), rival)
    assert file(store, "b", report("乙"), page) == "changed"
    # the rival page still shows what it always showed: nothing has changed
    assert file(store, "a", report("甲"), rival) == "same"
    assert [current for _, current, _ in versions(store)] == [False, True]
    # this page goes back to the older text
    assert file(store, "a", report("甲"), page) == "changed"
    assert [current for _, current, _ in versions(store)] == [True, False]
    assert file(store, "a", report("甲"), page) == "same"


def test_the_same_bytes_are_never_a_new_version(store: Store) -> None:
    """A reader that reads more than before must not look like an edit by the portal."""
    file(store, "a", report("甲"))
    assert file(store, "a", report("甲，读得更多")) == "same"
    assert len(versions(store)) == 1


def test_all_that_next_year_owes_to_a_report_follows_it(store: Store) -> None:
    def doubts() -> set[str]:
        with store.session() as session:
            question = (
                select(FindingRow.check)
                .join(VersionRow)
                .join(FilingRow)
                .where(FilingRow.year == 2023)
            )
            return set(session.scalars(question.where(VersionRow.current)))

    page = new_page(store)
    file(store, "next", report(requests__carried_in__total=5))
    before = doubts()
    file(store, "b", report("乙", year=2022, requests__carried_out__total=5), page)
    assert doubts() == before
    file(store, "a", report("甲", year=2022, requests__carried_out__total=4), page)
    assert doubts() - before == {"carry_over"}
    file(store, "b", report("乙", year=2022, requests__carried_out__total=5), page)
    assert doubts() == before


@pytest.mark.parametrize(
    "value",
    [
        10**30,
        -(10**30),
        2**63,
        10**14,
        Decimal("1e20"),
        Decimal("2.5"),
        Decimal("NaN"),
        Decimal("Infinity"),
    ],
)
def test_numbers_no_column_takes_stay_in_the_reading(
    store: Store, value: int | Decimal
) -> None:
    said = report(
        requests__new__total=value,
        disclosure__fees__amount=value,
        review__total=value,
        requests__carried_in__total=7,
    )
    said = replace(said, claims=(Claim("fee", value, "收费"),))
    assert file(store, "a", said) == "new"
    with store.session() as session:
        row = session.execute(
            select(requests).where(requests.c.applicant == "total")
        ).one()
        assert row.carried_in == 7
        assert row.new is None or row.new == value
        amount = session.scalar(select(disclosures.c.fees__amount))
        assert amount is None or amount == value
        stored = session.scalars(select(VersionRow)).one().reading
        assert stored == to_json(said)


def test_whole_decimals_are_counts(store: Store) -> None:
    file(store, "a", report(requests__new__total=Decimal("3.0")))
    with store.session() as session:
        assert (
            session.scalar(
                select(requests.c.new).where(requests.c.applicant == "total")
            )
            == 3
        )


def test_signs_no_database_takes_are_replaced(store: Store) -> None:
    said = report("甲\x00乙")
    said = replace(said, claims=(Claim("fee", 1, "甲\x00乙\ud800丙"),))
    file(store, "a", said)
    with store.session() as session:
        assert session.scalars(select(SectionRow)).one().text == "甲\ufffd乙"
        assert session.scalars(select(ClaimRow)).one().sentence == "甲\ufffd乙\ufffd丙"
        read = from_json(session.scalars(select(VersionRow)).one().reading)
        assert read.sections[0].prose == "甲\ufffd乙"


def test_the_order_of_the_figures_is_kept(store: Store) -> None:
    said = report(
        requests__new__total=1,
        disclosure__fees__amount=2,
        review__total=3,
        review__upheld=4,
    )
    file(store, "a", said)
    with store.session() as session:
        read = from_json(session.scalars(select(VersionRow)).one().reading)
    assert list(read.figures) == list(said.figures)


def test_moments_are_utc_and_aware(store: Store) -> None:
    file(store, "a", report())
    with store.session() as session:
        assert session.scalars(select(VersionRow)).one().captured_at == NOW
        assert session.scalars(select(SightingRow)).one().at.utcoffset() is not None


def test_a_report_without_agency_or_year_is_refused(store: Store) -> None:
    store.write(lambda session: keep(session, "a"))
    for said in (report(name=""), report(year=None)):
        with pytest.raises(ValueError, match="without agency or year"):
            store.write(
                lambda session: saving.file_report(
                    session,
                    said,  # noqa: B023
                    body_digest("a"),
                    Origin(NOW),
                )
            )
    assert count(store, AgencyRow) == 0


def test_agencies_that_sound_alike_have_addresses_of_their_own(store: Store) -> None:
    file(store, "a", report(name="示例市水务局"))
    file(store, "b", report(name="示例市税务局"))
    with store.session() as session:
        keys = set(session.scalars(select(AgencyRow.key)))
    assert len(keys) == 2


def at_once(*works: Callable[[], object]) -> None:
    """All at the same moment, each in a thread; what one raises is raised."""
    gate, troubles = threading.Barrier(len(works)), list[BaseException]()

    def run(work: Callable[[], object]) -> None:
        gate.wait()
        try:
            work()
        except BaseException as trouble:
            troubles.append(trouble)

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if troubles:
        raise troubles[0]


def test_workers_filing_the_same_agency_at_once(store: Store) -> None:
    years = (2021, 2022, 2023, 2024)
    said = {
        (year, text): report(
            text,
            year=year,
            requests__carried_in__total=1,
            requests__carried_out__total=2,
        )
        for year in years
        for text in "甲乙"
    }
    at_once(
        *[
            lambda key=key, one=one: file(store, str(key), one)
            for key, one in said.items()
        ]
    )
    assert count(store, AgencyRow) == 1
    assert count(store, FilingRow) == 4
    assert (
        sorted((number, current) for number, current, _ in versions(store))
        == [(1, False)] * 4 + [(2, True)] * 4
    )
    with (
        store.session() as session
    ):  # each year but the first was checked against the one before it
        question = (
            select(FilingRow.year)
            .join(VersionRow)
            .join(FindingRow)
            .where(VersionRow.current)
        )
        assert set(
            session.scalars(question.where(FindingRow.check == "carry_over"))
        ) == {2022, 2023, 2024}


def test_rereading_refills_and_keeps(store: Store) -> None:
    file(store, "a", report("甲"))
    file(store, "b", report("乙"))
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
        assert version.sections[0].text == "甲，读得更多"
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


def test_a_number_given_again_stays_in_the_index(store: Store) -> None:
    """SQLite gives the number of a deleted last row to the next one."""
    file(store, "a", report("甲"))
    file(store, "b", report("甲 第1页"))
    refile(store, "b", report("甲"))
    file(store, "c", report("丙"))
    with store.session() as session:
        batch = marks.marked(session, 10)
        assert set(batch.gone).isdisjoint(entry.version_id for entry in batch.entries)


def test_rereading_a_copy_that_now_says_something_else(store: Store) -> None:
    file(store, "a", report("甲"))
    file(store, "a copy", report("甲"))
    refile(store, "a", report("甲"))
    assert refile(store, "a copy", report("甲，附有说明")) == "changed"
    assert [(number, current) for number, current, _ in versions(store)] == [
        (1, True),
        (2, False),
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


def test_a_change_during_indexing_is_not_lost(store: Store) -> None:
    file(store, "a", report("甲"))
    with store.session() as session:
        batch = marks.marked(session, 10)
    refile(store, "a", report("甲，改"))
    store.write(lambda session: marks.unmark(session, batch))
    with store.session() as session:
        assert marks.waiting(session) == 1
        batch = marks.marked(session, 10)
    store.write(lambda session: marks.unmark(session, batch))
    with store.session() as session:
        assert marks.waiting(session) == 0

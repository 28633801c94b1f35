"""Reports filed: agencies, filings, versions and all that is read in them, on both
databases.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import select

from archive.report import Claim, prepare
from archive.store import Store, marks, reading_of, saving
from archive.store.filing.saving import Origin
from archive.store.rows import (
    AgencyRow,
    ClaimRow,
    CopyRow,
    FilingRow,
    FindingRow,
    OriginalRow,
    SightingRow,
    VersionRow,
    disclosures,
    requests,
)
from tests.store.filing import (
    NOW,
    body_digest,
    count,
    file,
    keep,
    new_page,
    report,
    versions,
)


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
            marks.waiting(session),
            version.filing.year,
        ) == (1, True, 1, 2023)
        assert reading_of(session, version.id) == said
        assert session.scalars(select(ClaimRow.value)).all() == [2]
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
                .join(VersionRow, VersionRow.id == FindingRow.version_id)
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
        stored = reading_of(session, session.scalars(select(VersionRow.id)).one())
        # NaN is not equal to itself.
        assert str(stored.figures) == str(said.figures)


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
        read = reading_of(session, session.scalars(select(VersionRow.id)).one())
        assert read.claims[0].sentence == "甲\ufffd乙\ufffd丙"
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
        read = reading_of(session, session.scalars(select(VersionRow.id)).one())
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
                    prepare(said),  # noqa: B023
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
    filed = versions(store)
    assert sorted(number for number, _, _ in filed) == [1] * 4 + [2] * 4
    # What was seen last is current, whoever filed first.
    assert [current for _, current, _ in filed].count(True) == 4
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

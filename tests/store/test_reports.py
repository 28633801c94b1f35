"""What the pages ask about reports: cards, versions, findings with their rulings."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select

from archive.catalogue import ClaimScope, Decision, RunKind
from archive.report import Claim, Finding, Hints
from archive.store import Session, Store, reports, runs, scopes_of, sources
from archive.store.rows import PageRow, RulingRow, VersionRow
from tests.store.filing import NOW, body_digest, file, keep, new_page, report


def key_of(store: Store) -> str:
    with store.session() as session:
        return reports.newest(session)[0].agency.key


def test_cards_come_in_the_order_asked_for(store: Store) -> None:
    for year in (2021, 2022, 2023):
        file(store, str(year), report(year=year))
    with store.session() as session:
        ids = list(session.scalars(select(VersionRow.id).order_by(VersionRow.id)))
        asked = [ids[2], 99, ids[0]]
        assert [card.year for card in reports.cards(session, asked)] == [2023, 2021]
        assert [card.year for card in reports.newest(session, 2)] == [2023, 2022]


def test_a_card_counts_the_three_families_apart(store: Store) -> None:
    doubts = tuple(
        Finding("blank_inferred", {"case": "blank"}, ("review.total",))
        for _ in range(2)
    )
    clash = Finding(
        "year_disagreement", {"titled": 2023, "period": 2022, "filed": 2023}
    )
    unusual = tuple(
        Finding("other_place", {"place": place, "region": "示例市", "quoted": "示例"})
        for place in ("示例县", "示例区", "示例旗")
    )
    with_all = replace(report(), findings=(*doubts, clash, *unusual))
    file(store, "bare", report(year=2020))
    file(store, "a", with_all)
    with store.session() as session:
        found, bare = reports.newest(session)
    assert found.doubts - bare.doubts == 2
    assert found.contradictions - bare.contradictions == 1
    assert found.notable - bare.notable == 3


def test_a_ruling_keeps_to_the_finding_it_was_made_on(store: Store) -> None:
    """Two places named are two findings; a better wording is no other finding."""
    findings = tuple(
        Finding("other_place", {"place": place, "region": "示例市", "quoted": "示例"})
        for place in ("示例县", "示例区")
    )
    file(store, "a", replace(report(), findings=findings))

    def rule(session: Session) -> None:
        version = session.scalars(select(VersionRow)).one()
        ruling = RulingRow(
            document_hash=version.document_hash,
            check="other_place",
            keys=findings[1].about,
            decision=Decision.DISMISSED,
            at=NOW,
        )
        session.add(ruling)

    store.write(rule)
    with store.session() as session:
        filed = reports.filed(session, key_of(store), 2023)
    assert filed
    decided = {
        note.values["place"]: note.decision
        for note in filed.notes
        if note.check == "other_place"
    }
    assert decided == {"示例县": "", "示例区": "dismissed"}


def test_a_version_is_the_current_one_or_the_one_named(store: Store) -> None:
    file(store, "a", report("甲"))
    file(store, "b", report("乙"))
    file(store, "c", report("丙", year=2021))
    key = key_of(store)
    with store.session() as session:
        filed = reports.filed(session, key, 2023)
        assert filed
        assert (filed.version.number, filed.version.current) == (2, True)
        assert [version.number for version in filed.versions] == [1, 2]
        assert filed.years == (2021, 2023)
        older = reports.filed(session, key, 2023, 1)
        assert older
        assert older.version.digest == body_digest("a")
        assert older.reading.sections != filed.reading.sections
        assert reports.filed(session, key, 2023, 3) is None
        assert reports.filed(session, key, 2022) is None
        assert reports.filed(session, "nobody", 2023) is None


def test_the_scopes_say_whose_the_stated_numbers_are(store: Store) -> None:
    total = "proactive_total"
    both = (ClaimScope.AREA, ClaimScope.OWN)
    claims = [Claim(total, 60, "示例。", "条", scope=scope) for scope in both]
    file(store, "a", replace(report("甲"), claims=tuple(claims)))
    unsaid = Claim(total, 60, "示例。", "条")
    file(store, "b", replace(report("乙", year=2022), claims=(unsaid,)))
    file(store, "c", report("丙", year=2021))
    with store.session() as session:
        cards = reports.newest(session, 3)
        scopes = scopes_of(session, [card.version_id for card in cards], [total])
    told = {card.year: scopes[card.version_id] for card in cards}
    assert told == {2021: {}, 2022: {total: ""}, 2023: {total: "汇总"}}


def test_the_tombstone_of_a_page_stands_at_its_version(store: Store) -> None:
    page = new_page(store)
    file(store, "a", report(), page)
    run = store.write(lambda session: runs.queue_run(session, RunKind.COLLECT).id)
    store.write(lambda session: sources.page_gone(session, page, "404", run))
    with store.session() as session:
        filed = reports.filed(session, key_of(store), 2023)
        assert filed
        assert (filed.version.gone_why, filed.version.size) == ("404", 1)
        gone = session.get_one(PageRow, page).gone_at
        assert filed.version.gone_at == gone


def test_what_a_person_dismissed_comes_last(store: Store) -> None:
    findings = (
        Finding("blank_inferred", {"told": "轻"}, ("review.total",)),
        Finding("rows_missing", {"told": "重"}),
        Finding("cells_missing", {"told": "中"}),
    )
    file(store, "a", replace(report(), findings=findings))

    def rule(session: Session) -> None:
        version = session.scalars(select(VersionRow)).one()
        session.add(
            RulingRow(
                document_hash=version.document_hash,
                check="rows_missing",
                decision=Decision.DISMISSED,
                note="示例",
                at=NOW,
            )
        )

    store.write(rule)
    with store.session() as session:
        filed = reports.filed(session, key_of(store), 2023)
        (card,) = reports.newest(session)
    assert card.doubts == 2
    assert filed
    ours = [note for note in filed.notes if note.family == "reading"]
    assert [note.message for note in ours] == ["中", "轻", "重"]
    assert (filed.notes[-1].decision, filed.notes[-1].remark) == ("dismissed", "示例")
    assert ours[1].keys == ("review.total",)


def test_the_media_type_of_an_original(store: Store) -> None:
    store.write(lambda session: keep(session, "a", hints=Hints(file_name="a.pdf")))
    with store.session() as session:
        assert reports.media_type_of(session, body_digest("a")) == ""
        assert reports.media_type_of(session, body_digest("b")) is None

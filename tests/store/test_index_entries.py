"""What the search indexes and quotes of a report."""

from __future__ import annotations

import inspect
from dataclasses import fields, replace

from sqlalchemy import select

from archive.catalogue import Decision
from archive.report import Finding
from archive.search import Entry
from archive.store import Session, Store, index_entries
from archive.store.rows import RulingRow, VersionRow
from tests.store.filing import NOW, file, report


def the_version(session: Session) -> VersionRow:
    return session.scalars(select(VersionRow)).one()


def test_an_entry_has_all_that_is_asked_for(store: Store) -> None:
    said = report(
        requests__new__total=2,
        requests__carried_in__total=0,
        litigation_direct__total=0,
        litigation_after_review__total=1,
    )
    file(store, "a", said)
    with store.session() as session:
        version = the_version(session)
        entry = index_entries.entries(session, [version.id, 99])[version.id]
    assert (entry.agency, entry.year, entry.form) == ("示例市商务局", 2023, "2021")
    assert (entry.level, entry.sector) == ("市", "商务")
    assert entry.has == ("application", "litigation")
    assert entry.sections == ((1, "一、总体情况", "本年度收到申请2件。"),)


def test_nothing_of_an_entry_is_left_at_its_default() -> None:
    """A facet that reads what nobody fills would be empty, and nobody told."""
    filled = inspect.getsource(index_entries.entries)
    assert not [one.name for one in fields(Entry) if f"{one.name}=" not in filled]


def test_what_is_quoted_needs_no_more(store: Store) -> None:
    file(store, "a", report(requests__new__total=2))
    with store.session() as session:
        version = the_version(session)
    quoted = index_entries.texts_of(store)([version.id])[version.id]
    assert (quoted.title, quoted.agency, quoted.year) == (
        version.title,
        "示例市商务局",
        2023,
    )
    assert quoted.sections == ((1, "一、总体情况", "本年度收到申请2件。"),)
    assert quoted.has == ()


def test_a_check_is_found_until_all_of_it_is_dismissed(store: Store) -> None:
    findings = tuple(
        Finding("blank_inferred", {"case": "blank"}, (key,))
        for key in ("review.total", "review.other")
    )
    file(store, "a", replace(report(), findings=findings))

    def found() -> tuple[str, ...]:
        with store.session() as session:
            version_id = the_version(session).id
            return index_entries.entries(session, [version_id])[version_id].findings

    def dismiss(session: Session, keys: str, decision: Decision) -> None:
        ruling = RulingRow(
            document_hash=the_version(session).document_hash,
            check="blank_inferred",
            keys=keys,
            decision=decision,
            at=NOW,
        )
        session.add(ruling)

    assert "blank_inferred" in found()
    store.write(lambda one: dismiss(one, "review.total", Decision.DISMISSED))
    assert "blank_inferred" in found()
    store.write(lambda one: dismiss(one, "review.other", Decision.DISMISSED))
    assert "blank_inferred" not in found()


def test_entries_are_loaded_by_whoever_asks(store: Store) -> None:
    for year in (2021, 2022, 2023):
        file(store, str(year), report(year=year))
    with store.session() as session:
        known = sorted(session.scalars(select(VersionRow.id)))
    load = index_entries.entries_of(store)
    store.close()
    assert sorted(entry.year for entry in load([*known, 99])) == [2021, 2022, 2023]

"""A stored reading that is damaged or gone: nobody else is harmed, and it is read
again.
"""

from __future__ import annotations

import pytest
from sqlalchemy import delete, select, update

from archive.report import prepare
from archive.store import (
    LostReading,
    Store,
    broken,
    broken_among,
    bulk,
    index_entries,
    reading_of,
    reports,
)
from archive.store.rows import AgencyRow, FindingRow, ReadingRow, VersionRow
from tests.store.filing import body_digest, file, refile, report

PARTS = ("texts", "rest", "summary")
HARMS = (*PARTS, "gone")


def harm(store: Store, body: str, how: str) -> int:
    """Turns a bit of the reading of the text with this original, or takes it away."""
    with store.session() as session:
        of_it = select(VersionRow.id).where(VersionRow.digest == body_digest(body))
        number = session.scalars(of_it).one()
        is_its = ReadingRow.version_id == number
        if how == "gone":
            session.execute(delete(ReadingRow).where(is_its))
        else:
            column = getattr(ReadingRow, how)
            turned = bytearray(session.scalars(select(column).where(is_its)).one())
            turned[len(turned) // 2] ^= 8
            session.execute(
                update(ReadingRow).where(is_its).values({how: bytes(turned)})
            )
    return number


def harmed(store: Store) -> list[tuple[str, bool]]:
    with store.session() as session:
        return [(one.digest, one.is_gone) for one in broken(session)]


def found(store: Store, version_id: int) -> set[str]:
    with store.session() as session:
        question = select(FindingRow.check).where(FindingRow.version_id == version_id)
        return set(session.scalars(question))


@pytest.mark.parametrize("how", HARMS)
def test_what_is_harmed_is_named_and_read_again(store: Store, how: str) -> None:
    first = report(requests__new__total=2)
    file(store, "a", first)
    file(store, "b", report("乙", year=2022))
    assert harmed(store) == []
    number = harm(store, "a", how)
    assert harmed(store) == [(body_digest("a"), how == "gone")]
    with store.session() as session:
        (one,) = broken(session)
        assert one.named == "示例市商务局2023年度报告（第 1 号文本）"
        digests = [body_digest(body) for body in "ba"]
        assert broken_among(session, digests) == [body_digest("a")]
        read = reading_of(session, number)
    assert read == (first if how == "summary" else None)
    assert refile(store, "a", first) == "same"
    assert harmed(store) == []
    with store.session() as session:
        assert reading_of(session, number) == first


@pytest.mark.parametrize("how", HARMS)
def test_many_that_are_read_again_are_whole(store: Store, how: str) -> None:
    said = report()
    file(store, "a", said)
    number = harm(store, "a", how)
    read = [bulk.Read(body_digest("a"), prepare(said), "")]
    store.write(lambda session: bulk.refile_reports(session, read))
    assert harmed(store) == []
    with store.session() as session:
        assert reading_of(session, number) == said


def test_a_summary_that_was_emptied_is_missed(store: Store) -> None:
    file(store, "a", report())
    with store.session() as session:
        session.execute(update(ReadingRow).values(summary=b""))
    assert harmed(store) == [(body_digest("a"), False)]


def test_all_are_looked_through(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archive.store.filing.damage.AT_ONCE", 2)
    for year in range(2019, 2024):
        file(store, str(year), report(year=year))
    for year in (2019, 2020, 2023):
        harm(store, str(year), "gone")
    assert [one for one, _ in harmed(store)] == [
        body_digest(year) for year in ("2019", "2020", "2023")
    ]


@pytest.mark.parametrize("how", HARMS)
def test_the_years_beside_are_filed_and_compared_when_it_is_whole(
    store: Store, how: str
) -> None:
    before = report(year=2022, requests__carried_out__total=5)
    after = report("乙", year=2023, requests__carried_in__total=7)
    file(store, "before", before)
    number = harm(store, "before", how)
    assert file(store, "after", after) == "new"
    with store.session() as session:
        of_it = VersionRow.digest == body_digest("after")
        later = session.scalars(select(VersionRow.id).where(of_it)).one()
    is_summary_whole = how in ("texts", "rest")
    assert ("carry_over" in found(store, later)) == is_summary_whole
    refile(store, "before", before)
    assert "carry_over" in found(store, later)
    assert number != later


@pytest.mark.parametrize("how", HARMS)
def test_another_text_of_the_same_year_is_filed(store: Store, how: str) -> None:
    file(store, "a", report("甲"))
    harm(store, "a", how)
    assert file(store, "b", report("乙")) in {"new", "changed"}
    refile(store, "a", report("甲"))
    assert harmed(store) == []


@pytest.mark.parametrize("how", ["texts", "gone"])
def test_it_is_indexed_without_its_text(store: Store, how: str) -> None:
    file(store, "a", report())
    file(store, "b", report("乙", year=2022))
    number = harm(store, "a", how)
    with store.session() as session:
        numbers = session.scalars(select(VersionRow.id)).all()
        entries = index_entries.entries(session, numbers)
        quoted = index_entries.quoted(session, numbers)
    for found in (entries, quoted):
        assert found[number].sections == ()
        assert found[number].agency == "示例市商务局"
        assert all(found[one].sections for one in numbers if one != number)


@pytest.mark.parametrize("how", ["texts", "rest", "gone"])
def test_who_asks_for_it_is_told_which_it_is(store: Store, how: str) -> None:
    file(store, "a", report("甲"))
    file(store, "b", report("乙"))
    harm(store, "b", how)
    with store.session() as session:
        key = session.scalars(select(AgencyRow.key)).one()
        for ask in (reports.filed, reports.text):
            with pytest.raises(
                LostReading, match="示例市商务局2023年度报告（第 2 号文本）"
            ):
                ask(session, key, 2023, 2)
            assert ask(session, key, 2023, 1) is not None

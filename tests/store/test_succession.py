"""Which version is current: a text with less waits for a person, in whatever order it
is read again.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from archive.catalogue import Choice
from archive.report.document import Paragraph, Place
from archive.report.model import Report, Section
from archive.store import Session, Sighting, Store, desk, refiling, saving, succession
from archive.store.questions import texts
from archive.store.questions.whereabouts import whereabouts
from archive.store.rows import (
    ChoiceRow,
    FilingRow,
    OriginalRow,
    SightingRow,
    VersionRow,
)
from tests.store.filing import (
    NOW,
    body_digest,
    count,
    file,
    new_page,
    refile,
    report,
    versions,
)

SENTENCES = tuple(
    f"第{number}项工作中，全年主动公开政府信息{number}条，较上年有所增长。"
    for number in range(1, 21)
)


def said(share: int, end: str = "") -> Report:
    """A report with so many of its twenty sentences in section 1, and a section 6."""
    made = report(requests__new__total=2)
    text = "".join(SENTENCES[:share]) + end
    return replace(
        made,
        sections=(
            Section(1, "一、总体情况", (Paragraph(text, Place(1)),)),
            Section(6, "六、其他", (Paragraph("没有收取费用。", Place(2)),)),
        ),
    )


WHOLE, EDITED = said(20), said(20, "另有说明。")
HALF = said(10)
MUCH_LATER = NOW + timedelta(days=9)


def current(store: Store) -> list[int]:
    return [number for number, is_current, _ in versions(store) if is_current]


def waiting(store: Store) -> list[tuple[int, str]]:
    with store.session() as session:
        return [(one.number, one.waits) for one in desk.waiting_versions(session)]


def choose(store: Store, number: int, choice: Choice) -> str | None:
    def work(session: object) -> str | None:
        question = select(VersionRow.id).where(VersionRow.number == number)
        found = session.scalars(question).one()  # type: ignore[attr-defined]
        return succession.choose(session, found, choice)  # type: ignore[arg-type]

    return store.write(work)


def test_a_text_with_less_waits_and_the_fuller_one_stays(store: Store) -> None:
    page = new_page(store)
    assert file(store, "whole", WHOLE, page) == "new"
    assert file(store, "half", HALF, page) == "held"
    assert current(store) == [1]
    ((number, lost),) = waiting(store)
    assert (number, "正文由" in lost) == (2, True)
    # the same again is still waiting, and never "the same"
    assert file(store, "half", HALF, page) == "held"
    assert count(store, VersionRow) == 2


def test_a_fuller_text_becomes_current_by_itself(store: Store) -> None:
    page = new_page(store)
    file(store, "whole", WHOLE, page)
    file(store, "half", HALF, page)
    assert file(store, "edited", EDITED, page) == "changed"
    assert (current(store), waiting(store)) == ([3], [])


def test_a_page_that_mends_itself_ends_the_waiting(store: Store) -> None:
    page = new_page(store)
    file(store, "whole", WHOLE, page)
    file(store, "half", HALF, page)
    assert file(store, "whole", WHOLE, page) == "same"
    assert (current(store), waiting(store)) == ([1], [])
    # and breaks again
    assert file(store, "half", HALF, page) == "held"
    assert (current(store), len(waiting(store))) == ([1], 1)


def test_the_first_text_may_be_the_lesser(store: Store) -> None:
    assert file(store, "half", HALF) == "new"
    assert file(store, "whole", WHOLE) == "changed"
    assert (current(store), waiting(store)) == ([2], [])


@pytest.mark.parametrize(
    ("choice", "left"), [(Choice.ACCEPTED, [2]), (Choice.KEPT, [1])]
)
def test_a_person_decides_and_reading_again_keeps_to_it(
    store: Store, choice: Choice, left: list[int]
) -> None:
    page = new_page(store)
    file(store, "whole", WHOLE, page)
    file(store, "half", HALF, page)
    assert choose(store, 2, choice) == "示例市商务局 2023 #2"
    assert (current(store), waiting(store)) == (left, [])
    # nothing waits there any more
    assert choose(store, 2, choice) is None
    for _ in range(2):
        for body, one in (("half", HALF), ("whole", WHOLE)):
            refile(store, body, one)
            assert (current(store), waiting(store)) == (left, [])
    # the reader reads otherwise now; the decision follows the text
    refile(store, "half", said(10, "注。"))
    assert (current(store), waiting(store)) == (left, [])
    assert count(store, ChoiceRow) == 1
    assert file(store, "half", HALF, page) == "same"
    assert current(store) == left


def test_reading_again_finds_what_was_filed_before_the_rule(store: Store) -> None:
    page = new_page(store)
    file(store, "whole", WHOLE, page)
    file(store, "half", HALF, page)
    with store.session() as session:
        one, two = session.scalars(select(VersionRow).order_by(VersionRow.number))
        one.current = False
        session.flush()
        two.current, two.waits = True, ""
    refile(store, "whole", WHOLE)
    assert refile(store, "half", HALF) == "held"
    assert (current(store), len(waiting(store))) == ([1], 1)


def test_a_version_whose_original_is_no_report_is_taken_back(store: Store) -> None:
    page = new_page(store)
    file(store, "whole", WHOLE, page)
    file(store, "edited", EDITED, page)
    store.write(lambda session: refiling.withdraw(session, body_digest("edited")))
    assert current(store) == [1]
    store.write(lambda session: refiling.withdraw(session, body_digest("whole")))
    assert (versions(store), count(store, FilingRow)) == ([], 0)
    assert count(store, OriginalRow) == 2


def test_a_page_that_shows_another_text_now_was_seen_with_this_one_before(
    store: Store,
) -> None:
    page = new_page(store)
    file(store, "whole", WHOLE, page)
    file(store, "half", HALF, page)
    first, later = NOW + timedelta(days=1), NOW + timedelta(days=2)

    def look_again(session: Session) -> None:
        for row in session.scalars(select(SightingRow)):
            row.at = first if row.digest == body_digest("whole") else later
        unchanged = Sighting("http://sample.example/1.html", MUCH_LATER, 304)
        saving.note_sighting(session, replace(unchanged, page_id=page))

    store.write(look_again)
    with store.session() as session:
        filing = session.scalars(select(FilingRow)).one()
        chosen = texts.choose(session, filing.agency.key, filing.year)
        assert chosen
        found = whereabouts(session, chosen.texts)
        seen = [found[text.id].last_seen_at for text in chosen.texts]
    assert seen == [first, MUCH_LATER]

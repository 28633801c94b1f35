"""How many questions a page asks of the database: few, and not more in a larger archive."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event

from archive import create_app
from tests.web import filling
from tests.web.pages import COUNTY, GOVERNMENT, HOSTILE

CARDS = 3
"""Cards; where a person has ruled on one of the reports, the findings in question and
the rulings.
"""
TEXT = 3
"""The years of an agency, the texts of the one asked for, the reading of a text."""
MOST = {
    # The counts that are kept, what should be here, and the newest.
    "/": 2 + CARDS,
    # The texts that are quoted, and their titles; names of reports nearly the same.
    "/search?q=公开": 3 + CARDS,
    "/search": CARDS,
    "/search?q=没有这样的词语": 3 + CARDS,
    # Forms, what is unsure, a question a table; of growth the same of the year before.
    "/search?figure=requests.new.total&figure=received_growth": CARDS + 3 + 3,
    "/api/v1/reports?figure=corrected_share&figure=proactive_total": CARDS + 4,
    "/search/help": 0,
    # Cards, the forms of the reports, a question a table, what is unsure, scopes.
    "/search/export?q=公开": CARDS + 7,
    "/about": 0,
    "/evidence": 0,
    # Where the texts were seen, pages at their addresses, when those showed them;
    # findings, rulings, the year before in three. The page says whether there is a proof.
    f"/reports/{COUNTY}/2023": TEXT + 9,
    f"/reports/{COUNTY}/2023.json": TEXT + 8,
    f"/reports/{HOSTILE}/2016": TEXT + 9,
    # The agency, and its figures, a question a table; its other years and names. How
    # the figures and indicators that are shown came about. Whether readings are whole.
    f"/agencies/{COUNTY}": 1 + CARDS + 4 + 2 + 5 + 1,
    # Growth asks for the year before, too.
    f"/agencies/{COUNTY}?figure=received_growth&figure=documents_net": (
        1 + CARDS + 4 + 2 + 6 + 3 + 1
    ),
    # How many, a page of them, their reports, how many of those that should be.
    "/agencies": 4,
    # What is counted of a place and of those below it, counties apart; when.
    "/coverage": 3,
    "/coverage?region=990000": 3,
    "/coverage?region=990100&year=2022": 3,
    # The same, and a page of the list.
    "/coverage/missing?region=990000": 4,
    f"/compare?a={GOVERNMENT}/2022&b={COUNTY}/2023": 2 * TEXT,
    f"/compare?a={GOVERNMENT}/2022": TEXT,
    "/compare": CARDS,
    # The agencies, their reports; forms, figures and what is unsure of them; whether
    # the question has a short address.
    f"/compare?agency={GOVERNMENT}&agency={COUNTY}&year=2022-2023": 8,
    # Those of a place, with reports and without.
    "/compare?region=990100&below=1&year=2022-2023&figure=review.total": 9,
    # Each source that failed is asked why: two do here.
    "/status": 13,
    # The years with their stamps, what is counted of the place; the columns themselves
    # were opened before.
    "/trends": 2,
    # The same of a county, whose bodies are counted here, and who has no row.
    "/trends?region=990121&figure=refused_share": 3,
    # The years; what is counted of the place and of those in it; when.
    "/regions": 4,
    "/regions?figure=received&year=2022": 5,
    # Its bodies, how many; the years.
    "/regions/990100": 4 + 3,
    # The agency twice, the years, those of the figures, how many should be, with rows
    # and without.
    f"/agencies/{GOVERNMENT}/peers?year=2022": 7,
    # Once more, and the names.
    f"/agencies/{GOVERNMENT}/peers?year=2022&ranking=1": 10,
    f"/reports/{GOVERNMENT}/2022/below": 4,
}
"""Address → questions at most, in an archive of five reports and in one of nine."""
FEW = (
    ("示例市人民政府", 2022),
    ("示例市商务局", 2022),
    ("示例县商务局", 2023),
)


def opened(folder: Path, template: Path, samples: tuple[tuple[str, int], ...]) -> Flask:
    shutil.copy(template, folder / "archive.sqlite3")
    filling.fill(filling.settings(folder), samples)
    return create_app(filling.settings(folder))


@pytest.fixture(scope="module")
def small_site(
    tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path
) -> Flask:
    return opened(tmp_path_factory.mktemp("few"), sqlite_template, FEW)


@contextmanager
def questions(site: Flask) -> Iterator[list[str]]:
    """What is asked of the database meanwhile."""
    asked: list[str] = []

    def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
        asked.append(statement)

    engine = site.extensions["archive"].store.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", note)


def asked_by(site: Flask, address: str) -> list[str]:
    client = site.test_client()
    # What a process loads once is not the page's.
    client.get(address)
    with questions(site) as asked:
        assert client.get(address).status_code == 200
    return asked


@pytest.mark.parametrize("address", MOST)
def test_few_questions_and_no_more_in_a_larger_archive(
    small_site: Flask, site: Flask, address: str
) -> None:
    few, more = asked_by(small_site, address), asked_by(site, address)
    assert len(few) == len(more) <= MOST[address], "\n".join(more)


def test_cards_are_asked_for_together(site: Flask) -> None:
    one, all_of_them = asked_by(site, "/search?size=1"), asked_by(site, "/search")
    # Not every report has been ruled on.
    assert CARDS - 2 <= len(one) <= len(all_of_them) == CARDS


def test_a_visitor_with_a_cookie_costs_no_question(site: Flask) -> None:
    """Who is logged in matters to the pages of people only."""
    client = site.test_client()
    with client.session_transaction() as session:
        session["_user_id"] = "1"
    with questions(site) as asked:
        answer = client.get("/about")
    assert (answer.status_code, asked) == (200, [])
    assert "Cookie" not in answer.headers["Vary"]
    assert "Set-Cookie" not in answer.headers

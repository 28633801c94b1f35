"""Numbers greater than any report has, and than programs that read JSON or a workbook
hold exactly: they stand as they are printed, and are no number of anybody's.
"""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook

from archive import create_app
from archive.pipeline import Archive
from archive.report.model import Hints
from archive.report.numbers import LARGEST, read_number
from archive.store import count_columns
from archive.web.current import current_archive
from tests.portals.pages import article
from tests.portals.reports import report_of
from tests.web import filling
from tests.web.pages import CITY, page

PERMITS = "disclosure.licensing.decisions"
NEW, PEOPLE = "requests.new.total", "requests.new.natural_person"
LARGE = 2**53 + 1
"""JSON of a browser reads it as one less."""


@pytest.fixture(scope="module")
def visitor(
    tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path
) -> Iterator[FlaskClient]:
    """A site with a year of usual numbers, and one of numbers that are too large."""
    folder = tmp_path_factory.mktemp("largest")
    shutil.copy(sqlite_template, folder / "archive.sqlite3")
    settings = filling.settings(folder)
    years = [report_of("示例市商务局", year) for year in (2020, 2021)]
    too_large = {PERMITS: LARGE, NEW: LARGE, PEOPLE: LARGE}
    years[1] = replace(years[1], figures={**years[1].figures, **too_large})
    with Archive(settings) as archive:
        for one in years:
            url = f"http://sample.example/{one.number}.html"
            hints = Hints(agency=one.agency.name, url=url)
            body = article(one, years, 0).encode()
            filling._take_in(archive, body, hints, filling.NOW)
        count_columns(archive.store)
    app = create_app(settings)
    yield app.test_client()
    with app.app_context():
        current_archive().store.close()
        current_archive().index.close()


def test_no_number_that_is_read_is_inexact_elsewhere() -> None:
    assert read_number(str(LARGEST)).value == LARGEST
    assert read_number(str(LARGE)).value is None
    # Millionths of an amount, and whole numbers of people.
    assert LARGEST < LARGE


def test_it_stands_as_it_is_printed(visitor: FlaskClient) -> None:
    told = visitor.get(f"/reports/{CITY}/2021.json").get_json()["figures"]
    unread = {"value": None, "printed": str(LARGE), "status": "missing"}
    assert told[PERMITS].items() >= unread.items()
    # What the sums of its row and column say is no guess, and is said to be inferred.
    assert (told[NEW]["value"], told[NEW]["status"]) == (12, "inferred")
    assert told[NEW]["printed"] == str(LARGE)
    assert str(LARGE) in page(visitor, f"/reports/{CITY}/2021/cells/{PERMITS}").text()
    rows = csv.DictReader(io.StringIO(text_of(visitor, f"/reports/{CITY}/2021.csv")))
    (row,) = [one for one in rows if one["键"] == PERMITS]
    assert (row["数值"], row["原文"], row["状态"]) == ("", str(LARGE), "缺")
    book = workbook_of(visitor, f"/reports/{CITY}/2021.xlsx")
    (line,) = [one for one in book if one[0] == PERMITS]
    # A text: as a number a workbook would round it.
    assert line[3:] == (None, str(LARGE), "缺")


def test_it_is_no_number_of_a_table(visitor: FlaskClient) -> None:
    asked = f"agency={CITY}&year=2020-2021&figure={PERMITS}"
    for sort in (PERMITS, f"-{PERMITS}"):
        told = visitor.get(f"/compare.json?{asked}&sort={sort}").get_json()
        cells = [row["cells"][0] for row in told["rows"]]
        # Behind all numbers, whichever way they are sorted.
        assert [(one["value"], one["state"]) for one in cells] == [
            (434, "exact"),
            (None, "missing"),
        ]
        assert told["totals"][0]["sum"] == 434
    rows = csv.reader(io.StringIO(text_of(visitor, f"/compare.csv?{asked}")))
    assert [row[7:9] for row in rows if row[6:7] == ["2021"]] == [
        ["", "未印出或读不出"]
    ]
    book = workbook_of(visitor, f"/compare.xlsx?{asked}")
    assert [row[7:9] for row in book if row[6] == 2021] == [(None, "未印出或读不出")]
    told = visitor.get(f"/compare.json?{asked}&where={PERMITS}>0").get_json()
    assert (len(told["rows"]), told["undecided"]) == (1, 1)
    (newest, _) = visitor.get(f"/trends.json?figure={PERMITS}").get_json()["years"]
    assert newest["figures"][PERMITS]["lacking"] == {"missing": 1}


def text_of(visitor: FlaskClient, address: str) -> str:
    return visitor.get(address).get_data().decode("utf-8-sig")


def workbook_of(visitor: FlaskClient, address: str) -> list[tuple[object, ...]]:
    book = load_workbook(io.BytesIO(visitor.get(address).get_data()))
    return [tuple(row) for row in book.worksheets[0].values]

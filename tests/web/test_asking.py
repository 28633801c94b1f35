"""Addresses as questions: nothing of them is dropped without a word."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from archive.web.addresses import MOST_PAGES, page_asked, pages_of, whole_number
from archive.web.asking import MAX_FILTERS, MAX_VALUE, asked


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1", 1),
        ("007", 7),
        ("50", 50),
        ("51", None),
        ("0", None),
        ("-1", None),
        ("", None),
        ("²", None),
        ("５", None),
        ("1" * 5000, None),
    ],
)
def test_a_number_is_whole_and_no_more_than_the_most(
    text: str, number: int | None
) -> None:
    assert whole_number(text, 50) == number


@pytest.mark.parametrize(
    ("text", "page"), [("3", 3), ("x", 1), ("", 1), (str(MOST_PAGES + 1), 1)]
)
def test_a_page_that_cannot_be_is_the_first(text: str, page: int) -> None:
    assert page_asked(MultiDict({"page": text})) == page


@pytest.mark.parametrize(("total", "pages"), [(0, 1), (1, 1), (20, 1), (21, 2)])
def test_pages_of_a_list(total: int, pages: int) -> None:
    assert pages_of(total, 20) == pages


def test_without_words_the_newest_year_comes_first() -> None:
    assert asked(MultiDict())[0].sort == "year"
    query, notes = asked(MultiDict({"q": "商务"}))
    assert (query.sort, query.fold, notes) == ("relevance", True, ())
    assert not asked(MultiDict({"q": "商务", "fold": "0"}))[0].fold
    assert not asked(MultiDict({"q": "商务", "sort": "year"}))[0].fold


def test_values_that_are_left_out_are_told() -> None:
    years = [("year", str(year)) for year in range(1900, 1900 + MAX_FILTERS + 1)]
    query, notes = asked(MultiDict(years))
    assert len(query.filters["year"]) == MAX_FILTERS
    assert len(notes) == 1
    assert "年份" in notes[0]
    query, notes = asked(MultiDict(years[:-1]))
    assert (len(query.filters["year"]), notes) == (MAX_FILTERS, ())
    query, notes = asked(MultiDict({"agency": "局" * (MAX_VALUE + 1)}))
    assert query.filters["agency"] == ("局" * MAX_VALUE,)
    assert "机关" in notes[0]


def test_a_finding_can_be_written_in_both_numbers() -> None:
    query, _ = asked(MultiDict([("findings", "sums"), ("finding", "jump")]))
    assert query.filters == {"findings": ("sums", "jump")}


def test_the_definitions_of_an_export_tell_what_was_not_understood(
    client: FlaskClient,
) -> None:
    def told(question: str) -> str:
        return client.get(f"/search/definitions.csv?{question}").data.decode()

    assert "upside_down" in told("q=商务&sort=upside_down")
    assert "引号" not in told("q=商务")
    assert "引号" in told("q=“商务")


def test_the_api_refuses_more_filters_than_are_used(client: FlaskClient) -> None:
    years = "&".join(f"year={year}" for year in range(1900, 1900 + MAX_FILTERS + 1))
    answer = client.get(f"/api/v1/reports?{years}")
    assert answer.status_code == 400
    assert "年份" in answer.json["error"]

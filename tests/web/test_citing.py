"""Quotations name the text, the original and an address that stays."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient

from archive.web.figures.citing import cite_table
from tests.web.pages import CITY, COUNTY, GOVERNMENT, HOSTILE, page

CELL = "requests.granted.total"


@pytest.mark.parametrize("form", ["plain", "gb7714", "bibtex"])
def test_a_quotation_holds_all_that_is_needed_to_check_it(
    client: FlaskClient, form: str
) -> None:
    told = client.get(f"/reports/{CITY}/2021.json").json
    assert told
    digest = told["provenance"]["sha256"]
    number = told["provenance"]["version"]
    quoted = told["cite"][form]
    assert digest in quoted
    assert f"/reports/{CITY}/2021?version={number}" in quoted
    assert "示例市商务局" in quoted
    assert told["title"] in quoted


def test_the_form_of_the_standard(client: FlaskClient) -> None:
    told = client.get(f"/reports/{CITY}/2021.json").json
    assert told
    day = told["provenance"]["published_on"]
    pattern = rf"示例市商务局\. .*\[EB/OL\]\. \({day}\)\[\d{{4}}-\d\d-\d\d\]\. "
    assert re.match(pattern, told["cite"]["gb7714"])


def test_bibtex_can_be_read(client: FlaskClient) -> None:
    told = client.get(f"/reports/{CITY}/2021.json").json
    assert told
    entry = told["cite"]["bibtex"]
    first, *fields, last = entry.splitlines()
    assert re.fullmatch(r"@online\{[a-zA-Z0-9-]+,", first)
    assert last == "}"
    assert all(re.fullmatch(r"  [a-z]+ = \{.*\},", field) for field in fields)
    assert entry.count("{") == entry.count("}")


def test_a_cell_has_a_card(client: FlaskClient) -> None:
    told = client.get(f"/reports/{CITY}/2022/cells/{CELL}.json?version=1").json
    assert told
    shown = page(client, f"/reports/{CITY}/2022/cells/{CELL}?version=1")
    report = client.get(f"/reports/{CITY}/2022.json?version=1").json
    assert report
    assert told["value"] == report["figures"][CELL]["value"]
    assert told["status"] == report["figures"][CELL]["status"]
    for word in ("示例市商务局", "2022", "予以公开", "总计", told["sha256"]):
        assert word in shown.text()
    assert str(told["value"]) in told["cite"]["plain"]
    assert f"/cells/{CELL}?version=1" in told["cite"]["gb7714"]
    address, _, anchor = told["printed_at"].partition("#")
    path = address.removeprefix("http://localhost")
    assert anchor in page(client, path).ids


def test_a_contradicted_cell_says_so(client: FlaskClient) -> None:
    shown = page(client, f"/reports/{CITY}/2022/cells/{CELL}")
    assert "矛盾" in shown.text()


@pytest.mark.parametrize(
    ("address", "word"),
    [
        (f"/reports/{CITY}/2022/cells/nothing", "nothing"),
        (f"/reports/{CITY}/2022/cells/proactive_total", "proactive_total"),
        (f"/reports/{HOSTILE}/2016/cells/{CELL}", "2016"),
        (f"/reports/{COUNTY}/1999/cells/{CELL}", "1999"),
        (f"/reports/{CITY}/2020/cells/requests.closed_other.total", "2020"),
    ],
)
def test_what_is_not_there_is_said(
    client: FlaskClient, address: str, word: str
) -> None:
    assert word in page(client, address, 404).text()


def compared(client: FlaskClient) -> dict[str, Any]:
    told = client.get(f"/compare.json?a={CITY}/2021&b={CITY}/2022").json
    assert told
    return dict(told)


@pytest.mark.parametrize("form", ["plain", "gb7714", "bibtex"])
def test_a_comparison_names_both_texts_and_an_address_that_stays(
    client: FlaskClient, form: str
) -> None:
    told = compared(client)
    quoted = told["cite"][form]
    for side in ("a", "b"):
        year = told[side]["year"]
        report = client.get(f"/reports/{CITY}/{year}.json?version=1").json
        assert report
        assert told[side]["sha256"] == report["provenance"]["sha256"]
        assert told[side]["sha256"] in quoted
        assert told[side]["title"] in quoted
        assert f"{side}={CITY}/{year}@1" in quoted.replace("%40", "@")
    shown = page(client, f"/compare?a={CITY}/2021&b={CITY}/2022")
    assert " ".join(quoted.split()) in shown.text()


def test_the_address_of_a_comparison_shows_the_same_texts(client: FlaskClient) -> None:
    address = compared(client)["url"].removeprefix("http://localhost")
    again = client.get(address.replace("/compare?", "/compare.json?")).json
    assert again == compared(client)


def test_older_texts_are_compared_for_good(client: FlaskClient) -> None:
    a, b = f"{HOSTILE}/2016@1", f"{HOSTILE}/2016"
    told = client.get(f"/compare.json?a={a}&b={b}").json
    assert told
    assert told["a"]["sha256"] != told["b"]["sha256"]
    assert "2016@2" in told["url"].replace("%40", "@")
    assert told["cite"]["bibtex"].count("\n}") == 1


def test_a_table_says_when_it_was_made() -> None:
    on = date(2025, 4, 3)
    told = cite_table("示例_表", "https://archive.example.org/t/1?a=1&b=2", "甲", on)
    assert set(told) == {"plain", "gb7714", "bibtex"}
    for quoted in told.values():
        assert "https://archive.example.org/t/1?a=1&b=2" in quoted
        assert "2025-04-03" in quoted
        assert "甲" in quoted
    assert "[DB/OL]. (2025-04-03)[2025-04-03]" in told["gb7714"]
    assert r"title = {示例\_表}" in told["bibtex"]


FILTERED = f"agency={GOVERNMENT}&year=2019-2022&figure={CELL}&where=公开率<99%"


def quoted_table(client: FlaskClient, question: str) -> dict[str, str]:
    told = client.get(f"/compare.json?{question}").json
    assert told
    return dict(told["cite"])


def test_a_table_is_quoted_and_framed_with_its_conditions(client: FlaskClient) -> None:
    condition = "公开率 < 99%"
    for form, quoted in quoted_table(client, FILTERED).items():
        escaped = condition.replace("%", r"\%") if form == "bibtex" else condition
        assert escaped in quoted
    for kind in ("chart", "table"):
        framed = page(client, f"/embed/compare?{FILTERED}&show={kind}")
        assert condition in framed.text("//h1")
    either = page(client, f"/embed/compare?{FILTERED}&where=申请>0&join=any")
    assert f"{condition} 或 " in either.text("//h1")


def test_the_address_of_a_quoted_table_ends_where_it_ends(client: FlaskClient) -> None:
    told = quoted_table(client, FILTERED)
    address = told["plain"].rpartition("，")[2]
    # Programs end an address at these signs when they make a link of it.
    assert re.fullmatch(r"[^\s<>\"]+", address)
    assert all(address in quoted for quoted in told.values())
    again = client.get(address.replace("/compare?", "/compare.json?")).json
    asked = client.get(f"/compare.json?{FILTERED}").json
    assert again
    assert asked
    assert again["conditions"] == asked["conditions"] != []
    assert again["rows"] == asked["rows"]


def test_two_tables_of_a_day_have_keys_of_their_own(client: FlaskClient) -> None:
    questions = (
        FILTERED,
        FILTERED.replace("99", "98"),
        FILTERED.replace("2022", "2021"),
    )
    keys = [quoted_table(client, one)["bibtex"].split("\n")[0] for one in questions]
    assert len(set(keys)) == len(questions)
    assert all(re.fullmatch(r"@online\{[a-zA-Z0-9-]+,", key) for key in keys)
    assert keys[0] == quoted_table(client, FILTERED)["bibtex"].split("\n")[0]

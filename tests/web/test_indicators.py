"""Indicators on the report's page, in its JSON, and their definitions."""

from __future__ import annotations

from flask.testing import FlaskClient

from archive.catalogue import INDICATORS
from tests.web.pages import CITY, HOSTILE, page


def test_a_value_leads_to_its_cells_and_its_definition(client: FlaskClient) -> None:
    shown = page(client, f"/reports/{CITY}/2021/indicators")
    row = "//table//tr[th/a[text()='公开率']]"
    told = client.get(f"/reports/{CITY}/2021.json").json
    assert told
    known = told["indicators"]["disclosed_share"]
    over, under = known["numerator"], known["denominator"]
    assert f"{over} / {under}" in shown.text(row)
    assert shown.all(f"{row}/th/a/@href") == ["/indicators/disclosed_share"]
    links = [str(link).split("#") for link in shown.all(f"{row}/td//a/@href")]
    assert len(links) == 3
    report = page(client, links[0][0])
    assert {anchor for _, anchor in links} <= set(report.ids)
    assert f"{over} / {under}" in report.text("//section[@id='glance']")
    figures = told["figures"]
    assert under == figures["requests.concluded.total"]["value"]
    assert known["cells"] == [
        "requests.granted.total",
        "requests.partly_granted.total",
        "requests.concluded.total",
    ]


def test_a_contradiction_gives_no_value_and_shows_its_cells(
    client: FlaskClient,
) -> None:
    shown = page(client, f"/reports/{CITY}/2022/indicators")
    row = "//table//tr[th/a[text()='公开率']]"
    assert "没有值：有一项与其他数字矛盾" in shown.text(row)
    assert "办结总计 22‡" in shown.text(row)


def test_few_cases_are_never_a_percentage_alone(client: FlaskClient) -> None:
    for year in (2020, 2022):
        told = client.get(f"/reports/{CITY}/{year}.json").json
        assert told
        shown = page(client, f"/reports/{CITY}/{year}/indicators")
        for key, one in told["indicators"].items():
            of_few = one["denominator"] is not None and one["denominator"] < 30
            if of_few:
                label = INDICATORS[key].label
                row = f"//table//tr[th/a[text()='{label}']]/td[1]"
                assert "%" not in shown.text(row)


def test_every_indicator_is_in_the_json(client: FlaskClient) -> None:
    told = client.get(f"/reports/{CITY}/2022.json").json
    assert told
    assert list(told["indicators"]) == list(INDICATORS)
    first = client.get(f"/reports/{CITY}/2020.json").json
    assert first
    assert first["indicators"]["received_growth"]["lack"] == "no_year_before"


def test_growth_is_against_the_report_of_the_year_before(client: FlaskClient) -> None:
    year, before = (
        client.get(f"/reports/{CITY}/{one}.json").json for one in (2022, 2021)
    )
    assert year
    assert before
    one = year["indicators"]["received_growth"]
    key = "requests.new.total"
    assert one["denominator"] == before["figures"][key]["value"]
    assert one["numerator"] == year["figures"][key]["value"]


def test_a_report_without_tables_has_no_indicators(client: FlaskClient) -> None:
    shown = page(client, f"/reports/{HOSTILE}/2016/indicators")
    assert not shown.all("//table")
    assert "没有指标" in shown.text()
    told = client.get(f"/reports/{HOSTILE}/2016.json").json
    assert told
    assert {one["lack"] for one in told["indicators"].values()} == {"not_in_form"}


def test_a_definition_has_its_formula_and_other_ways(client: FlaskClient) -> None:
    shown = page(client, "/indicators/disclosed_share")
    assert "（予以公开 + 部分公开）÷ 办理结果总计" in shown.text()
    assert "公开率（占受理）" in shown.text()
    assert "第 1 版" in shown.text()
    told = client.get("/indicators/disclosed_share.json").json
    assert told
    assert told["denominator"]["plus"] == ["requests.concluded.total"]
    every = client.get("/indicators.json").json
    assert every
    assert [one["key"] for one in every["indicators"]] == list(INDICATORS)


def test_an_unknown_one_says_where_all_are(client: FlaskClient) -> None:
    shown = page(client, "/indicators/nothing", 404)
    assert "nothing" in shown.text()
    assert "“指标”页" in shown.text()

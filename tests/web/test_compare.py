"""Comparing: choosing two reports without a script, figures, words."""

from __future__ import annotations

from flask.testing import FlaskClient

from tests.portals.reports import report_of
from tests.web.pages import CITY, COUNTY, page


def test_two_reports_are_chosen_by_links_alone(client: FlaskClient) -> None:
    first = page(client, "/compare").all(
        "//ul[contains(@class, 'reports')]//h3/a/@href"
    )[0]
    second = page(client, f"{first}&find=示例县").all(
        "//ul[contains(@class, 'reports')]//h3/a/@href"
    )[0]
    assert "两份报告的比较" in page(client, second).text("//h1")
    other_year = page(client, f"/compare?a={CITY}/2022").all(
        "//ul[@class='links']//a/@href"
    )[0]
    assert "两份报告的比较" in page(client, other_year).text("//h1")


def test_figures_with_their_differences(client: FlaskClient) -> None:
    old, new = (report_of("示例市商务局", year).figures for year in (2021, 2022))
    told = client.get(f"/compare.json?a={CITY}/2021&b={CITY}/2022").json
    changes = {change["key"]: change for change in told["figures"]}
    assert set(changes) == set(old) == set(new)
    for key, change in changes.items():
        assert change["difference"] == change["b"] - change["a"], key
        assert (change["a"], change["b"]) == (float(old[key]), float(new[key])), key


def test_the_address_chooses_which_rows_are_shown(client: FlaskClient) -> None:
    def rows(only: str) -> int:
        return len(
            page(client, f"/compare?a={CITY}/2021&b={CITY}/2022&only={only}").all(
                "//tbody/tr[td]"
            )
        )

    assert rows("all") == 200
    assert 0 < rows("changed") < rows("nonzero") < 200


def test_words_side_by_side(client: FlaskClient) -> None:
    shown = page(client, f"/compare?a={CITY}/2021&b={CITY}/2022")
    assert "2021" in {mark.text_content() for mark in shown.all("//del")}
    assert "2022" in {mark.text_content() for mark in shown.all("//ins")}
    assert "删除线" in shown.text("//ul[@class='legend']")


def test_forms_of_two_eras_are_said_to_differ(client: FlaskClient) -> None:
    assert (
        "不同的格式" in page(client, f"/compare?a={CITY}/2020&b={COUNTY}/2022").text()
    )


def test_what_can_not_be_compared_says_why(client: FlaskClient) -> None:
    shown = page(client, f"/compare?a={CITY}/1999&b=x")
    assert "档案中没有这份报告" in shown.text()
    assert "写法应为" in shown.text()
    assert client.get("/compare.json?a=x").status_code == 400
    assert client.get(f"/compare.json?a=x/2020&b={CITY}/2022").status_code == 404
    assert client.get("/compare.csv").status_code == 400
    assert client.get(f"/compare.csv?a={CITY}/2021&b={CITY}/2022").status_code == 200

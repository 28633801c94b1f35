"""Searching: hits, facets, chips, pages and the result list as data."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook

from archive import create_app
from archive.web.export import safe
from tests.web import filling
from tests.web.filling import HOSTILE as FORMULA
from tests.web.pages import CITY, COUNTY, HOSTILE, page


def titles(client: FlaskClient, address: str) -> list[str]:
    return [
        found.text_content()
        for found in page(client, address).all("//ol[@class='reports']/li/h2")
    ]


def test_words_are_found_marked_and_linked_to_their_section(
    client: FlaskClient,
) -> None:
    shown = page(client, "/search?q=商务")
    assert "商务" in {mark.text_content() for mark in shown.all("//mark")}
    links = shown.all("//ul[@class='snippets']//a/@href")
    assert links
    for link in links:
        address, anchor = link.split("#")
        assert anchor in page(client, address).ids, link


def test_facets_add_up_and_narrow(client: FlaskClient) -> None:
    shown = page(client, "/search")
    link = next(
        one for one in shown.all("//aside//a") if "2022年" in one.text_content()
    )
    narrowed = page(client, link.get("href"))
    count = link.xpath(".//span[@class='count']")[0].text
    assert count == narrowed.text("//*[@id='count']//strong") == "3"
    again = next(one for one in narrowed.all("//aside//a[@aria-current]"))
    assert "2022年" in again.text_content()
    assert again.get("href") == "/search"


def test_a_long_facet_has_a_page_where_all_of_it_stands(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = "//section[h3[@id='facet-agency']]//li"
    folded = page(client, "/search?q=公开&sort=agency")
    monkeypatch.setattr("archive.web.narrowing.SHOWN", 1)
    monkeypatch.setattr("archive.web.narrowing.FOLDED", 0)
    shown = page(client, "/search?q=公开&sort=agency")
    assert len(shown.all(rows)) == 1
    (more,) = shown.all("//section[h3[@id='facet-agency']]/p/a/@href")
    whole = page(client, more)
    assert len(whole.all(rows)) == len(folded.all(rows)) > 1
    # Choosing one of them leads back to the usual page.
    chosen = [link for link in whole.all(f"{rows}/a/@href") if "all=" in link]
    assert not chosen
    (back,) = whole.all("//section[h3[@id='facet-agency']]/p/a/@href")
    assert len(page(client, back).all(rows)) == 1


def test_filters_multiply_and_come_off_one_by_one(client: FlaskClient) -> None:
    shown = page(client, "/search?q=公开&year=2021&year=2022&sector=商务")
    chips = shown.all("//ul[@class='chips']//a[contains(@class, 'chip')]")
    assert len(chips) == 3
    assert len(titles(client, chips[0].get("href"))) == 2, "only 2022 left"
    assert shown.all(
        "//form[@role='search']//input[@type='hidden'][@name='year']/@value"
    ) == ["2021", "2022"]


def test_pages_hold_every_report_once(client: FlaskClient) -> None:
    seen = [
        title
        for number in (1, 2, 3)
        for title in titles(client, f"/search?size=3&page={number}")
    ]
    assert len(seen) == len(set(seen)) == 8
    shown = page(client, "/search?size=3&page=2&year=2022&year=2023&year=2020")
    assert all(
        "size=3" in link and "year=2023" in link
        for link in shown.all("//ul[@class='pages']//@href")
    )


def test_nothing_found_suggests_what_to_drop(client: FlaskClient) -> None:
    shown = page(client, "/search?q=“商务局”&year=2016")
    links = shown.all("//div[@class='empty']//a")
    assert any(
        "year" not in link.get("href") and "年份" in link.text_content()
        for link in links
    )
    links = page(client, "/search?q=“公开信息政府”").all("//div[@class='empty']//a")
    assert any("引号" in link.text_content() for link in links)


def test_both_families_of_findings_are_told_apart_in_words(client: FlaskClient) -> None:
    text = page(client, "/search").text()
    assert "自身矛盾" in text
    assert all(
        badge.text_content().strip()
        for badge in page(client, "/search").all("//*[contains(@class, 'badge ')]")
    )


def test_notes_explain_what_was_understood(client: FlaskClient) -> None:
    assert "page" in page(client, "/search?page=abc").text("//ul[@class='notes']")
    assert "引号没有成对" in page(client, "/search?q=“公开").text(
        "//ul[@class='notes']"
    )


def test_the_api_keeps_its_contract(client: FlaskClient) -> None:
    told = client.get("/api/v1/reports?q=商务&year=2022&size=1").json
    assert {"total", "page", "size", "facets", "results"} <= set(told)
    assert (told["total"], told["page"], told["size"], len(told["results"])) == (
        2,
        1,
        1,
        1,
    )
    assert {"value", "label", "count"} <= set(told["facets"]["year"][0])
    assert {value["value"]: value["label"] for value in told["facets"]["region"]}[
        "990100"
    ] == "示例省示例市"
    result = told["results"][0]
    assert result["year"] == 2022
    assert result["region"]["code"] in {"990100", "990121"}
    assert client.get(result["json"]).json["year"] == 2022
    assert client.get(result["url"]).status_code == 200
    assert client.get("/search.json?q=商务&year=2022&size=1").json == told


def test_chinese_can_be_read_in_the_json_itself(client: FlaskClient) -> None:
    assert "商务局" in client.get("/api/v1/reports?q=商务").text


@pytest.mark.parametrize(
    "wrong", ["page=abc", "size=1000", "page=1000000000", "sort=x", "page=0"]
)
def test_the_api_says_what_is_wrong(client: FlaskClient, wrong: str) -> None:
    answer = client.get(f"/api/v1/reports?{wrong}")
    assert answer.status_code == 400
    assert list(answer.json) == ["error"]
    assert client.get(f"/search?{wrong}").status_code == 200


@pytest.mark.parametrize(
    "address",
    ["/api/v1/nothing", "/api/v1/reports/x/2020", "/reports/x/2020.json", "/api/v1/"],
)
def test_errors_of_the_api_are_json(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert list(answer.json) == ["error"]


def rows(client: FlaskClient, address: str) -> list[dict[str, str]]:
    body = client.get(address).data
    assert body.startswith(b"\xef\xbb\xbf"), "Excel needs the mark"
    return list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"))))


def test_csv_holds_the_whole_list_with_its_filters(client: FlaskClient) -> None:
    assert len(rows(client, "/search.csv")) == 8
    found = rows(client, "/search.csv?q=商务&year=2022&size=1")
    assert {row["机关"] for row in found} == {"示例市商务局", "示例县商务局"}
    told = client.get(f"/api/v1/reports/{CITY}/2022").json["figures"][
        "requests.new.total"
    ]["value"]
    row = next(row for row in found if row["机关"] == "示例市商务局")
    assert row["新收申请（件）"] == str(told)
    assert (
        row["原件SHA-256"]
        == client.get(f"/api/v1/reports/{CITY}/2022").json["provenance"]["sha256"]
    )


def test_no_formula_reaches_a_spreadsheet(client: FlaskClient) -> None:
    row = next(row for row in rows(client, "/search.csv") if row["年度"] == "2016")
    assert row["标题"] == "'" + FORMULA
    book = load_workbook(io.BytesIO(client.get("/search.xlsx?year=2016").data))
    cells = [cell for line in book.active.iter_rows() for cell in line]
    assert all(cell.data_type != "f" for cell in cells)
    assert "'" + FORMULA in {cell.value for cell in cells}


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@a", "\t=1", "\r=1", "＝1", " =1", "\u3000=1"]
)
def test_what_begins_like_a_formula_is_neutralised(text: str) -> None:
    assert safe(text) == "'" + text


def test_numbers_stay_numbers() -> None:
    assert safe(-3) == -3
    assert safe(None) == ""
    assert safe("商务局") == "商务局"


@pytest.mark.parametrize(
    "name",
    [
        "agencies",
        f"agencies/{CITY}",
        f"reports/{COUNTY}/2023",
        f"reports/{HOSTILE}/2016",
    ],
)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_every_list_can_be_taken_home(
    client: FlaskClient, name: str, kind: str
) -> None:
    answer = client.get(f"/{name}.{kind}")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert client.get(f"/{name}.json").status_code == 200


def facet_of(told: dict[str, object], key: str) -> dict[str, int]:
    return {value["value"]: value["count"] for value in told["facets"][key]}  # type: ignore[index]


def test_facets_of_what_is_known_beside_the_text(client: FlaskClient) -> None:
    told = client.get("/api/v1/reports").json
    assert facet_of(told, "agency")["示例市商务局"] == 3
    assert facet_of(told, "source") == {"text/html": 8}
    assert sum(facet_of(told, "published").values()) == 8
    having = client.get("/api/v1/reports?has=application").json
    assert having["total"] == facet_of(told, "has")["application"] > 0
    for result in having["results"]:
        assert (
            client.get(result["json"]).json["figures"]["requests.new.total"]["value"]
            > 0
        )


def test_a_dismissed_finding_is_not_counted(client: FlaskClient) -> None:
    noted = client.get(f"/api/v1/reports/{COUNTY}/2023").json["findings"]
    dismissed = {note["check"] for note in noted if note.get("ruling") == "dismissed"}
    dismissed -= {note["check"] for note in noted if note.get("ruling") != "dismissed"}
    assert dismissed
    for check in dismissed:
        told = client.get(f"/api/v1/reports?findings={check}").json
        assert f"{COUNTY}/2023" not in " ".join(
            result["url"] for result in told["results"]
        )


def test_no_list_counts_what_was_dismissed(client: FlaskClient) -> None:
    noted = client.get(f"/api/v1/reports/{COUNTY}/2023").json["findings"]
    accused = [note for note in noted if note["family"] == "report"]
    assert accused
    assert all(note["ruling"] == "dismissed" for note in accused)
    told = client.get("/api/v1/reports?size=100").json["results"]
    (result,) = (one for one in told if f"{COUNTY}/2023" in one["url"])
    assert result["findings"]["report"] == 0
    assert "自身矛盾" not in page(client, f"/agencies/{COUNTY}").text()
    contents = page(client, f"/reports/{COUNTY}/2023").text("//*[@class='toc']")
    assert f"自身矛盾（0，另 {len(accused)} 项不成立）" in contents
    counted = client.get("/status.json").json["findings"]["report"]
    assert counted == sum(one["findings"]["report"] for one in told)


def test_regions_unfold_where_they_are_chosen(client: FlaskClient) -> None:
    shown = page(client, "/search?region=990100")
    link = next(
        one
        for one in shown.all(
            "//section[@aria-labelledby='facet-region']//li[@class='depth-2']/a"
        )
    )
    assert "region=990100&" not in f"{link.get('href')}&", (
        "a county instead of its city"
    )
    assert link.xpath(".//span[@class='count']")[0].text == page(
        client, link.get("href")
    ).text("//*[@id='count']//strong")


def test_suggestions_are_data(client: FlaskClient) -> None:
    told = client.get("/search/suggest.json?q=swj").json["suggestions"]
    assert told[0] == {"text": "商务局", "kind": "body", "count": 5}
    assert {one["text"] for one in told} >= {"示例市商务局", "示例县商务局"}
    for odd in ("", "(" * 5000, "%00%ff", "<script>"):
        assert client.get(f"/search/suggest.json?q={odd}").json == {"suggestions": []}


def test_synonyms_are_said_and_switched_off_by_the_address(client: FlaskClient) -> None:
    shown = page(client, "/search?q=经济合作局")
    assert "商务局" in shown.text("//p[@class='alike']")
    assert "商务局" in {mark.text_content() for mark in shown.all("//mark")}
    off = page(client, shown.all("//p[@class='alike']/a/@href")[0])
    assert "没有报告含有全部词语" in off.text("//ul[@class='notes']")
    assert off.all("//form[@role='search']/input[@name='synonyms']/@value") == ["0"]


def test_what_was_meant_is_offered(client: FlaskClient) -> None:
    shown = page(client, "/search?q=示例市商物局")
    link = shown.all("//p[@class='meant']/a")[0]
    assert link.text_content() == "示例市商务局"
    assert page(client, link.get("href")).all("//ol[@class='reports']/li")


@pytest.mark.parametrize(
    ("asked", "meant"), [("示例市商物局", "示例市商务局"), ("示例市商务局", None)]
)
def test_the_api_tells_what_was_meant_or_null(
    client: FlaskClient, asked: str, meant: str | None
) -> None:
    assert client.get(f"/api/v1/reports?q={asked}").json["meant"] == meant


def test_an_empty_answer_offers_what_would_find_something(client: FlaskClient) -> None:
    shown = page(client, '/search?q=商务 "没有的词"&year=2022')
    offers = {
        one.xpath("./a")[0].get("href"): one.text_content()
        for one in shown.all("//div[@class='empty']//li[span]")
    }
    assert len(offers) == 1
    ((address, text),) = offers.items()
    assert "没有的词" in text
    assert (
        f"{page(client, address).text('//*[@id=' + repr('count') + ']//strong')} 份"
        in text
    )


def test_an_empty_answer_offers_what_is_named_without_its_words(
    client: FlaskClient,
) -> None:
    shown = page(client, "/search?q=龘龘大学2022年年报")
    offers = {
        one.xpath("./a")[0].get("href"): one.text_content()
        for one in shown.all("//div[@class='empty']//li[span]")
    }
    ((address, text),) = offers.items()
    assert "去掉“龘龘大学”，只查找 2022年年报" in text
    assert page(client, address).text('//*[@id="count"]//strong') in text


def test_beside_few_full_answers_stand_reports_with_a_part(client: FlaskClient) -> None:
    told = client.get("/search.json?q=消费券 公平性 老字号 核销").json
    assert told["total"] == 0 or told["results"]
    told = client.get("/search.json?q=消费券 公平性").json
    assert told["total"] == len(told["results"]) == 1
    found = {one["year"] for one in told["beside"]}
    assert found
    shown = page(client, "/search?q=消费券 公平性")
    titles = shown.all("//section[@aria-labelledby='beside']//h3/a")
    assert len(titles) == len(told["beside"])


def test_the_api_understands_the_same_questions(client: FlaskClient) -> None:
    told = client.get("/api/v1/reports?q=机关:商务局 年份:2021..2022 -地区:示例县").json
    assert {result["year"] for result in told["results"]} == {2021, 2022}
    assert {result["agency"] for result in told["results"]} == {"示例市商务局"}


def test_every_example_of_the_help_page_is_understood(client: FlaskClient) -> None:
    examples = page(client, "/search/help").all("//table//td/a/@href")
    assert len(examples) > 15
    for address in examples:
        assert "普通文字" not in page(client, address).text("//ul[@class='notes']"), (
            address
        )


def test_sorted_by_agency(client: FlaskClient) -> None:
    names = [
        result["agency"]
        for result in client.get("/api/v1/reports?sort=agency").json["results"]
    ]
    assert names == sorted(names)


def test_an_answer_with_nothing_shows_no_facets(client: FlaskClient) -> None:
    assert not page(client, "/search?q=没有这样的词&year=2022").all("//aside")
    narrowed = page(client, "/search?q=商务&year=2016&sector=教育")
    assert "全部筛选" in narrowed.text("//div[@class='empty']")


@pytest.mark.parametrize(
    "address",
    [
        "/search?q=公开",
        "/search.csv?q=公开",
        "/api/v1/reports?q=公开",
        "/compare?q=公开&year=2023",
        "/compare.json?q=公开&year=2023",
    ],
)
def test_an_index_that_is_gone_is_said(
    tmp_path: Path, sqlite_template: Path, address: str
) -> None:
    shutil.copy(sqlite_template, tmp_path / "archive.sqlite3")
    settings = filling.settings(tmp_path)
    filling.fill(settings, [("示例县商务局", 2023)])
    client = create_app(settings).test_client()
    assert client.get(address).status_code == 200
    shutil.rmtree(tmp_path / "index")
    assert client.get(address).status_code == 503


def test_initials_are_offered_without_a_script(client: FlaskClient) -> None:
    shown = page(client, "/search?q=slsswj")
    (link,) = shown.all("//p[@class='meant']//a[text()='示例市商务局']")
    assert link.get("href").startswith("/search?q=%E7%A4%BA")
    assert not page(client, "/search?q=qqzzxx").all("//p[@class='meant']")
    listed = page(client, "/agencies?name=sl商务局")
    (link,) = listed.all("//p[@class='meant']//a[text()='示例市商务局']")
    assert link.get("href").startswith("/agencies?name=%E7%A4%BA")
    assert not page(client, "/agencies?name=qqzzxx").all("//p[@class='meant']")

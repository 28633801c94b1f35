"""Reports and agencies: figures beside their originals, findings apart, versions,
missing years.
"""

from __future__ import annotations

import hashlib

import pytest
from flask.testing import FlaskClient

from archive.catalogue import format_of
from archive.catalogue.forms import FORMS, keys
from archive.reading import READERS
from archive.web import labels
from archive.web.figures.chart import columns
from tests.portals.reports import report_of
from tests.web.pages import CITY, COUNTY, GOVERNMENT, HOSTILE, page


def test_every_figure_is_shown_and_leads_to_its_cell(client: FlaskClient) -> None:
    for key, year, form in ((CITY, 2022, "2021"), (CITY, 2020, "2019")):
        shown = page(client, f"/reports/{key}/{year}")
        cells = shown.all(
            "//table[contains(@class, 'statutory')]//td[contains(@class, 'num')]"
        )
        assert len(cells) == len(keys(FORMS[form]))
        figures = report_of("示例市商务局", year).figures
        linked = [cell for cell in cells if cell.xpath("./a")]
        assert len(linked) == len(cells), (
            "every figure of a sample report stands somewhere"
        )
        printed = {
            one.get("id"): one.text_content()
            for one in shown.all("//table[@class='printed']//td")
        }
        for name, cell in zip(keys(FORMS[form]), cells, strict=True):
            anchor = cell.xpath("./a/@href")[0][1:]
            if name != "disclosure.procurement.amount":
                assert printed[anchor] == str(figures[name]), name


def test_the_official_words_are_all_there(client: FlaskClient) -> None:
    text = page(client, f"/reports/{CITY}/2022").text("//section[@id='s3']")
    for row in FORMS["2021"].requests:
        assert row.title in text
        assert row.parent in text


def test_sections_are_there_to_be_linked(client: FlaskClient) -> None:
    shown = page(client, f"/reports/{CITY}/2022")
    assert {"s1", "s2", "s3", "s4", "s5", "s6"} <= set(shown.ids)
    for paragraph in report_of("示例市商务局", 2022).sections[1]:
        assert "".join(paragraph.split()) in "".join(
            shown.text("//section[@id='s1']").split()
        )


def test_findings_stand_in_two_lists(client: FlaskClient) -> None:
    shown = page(client, f"/reports/{CITY}/2022")
    assert shown.all(
        "//section[@id='contradictions']//li[contains(@class, 'is-clash')]"
    )
    assert not shown.all(
        "//section[@id='contradictions']//li[contains(@class, 'is-doubt')]"
    )
    conflicts = shown.all("//td[contains(@class, 'is-conflict')]")
    assert conflicts
    assert all(
        "矛盾" in cell.get("title") and "‡" in cell.text_content() for cell in conflicts
    )
    assert "‡ 矛盾" in shown.text("//ul[@class='legend']")


def test_what_compares_two_years_leads_to_last_years_place(
    client: FlaskClient,
) -> None:
    seen = 0
    for key, year in ((CITY, 2021), (CITY, 2022), (COUNTY, 2023)):
        findings = client.get(f"/reports/{key}/{year}.json").json["findings"]
        anchors = [one["values"].get("before_at") for one in findings]
        before = f"/reports/{key}/{year - 1}"
        link = f"//a[starts-with(@href, '{before}#')]/@href"
        expected = sorted(f"{before}#{anchor}" for anchor in anchors if anchor)
        assert sorted(page(client, f"/reports/{key}/{year}").all(link)) == expected
        if expected:
            printed = set(page(client, before).ids)
            assert {one.partition("#")[2] for one in expected} <= printed
        seen += len(expected)
    assert seen


def test_a_persons_decision_is_shown(client: FlaskClient) -> None:
    shown = page(client, f"/reports/{COUNTY}/2023")
    dismissed = shown.all("//li[@class='dismissed']")
    assert dismissed
    assert "不成立" in dismissed[0].text_content()
    told = client.get(f"/api/v1/reports/{COUNTY}/2023").json
    assert [finding.get("ruling") for finding in told["findings"]].count(
        "dismissed"
    ) == len(dismissed)


def test_where_it_comes_from(client: FlaskClient) -> None:
    shown = page(client, f"/reports/{CITY}/2022")
    text = shown.text("//section[@id='provenance']")
    told = client.get(f"/reports/{CITY}/2022.json").json["provenance"]
    assert told["sha256"] in text
    assert told["source_url"] in text
    original = client.get(shown.all("//a[starts-with(@href, '/originals/')]/@href")[0])
    assert hashlib.sha256(original.data).hexdigest() == told["sha256"]


def test_an_original_can_do_no_harm(client: FlaskClient) -> None:
    digest = client.get(f"/reports/{HOSTILE}/2016.json").json["provenance"]["sha256"]
    answer = client.get(f"/originals/{digest}")
    assert answer.headers["Content-Type"] == "text/html"
    assert (
        answer.headers["Content-Disposition"]
        == f'attachment; filename="{digest[:16]}.html"'
    )
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert (
        client.get(
            f"/originals/{digest}", headers={"If-None-Match": f'"{digest}"'}
        ).status_code
        == 304
    )


def test_every_kind_of_original_has_a_name_and_an_ending() -> None:
    assert all(format_of(media_type) for media_type in READERS)
    assert set(READERS) <= set(labels.MEDIA)


def test_versions_and_the_tombstone(client: FlaskClient) -> None:
    now = page(client, f"/reports/{HOSTILE}/2016")
    assert "新的说法" in now.text()
    assert "该网址先后有 2 个版本" in now.text()
    assert "内容不同的文本" not in now.text()
    assert "来源页面已经消失" in now.text()
    assert not now.all("//a[starts-with(@href, 'javascript')]")
    before = page(client, f"/reports/{HOSTILE}/2016?version=1")
    assert "旧的说法" in before.text()
    assert "这是旧版" in before.text()
    compared = page(client, f"/compare?a={HOSTILE}/2016@1&b={HOSTILE}/2016")
    assert "旧" in compared.text("//del[1]")
    assert "新" in compared.text("//ins[1]")


def test_a_report_as_data_keeps_the_contract_of_read(client: FlaskClient) -> None:
    told = client.get(f"/api/v1/reports/{CITY}/2022").json
    assert {
        "file",
        "title",
        "agency",
        "region",
        "level",
        "sector",
        "year",
        "published_on",
        "published_from",
        "form",
        "is_report",
        "why",
    } <= set(told)
    assert {
        "sections",
        "figures",
        "claims",
        "findings",
        "provenance",
        "versions",
    } <= set(told)
    assert told["region"] == {"code": "990100", "name": "示例省示例市"}
    assert {"value", "printed", "status"} == set(told["figures"]["requests.new.total"])
    assert {"check", "family", "weight", "message"} <= set(told["findings"][0])
    assert client.get(f"/reports/{CITY}/2022.json").json == told


def test_neighbours_and_missing_years(client: FlaskClient) -> None:
    shown = page(client, f"/reports/{CITY}/2021")
    assert f"/reports/{CITY}/2020" in shown.all("//a[@rel='prev']/@href")
    assert f"/reports/{CITY}/2022" in shown.all("//a[@rel='next']/@href")
    rows = page(client, f"/agencies/{GOVERNMENT}").all("//tr[@class='absent']/th")
    assert "2023" in [row.text_content() for row in rows]
    assert 2023 in client.get(f"/agencies/{GOVERNMENT}.json").json["missing_years"]


def test_the_chart_has_a_text_alternative(client: FlaskClient) -> None:
    label = page(client, f"/agencies/{CITY}").all("//*[name()='svg']/@aria-label")[0]
    received = report_of("示例市商务局", 2021).figures["requests.new.total"]
    assert f"2021年{received}件" in label


def test_a_chart_keeps_gaps_and_proportions() -> None:
    drawn = columns([(2020, 10), (2021, None), (2023, 5)])
    assert drawn
    assert [column.year for column in drawn.columns] == [2020, 2021, 2022, 2023]
    assert [column.height for column in drawn.columns] == [120.0, 0.0, 0.0, 60.0]
    assert columns([(2020, 1)]) is None


def test_agencies_can_be_narrowed(client: FlaskClient) -> None:
    assert client.get("/agencies.json").json["total"] == 4
    assert [
        one["name"]
        for one in client.get("/agencies.json?region=990121").json["results"]
    ] == ["示例县商务局"]
    assert client.get("/agencies.json?region=990100").json["total"] == 4, (
        "with all that lies in it"
    )
    assert client.get("/agencies.json?name=%25").json["total"] == 0
    assert client.get("/agencies.json?level=县&sector=商务").json["total"] == 1


@pytest.mark.parametrize(
    ("asked", "total"),
    [
        ("示例市", 4),
        ("示例市 除商务局外", 2),
        ("示例市 不要示例县的", 3),
        ("示例市 不要示例县商务局的", 3),
        ("示例市 不要示例县教育局的", 4),
        ("示例市公安分局", 0),
        ("示例县街道办", 0),
    ],
)
def test_agencies_are_asked_for_as_in_the_search(
    client: FlaskClient, asked: str, total: int
) -> None:
    told = client.get("/agencies.json", query_string={"name": asked})
    assert told.json["total"] == total

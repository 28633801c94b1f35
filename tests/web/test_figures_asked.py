"""Figures asked for in a search: conditions, ranges, orders and rows of the tables."""

from __future__ import annotations

import csv
import io
from html import unescape
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from archive.catalogue import FIGURES, MEANINGS, QUANTITIES
from archive.search import Query, only_conditions
from archive.web.addresses import MOST_CONDITIONS
from archive.web.asking import asked
from archive.web.figures import asked as asked_figures
from tests.web.pages import page


def search(client: FlaskClient, address: str) -> dict[str, Any]:
    answer: dict[str, Any] = client.get(f"/search.json?{address}").get_json()
    return answer


def test_a_typed_condition_narrows_and_can_be_taken_off(client: FlaskClient) -> None:
    shown = page(client, "/search?q=" + quote("申请>0 公开"))
    chip = next(iter(shown.all("//ul[@class='chips']//a[@class='chip']")))
    assert "本年新收申请总数 > 0 件" in chip.text_content()
    assert chip.get("href") == "/search?q=" + quote("公开")
    told = search(client, "q=" + quote("申请>0"))
    chosen = search(client, "where=" + quote("requests.new.total>0"))
    assert told["total"] == chosen["total"]
    assert told["figures"]["conditions"][0]["any_of"][0]["key"] == "requests.new.total"
    every = search(client, "")["total"]
    none = search(client, "where=" + quote("requests.new.total=0"))
    unsure = chosen["figures"]["conditions"][0]["unsure"]
    assert every == told["total"] + none["total"] + unsure


def test_both_ends_of_a_range_tell_once_what_they_know_nothing_of(
    client: FlaskClient,
) -> None:
    one = search(client, "where=" + quote("disclosed_share>=0%"))
    both = search(client, "q=" + quote("公开率在0%到100%之间"))
    assert both["total"] == one["total"]
    assert len(both["figures"]["conditions"]) == 2
    unsure = [told["unsure"] for told in both["figures"]["conditions"]]
    assert unsure == [one["figures"]["conditions"][0]["unsure"]] * 2
    assert unsure[0]
    assert both["notes"] == one["notes"]
    assert any("没有确定的“公开率”" in note for note in both["notes"])
    assert any("分母不足 30" in note for note in both["notes"])


def test_only_shares_have_too_small_a_denominator(client: FlaskClient) -> None:
    found = search(client, "q=" + quote("公开率<90% 或 诉讼>=1"))
    (few,) = [note for note in found["notes"] if "分母不足 30" in note]
    assert "“公开率”分母不足" in few
    assert "诉讼" not in few


def test_the_same_filter_holds_everywhere(client: FlaskClient) -> None:
    address = (
        "where=" + quote("requests.new.total>=1") + "&sort=figure:requests.new.total"
    )
    total = search(client, address)["total"]
    assert total
    assert client.get(f"/api/v1/reports?{address}").get_json()["total"] == total
    text = client.get(f"/search.csv?{address}").text.removeprefix("\ufeff")
    rows = [row for row in csv.reader(io.StringIO(text)) if len(row) > 1]
    assert len(rows) == total + 1


def test_ranges_lead_to_what_they_count(client: FlaskClient) -> None:
    shown = page(client, "/search?figure=requests.new.total")
    links = shown.all("//section[h3[@id='facet-figure']]//li/a")
    assert links
    for link in links:
        count = link.xpath(".//span[@class='count']")[0].text
        assert page(client, link.get("href")).text("//*[@id='count']//strong") == count


@pytest.mark.parametrize("key", [*sorted(QUANTITIES)[::9], "disclosed_share.of"])
def test_every_quantity_can_be_looked_at(client: FlaskClient, key: str) -> None:
    told = search(client, f"where={quote(key)}>=0&sort=figure:{key}")
    assert told["figures"]["ranges"]["key"] in (key, QUANTITIES[key].kept_as)


def test_orders_by_a_figure_are_offered_and_kept(client: FlaskClient) -> None:
    shown = page(client, "/search?where=" + quote("requests.new.total>=0"))
    names = [one.text_content() for one in shown.all("//ul[@class='orders']//a")]
    assert "本年新收申请总数（高到低）" in names
    rising = search(client, "sort=figure:requests.new.total:asc")
    falling = search(client, "sort=figure:requests.new.total")
    assert rising["sort"] == "figure:requests.new.total:asc"
    assert rising["total"] == falling["total"]
    assert client.get("/api/v1/reports?sort=figure:nothing").status_code == 400


@pytest.mark.parametrize(
    "label", ["三安全一稳定", "重复申请", "过程性信息", "行政执法案卷"]
)
def test_a_row_of_a_table_is_explained(client: FlaskClient, label: str) -> None:
    shown = page(client, "/search?q=" + quote(label))
    told = shown.text("//section[@class='notes told']")
    assert "国办公开办函〔2021〕30号" in told
    (one,) = asked_figures.told(Query(label))
    having = search(client, "where=" + quote(one.condition.written))
    assert f"不为零的报告（{having['total']} 份）" in told
    assert one.meaning
    link = shown.all("//section[@class='notes told']//a/@href")[0]
    assert link == "/search?where=" + quote(one.condition.written)
    assert client.get(link).status_code == 200


@pytest.mark.parametrize(
    "text", ["公开", "教育局", "报告", "“三安全一稳定”", "三安全一稳定 教育"]
)
def test_other_words_are_not_explained(text: str) -> None:
    assert asked_figures.told(Query(text)) == []


def test_what_a_name_may_mean_is_offered(client: FlaskClient) -> None:
    shown = page(client, "/search?q=" + quote("结果纠正>=1"))
    offered = shown.text("//p[@class='alike']")
    assert "行政复议 · 结果纠正 ≥ 1 件" in offered
    assert "复议后起诉 · 结果纠正 ≥ 1 件" in offered
    variants = page(client, "/search?q=" + quote("公开率<50%"))
    assert "公开率（占受理） < 50%" in variants.text("//p[@class='alike']")


def test_a_minus_a_quote_and_brackets(client: FlaskClient) -> None:
    (chip,) = asked_figures.chips(Query("教育 -申请>100"))
    assert chip.label == "本年新收申请总数 ≤ 100 件"
    assert (chip.text, chip.literal) == ("教育", "教育 -“申请>100”")
    assert asked_figures.chips(Query("(申请>100 OR 教育) 卫生")) == []
    assert asked_figures.chips(Query("“申请>100”")) == []


def test_conditions_that_brackets_join_are_one_chip(client: FlaskClient) -> None:
    text = "教育 (申请>100 且 公开率<50%) 或 诉讼>=1"
    (chip,) = asked_figures.chips(Query(text))
    assert chip.label == (
        "（本年新收申请总数 > 100 件 且 公开率 < 50%） 或 行政诉讼 · 总计 ≥ 1 件"
    )
    assert chip.text == "教育"
    assert chip.typed == "(申请>100 且 公开率<50%) 或 诉讼>=1"
    assert not chip.is_open
    written = quote("(requests.new.total>100 AND fee>0) OR review.total>1")
    found = client.get(f"/api/v1/reports?where={written}").get_json()
    assert found["where"] == [
        "requests.new.total>100 OR review.total>1",
        "fee>0 OR review.total>1",
    ]
    assert not found["notes"]


def test_years_in_a_row_lead_to_a_comparison_year_by_year(client: FlaskClient) -> None:
    asked_for = "/search?q=" + quote("2021到2023年连续三年没有收到申请的镇")
    page = client.get(asked_for).text
    assert "不要求每年都符合" in page
    link = unescape(page).split('">逐年对照这些机关')[0].rpartition('href="')[2]
    link = link.removesuffix('" rel="nofollow')
    assert "year=2021&year=2022&year=2023&figure=requests.new.total" in link
    assert client.get(link).status_code == 200
    plain = client.get("/search?q=" + quote("2021到2023年没有收到申请的镇")).text
    assert "逐年对照" not in plain


@pytest.mark.parametrize(
    "value", ["", ">", "x>1", "requests.new.total>", "<script>", "requests.new.total>9e9",
              "requests.new.total>" + "9" * 90, "\0", "'; drop table versions; --"],
)  # fmt: skip
def test_odd_conditions_are_said_and_no_error(client: FlaskClient, value: str) -> None:
    address = "/search?where=" + quote(value)
    answer = client.get(address)
    assert answer.status_code == 200
    assert "<script>" not in answer.text.replace("<script src", "")
    if value:
        assert "看不懂，没有使用" in answer.text or "没有条件" in answer.text
        assert client.get("/api/v1/reports?where=" + quote(value)).status_code == 400
    assert (
        client.get(
            f"/search?figure={quote(value)}&sort=figure:{quote(value)}"
        ).status_code
        == 200
    )


def test_conditions_are_bounded() -> None:
    many = [("where", f"requests.new.total>{number}") for number in range(50)]
    query, notes = asked(MultiDict(many))
    assert len(query.where) == MOST_CONDITIONS
    assert any("条件有 50 个" in note for note in notes)
    assert only_conditions(query.where[0].written) == (query.where[:1], "")


def test_every_row_of_the_tables_has_a_meaning() -> None:
    printed = [one.printed for one in FIGURES.values() if one.printed]
    rows = {one.row.key for one in printed}
    assert rows <= set(MEANINGS)


def test_an_order_in_words_is_that_of_the_address(client: FlaskClient) -> None:
    said = search(client, "q=" + quote("申请最多的商务局"))
    chosen = search(client, "sort=figure:requests.new.total&q=" + quote("商务局"))
    assert said["sort"] == chosen["sort"] == "figure:requests.new.total"
    assert said["total"] > 1
    assert [one["url"] for one in said["results"]] == [
        one["url"] for one in chosen["results"]
    ]
    chip = said["understood"]["chips"][0]
    assert (chip["kind"], chip["meaning"]["sort"]) == ("order", said["sort"])
    other = search(client, "sort=year&q=" + quote("申请最多的商务局"))
    assert other["sort"] == "year"
    literal = search(client, "understand=0&q=" + quote("申请最多的商务局"))
    assert literal["sort"] == "relevance"


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("sort=figure:disclosed_share", "disclosed_share"),
        ("sort=figure:disclosed_share.of", "disclosed_share"),
        ("q=" + quote("申请>0"), "requests.new.total"),
        ("q=" + quote("申请最多的商务局"), "requests.new.total"),
        ("sort=figure:disclosed_share&figure=fee", "fee"),
    ],
)
def test_what_results_are_ordered_by_is_seen(
    client: FlaskClient, address: str, key: str
) -> None:
    assert {tuple(one["values"]) for one in search(client, address)["results"]} == {
        (key,)
    }
    plain = search(client, "q=" + quote("公开"))["results"]
    assert not any("values" in one for one in plain)


def test_either_end_of_a_range_is_one_condition(client: FlaskClient) -> None:
    asked = "申请少于20件或者多于50件"
    told = search(client, "q=" + quote(asked))
    ends = ("requests.new.total<20", "requests.new.total>50")
    counts = [search(client, "where=" + quote(end))["total"] for end in ends]
    assert told["total"] == sum(counts) > max(counts) > 0
    shown = page(client, "/search?q=" + quote(asked))
    chips = shown.text("//ul[@aria-label='按数字筛选的条件']")
    assert "本年新收申请总数 < 20 件 或 本年新收申请总数 > 50 件" in chips


def test_a_report_found_by_its_number_shows_the_number(client: FlaskClient) -> None:
    row = "requests.refused_process.total"
    found = search(client, "q=" + quote("过程性信息"))
    assert found["total"]
    shown = page(client, "/search?q=" + quote("过程性信息"))
    reports = shown.all("//ol[@class='reports'][1]/li")
    assert len(reports) == len(found["results"])
    for drawn, told in zip(reports, found["results"], strict=True):
        said = drawn.text_content()
        assert "过程性信息" in said
        number = told["values"][row]["value"]
        if number is not None:
            (link,) = drawn.xpath(f".//a[contains(@href, '#{row}')]")
            assert link.text_content() == str(number)
            assert link.get("href").split("#")[0] in drawn.xpath(".//h2/a/@href")
        assert bool(drawn.xpath(".//ul[@class='snippets']")) == bool(
            drawn.xpath(".//ul[@class='snippets']//mark")
        )


def test_a_word_that_stands_in_texts_costs_no_figures(client: FlaskClient) -> None:
    (first, *_) = search(client, "q=" + quote("申请"))["results"]
    assert "values" not in first

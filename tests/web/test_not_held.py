"""What is named and not held: what is shown instead, nearest first."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient

from archive import create_app
from archive.pipeline import Archive
from archive.web.asking import today
from tests.web import filling
from tests.web.pages import page


def asked(client: FlaskClient, text: str) -> dict[str, Any]:
    answer = client.get("/api/v1/reports", query_string={"q": text})
    assert answer.status_code == 200
    told: dict[str, Any] = answer.json
    return told


@pytest.mark.parametrize("question", ["武侯区商务局", "四川省成都市武侯区商务局 2022"])
def test_the_same_kind_elsewhere_where_only_others_have_it(
    client: FlaskClient, question: str
) -> None:
    told = asked(client, question)
    assert told["total"] == 0
    (missing,) = told["not_held"]
    assert "武侯区商务局" in missing["name"]
    instead = told["instead"]
    assert (instead["kind"], instead["label"]) == ("like_agencies", "同类机关")
    assert {one["agency"][-3:] for one in instead["results"]} == {"商务局"}


def test_what_nobody_has_is_answered_with_nothing_else(client: FlaskClient) -> None:
    told = asked(client, "武侯区烟草局")
    assert told["not_held"]
    assert told["instead"] is None


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("苏州工业园区管委会", "苏州工业园区管委会"),
        ("示例高新区管委会2022年", "示例高新区管委会"),
        ("示例市 龘龘管理局", "龘龘管理局"),
        ("国家网信办", "国家网信办"),
    ],
)
def test_a_body_called_as_nobody_here_is_is_said_not_to_be_here(
    client: FlaskClient, question: str, name: str
) -> None:
    (missing,) = asked(client, question)["not_held"]
    assert missing["text"] == f"档案中没有找到名为“{name}”的机关。"
    assert "/agencies?name=" in missing["url"]
    assert missing["text"] in client.get(f"/search?q={quote(question)}").text


@pytest.mark.parametrize(
    "question", ["设立龘龘办公室", "龘龘龘龘", "怎么办", "“龘龘管委会”", "商务局办公室"]
)
def test_what_is_no_name_of_a_body_is_not_said_to_be_missing(
    client: FlaskClient, question: str
) -> None:
    assert asked(client, question)["not_held"] == []


@pytest.mark.parametrize("question", ["示例市商务局龘龘招生", "示例市商务局 龘龘招生"])
def test_what_is_named_is_shown_where_it_has_none_of_the_words(
    client: FlaskClient, question: str
) -> None:
    told = asked(client, question)
    assert (told["total"], told["not_held"]) == (0, [])
    instead = told["instead"]
    assert instead["kind"] == "without_words"
    assert instead["label"] == "不含“龘龘招生”的报告"
    assert instead["total"] == asked(client, "示例市商务局")["total"]
    assert {one["agency"] for one in instead["results"]} == {"示例市商务局"}


@pytest.mark.parametrize(
    "question",
    [
        "2022年龘龘",
        "示例市商务局 龘龘 申请>0",
        "示例市商务局 龘龘 -公开",
        "商务局 龘龘",
    ],
)
def test_more_than_words_is_not_left_out(client: FlaskClient, question: str) -> None:
    assert asked(client, question)["instead"] is None


@pytest.mark.parametrize("question", ["武侯区没有收到申请的街道", "武侯区申请最多的镇"])
def test_a_sort_of_bodies_is_no_single_one(client: FlaskClient, question: str) -> None:
    (missing,) = asked(client, question)["not_held"]
    assert missing["states"] == []
    of_place = f"/coverage/missing?region=510107&level={quote('乡镇')}"
    assert missing["url"].endswith(of_place)
    assert "可以指几个机关" in missing["known"]


def test_of_several_places_each_that_is_not_here_is_named(client: FlaskClient) -> None:
    told = asked(client, "示例市和武侯区的商务局")
    assert told["total"] == asked(client, "示例市商务局")["total"]
    assert [one["name"] for one in told["not_held"]] == ["四川省成都市武侯区商务局"]
    none = asked(client, "武侯区和锦江区的商务局")["not_held"]
    assert [one["name"] for one in none] == [
        "四川省成都市武侯区商务局",
        "四川省成都市锦江区商务局",
    ]
    assert [one["url"][-6:] for one in none] == ["510107", "510104"]
    assert asked(client, "示例市和示例县的商务局")["not_held"] == []


def test_a_place_is_not_held_for_the_year_that_is_asked(client: FlaskClient) -> None:
    (missing,) = asked(client, "示例市和示例县的商务局 2020年")["not_held"]
    assert missing["name"].endswith("示例县商务局")
    assert missing["years"] == [2020]


@pytest.mark.parametrize("question", ["武侯区商务局 成都", "武侯区商务局 不要2020年"])
def test_what_is_missing_is_told_once(client: FlaskClient, question: str) -> None:
    (missing,) = asked(client, question)["not_held"]
    assert missing["text"] == "档案中没有四川省成都市武侯区商务局的年度报告。"


def test_a_year_that_is_ruled_out_is_not_missing(client: FlaskClient) -> None:
    assert asked(client, "示例市商务局 不要2015年")["not_held"] == []


def test_each_sort_of_bodies_is_named_once(client: FlaskClient) -> None:
    (missing,) = asked(client, "武侯区烟草局、气象局、烟草局")["not_held"]
    assert missing["name"].endswith("武侯区烟草专卖局、气象局")


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("示例市商务局 2022", "示例市商务局2022年的年度报告收录在“示例市商务局”之下。"),
        ("示例市商务局", "示例市商务局的年度报告收录在“示例市商务局”之下。"),
    ],
)
def test_what_the_search_does_not_know_yet_is_not_missing(
    site: Flask, tmp_path: Path, question: str, sentence: str
) -> None:
    folder = tmp_path / "late"
    shutil.copytree(site.extensions["archive"].settings.data, folder)
    settings = filling.settings(folder)
    with Archive(settings) as archive:
        archive.index.update((), archive.index.ids())
    (told,) = asked(create_app(settings).test_client(), question)["not_held"]
    assert told["text"].endswith(sentence)
    assert told["url"].endswith("/agencies/990100-shilishishangwuju")


def test_years_in_a_row_are_told_by_the_first_and_the_last(client: FlaskClient) -> None:
    (missing,) = asked(client, "2020年以前的示例市商务局")["not_held"]
    assert missing["years"] == list(range(2003, 2020))
    assert missing["text"].endswith("示例市商务局2003—2019年的年度报告。")
    known = missing["known"]
    assert known.count("2003—2007年：不计入应有。") == known.count("条例》2008年") == 1
    assert known.count("所知的存续年份") <= 1
    assert "2003、" not in missing["text"]
    (two,) = asked(client, "示例县商务局 2020年 2021年 2022年")["not_held"]
    assert "示例县商务局2020、2021年" in two["text"]


def test_nothing_is_missing_of_years_before_there_was_a_law(
    client: FlaskClient,
) -> None:
    (missing,) = asked(client, "2007年以前的示例市商务局")["not_held"]
    assert missing["known"].startswith("2003—2006年：不计入应有。")
    assert "尚未统计" not in missing["known"]


def test_a_year_that_is_not_over_is_not_missing(client: FlaskClient) -> None:
    (missing,) = asked(client, "示例市商务局 2021至今")["not_held"]
    assert missing["years"] == list(range(2023, today().year))


@pytest.mark.parametrize("question", ["今年 示例市商务局", "示例市商务局 2099年"])
def test_a_year_to_come_is_said_to_be_one(client: FlaskClient, question: str) -> None:
    told = asked(client, question)
    (missing,) = told["not_held"]
    assert missing["text"] in {
        f"{year}年尚未结束，该年度的报告要到次年才公布。"
        for year in (today().year, 2099)
    }
    assert missing["known"].startswith("不计入应有")
    assert told["instead"]["label"] == "邻近年度"
    assert {one["agency"] for one in told["instead"]["results"]} == {"示例市商务局"}


def test_a_year_to_come_that_is_written_of_is_no_year(client: FlaskClient) -> None:
    assert asked(client, "2099年远景")["not_held"] == []


def test_what_is_ruled_out_is_not_called_missing(client: FlaskClient) -> None:
    (missing,) = asked(client, "不要示例市的 商务局 示例市")["not_held"]
    assert missing["text"].startswith("除去不要的（示例省示例市），")
    assert missing["states"] == []
    both = asked(client, "武侯区和示例市的商务局 不要示例市的")["not_held"]
    assert [one["text"].startswith("除去不要的") for one in both] == [False, True]
    years = asked(client, "示例市商务局 2021年 2022年 不要2022年")
    assert (years["total"], years["not_held"]) == (1, [])
    (nothing_else,) = asked(client, "不要示例省的")["not_held"]
    assert nothing_else["text"] == "除去不要的（示例省），档案中没有别的年度报告。"


def test_what_is_ruled_out_is_not_shown_instead(client: FlaskClient) -> None:
    told = asked(client, "武侯区商务局 不要示例县的")
    assert told["not_held"][0]["text"].startswith("档案中没有四川省成都市武侯区商务局")
    instead = {one["agency"] for one in told["instead"]["results"]}
    assert instead == {"示例市商务局"}


def test_the_year_that_is_asked_for_comes_first_of_others(client: FlaskClient) -> None:
    results = asked(client, "武侯区商务局2021年")["instead"]["results"]
    assert results[0]["year"] == 2021
    assert len({one["year"] for one in results}) > 1


def listed(client: FlaskClient, name: str, **more: str) -> set[str]:
    told = client.get("/agencies.json", query_string={"name": name, **more}).json
    return {one["name"] for one in told["results"]}


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("示例市商务局", {"示例市商务局"}),
        ("商务局 示例市", {"示例市商务局"}),
        ("示例县商务局 示例市", {"示例县商务局"}),
        ("市政府", {"示例市人民政府"}),
        ("区县的商务局", {"示例县商务局"}),
        ("2022年 商务局", {"示例市商务局", "示例县商务局"}),
        ("示例省商务厅", set()),
        ("示例市商务局 不要示例县的", {"示例市商务局"}),
    ],
)
def test_agencies_are_those_of_the_reports_that_a_search_finds(
    client: FlaskClient, name: str, meant: set[str]
) -> None:
    assert listed(client, name) == meant
    found = client.get("/api/v1/reports", query_string={"q": name, "fold": "0"}).json
    assert {one["agency"] for one in found["results"]} == meant


def test_the_list_of_agencies_says_the_same_as_data(client: FlaskClient) -> None:
    told = client.get("/agencies.json?name=" + quote("武侯区商务局 2022年")).json
    assert told["total"] == 0
    chips = [(one["kind"], one["text"]) for one in told["understood"]["chips"]]
    assert chips == [("place", "武侯区"), ("agency", "商务局"), ("years", "2022年")]
    (missing,) = told["not_held"]
    assert missing["text"].startswith("档案中没有")
    assert client.get("/api/v1/agencies").json["not_held"] == []


def test_the_list_says_what_was_understood_and_what_is_not_here(
    client: FlaskClient,
) -> None:
    shown = page(client, "/agencies?name=" + quote("武侯区商务局 2022年"))
    chips = shown.all("//ul[contains(@class, 'understood')]//a[@class='chip']")
    assert len(chips) == 3
    assert "literal=" in chips[0].get("href")
    assert "名录列出机关，不按年度筛选。" in shown.text("//main")
    missing = shown.text("//div[@class='not-held']")
    assert "档案中没有四川省成都市武侯区商务局2022年的年度报告。" in missing
    others = shown.all("//h3[@id='instead']/following-sibling::ul[1]//a")
    assert {one.text_content().split()[0] for one in others} == {
        "示例市商务局",
        "示例县商务局",
    }
    found = page(client, "/agencies?name=" + quote("示例市商务局"))
    assert not found.all("//div[@class='not-held']")
    assert "不按年度筛选" not in found.text("//main")


def test_what_was_understood_of_a_list_can_be_taken_off(client: FlaskClient) -> None:
    assert listed(client, "示例市商务局", literal="示例市") == {"示例市商务局"}
    assert listed(client, "示例商务厅") == set()
    assert listed(client, "商务厅", understand="0") == set()
    assert listed(client, "示例市局", understand="0") == set()
    shown = page(client, "/agencies?understand=0&name=" + quote("示例市商务局"))
    assert "按原文检索，没有理解" in shown.text("//main")

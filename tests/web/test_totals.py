"""Trends, regions, peers and roll-ups as visitors see them, by hand from the samples."""

from __future__ import annotations

import csv
import io
from fractions import Fraction

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook

from archive.catalogue import ClaimScope, Coverage
from archive.store import totals
from archive.web.figures import bands, lines, tiles
from archive.web.pages.totals.rollup import gap_told
from tests.web.pages import CITY, GOVERNMENT, page

NEW = "requests.new.total"


def new_of(client: FlaskClient, key: str, year: int) -> int:
    told = client.get(f"/reports/{key}/{year}.json").get_json()
    return int(told["figures"][NEW]["value"])


def test_a_trend_is_the_sum_of_the_reports(client: FlaskClient) -> None:
    """2022: the city's government and its office of commerce, and that of the county."""
    told = client.get(f"/trends.json?figure={NEW}").get_json()
    (year,) = [one for one in told["years"] if one["year"] == 2022]
    keys = (GOVERNMENT, CITY, "990121-shilishixianshangwuju")
    agencies = client.get("/agencies.json").get_json()["results"]
    held = [
        one["key"]
        for one in agencies
        if 2022
        in [
            y["year"]
            for y in client.get(f"/agencies/{one['key']}.json").get_json()["years"]
        ]
    ]
    assert len(held) >= len(keys) - 1
    scopes = year["reports_of_scope"]
    assert sum(scopes.values()) == len(held)
    if scopes["unsaid"] == len(held):
        total = sum(new_of(client, key, 2022) for key in held)
        assert year["figures"][NEW]["value"] == total
        assert year["figures"][NEW]["reports"] == len(held)
    assert year["held"] == len(held)
    assert year["due"] > len(held)


def test_the_exports_say_the_same(client: FlaskClient) -> None:
    address = f"figure={NEW}&figure=refused_share"
    text = client.get(f"/trends.csv?{address}").get_data().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    told = client.get(f"/trends.json?{address}").get_json()
    assert len(rows) == 2 * len(told["years"])
    book = load_workbook(io.BytesIO(client.get(f"/trends.xlsx?{address}").get_data()))
    assert book.active.max_row == len(rows) + 1
    by_year = {(int(one["年度"]), one["键"]): one for one in rows}
    for one in told["years"]:
        row = by_year[one["year"], NEW]
        value = one["figures"][NEW]["value"]
        assert row["数值"] == ("" if value is None else str(int(value)))


def test_what_was_not_taken_is_said(client: FlaskClient) -> None:
    shown = client.get("/trends?figure=nothing.of.that&region=51").get_data(
        as_text=True
    )
    assert "没有“nothing.of.that”这个数字或指标" in shown
    assert "行政区划代码应为六位数字" in shown


def test_a_place_links_up_down_and_to_its_reports(client: FlaskClient) -> None:
    shown = client.get("/regions/990100").get_data(as_text=True)
    assert 'href="/regions/990000"' in shown
    assert 'href="/regions/990121' in shown
    assert "/search?region=990100" in shown
    assert "/trends?region=990100" in shown
    assert "/agencies/" + GOVERNMENT in shown


@pytest.mark.parametrize("code", ["999999", "51", "51000x", "000000"])
def test_no_such_place(client: FlaskClient, code: str) -> None:
    answer = client.get(f"/regions/{code}")
    assert answer.status_code == 404
    assert "区划代码" in answer.get_data(as_text=True)


def test_the_map_shows_the_sample_province(client: FlaskClient) -> None:
    shown = page(client, "/regions").text()
    assert "示例" in shown
    assert "不适用" in shown


def test_boxes_that_scroll_can_be_reached_and_say_so(client: FlaskClient) -> None:
    compared = f"/compare?agency={CITY}&agency={GOVERNMENT}&year=2021-2022&figure={NEW}"
    for address in ("/regions", compared):
        (box,) = page(client, address).all("//figure[contains(@class, 'chart')]")
        assert (box.get("tabindex"), box.get("role")) == ("0", "region")
        assert "可以左右滚动" in box.get("aria-label")
        assert "可以左右滑动" in box.text_content()


def test_no_order_unless_asked_for(client: FlaskClient) -> None:
    address = f"/agencies/{CITY}/peers?year=2022&figure={NEW}"
    plain = client.get(address).get_data(as_text=True)
    assert 'id="ranking"' not in plain
    ordered = client.get(f"{address}&ranking=1").get_data(as_text=True)
    assert 'id="ranking"' in ordered
    assert "没有列出的不等于更高或更低" in ordered


@pytest.mark.parametrize(
    ("year", "told"),
    [
        ("", "没有指定年度，显示最近的 2022 年度"),
        ("?year=二〇二二", "没有“二〇二二”这个年度，显示最近的 2022 年度"),
        ("?year=1999", "没有“1999”这个年度，显示最近的 2022 年度"),
        ("?year=2022", ""),
    ],
)
def test_peers_of_no_year_say_which_they_show(
    client: FlaskClient, year: str, told: str
) -> None:
    notes = page(client, f"/agencies/{CITY}/peers{year}").all("//ul[@class='notes']/li")
    assert [note.text_content() for note in notes] == ([f"{told}。"] if told else [])


def test_the_map_of_a_year_that_is_none_says_which_it_shows(
    client: FlaskClient,
) -> None:
    assert "没有“两年前”这个年度" in page(client, "/regions?year=两年前").text()
    assert "这个年度，显示" not in page(client, "/regions").text()


def test_the_definition_stands_above_an_order(client: FlaskClient) -> None:
    address = f"/agencies/{CITY}/peers?year=2022&figure=refused_share&ranking=1"
    shown = client.get(address).get_data(as_text=True)
    assert "不予公开 ÷ 办理结果总计（定义第 1 版）" in shown
    assert "分母不少于 30" in shown


@pytest.mark.parametrize(
    "address",
    [
        "/agencies/nobody/peers",
        "/agencies/nobody/peers.json",
        "/reports/nobody/2022/below",
        f"/reports/{CITY}/2022/below",
        f"/reports/{GOVERNMENT}/1850/below",
    ],
)
def test_nothing_there(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 404


def child(name: str, scope: ClaimScope | None, number: int | None) -> totals.Child:
    numbers = {} if scope is None else {NEW: number}
    state = Coverage.NOT_SEEN if scope is None else Coverage.HELD
    return totals.Child("k", name, "990121", False, state, scope, numbers)


AREA, UNSAID = ClaimScope.AREA, ClaimScope.UNSAID


@pytest.mark.parametrize(
    ("own", "summed", "children", "expected"),
    [
        (
            100,
            70,
            [child("a", AREA, 70), child("b", None, None)],
            "差额 30（汇总多于下级之和），其中1 个机关的年报未收录。",
        ),
        (
            70,
            70,
            [child("a", AREA, 70)],
            "没有差额。",
        ),
        (
            60,
            70,
            [child("a", UNSAID, 70)],
            "差额 −10（下级之和多于汇总）；1 个下级政府没有说明其数字是否汇总。",
        ),
        (
            80,
            70,
            [child("a", AREA, 70)],
            "差额 10（汇总多于下级之和）；汇总还包含政府本机关自己的数字，下级之和不含。",
        ),
        (None, 70, [], "本报告的这个数字未印出、读不准或自相矛盾，不作比较。"),
    ],
)
def test_words_of_a_difference(
    own: int | None, summed: int, children: list[totals.Child], expected: str
) -> None:
    one = totals.Rolled(NEW, own, summed, 1, 0)
    found = totals.RollUp(AREA, tuple(children), (one,), is_open=False)
    assert gap_told(one, found) == expected


def test_a_band_that_is_drawn() -> None:
    drawing = bands.drawn(Fraction(10), Fraction(50), Fraction(90), Fraction(90))
    assert drawing.begin < drawing.middle < drawing.end == drawing.own
    beyond = bands.drawn(Fraction(10), Fraction(50), Fraction(90), Fraction(170))
    assert beyond.own is not None
    assert beyond.end < beyond.own <= beyond.width
    same = bands.drawn(Fraction(1), Fraction(1), Fraction(1), None)
    assert same.begin == same.end


def test_a_line_with_a_gap() -> None:
    years = [
        (2019, Fraction(1), "1"),
        (2020, None, ""),
        (2022, Fraction(4), "4"),
        (2023, Fraction(2), "2"),
    ]
    line = lines.drawn(years)
    assert line is not None
    assert [one.y is None for one in line.points] == [False, True, True, False, False]
    assert len(line.pieces) == 1
    assert lines.drawn(years[:2]) is None


def test_shades_are_of_as_many_places_each() -> None:
    shown = [
        tiles.Shown(f"51{at:02}00", f"示例{at}市", Fraction(at), str(at))
        for at in range(10)
    ]
    drawn = tiles.of_places([*shown, tiles.Shown("511000", "无数市", None, "")])
    steps = [one.step for one in drawn.tiles]
    assert steps == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 0]
    assert drawn.ranges[0] == (1, "0", "1")


def test_provinces_do_not_lie_on_one_another() -> None:
    shown = [tiles.Shown(f"{code}0000", code, None, "") for code in tiles._PROVINCES]
    drawn = tiles.of_provinces(shown)
    places = {(one.x, one.y) for one in drawn.tiles}
    assert len(places) == len(drawn.tiles) == 35

"""Orders by a figure, in words."""

from __future__ import annotations

from datetime import date

import pytest

from archive.search.question import Query
from archive.search.question.understanding import ChipKind, understand

TODAY = date(2024, 6, 15)
NEW, SHARE = "figure:requests.new.total", "figure:disclosed_share"


def asked(question: str) -> tuple[str, str]:
    """The order that a question asks for, and the words that are left."""
    found = understand(question, TODAY)
    return found.sort, found.rest


@pytest.mark.parametrize(
    ("question", "sort", "rest"),
    [
        ("申请最多的教育局", NEW, ""),
        ("收到申请最多", NEW, ""),
        ("申请数量最多的区县", NEW, ""),
        ("2023年收到申请最多的10个区县", NEW, ""),
        ("申请最多的前十个区县", NEW, ""),
        ("申请排名前10的镇", NEW, ""),
        ("广东 申请从多到少排列", NEW, ""),
        ("去年申请最少的省", f"{NEW}:asc", ""),
        ("公开率最低的公安局", f"{SHARE}:asc", ""),
        ("公开率由高到低", SHARE, ""),
        ("诉讼最多的公安局有哪些", "figure:lawsuits.total", ""),
        ("申请最多 浙江的", NEW, ""),
        ("申请最多的教育局 拆迁", NEW, "拆迁"),
        ("武侯区申请最多的部门", NEW, ""),
        ("申请最多的单位有哪些", NEW, ""),
        ("哪些机关申请最多", NEW, ""),
        ("成都市哪个单位公开率最低", f"{SHARE}:asc", ""),
        ("谁申请最多", NEW, ""),
        ("不予公开最多的教育局", "figure:refused", ""),
        ("不予公开率最高的教育局", "figure:refused_share", ""),
        ("武汉市各部门申请量排名", NEW, ""),
        ("申请量最多的是北京还是上海", NEW, ""),
        ("不是公安局的机关里申请最多的", NEW, ""),
        ("年申请量最多的教育局", NEW, ""),
        ("记者想查申请最多的教育局", NEW, ""),
        (
            "本机关不掌握最多的住建局",
            "figure:requests.unavailable_not_held.total",
            "",
        ),
        ("商业企业申请最多的街道", "figure:requests.new.enterprise", ""),
        # ---- these say something else
        ("商业企业最多的街道", "", "商业企业最多的街道"),
        ("涨得最快的城市", "", "涨得最快的城市"),
        ("诉讼最多的法院", "", "诉讼最多的法院"),
        ("申请最多的部门协作", "", "申请最多的部门协作"),
        ("申请最多跑一次", "", "申请最多跑一次"),
        ("申请增长最慢的区县", "figure:received_growth:asc", ""),
        ("增长率最低的区县", "figure:received_growth:asc", ""),
        ("败诉最少的省", "figure:lawsuits_corrected:asc", ""),
        ("最多的申请", "", "最多的申请"),
        ("本年度收到申请翻了一番", "", "本年度收到申请翻了一番"),
        ("增长最快十二皮部", "", "增长最快十二皮部"),
        ("增长最快", "", "增长最快"),
        ("群众反映最多的问题", "", "群众反映最多的问题"),
        ("无效申请最多的教育局", "", "无效申请最多的教育局"),
        ("申请最多的原因", "", "申请最多的原因"),
        ("旧城改造的申请最多", "", "旧城改造的申请最多"),
        ("受理最多的教育局", "", "受理最多的教育局"),
        ("-申请最多", "", "-申请最多"),
        ("“申请最多”的教育局", "", "“申请最多”的教育局"),
    ],
)
def test_what_order_a_question_asks_for(question: str, sort: str, rest: str) -> None:
    assert asked(question) == (sort, rest)


@pytest.mark.parametrize(
    ("question", "sort", "rest"),
    [
        ("最新 武汉", "year", ""),
        ("武汉 最新", "year", ""),
        ("最新武汉市教育局", "year", ""),
        ("武汉市教育局最新年报", "year", ""),
        ("武汉市教育局的最新年度报告", "year", ""),
        ("最新的年报", "year", ""),
        ("最近的年报", "year", ""),
        ("最近发布的", "published", ""),
        ("武汉最近公布的", "published", ""),
        ("最近发布的教育局年报", "published", ""),
        ("2022年 最新", "year", ""),
        ("申请>100 最新", "year", "申请>100"),
        # ---- these say something else
        ("最新政策", "", "最新政策"),
        ("最新 政策", "", "最新 政策"),
        ("最新的政策", "", "最新的政策"),
        ("最新发布", "", "最新发布"),
        ("最新修订的条例", "", "最新修订的条例"),
        ("最近发布的政策", "", "最近发布的政策"),
        ("最近的派出所", "", "最近的派出所"),
        ("最近", "", "最近"),
        ("最新", "", "最新"),
        ("最新报告会", "", "最新报告会"),
        ("最新 拆迁 武汉", "", "最新 拆迁"),
        ("-最新 武汉", "", "-最新"),
        ("“最新的年报”", "", "“最新的年报”"),
    ],
)
def test_the_newest_are_an_order_by_date(question: str, sort: str, rest: str) -> None:
    assert asked(question) == (sort, rest)


def test_a_body_beside_the_newest_is_that_of_its_place() -> None:
    (body,) = understand("武汉最新的教育局年报", TODAY).of(ChipKind.AGENCY)
    assert body.agency
    assert not body.agency.is_of_all


def test_the_newest_can_be_taken_off() -> None:
    without = understand("最新 武汉", TODAY, frozenset({"最新"}))
    assert (without.sort, without.rest) == ("", "最新")


def test_an_order_is_a_chip_that_can_be_taken_off() -> None:
    text = "广东公开率最低的教育局"
    order = understand(text, TODAY).chips[1]
    assert (order.kind, order.typed) == (ChipKind.ORDER, "公开率最低")
    assert order.label == "公开率（低到高）"
    without = understand(text, TODAY, frozenset({order.typed}))
    assert without.sort == ""
    assert ChipKind.ORDER not in [chip.kind for chip in without.chips]


def test_bodies_behind_an_order_are_all_of_the_place() -> None:
    kinds = understand("广东申请最多的教育局", TODAY).of(ChipKind.AGENCY)
    assert [chip.agency.is_of_all for chip in kinds if chip.agency] == [True]


@pytest.mark.parametrize(
    ("question", "note"),
    [
        ("申请增长最快的教育局", ""),
        ("申请增长最多的教育局", "不按增减的件数"),
        ("增长最快的区县", "没有写明是什么的增减"),
        ("上诉最多的公安局", "不单列上诉"),
        ("败诉最多的公安局", ""),
    ],
)
def test_an_order_by_what_comes_nearest_says_so(question: str, note: str) -> None:
    order, *_ = understand(question, TODAY).of(ChipKind.ORDER)
    assert note in order.note
    assert bool(order.note) == bool(note)


@pytest.mark.parametrize(
    "question",
    [
        "诉讼增长最快的公安局",
        "主动公开下降最多",
        "公开率增长最快的区县",
        "行政复议翻倍的区县",
    ],
)
def test_a_growth_that_nobody_computes_is_said(question: str) -> None:
    assert understand(question, TODAY).sort == ""
    (note,) = Query(question, asked_on=TODAY).notes
    assert question[:5] in note
    assert "只有新收申请有同比" in note
    assert not Query(f"“{question}”", asked_on=TODAY).notes


@pytest.mark.parametrize(
    "question",
    [
        "连续三年没有收到申请的镇",
        "近三年都没有收到申请的镇",
        "2021年到2023年每年都没有收到申请的镇",
        "2021到2023年连续三年没有收到申请的镇",
        "三年连续没有收到申请的镇",
        "申请量近三年都超过1000件的公安局",
        "公开率连续三年低于50%的公安局",
    ],
)
def test_what_is_to_hold_in_each_year_is_said(question: str) -> None:
    (years,) = understand(question, TODAY).of(ChipKind.YEARS)
    assert years.years == (2021, 2022, 2023)
    assert years.is_each_year
    assert "不要求每年都符合" in years.note


@pytest.mark.parametrize(
    "question",
    [
        "近三年没有收到申请的镇",
        "2023年都没有收到申请的镇",
        "申请量近三年超过1000件的公安局",
    ],
)
def test_years_alone_are_any_of_them(question: str) -> None:
    (years,) = understand(question, TODAY).of(ChipKind.YEARS)
    assert not years.is_each_year

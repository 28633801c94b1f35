"""Lists and reports read by selectors that a person told."""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import UTC, date, datetime

import pytest

from archive.reading import read
from archive.report import Hints
from scrapers import Capture, Changed, Selectors, family_by, list_page

URL = "https://www.shili.gov.cn/odd/list.html"
LIST = """<html><body><div class=grid>
<section class=one data-go="a"><b class=n>示例市示例局2023年政府信息公开工作年度报告</b>
<a href="a.html">查看</a><small class=d>2024年1月18日</small></section>
<section class=one><b class=n>示例市示例局2022年政府信息公开工作年度报告</b>
<a href="b.html">查看</a><small class=d>2023年1月19日</small></section>
<section class=one><b class=n>关于报送2023年年度报告的通知</b>
<a href="c.html">查看</a><small class=d>2024年1月2日</small></section>
</div><div class=foot>共5条 第1页 <span class=more><a href="list2.html">⇒</a></span></div>
</body></html>"""
TOLD = {"list": "section.one", "title": ".n", "date": ".d", "next": ".more a"}


def capture(html: str, url: str = URL) -> Capture:
    return Capture(url, url, datetime.now(UTC), 200, {}, html.encode())


def selectors(**told: str) -> Selectors:
    made = Selectors.of(told)
    assert made is not None
    return made


def test_a_list_is_read_by_selectors() -> None:
    page = list_page(family_by(selectors(**TOLD)), capture(LIST))
    read = [(lead.url.rsplit("/", 1)[1], lead.published) for lead in page.leads]
    assert read == [("a.html", date(2024, 1, 18)), ("b.html", date(2023, 1, 19))]
    assert page.leads[0].title == "示例市示例局2023年政府信息公开工作年度报告"
    assert page.next_url == "https://www.shili.gov.cn/odd/list2.html"
    assert (page.entries, page.total) == (3, 5)


def test_what_is_not_told_is_found_as_on_any_page() -> None:
    html = (
        "<ul><li><a href='a.html'>示例局2023年政府信息公开年度报告</a>"
        "<i>2024-01-18</i></li></ul><a href='2.html'>下一页</a>"
    )
    page = list_page(family_by(selectors(list="li")), capture(html))
    assert page.leads[0].published == date(2024, 1, 18)
    assert page.next_url == "https://www.shili.gov.cn/odd/2.html"


def test_a_selector_that_finds_nothing_says_so() -> None:
    with pytest.raises(Changed, match=r"section\.two"):
        list_page(family_by(selectors(list="section.two")), capture(LIST))


def test_no_selector_leads_to_another_site() -> None:
    html = "<p class=e><a href='https://elsewhere.com/'>2023年年报</a></p>"
    page = list_page(family_by(selectors(list=".e", next=".e a")), capture(html))
    assert (page.leads, page.next_url) == ((), None)


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"lists": "li"}, "没有选择器“lists”"),
        ({"list": "li >"}, "不是有效的 CSS 选择器"),
        ({"list": "li", "date": "[["}, "选择器 date"),
        ({"title": "a"}, "缺少 list"),
        ({"list": "li" * 200}, "超过 300 个字符"),
        ({"list": ",".join([':-soup-contains("x")'] * 5)}, "括号的条件超过 4 个"),
        ({"list": "li", "next": r"a:\68 as(b)" * 5}, "括号的条件超过 4 个"),
        ({"list": ":not(" * 20 + "a" + ")" * 20}, "括号的条件超过 4 个"),
    ],
)
def test_what_is_no_selector_is_refused(told: dict[str, str], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        Selectors.of(told)


def test_conditions_in_brackets_are_not_refused_as_such() -> None:
    made = selectors(
        list="li:nth-child(n+2):not(.on)", next='a:-soup-contains("下一页")'
    )
    assert made.next == 'a:-soup-contains("下一页")'


@pytest.mark.parametrize("depth", [1, 190])
@pytest.mark.parametrize(
    "selector",
    [
        "zz ~ div ~ div ~ div",
        "zz * * * * * * a",
        ":not(:has(:not(:has(a))))",
        ",".join([':-soup-contains("zz")'] * 4),
        ":has(~ zz),:nth-last-child(2n of :has(zz))",
    ],
)
def test_no_selector_holds_the_worker(selector: str, depth: int) -> None:
    """A quarter of the largest page, of one row or of deep holes; whose words an
    editor chose. The time grows with the page, not with its square.
    """
    holes = "<div>" * depth + "<a href=a.html>年报</a>" + "</div>" * depth
    page = capture(f"<html><body>{holes * (7_500 // (depth + 1))}</body></html>")
    family = family_by(selectors(list=selector))
    begin = time.process_time()
    with suppress(Changed):
        list_page(family, page)
    assert time.process_time() - begin < 20


def test_nothing_told_is_no_selector() -> None:
    assert Selectors.of({"list": " ", "next": ""}) is None


def test_selectors_are_told_as_they_were_given() -> None:
    assert selectors(**TOLD).told == TOLD


PAGE = """<html><head><style>.no{display:none}</style></head><body>
<div id=other><p>一、总体情况 另一篇：2023年共收到政府信息公开申请9件。</p></div>
<div id=mine><p>一、总体情况</p><p>本年共收到政府信息公开申请5件。</p>
<p class=no>看不见</p></div></body></html>"""


def text_by(selector: str) -> str:
    document = read(PAGE.encode(), Hints(body=selector))
    return "".join(block.text for block in document.blocks if hasattr(block, "text"))


def test_a_report_is_read_where_a_person_says_it_is() -> None:
    assert "5件" in text_by("#mine")
    assert "9件" not in text_by("#mine")
    assert "看不见" not in text_by("#mine")


@pytest.mark.parametrize("selector", ["#none", "[["])
def test_where_that_is_not_found_the_page_is_read_as_any(selector: str) -> None:
    assert text_by(selector) == text_by("")


def test_selectors_are_told_by_lines() -> None:
    made = Selectors.of_text("list: section.one\n\ntitle：.n \n date: .d\n")
    assert made == Selectors("section.one", ".n", ".d")


@pytest.mark.parametrize("text", ["section.one", "list: li\nlist: p"])
def test_lines_that_tell_none(text: str) -> None:
    with pytest.raises(ValueError, match="逐行"):
        Selectors.of_text(text)

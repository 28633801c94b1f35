"""How much a list says that it holds, in the words of many pagers."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from scrapers import Capture, told_of_list

URL = "https://www.shili.gov.cn/zwgk/nb/"
ENTRIES = "".join(
    f"<li><a href='/nb/{n}.html'>示例市示例局{2015 + n}年政府信息公开年度报告</a>"
    f"<span>{2016 + n}-01-14</span></li>"
    for n in range(5)
)


def said(pager: str) -> tuple[int | None, int | None]:
    """Total and pages of a list with this pager."""
    html = f"<h2>政府信息公开年报</h2><ul>{ENTRIES}</ul>{pager}"
    capture = Capture(URL, URL, datetime.now(UTC), 200, {}, html.encode())
    return told_of_list(capture).said


@pytest.mark.parametrize(
    "pager",
    [
        "<div>首页 上一页 %s 下一页 尾页</div>",
        "<div class='page'><span>%s</span><a>下一页</a></div>",
    ],
)
@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("共36条", (36, None)),
        ("共计36条", (36, None)),
        ("合计36条", (36, None)),
        ("总共 36 条信息", (36, None)),
        ("记录总数：36", (36, None)),
        ("共36篇", (36, None)),
        ("共 36 项", (36, None)),
        ("共36个", (36, None)),
        ("共<b>36</b>条", (36, None)),
        ("Total 36", (36, None)),
        ("共１，２３４条", (1234, None)),
        ("共1,234条", (1234, None)),
        ("记录 1 到 5 ，共 36", (36, None)),
        ("共8页36条", (36, 8)),
        ("共36条，共8页", (36, 8)),
        ("36条/8页", (36, 8)),
        ("第1页/共8页", (None, 8)),
        ("第 1/8 页", (None, 8)),
        ("1/8", (None, 8)),
        ("页次：1/8", (None, 8)),
        ("当前第1页，总8页", (None, 8)),
        ("共<span>８</span>页", (None, 8)),
        ("2024/01/19", (None, None)),
        ("共12个部门", (None, None)),
        ("第36条", (None, None)),
    ],
)
def test_words_of_pagers(
    pager: str, words: str, told: tuple[int | None, int | None]
) -> None:
    assert said(pager % words) == told


@pytest.mark.parametrize("day", ["2024-01-14", "[01-14]", "1月14日"])
def test_entries_are_known_by_their_day(day: str) -> None:
    """With its year or without, as the same lists are read."""
    rows = "".join(
        f"<li><a href='/x/{n}.html'>要闻{n}</a><span>{day}</span></li>"
        for n in range(4)
    )
    html = f"<h2>要闻</h2><ul>{rows}</ul><p><a href='/more/'>更多</a></p>"
    capture = Capture(URL, URL, datetime.now(UTC), 200, {}, html.encode())
    assert told_of_list(capture).entries == 4


def test_a_number_far_from_a_pager_is_none_of_the_list() -> None:
    assert said("<p>全年主动公开政府信息共1234条。</p>") == (None, None)

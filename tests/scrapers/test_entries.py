"""Entries of lists that are no plain links with a title."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from scrapers import Capture, Lead, judged, list_page
from scrapers.titles import sifted

URL = "https://www.shili.gov.cn/zwgk/nb/"
YEARS = (2023, 2022, 2021, 2020)


def title(year: int) -> str:
    return f"示例市示例局{year}年政府信息公开工作年度报告"


def listed(html: str) -> list[tuple[str, str]]:
    """Where the entries of a page lead, and their titles."""
    page = f"<html><body><h2>政府信息公开年报</h2>{html}</body></html>"
    capture = Capture(URL, URL, datetime.now(UTC), 200, {}, page.encode())
    family, _ = judged(capture)
    assert family is not None
    leads = list_page(family, capture).leads
    return [(lead.url.removeprefix(URL), lead.title) for lead in leads]


@pytest.mark.parametrize(
    "entry",
    [
        lambda url, name: f"<li onclick=\"location.href='{url}'\"><b>{name}</b></li>",
        lambda url, name: f"<tr onclick=\"window.open('{url}')\"><td>{name}</td></tr>",
        lambda url, name: f"<a href='{url}'><img src='i.png' alt='{name}'>2024</a>",
        lambda url, name: (
            f"<tr><td>{name}</td><td>2024-01-18</td><td><a href='{url}'>下载</a></td></tr>"
        ),
        lambda url, name: f"<p>{name} <a href='{url}'>[点击查看]</a></p>",
    ],
    ids=["item", "row", "picture", "download", "view"],
)
def test_entries_of_many_kinds(entry: Callable[[str, str], str]) -> None:
    entries = "".join(entry(f"{year}.html", title(year)) for year in YEARS)
    html = f"<table>{entries}</table>" if entry("", "").startswith("<tr") else entries
    assert listed(html) == [(f"{year}.html", title(year)) for year in YEARS]


def test_a_list_in_data_for_a_script() -> None:
    rows = ",".join(f"{{t: 1, title: '{title(y)}', url: '{y}.html'}}" for y in YEARS)
    html = f"<div id='list'></div><script>show([{rows}], 'list');</script>"
    assert listed(html) == [(f"{year}.html", title(year)) for year in YEARS]


def test_an_item_with_a_link_is_one_entry() -> None:
    html = "".join(
        f"<li onclick=\"location.href='{y}.html'\"><a href='{y}.html'>{title(y)}</a></li>"
        for y in YEARS
    )
    assert listed(html) == [(f"{year}.html", title(year)) for year in YEARS]


def test_the_picture_of_a_mark_is_no_title() -> None:
    html = "".join(
        f"<li><a href='{y}.html'><img alt='最新的公告与通知图标'>{title(y)}</a></li>"
        for y in YEARS
    )
    assert [name for _, name in listed(html)] == [title(year) for year in YEARS]


@pytest.mark.parametrize(
    ("bare", "may_be_report"),
    [
        ("示例市教育局", True),
        ("示例市红十字会", True),
        ("示例市工商业联合会", True),
        ("示例高新区管委会", True),
        ("示例市公安局交警支队", True),
        ("示例县政府办公室", True),
        ("2023年度", True),
        ("2023年开展政府信息公开情况", True),
        ("示例市召开第10次会议", False),
        ("示例县政府召开常务会议", False),
        ("示例镇举行座谈会", False),
        ("示例市工作推进会", False),
        ("示例市2023年工作会议", False),
        ("示例局举办培训", False),
        ("群众事项办理", False),
    ],
)
def test_short_titles_among_those_of_reports(bare: str, may_be_report: bool) -> None:
    """Of a list with news in it: what names a body or a year, and no meeting."""
    of_report, other = Lead(f"{URL}1", title(2023)), Lead(f"{URL}2", bare)
    both = sifted([of_report, other])
    assert both.taken == ((of_report, other) if may_be_report else (of_report,))
    assert both.passed == (() if may_be_report else (other,))

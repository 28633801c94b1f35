"""Entries of lists that are no plain links with a title."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from scrapers import Capture, judged, list_page

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

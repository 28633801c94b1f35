"""How much a list says that it holds, in the words beside its pager."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from scrapers.listing.hidden import hidden_markup
from scrapers.pages import Page, joined, parse_html

_SEARCHED = 1_000_000
_AROUND = 60
_COUNT = r"(\d{1,3}(?:,\d{3}){1,2}|\d{1,6})"
_ALL = r"(?:[共总合]计?|总共|共有)\s*(?:有|找到)?\s*[:：]?"
_UNIT = r"(?:条|篇|则|项|个(?!\w)|个?(?:记录|信息|结果|数据))"
_NAMED = r"(?:总记录数?|记录总数|信息总数|总条数|总数|\bTotal\b)"
_SLASH = r"(?<![\d/])\d{1,5}\s*/\s*"
_TURNS = "(?:下一?页|末页|尾页)"
_NOTHING_MORE = r"(?![\d/])"
_OF_TOTAL = (
    # e.g. "共 19 条", "共有19条记录", "共19篇", "合计 1,234 条"
    rf"{_ALL}\s*{_COUNT}\s*{_UNIT}",
    # e.g. "总记录数：19", "Total 19"
    rf"{_NAMED}\s*[:：]?\s*{_COUNT}",
    # e.g. "共3页36条"
    rf"\d\s*页\s*[,，/]?\s*{_COUNT}\s*条",
    # e.g. "36条/3页"
    rf"(?<!\d){_COUNT}\s*条\s*/\s*\d{{1,5}}\s*页",
    # e.g. "记录 1 到 5 ，共 36"
    rf"\d\s*到\s*\d{{1,6}}\s*,\s*共\s*{_COUNT}",
)
# How many entries; looked for near words of a pager only.
# e.g. "共 19 条", "总记录数：19", "共3页36条", "36条/3页", "显示 1 到 5 , 共 36"
# not "共 3 页", "第19条", "共12个部门"
_TOTAL = re.compile("|".join(_OF_TOTAL), re.IGNORECASE)
_OF_PAGES = (
    # e.g. "共 11 页", "总11页", "总页数：11 页"
    rf"(?:{_ALL}|总页数\s*[:：]?)\s*(\d{{1,5}})\s*页",
    # e.g. "1/11页"
    rf"{_SLASH}(\d{{1,5}})\s*页",
    # e.g. "页次：1/11"
    rf"页次?\s*[:：]?\s*{_SLASH}(\d{{1,5}}){_NOTHING_MORE}",
    # e.g. "1/11 下一页"
    rf"{_SLASH}(\d{{1,5}})\s*{_TURNS}",
    # e.g. "36条/11页"
    r"条\s*/\s*(\d{1,5})\s*页",
    # e.g. "总页数：11"
    r"总页数\s*[:：]?\s*(\d{1,5})",
)
# How many pages.
# e.g. "共 11 页", "1/11页", "第1/11页", "总页数：11", "页次：1/11", "36条/11页"
# not "共 11 条", "2024/01/19"
_PAGES = re.compile("|".join(_OF_PAGES))
# e.g. "下页", "首页", "总记录", "每页 10 条", "显示 1 到 5"
# not "第一条"
_OF_PAGER = re.compile(r"页|总?记录|总条数|显示\s*\d")
# e.g. "<a href=\"p2.html\">下一页</a>", "<div class='Pager'>"
# not "<li><a href='a'>"
_MARKS_PAGER = re.compile("页|page", re.IGNORECASE)


class Said(NamedTuple):
    """How many entries and pages a list says it has; None where it does not say."""

    total: int | None
    pages: int | None


def said_of_whole(page: Page) -> Said:
    """What the words of a page say of the list on it, hidden ones too."""
    hidden = (parse_html(one, page.url).get_text(" ") for one in pager_markup(page))
    shown = page.soup.get_text(" ")[:_SEARCHED]
    return _said_in(joined(" ".join((shown, *hidden))))


def pager_markup(page: Page) -> Iterator[str]:
    """Hidden markup that holds a pager and not a list."""
    for markup in hidden_markup(page):
        if _MARKS_PAGER.search(markup):
            yield markup


def _said_in(text: str) -> Said:
    """What a text says; a number of entries counts only near words of a pager.

    A report says 共12条 as well.
    """
    # Some print the digits of Chinese type, as wide as a sign.
    text = unicodedata.normalize("NFKC", text)
    totals: list[int] = []
    for found in _TOTAL.finditer(text):
        begin = max(0, found.start() - _AROUND)
        around = text[begin : found.end() + _AROUND]
        if _OF_PAGER.search(around):
            totals.append(_number(found))
    pages = map(_number, _PAGES.finditer(text))
    return Said(max(totals, default=None), max(pages, default=None))


def _number(found: re.Match[str]) -> int:
    """The number in whichever wording was found."""
    digits = next(filter(None, found.groups()))
    return int(digits.replace(",", ""))

"""Lists that no family reads, read by selectors: data on the source, told by a person.

list:  ul.news > li          each entry, or its link
title: .name                 within an entry; else that of its link
date:  .day                  within an entry; else what stands beside the link
next:  a.onward              the link to the next page; else as on any page
body:  #article              the text of a report on its own page; else found
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields, replace
from functools import partial
from typing import Self

import soupsieve
from bs4 import Tag

from archive.webpage import first_date
from scrapers.articles import article_of
from scrapers.families import Family
from scrapers.gone import open_list
from scrapers.leads import (
    entry_date,
    may_lead_to,
    target_of,
    title_of,
)
from scrapers.listing import ALL_PAGERS, NO_SIGN, Turn, first_that_turns, said_of_whole
from scrapers.pages import MAX_TITLE, Page, joined
from scrapers.source import Article, Capture, Changed, Lead, ListPage
from scrapers.titles import sifted

KEY = "selectors"
LONGEST = 300
"""Signs of a selector."""
_MOST_ENTRIES = 2_000
MOST_ASKED = 4
"""Conditions in brackets, `:has(…)`, `:-soup-contains(…)`, in a selector: one looks at
all that lies in a tag, again for each tag, up to three seconds on the largest page.
"""


@dataclass(frozen=True, slots=True)
class Selectors:
    """Where on the pages of a source what stands; CSS selectors, empty ones untold."""

    list: str
    title: str = ""
    date: str = ""
    next: str = ""
    body: str = ""

    @classmethod
    def of(cls, told: Mapping[str, str]) -> Self | None:
        """The selectors told; None where none is.

        Raises ValueError with a Chinese sentence for an unknown name, what is no
        selector, and where that of the list is missing.
        """
        given = {name.strip(): told[name].strip() for name in told}
        given = {name: selector for name, selector in given.items() if selector}
        if not given:
            return None
        known = [field.name for field in fields(cls)]
        for name, selector in given.items():
            if name not in known:
                raise ValueError(
                    f"没有选择器“{name[:40]}”，可用的是：{'、'.join(known)}。"
                )
            _check(name, selector)
        if "list" not in given:
            raise ValueError("选择器中缺少 list（列表的条目），其余的不能单独使用。")
        return cls(**given)

    @classmethod
    def of_text(cls, text: str) -> Self | None:
        """As `of`, of lines such as `list: ul > li`."""
        told: dict[str, str] = {}
        for line in filter(None, map(str.strip, text.splitlines())):
            name, colon, selector = line.replace("：", ":", 1).partition(":")
            if not colon or name in told:
                raise ValueError(f"选择器应逐行写成“名称: 选择器”：{line[:40]}")
            told[name] = selector
        return cls.of(told)

    @property
    def told(self) -> dict[str, str]:
        """As `of` takes them."""
        return {name: text for name, text in asdict(self).items() if text}


def _check(name: str, selector: str) -> None:
    """Raises ValueError for what is no selector."""
    if len(selector) > LONGEST:
        raise ValueError(f"选择器 {name} 超过 {LONGEST} 个字符。")
    # Counted by their brackets: a name can be spelled with escapes, `:\68 as(`.
    if selector.count("(") > MOST_ASKED:
        raise ValueError(f"选择器 {name} 中带括号的条件超过 {MOST_ASKED} 个。")
    try:
        soupsieve.compile(selector)
    except (soupsieve.SelectorSyntaxError, ValueError):
        raise ValueError(
            f"选择器 {name} 不是有效的 CSS 选择器：{selector[:80]}"
        ) from None


def wrong_selectors(text: str) -> str:
    """What is wrong with the selectors of a source, in Chinese; empty if nothing."""
    try:
        Selectors.of_text(text)
    except ValueError as wrong:
        return str(wrong)
    return ""


def family_by(selectors: Selectors) -> Family:
    """A family that reads lists and articles by selectors; it recognises nothing."""
    return Family(
        KEY,
        "按选择器读取",
        lambda page: NO_SIGN,
        partial(_list_page, selectors),
        partial(_article, selectors),
    )


def _list_page(selectors: Selectors, capture: Capture) -> ListPage:
    """A page of the list. Raises Changed where the selector finds no entry on it."""
    page = open_list(capture)
    found = page.soup.select(selectors.list, limit=_MOST_ENTRIES)
    if not found:
        raise Changed(
            f"选择器 {selectors.list} 在 {page.url} 上没有找到条目，栏目可能已改版，"
            "请核对来源的选择器。"
        )
    both = sifted(_leads(page, selectors, found))
    turn = _turn(page, selectors)
    said = said_of_whole(page)
    return ListPage(
        both.taken,
        turn.next_url,
        turn.note,
        form=turn.form,
        instead=turn.instead,
        learnt=capture.learnt,
        entries=len(found),
        total=turn.total or said.total,
        pages=turn.pages or said.pages,
        passed=both.passed,
    )


def _leads(page: Page, selectors: Selectors, entries: list[Tag]) -> Iterator[Lead]:
    for entry in entries:
        link = _link(page, entry)
        url = target_of(page, link) if link is not None else ""
        if link is None or not url or not may_lead_to(page.url, url):
            continue
        title = _text(entry, selectors.title) or title_of(link)
        day = first_date(_text(entry, selectors.date)) or entry_date(link)
        if title:
            yield Lead(url, title, day)


def _link(page: Page, entry: Tag) -> Tag | None:
    """The link of an entry: itself, else the first in it that leads somewhere."""
    if target_of(page, entry):
        return entry
    inside = entry.find_all("a")
    return next((link for link in inside if target_of(page, link)), None)


def _text(entry: Tag, selector: str) -> str:
    """What a selector shows within an entry, on one line; empty without one."""
    found = entry.select_one(selector) if selector else None
    return joined(found.get_text()[:MAX_TITLE]) if found is not None else ""


def _turn(page: Page, selectors: Selectors) -> Turn:
    """How the list goes on: by the selector told, else as lists do."""
    if not selectors.next:
        return first_that_turns(page, ALL_PAGERS)
    link = page.soup.select_one(selectors.next)
    url = target_of(page, link) if link is not None else ""
    is_onward = url != page.url and may_lead_to(page.url, url)
    return Turn(url if is_onward else None)


def _article(selectors: Selectors, capture: Capture) -> Article:
    """What stands around a report, and where on the page it is."""
    return replace(article_of(capture), body=selectors.body)

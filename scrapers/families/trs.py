"""TRS WCM (拓尔思), the commonest family: article addresses end in `tYYYYMMDD_N.html`.

Lists are `ul > li > a` with the date beside or inside the link. The pager is drawn by
the script call `createPageHTML(pages, current, "index", "html")`; pages count from
zero, so that page 2 is `index_1.html`.
"""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from bs4 import Tag

from scrapers.articles import read_article
from scrapers.gone import open_list
from scrapers.leads import DATE, can_be_reports, entries, links
from scrapers.pages import Page, attribute
from scrapers.source import Article, Capture, Changed, ListPage

_ARTICLE = re.compile(r"/t(?:20\d{6}|\d{6})_\d+(?:_\d+)?\.s?html?$")
_PAGER = re.compile(
    r"createPage(?:HTML)?\(\s*(\d{1,6})\s*,\s*(\d{1,6})\s*(?:,\s*[\"']([\w-]+)[\"']\s*,\s*[\"'](\w+)[\"'])?"
)
_COUNT = re.compile(r"\b(?:countPage|pageCount|nPageCount)\s*=\s*[\"']?(\d{1,6})\b")
_MARKS = re.compile(
    r"TRS_Editor|trs_editor_view|TRS_UEDITOR|createPageHTML\(\s*\d|TRS_WCM|WCMCMS",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"^(?P<name>[\w-]+?)(?:_(?P<number>\d{1,6}))?\.(?P<kind>s?html?)$"
)


def recognise(page: Page) -> bool:
    """True for a page with the marks, the pager or the article addresses of this
    family.
    """
    if _ARTICLE.search(urlsplit(page.url).path) or _MARKS.search(page.text):
        return True
    return any(_is_article(page, anchor) for anchor in links(page))


def list_page(capture: Capture) -> ListPage:
    """The reports of one list page. Raises Changed when there is neither a list nor its
    pager.
    """
    page = open_list(capture)
    anchors = _entries(page)
    paged = _PAGER.search(page.text) or _COUNT.search(page.text)
    if not anchors and not paged:
        raise Changed(
            f"页面 {capture.url} 中找不到拓尔思列表（没有条目，也没有翻页），"
            "栏目可能已改版。"
        )
    return ListPage(can_be_reports(entries(page, anchors)), _next(page))


def article(capture: Capture) -> Article:
    """The facts of an article page. The date in the address is often that of a
    migration and is not used.
    """
    return read_article(Page(capture))


def _is_article(page: Page, anchor: Tag) -> bool:
    return bool(
        _ARTICLE.search(urlsplit(page.absolute(attribute(anchor, "href"))).path)
    )


def _entries(page: Page) -> list[Tag]:
    """All links of the lists that hold article addresses; else of the lists with dates."""
    anchors = [anchor for anchor in links(page) if not page.is_furniture(anchor)]
    lists = {
        id(_list_around(anchor)) for anchor in anchors if _is_article(page, anchor)
    }
    if not lists:
        lists = {id(_list_around(anchor)) for anchor in anchors if _is_dated(anchor)}
    return [anchor for anchor in anchors if id(_list_around(anchor)) in lists]


def _list_around(anchor: Tag) -> Tag:
    around = anchor.find_parent(["ul", "ol", "dl", "table"])
    if around is None:
        around = anchor.parent.parent if anchor.parent is not None else None
    return around or anchor


def _is_dated(anchor: Tag) -> bool:
    entry = anchor.find_parent(["li", "tr", "dd"])
    return (
        entry is not None
        and len(entry.find_all("a", limit=4)) <= 3
        and bool(DATE.search(entry.get_text(" ")))
    )


def _next(page: Page) -> str | None:
    """Address of the following list page, never past what the pager says."""
    name = _NUMBERED.match(urlsplit(page.url).path.rsplit("/", 1)[-1])
    number = int(name["number"] or 0) if name else 0
    stem, kind = (name["name"], name["kind"]) if name else ("index", "html")
    if pager := _PAGER.search(page.text):
        pages, number = int(pager[1]), int(pager[2])
        stem, kind = pager[3] or stem, pager[4] or kind
    elif count := _COUNT.search(page.text):
        pages = int(count[1])
    else:
        return None
    if number + 1 >= pages:
        return None
    return urljoin(page.url, f"{stem}_{number + 1}.{kind}")

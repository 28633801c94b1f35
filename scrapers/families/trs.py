"""TRS WCM (拓尔思), the commonest family: article addresses end in `tYYYYMMDD_N.html`.

Lists are `ul > li > a` with the date beside or inside the link. The pager is drawn by
the script call `createPageHTML(pages, current, "index", "html")`; pages count from
zero, so that page 2 is `index_1.html`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from bs4 import Tag

from archive.webpage import has_date
from scrapers.articles import read_article
from scrapers.gone import open_list
from scrapers.leads import can_be_reports, entries, is_one_entry, links, own_links
from scrapers.pages import Page, attribute
from scrapers.source import Article, Capture, Changed, ListPage

# e.g. "/nb/202401/t20240119_105.html", "/t20240119_1_2.shtml", "/t240119_7.htm"
# not "/nb/index_1.html", "/art/2024/1/9/art_1_2.html"
_ARTICLE = re.compile(r"/t(?:20\d{6}|\d{6})_\d+(?:_\d+)?\.s?html?$")
_NUMBERS = r"\(\s*(\d{1,6})\s*,\s*(\d{1,6})\s*"
_QUOTED_NAME = r",\s*[\"']([\w-]+)[\"']"
_QUOTED_ENDING = r"\s*,\s*[\"'](\w+)[\"']"
# How many pages, which one this is, and what their addresses are made of.
# e.g. "createPageHTML(3, 0, \"index\", \"html\")", "createPage(2,1)"
# not "function createPageHTML(a, b, c, d)"
_PAGER = re.compile(
    rf"createPage(?:HTML)?{_NUMBERS}(?:{_QUOTED_NAME}{_QUOTED_ENDING})?"
)
_COUNT_NAMES = "countPage|pageCount|nPageCount"
# e.g. "var countPage = 4;", "pageCount='12'"
# not "countPage = n"
_COUNT = re.compile(rf"\b(?:{_COUNT_NAMES})\s*=\s*[\"']?(\d{{1,6}})\b")
_MARK_TEXTS = (
    *("TRS_Editor", "trs_editor_view", "TRS_UEDITOR", "TRS_WCM", "WCMCMS"),
    r"createPageHTML\(\s*\d",
)
# e.g. "<div class=TRS_Editor>", "createPageHTML(3, 0"
# not "createPageHTML(_nPageCount"
_MARKS = re.compile("|".join(_MARK_TEXTS), re.IGNORECASE)
_NUMBER = r"(?:_(?P<number>\d{1,6}))?"
# e.g. "index.html", "index_2.html", "list-a.shtml"
# not "index", "t20240119_1.aspx"
_FILE_NAME = re.compile(rf"^(?P<name>[\w-]+?){_NUMBER}\.(?P<ending>s?html?)$")


def recognise(page: Page) -> bool:
    """True for a page with the marks, the pager or the article addresses of this
    family.
    """
    is_article = _ARTICLE.search(urlsplit(page.url).path)
    if is_article or _MARKS.search(page.text):
        return True
    return any(_leads_to_article(page, anchor) for anchor in links(page))


def list_page(capture: Capture) -> ListPage:
    """The reports of one list page.

    Raises Changed when there is neither a list nor its pager.
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
    """The facts of an article page.

    The date in the address is often that of a migration and is not used.
    """
    return read_article(Page(capture))


def _leads_to_article(page: Page, anchor: Tag) -> bool:
    """Whether a link leads to an address such as only this family gives to articles."""
    url = page.absolute(attribute(anchor, "href"))
    return _ARTICLE.search(urlsplit(url).path) is not None


def _entries(page: Page) -> list[Tag]:
    """All links of the lists that hold article addresses; else of the lists with dates.

    A list may hold other addresses as well: reports of other systems, attachments.
    """
    anchors = own_links(page)
    sure = [anchor for anchor in anchors if _leads_to_article(page, anchor)]
    if not sure:
        sure = list(filter(_is_dated, anchors))
    lists = set(map(_identity_of_list, sure))
    return [anchor for anchor in anchors if _identity_of_list(anchor) in lists]


def _identity_of_list(anchor: Tag) -> int:
    """Which list a link is in: the same number for all links of one.

    Where there is no list, the element around the link's own stands for it.
    """
    around = anchor.find_parent(["ul", "ol", "dl", "table"])
    if around is None and anchor.parent is not None:
        around = anchor.parent.parent
    return id(around or anchor)


def _is_dated(anchor: Tag) -> bool:
    """Whether a link is in an entry of a list with a date."""
    entry = anchor.find_parent(["li", "tr", "dd"])
    if entry is None or not is_one_entry(entry):
        return False
    return has_date(entry.get_text(" "))


@dataclass(frozen=True, slots=True)
class _Place:
    """Which page of a list this is, and what the addresses of its pages are made of."""

    name: str
    ending: str
    number: int | None
    """Counted from zero; None where the address of the first page has none."""


def _next(page: Page) -> str | None:
    """Address of the following list page, never past what the pager says.

    Where the address has a page number, that counts and not the one that the pager
    prints: if that were wrong, a page would be read twice or passed over.
    """
    here = _place(page.url)
    pager = _PAGER.search(page.text)
    count = _COUNT.search(page.text)
    if pager:
        pages, number = int(pager[1]), int(pager[2])
        name, ending = pager[3] or here.name, pager[4] or here.ending
        if here.number is not None and here.name == name:
            number = here.number
    elif count:
        pages, number = int(count[1]), here.number or 0
        name, ending = here.name, here.ending
    else:
        return None
    if number + 1 >= pages:
        return None
    return urljoin(page.url, f"{name}_{number + 1}.{ending}")


def _place(url: str) -> _Place:
    """What an address of a list says: the folder alone stands for its index page."""
    found = _FILE_NAME.match(urlsplit(url).path.rsplit("/", 1)[-1])
    if found is None:
        return _Place("index", "html", None)
    number = found["number"]
    return _Place(found["name"], found["ending"], int(number) if number else None)

"""Hanweb JCMS (大汉): lists are XML islands inside the page, articles
`/art/YYYY/M/D/art_COL_ID.html`.

An island holds some records and the ready address of the next group; the answer there
is the same XML. The address may hold encrypted parts and can't be built, so that only
the one given is followed.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import parse_qs, urljoin, urlsplit

from bs4 import Tag

from scrapers.articles import read_article
from scrapers.gone import open_list
from scrapers.leads import can_be_reports, entries
from scrapers.pages import Page, attribute, parse_html, resolve
from scrapers.source import Article, Capture, Changed, Lead, ListPage

_ARTICLE = re.compile(r"/art/(\d{4})/(\d{1,2})/(\d{1,2})/art_\w+\.html$")
_MARKS = re.compile(r"<datastore\b|/jpage/(?:more\w*)?dataproxy\.jsp", re.IGNORECASE)
_MAX_RECORDS = 5_000


def recognise(page: Page) -> bool:
    """True for a page with an XML island of records, an answer of its proxy, or this
    family's article address.
    """
    return bool(_MARKS.search(page.text) or _ARTICLE.search(urlsplit(page.url).path))


def list_page(capture: Capture) -> ListPage:
    """The reports of the island, or of one answer of the proxy. Raises Changed when
    there are no records' places.
    """
    page = open_list(capture)
    if "<recordset" not in page.text and "<datastore" not in page.text:
        raise Changed(
            f"页面 {capture.url} 中找不到大汉列表的数据（datastore），栏目可能已改版。"
        )
    leads: list[Lead] = []
    count = 0
    for count, record in enumerate(_records(page.text), 1):
        if count > _MAX_RECORDS:
            raise Changed(
                f"页面 {capture.url} 的记录超过 {_MAX_RECORDS} 条，不像年报列表，"
                "请核对来源的网址。"
            )
        leads += entries(page, _anchors(record, page.url))
    following, note = _next(page), ""
    total = _number(page.text, "totalrecord")
    if (
        not following
        and total > count
        and "startrecord" not in page.url
        and "page=" not in page.url
    ):
        note = f"列表共有 {total} 条，页面只给出 {count} 条且没有后续地址，可能不完整。"
    return ListPage(can_be_reports(leads), following, note)


def article(capture: Capture) -> Article:
    """The facts of an article page; its address holds the day of publication, used when
    the page shows none.
    """
    page = Page(capture)
    read = read_article(page)
    if (
        read.published is None
        and not read.gone
        and (found := _ARTICLE.search(urlsplit(page.url).path))
    ):
        try:
            published = date(*(int(part) for part in found.groups()))
        except ValueError:
            return read
        return Article(
            read.title,
            published,
            read.publisher,
            read.site_name,
            read.site_code,
            read.attachments,
            read.gone,
        )
    return read


def _anchors(record: str, url: str) -> list[Tag]:
    return [
        anchor
        for anchor in parse_html(record, url).find_all("a", href=True)
        if isinstance(anchor, Tag)
    ]


def _records(text: str) -> Iterator[str]:
    """The HTML inside each `<record>`; plain searching, as broken islands would cost a
    pattern too much.
    """
    at = 0
    while (start := text.find("<record>", at)) >= 0:
        end = text.find("</record>", start)
        if end < 0:
            return
        yield _unwrapped(text[start + len("<record>") : end])
        at = end


def _element(text: str, name: str) -> str:
    start = text.find(f"<{name}>")
    end = text.find(f"</{name}>", start)
    return _unwrapped(text[start + len(name) + 2 : end]) if 0 <= start < end else ""


def _number(text: str, name: str) -> int:
    digits = _element(text, name).strip()
    return (
        int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 8 else 0
    )


def _unwrapped(text: str) -> str:
    text = text.strip()
    if text.startswith("<![CDATA["):
        return text.removeprefix("<![CDATA[").removesuffix("]]>")
    return html.unescape(text) if "&lt;" in text else text


def _next(page: Page) -> str | None:
    """The ready address of the next group; None when there is none or it begins past
    the last record.
    """
    given = _element(page.text, "nextgroup")
    if "<" in given:
        anchors = _anchors(given, page.url)
        given = attribute(anchors[0], "href") if anchors else ""
    given = html.unescape(given.strip())
    url = resolve(urljoin(page.url, given), page.url) if given else ""
    if (
        not url
        or url == page.url
        or urlsplit(url).hostname != urlsplit(page.url).hostname
    ):
        return None
    start = parse_qs(urlsplit(url).query).get("startrecord", [""])[0]
    total = _number(page.text, "totalrecord")
    if start.isascii() and start.isdigit() and total and int(start[:9]) > total:
        return None
    return url

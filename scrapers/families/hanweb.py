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
from dataclasses import replace
from datetime import date
from urllib.parse import parse_qs, urljoin, urlsplit

from bs4 import Tag

from scrapers.articles import read_article
from scrapers.gone import open_list
from scrapers.leads import can_be_reports, entries
from scrapers.pages import Page, attribute, parse_html, resolve
from scrapers.source import Article, Capture, Changed, Lead, ListPage

# Month and day are not padded; unlike that of TRS the date is that of publication.
# e.g. "/sx/art/2024/1/9/art_1201_345.html"
# not "/col/col1201/index.html"
_ARTICLE = re.compile(r"/art/(\d{4})/(\d{1,2})/(\d{1,2})/art_\w+\.html$")
# e.g. "<datastore>", "/module/web/jpage/dataproxy.jsp"
# e.g. "/module/jpage/morecolumndataproxy.jsp"
# not "datastore"
_MARKS = re.compile(r"<datastore\b|/jpage/(?:more\w*)?dataproxy\.jsp", re.IGNORECASE)
_MAX_RECORDS = 5_000
_RECORD, _RECORD_END = "<record>", "</record>"
_CDATA, _CDATA_END = "<![CDATA[", "]]>"


def recognise(page: Page) -> bool:
    """True for a page with an XML island of records, an answer of its proxy, or this
    family's article address.
    """
    return bool(_MARKS.search(page.text) or _ARTICLE.search(urlsplit(page.url).path))


def list_page(capture: Capture) -> ListPage:
    """The reports of the island, or of one answer of the proxy.

    Raises Changed when there are no records' places.
    """
    page = open_list(capture)
    if "<recordset" not in page.text and "<datastore" not in page.text:
        raise Changed(
            f"页面 {capture.url} 中找不到大汉列表的数据（datastore），栏目可能已改版。"
        )
    leads: list[Lead] = []
    count = 0
    for record in _records(page.text):
        count += 1
        if count > _MAX_RECORDS:
            raise Changed(
                f"页面 {capture.url} 的记录超过 {_MAX_RECORDS} 条，不像年报列表，"
                "请核对来源的网址。"
            )
        leads += entries(page, _anchors(record, page.url))
    following = _next(page)
    note = "" if following else _note(page, count)
    return ListPage(can_be_reports(leads), following, note)


def article(capture: Capture) -> Article:
    """The facts of an article page.

    Its address holds the day of publication, used when the page shows none.
    """
    page = Page(capture)
    read = read_article(page)
    if read.gone or read.published is not None:
        return read
    return replace(read, published=_date_in_address(page.url))


def _date_in_address(url: str) -> date | None:
    """The day in the address of an article; None where it is not in the calendar."""
    found = _ARTICLE.search(urlsplit(url).path)
    if found is None:
        return None
    year, month, day = (int(part) for part in found.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _note(page: Page, count: int) -> str:
    """What the first group says of records to which no address leads."""
    total = _number(page.text, "totalrecord")
    is_first = "startrecord" not in page.url and "page=" not in page.url
    if not is_first or total <= count:
        return ""
    return f"列表共有 {total} 条，页面只给出 {count} 条且没有后续地址，可能不完整。"


def _anchors(record: str, url: str) -> list[Tag]:
    """The links of a record: usually `<li><a …>…</a></li>`."""
    found = parse_html(record, url).find_all("a", href=True)
    return [anchor for anchor in found if isinstance(anchor, Tag)]


def _records(text: str) -> Iterator[str]:
    """The HTML inside each `<record>`.

    Plain searching, as broken islands would cost a pattern too much.
    """
    start = text.find(_RECORD)
    while start >= 0:
        end = text.find(_RECORD_END, start)
        if end < 0:
            return
        yield _unwrapped(text[start + len(_RECORD) : end])
        start = text.find(_RECORD, end)


def _element(text: str, name: str) -> str:
    """What the first element of a name holds; empty when there is none."""
    start = text.find(f"<{name}>")
    end = text.find(f"</{name}>", start)
    if start < 0 or end <= start:
        return ""
    return _unwrapped(text[start + len(f"<{name}>") : end])


def _number(text: str, name: str) -> int:
    """The number in an element; 0 where there is none, or one beyond all lists."""
    digits = _element(text, name).strip()
    return _counted(digits) if len(digits) < 8 else 0


def _counted(digits: str) -> int:
    """A count as written in ASCII digits; 0 for anything else."""
    is_number = digits.isascii() and digits.isdigit()
    return int(digits) if is_number else 0


def _unwrapped(text: str) -> str:
    """HTML in XML stands in a CDATA section, or is escaped."""
    text = text.strip()
    if text.startswith(_CDATA):
        return text.removeprefix(_CDATA).removesuffix(_CDATA_END)
    return html.unescape(text) if "&lt;" in text else text


def _next(page: Page) -> str | None:
    """The ready address of the next group.

    None when there is none or it begins past the last record.
    """
    given = _given_address(page)
    if not given:
        return None
    url = resolve(urljoin(page.url, given), page.url)
    if not url or url == page.url:
        return None
    is_same_host = urlsplit(url).hostname == urlsplit(page.url).hostname
    if not is_same_host or _begins_past_the_end(page, url):
        return None
    return url


def _given_address(page: Page) -> str:
    """The address of the next group as it stands in the island: bare, or as a link."""
    given = _element(page.text, "nextgroup")
    if "<" in given:
        anchors = _anchors(given, page.url)
        given = attribute(anchors[0], "href") if anchors else ""
    return html.unescape(given.strip())


def _begins_past_the_end(page: Page, url: str) -> bool:
    """Whether the next group begins behind the last record: then the list is read."""
    query = parse_qs(urlsplit(url).query)
    start = _counted(query.get("startrecord", [""])[0][:9])
    total = _number(page.text, "totalrecord")
    return 0 < total < start

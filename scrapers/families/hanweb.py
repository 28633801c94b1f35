"""Hanweb JCMS (大汉): lists are XML islands inside the page, articles
`/art/YYYY/M/D/art_COL_ID.html`.

An island holds some records and the ready address of the next group; the answer there
is the same XML. The address may hold encrypted parts and can't be built, so that only
the one given is followed. In another form there is no such address: the script that
draws the pager holds the number of records and what it sends by POST for more.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import islice
from urllib.parse import parse_qs, parse_qsl, urlencode, urljoin, urlsplit

from bs4 import Tag

from scrapers.articles import read_article
from scrapers.gone import open_list
from scrapers.leads import entries
from scrapers.listing import (
    Mark,
    fields_after,
    whole,
)
from scrapers.pages import Page, attribute, parse_html, resolve
from scrapers.source import Article, Capture, Changed, Form, Lead, ListPage
from scrapers.titles import sifted

# Month and day are not padded; unlike that of TRS the date is that of publication.
# e.g. "/sx/art/2024/1/9/art_1201_345.html"
# not "/col/col1201/index.html"
_ARTICLE = re.compile(r"/art/(\d{4})/(\d{1,2})/(\d{1,2})/art_\w+\.html$")
# e.g. "<datastore>", "/module/web/jpage/dataproxy.jsp"
# e.g. "/module/jpage/morecolumndataproxy.jsp"
# not "datastore"
_ISLAND = re.compile(r"<datastore\b|/jpage/(?:more\w*)?dataproxy\.jsp", re.IGNORECASE)
# e.g. "<recordset>", "<datastore >"
# not "datastore"
_PLACES = re.compile(r"<(?:recordset|datastore)\b")
# The call that draws the pager.
# e.g. "$(\"#25630\").jpage({", "$('#1').jpage( {", "new jpage({"
# not "jpage.js"
_CALL = re.compile(r"\bjpage\s*\((?=\s*\{)")
_PROXY = "/module/web/jpage/dataproxy.jsp"
_FIELDS = {
    "col": "1",
    "appid": "1",
    "webid": "",
    "path": "/",
    "columnid": "",
    "sourceContentType": "1",
    "unitid": "",
    "webname": "",
    "permissiontype": "0",
}
"""What the script of the pager sends, and its own values for what a page leaves out."""
_MAX_RECORDS = 5_000
_RECORD, _RECORD_END = "<record>", "</record>"
_CDATA, _CDATA_END = "<![CDATA[", "]]>"


MARKS = (
    Mark(_ISLAND, 85, "页面带有大汉列表的数据（datastore）或翻页接口"),
    Mark(_ARTICLE, 74, "文章地址为 /art/YYYY/M/D/art_N_N.html", in_address=True),
)


def list_page(capture: Capture) -> ListPage:
    """The reports of the island, or of one answer of the proxy.

    Raises Changed when there are no records' places.
    """
    page = open_list(capture)
    if not _PLACES.search(page.text):
        raise Changed(
            f"页面 {capture.url} 中找不到大汉列表的数据（datastore），栏目可能已改版。"
        )
    records = list(islice(_records(page.text), _MAX_RECORDS + 1))
    if len(records) > _MAX_RECORDS:
        raise Changed(
            f"页面 {capture.url} 的记录超过 {_MAX_RECORDS} 条，不像年报列表，"
            "请核对来源的网址。"
        )
    leads: list[Lead] = []
    for record in records:
        leads += entries(page, _anchors(record, page.url))
    total = _total(page)
    following, form = _next(page, len(records), total)
    note = "" if following else _note(page, len(records), total)
    both = sifted(leads)
    return ListPage(
        both.taken,
        following,
        note,
        form=form,
        entries=len(records),
        total=total,
        pages=_number(page.text, "totalpage") or None,
        passed=both.passed,
    )


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


def _note(page: Page, count: int, total: int | None) -> str:
    """What the first group says of records to which no address leads."""
    is_first = not page.capture.form and "startrecord" not in page.url
    if not is_first or "page=" in page.url or not total or total <= count:
        return ""
    return f"列表共有 {total} 条，页面只给出 {count} 条且没有后续地址，可能不完整。"


def _total(page: Page) -> int | None:
    """How many records there are: by the island, else by the call of the pager."""
    said = _number(page.text, "totalrecord")
    if said:
        return said
    return whole(_call(page).get("totalrecord"))


def _call(page: Page) -> dict[str, str]:
    """What the script of the pager is given, names in lower case; empty without one."""
    given = fields_after(page, _CALL)
    return {name.lower(): value for name, value in given.items()}


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
    return whole(_element(text, name).strip()) or 0


def _unwrapped(text: str) -> str:
    """HTML in XML stands in a CDATA section, or is escaped."""
    text = text.strip()
    if text.startswith(_CDATA):
        return text.removeprefix(_CDATA).removesuffix(_CDATA_END)
    return html.unescape(text) if "&lt;" in text else text


def _next(page: Page, count: int, total: int | None) -> tuple[str | None, Form]:
    """How the next group is asked for: at the ready address, else by the form that the
    script of the pager sends.

    None when there is none or it begins past the last record.
    """
    given = _given_address(page)
    if not given:
        return _posted(page, count, total)
    url = resolve(urljoin(page.url, given), page.url)
    if not url or url == page.url:
        return None, ()
    is_same_host = urlsplit(url).hostname == urlsplit(page.url).hostname
    if not is_same_host or _begins_past_the_end(page, url):
        return None, ()
    return url, ()


def _posted(page: Page, count: int, total: int | None) -> tuple[str | None, Form]:
    """The next group by POST.

    Groups overlap by no record; whoever sends the border record again does so on his
    own account.
    """
    query = dict(parse_qsl(urlsplit(page.url).query))
    form, proxy = page.capture.form, page.url.split("?")[0]
    per_page = query.get("perpage", "")
    last = whole(query.get("endrecord")) or 0
    if not form:
        call = _call(page)
        form = tuple(
            (name, call.get(name.lower(), usual)) for name, usual in _FIELDS.items()
        )
        proxy = page.absolute(call.get("proxyurl") or call.get("url") or _PROXY)
        per_page = call.get("perpage", "")
        last = count
        is_complete = all(call.get(name) for name in ("columnid", "unitid"))
        if not is_complete:
            return None, ()
    if not count or not proxy or not last or not total or last >= total:
        return None, ()
    size = max(count, last - (whole(query.get("startrecord")) or 0) + 1)
    if not query:
        size = max(count, whole(per_page) or 0)
    end = min(last + size, total)
    sent = {"startrecord": last + 1, "endrecord": end, "perpage": per_page or size}
    return f"{proxy}?{urlencode(sent)}", form


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
    start = whole(query.get("startrecord", [""])[0]) or 0
    total = _number(page.text, "totalrecord")
    return 0 < total < start

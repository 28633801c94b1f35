"""Lists in JSON: the answers of services behind pages that are drawn by scripts.

The services name their fields in many ways; what names an entry's title and its address
in none of them is a change, never an empty list.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any
from urllib.parse import urljoin

from archive.webpage import decode, first_date
from scrapers.leads import may_lead_to
from scrapers.listing.literals import (
    NoLiteral,
    literal_at,
    whole,
    without_percent_u,
)
from scrapers.listing.turning import Counts, with_next
from scrapers.pages import MAX_TITLE, Page, joined, resolve
from scrapers.source import Capture, Changed, Lead, ListPage
from scrapers.titles import sifted

_MOST_ENTRIES = 5_000
_MOST_LISTS = 40
# e.g. "var list = [{", "data:[ {", "render([{"
# not "a[0]", "[1, 2]"
_ROWS = re.compile(r"[=:(]\s*(?=\[\s*\{)")
_DEEPEST = 6
_CHINA = timedelta(hours=8)


@dataclass(frozen=True, slots=True)
class Fields:
    """What the services call what an entry holds, in lower case without `_`.

    The first name that an entry has a value under counts.
    """

    title: tuple[str, ...] = (
        *("title", "bt", "doctitle", "infotitle", "articletitle", "showtitle"),
        *("linktitle", "subject", "contenttitle", "docname", "filename", "name"),
    )
    url: tuple[str, ...] = (
        *("url", "posturl", "docpuburl", "puburl", "visiturl", "detailurl"),
        *("linkurl", "link", "href", "infourl", "htmlurl", "pageurl", "fileurl"),
        *("staticurl", "articleurl", "path"),
    )
    published: tuple[str, ...] = (
        *("publishedtimestr", "displaypublishtime", "publishtime", "publishedtime"),
        *("publishedtimeformat", "pubdate", "pubtime", "publishdate", "docreltime"),
        *("releasetime", "infodate", "deploytime", "fbrq", "fbsj", "showdate"),
        *("date", "time", "createdat", "createdate", "createtime", "writedate"),
    )
    total: tuple[str, ...] = (
        *("total", "postcount", "allrow", "totalcount", "totalrecord", "totalnum"),
        *("recordcount", "articlecount", "totalelements", "totalsize", "count"),
    )
    pages: tuple[str, ...] = (
        *("totalpage", "totalpages", "pagecount", "pages", "pagetotal"),
    )
    size: tuple[str, ...] = ("pagesize", "perpage", "size", "rows", "limit", "row")


USUAL = Fields()


@dataclass(frozen=True, slots=True)
class Answer:
    """What one answer of a service holds."""

    leads: tuple[Lead, ...]
    counts: Counts
    passed: tuple[Lead, ...] = ()


def data_of(capture: Capture) -> Any:
    """The JSON of an answer, also one wrapped in a call (`callback({…})`).

    Raises Changed for anything else.
    """
    text = decode(capture.body).strip().lstrip("\ufeff").rstrip(";")
    opening = text.find("(")
    is_call = text.endswith(")") and 0 <= opening < 80
    if is_call and not text.startswith(("{", "[")):
        text = text[opening + 1 : -1]
    try:
        data = json.loads(text)
        # Some services put their answer into a text of JSON.
        return json.loads(data) if isinstance(data, str) else data
    except (ValueError, RecursionError):
        raise Changed(
            f"接口 {capture.url} 的答复不是 JSON，栏目可能已改版，请核对来源的网址。"
        ) from None


def is_data(capture: Capture) -> bool:
    """Whether an answer looks like JSON and not like a page."""
    start = capture.body[:200].lstrip(b"\xef\xbb\xbf \r\n\t")
    return start.startswith((b"{", b"["))


def answer_of(capture: Capture, fields: Fields = USUAL) -> Answer:
    """The entries of an answer. Raises Changed when it holds no list that we know."""
    data = data_of(capture)
    rows = _entries(data, fields)
    if not rows and not _is_empty(data):
        names = sorted(_names(data))[:12]
        raise Changed(
            f"接口 {capture.url} 的答复中没有认识的列表（字段：{'、'.join(names)}），"
            "请补充该网站的采集规则。"
        )
    if len(rows) > _MOST_ENTRIES:
        raise Changed(
            f"接口 {capture.url} 的条目超过 {_MOST_ENTRIES} 条，不像年报列表。"
        )
    leads = (_lead(capture, row, fields) for row in rows)
    both = sifted(lead for lead in leads if lead is not None)
    said = (fields.size, fields.total, fields.pages)
    counts = Counts(len(rows), *(_number(data, names) for names in said))
    return Answer(both.taken, counts, both.passed)


def list_of_answer(capture: Capture, fields: Fields = USUAL) -> ListPage:
    """An answer as a page of a list; the next one is asked for in the same way."""
    found = answer_of(capture, fields)
    counts = found.counts
    read = ListPage(
        found.leads,
        entries=counts.entries,
        total=counts.total,
        pages=counts.pages,
        passed=found.passed,
    )
    return with_next(capture, read, counts)


def data_markup(page: Page) -> Iterator[str]:
    """Lists that stand in the scripts of a page as data, as these would show them."""
    for found in islice(_ROWS.finditer(page.text), _MOST_LISTS):
        try:
            data = literal_at(page.text, found.end())
        except NoLiteral:
            continue
        yield _as_markup(data)


def _as_markup(data: Any) -> str:
    rows = _entries(data, USUAL)[:_MOST_ENTRIES]
    shown = []
    for row in rows:
        url, title, day = (
            html.escape(str(_first(row, names))[:MAX_TITLE])
            for names in (USUAL.url, USUAL.title, USUAL.published)
        )
        shown.append(f'<li><a href="{url}">{title}</a> <span>{day}</span></li>')
    return "".join(shown)


def _entries(data: Any, fields: Fields) -> list[dict[str, Any]]:
    """The longest list whose entries have a title and an address.

    An answer holds other lists as well: columns, filters, files of an entry.
    """
    longest: list[dict[str, Any]] = []
    for rows in _lists(data):
        titled = [row for row in rows if _first(row, fields.title)]
        entries = [row for row in titled if _first(row, fields.url)]
        if len(entries) > len(longest):
            longest = entries
    return longest


def _lists(data: Any) -> Iterator[list[dict[str, Any]]]:
    """All lists of objects in an answer, the outer before the inner."""
    lists = (value for value in _values(data) if isinstance(value, list))
    for values in lists:
        objects = [one for one in values if isinstance(one, dict)]
        yield objects


def _values(data: Any) -> Iterator[Any]:
    """An answer and what it holds, the outer before the inner."""
    level = [data]
    for _ in range(_DEEPEST):
        yield from level
        inner: list[Any] = []
        for value in level:
            if isinstance(value, dict):
                inner += value.values()
            elif isinstance(value, list):
                inner += value[:_MOST_ENTRIES]
        level = inner


def _is_empty(data: Any) -> bool:
    """Whether an answer says that there is nothing: a list without entries.

    A list with entries of which none is understood is something else.
    """
    lists = list(_lists(data))
    has_entries = any(lists)
    return bool(lists) and not has_entries


def _names(data: Any) -> set[str]:
    """The names of the fields that an answer has, for whoever writes the rules."""
    names: set[str] = set()
    for value in _values(data):
        if isinstance(value, dict):
            shortened = (str(name)[:40] for name in value)
            names.update(shortened)
    return names


def _plain(name: Any) -> str:
    return str(name).lower().replace("_", "")


def _first(row: dict[str, Any], names: tuple[str, ...]) -> Any:
    """The value under the first of some names; an empty text without one."""
    plain = {_plain(name): value for name, value in row.items()}
    for name in names:
        value = plain.get(name)
        is_value = isinstance(value, str | int | float) and value not in {"", 0}
        if is_value and not isinstance(value, bool):
            return value
    return ""


def _number(data: Any, names: tuple[str, ...]) -> int | None:
    """A count that an answer says outside of its entries."""
    for value in _values(data):
        if not isinstance(value, dict):
            continue
        plain = {_plain(name): one for name, one in value.items()}
        for name in names:
            number = whole(plain.get(name))
            if number is not None:
                return number
    return None


# e.g. "<em>", "</font>", "<br/>"
# not "<"
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")


def _lead(capture: Capture, row: dict[str, Any], fields: Fields) -> Lead | None:
    """What an entry names; None for what leads where a list may not lead."""
    given = str(_first(row, fields.title))[:MAX_TITLE]
    title = joined(_TAG.sub("", html.unescape(without_percent_u(given))))
    url = resolve(urljoin(capture.url, str(_first(row, fields.url))), capture.url)
    if not title or not url or not may_lead_to(capture.url, url):
        return None
    return Lead(url, title, _published(row, fields))


def _published(row: dict[str, Any], fields: Fields) -> date | None:
    """The first field of a date that holds one."""
    plain = {_plain(name): value for name, value in row.items()}
    for name in fields.published:
        day = _day(plain.get(name))
        if day is not None:
            return day
    return None


# e.g. "20240119", "20240119103000"
# not "2024-01-19", "1705629600"
_PLAIN_DAY = re.compile(r"^(20\d\d)([01]\d)([0-3]\d)(?:\d{6})?$")


def _day(value: Any) -> date | None:
    """A day as text, or as seconds or thousandths since 1970."""
    text = str(value).strip()
    compact = _PLAIN_DAY.match(text)
    if compact:
        return first_date("-".join(compact.groups()))
    if text.isascii() and text.isdigit() and len(text) in {10, 13}:
        seconds = int(text[:10])
        return (datetime.fromtimestamp(seconds, UTC) + _CHINA).date()
    return first_date(text)

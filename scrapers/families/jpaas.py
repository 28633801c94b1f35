"""jpaas (集约化): the later generation of Hanweb. No list is in the page; a script asks
a service for it, with parameters that stand in an attribute.

The answer is JSON around a piece of markup, which holds the entries and a `div` that
says how many there are.
"""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from bs4 import Tag

from scrapers.gone import open_list
from scrapers.listing import (
    Layout,
    Mark,
    Value,
    data_of,
    entries_of,
    is_data,
    json_object,
    literal_after,
    page_of,
    read_list,
    texts_of,
    whole,
)
from scrapers.pages import Page, attribute
from scrapers.source import Capture, Changed, ListPage

SERVICE = "/jpaas-publish-server/front/page/build/unit"
# e.g. "/api-gateway/jpaas-publish-server/front/page/build/unit?parseType=bulidstatic"
# not "/api-gateway/jpaas-web-server/front/vote"
_SERVICE = re.compile(r"/jpaas-publish-server/front/page/build/unit\b")
# e.g. "/col/col1201/art/2024/art_0a1b2c3d4e5f60718293a4b5c6d7e8f9.html"
# not "/art/2024/1/9/art_1201_345.html"
_ARTICLE = re.compile(r"/art/\d{4}/art_[0-9a-f]{32}\.html$")
MARKS = (
    Mark(_SERVICE, 90, "列表由 jpaas 接口（build/unit）给出"),
    Mark(_SERVICE, 95, "网址是 jpaas 接口（build/unit）", in_address=True),
    Mark(_ARTICLE, 76, "文章地址为 /art/YYYY/art_<32位>.html", in_address=True),
)
_MUST_HAVE = ("webId", "pageId")
_USUAL_SIZE = 15
_LISTS = Layout("集约化平台")
# e.g. "queryData = {", "queryData:{", "var queryData={'webId':1}"
# not "queryDatas={", "queryData=data"
_QUERY = re.compile(r"\bqueryData\s*[=:]\s*(?=\{)")
HAS_SHELLS = True


def list_page(capture: Capture) -> ListPage:
    """An answer of the service; of a column's page only how the service is asked.

    Raises Changed for a page without parameters and an answer without a list.
    """
    if is_data(capture):
        return _answer(capture)
    page = open_list(capture)
    asked = [url for url in map(_address, _units(page)) if url]
    if not asked:
        # Some of these portals print the first page of a list, and its pager.
        return read_list(capture, _LISTS)
    addresses = [page.absolute(url) for url in asked]
    following, *others = dict.fromkeys(addresses)
    return ListPage((), following, lists=tuple(others))


def _units(page: Page) -> list[tuple[str, dict[str, str]]]:
    """The services that a page asks and with what; those of lists before others."""
    found = []
    for tag in page.soup.find_all(True, attrs={"querydata": True}, limit=40):
        url = attribute(tag, "url")
        if _SERVICE.search(url):
            found.append((url, _parameters(attribute(tag, "querydata"))))
    if not found:
        found += _in_scripts(page)
    lists = [one for one in found if _is_of_list(one[1])]
    return lists or found


def _in_scripts(page: Page) -> list[tuple[str, dict[str, str]]]:
    """The same where the parameters stand in a script, or ready in the address."""
    given = literal_after(page.text, _QUERY)
    if isinstance(given, dict):
        return [(f"/api-gateway{SERVICE}", texts_of(given))]
    ready = _READY.findall(page.text)
    return [(url.replace("&amp;", "&"), {}) for url in ready[:5]]


# e.g. "'/api-gateway/jpaas-publish-server/front/page/build/unit?webId=1&pageId=2'"
# not "/jpaas-publish-server/front/page/build/unit\""
_READY = re.compile(rf"[\"']([\w:/.-]{{0,200}}{SERVICE}\?[^\s\"'<>]{{1,1500}})")


def _parameters(text: str) -> dict[str, str]:
    """What the attribute says: JSON in single quotes, or in double ones."""
    value: Value = literal_after(f"={text.strip()}", _BEGIN)
    return texts_of(value) if isinstance(value, dict) else {}


# e.g. "={"
_BEGIN = re.compile(r"^=(?=\{)")


def _is_of_list(parameters: dict[str, str]) -> bool:
    """Whether a unit is the list of its column, by what it is called."""
    name = parameters.get("tagId", "")
    is_list = any(word in name for word in ("列表", "list", "List", "内容"))
    return is_list and parameters.get("pageType", "column") == "column"


def _address(unit: tuple[str, dict[str, str]]) -> str:
    """Where the first page of a list is asked for; empty where something lacks."""
    url, parameters = unit
    query = dict(parse_qsl(urlsplit(url).query)) | parameters
    if not all(query.get(name) for name in _MUST_HAVE):
        return ""
    numbered = _numbered(query, 1)
    return f"{url.split('?')[0]}?{urlencode(numbered)}"


def _numbered(query: dict[str, str], number: int, size: int = 0) -> dict[str, str]:
    """Parameters with the number of a page, within the text of JSON that holds it."""
    given = json_object(query.get("paramJson", ""))
    asked = _whole_or(given.get("pageSize"), _USUAL_SIZE)
    page = given | {"pageNo": number, "pageSize": size or asked}
    text = json.dumps(page, ensure_ascii=False, separators=(",", ":"))
    return query | {"paramJson": text}


def _whole_or(value: Any, usual: int) -> int:
    number = whole(value)
    return usual if number is None else number


def _answer(capture: Capture) -> ListPage:
    """The entries in an answer, and how more of them are asked for."""
    data = data_of(capture)
    inner = data.get("data") if isinstance(data, dict) else None
    markup = inner.get("html") if isinstance(inner, dict) else inner
    if not isinstance(markup, str):
        raise Changed(
            f"接口 {capture.url} 的答复中没有列表（data.html），栏目可能已改版。"
        )
    shell = Page(capture)
    page = page_of(shell, markup)
    found = entries_of(page)
    pager = page.soup.find(True, attrs={"count": True})
    total = whole(attribute(pager, "count")) if pager else None
    number, size = _place(capture, pager)
    is_last = total is None or not found.count or number * size >= total
    return ListPage(
        found.leads,
        None if is_last else _following(capture, number + 1, size),
        entries=found.count,
        total=total,
        pages=None if total is None else max(1, -(-total // size)),
        lists=found.lists,
        passed=found.passed,
    )


def _place(capture: Capture, pager: Tag | None) -> tuple[int, int]:
    """The number of an answer, from one, and how many entries a page has."""
    query = dict(parse_qsl(urlsplit(capture.url).query))
    asked = json_object(query.get("paramJson", ""))
    number = _whole_or(asked.get("pageNo", query.get("pageNo")), 1)
    size = _whole_or(attribute(pager, "rows"), 0) if pager else 0
    return number, size or _whole_or(asked.get("pageSize"), _USUAL_SIZE) or _USUAL_SIZE


def _following(capture: Capture, number: int, size: int) -> str:
    parts = urlsplit(capture.url)
    query = _numbered(dict(parse_qsl(parts.query)), number, size)
    return parts._replace(query=urlencode(query)).geturl()

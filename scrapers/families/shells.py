"""Portals drawn by scripts whose lists come from services of their own in JSON.

An adapter is data: by what it is known, where the service is, how it is asked. For a
service that no adapter knows, the call in the page's own script is read: its address,
its method and the fields it sends, as far as they are printed.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from urllib.parse import urlencode

from scrapers.gone import open_list
from scrapers.listing import (
    NO_SIGN,
    Sign,
    Value,
    is_data,
    list_of_answer,
    literal_after,
    texts_of,
)
from scrapers.pages import Page
from scrapers.source import Capture, Changed, Form, ListPage


@dataclass(frozen=True, slots=True)
class Adapter:
    """A service by its address: how its first page is asked for."""

    name: str
    address: re.Pattern[str]
    """Found in the text of the shell; its first group is the address."""
    method: str
    fields: tuple[tuple[str, str | int], ...]
    """Sent where the script of the shell prints none of that name."""


_QUOTED = r"[\"'`]({}[^\"'`\s<>]{{0,300}})[\"'`]"
_START = r"(?:https?://[\w.:-]{1,100})?/"
_VERBS = "(?:get|query|find|load|select|search|page)"
_PAGE_LISTS = rf"{_START}[\w/.-]{{0,200}}(?:{_VERBS}\w{{0,30}}(?:List|Page|Data)|list)"

_ENDING = r"(?:\.(?:do|json|action|jsp))?(?=[?\"'`])"
# e.g. "'/szinf/interactive/loadData'", "\"/nb/loadData.do\""
# e.g. "\"/columns/0a1b/templates/2c3d/blocks/4e5f\"", "`/api/content/list`"
# e.g. "'/api/article/getArticleList'", "\"/govinfo/api/queryPage.do\""
# not "function loadData(", "/columns/0a1b/index.html", "'/nb/list.html'"
ADAPTERS = (
    Adapter(
        "loadData",
        re.compile(_QUOTED.format(rf"{_START}[\w/.-]{{0,200}}/loadData\b")),
        "POST",
        (("page", 1), ("rows", 15)),
    ),
    Adapter(
        "blocks",
        re.compile(_QUOTED.format(rf"{_START}columns/[\w/-]{{1,200}}/blocks/")),
        "GET",
        (("page", 1),),
    ),
    Adapter(
        "list",
        re.compile(_QUOTED.format(f"{_PAGE_LISTS}{_ENDING}")),
        "",
        (("page", 1), ("pageSize", 15)),
    ),
)
HAS_SHELLS = True
"""Tried in this order. An empty method: as the script says, else GET."""

# e.g. "<div id=\"app\"></div>", "<div id='root'>"
# not "<div id=\"apply\">"
_SHELL = re.compile(r"<div[^>]{0,200}\bid=[\"']?(?:app|root|vue|main-app)[\"'\s>]")
# e.g. "axios.post(", "$.post (", "type: 'POST'", "method:\"post\""
# not "posted", "get("
_POSTS = re.compile(r"\.post\s*\(|(?:type|method)\s*:\s*[\"']post[\"']", re.IGNORECASE)
# e.g. "JSON.stringify(", "axios.post("
# not "$.post("
_SENDS_JSON = re.compile(r"JSON\.stringify|axios\.post|application/json")
# e.g. "data: {", "params:{"
# not "data: form"
_NAMED_FIELDS = re.compile(
    r"\b(?:data|params|body)\s*:\s*(?:JSON\.stringify\()?(?=\s*\{)"
)
# e.g. ", {", ",{"
# not "{"
_SECOND = re.compile(r"^\s*,\s*(?:JSON\.stringify\()?(?=\s*\{)")
_AROUND = 600


def recognise(page: Page) -> Sign:
    """By data in place of a page, or an empty shell with a service we can ask."""
    if is_data(page.capture):
        return Sign(20, "答复是 JSON 数据")
    adapter = _adapter(page)
    is_shell = _SHELL.search(page.text) is not None
    if adapter is None:
        return Sign(5, "页面由脚本生成，没有内容") if is_shell else NO_SIGN
    return Sign(50 if is_shell else 47, f"列表由接口给出（{adapter[0].name}）")


def list_page(capture: Capture) -> ListPage:
    """An answer of the service; of the shell only how the service is asked.

    Raises Changed for a shell without a service that is known.
    """
    if is_data(capture):
        return list_of_answer(capture)
    page = open_list(capture)
    found = _adapter(page)
    if found is None:
        raise Changed(
            f"页面 {capture.url} 由脚本生成，其中没有认识的列表接口，"
            "请补充该网站的采集规则。"
        )
    url, form = _asked(page, *found)
    return ListPage((), url, form=form)


def _adapter(page: Page) -> tuple[Adapter, re.Match[str]] | None:
    """The adapter whose service a page names, and where it does."""
    for adapter in ADAPTERS:
        found = adapter.address.search(page.text)
        if found:
            return adapter, found
    return None


def _asked(page: Page, adapter: Adapter, found: re.Match[str]) -> tuple[str, Form]:
    """The address and the form of the first page."""
    url = page.absolute(found[1])
    before = page.text[max(0, found.start() - _AROUND) : found.start()]
    behind = page.text[found.end() : found.end() + _AROUND]
    call = f"{before[-80:]}{behind}"
    fields = _fields(behind, before)
    missing = [one for one in adapter.fields if not _has(fields, one[0], url)]
    fields = fields | dict(missing)
    posts = adapter.method == "POST" or (not adapter.method and _POSTS.search(call))
    if not posts:
        joint = "&" if "?" in url else "?"
        query = urlencode(texts_of(fields))
        return f"{url}{joint}{query}".rstrip("&?"), ()
    if _SENDS_JSON.search(call):
        return url, (("", json.dumps(fields, ensure_ascii=False)),)
    return url, tuple(texts_of(fields).items())


def _fields(behind: str, before: str) -> dict[str, Value]:
    """What the script sends, as far as it is printed."""
    second: Value = literal_after(behind, _SECOND)
    named: Value = literal_after(behind, _NAMED_FIELDS)
    earlier: Value = literal_after(before, _NAMED_FIELDS)
    for value in (second, named, earlier):
        if isinstance(value, dict):
            return value
    return {}


_SAME = (
    frozenset(("page", "pageno", "pagenum", "pageindex", "currpage", "currentpage")),
    frozenset(("rows", "pagesize", "size", "limit", "perpage")),
)
"""Names that mean the same; one of each is enough."""


def _has(fields: dict[str, Value], name: str, url: str) -> bool:
    """Whether a field, or one that means the same, is sent already.

    It may stand in the address itself.
    """
    sent = set(map(str.lower, fields))
    for meaning in _meanings(name):
        if meaning in sent or f"{meaning}=" in url.lower():
            return True
    return False


def _meanings(name: str) -> frozenset[str]:
    """The names that mean the same as one."""
    for names in _SAME:
        if name.lower() in names:
            return names
    return frozenset((name.lower(),))

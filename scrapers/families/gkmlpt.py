"""gkmlpt, the disclosure platform of one province: a shell `/gkmlpt/index`, and a
service in JSON that lists a column.

The shell holds the tree of all columns; which one is meant stands behind `#` in the
address, else it is the one named 年报.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

from scrapers.gone import open_list
from scrapers.listing import (
    Mark,
    Value,
    is_data,
    list_of_answer,
    literal_after,
)
from scrapers.pages import Page
from scrapers.source import Capture, Changed, ListPage
from scrapers.titles import is_about_something_else, is_report_like

# e.g. "/gkmlpt/index", "/jyj/gkmlpt/content/8/8000/post_8000123.html"
# not "/gkml/index.html"
_ADDRESS = re.compile(r"/gkmlpt/")
# e.g. "window._CONFIG = {", "window._CONFIG={"
# not "_CONFIG.SID"
_CONFIG = re.compile(r"\b_CONFIG\s*=\s*(?=\{)")
# e.g. "SID: '763001'", "\"SID\":763001"
# not "SIDE: 1"
_SID = re.compile(r"\bSID[\"']?\s*[:=]\s*[\"']?(\d{1,12})")
# e.g. "TREE: [", "\"TREE\":["
# not "SUBTREES"
_TREE = re.compile(r"\bTREE[\"']?\s*[:=]\s*(?=\[)")
MARKS = (
    Mark(_ADDRESS, 96, "网址在 /gkmlpt/ 之下", in_address=True),
    Mark(_CONFIG, 88, "页面带有 gkmlpt 的设置（window._CONFIG）"),
)
_MOST_NODES = 20_000
_MOST_COLUMNS = 40
HAS_SHELLS = True
NAMES_COLUMNS = True


def list_page(capture: Capture) -> ListPage:
    """An answer of the service; of the shell only how the service is asked.

    Raises Changed for a shell without settings, and where no column is named 年报.
    """
    if is_data(capture):
        return list_of_answer(capture)
    page = open_list(capture)
    sid = _SID.search(page.text)
    if sid is None:
        raise Changed(
            f"页面 {capture.url} 中没有 gkmlpt 的设置（_CONFIG、SID），栏目可能已改版。"
        )
    columns = _columns(capture, page)
    if not columns:
        raise Changed(
            f"页面 {capture.url} 的目录中没有名为年报的栏目，"
            "请把栏目号写在网址的 # 之后，例如 /gkmlpt/index#1027。"
        )
    root = page.url.split("/gkmlpt/")[0]
    asked = [f"{root}/gkmlpt/api/all/{one}?page=1&sid={sid[1]}" for one in columns]
    following, *others = asked
    return ListPage((), following, lists=tuple(others))


def _columns(capture: Capture, page: Page) -> list[str]:
    """Numbers of the columns meant: that behind `#`, else all that are named 年报."""
    fragment = urlsplit(capture.asked).fragment
    if fragment.isascii() and fragment.isdigit():
        return [fragment]
    query = dict(parse_qsl(urlsplit(page.url).query))
    named = query.get("cid", "")
    if named.isascii() and named.isdigit():
        return [named]
    tree = literal_after(page.text, _TREE)
    found = [number for number, name in _nodes(tree) if _is_of_reports(name)]
    return list(dict.fromkeys(found))[:_MOST_COLUMNS]


def _is_of_reports(name: str) -> bool:
    """Whether a column is that of annual reports on disclosure."""
    return is_report_like(name) and not is_about_something_else(name)


def _nodes(tree: Value) -> Iterator[tuple[str, str]]:
    """Number and name of the columns of a tree that have a list of their own.

    A node with an address elsewhere has none; one with children is told by them.
    """
    waiting = list(tree) if isinstance(tree, list) else []
    for _ in range(_MOST_NODES):
        if not waiting:
            return
        node = waiting.pop(0)
        if not isinstance(node, dict):
            continue
        children = node.get("children")
        inner = children if isinstance(children, list) else []
        waiting += inner
        number, name = node.get("id"), node.get("name")
        leads_elsewhere = bool(node.get("jump_url"))
        if number and isinstance(name, str) and not leads_elsewhere:
            yield str(number), name

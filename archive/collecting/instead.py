"""What stands in place of a list: a log-in, a notice of maintenance, the home page.

A page without an entry is one of these more often than an empty list. It is called what
it is, so that whoever looks after the source knows what to do.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from archive.report import is_wall, other_page
from scrapers import (
    Capture,
    Changed,
    Fetching,
    Look,
    Refused,
    SourceTrouble,
    lacks_of,
    look_at,
)

_SHORT = 1_000
"""Signs; a page with more text says something else besides that it is no list."""
_NOTHING_YET = "暂无"
"""What an empty list says as well."""
_ALIKE = 0.8
_KEPT = "，已存档的报告不变"


def instead_of_list(capture: Capture, fetcher: Fetching) -> SourceTrouble | None:
    """Why a page without entries is no list at all; None where it may be one."""
    if not capture.body.strip():
        return Changed(f"列表页 {capture.asked} 的答复是空白的{_KEPT}，请稍后再试。")
    lacks = lacks_of(capture)
    if lacks:
        return Changed(f"列表页 {capture.asked} 由脚本绘制，未能绘制完整：{lacks}。")
    look = look_at(capture)
    if look is None:
        return None
    why = _kind(look)
    if why:
        clause = why.split("，")[0]
        sentence = f"列表页 {capture.asked} 给出的不是列表：{clause}{_KEPT}。"
        return Refused(sentence) if is_wall(why) else Changed(sentence)
    return _home(capture, look, fetcher)


def home_in_place(url: str, fetcher: Fetching) -> SourceTrouble | None:
    """Why a list that names next to nothing of what it once named is none, where it is
    the home page; else None.
    """
    try:
        capture = fetcher.get(url)
    except SourceTrouble:
        return None
    look = look_at(capture)
    if look is None:
        return None
    return _home(capture, look, fetcher)


def _home(capture: Capture, look: Look, fetcher: Fetching) -> SourceTrouble | None:
    """That the home page stands in place of a list; None where it does not."""
    if not _is_home(capture, look, fetcher):
        return None
    return Changed(
        f"列表页 {capture.asked} 给出的是网站首页，栏目可能已迁移{_KEPT}，"
        "请核对来源的网址。"
    )


def _kind(look: Look) -> str:
    """What a page is by its words, a long one by its title; empty where they don't
    tell.
    """
    if _NOTHING_YET in look.text:
        return ""
    if len(look.text) > _SHORT:
        return other_page(look.title)
    return other_page(f"{look.title}\n{look.text}")


def _is_home(capture: Capture, look: Look, fetcher: Fetching) -> bool:
    """Whether the home page of the site stands at another address of it."""
    parts = urlsplit(capture.url)
    home = f"{parts.scheme}://{parts.netloc}/"
    if urlsplit(capture.asked).path.strip("/") == "":
        return False
    try:
        answer = fetcher.get(home)
    except SourceTrouble:
        return False
    seen = look_at(answer)
    if answer.status >= 400 or seen is None or seen.title != look.title:
        return False
    if seen.text == look.text:
        return True
    both, either = seen.links & look.links, seen.links | look.links
    return len(both) > _ALIKE * len(either)

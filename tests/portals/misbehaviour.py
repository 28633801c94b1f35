"""What portals do that no standard foresees: lists that lie, and pages that are others.

`Listed` is what one list page shows and tells; `misled` changes it as a trouble says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tests.portals.answers import Answer, challenge, not_there
from tests.portals.pages import Item
from tests.portals.prose import BANNER
from tests.portals.reports import SampleReport

LISTS = (
    "told",
    "one page short",
    "hole",
    "page 2 is 404",
    "page 2 is 503",
    "third",
    "unsteady",
    "never steady",
    "stuck",
    "scripted",
)
"""What can be wrong with a list that answers: see `misled`."""
WALLS = (
    *("log-in", "maintenance", "soft", "error", "nothing", "412", "404", "home"),
    *("closed", "long log-in"),
)
"""What can stand in place of any page: see `instead`."""


@dataclass(frozen=True)
class Listed:
    """A page of a list: what it shows, which it is, how many pages and entries it
    tells of. `status`: what is answered in its place.
    """

    items: Sequence[Item]
    current: int
    pages: int
    total: int | None = None
    pager: str = "script"
    status: int = 200


def misled(
    listed: Listed, how: str, size: int, all_items: Sequence[Item], seen: int
) -> Listed:
    """A list page as a portal with this trouble shows it.

    `size`: entries of a page; `seen`: how often the list was asked for before.

    told            nothing is wrong, and 共N条 is printed
    one page short  the pager tells of a page too few, 共N条 of all entries
    hole            the second page is empty
    page 2 is 404   or 503
    third           only the first third of the entries is left
    unsteady        the first time the second page repeats an entry of the first and
                    lacks one; never steady: another one each time
    stuck           the second page is the first
    scripted        the pager is drawn by a script that nobody knows, 共N页 is printed
    """
    total = len(all_items)
    second = listed.current == 1
    if how in {"told", "one page short"}:
        pages = listed.pages - (how == "one page short")
        return replace(listed, total=total, pages=pages)
    if how == "hole" and second:
        return replace(listed, items=())
    if how.startswith("page 2 is ") and second:
        return replace(listed, status=int(how.rsplit(" ", 1)[1]))
    if how == "stuck" and second:
        return replace(listed, items=all_items[:size])
    if how == "scripted":
        return replace(listed, pager="unknown")
    is_shuffled = how == "never steady" or (how == "unsteady" and seen == 0)
    if is_shuffled and second:
        reports = [one for one in listed.items if isinstance(one, SampleReport)]
        lost = reports[seen % len(reports)]
        twice = next(one for one in all_items if isinstance(one, SampleReport))
        others = [one for one in listed.items if one is not lost]
        return replace(listed, items=[twice, *others])
    return listed


def home() -> Answer:
    """The front page of the portals: news, and the way to the reports."""
    news = "".join(
        f"<li><a href='/sz/zwgk/xw/202401/t20240{day}_{day}.html'>示例市召开第{day}次"
        f"会议</a><span>2024-01-{day}</span></li>"
        for day in range(10, 20)
    )
    text = (
        "<!DOCTYPE html><title>示例门户</title><h1>示例门户首页</h1>"
        f"<p>{BANNER}</p><ul>{news}</ul><ul><li><a href='/sz/zwgk/zfxxgknb/'>政府信息"
        "公开年报</a></li></ul>"
    )
    return Answer(200, text.encode())


def instead(how: str) -> Answer:
    """What a wall, a broken server or a careless one answers in place of a page."""
    texts = {
        "log-in": ("统一登录", "会话已过期，请重新登录。用户名 密码 登录"),
        "maintenance": ("系统维护", "网站正在升级维护，暂停访问，请稍后再试。"),
        "error": ("出错了", "系统繁忙，请稍后再试。"),
        "closed": ("提示", "本网站已迁移，请更新您的收藏。"),
        "long log-in": ("用户登录", "示例门户提供办事服务与互动交流。" * 100),
    }
    if how == "soft":
        return not_there(200)
    if how == "nothing":
        return Answer(200, b"")
    if how == "404":
        return not_there(404)
    if how == "412":
        return challenge("412")
    if how == "home":
        return home()
    title, text = texts[how]
    page = f"<!DOCTYPE html><html><head><title>{title}</title></head><body><p>{text}</p></body></html>"
    return Answer(200, page.encode())

"""Pages that are no longer there although the server answers as if they were."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from scrapers.pages import Page
from scrapers.source import Capture, Changed

_THING = "(?:页面|网页|页|文章|信息|内容|栏目|文件|资源|链接)"
_GONE = re.compile(
    rf"[^。！!\n]{{0,30}}(?:{_THING}(?:已经?)?(?:被?删除|下线|失效|不存在|走丢|未找到|过期|撤销)|"
    rf"(?:找不到|未找到|没有找到|无法找到).{{0,12}}{_THING}|您(?:所)?访问的.{{0,12}}(?:不存在|删除|下线|失效)|"
    rf"404\s*(?:Not Found|错误|页面|-)|Not Found|(?:不存在|已删除)的{_THING})[^。！!\n]{{0,30}}",
    re.IGNORECASE,
)
_GONE_TITLE = re.compile(
    r"\b404\b|页面不存在|找不到|未找到|Not Found|出错了", re.IGNORECASE
)
# A page with more text than this says something else besides that it is gone.
_SHORT = 400


def gone(page: Page) -> str:
    """The sentence by which a page says that it is gone, in Chinese; empty for a page
    that is there.
    """
    if page.capture.status in {404, 410}:
        return f"服务器返回 HTTP {page.capture.status}，页面已不存在。"
    if _went_up(page.capture.asked, page.url):
        return "原地址已转到网站首页或上级栏目，页面可能已删除或迁移。"
    text = ""
    for string in page.strings():
        text += f"{string}\n"
        if len(text) > _SHORT:
            return ""
    title = page.headline()
    if found := _GONE.search(text):
        return found.group().strip()
    return title[:60] if _GONE_TITLE.search(title) else ""


def open_list(capture: Capture) -> Page:
    """The page of a list that is there. Raises Changed when it is gone."""
    page = Page(capture)
    if sentence := gone(page):
        raise Changed(
            f"列表页 {capture.asked} 已不可用（{sentence.rstrip('。')}），"
            "请核对来源的网址。"
        )
    return page


def _went_up(asked: str, reached: str) -> bool:
    """True when a redirect led from a page to the front page, or to the front of a
    folder above it.
    """
    try:
        before, after = urlsplit(asked), urlsplit(reached)
    except ValueError:
        return False
    front = re.fullmatch(
        r"(.*/)(?:(?:index|default|main|home)(?:\.\w{2,5})?)?",
        after.path or "/",
        re.IGNORECASE,
    )
    if not front or before.path == after.path:
        return False
    folder = before.path.rsplit("/", 1)[0] + "/"
    if front[1].strip("/") == "":
        return not re.fullmatch(
            r"/*(?:(?:index|default|main|home)(?:\.\w{2,5})?)?",
            before.path,
            re.IGNORECASE,
        )
    return (
        before.hostname == after.hostname
        and folder != front[1]
        and folder.startswith(front[1])
    )

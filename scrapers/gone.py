"""Pages that are no longer there although the server answers as if they were.

A missing page often answers 200 with a page that says so, or with the home page.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from scrapers.pages import Page
from scrapers.source import Capture, Changed

_THING = "(?:页面|网页|页|文章|信息|内容|栏目|文件|资源|链接)"
_LOST = "(?:被?删除|下线|失效|不存在|走丢|未找到|过期|撤销)"
_NOT_FOUND = "(?:找不到|未找到|没有找到|无法找到)"
_SENTENCES = (
    f"{_THING}(?:已经?)?{_LOST}",
    f"{_NOT_FOUND}.{{0,12}}{_THING}",
    "您(?:所)?访问的.{0,12}(?:不存在|删除|下线|失效)",
    r"404\s*(?:Not Found|错误|页面|-)",
    "Not Found",
    f"(?:不存在|已删除)的{_THING}",
)
_AROUND = r"[^。！!\n]{0,30}"
# The whole sentence, as it is shown to whoever looks after the source.
# e.g. "抱歉，您访问的页面不存在。", "该信息已被删除", "找不到您要的网页"
# e.g. "404 Not Found"
# not "信息公开目录", "公开内容完整"
_GONE = re.compile(
    f"{_AROUND}(?:{'|'.join(_SENTENCES)}){_AROUND}",
    re.IGNORECASE,
)
# e.g. "404", "页面不存在 - 示例市", "404 Not Found"
# not "14045号文件", "出错了"
_GONE_TITLE = re.compile(r"\b404\b|页面不存在|找不到|未找到|Not Found", re.IGNORECASE)
_LOGGED_OUT = r"(?:请|重新|未)登[录陆]|登[录陆](?:已|超时|失效|状态|信息)|会话"
# What passes says nothing of the page: nobody may take it for gone on that account.
# e.g. "登录信息已过期，请重新登录", "网站正在升级维护，页面暂不存在", "系统繁忙"
# not "用户登录", "页面不存在"
_PASSES = re.compile(f"{_LOGGED_OUT}|维护|升级|繁忙")
_FRONT_PAGE = r"(?:(?:index|default|main|home)(?:\.\w{2,5})?)?"
# e.g. "/xxgk/index.html", "/xxgk/", "/default.aspx"
# not "/xxgk/t20240119_1.html"
_FRONT = re.compile(rf"^(.*/){_FRONT_PAGE}$", re.IGNORECASE)
# e.g. "/", "/index.html", "//"
# not "/xxgk/index.html"
_SITE_FRONT = re.compile(rf"^/*{_FRONT_PAGE}$", re.IGNORECASE)
GONE = frozenset({404, 410})
"""Statuses by which a server says that a page is no more. Any other error may pass."""
_SHORT = 400
"""Signs; a page with more text says something else besides that it is gone."""
_MOST_OF_TITLE = 60


def gone(page: Page) -> str:
    """The sentence by which a page says that it is gone, in Chinese.

    Empty for a page that is there.
    """
    if page.capture.status in GONE:
        return f"服务器返回 HTTP {page.capture.status}，页面已不存在。"
    if _went_up(page.capture.asked, page.url):
        return "原地址已转到网站首页或上级栏目，页面可能已删除或迁移。"
    text = _short_text(page)
    if text is None or _PASSES.search(text):
        return ""
    found = _GONE.search(text)
    if found:
        return found.group().strip()
    title = page.headline()
    return title[:_MOST_OF_TITLE] if _GONE_TITLE.search(title) else ""


def _short_text(page: Page) -> str | None:
    """The text of a page with little of it, a piece a line; None for a longer one."""
    text = ""
    for string in page.strings():
        text += f"{string}\n"
        if len(text) > _SHORT:
            return None
    return text


def open_list(capture: Capture) -> Page:
    """The page of a list that is there. Raises Changed when it is gone."""
    page = Page(capture)
    sentence = gone(page)
    if sentence:
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
    front = _FRONT.match(after.path or "/")
    if not front or before.path == after.path:
        return False
    reached_folder = front[1]
    if reached_folder.strip("/") == "":
        return not _SITE_FRONT.match(before.path)
    folder = before.path.rsplit("/", 1)[0] + "/"
    is_same_host = before.hostname == after.hostname
    is_above = folder != reached_folder and folder.startswith(reached_folder)
    return is_same_host and is_above

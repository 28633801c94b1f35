"""Answers that are no pages: challenges of bot filters and refusals.

They are recognised and named, never worked around.
"""

from __future__ import annotations

import re

from archive.webpage import decode

_STATUSES = {
    401: "要求登录",
    402: "要求付费",
    403: "拒绝访问（HTTP 403），可能限制了境外或自动访问",
    407: "要求经由代理访问",
    412: "返回瑞数类动态防护页（HTTP 412），需要真实浏览器",
    451: "因法律原因不提供（HTTP 451）",
    521: "返回加速乐类防护页（HTTP 521），需要执行脚本",
}
_ADVICE = "本库不伪装、不绕过防护；请人工核实，或联系该网站管理方，也可人工下载后导入。"

# A real page is larger than this, or says something; filters answer with a few lines of
# script.
_TINY = 2_000
_SMALL = _TINY * 4
_LOOKED_AT = 40_000
_FEW_WORDS = 40
_SHORT_TEXT = 400
# The variable of the filter 瑞数 (RuiShu).
# e.g. "$_ts=window['$_ts']"
# not "$ts"
_SCRAMBLED = re.compile(r"\$_ts\b")
_COOKIE_OF_JIASULE = "__jsl_clearance"
"""Of the CDN 加速乐, which answers 521."""
_NEW_PLACE = (r"location(?:\.href)?\s*=", r"location\.(?:replace|assign|reload)\s*\(")
# e.g. "window.location.href = '/'", "location.reload()", "document.cookie='C3VK=1'"
# not "var location_name"
_RELOADS = re.compile("|".join((*_NEW_PLACE, r"document\.cookie\s*=")))
# e.g. "请输入验证码", "访问过于频繁，请稍后再试", "安全验证"
# not "验证码登录"
_CAPTCHA = re.compile(r"(?:请输入|输入)验证码|安全验证|人机验证|访问过于频繁|访问验证")
# e.g. " ", "\n"
_BLANKS = re.compile(r"\s+")


def refusal(host: str, status: int, body: bytes) -> str:
    """Why this answer is a refusal and what to do, one Chinese sentence.

    Empty when it is none.
    """
    if status in _STATUSES:
        return f"网站 {host} {_STATUSES[status]}。{_ADVICE}"
    is_gone = status in {404, 410}
    is_failure = status >= 500
    if is_gone or is_failure:
        return ""
    if status >= 400:
        return f"网站 {host} 不接受请求（HTTP {status}），请核对来源的网址。"
    reason = _filter_page(body)
    return f"网站 {host} {reason}。{_ADVICE}" if reason else ""


def _filter_page(body: bytes) -> str:
    """What a filter answered in place of a page; empty for a page or a file."""
    if b"<" not in body[:4_000]:
        return ""
    head = decode(body[:_LOOKED_AT])
    if _SCRAMBLED.search(head):
        return "返回瑞数类动态防护页，需要真实浏览器"
    if len(body) > _SMALL:
        return ""
    if _COOKIE_OF_JIASULE in head:
        return "返回加速乐类防护页，需要执行脚本"
    words = _visible(head)
    if len(body) <= _TINY and _only_reloads(head, words):
        return "只返回一段跳转或写入标记的脚本，没有正文"
    if _asks_for_captcha(head, words):
        return "要求输入验证码或限制了访问频率"
    return ""


def _only_reloads(head: str, words: str) -> bool:
    """Whether a page with next to no text goes elsewhere by script or sets a cookie.

    Such a page sets a cookie that lets the next request pass.
    """
    if len(words) >= _FEW_WORDS or "<script" not in head.lower():
        return False
    return _RELOADS.search(head) is not None


def _asks_for_captcha(head: str, words: str) -> bool:
    """Whether a page with little text and no list speaks of captchas or of too many
    requests.
    """
    if len(words) >= _SHORT_TEXT or "<li" in head:
        return False
    return _CAPTCHA.search(words) is not None


def _visible(html: str) -> str:
    """What a reader would see of a small page, without blanks: everything outside
    scripts, styles and tags.
    """
    kept: list[str] = []
    at = 0
    lower = html.lower()
    while (start := lower.find("<", at)) >= 0:
        kept.append(html[at:start])
        end = lower.find(_end_of(lower, start), start + 1)
        if end < 0:
            return "".join(kept).strip()
        at = lower.find(">", end) + 1 or len(html)
    kept.append(html[at:])
    return _BLANKS.sub("", "".join(kept))


def _end_of(lower: str, start: int) -> str:
    """What ends the element or tag that starts there."""
    for name in ("script", "style"):
        if lower.startswith(f"<{name}", start):
            return f"</{name}"
    return ">"

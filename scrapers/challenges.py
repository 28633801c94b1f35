"""Answers that are no pages: challenges of bot filters and refusals. Recognised, named,
never worked around.
"""

from __future__ import annotations

import re

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
_SCRAMBLED = re.compile(r"\$_ts\b")
_RELOADS = re.compile(
    r"(?:location(?:\.href)?\s*=|location\.(?:replace|assign|reload)\s*\(|document\.cookie\s*=)"
)
_CAPTCHA = re.compile(r"(?:请输入|输入)验证码|安全验证|人机验证|访问过于频繁|访问验证")


def refusal(host: str, status: int, body: bytes) -> str:
    """Why this answer is a refusal and what to do, one Chinese sentence; empty when it
    is none.
    """
    if status in _STATUSES:
        return f"网站 {host} {_STATUSES[status]}。{_ADVICE}"
    if status in {404, 410} or status >= 500:
        return ""
    if status >= 400:
        return f"网站 {host} 不接受请求（HTTP {status}），请核对来源的网址。"
    if b"<" not in body[:4_000]:
        return ""
    head = body[:40_000].decode("utf-8", "replace")
    if _SCRAMBLED.search(head):
        return f"网站 {host} 返回瑞数类动态防护页，需要真实浏览器。{_ADVICE}"
    if len(body) > _TINY * 4:
        return ""
    if "__jsl_clearance" in head:
        return f"网站 {host} 返回加速乐类防护页，需要执行脚本。{_ADVICE}"
    words = _visible(head)
    if (
        len(body) <= _TINY
        and len(words) < 40
        and "<script" in head.lower()
        and _RELOADS.search(head)
    ):
        return f"网站 {host} 只返回一段跳转或写入标记的脚本，没有正文。{_ADVICE}"
    if len(words) < 400 and _CAPTCHA.search(words) and "<li" not in head:
        return f"网站 {host} 要求输入验证码或限制了访问频率。{_ADVICE}"
    return ""


def _visible(html: str) -> str:
    """What a reader would see of a small page: everything outside scripts, styles and
    tags.
    """
    kept, at = [], 0
    lower = html.lower()
    while (start := lower.find("<", at)) >= 0:
        kept.append(html[at:start])
        name = next(
            (
                name
                for name in ("script", "style")
                if lower.startswith(f"<{name}", start)
            ),
            "",
        )
        end = lower.find(f"</{name}" if name else ">", start + 1)
        if end < 0:
            return "".join(kept).strip()
        at = lower.find(">", end) + 1 or len(html)
    kept.append(html[at:])
    return re.sub(r"\s+", "", "".join(kept))

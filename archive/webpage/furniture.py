"""What on a page is the portal's, not the page's own: menus, feet, buttons, counters.

The words are those of many publishing systems and of the national template of the
section 政府信息公开 (end of 2019), whose class names most sites copied.
"""

from __future__ import annotations

import re

from archive.webpage.files import LISTED_ENDING

UNSHOWN_TAGS = frozenset(("script", "style", "template", "noscript"))
"""Elements whose text no browser shows."""
FURNITURE_TAGS = frozenset(("nav", "header", "footer", "aside", "select", "button"))
"""Elements that HTML made for the furniture."""

_NAMES = (
    *(r"nav\d*", "menu", "side", "sidebar", "sidemenu", "top", "toolbar"),
    *("crumbs?", "location", "position", "sitemap", "search"),
    *("foot", "footer", "share", "related", "relation", "friend", "links?"),
    *("catalog(?:ue)?", "mulu", "prevnext", "page[-_]?head"),
)
# Classes and ids; the words stand alone or between hyphens and underscores.
# e.g. "footer", "dl_nav01", "sideMenu", "crumb", "page-head", "box_share_2"
# not "content", "navigator", "desktop", "TRS_Editor"
_NAME = re.compile(rf"(?:^|[-_])(?:{'|'.join(_NAMES)})(?:[-_]|$)", re.IGNORECASE)

_BUTTONS = (
    *("打印", "关闭", "返回顶部", "返回列表", "收藏", "分享到?"),
    *("扫一扫在手机(?:上)?打开当前页", "我要纠错", "纠错", "下载", "点击下载"),
    *("大", "中", "小", "微信", "微博", "字号", "字体"),
    *("繁體版", "繁体版", "无障碍(?:浏览)?", "长者版", "适老化"),
    *("智能问答", "网站支持IPv6"),
)
_BUTTON = rf"[【\[]?(?:{'|'.join(_BUTTONS)})[】\]]?"
_PRINT = "(?:打印|关闭)(?:本页|窗口)?"
_WHEN = "(?:发布(?:时间|日期)|时间|日期)"
_LINES = (
    rf"(?:{_BUTTON}[\s|/]*)+",
    r"[【\[]?\s*(?:字体|字号)\s*[:：].{0,20}",
    r"(?:上|下)一篇\s*[:：]?.{0,60}",
    r"分享到\s*[:：]?.{0,20}",
    r"(?:浏览|点击|阅读)(?:次数|量|率)\s*[:：]?\s*\d*\s*次?",
    r"(?:当前位置|您?(?:现在的)?所在位置)\s*[:：].{0,80}",
    rf"{_PRINT}(?:\s*[|/]?\s*{_PRINT})*",
    "扫一扫.{0,20}",
    rf"附件\s*\d*\s*[:：【]?.{{0,80}}{LISTED_ENDING}[】\]]?.{{0,20}}",
    rf"来源\s*[:：].{{0,40}}{_WHEN}\s*[:：].{{0,80}}",
    r"(?:发布(?:时间|日期)|信息来源|来源|作者)\s*[:：].{0,40}",
)
# e.g. "【打印】【关闭】", "字体：[大 中 小]", "下一篇：没有了", "浏览次数： 12 次"
# e.g. "来源：示例局 发布时间：2024-01-08", "附件1：年度报告.docx"
# e.g. "打印本页 | 关闭窗口"
# not "公开指南已更新。", "收到申请3件"
_LINE = re.compile("|".join(f"(?:{line})" for line in _LINES), re.IGNORECASE)
_LONGEST_LINE = 120
"""A longer line says something, whatever it begins with."""


def names_furniture(mark: str) -> bool:
    """Whether a class or an id is one of those that portals give to their furniture."""
    return _NAME.search(mark) is not None


def is_furniture_line(text: str) -> bool:
    """Whether a line belongs to the page, not to the report. Only short lines can."""
    if len(text) > _LONGEST_LINE:
        return False
    return _LINE.fullmatch(text.strip()) is not None

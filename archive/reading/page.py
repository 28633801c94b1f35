"""The page around a report: where the report is in it, what the page says of itself, what is furniture.

Sources: the meta tags of 国办发〔2017〕47号 (政府网站发展指引), and how portals really fill them.
"""

from __future__ import annotations

import re

from bs4 import BeautifulSoup, Tag

from archive.reading.encoding import visible

_KEYS = (
    "总体情况",
    "主动公开政府信息",
    "政府信息公开申请",
    "行政复议",
    "行政诉讼",
    "主要问题",
    "其他需要报告",
    "现行有效件数",
    "本年新公开数量",
    "本年新收",
    "结果维持",
    "信息处理费",
    "概述",
    "统计期限",
)
"""Phrases of the statutory form: the smallest element that holds all that the page holds is the report."""

_CONTAINERS = (
    "#UCAP-CONTENT",
    ".TRS_Editor",
    ".trs_editor_view",
    ".TRS_UEDITOR",
    "#zoom",
    "#zoomcon",
    "#vsb_content",
    "#vsb_content_2",
    "#vsb_content_4",
    ".v_news_content",
    "#ivs_content",
    "#webeditorview",
    ".Article_content",
    ".article-content",
    ".article_content",
    ".article-body",
    ".con_text",
    ".news_cont_d_wrap",
    ".wzzw-article",
    "td.detail",
)
_WRAPPERS = ("#content", ".content")
"""Names that portals give to the body, but to wrappers of other things as well."""
_NOT_INTO = frozenset(["table", "tbody", "tr", "p", "h1", "h2", "h3", "h4", "h5", "h6", "span", "ul", "ol"])

_BUTTON = (
    "打印|关闭|返回顶部|返回列表|收藏|分享到?|扫一扫在手机(?:上)?打开当前页"
    "|我要纠错|纠错|下载|大|中|小|微信|微博|字号|字体"
)
_FURNITURE = re.compile(
    rf"(?:【?(?:{_BUTTON})】?"
    r"|[【\[]?\s*(?:字体|字号)\s*[:：].{0,20}"
    r"|(?:上|下)一篇\s*[:：]?.{0,60}"
    r"|分享到\s*[:：]?.{0,20}"
    r"|(?:浏览|点击|阅读)(?:次数|量|率)\s*[:：]?\s*\d*\s*次?"
    r"|(?:当前位置|您?(?:现在的)?所在位置)\s*[:：].{0,80}"
    r"|(?:打印|关闭)(?:本页|窗口)?(?:\s*[|/]?\s*(?:打印|关闭)(?:本页|窗口)?)*"
    r"|扫一扫.{0,20}"
    r"|来源\s*[:：].{0,40}(?:发布(?:时间|日期)|时间|日期)\s*[:：].{0,80}"
    r"|(?:发布(?:时间|日期)|信息来源|来源|作者)\s*[:：].{0,40})"
)

_LABELS = {
    "published": ("发布日期", "公开日期", "发布时间", "发文日期"),
    "publisher": ("发布机构", "发文机关", "发文机构", "公开机构", "公开责任部门"),
    "source": ("信息来源", "来源"),
    "title": ("信息名称", "名称", "标题", "文件名称"),
}
_KNOWN_LABELS = frozenset(
    [
        "索引号",
        "信息索引号",
        "分类",
        "主题分类",
        "组配分类",
        "发布机构",
        "发文机关",
        "发文机构",
        "公开机构",
        "公开责任部门",
        "信息来源",
        "来源",
        "成文日期",
        "生成日期",
        "发文日期",
        "发布日期",
        "公开日期",
        "发布时间",
        "日期",
        "有效性",
        "时效",
        "时效性",
        "生效日期",
        "废止日期",
        "名称",
        "标题",
        "信息名称",
        "文件名称",
        "文号",
        "发文字号",
        "发布文号",
        "主题词",
        "关键词",
        "公开方式",
        "公开形式",
        "公开时限",
        "公开范围",
        "内容概述",
        "浏览次数",
        "字体",
        "作者",
        "打印",
        "关闭",
    ]
)
_VALUE = re.compile(r"^([^:：】]{2,8}?)\s*[:：】]\s*(.{1,80})$")
_HEADER_DATE = re.compile(r"(?:发布|公开)?(?:时间|日期)\s*[:：]\s*(\d{4}\s*[-年./]\s*\d{1,2}\s*[-月./]\s*\d{1,2})")
_HEADER_SOURCE = re.compile(r"(?:信息)?来源\s*[:：]\s*([^\s:：|]{2,40})")
_METAS = {
    "articletitle": "title",
    "pubdate": "published",
    "contentsource": "source",
    "author": "author",
    "sitename": "site_name",
    "siteidcode": "site_code",
    "columnname": "column",
    "columntype": "column_type",
}


def content_of(soup: BeautifulSoup) -> Tag:
    """The smallest element that holds every statutory phrase the page holds; else a known container."""
    body = soup.body or soup
    wanted = _keys_in(body)
    if len(wanted) < 3:
        found = ((tag, 0) for selector in _CONTAINERS if (tag := soup.select_one(selector)))
        wide = ((tag, 40) for selector in _WRAPPERS if (tag := soup.select_one(selector)))
        return next((tag for tag, least in (*found, *wide) if len(tag.get_text(strip=True)) > least), body)
    element: Tag = body
    while True:
        smaller = next(
            (
                child
                for child in element.find_all(True, recursive=False)
                if child.name not in _NOT_INTO and _keys_in(child) >= wanted
            ),
            None,
        )
        if smaller is None:
            return element
        element = smaller


def title_outside(soup: BeautifulSoup, content: Tag, title: str) -> str:
    """The title as printed on the page, when it stands above the element that holds the report."""
    wanted = re.sub(r"\s+", "", title)
    outside = ""
    for tag in soup.find_all(["h1", "h2", "h3", "ucaptitle", "div", "p", "td", "span"], limit=3000):
        if len(tag.find_all(True, limit=4)) < 4 and re.sub(r"\s+", "", tag.get_text()) == wanted:
            if tag is content or content in tag.parents:
                return ""
            outside = outside or visible(tag.get_text(" ", strip=True))
    return outside


def _keys_in(tag: Tag) -> set[str]:
    text = re.sub(r"\s+", "", tag.get_text())
    return {key for key in _KEYS if key in text}


def is_furniture(text: str) -> bool:
    """Whether a line belongs to the page, not to the report. Only short lines can."""
    return len(text) <= 120 and _FURNITURE.fullmatch(text.strip()) is not None


def meta_of(soup: BeautifulSoup) -> dict[str, str]:
    """What the page says of itself: meta tags first, then the metadata block, then the header line."""
    meta: dict[str, str] = {}
    for tag in soup.find_all("meta"):
        key = _METAS.get(str(tag.get("name", "")).strip().lower())
        value = visible(str(tag.get("content", ""))).strip()
        if key and value and key not in meta:
            meta[key] = value[:300]
    for key, value in _labelled(soup):
        meta.setdefault(key, value)
    text = visible(soup.get_text(" ", strip=True))[:200_000]
    if "published" not in meta and (found := _HEADER_DATE.search(text)):
        meta["published"] = found[1]
    if "source" not in meta and (found := _HEADER_SOURCE.search(text)):
        meta["source"] = found[1]
    if "title" not in meta:
        heading = soup.find("h1") or soup.find("title")
        if heading and (title := visible(heading.get_text(" ", strip=True))):
            meta["title"] = title[:300]
    return meta


def _labelled(soup: BeautifulSoup) -> list[tuple[str, str]]:
    """Label and value out of the metadata block above the text; a value that is a label is none."""
    found: list[tuple[str, str]] = []
    for tag in soup.find_all(["li", "td", "th", "p", "span", "div"], limit=3000):
        text = re.sub(r"\s+", " ", tag.get_text(" ", strip=True)) if len(tag.find_all(True, limit=6)) < 6 else ""
        if not 2 <= len(text) <= 100:
            continue
        pair = _VALUE.match(text)
        label = (pair[1] if pair else text).replace(" ", "").rstrip(":：")
        key = next((key for key, labels in _LABELS.items() if label in labels), "")
        if not key:
            continue
        value = pair[2] if pair else _next_text(tag)
        if value and value.replace(" ", "").rstrip(":：") not in _KNOWN_LABELS:
            found.append((key, value))
    return found


def _next_text(tag: Tag) -> str:
    following = tag.find_next_sibling(True)
    return re.sub(r"\s+", " ", following.get_text(" ", strip=True))[:80] if following else ""

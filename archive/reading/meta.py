"""What a page says of itself: meta tags, the metadata block above the text, the header line.

The meta tags are those of 国办发〔2017〕47号 (政府网站发展指引); portals fill them in all kinds of ways.
"""

from __future__ import annotations

import re

from bs4 import BeautifulSoup

from archive.reading.encoding import visible
from archive.reading.page import holds_few

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
_LABELS = {
    "published": ("发布日期", "公开日期", "发布时间"),
    "publisher": ("发布机构", "发文机关", "发文机构", "公开机构", "公开责任部门"),
    "source": ("信息来源", "来源"),
    "title": ("信息名称", "名称", "标题", "文件名称"),
}
_KNOWN_LABELS = frozenset([
    "索引号", "信息索引号", "公开索引号", "分类", "主题分类", "信息分类", "组配分类", "公文种类", "体裁",
    "体裁分类", "服务对象分类", "发布机构", "发文机关", "发文机构", "公开机构", "公开责任部门", "信息来源",
    "来源", "成文日期", "生成日期", "发文日期", "形成日期", "制发日期", "发布日期", "公开日期", "发布时间",
    "日期", "更新日期", "有效性", "时效", "时效性", "生效日期", "生效时间", "废止日期", "终止时间", "失效时间",
    "名称", "标题", "信息名称", "文件名称", "文号", "发文字号", "发布文号", "主题词", "关键词", "主题导航",
    "公开方式", "公开形式", "公开时限", "公开范围", "内容概述", "文件下载", "信息格式", "浏览次数", "字体",
    "字号", "作者", "打印", "关闭", "分享到",
])  # fmt: skip
_VALUE = re.compile(r"^([^:：】]{2,8}?)\s*[:：】]\s*(.{1,80})$")
_DAY = r"\s*[:：]\s*(\d{4}\s*[-年./]\s*\d{1,2}\s*[-月./]\s*\d{1,2})"
_SHOWN_DATE = re.compile(f"(?:发布时间|发布日期|公开日期){_DAY}")
_HEADER_DATE = re.compile(f"(?:时间|日期){_DAY}")
_HEADER_SOURCE = re.compile(r"(?:信息)?来源\s*[:：]\s*([^\s:：|]{2,40})")
_LONGEST = 300


def meta_of(soup: BeautifulSoup) -> dict[str, str]:
    """Meta tags first, then the metadata block, then the header line; keys as in `Document.meta`.

    Only the date shown on the page goes before its meta tag, which after a move names the day of the move.
    """
    labelled = _labelled(soup)
    text = visible(soup.get_text(" ", strip=True))[:200_000]
    shown = next((value for key, value in labelled if key == "published" and re.search(r"\d{4}", value)), "")
    if not shown and (found := _SHOWN_DATE.search(text)):
        shown = found[1]
    meta: dict[str, str] = {"published": shown} if shown else {}
    for tag in soup.find_all("meta"):
        key = _METAS.get(str(tag.get("name", "")).strip().lower())
        value = visible(str(tag.get("content", ""))).strip()
        if key and value and not _is_label(value) and "{{" not in value:
            meta.setdefault(key, value[:_LONGEST])
    for key, value in labelled:
        meta.setdefault(key, value)
    if "published" not in meta and (found := _HEADER_DATE.search(text)):
        meta["published"] = found[1]
    if "source" not in meta and (found := _HEADER_SOURCE.search(text)) and not _is_label(found[1]):
        meta["source"] = found[1]
    if "title" not in meta:
        heading = soup.find("h1") or soup.find("title")
        if heading and (title := visible(heading.get_text(" ", strip=True))):
            meta["title"] = title[:_LONGEST]
    return meta


def _labelled(soup: BeautifulSoup) -> list[tuple[str, str]]:
    """Label and value out of the metadata block above the text.

    Values may be empty, so that the next label stands where the value should: that is none.
    """
    found: list[tuple[str, str]] = []
    for tag in soup.find_all(["li", "td", "th", "p", "span", "div"], limit=3000):
        if not holds_few(tag, 5):
            continue
        text = " ".join(tag.get_text(" ", strip=True).split())
        if not 2 <= len(text) <= 100:
            continue
        pair = _VALUE.match(text)
        label = _bare(pair[1] if pair else text)
        key = next((key for key, labels in _LABELS.items() if label in labels), "")
        if not key:
            continue
        following = tag.find_next_sibling(True)
        value = pair[2] if pair else " ".join(following.get_text(" ", strip=True).split())[:80] if following else ""
        if value and not _is_label(value):
            found.append((key, value))
    return found


def _bare(text: str) -> str:
    return "".join(text.split()).rstrip(":：】")


def _is_label(value: str) -> bool:
    return _bare(value) in _KNOWN_LABELS or _bare(re.split("[:：]", value)[0]) in _KNOWN_LABELS

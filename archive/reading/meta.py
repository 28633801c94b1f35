"""What a page says of itself: meta tags, the metadata block above the text, the header
line.

The meta tags are those of 国办发〔2017〕47号 (政府网站发展指引); portals fill them in
all kinds of ways.
"""

from __future__ import annotations

import re

from archive.reading.tree import Element, Layout, strings

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
_BY_LABEL = {
    label: key for key, labels in reversed(_LABELS.items()) for label in labels
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
_LONGEST_SEARCHED = 200_000
_HOLDERS = frozenset(["li", "td", "th", "p", "span", "div"])
_MOST_HOLDERS = 3000


def meta_of(root: Element, layout: Layout) -> dict[str, str]:
    """Meta tags first, then the metadata block, then the header line; keys as in
    `Document.meta`.

    Only the date shown on the page goes before its meta tag, which after a move names
    the day of the move.
    """
    labelled = _labelled(layout)
    text = " ".join(layout.pieces)[:_LONGEST_SEARCHED]
    shown = next(
        (
            value
            for key, value in labelled
            if key == "published" and re.search(r"\d{4}", value)
        ),
        "",
    )
    if not shown and (found := _SHOWN_DATE.search(text)):
        shown = found[1]
    meta: dict[str, str] = {"published": shown} if shown else {}
    for tag in root.iter("meta"):
        key = _METAS.get((tag.get("name") or "").strip().lower())
        value = (tag.get("content") or "").strip()
        if key and value and not _is_label(value) and "{{" not in value:
            meta.setdefault(key, value[:_LONGEST])
    for key, value in labelled:
        meta.setdefault(key, value)
    if "published" not in meta and (found := _HEADER_DATE.search(text)):
        meta["published"] = found[1]
    if (
        "source" not in meta
        and (found := _HEADER_SOURCE.search(text))
        and not _is_label(found[1])
    ):
        meta["source"] = found[1]
    if "title" not in meta and (title := _shown_title(root)):
        meta["title"] = title[:_LONGEST]
    return meta


def _shown_title(root: Element) -> str:
    heading = next(root.iter("h1"), None)
    if heading is None:
        heading = next(root.iter("title"), None)
    return "" if heading is None else " ".join(" ".join(strings(heading)).split())


def _labelled(layout: Layout) -> list[tuple[str, str]]:
    """Label and value out of the metadata block above the text.

    Values may be empty, so that the next label stands where the value should: that is
    none.
    """
    found: list[tuple[str, str]] = []
    for element, stretch in layout.first_of(_HOLDERS, _MOST_HOLDERS):
        if stretch.inside > 5 or not 2 <= stretch.end - stretch.begin <= 100:
            continue
        text = layout.words(stretch)
        if len(text) > 100:
            continue
        pair = _VALUE.match(text)
        label = _bare(pair[1] if pair else text)
        key = _BY_LABEL.get(label)
        if not key:
            continue
        value = pair[2] if pair else _following(element, layout)
        if value and not _is_label(value):
            found.append((key, value))
    return found


def _following(element: Element, layout: Layout) -> str:
    """The text of the element right behind."""
    behind = next(
        (one for one in element.itersiblings() if one in layout.stretches), None
    )
    return "" if behind is None else layout.words(layout.stretches[behind])[:80]


def _bare(text: str) -> str:
    return "".join(text.split()).rstrip(":：】")


def _is_label(value: str) -> bool:
    return (
        _bare(value) in _KNOWN_LABELS
        or _bare(re.split("[:：]", value)[0]) in _KNOWN_LABELS
    )

"""What a page says of itself: meta tags, the metadata block above the text, the header
line.

What labels and tags there are is told in `archive.webpage`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from archive.reading.page.tree import Element, Layout, strings
from archive.webpage import DAY, LABELS, META_TAGS, Meaning

_WANTED = (Meaning.TITLE, Meaning.PUBLISHED, Meaning.PUBLISHER, Meaning.SOURCE)
_KEYS = {
    label.text: label.meaning.value
    for label in LABELS
    if label.meaning in _WANTED and not label.is_weak
}
"""Label in the block → key in `Document.meta`."""
_KNOWN_LABELS = frozenset(label.text for label in LABELS if not label.is_rare)
_DATE_LABELS = "|".join(text for text, key in _KEYS.items() if key == Meaning.PUBLISHED)

# A label and its value in one element.
# e.g. "发布机构：示例市商务局", "索 引 号】 000014349/2017-00110"
# not "发布机构：", "全年主动公开政府信息和政策解读：12条"
_LABEL_AND_VALUE = re.compile(r"^([^:：】]{2,8}?)\s*[:：】]\s*(.{1,80})$")
_COLON = r"\s*[:：]\s*"
# e.g. "发布时间：2020-01-19", "发布日期 : 2024年1月8日"
# not "成文日期：2020-01-19", "发布时间：昨天"
_SHOWN_DATE = re.compile(f"(?:{_DATE_LABELS}){_COLON}({DAY})")
# e.g. "时间：2024-01-08 09:30", "更新日期：2024.1.8"
_HEADER_DATE = re.compile(f"(?:时间|日期){_COLON}({DAY})")
# e.g. "来源：示例市商务局", "信息来源: 本站 作者"
# not "来源 示例市商务局"
_HEADER_SOURCE = re.compile(rf"(?:信息)?来源{_COLON}([^\s:：|]{{2,40}})")
# e.g. "2024"
# not "今年"
_YEAR = re.compile(r"\d{4}")
# e.g. "来源：", "来源:本站"
_COLONS = re.compile("[:：]")
_UNFILLED = "{{"
"""Of a page whose script was to fill in the tag."""

_LONGEST = 300
_LONGEST_SEARCHED = 200_000
_LONGEST_FIELD = 100
"""Signs of a label and its value; elements with more text are no field."""
_LONGEST_VALUE = 80
_MOST_INSIDE = 5
"""Elements within a field."""
_HOLDERS = frozenset(["li", "td", "th", "p", "span", "div"])
_MOST_HOLDERS = 3000


def meta_of(root: Element, layout: Layout) -> dict[str, str]:
    """What the page says of itself; keys as in `Document.meta`, absent if not said.

    Meta tags go first, then the metadata block, then the header line. Only the date
    shown on the page goes before its meta tag, which after a move names the day of the
    move.
    """
    labelled = _labelled(layout)
    text = " ".join(layout.pieces)[:_LONGEST_SEARCHED]
    meta: dict[str, str] = {}
    shown = _shown_date(labelled, text)
    if shown:
        meta["published"] = shown
    for key, value in (*_tagged(root), *labelled):
        meta.setdefault(key, value)
    _add_header_line(meta, text)
    if "title" not in meta:
        title = _shown_title(root)
        if title:
            meta["title"] = title[:_LONGEST]
    return meta


def _shown_date(labelled: list[tuple[str, str]], text: str) -> str:
    """The day of publication as the page prints it; empty when it prints none."""
    for key, value in labelled:
        is_date = key == Meaning.PUBLISHED and _YEAR.search(value)
        if is_date:
            return value
    found = _SHOWN_DATE.search(text)
    return found[1] if found else ""


def _tagged(root: Element) -> Iterator[tuple[str, str]]:
    """Key and content of the official meta tags that are filled in.

    Some hold their own label (来源：), some what a script was to replace.
    """
    for tag in root.iter("meta"):
        name = (tag.get("name") or "").strip()
        value = (tag.get("content") or "").strip()
        key = META_TAGS.get(name.lower())
        if key is None or not value:
            continue
        if _is_filled_in(value):
            yield key, value[:_LONGEST]


def _is_filled_in(value: str) -> bool:
    """Whether a tag says more than its own label or the name of a variable."""
    return _UNFILLED not in value and not _is_label(value)


def _add_header_line(meta: dict[str, str], text: str) -> None:
    """Date and source out of the line under the title, where nothing else gave them."""
    if "published" not in meta:
        # 时间 and 日期 may be of any day, but nothing surer is there.
        day = _HEADER_DATE.search(text)
        if day:
            meta["published"] = day[1]
    if "source" not in meta:
        source = _HEADER_SOURCE.search(text)
        # 来源：发布时间：… has no source.
        if source and not _is_label(source[1]):
            meta["source"] = source[1]


def _shown_title(root: Element) -> str:
    """The first heading of the page, else what its tab is called."""
    heading = next(root.iter("h1"), None)
    if heading is None:
        heading = next(root.iter("title"), None)
    if heading is None:
        return ""
    return " ".join(" ".join(strings(heading)).split())


def _labelled(layout: Layout) -> list[tuple[str, str]]:
    """Key and value of each field of the metadata block, in page order.

    Values may be empty, so that the next label stands where the value should: that is
    none.
    """
    found: list[tuple[str, str]] = []
    for element, stretch in layout.first_of(_HOLDERS, _MOST_HOLDERS):
        length = stretch.end - stretch.begin
        if stretch.inside > _MOST_INSIDE or not 2 <= length <= _LONGEST_FIELD:
            continue
        text = layout.words(stretch)
        if len(text) > _LONGEST_FIELD:
            continue
        pair = _LABEL_AND_VALUE.match(text)
        key = _KEYS.get(_bare(pair[1] if pair else text))
        if not key:
            continue
        value = pair[2] if pair else _following(element, layout)
        if value and not _is_label(value):
            found.append((key, value))
    return found


def _following(element: Element, layout: Layout) -> str:
    """The text of the element right behind: in tables a value has its own cell."""
    for behind in element.itersiblings():
        if behind in layout.stretches:
            return layout.words(layout.stretches[behind])[:_LONGEST_VALUE]
    return ""


def _bare(text: str) -> str:
    """A label without its blanks and its colon: 索 引 号： is 索引号."""
    return "".join(text.split()).rstrip(":：】")


def _is_label(value: str) -> bool:
    """Whether what stands in the place of a value is a label, or begins with one."""
    if _bare(value) in _KNOWN_LABELS:
        return True
    beginning = _COLONS.split(value)[0]
    return _bare(beginning) in _KNOWN_LABELS

"""What a page says of itself: meta tags, the metadata block above the text, the header
line.

What labels and tags there are is told in `archive.webpage`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from archive.reading.page.tree import Element, Layout, Sought, strings
from archive.webpage import DAY, LABELS, META_TAGS, Meaning, labels_of

_DAYS = (Meaning.PUBLISHED, Meaning.DATED, Meaning.UPDATED, Meaning.WRITTEN)
_WANTED = (Meaning.TITLE, *_DAYS, Meaning.PUBLISHER, Meaning.SOURCE)
_KEYS = {
    label.text: label.meaning.value
    for label in LABELS
    if label.meaning in _WANTED and not label.is_weak
}
"""Label in the block → key in `Document.meta`."""
_KNOWN_LABELS = frozenset(label.text for label in LABELS if not label.is_rare)
_ALL_LABELS = tuple(label.text for label in LABELS)
_EVERYDAY = ("日期", "时间")
_HAN = "[\u4e00-\u9fff]"
_NOT_IN_A_WORD = rf"(?<!{_HAN}\s)(?:(?<!{_HAN})|(?<=[局府办委网站院]))"
"""办结时间 and 截止日期 are of other days; 来源：示例局时间：… is two fields."""


def _any_of(meaning: Meaning) -> str:
    """Pattern of the labels of a meaning, which may be set wide: 日　期."""
    labels = []
    for text in labels_of(meaning):
        wide = r"\s?".join(text)
        labels.append(_NOT_IN_A_WORD + wide if text in _EVERYDAY else wide)
    return "|".join(labels)


# A label and its value in one element.
# e.g. "发布机构：示例市商务局", "索 引 号】 000014349/2017-00110"
# not "发布机构：", "全年主动公开政府信息和政策解读：12条"
_LABEL_AND_VALUE = re.compile(r"^([^:：】]{2,8}?)\s*[:：】]\s*(.{1,80})$")
_COLON = r"\s*[:：]\s*"
# A day that may stand behind a label.
# e.g. "：2020-01-19", "】2024年1月8日", "于 2024-01-08"
# not "2020-01-19", "：昨天"
_MARKED_DAY = re.compile(rf"[:：】\]于]\s*+[\[【(（]?+\s*+(?:{DAY})")
_BEHIND_LABEL = r"(?:\s*[】\]]?\s*[:：]\s*|\s*[】\]]\s*|(?<=于)\s*)[\[【(（]?\s*"
# e.g. "发布时间：2020-01-19", "【发 布 日 期】2024年1月8日", "发布于 2024-01-08"
# not "办结时间：2020-01-19", "发布时间：昨天"
_SHOWN_DAYS = {
    meaning.value: re.compile(f"(?:{_any_of(meaning)}){_BEHIND_LABEL}({DAY})")
    for meaning in _DAYS
}
# e.g. "来源：示例市商务局", "信息来源: 本站 作者"
# not "来源 示例市商务局"
_HEADER_SOURCE = re.compile(rf"来源{_COLON}([^\s:：|]{{2,40}})")
# Where one field has run into the next.
# e.g. "示例局 发布时间：2024-01-09", "示例局时间：2024"
# not "示例局", "时间"
_NEXT_LABEL = re.compile(
    rf"\s*(?:{'|'.join(sorted(_ALL_LABELS, key=len, reverse=True))})\s*[:：]"
)
# e.g. "2024-01-18", "二〇二四年"
# not "今年"
_YEAR = re.compile(r"\d{4}|二[〇○零]")
# e.g. "来源：", "来源:本站"
_COLONS = re.compile("[:：]")
# e.g. ":", "】"
# not "、"
_END_OF_LABEL = re.compile("[:：】]")
_UNFILLED = "{{"
"""Of a page whose script was to fill in the tag."""

_LONGEST = 300
_LONGEST_LABEL = 40
"""Signs of a label of a day, set wide, with all that may stand behind it."""
_LONGEST_SEARCHED = 200_000
_LONGEST_FIELD = 100
"""Signs of a label and its value; elements with more text are no field."""
_LONGEST_VALUE = 80
_MOST_INSIDE = 5
"""Elements within a field."""
_HOLDERS = frozenset(["li", "td", "th", "p", "span", "div"])
_MOST_HOLDERS = 3000
_FIELDS = Sought(
    _HOLDERS, _MOST_HOLDERS, _MOST_INSIDE, _KEYS, _END_OF_LABEL, _LONGEST_FIELD
)


def meta_of(root: Element, layout: Layout) -> dict[str, str]:
    """What the page says of itself; keys as in `Document.meta`, absent if not said.

    Meta tags go first, then the metadata block, then the header line. Days are kept
    apart by their labels, and from that of the meta tag.
    """
    text = layout.printed[:_LONGEST_SEARCHED]
    meta: dict[str, str] = {}
    for key, value in (*_tagged(root), *_labelled(layout)):
        meta.setdefault(key, value)
    _add_header_line(meta, text)
    if "title" not in meta:
        title = _shown_title(root)
        if title:
            meta["title"] = title[:_LONGEST]
    return meta


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
    if _UNFILLED in value:
        return False
    return not _is_label(value)


def _add_header_line(meta: dict[str, str], text: str) -> None:
    """Days and source out of the line under the title, where nothing else gave them."""
    for marked in _MARKED_DAY.finditer(text):
        # A label is looked for before each day, not in all that a page prints.
        begin = max(marked.start() - _LONGEST_LABEL, 0)
        for key, pattern in _SHOWN_DAYS.items():
            is_open = key not in meta
            # The sign behind a day may show that it is no whole one.
            day = pattern.search(text, begin, marked.end() + 1) if is_open else None
            if day:
                meta[key] = day[1]
    source = "" if "source" in meta else _source_in(text)
    if source:
        meta["source"] = source


def _source_in(text: str) -> str:
    """The source that a header line gives; 来源：发布时间：… has none."""
    found = _HEADER_SOURCE.search(text)
    if found is None:
        return ""
    source = found[1]
    before_value = text[found.end() : found.end() + 2].lstrip()
    if before_value.startswith((":", "：")):
        # The next label has run into the value, or stands in its place: 来源：时间：….
        labels = filter(source.endswith, _ALL_LABELS)
        source = source.removesuffix(max(labels, key=len, default=""))
    if _is_label(source):
        return ""
    return source


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
    # Most cells and lines are neither a label nor begin with one.
    for element, stretch in layout.fields(_FIELDS):
        text = layout.words(stretch)
        if len(text) > _LONGEST_FIELD:
            continue
        pair = _LABEL_AND_VALUE.match(text)
        key = _KEYS.get(_bare(pair[1] if pair else text))
        if not key:
            continue
        value = pair[2] if pair else _following(element, layout)
        if key not in _DAYS:
            value = _NEXT_LABEL.split(value, maxsplit=1)[0].strip()
        if _is_value(key, value):
            found.append((key, value))
    return found


def _is_value(key: str, value: str) -> bool:
    """Whether what stands behind a label can be its value: a day names its year."""
    if key in _DAYS and not _YEAR.search(value):
        return False
    if not value:
        return False
    return not _is_label(value)


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
    beginning, *behind = _COLONS.split(value)
    # 时间 may be a value; with a colon behind it, it is the next label.
    if not behind:
        return False
    return _bare(beginning) in _ALL_LABELS

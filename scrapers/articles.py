"""What stands around and beside a report on its page: title, dates, publisher,
attachments, site metas.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from archive.webpage import (
    ARTICLE_TITLE,
    CONTENT_SOURCE,
    LABELS,
    PUBLISHED_METAS,
    SITE_CODE,
    SITE_NAME,
    Meaning,
    first_date,
    labels_of,
)
from scrapers.attachments import attachments_of
from scrapers.gone import gone
from scrapers.pages import MAX_TITLE, Page, joined
from scrapers.source import Article, Capture

_LONGEST_VALUE = 60
_LONGEST_STRING = 300
"""A longer piece of text is of the report, not of the block above it."""
_MOST_STRINGS = 400
_MOST_FIELDS = 30
_SHORTEST_TITLE = 4

# The name of the site behind that of the page.
# e.g. "某某局2023年年度报告_示例市人民政府", "年度报告 - 示例县"
# not "年度报告", "_示"
_SITE_TAIL = re.compile(r"\s*[-_|—–]+\s*[^-_|—–]{2,40}$")


def _blanks_inside(label: str) -> str:
    """Pattern of a label that may be set wide, as 索 引 号."""
    return r"\s*".join(label)


_LONGEST_FIRST = sorted((label.text for label in LABELS), key=len, reverse=True)
_ANY_LABEL = "|".join(_blanks_inside(text) for text in _LONGEST_FIRST)
_END = r"\s*(?:[\]】]\s*[:：]?|[:：])"
# Labels with a colon, a bracket or a blank behind them, or at the end of their cell.
# e.g. "发布机构：某某局", "【来 源】", "发布日期 2024-01-19", "索 引 号"
# not "来源于群众的信件", "统计"
_LABEL = re.compile(rf"[\[【]?\s*({_ANY_LABEL})(?:{_END}|$|\s)")
_BEFORE_LABEL = " |　[【（("
_BEFORE_VALUE = " :：]】"
_AROUND_VALUE = f"{_BEFORE_VALUE}|"


def article_of(capture: Capture) -> Article:
    """The facts of an article page of any make.

    Raises Changed for what is no web page. Days in addresses are often those of a
    migration and are not used.
    """
    return read_article(Page(capture))


def read_article(page: Page) -> Article:
    """The facts of an article page; what the page does not say stays empty."""
    sentence = gone(page)
    if sentence:
        return Article(gone=sentence)
    fields = _fields(page)
    return Article(
        title=_title(page, fields),
        published=_published(page, fields),
        publisher=_publisher(page, fields),
        site_name=page.metas.get(SITE_NAME, ""),
        site_code=page.metas.get(SITE_CODE, ""),
        attachments=tuple(attachments_of(page)),
    )


@dataclass(frozen=True, slots=True)
class _Found:
    """A label in a piece of text, and where it begins and ends there."""

    label: str
    begin: int
    end: int


def _fields(page: Page) -> dict[str, str]:
    """Label → value of the metadata block and the line under the title.

    The first of each label counts.

    A value may be empty, so that the next label slides into its place: a label is never
    taken for a value.
    """
    fields: dict[str, str] = {}
    waiting = ""
    """The label whose value is to come: in tables it has a cell of its own."""
    for string in islice(page.strings(), _MOST_STRINGS + 1):
        if len(fields) > _MOST_FIELDS:
            break
        if len(string) > _LONGEST_STRING:
            continue
        labels = list(_labels(string))
        if labels:
            waiting = _add_values(fields, string, labels)
        elif waiting and string not in {":", "："}:
            fields.setdefault(waiting, string.lstrip(_BEFORE_VALUE))
            waiting = ""
    return fields


def _labels(string: str) -> Iterator[_Found]:
    """The labels in a piece of text; a label does not begin in mid-word."""
    for match in _LABEL.finditer(string):
        begin = match.start()
        is_at_begin = begin == 0
        if is_at_begin or string[begin - 1] in _BEFORE_LABEL:
            label = "".join(match[1].split())
            yield _Found(label, begin, match.end())


def _add_values(fields: dict[str, str], string: str, labels: list[_Found]) -> str:
    """Adds what stands behind each label in the same piece of text.

    Gives the last label if nothing stands behind it there, else an empty text.
    """
    ends = [*(following.begin for following in labels[1:]), len(string)]
    waiting = ""
    for found, end in zip(labels, ends, strict=True):
        value = string[found.end : end].strip(_AROUND_VALUE)
        if value:
            fields.setdefault(found.label, value)
        waiting = "" if value else found.label
    return waiting


def _first(fields: dict[str, str], labels: tuple[str, ...]) -> str:
    """The value of the surest label that has one of reasonable length."""
    for label in labels:
        value = fields.get(label, "")
        if 0 < len(value) <= _LONGEST_VALUE:
            return value
    return ""


def _title(page: Page, fields: dict[str, str]) -> str:
    """The title of the article: by its meta tag, its heading, its label, the page's."""
    site_name = page.metas.get(SITE_NAME, "")
    for title in _titles(page, fields):
        is_title = len(title) >= _SHORTEST_TITLE and title != site_name
        if is_title:
            return _without_site(title, site_name)
    return ""


def _without_site(title: str, site_name: str) -> str:
    """A title without the name of the site behind it."""
    if site_name and title.endswith(site_name):
        return _SITE_TAIL.sub("", title)
    return title


def _titles(page: Page, fields: dict[str, str]) -> Iterator[str]:
    """What may be the title, the surest first; some of it empty."""
    meta = page.metas.get(ARTICLE_TITLE, "")[:MAX_TITLE]
    yield joined(html.unescape(meta))
    for tag in page.soup.find_all(["ucaptitle", "h1"], limit=20):
        if not page.is_furniture(tag):
            yield joined(tag.get_text()[:MAX_TITLE])
    yield _first(fields, labels_of(Meaning.TITLE))
    yield _SITE_TAIL.sub("", page.headline())


def _publisher(page: Page, fields: dict[str, str]) -> str:
    """The body that published: by its label, else that of the source, else the meta."""
    labels = (*labels_of(Meaning.PUBLISHER), *labels_of(Meaning.SOURCE))
    return _first(fields, labels) or page.metas.get(CONTENT_SOURCE, "")


def _published(page: Page, fields: dict[str, str]) -> date | None:
    """The date shown as that of publication counts more than the meta.

    Generated pages carry the day of a migration there. Days under other labels (日期,
    更新时间) come last; those of writing (成文日期) never.
    """
    shown = [fields.get(label, "") for label in labels_of(Meaning.PUBLISHED)]
    tagged = [page.metas.get(name, "") for name in PUBLISHED_METAS]
    labels = (*labels_of(Meaning.DATED), *labels_of(Meaning.UPDATED))
    others = [fields.get(label, "") for label in labels]
    for text in (*shown, *tagged, *others):
        found = first_date(text)
        if found:
            return found
    return None

"""What stands around and beside a report on its page: title, dates, publisher,
attachments, site metas.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import parse_qs, unquote, urljoin, urlsplit

from bs4 import Tag

from scrapers.gone import gone
from scrapers.leads import first_date, may_lead_to
from scrapers.pages import MAX_TITLE, Page, attribute, joined, resolve
from scrapers.source import Article, Lead

_FILE = re.compile(
    r"\.(?:pdf|docx?|docm|wps|ofd|odt|rtf|mht(?:ml)?|xlsx?|et|ods|zip|rar|7z)$",
    re.IGNORECASE,
)
_WORKBOOK = re.compile(r"\.(?:xlsx?|et|ods)$", re.IGNORECASE)
_MAX_FILES = 200
_NO_NAME = re.compile(
    r"附件\d*|点击(?:这里)?下载|下载|正文|查看|全文|PDF|Word|（?点击.{0,6}）?",
    re.IGNORECASE,
)

# Labels of the metadata block; blanks may stand inside, the colon may be missing.
_PUBLISHED = (
    "发布日期",
    "公开日期",
    "发布时间",
    "公开时间",
    "发文日期",
    "更新日期",
    "日期",
    "时间",
)
_PUBLISHER = (
    "发布机构",
    "公开机构",
    "发文机关",
    "发文机构",
    "公开责任部门",
    "发布单位",
    "信息来源",
    "文章来源",
    "来源",
    "稿源",
)
_TITLE = ("信息名称", "名称", "标题", "文件名称")
_OTHER = (
    "索引号", "信息索引号", "公开索引号", "分类", "主题分类", "信息分类", "组配分类", "公文种类", "体裁分类",
    "体裁", "服务对象分类", "成文日期", "生成日期", "形成日期", "制发日期", "有效性", "时效", "时效性",
    "生效日期", "生效时间", "废止日期", "终止时间", "失效时间", "文号", "发文字号", "发布文号", "主题词",
    "关键词", "主题导航", "公开方式", "公开形式", "公开时限", "公开范围", "内容概述", "文件下载", "信息格式",
    "浏览次数", "点击数", "点击率", "阅读", "字体", "字号", "作者", "责任编辑", "编辑", "打印", "关闭",
)  # fmt: skip
_SITE_TAIL = re.compile(r"\s*[-_|—–]+\s*[^-_|—–]{2,40}$")


def _spaced(labels: tuple[str, ...]) -> str:
    longest_first = sorted(labels, key=len, reverse=True)
    return "|".join(r"\s*".join(label) for label in longest_first)


_END = r"\s*(?:[\]】]\s*[:：]?|[:：])"
_LABEL = re.compile(
    rf"[\[【]?\s*({_spaced(_PUBLISHED + _PUBLISHER + _TITLE + _OTHER)})(?:{_END}|$|\s)"
)


def read_article(page: Page) -> Article:
    """The facts of an article page; what the page does not say stays empty."""
    if sentence := gone(page):
        return Article(gone=sentence)
    fields = _fields(page)
    return Article(
        title=_title(page, fields),
        published=_published(page, fields),
        publisher=_first(fields, _PUBLISHER) or page.metas.get("contentsource", ""),
        site_name=page.metas.get("sitename", ""),
        site_code=page.metas.get("siteidcode", ""),
        attachments=tuple(_attachments(page)),
    )


def _fields(page: Page) -> dict[str, str]:
    """Label → value of the metadata block and the line under the title; the first of
    each label counts.

    A value may be empty, so that the next label slides into its place: a label is never
    taken for a value.
    """
    found: dict[str, str] = {}
    waiting = ""
    for count, string in enumerate(page.strings()):
        if count > 400 or len(found) > 30:
            break
        if len(string) > 300:
            continue
        labels = list(_labels(string))
        if not labels:
            if waiting and string not in {":", "："}:
                found.setdefault(waiting, string.lstrip(":：]】 "))
                waiting = ""
            continue
        for (label, _, end), (_, start, _) in zip(
            labels, [*labels[1:], ("", len(string), 0)], strict=True
        ):
            waiting = label
            if value := string[end:start].strip(" :：]】|"):
                found.setdefault(label, value)
                waiting = ""
    return found


def _labels(string: str) -> Iterator[tuple[str, int, int]]:
    for match in _LABEL.finditer(string):
        before = string[match.start() - 1] if match.start() else " "
        if before in " |　[【（(" or match.start() == 0:
            yield re.sub(r"\s", "", match[1]), match.start(), match.end()


def _first(fields: dict[str, str], labels: tuple[str, ...]) -> str:
    return next(
        (fields[label] for label in labels if 0 < len(fields.get(label, "")) <= 60), ""
    )


def _title(page: Page, fields: dict[str, str]) -> str:
    site_name = page.metas.get("sitename", "")
    found = [
        tag
        for tag in page.soup.find_all(["ucaptitle", "h1"], limit=20)
        if not page.is_furniture(tag)
    ]
    headings = [joined(tag.get_text()[:MAX_TITLE]) for tag in found]
    meta = joined(html.unescape(page.metas.get("articletitle", "")[:MAX_TITLE]))
    for title in (
        meta,
        *headings,
        _first(fields, _TITLE),
        _SITE_TAIL.sub("", page.headline()),
    ):
        if len(title) > 3 and title != site_name:
            return (
                _SITE_TAIL.sub("", title)
                if site_name and title.endswith(site_name)
                else title
            )
    return ""


def _published(page: Page, fields: dict[str, str]) -> date | None:
    """The date shown counts more than the meta; generated pages carry the day of a
    migration there.
    """
    for label in _PUBLISHED:
        if found := first_date(fields.get(label, "")):
            return found
    for name in ("pubdate", "publishdate", "firstpublishedtime", "createdate"):
        if found := first_date(page.metas.get(name, "")):
            return found
    return None


def _attachments(page: Page) -> list[Lead]:
    """Files linked from, or shown in, the body and the lines beside it; each address
    once, in order.

    Workbooks come last: beside another file they hold a report's tables only.
    """
    found: dict[str, Lead] = {}
    for tag in page.soup.find_all(["a", "iframe", "embed", "object"]):
        url = _shown_file(
            page.absolute(
                attribute(tag, "href")
                or attribute(tag, "src")
                or attribute(tag, "data")
            )
        )
        if (
            not url
            or not _is_file(tag, url)
            or page.is_furniture(tag)
            or not may_lead_to(page.url, url)
        ):
            continue
        if url not in found or not found[url].title:
            found[url] = Lead(url, _file_title(tag))
        if len(found) >= _MAX_FILES:
            break
    return sorted(
        found.values(), key=lambda lead: bool(_WORKBOOK.search(urlsplit(lead.url).path))
    )


def _is_file(tag: Tag, url: str) -> bool:
    """By the end of the address; download programs (`download.jsp?id=7`) name the file
    in the link only.
    """
    if _FILE.search(unquote(urlsplit(url).path)):
        return True
    return (
        tag.name == "a"
        and "download" in url.lower()
        and bool(_FILE.search(_file_title(tag)))
    )


def _shown_file(url: str) -> str:
    """The file behind an embedded viewer: `viewer.html?file=/a/b.pdf`."""
    parts = urlsplit(url)
    for name in ("file", "filePath", "fileurl"):
        for value in parse_qs(parts.query).get(name, []):
            if _FILE.search(urlsplit(value).path):
                return resolve(urljoin(url, value), url)
    return url


def _file_title(tag: Tag) -> str:
    """The most telling name of a link to a file."""
    names = [
        joined(tag.get_text()[:MAX_TITLE]),
        *(joined(attribute(tag, name)) for name in ("title", "download", "alt")),
    ]
    image = tag.find("img")
    names += [joined(attribute(image, "alt")), joined(attribute(image, "title"))]
    names = [name for name in names if name]
    return next(
        (name for name in names if not _NO_NAME.fullmatch(name)),
        names[0] if names else "",
    )

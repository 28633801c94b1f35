"""Where a page of a portal leads on to: columns of annual reports, and the ways there.

A column is known by its name, or by the name of its folder where the link says next to
nothing. Names as found on portals stand below as data.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from itertools import islice
from urllib.parse import urlsplit

from bs4 import Tag

from archive.webpage import names_attachment
from scrapers.leads import (
    may_lead_to,
    target_of,
)
from scrapers.listing import hidden_markup, page_of
from scrapers.pages import (
    Page,
    attribute,
    beginning,
    joined,
    of_same_site,
    refreshes,
)
from scrapers.source import Capture
from scrapers.titles import is_about_something_else

_NATIONS = "省|市|县|区|州|盟|旗|镇|乡|局|委|办|厅|府|部|院|会|处|所|关|街道"
_OF = "部门|各部门|各单位|乡镇|镇街|历年|历年来|本级|本机关|机关|政府"
_WHO = rf"(?:[^\d\s]{{1,20}}?(?:{_NATIONS})|{_OF})?"
_DISCLOSURE = "(?:政府信息|政务信息|政府|政务|信息)?公开"
_REPORT = "(?:年度?报告?|年度工作报告|工作报告|报告)"
_SHELF = "(?:专栏|专区|栏目|汇总|列表|公开)?"
# Columns that say what they hold.
# e.g. "政府信息公开年报", "信息公开年度报告", "政府信息公开工作年度报告", "公开年报"
# e.g. "示例市教育局政府信息公开年报", "政务公开年报", "部门信息公开年报专栏"
# not "2023年政府信息公开年报", "政府信息公开指南", "政府网站工作年度报表", "财政年报"
_COLUMN = re.compile(rf"^{_WHO}{_DISCLOSURE}(?:工作)?{_REPORT}{_SHELF}$")
_LEVELS = f"(?:{_OF}|街道|市级|区级|县级|市直|区直|县直|政府工作|工作)?"
# Columns that leave open whose yearly reports they hold: the way there tells.
# e.g. "年报", "年度报告", "历年年报", "年报专栏", "部门年报", "乡镇年报", "工作年报"
# not "企业年报", "统计年报", "年报制度"
_LIKELY = re.compile(rf"^{_LEVELS}(?:年报|年度报告|工作年度报告){_SHELF}$")
_ACTIVE = "(?:法定)?主动公开(?:内容|信息|目录|基本目录|事项)?"
_PLACES = "(?:专栏|专区|专题|栏目|平台|网|目录|年报专栏|系统)?"
# What leads to such columns.
# e.g. "政务公开", "政府信息公开", "信息公开专栏", "法定主动公开内容", "信息公开目录"
# e.g. "示例市教育局信息公开", "部门信息公开", "政府信息公开平台", "公开"
# not "依申请公开", "信息公开指南", "信息公开制度", "政务动态"
_WAY = re.compile(rf"^(?:{_WHO}{_DISCLOSURE}{_PLACES}|{_ACTIVE})$")
# Names that end like ways, and lead elsewhere.
# e.g. "依申请公开", "不予公开"
# not "主动公开"
_NO_WAY = re.compile("申请公开|不予公开|会议公开|执法公示|党务公开|村务公开")
# A department, in a menu of departments.
# e.g. "市教育局", "示例镇人民政府", "某某街道办事处", "市发展改革委"
# not "更多", "首页", "--请选择--"
_BODY = re.compile(r"^[^\d\s<>]{2,20}(?:[局委办厅府镇乡处院]|街道|中心)$")
# A link that leaves it to its address to say where it leads.
# e.g. "更多", "查看更多", "MORE", "进入栏目", "详情"
# not "年报", "更多新闻"
_SAYS_NOTHING = re.compile(
    r"^(?:查看|点击|进入|了解)?(?:更多|进入|详情|栏目|more)?$", re.I
)
_SLUGS = (
    *("zfxxgknb", "xxgknb", "gknb", "zfxxgkndbg", "xxgkndbg", "ndbg", "ndbb"),
    *("gkndbg", "nb", "bmnb", "xznb", "zzfxxgknb", "zfxxgkgzndbg", "xxgkndgzbg"),
    *("zfxxgkgznb", "zwgknb", "xxgkgzndbg", "xxgknbzl", "zfxxgknbzl"),
)
_WAY_SLUGS = (
    *("zwgk", "zfxxgk", "xxgk", "zfxxgkzl", "gongkai", "gkml", "xxgkml"),
    *("fdzdgknr", "gkmlpt", "zwxxgk", "openness", "zdgk", "bmxxgk"),
)
_YEAR = r"(?:20\d\d(?:nd?)?)?"
# Folders and files of columns; years stand before or behind.
# e.g. "zfxxgknb", "xxgkndbg", "nb", "gknb2024", "2023ndbg"
# not "zwgk", "news", "nbxw"
_SLUG = re.compile(rf"^{_YEAR}(?:{'|'.join(_SLUGS)}){_YEAR}$", re.IGNORECASE)
# e.g. "zwgk", "zfxxgk", "xxgkml", "fdzdgknr", "gkmlpt"
# not "zfxxgknb", "zwdt"
_WAY_SLUG = re.compile(rf"^(?:{'|'.join(_WAY_SLUGS)})$", re.IGNORECASE)
_NUMBERED = r"art_\d|post_\d|content_\d|t20\d{6}_\d|c\d\d_\d|\d{5,}"
# Addresses of single articles.
# e.g. "/zwgk/202401/t20240119_12.html", "/info/1021/345.htm", "/art/art_1_2.html"
# not "/zwgk/zfxxgknb/", "/col/col1201/index.html", "/public/column/6595721"
_ARTICLE = re.compile(
    rf"/(?:{_NUMBERED}|[0-9a-f]{{32}})[\w-]*\.\w+$|/info/\d+/\d+\.\w+$"
)
# e.g. "index.html", "list.shtml", "default.aspx", ""
# not "zfxxgknb.htm"
_OF_FOLDER = re.compile(
    r"^(?:(?:index|list|default|main)(?:\.\w{2,5})?)?$", re.IGNORECASE
)
# e.g. " 政府信息公开年报 >>", "· 年报", "年报（12）"
# not "年报"
_AROUND = re.compile(r"^[\s·•>»\-—|【\[]+|[\s>»|\]】]+$|[(（]\d{1,5}[)）]$")
# Home pages that only send on.
# e.g. "location.href=\"/sz/\"", "window.location = 'index.htm'"
# not "location.reload()"
_SENDS_ON = re.compile(r"location(?:\.href)?\s*=\s*[\"']([^\"'\s]{1,500})[\"']")
_LONGEST = 40
_MOST = 6_000
"""Elements of a page that are looked at; menus of departments are long."""
_FEW_LINKS = 5
_SOON = 60
"""Seconds after which a page sends on; others show themselves anew by and by."""
_LINKS = ("a", "area", "option", "iframe", "frame")


class Leading(IntEnum):
    """To what a link leads, the best first."""

    COLUMN = 0
    """A column that says that it holds annual reports on disclosure."""
    LIKELY = 1
    """One that is called yearly reports, or whose folder is."""
    FRAME = 2
    """A part of the page itself, or the page behind one that only sends on."""
    WAY = 3
    BODY = 4
    """The pages of a department, in a menu of them."""

    @property
    def is_column(self) -> bool:
        return self <= Leading.LIKELY


@dataclass(frozen=True, slots=True)
class Onward:
    """Where a page leads on to, and what it calls that."""

    url: str
    name: str
    leading: Leading


def onward(capture: Capture) -> list[Onward]:
    """The columns and ways of a page, each address once, in order. Raises Changed."""
    page = Page(capture)
    found: dict[str, Onward] = {}
    for shown in (page, *_hidden(page)):
        for one in _of_page(shown):
            known = found.get(one.url)
            if known is None or one.leading < known.leading:
                found[one.url] = one
    return list(found.values())


def above(url: str) -> list[Onward]:
    """What stands above an address by its folders: its column, the ways, the home page
    of its site.
    """
    parts = urlsplit(url)
    home = f"{parts.scheme}://{parts.netloc}/"
    names = [name for name in parts.path.split("/") if name][:12]
    found = [Onward(home, "首页", Leading.WAY)]
    for depth, name in enumerate(names, 1):
        folder = f"{home}{'/'.join(names[:depth])}/"
        if "." in name or folder == url:
            continue
        if _SLUG.match(name):
            found.append(Onward(folder, f"目录 {name}", Leading.LIKELY))
        elif _WAY_SLUG.match(name):
            found.append(Onward(folder, f"目录 {name}", Leading.WAY))
    return found[::-1]


def names_column(capture: Capture) -> bool:
    """Whether a page calls itself a column of annual reports. Raises Changed."""
    page = Page(capture)
    if _ARTICLE.search(urlsplit(page.url).path):
        return False
    titles = re.split(r"[-_|—–]+", page.headline())
    headings = (tag.get_text() for tag in page.soup.find_all(["h1", "h2"], limit=5))
    names = (*titles, page.metas.get("columnname", ""), *headings)
    plain = map(_plain, names)
    return any(map(_COLUMN.match, plain))


def _hidden(page: Page) -> Iterator[Page]:
    """Menus that stand in the source of a page for its scripts."""
    for markup in hidden_markup(page):
        yield page_of(page, markup)


def _of_page(page: Page) -> Iterator[Onward]:
    links = 0
    for tag in page.soup.find_all(_may_lead, limit=_MOST):
        links += tag.name in {"a", "area"}
        one = _onward(page, tag)
        if one is not None:
            yield one
    if links < _FEW_LINKS:
        yield from _sent_on(page)


def _may_lead(tag: Tag) -> bool:
    return tag.name in _LINKS or tag.has_attr("onclick")


def _onward(page: Page, tag: Tag) -> Onward | None:
    """Where an element leads on to; None where that is neither column nor way."""
    url = _target(page, tag)
    if not url or names_attachment(url) or not may_lead_to(page.url, url):
        return None
    is_own = of_same_site(page.url, url)
    if tag.name in {"iframe", "frame"}:
        name = attribute(tag, "name") or "框架"
        return Onward(url, name, Leading.FRAME) if is_own else None
    names = _names(tag)
    if any(map(is_about_something_else, names)):
        return None
    for name in names or [""]:
        leading = _leading(tag, name, url)
        if leading is not None and (is_own or leading.is_column):
            return Onward(url, _called(name, url), leading)
    return None


def _called(name: str, url: str) -> str:
    """What a link is called; by its folder too where its text says nothing."""
    if _SAYS_NOTHING.match(name):
        return f"{name}（{_slug(urlsplit(url).path)}）"
    return name


def _target(page: Page, tag: Tag) -> str:
    """Where an element leads; of shells the column behind `#` belongs to it."""
    names = {"option": "value", "iframe": "src", "frame": "src"}
    given = attribute(tag, names.get(tag.name, "href"))
    if tag.name == "option" and "/" not in given:
        return ""
    url = page.absolute(given) if tag.name in names else target_of(page, tag)
    _, sharp, column = given.partition("#")
    is_number = column.isascii() and column.isdigit()
    return f"{url}#{column}" if url and sharp and is_number else url


def _names(tag: Tag) -> list[str]:
    """What an element is called: by its text, its title, the pictures in it."""
    pictures = tag.find_all("img", limit=3)
    said = [beginning(tag, _LONGEST * 2), attribute(tag, "title")]
    said += [attribute(tag, "alt"), attribute(tag, "aria-label")]
    for picture in pictures:
        said += [attribute(picture, "alt"), attribute(picture, "title")]
    plain = dict.fromkeys(map(_plain, said))
    return list(filter(_is_name, plain))


def _is_name(name: str) -> bool:
    """Whether a text is short enough for the name of a column."""
    return 0 < len(name) <= _LONGEST


def _plain(name: str) -> str:
    """A name without blanks, signs around it and the number of its entries."""
    text = joined(name[: _LONGEST * 3]).replace(" ", "")
    return _AROUND.sub("", _AROUND.sub("", text))


def _leading(tag: Tag, name: str, url: str) -> Leading | None:
    """To what a name and an address lead."""
    path = urlsplit(url).path
    slug = _slug(path)
    is_article = _ARTICLE.search(path) is not None
    if _COLUMN.match(name):
        return Leading.LIKELY if is_article else Leading.COLUMN
    has_slug = _SLUG.match(slug) is not None
    if _LIKELY.match(name):
        return Leading.COLUMN if has_slug else Leading.LIKELY
    says_nothing = _SAYS_NOTHING.match(name) is not None
    if has_slug and says_nothing:
        return Leading.LIKELY
    if is_article or _NO_WAY.search(name):
        return None
    is_way = _has_way_slug(url) and says_nothing
    if is_way or _WAY.match(name):
        return Leading.WAY
    is_in_menu = tag.name == "option" or _has_way_slug(url)
    return Leading.BODY if is_in_menu and _BODY.match(name) else None


def _slug(path: str) -> str:
    """The name of the folder or file that an address leads to, without an ending."""
    folder, _, file = path.rpartition("/")
    if _OF_FOLDER.match(file):
        return folder.rpartition("/")[2]
    return file.partition(".")[0]


def _has_way_slug(url: str) -> bool:
    """Whether a folder, or the first part of the host, is called as ways are."""
    parts = urlsplit(url)
    names = [(parts.hostname or "").partition(".")[0], *parts.path.split("/")[-3:]]
    return any(map(_WAY_SLUG.match, names))


def _sent_on(page: Page) -> Iterator[Onward]:
    """Where a page without links of its own sends its visitors."""
    by_script = islice(_SENDS_ON.finditer(page.text), 3)
    urls = (page.absolute(found[1]) for found in by_script)
    for url in (*refreshes(page, _SOON), *urls):
        if url and of_same_site(page.url, url):
            yield Onward(url, "跳转", Leading.FRAME)

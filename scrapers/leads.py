"""From links to leads: whole titles, dates, which links can be reports, and where a
list may lead.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from bs4 import Tag

from archive.webpage import first_date, without_date
from scrapers.pages import (
    MAX_TITLE,
    Page,
    attribute,
    host_of,
    joined,
    of_same_site,
)
from scrapers.source import Changed, Lead

MAX_LINKS = 5_000

# e.g. "政府信息公开年报", "2023年 度 报 告", "政务公开工作情况的报告"
# not "年度工作计划", "公开指南"
_REPORT = re.compile(r"年\s*度?\s*报\s*告?|公开.{0,12}报告|年报")
_OTHER_REPORTS = (
    *("网站.{0,8}(?:工作|监管)?年度?报[告表]", "法治政府", "决算", "预算"),
    *("统计年[报鉴]", "财政年报", "执法.{0,6}年报", "企业年报", "法人年度报告"),
)
_INFOGRAPHICS = ("图解", "一图", "图说", "长图")
_ASSESSMENTS = ("评查", "第三方评估", "考核")
# Other annual reports, infographics of a report, and what is said of others' reports.
# e.g. "政府网站工作年度报表（2023年度）", "图解：2023年年度报告", "年报评查情况"
# not "某某局2023年政府信息公开工作年度报告"
_OTHER = re.compile("|".join((*_OTHER_REPORTS, *_INFOGRAPHICS, *_ASSESSMENTS)))
_NOTICES = ("通知", "通报", "公示", "公告", "启事", "答记者问")
_ORDERS = ("关于(?:进一步)?(?:做好|印发|编制|报送|开展|召开|加强|转发)",)
_RULES = ("指南", "目录", "办法", "规定", "制度", "规范", "要点", "方案", "格式")
# e.g. "关于编制2023年政府信息公开年度报告的通知", "政府信息公开指南"
# not "某某局2023年年度报告"
_ABOUT_REPORTS = re.compile("|".join((*_NOTICES, *_ORDERS, *_RULES)))
# A cover letter holds the report itself or as its attachment.
# e.g. "政府信息公开工作年度报告", "关于公布2023年报告的公告", "关于报送年报的函"
# not "关于编制年度报告的通知"
_IS_REPORT_ALL_THE_SAME = re.compile(r"年度报告$|年报$|报告的[公通]告$|的函$")
_SOCIETIES = "(?:联合|十字|基金|促进|[协学商工])会"
"""Bodies in whose names 会 is no meeting; those of committees have 委 as well."""
# What a bare title of a list of reports holds: 教育局 or 2023年度.
# e.g. "示例市教育局", "2023", "二〇二三年", "某某街道", "示例市红十字会"
# not "更多", "事项办理", "示例市召开第10次会议"
_BODY_OR_YEAR = re.compile(
    r"20\d\d|[〇零○一二三四五六七八九]{4}年"
    rf"|[局委厅府镇乡院站处所]|办(?!理|事)|{_SOCIETIES}|街道|中心"
)
# What news of a body say of it, and no report is called.
# e.g. "县政府召开常务会议", "示例市2023年工作会议", "教育局举办培训", "镇政府座谈会"
# not "示例市红十字会", "示例市教育局", "2023年开展公开情况"
_NEWS = re.compile("召开|举行|举办|会议|大会|座谈|推进会|培训|调研|慰问|活动")
_LONGEST_BARE_TITLE = 24
# Lists cut long titles.
# e.g. "某某局2023年政府信息…", "某某局2023年政府信息..."
_CUT = re.compile(r"[.…]+$")

# e.g. "示例县商务局2023年政府信...", "示例县教育局政府信息公开工作..."
# e.g. "示例县教育局2023年度..."
# not "示例县召开会议...", "2023年重点工作安排..."
_MAY_GO_ON = re.compile(r"20\d\d年?度?政?府?[.…]+$|政府信|政务公|信息公|年度报")

_CLICKED = frozenset(("li", "tr", "td", "div", "p", "span", "button", "dd"))
"""Elements besides links that some portals let a click open a page."""
_VERBS = "下载|查看|阅读|浏览|打开|预览"
# The word on a button; the title stands beside it.
# e.g. "下载", "点击下载", "查看详情", "下载附件>>", "详情"
# not "下载2023年年报"
_BUTTON = re.compile(
    rf"^[\[【]?(?:点击|在线)?(?:(?:{_VERBS})(?:全文|详情|附件|报告|原文)?|详情|附件)\W{{0,4}}$"
)

_ENTRIES = frozenset(("li", "tr", "dd", "p", "div", "dl"))
_MOST_IN_ENTRY = 3
"""Links of one entry of a list; what holds more is the list."""
_ENTRY_DEPTH = 3
_LONGEST_SCRIPT = 2_000
_OPENERS = r"(?:open|href|location|down\w{0,12}|show\w{0,8}|view\w{0,8}|go\w{0,8})"
_PAGES = r"[\w.%/-]{1,200}\.(?:s?html?|jsp|aspx?|pdf|docx?)\b"
_ADDRESS = rf"(?:https?://|\.{{0,2}}/|{_PAGES})"
# The address that a click opens.
# e.g. "window.open('/art/2024/1/9/art_1_2.html')", "location.href='./a.html'"
# e.g. "downloadFile('/f/2023.docx')", "javascript:showInfo('a/b.html')"
# not "javascript:void(0)", "next(2)", "showMenu('top')"
_OPENED = re.compile(
    rf"{_OPENERS}\s*[=(]\s*[\"']({_ADDRESS}[^\"'\s<>]{{0,1000}})[\"']", re.IGNORECASE
)
_DATE_AT_END = 40
"""Signs at the end of a link in which its date stands."""


def title_of(anchor: Tag) -> str:
    """The whole title of a link, without a date.

    Its title attribute counts when that says more than its text, which lists cut.
    """
    # Text nodes are joined without a separator: titles are broken by <br> and <font> in
    # the middle of words.
    whole = joined(_heading_of(anchor).get_text()[:MAX_TITLE])
    text = without_date(whole) or whole
    full = joined(attribute(anchor, "title")[:MAX_TITLE])
    if not full:
        return _shown_title(anchor, text)
    beginning = _CUT.sub("", text)
    says_more = len(full) >= len(text) or full.startswith(beginning)
    return full if says_more else text


def _shown_title(anchor: Tag, text: str) -> str:
    """The title of a link without the attribute: its text, unless this is the word on
    a button, or nothing beside a picture.
    """
    for picture in anchor.find_all("img", limit=_MOST_IN_ENTRY):
        alternative = joined(attribute(picture, "alt")[:MAX_TITLE])
        if is_report_like(alternative) and not is_report_like(text):
            return alternative
    if not _BUTTON.match(text):
        return text
    beside = (joined(one)[:MAX_TITLE] for one in _around(anchor))
    named = (without_date(one) or one for one in beside)
    return next(filter(is_report_like, named), text)


def _heading_of(anchor: Tag) -> Tag:
    """The title within a link that is a whole entry, with a day and a summary in it."""
    heading = anchor.find(["h1", "h2", "h3", "h4", "h5", "h6"])
    return heading if isinstance(heading, Tag) else anchor


def is_about_something_else(title: str) -> bool:
    """True for titles that are surely no disclosure report: pictures, budgets, notices
    about reports.
    """
    if _OTHER.search(title):
        return True
    if _IS_REPORT_ALL_THE_SAME.search(title):
        return False
    return _ABOUT_REPORTS.search(title) is not None


def is_report_like(title: str) -> bool:
    """True when the title itself says annual report on disclosure."""
    says_report = _REPORT.search(title) is not None
    return says_report and not is_about_something_else(title)


@dataclass(frozen=True, slots=True)
class Sifted:
    """The entries of a list, in order: what may be reports, and what is passed over."""

    taken: tuple[Lead, ...]
    passed: tuple[Lead, ...]


def sifted(leads: Iterable[Lead]) -> Sifted:
    """Leads that may be reports and those that are none, each address once.

    In a mixed list (some titles say report) a bare title stays only when it is short
    and names a body or a year, and no meeting; whether something is a report is decided
    later, from its text.
    """
    unique: dict[str, Lead] = {}
    for lead in leads:
        unique.setdefault(lead.url, lead)
    mixed = any(_says_report(lead.title) for lead in unique.values())
    taken: list[Lead] = []
    passed: list[Lead] = []
    for lead in unique.values():
        (taken if _may_stay(lead.title, mixed) else passed).append(lead)
    return Sifted(tuple(taken), tuple(passed))


def _may_stay(title: str, mixed: bool) -> bool:
    """Whether an entry may be a report; `mixed`: other titles of its list say so."""
    if is_report_like(title):
        return True
    if is_about_something_else(title):
        return False
    if not mixed or _was_cut(title):
        return True
    if len(title) > _LONGEST_BARE_TITLE or _NEWS.search(title):
        return False
    return _BODY_OR_YEAR.search(title) is not None


def _says_report(title: str) -> bool:
    """Whether a title says report, or was cut where it may have been about to."""
    return is_report_like(title) or _was_cut(title)


def _was_cut(title: str) -> bool:
    """Whether a list cut a title where it may go on to say report.

    The page's own title decides then.
    """
    return _CUT.search(title) is not None and _MAY_GO_ON.search(title) is not None


def links(page: Page) -> list[Tag]:
    """All links of a page, those that a script follows with them.

    Raises Changed when there are more than any list of reports has.
    """
    found = page.soup.find_all(_is_link, limit=MAX_LINKS + 1)
    if len(found) > MAX_LINKS:
        raise Changed(
            f"页面 {page.url} 的链接超过 {MAX_LINKS} 个，不像年报列表，"
            "请核对来源的网址。"
        )
    return list(found)


def _is_link(tag: Tag) -> bool:
    """Whether an element is a link, by its address or by what a click on it does."""
    if tag.name == "a":
        return tag.has_attr("href") or tag.has_attr("onclick")
    opens = tag.name in _CLICKED and _OPENED.search(_script_of(tag)) is not None
    return opens and tag.find("a") is None


def _script_of(tag: Tag) -> str:
    """The script that a click on an element runs, as far as it is looked at."""
    return attribute(tag, "onclick")[:_LONGEST_SCRIPT]


def target_of(page: Page, anchor: Tag) -> str:
    """Where a link leads: by its address, else by the address that a click opens.

    Empty for what leads nowhere or computes where.
    """
    href = attribute(anchor, "href")
    url = page.absolute(href)
    if url and not href.strip().startswith("#"):
        return url
    for script in (_script_of(anchor), href[:_LONGEST_SCRIPT]):
        given = _OPENED.search(script)
        if given:
            return page.absolute(given[1])
    return ""


def own_links(page: Page) -> list[Tag]:
    """The links of a page without those of its menus, its head and its foot.

    Raises Changed as `links` does.
    """
    return [anchor for anchor in links(page) if not page.is_furniture(anchor)]


def entries(page: Page, anchors: Iterable[Tag]) -> Iterator[Lead]:
    """A lead for each link that has a title and leads where this list may lead."""
    for anchor in anchors:
        title = title_of(anchor)
        url = target_of(page, anchor)
        if not url or not title:
            continue
        if may_lead_to(page.url, url):
            published = entry_date(anchor)
            yield Lead(url, title, published)


def is_one_entry(tag: Tag) -> bool:
    """Whether an element holds one entry of a list, and not the list."""
    return len(tag.find_all("a", limit=_MOST_IN_ENTRY + 1)) <= _MOST_IN_ENTRY


def entry_date(anchor: Tag) -> date | None:
    """The date of a list entry: inside the link, or in the entry around it."""
    inside = first_date(anchor.get_text(" ")[-_DATE_AT_END:])
    around = map(first_date, _around(anchor))
    return inside or next(filter(None, around), None)


def _around(anchor: Tag) -> Iterator[str]:
    """The texts beside a link, in the entry around it: the nearest element first."""
    for parent in list(anchor.parents)[:_ENTRY_DEPTH]:
        if parent.name in _ENTRIES and is_one_entry(parent):
            yield _text_beside(anchor, parent)


def _text_beside(anchor: Tag, entry: Tag) -> str:
    """The text of an entry outside its link."""
    return " ".join(
        text for text in entry.find_all(string=True) if anchor not in text.parents
    )


def may_lead_to(page_url: str, url: str) -> bool:
    """Whether a list may lead to an address: on its own site or a host of government.

    Domains that agencies dropped are bought up and serve altered copies of their pages.
    """
    there = host_of(url)
    is_government = there == "gov.cn" or there.endswith(".gov.cn")
    return is_government or of_same_site(page_url, url)

"""What the titles of a list's entries say: which may be reports, and which are none."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from scrapers.source import Lead

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


def uncut(title: str) -> str:
    """A title without the dots that a list puts where it cut it."""
    return _CUT.sub("", title)


def _was_cut(title: str) -> bool:
    """Whether a list cut a title where it may go on to say report.

    The page's own title decides then.
    """
    return _CUT.search(title) is not None and _MAY_GO_ON.search(title) is not None

"""Is it a disclosure report at all, and if not, what is it? Pure; the list below is data.

Only a body with filled-in statutory tables overrules a title such as 关于公布…年度报告的函:
a cover letter is a report, a notice with the empty form attached is not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from archive.report.headings import likeness
from archive.report.model import Figure, Section
from archive.report.plain import plain
from archive.report.titles import PHRASE, agency_in_title, names_a_report


@dataclass(frozen=True, slots=True)
class OtherKind:
    """A kind of page that looks like a report by its title. `always`: even a full body does not make it one."""

    title: re.Pattern[str]
    why: str
    always: bool = False


_REPORT = r"(?:年度报告|年报)"
OTHER_KINDS: tuple[OtherKind, ...] = (
    OtherKind(re.compile(r"图解|一图读懂|一图看懂|图说|长图"), "这是年度报告的图解，不是年度报告本身", always=True),
    OtherKind(
        re.compile(
            r"网站(?:工作|监管)?年度(?:工作)?报[表告]|法治政府建设|部门[预决]算|行政执法.{0,8}(?:年报|年度|统计)|财政年报|统计年鉴|"
            r"企业年(?:度报告|报)|事业单位法人年度报告|依法行政|生态环境状况|社会责任报告"
        ),
        "这是其他种类的年度报告或报表，不是政府信息公开工作年度报告",
        always=True,
    ),
    OtherKind(re.compile(rf"{_REPORT}.{{0,6}}格式|格式的通知"), "这是年度报告的格式文本，不是某机关的年度报告"),
    OtherKind(
        re.compile(rf"{_REPORT}.{{0,6}}(?:评查|检查|抽查|评估|点评|审核)"), "这是对年度报告的检查或评估，不是年度报告"
    ),
    OtherKind(
        re.compile(rf"{_REPORT}.{{0,4}}(?:制度|规范|指引|办法|说明会|培训)|考核办法|实施细则"),
        "这是关于年度报告的规定，不是年度报告",
    ),
    OtherKind(
        re.compile(
            r"(?:做好|编制|编写|编报|报送|上报|开展|组织|印发).{0,60}(?:通知|函|提示|公告)(?:（.{1,20}）)?$|(?:的|工作)通知$"
        ),
        "这是关于编制、报送或发布年度报告的通知，不是年度报告",
    ),
    OtherKind(re.compile(r"公开指南|(?:公开|事项)目录|实施办法"), "这是政府信息公开指南或目录，不是年度报告"),
    OtherKind(
        re.compile(
            rf"汇总|专题|{_REPORT}(?:列表|目录|专栏)|各(?:部门|单位|乡镇|镇街|街道|县区|区县|科室).{{0,20}}{_REPORT}"
        ),
        "这是多个机关年度报告的汇总页，不是某机关的年度报告",
    ),
    OtherKind(
        re.compile(
            r"工作要点|工作总结(?!报告)|工作方案|实施方案|工作计划|第三方评估|考核结果|情况(?:的)?通报|自查报告|整改报告"
        ),
        "这是政务公开工作的计划、总结或考核材料，不是年度报告",
    ),
)
"""What stands in the columns of annual reports without being one, and how its title tells."""

ONLY_TITLE = "页面只有标题而没有正文，年度报告可能在附件或图片中"
LIST = "这是年度报告的列表或汇总，收录了多个机关或多个年度的报告"
UNKNOWN = "没有找到政府信息公开工作年度报告的标题和章节"
_LEAST_TEXT = 60
"""Signs of body below which there is nothing to read."""


def why_not(title: str, sections: Sequence[Section], statutory: bool, figures: Mapping[str, Figure]) -> str:
    """Why this is no report, as a Chinese sentence without full stop; empty when it is one."""
    compact = plain(title)
    filled = statutory and any(figure.value is not None for figure in figures.values())
    for kind in OTHER_KINDS:
        if kind.title.search(compact) and (kind.always or not filled):
            return kind.why
    if _is_list(title, sections, statutory):
        return LIST
    if filled:
        return ""
    named = bool(PHRASE.search(compact)) and names_a_report(title)
    if not named and not (statutory and len(sections) >= 5):
        return UNKNOWN
    length = sum(len(plain(section.text)) for section in sections)
    return "" if length >= _LEAST_TEXT else ONLY_TITLE


def _is_list(title: str, sections: Sequence[Section], statutory: bool) -> bool:
    """Many lines that are titles of reports; inside statutory sections only if the sections repeat as well."""
    lines = [plain(line) for section in sections for line in section.prose.split("\n")]
    titles = {line for line in lines if 8 <= len(line) <= 70 and names_a_report(line) and line != plain(title)}
    if not statutory:
        return len(titles) >= 3 and 2 * len(titles) >= len([line for line in lines if line])
    agencies = {agency_in_title(line) for line in titles} - {""}
    repeated = sum(any(like.number == 3 and like.score >= 4.5 for like in likeness(line)) for line in lines)
    return len(agencies) >= 3 and repeated >= 3

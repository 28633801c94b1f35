"""Is it a disclosure report at all, and if not, what is it? Pure; the list below is
data.

Only a body with filled-in statutory tables overrules a title such as 关于报送…年度报告
的函: a cover letter is a report, a notice with the empty form attached is not. A body
that reads as a report overrules milder signs (…的公示).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from archive.report.dates import find_periods
from archive.report.document import Table
from archive.report.model import Figure, Section
from archive.report.outline.headings import likeness
from archive.report.outline.titles import (
    PHRASE,
    agency_in_title,
    names_a_report,
    own_titles,
)
from archive.report.plain import plain


class Despite(Enum):
    """What makes a report of a page although its title speaks against it."""

    NOTHING = "nothing"
    FIGURES = "figures"
    """Filled-in statutory tables."""
    BODY = "body"
    """These, or a body that reads as a report."""


@dataclass(frozen=True, slots=True)
class OtherKind:
    """A kind of page that looks like a report by its title.

    `in_name`: the words count in front too, where an agency's name stands that may hold
    such words (年鉴社).
    """

    title: re.Pattern[str]
    why: str
    despite: Despite = Despite.FIGURES
    in_name: bool = False


_REPORT = r"(?:年度(?:工作)?报告|年报)"
_OF_A_REPORT = rf"{_REPORT}[》”]?"
OTHER_KINDS: tuple[OtherKind, ...] = (
    OtherKind(
        re.compile(r"图解|一图读懂|一图看懂|图说|长图|数说|动漫|[Hh]5|海报"),
        "这是年度报告的图解，不是年度报告本身",
        Despite.NOTHING,
        in_name=True,
    ),
    OtherKind(
        re.compile(
            r"网站(?:工作|监管)?年度(?:工作)?报[表告]|网站工作报表|法治政府建设|部门[预决]算|行政执法.{0,8}(?:年报|年度|统计)|财政年报|"
            r"统计年鉴|年鉴|统计公报|企业年(?:度报告|报)|事业单位法人年度报告|依法行政|生态环境(?:状况|质量)|环境质量|社会责任报告|"
            r"政府工作报告|绩效(?:评价|自评)|质量报告|可持续发展报告|信用建设|行政复议.{0,6}(?:年度|年报)(?!.*公开)|述职"
        ),
        "这是其他种类的年度报告或报表，不是政府信息公开工作年度报告",
        Despite.NOTHING,
    ),
    OtherKind(
        re.compile(
            r"(?:第?[一二三四1-4]|各)季度|[上下]半年|半年(?:度|工作)|\d月份?(?:政府|政务|信息)|月报"
        ),
        "这是季度、半年或月度的信息公开工作材料，不是年度报告",
        Despite.NOTHING,
        in_name=True,
    ),
    OtherKind(
        re.compile(
            rf"{_OF_A_REPORT}.{{0,6}}解读|解读.{{0,30}}{_REPORT}|^(?:政策)?解读|解读$"
        ),
        "这是对年度报告的解读，不是年度报告本身",
        in_name=True,
    ),
    OtherKind(
        re.compile(rf"{_OF_A_REPORT}(?:的|编制|有关|相关|情况){{0,3}}说明(?!会)"),
        "这是关于年度报告的说明，不是年度报告本身",
    ),
    OtherKind(
        re.compile(rf"{_REPORT}.{{0,6}}格式|格式的通知"),
        "这是年度报告的格式文本，不是某机关的年度报告",
    ),
    OtherKind(
        re.compile(
            rf"{_OF_A_REPORT}.{{0,8}}(?:评查|检查|抽查|评估|点评|审核|考核|测评|反馈|整改)|"
            r"(?:公开|年报|报告).{0,12}(?:第三方评估|考核结果|评估结果|测评结果|考评结果)|(?:考核|评估|检查).{0,10}(?:通报|公示)"
        ),
        "这是对年度报告或公开工作的检查、考核或评估，不是年度报告",
    ),
    OtherKind(
        re.compile(r"情况(?:的)?通报|的通报$"), "这是关于公开工作的通报，不是年度报告"
    ),
    OtherKind(
        re.compile(
            rf"{_OF_A_REPORT}.{{0,4}}(?:制度|规范|指引|办法)|考核办法|实施细则|管理规定$"
        ),
        "这是关于年度报告的规定，不是年度报告",
    ),
    OtherKind(
        re.compile(
            r"(?:做好|编制|编写|编报|报送|上报|开展|组织|规范).{0,60}(?:通知|函|提示|公告|工作提醒)(?:（.{1,20}）)?$|"
            r"(?<!报告)(?<!报告》)(?<!年报)(?:的|工作)通知$"
        ),
        "这是关于编制、报送或发布年度报告的通知，不是年度报告",
    ),
    OtherKind(
        re.compile(
            rf"{_REPORT}(?:编制|发布)?(?:工作)?(?:培训|说明|推进|部署|座谈|调度|新闻发布)会|"
            rf"(?:召开|举办|启动|部署|晒出|圆满完成|顺利完成|全面完成|按时完成).{{0,30}}{_REPORT}"
        ),
        "这是关于年度报告的消息，不是年度报告本身",
    ),
    OtherKind(
        re.compile(
            rf"(?:发布|公布|(?<![息务])公开(?!工作)).{{0,40}}{_REPORT}$|{_OF_A_REPORT}(?:全部|均|已|正式|全文|集中)*(?:发布|公布|出炉|上线|公开|编制完成)|"
            rf"{_OF_A_REPORT}的?(?:公示|公告|函|通知)$"
        ),
        "这是发布年度报告的消息或公告，不是年度报告本身",
        Despite.BODY,
    ),
    OtherKind(
        re.compile(
            r"征求意见|(?:问题|报告》?|年报)的(?:答复|批复|回复|请示|意见)$|意见的函$"
        ),
        "这是关于年度报告的往来公文，不是年度报告",
    ),
    OtherKind(
        re.compile(r"公开指南|办事指南|申请指南|申请流程|申请表"),
        "这是政府信息公开指南或申请须知，不是年度报告",
    ),
    OtherKind(
        re.compile(r"(?:公开|事项|信息)(?:基本)?目录|事项清单|实施办法|标准目录"),
        "这是政府信息公开目录或清单，不是年度报告",
    ),
    OtherKind(
        re.compile(
            rf"汇总|汇编|合集|选编|专题|{_REPORT}(?:列表|目录|专栏|链接)|"
            rf"各(?:部门|单位|乡镇|镇街|街道|县区|区县|县市区|科室|地|级).{{0,20}}{_REPORT}|{_REPORT}统计表"
        ),
        "这是多个机关年度报告的汇总页，不是某机关的年度报告",
        in_name=True,
    ),
    OtherKind(
        re.compile(
            r"工作要点|工作总结(?!报告)|工作方案|实施方案|工作计划|工作安排|第三方评估"
        ),
        "这是政务公开工作的计划、总结或方案，不是年度报告",
    ),
    OtherKind(
        re.compile(r"自查(?:情况)?报告|整改(?:情况)?报告|调研报告"),
        "这是自查、整改或调研材料，不是年度报告",
    ),
)
"""What stands in the columns of annual reports without being one, and how its title
tells.
"""

ONLY_TITLE = "页面只有标题而没有正文，年度报告可能在附件或图片中"
LIST = "这是年度报告的列表或汇总，收录了多个机关或多个年度的报告"
UNKNOWN = "没有找到政府信息公开工作年度报告的标题和章节"
_LEAST_TEXT = 60
"""Signs of body below which there is nothing to read."""
_FIRST_LINES = 3
_NUMBERED = re.compile(r"（?[一二三四五六七八九十]{1,3}[）、]")
_LONGEST_LINE = 70
_FURNITURE = re.compile(
    r"附件|点击|下载|链接|http|www|扫码|扫一扫|\.(?:pdf|docx?|wps|ofd|zip)|发布(?:时间|日期|机构)|来源：|作者：|浏览|打印|关闭|字[体号]|"
    r"分享|上一篇|下一篇|索引号|信息分类|成文日期|生成日期|发文字号|文号：|主题词|有效性|责任编辑|当前位置|您的位置|首页|详见|无障碍"
)
"""What a line of a page holds that carries no report."""
_SELF = re.compile(
    r"本(?:年度)?报告(?:由|中|是|根据|的电子版|电子版|所列|涵盖|内容|全文|依据|按照|编制)|本(?:年报|学年报告)|现(?:予|将|特)?(?:编制|公布|发布)|报告所列数据|情况报告如下|特向社会公布|(?:编制|公布)(?:了)?(?:本|20\d\d)年?度?.{0,20}报告"
)
"""How a report speaks of itself."""
_LEAST_REPORT = 150
_BY_THE_RULES = re.compile(
    r"本(?:年度|年)?报告?(?:是)?[^。]{0,60}信息公开条例|信息公开条例[^。]{0,400}编[制写](?:形成|发布|并公布)?[本此]报告"
)
_FEW_SECTIONS = 4
_PREFACE = 2_000
_TO_OTHERS = re.compile(
    r"通知如下|请(?:各|你|认真|遵照)|印发给你们|各(?:部门|单位|乡镇|县区|区县)[^。]{0,20}："
)
"""What is written to other bodies."""


def why_not(
    title: str,
    sections: Sequence[Section],
    statutory: bool,
    figures: Mapping[str, Figure],
) -> str:
    """Why this is no report, as a Chinese sentence without full stop; empty when it is
    one.
    """
    compact = plain(title)
    filled = statutory and any(figure.value is not None for figure in figures.values())
    body = filled or _reads_as_report(sections, statutory)
    named = bool(PHRASE.search(compact)) and names_a_report(title)
    if kind := _other_kind(compact, filled, body, agency_in_title(title)):
        return kind.why
    if _is_list(title, sections, statutory):
        return LIST
    if filled:
        return ""
    known = (
        named
        or (statutory and len(sections) >= 5)
        or (not compact and _calls_itself_report(sections))
    )
    if not body or not known:
        first = (
            line
            for line in _first_lines(sections)
            if not named or not PHRASE.search(line)
        )
        if kind := next(
            filter(None, (_other_kind(line, filled, body) for line in first)), None
        ):
            return kind.why
    if not known:
        return UNKNOWN
    return "" if _has_text(sections) else ONLY_TITLE


def _other_kind(
    title: str, filled: bool, body: bool, agency: str = ""
) -> OtherKind | None:
    nameless = title.replace(agency, "", 1) if agency else title
    for kind in OTHER_KINDS:
        if kind.title.search(title if kind.in_name else nameless):
            overruled = {
                Despite.NOTHING: False,
                Despite.FIGURES: filled,
                Despite.BODY: body,
            }[kind.despite]
            if not overruled:
                return kind
    return None


def _reads_as_report(sections: Sequence[Section], statutory: bool) -> bool:
    """A report in words alone: the six parts, or several parts that call themselves a
    report.
    """
    if statutory and len(sections) >= 5:
        return _has_text(sections)
    if sum(len(section.prose) for section in sections) < _LEAST_REPORT:
        return False
    return len(sections) >= 3 and any(
        _SELF.search(plain(section.prose[:2_000])) for section in sections[:2]
    )


def _calls_itself_report(sections: Sequence[Section]) -> bool:
    """A body without its title whose preface says what it is: 本报告根据…信息公开条例,
    or its name and period.
    """
    beginning = plain("".join(section.prose for section in sections[:2])[:_PREFACE])
    if sum(
        len(section.prose) for section in sections
    ) < _LEAST_REPORT or _TO_OTHERS.search(beginning):
        return False
    if _BY_THE_RULES.search(beginning):
        return True
    dated = (
        find_periods(beginning)
        or own_titles(beginning)
        or len(sections) > _FEW_SECTIONS
    )
    return bool(PHRASE.search(beginning) and _SELF.search(beginning) and dated)


def _first_lines(sections: Sequence[Section]) -> list[str]:
    """The first lines that can be titles."""
    lines = (
        plain(line)
        for section in sections[:1]
        for text in (
            section.heading,
            *(block.text for block in section.blocks if not isinstance(block, Table)),
        )
        for line in text.split("\n", 10)[:10]
    )
    kept: list[str] = []
    for line in lines:
        if _NUMBERED.match(line):
            break
        if line and not re.search(
            "^(?:首页|当前位置|您的位置)|[。；]|>", line[: _LONGEST_LINE + 1]
        ):
            kept.append(line)
        if len(kept) == _FIRST_LINES:
            break
    return [line for line in kept if len(line) <= _LONGEST_LINE]


def _has_text(sections: Sequence[Section]) -> bool:
    """Whether anything is said beside what stands on a page that only leads to a
    report.
    """
    length = 0
    for section in sections:
        for line in section.text.split("\n"):
            length += (
                len(plain(line))
                if len(line) > _LONGEST_LINE or not _FURNITURE.search(plain(line))
                else 0
            )
            if length >= _LEAST_TEXT:
                return True
    return False


def _is_list(title: str, sections: Sequence[Section], statutory: bool) -> bool:
    """Many lines that are titles of reports; inside statutory sections only if the
    sections repeat as well.
    """
    lines = [
        line
        for section in sections
        for line in section.prose.split("\n")
        if line.strip()
    ]
    own = plain(title)
    titles = {
        compact
        for line in lines
        if "公开" in line
        and "报" in line
        and 8 <= len(compact := plain(line)) <= _LONGEST_LINE
        if compact != own and names_a_report(compact)
    }
    if len(titles) < 3:
        return False
    if not statutory:
        return 2 * len(titles) >= len(lines)
    agencies = {agency_in_title(line) for line in titles} - {""}
    if len(agencies) < 3:
        return False
    return (
        sum(
            any(
                like.number == 3 and like.score >= 4.5 for like in likeness(plain(line))
            )
            for line in lines
        )
        >= 3
    )

"""What a text tells whatever its title: a report, a list, or nothing to read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import filterfalse

from archive.report.dates import find_periods, find_years
from archive.report.model import Section
from archive.report.outline.agency_names import agency_in_title
from archive.report.outline.headings import likeness
from archive.report.outline.kinds.substance import sentences_of
from archive.report.outline.phrases import PHRASE, names_a_report
from archive.report.outline.prefaces import own_titles
from archive.report.plain import plain

# Signs of body below which there is nothing to read.
_LEAST_TEXT = 60
_LONGEST_LINE = 70
_SHORTEST_TITLE = 8
_LEAST_REPORT = 150
_FEW_SECTIONS = 4
_PREFACE = 2_000
# With so many of the six parts a body is a report's in any case.
ENOUGH_SECTIONS = 5
_LEAST_SECTIONS = 3
# So many titles of reports, agencies or third sections make a list.
_SEVERAL = 3
# Signs of sentences between two titles of a list: a list of results quotes a few lines
# of each report.
_QUOTED = 200
# Score of a heading that is the official one to the letter, number and all.
_CERTAIN = 4.5

_FURNITURE_WORDS = "|".join((
    *("附件", "点击", "下载", "链接", "http", "www", "扫码", "扫一扫"),
    *(r"\.(?:pdf|docx?|wps|ofd|zip)", "发布(?:时间|日期|机构)", "来源：", "作者："),
    *("浏览", "打印", "关闭", "字[体号]", "分享", "上一篇", "下一篇", "索引号"),
    *("信息分类", "成文日期", "生成日期", "发文字号", "文号：", "主题词", "有效性"),
    *("责任编辑", "当前位置", "您的位置", "首页", "详见", "无障碍"),
))  # fmt: skip
# What a short line holds that carries no report: what portals print around every page.
# e.g. "附件：2023年度报告.pdf", "索引号：000-1", "【打印】【关闭】", "扫一扫"
# not "全年主动公开政府信息"
_FURNITURE = re.compile(_FURNITURE_WORDS)
# e.g. "附件：年度报告", "点击下载", "2023年度报告.pdf", "详见附件"
# not "全年主动公开政府信息"
_TO_FILE = re.compile(r"附件|下载|点击|详见|全文|\.(?:pdf|docx?|wps|ofd|zip)")
_VERBS = "由|中|是|根据|的电子版|电子版|所列|涵盖|内容|全文|依据|按照|编制"
_TURNS = "报告所列数据|情况报告如下|特向社会公布"
# How a report speaks of itself.
# e.g. "本报告由六部分组成", "现公布", "特向社会公布", "编制了本单位年度报告"
# not "年度报告"
_SELF = re.compile(
    rf"本(?:年度)?报告(?:{_VERBS})|本(?:年报|学年报告)"
    rf"|现(?:予|将|特)?(?:编制|公布|发布)|{_TURNS}"
    r"|(?:编制|公布)(?:了)?(?:本|20\d\d)年?度?.{0,20}报告"
)
_RULES = "信息公开条例"
_WRITES = "编[制写](?:形成|发布|并公布)?"
# The first sentence of most reports: 根据《…政府信息公开条例》…，编制本报告.
# e.g. "本年度报告根据政府信息公开条例编制", "根据信息公开条例的要求，编制本报告"
# e.g. "根据信息公开条例要求，编制本年度报告"
# not "信息公开条例"
_BY_THE_RULES = re.compile(
    rf"本(?:年度|年)?报告?(?:是)?[^。]{{0,60}}{_RULES}"
    rf"|{_RULES}[^。]{{0,400}}{_WRITES}[本此](?:年度)?(?:工作)?报告"
)
_BODIES = "部门|单位|乡镇|县区|区县"
# What is written to other bodies.
# e.g. "现将有关事项通知如下", "请各单位", "各部门、各直属单位："
# not "各部门积极配合"
_TO_OTHERS = re.compile(
    rf"通知如下|请(?:各|你|认真|遵照)|印发给你们|各(?:{_BODIES})[^。]{{0,20}}："
)


_THIS = "本(?:年度)?(?:报告|年报)"
_ON_DISCLOSURE = "(?:政府信息|政务|信息)公开"
# A preface that gives the whole as a report, or the form's own words on its numbers.
# e.g. "现将我局2022年度政府信息公开工作情况报告如下", "现公布2018年度信息公开工作情况"
# e.g. "本报告所列数据的统计期限"
# not "现将有关事项通知如下", "现将2022年工作要点公布如下"
_AS_FOLLOWS = re.compile(
    rf"现(?:就|将)[^。：]{{0,30}}{_ON_DISCLOSURE}[^。：]{{0,20}}(?:报告|公布|公告|发布)如下"
    rf"|现(?:予|将)?公布[^。：]{{0,30}}{_ON_DISCLOSURE}(?:工作)?(?:年度|情况|报告)"
    rf"|{_THIS}中?(?:所列|使用)(?:统计)?数据的?(?:统计)?[期时]限"
)
# What the parts of a report are on, in any form and in any year. A guide has no
# shortcomings, and a work report no applications.
# e.g. "三、依申请公开情况"
_ON_APPLICATIONS = re.compile("申请")
# e.g. "五、存在的主要问题及改进情况"
_ON_SHORTCOMINGS = re.compile("问题|不足|改进")
# e.g. "二、主动公开政府信息情况", "四、行政复议和行政诉讼情况", "收费及减免情况"
_ON_OTHERS = re.compile("主动公开|复议|诉讼|收费|减免")
# e.g. "主动公开政府信息40条"
_ON_DISCLOSED = re.compile("主动公开")
# e.g. "收到政府信息公开申请3件", "未收到依申请公开信息"
_ON_APPLIED = re.compile("公开申请|依申请公开")
# e.g. "2018年，主动公开政府信息321条", "一年来主动公开信息40条"
# not "公民可以申请公开政府信息"
_COUNTED = re.compile(
    r"(?:20\d\d年|全年|本年度|一年来|年内)[^。]{0,60}?\d+[余多]?[条件]"
)
# e.g. "一、总体情况", "概述"
# not "三、收到和处理政府信息公开申请情况"
_OVERVIEW = re.compile("^(?:一、)?(?:总体情况|概述|概况|基本情况)$")


def has_the_six_parts(sections: Sequence[Section], statutory: bool) -> bool:
    """Whether a body is cut by the form's headings into all of its parts, or nearly."""
    return statutory and len(sections) >= ENOUGH_SECTIONS


def reads_as_report(sections: Sequence[Section], statutory: bool) -> bool:
    """A report in words alone.

    The six parts; or several parts, of which the preface or the first calls the whole a
    report.
    """
    if has_the_six_parts(sections, statutory):
        return has_text(sections)
    if len(sections) < _LEAST_SECTIONS or _is_short(sections):
        return False
    preface, first = sections[:2]
    return _speaks_of_itself(preface) or _speaks_of_itself(first)


def _speaks_of_itself(section: Section) -> bool:
    """Whether the beginning of a section says 本报告 and the like."""
    beginning = plain(section.prose[:_PREFACE])
    return _SELF.search(beginning) is not None


def calls_itself_report(sections: Sequence[Section]) -> bool:
    """A body without its title whose preface says what it is.

    本报告根据…信息公开条例; or its name, and its period or title. Never a letter to
    other bodies (请各单位…), however it speaks of reports.
    """
    beginning = plain("".join(section.prose for section in sections[:2])[:_PREFACE])
    if _TO_OTHERS.search(beginning):
        return False
    is_of_its_form = _AS_FOLLOWS.search(beginning) or _has_parts_of_report(sections)
    if is_of_its_form and has_text(sections):
        return True
    if _is_short(sections):
        return False
    if _BY_THE_RULES.search(beginning):
        return True
    names_itself = PHRASE.search(beginning) and _SELF.search(beginning)
    if not names_itself:
        return False
    # A report has a year or a title of its own, or at least many parts.
    is_of_a_year = find_periods(beginning) or own_titles(beginning)
    return bool(is_of_a_year) or len(sections) > _FEW_SECTIONS


def _has_parts_of_report(sections: Sequence[Section]) -> bool:
    """Whether a body that lost title and preface in a crawl has the parts of a report.

    Headings on applications, on shortcomings and on something else of the form; or the
    overview, which counts disclosures and applications of a year.
    """
    headings = [plain(section.heading) for section in sections]
    kinds = (_ON_APPLICATIONS, _ON_SHORTCOMINGS, _ON_OTHERS)
    if all(any(map(kind.search, headings)) for kind in kinds):
        return True
    for section, heading in zip(sections[:2], headings, strict=False):
        if _OVERVIEW.match(heading):
            return _is_overview(plain(section.prose[:_PREFACE]))
    return False


def _is_overview(text: str) -> bool:
    """Whether plain text counts what was disclosed and what was applied for."""
    wanted = (_ON_DISCLOSED, _ON_APPLIED, _COUNTED)
    return all(one.search(text) for one in wanted)


def _is_short(sections: Sequence[Section]) -> bool:
    """Whether all the prose together is less than any report has."""
    length = sum(len(section.prose) for section in sections)
    return length < _LEAST_REPORT


def has_text(sections: Sequence[Section]) -> bool:
    """Whether anything is said beside what a page holds that only leads to a report.

    The report itself may be an attachment or a set of pictures; the page then has a
    title, a date, a link, and nothing else.
    """
    length = 0
    for section in sections:
        for line in section.text.split("\n"):
            length += _signs_said(line)
            if length >= _LEAST_TEXT:
                return True
    return False


def _signs_said(line: str) -> int:
    """How many signs of a line are the page's own; a long line is no furniture."""
    compact = plain(line)
    is_furniture = len(line) <= _LONGEST_LINE and _FURNITURE.search(compact)
    return 0 if is_furniture else len(compact)


def leads_to_file(sections: Sequence[Section]) -> bool:
    """Whether a text speaks of a file that holds what it lacks."""
    return any(map(_TO_FILE.search, _prose_lines(sections)))


def has_several_lines(sections: Sequence[Section]) -> bool:
    """Whether there are as many lines as a list has; a link to a file stands alone."""
    return len(list(_lines(sections, with_tables=True))) >= _SEVERAL


def is_list(title: str, sections: Sequence[Section], statutory: bool) -> bool:
    """Many lines that are titles of reports, and little between them.

    Inside statutory sections only if the sections repeat as well: a page with the
    reports of several agencies, one below the other.
    """
    lines = list(_lines(sections, with_tables=not statutory))
    titles = filter(None, map(_as_title, lines))
    others = set(filterfalse(partial(_is_same, plain(title)), titles))
    # The first line of a list is taken for the title of the page.
    own = set(filter(None, (_as_title(title),)))
    if min(len(others | own), len(others) + 1) < _SEVERAL:
        return False
    if not statutory:
        return _most_between(lines) < _QUOTED
    agencies = set(map(agency_in_title, others))
    agencies.discard("")
    if len(agencies) < _SEVERAL:
        return False
    return sum(map(_is_third_heading, lines)) >= _SEVERAL


def _is_same(own: str, told: str) -> bool:
    """Whether a title in a page is of no other report than the page's `own`; plain.

    It is a piece of it, or the column that it stands in: 政府信息公开年报.
    """
    names_one = agency_in_title(told) or find_years(told)
    return told in own or not names_one


def _most_between(lines: Sequence[str]) -> int:
    """The most signs of sentences that stand together without a report's title."""
    most = signs = 0
    for line in lines:
        signs = 0 if _as_title(line) else signs + sum(map(len, sentences_of(line)))
        most = max(most, signs)
    return most


def _lines(sections: Sequence[Section], *, with_tables: bool) -> Iterator[str]:
    """The lines of all sections without empty ones, and each cell as a line."""
    if not with_tables:
        yield from _prose_lines(sections)
        return
    for section in sections:
        lines = section.text.replace("\t", "\n").split("\n")
        yield from filter(str.strip, (section.heading, *lines))


def _prose_lines(sections: Sequence[Section]) -> Iterator[str]:
    """The lines of all sections, tables and empty lines left out."""
    for section in sections:
        yield from filter(str.strip, section.prose.split("\n"))


def _as_title(line: str) -> str:
    """A line that names a report, plain; empty for any other."""
    # `plain` is slow, and most lines lack one of these signs
    may_name_one = "公开" in line and "报" in line
    if not may_name_one:
        return ""
    compact = plain(line)
    is_fitting = _SHORTEST_TITLE <= len(compact) <= _LONGEST_LINE
    return compact if is_fitting and names_a_report(compact) else ""


def _is_third_heading(line: str) -> bool:
    """收到和处理…申请情况, the heading that only annual reports have.

    Only to the letter: prose speaks of 申请情况 too.
    """
    found = likeness(plain(line))
    return any(like.number == 3 and like.score >= _CERTAIN for like in found)

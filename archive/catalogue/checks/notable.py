"""What is worth a look and may well be so: great changes, zeros, thin or repeated
text, deviations from the official form, words of another year or place.

None of it says that a report is wrong, and each sentence says what else it can mean.
The rule of each is bound to its key in `archive.report.checks`.
"""

from __future__ import annotations

from functools import partial

from archive.catalogue.checks.record import Check, recorded
from archive.catalogue.checks.sources import BOTH_FORMS, FORM_2021, LAW, OURS
from archive.catalogue.states import FindingFamily

_notable = partial(recorded, FindingFamily.NOTABLE)


_CASE_OF_REGULATIONS = (
    "{cell:cell}为 {made} 件；规章由国务院部门和省、自治区、直辖市以及设区的市、"
    "自治州的人民政府制定，本机关为{level:level}"
)
_MAYBE_NORMATIVE = "，所填可能是行政规范性文件，也可能另有依据。"

NOTABLE: tuple[Check, ...] = (
    _notable(
        # Bodies merged or split in a reform start with other documents than they ended.
        "in_force",
        "现行有效件数与上年",
        "上年现行有效件数加本年制发减本年废止，一般等于本年现行有效件数；"
        "机构改革、文件清理、重新统计等情况除外。",
        FORM_2021,
        2,
        "{cell:row}：上年报告现行有效 {before} ＋ 本年制发 {issued} － "
        "本年废止 {repealed} ＝ {expected}，本报告现行有效 {now}，两者不等；"
        "可能因机构改革、文件清理或者重新统计。",
        looks_back=True,
    ),
    _notable(
        # Ours alone: nothing forbids a leap, and most leaps are real.
        "jump",
        "较上年变化超过五倍",
        "与上年报告相比增减超过五倍的数字；可能确有其事，仅作提示。",
        OURS,
        1,
        {
            "up": "{cell:figure}：上年报告为 {before}，本报告为 {now}，"
            "是上年的 {ratio:times}；可能确有其事。",
            "down": "{cell:figure}：上年报告为 {before}，本报告为 {now}，"
            "是上年的 {ratio:percent}；可能确有其事。",
        },
        looks_back=True,
    ),
    _notable(
        "zero_after_large",
        "上年较多而本年为零",
        "上年报告中较大、本年报告为零的数字；可能确有其事，仅作提示。",
        OURS,
        1,
        "{cell:figure}：上年报告为 {before}，本报告为 0；可能确有其事。",
        looks_back=True,
    ),
    _notable(
        "in_force_too_few",
        "制发多于有效与废止",
        "本年制发的文件一般不是现行有效，就是已经废止；有效期不满一年的除外。",
        FORM_2021,
        1,
        "{cell:row}：本年制发 {issued} 件，多于本年废止 {repealed} 件与"
        "现行有效 {in_force} 件之和；有效期不满一年的文件会使两者不等。",
    ),
    _notable(
        # A county that reports 规章 has probably counted its normative documents.
        "regulations_unlikely",
        "规章的制定主体",
        "规章由国务院部门和省、自治区、直辖市以及设区的市、自治州的人民政府制定，"
        "其他机关一般制发行政规范性文件。",
        "《中华人民共和国立法法》第九十一条、第九十三条",
        1,
        {
            "government": f"{_CASE_OF_REGULATIONS}人民政府{_MAYBE_NORMATIVE}",
            "department": f"{_CASE_OF_REGULATIONS}部门{_MAYBE_NORMATIVE}",
        },
    ),
    _notable(
        "period_partial",
        "统计期限不是全年",
        "年度报告的统计期限一般为当年1月1日至12月31日；年内成立、撤并的机关除外。",
        OURS,
        1,
        "正文所述统计期限为“{period}”，不是 {year} 年全年；年内成立或者撤并的机关"
        "会有这种情况。",
    ),
    _notable(
        "other_year",
        "正文叙述往年",
        "正文以早于报告年度的年份叙述本机关工作，可能是回顾，也可能沿用了往年文字；"
        "对比不计。",
        OURS,
        1,
        "本报告为 {year} 年度，正文有以 {told_year} 年叙述的一句：“{quoted}”；"
        "可能是回顾，也可能沿用了往年文字。",
    ),
    _notable(
        # A report written over a neighbour's file keeps that neighbour's 我区 or 我县.
        "other_level",
        "正文所称地方层级",
        "正文所称“我市”“我区”等与本机关所在地的行政区划不同，"
        "可能是引述，也可能沿用了其他报告的文字。",
        OURS,
        2,
        "本机关属于{region}，正文中有“{word}”一语：“{quoted}”；"
        "可能是引述，也可能沿用了其他报告的文字。",
    ),
    _notable(
        "other_place",
        "正文提到其他地方",
        "正文提到不属于本机关所在地的机关，可能确有往来，也可能沿用了其他报告的文字；"
        "所引文件、学习交流和协作对象不计。",
        OURS,
        2,
        "本机关属于{region}，正文提到“{place}”的机关：“{quoted}”；"
        "可能确有往来，也可能沿用了其他报告的文字。",
        while_reading=True,
        told_apart_by=("place",),
    ),
    _notable(
        "section_missing",
        "没有找到的部分",
        "规定格式有六个部分；没有找到的部分，内容可能写在别处。",
        BOTH_FORMS,
        2,
        "没有找到{section:section}；内容可能写在其他部分。",
        told_apart_by=("section",),
    ),
    _notable(
        "section_numbers",
        "章节序号",
        "章节序号与规定格式不同，不影响内容。",
        BOTH_FORMS,
        1,
        "按规定格式为第{official:ordinals}部分的标题，原文序号依次为{printed:ordinals}；"
        "不影响内容。",
        while_reading=True,
    ),
    _notable(
        "problems_thin",
        "第五部分篇幅较短",
        "第五部分写存在的主要问题和改进情况；内容也可能写在其他部分。",
        LAW,
        2,
        "{section:section}共 {length} 字；内容可能写在其他部分。",
    ),
    _notable(
        # Copied word for word, the section says nothing of this year.
        "problems_repeated",
        "第五部分与上年相同",
        "第五部分写本年度的问题和改进情况；情况延续时文字可能相同。",
        LAW,
        2,
        "{section:section}与本机关 {year} 年报告逐字相同；情况延续时可能如此。",
    ),
    _notable(
        # The form of 2021 asks for the fee even where it is nothing.
        "fee_unstated",
        "没有读到信息处理费",
        "第六部分报告收取信息处理费的情况；没有收取的机关可能不写。",
        FORM_2021,
        1,
        "{section:section}没有读到收取信息处理费的情况；可能没有收取，"
        "也可能写在其他部分。",
    ),
)

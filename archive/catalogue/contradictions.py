"""What a report has to agree with: its own sums and text, the form, the year before.

The rule of each is bound to its key in `archive.report.checks`.
"""

from __future__ import annotations

from archive.catalogue.check_record import Check
from archive.catalogue.claims import CLAIMS
from archive.catalogue.forms import FORMS
from archive.catalogue.states import FindingFamily

_FORM_2021, _FORM_2019 = FORMS["2021"].source, FORMS["2019"].source
_FORM = f"{_FORM_2021}、{_FORM_2019}"
_OURS = "本站所设提示，并非法定要求"
# 第五十条 lists what an annual report must contain.
_LAW = "《中华人民共和国政府信息公开条例》第五十条"


def _report(key: str, title: str, explanation: str, source: str, weight: int) -> Check:
    return Check(key, title, explanation, source, FindingFamily.REPORT, weight)


def _text(claim: str, weight: int = 3) -> Check:
    """A number in the text against the cells that the claim's record names."""
    name = CLAIMS[claim].label
    explanation = f"正文所述“{name}”与表中相应数字应当一致。"
    return _report(f"text_{claim}", f"正文与表：{name}", explanation, _LAW, weight)


CONTRADICTIONS: tuple[Check, ...] = (
    _report(
        # The head of table 3 prints the last of them (本列数据的勾稽关系为…).
        "sums",
        "表内勾稽关系",
        "表三每列、每行和表四每类，各分项之和应等于总计；"
        "第一项加第二项之和应等于第三项加第四项之和。",
        _FORM,
        3,
    ),
    _text("applications_received"),
    _text("carried_in"),
    _text("carried_out"),
    _text("reviews"),
    _text("lawsuits"),
    _text("documents_issued", weight=2),
    _text("documents_repealed", weight=2),
    _report(
        "fee_within_fees",
        "信息处理费与收费金额",
        "正文所述信息处理费属于行政事业性收费，不应多于表二的收费金额。",
        _LAW,
        2,
    ),
    _report(
        "fee_disagrees",
        "信息处理费前后不一",
        "正文各处所述信息处理费应当一致。",
        _LAW,
        2,
    ),
    _report(
        "breakdown",
        "主动公开分项之和",
        "正文所列各项之和不应超过主动公开总数。",
        _LAW,
        2,
    ),
    _report(
        "carry_over",
        "跨年结转",
        "上一年报告的“结转下年度继续办理”应等于本年报告的“上年结转”。",
        _FORM,
        3,
    ),
    _report(
        # Bodies merged or split in a reform start with other documents than they ended.
        "in_force",
        "现行有效件数跨年",
        "上年现行有效件数加本年制发减本年废止，应等于本年现行有效件数；"
        "机构改革等情况除外。",
        _FORM_2021,
        2,
    ),
    _report(
        "previous_items",
        "项目数量跨年",
        "上一年报告的“上一年项目数量”加“本年增/减”，应等于本年报告的“上一年项目数量”。",
        _FORM_2019,
        2,
    ),
    _report(
        # Ours alone: nothing forbids a leap, and most leaps are real.
        "jump",
        "较上年变化超过五倍",
        "与上年报告相比增减超过五倍的数字；可能确有其事，也可能是填写有误，仅作提示。",
        _OURS,
        1,
    ),
    _report(
        "zero_after_large",
        "上年较多而本年为零",
        "上年报告中较大、本年报告为零的数字；可能确有其事，也可能是漏填，仅作提示。",
        _OURS,
        1,
    ),
    _report(
        "in_force_too_few",
        "制发多于有效与废止",
        "本年制发的文件不是现行有效，就是已经废止；有效期不满一年的除外。",
        _FORM_2021,
        1,
    ),
    _report(
        # The total counts all that is on display, whenever it was made.
        "public_too_few",
        "新公开多于公开总数",
        "本年新公开的文件应计入对外公开总数量。",
        _FORM_2019,
        2,
    ),
    _report(
        # A county that reports 规章 has probably counted its normative documents.
        "regulations_unlikely",
        "规章的制定主体",
        "规章由国务院部门和省、自治区、直辖市以及设区的市、自治州的人民政府制定，"
        "其他机关制发的是规范性文件。",
        "《中华人民共和国立法法》第九十一条、第九十三条",
        1,
    ),
    _report(
        "period_partial",
        "统计期限不是全年",
        "年度报告的统计期限为当年1月1日至12月31日；年内成立的机关除外。",
        _OURS,
        1,
    ),
    _report(
        "other_year",
        "以往年叙述",
        "正文以早于报告年度的年份叙述本机关工作，可能是沿用往年文字；对比和回顾不计。",
        _OURS,
        1,
    ),
    _report(
        # A report written over a neighbour's file keeps that neighbour's 我区 or 我县.
        "other_level",
        "地方层级用语不符",
        "正文所称“我市”“我区”等与本机关所在地的行政区划不符，"
        "可能是沿用其他报告的文字。",
        _OURS,
        2,
    ),
    _report(
        "section_missing",
        "缺少部分",
        "报告应包括规定的六个部分。",
        _FORM,
        2,
    ),
    _report(
        "problems_thin",
        "问题部分过短",
        "第五部分应写明存在的主要问题和改进情况。",
        _LAW,
        2,
    ),
    _report(
        # Copied word for word, the section says nothing of this year.
        "problems_repeated",
        "问题部分与上年相同",
        "第五部分应写本年度的问题和改进情况。",
        _LAW,
        2,
    ),
    _report(
        # The form of 2021 asks for the fee even where it is nothing.
        "fee_unstated",
        "未说明信息处理费",
        "第六部分应报告收取信息处理费的情况。",
        _FORM_2021,
        1,
    ),
)

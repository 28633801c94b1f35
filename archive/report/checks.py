"""What is tested of every report: one line a check in CHECKS."""

from __future__ import annotations

from dataclasses import dataclass

from archive.catalogue import FindingFamily
from archive.report.model import Finding, Report
from archive.report.rules import DOUBTS, Doubt, Rule, across_years, leftovers
from archive.report.rules import one_report as rules

_FORM = "国办公开办函〔2021〕30号、国办公开办函〔2019〕60号"
_FORM_2019, _FORM_2021 = "国办公开办函〔2019〕60号", "国办公开办函〔2021〕30号"
_OURS = "本站所设提示，并非法定要求"
_LAW = "《中华人民共和国政府信息公开条例》第五十条"


@dataclass(frozen=True, slots=True)
class Check:
    """A check: its key (public, lasting), what visitors read, and where the rule
    stands.
    """

    key: str
    title: str
    explanation: str
    source: str
    family: FindingFamily
    weight: int
    rule: Rule | None = None
    """None for doubts that arise while a report is read."""


def check(report: Report, previous: Report | None = None) -> tuple[Finding, ...]:
    """All findings of a report beyond those of its reading, in the order of CHECKS.

    `previous` is the same agency's report of the year before, if it is known; another
    year's is not looked at. A file that is no report has none.
    """
    if not report.is_report:
        return ()
    if previous and (
        not previous.is_report
        or report.year is None
        or previous.year != report.year - 1
    ):
        previous = None
    return tuple(
        Finding(one.key, one.family, one.weight, said.message, said.keys, said.at)
        for one in CHECKS
        if one.rule
        for said in one.rule(report, previous)
    )


def _report(
    key: str, title: str, explanation: str, source: str, weight: int, rule: Rule
) -> Check:
    return Check(key, title, explanation, source, FindingFamily.REPORT, weight, rule)


def _text(key: str, name: str, *cells: str, weight: int = 3) -> Check:
    explanation = f"正文所述“{name}”与表中相应数字应当一致。"
    return _report(
        f"text_{key}",
        f"正文与表：{name}",
        explanation,
        _LAW,
        weight,
        rules.stated(key, name, cells),
    )


def _doubt(doubt: Doubt) -> Check:
    return Check(
        doubt.key, doubt.title, doubt.explanation, "", doubt.family, doubt.weight
    )


CHECKS: tuple[Check, ...] = (
    _report(
        "sums",
        "表内勾稽关系",
        "表三每列、每行和表四每类，各分项之和应等于总计；"
        "第一项加第二项之和应等于第三项加第四项之和。",
        _FORM,
        3,
        rules.sums,
    ),
    _text("applications_received", "收到申请", "requests.new.total"),
    _text("carried_in", "上年结转", "requests.carried_in.total"),
    _text("carried_out", "结转下年", "requests.carried_out.total"),
    _text("reviews", "行政复议", "review.total"),
    _text(
        "lawsuits",
        "行政诉讼",
        "litigation_direct.total",
        "litigation_after_review.total",
    ),
    _text(
        "documents_issued",
        "制发规范性文件",
        "disclosure.normative_documents.issued",
        weight=2,
    ),
    _text(
        "documents_repealed",
        "废止规范性文件",
        "disclosure.normative_documents.repealed",
        weight=2,
    ),
    _report(
        "fee_within_fees",
        "信息处理费与收费金额",
        "正文所述信息处理费属于行政事业性收费，不应多于表二的收费金额。",
        _LAW,
        2,
        rules.fee_within_fees,
    ),
    _report(
        "fee_disagrees",
        "信息处理费前后不一",
        "正文各处所述信息处理费应当一致。",
        _LAW,
        2,
        rules.fee_disagrees,
    ),
    _report(
        "breakdown",
        "主动公开分项之和",
        "正文所列各项之和不应超过主动公开总数。",
        _LAW,
        2,
        rules.breakdown,
    ),
    _report(
        "carry_over",
        "跨年结转",
        "上一年报告的“结转下年度继续办理”应等于本年报告的“上年结转”。",
        _FORM,
        3,
        across_years.carried_over,
    ),
    _report(
        "in_force",
        "现行有效件数跨年",
        "上年现行有效件数加本年制发减本年废止，应等于本年现行有效件数；"
        "机构改革等情况除外。",
        _FORM_2021,
        2,
        across_years.in_force,
    ),
    _report(
        "previous_items",
        "项目数量跨年",
        "上一年报告的“上一年项目数量”加“本年增/减”，应等于本年报告的“上一年项目数量”。",
        _FORM_2019,
        2,
        across_years.previous_items,
    ),
    _report(
        "jump",
        "较上年变化超过五倍",
        "与上年报告相比增减超过五倍的数字；可能确有其事，也可能是填写有误，仅作提示。",
        _OURS,
        1,
        across_years.jumps,
    ),
    _report(
        "zero_after_large",
        "上年较多而本年为零",
        "上年报告中较大、本年报告为零的数字；可能确有其事，也可能是漏填，仅作提示。",
        _OURS,
        1,
        across_years.zero_after_large,
    ),
    _report(
        "in_force_too_few",
        "制发多于有效与废止",
        "本年制发的文件不是现行有效，就是已经废止；有效期不满一年的除外。",
        _FORM_2021,
        1,
        rules.in_force_too_few,
    ),
    _report(
        "public_too_few",
        "新公开多于公开总数",
        "本年新公开的文件应计入对外公开总数量。",
        _FORM_2019,
        2,
        rules.public_too_few,
    ),
    _report(
        "regulations_unlikely",
        "规章的制定主体",
        "规章由国务院部门和省、自治区、直辖市以及设区的市、自治州的人民政府制定，"
        "其他机关制发的是规范性文件。",
        "《中华人民共和国立法法》第九十一条、第九十三条",
        1,
        rules.regulations_unlikely,
    ),
    _report(
        "period_partial",
        "统计期限不是全年",
        "年度报告的统计期限为当年1月1日至12月31日；年内成立的机关除外。",
        _OURS,
        1,
        leftovers.period_partial,
    ),
    _report(
        "other_year",
        "以往年叙述",
        "正文以早于报告年度的年份叙述本机关工作，可能是沿用往年文字；对比和回顾不计。",
        _OURS,
        1,
        leftovers.other_year,
    ),
    _report(
        "other_level",
        "地方层级用语不符",
        "正文所称“我市”“我区”等与本机关所在地的行政区划不符，"
        "可能是沿用其他报告的文字。",
        _OURS,
        2,
        leftovers.other_level,
    ),
    _report(
        "section_missing",
        "缺少部分",
        "报告应包括规定的六个部分。",
        _FORM,
        2,
        rules.missing_sections,
    ),
    _report(
        "problems_thin",
        "问题部分过短",
        "第五部分应写明存在的主要问题和改进情况。",
        _LAW,
        2,
        rules.thin_problems,
    ),
    _report(
        "problems_repeated",
        "问题部分与上年相同",
        "第五部分应写本年度的问题和改进情况。",
        _LAW,
        2,
        rules.repeated_problems,
    ),
    _report(
        "fee_unstated",
        "未说明信息处理费",
        "第六部分应报告收取信息处理费的情况。",
        _FORM_2021,
        1,
        rules.fee_unstated,
    ),
    *(_doubt(doubt) for doubt in DOUBTS),
)
"""All checks, in the order in which pages list them."""

"""What cannot be true at once: a report's own sums, its text beside its tables, and
what two of its reports say of the same thing.

Only such things say that a report contradicts itself. What may well be so, however
unusual, stands in `notable`. The rule of each is bound to its key in
`archive.report.checks`.
"""

from __future__ import annotations

from functools import partial

from archive.catalogue.checks.record import Check, recorded
from archive.catalogue.checks.sources import BOTH_FORMS, FORM_2019, LAW
from archive.catalogue.claims import CLAIMS
from archive.catalogue.states import FindingFamily

_report = partial(recorded, FindingFamily.REPORT)


def _text(claim: str, weight: int = 3) -> Check:
    """A number in the text against the cells that the claim's record names."""
    record = CLAIMS[claim]
    name = record.label
    sums = "合计为" if len(record.same_as) > 1 else "为"
    return _report(
        f"text_{claim}",
        f"正文与表：{name}",
        f"正文所述“{name}”与表中相应数字应当一致。",
        LAW,
        weight,
        f"正文称{name} {{stated}} {{unit}}，{{cells:cells}}{sums} {{printed}}，"
        "两者不等。",
    )


CONTRADICTIONS: tuple[Check, ...] = (
    _report(
        # The head of table 3 prints the last of them (本列数据的勾稽关系为…).
        "sums",
        "表内勾稽关系",
        "表三每列、每行和表四每类，各分项之和应等于总计；"
        "第一项加第二项之和应等于第三项加第四项之和。",
        BOTH_FORMS,
        3,
        {
            "balance": "{total:column}：本年新收 {new} ＋ 上年结转 {carried_in} ＝ "
            "{left}，（七）总计 {concluded} ＋ 结转下年度 {carried_out} ＝ {right}，"
            "两者不等。",
            "results": "{total:column}：各项办理结果之和为 {left}，"
            "（七）总计为 {right}，两者不等。",
            "applicants": "{total:row}：六类申请人之和为 {left}，总计为 {right}，"
            "两者不等。",
            "outcomes": "{total:row}：四类结果之和为 {left}，总计为 {right}，"
            "两者不等。",
        },
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
        "正文所述信息处理费属于行政事业性收费，应不多于表二的收费金额。",
        LAW,
        2,
        "正文称收取信息处理费 {stated} {unit}，{cell:cell}为 {fees} 万元，"
        "前者多于后者。",
    ),
    _report(
        "fee_disagrees",
        "信息处理费前后不同",
        "正文各处所述信息处理费应当一致。",
        LAW,
        2,
        "正文一处称信息处理费 {first} {first_unit}，另一处称 {second} {second_unit}，"
        "两处不同。",
    ),
    _report(
        "breakdown",
        "主动公开分项之和",
        "正文所列各项之和应不超过主动公开总数。",
        LAW,
        2,
        "正文称主动公开信息 {total} {unit}，所列 {count} 项之和为 {parts}，多于总数。",
    ),
    _report(
        "carry_over",
        "跨年结转",
        "上一年报告的“结转下年度继续办理”应等于本年报告的“上年结转”。",
        BOTH_FORMS,
        3,
        "{taken:column}：{year} 年报告结转下年度 {handed_on}，"
        "本报告上年结转 {taken_up}，两者不等。",
        looks_back=True,
    ),
    _report(
        "previous_items",
        "项目数量跨年",
        "上一年报告的“上一年项目数量”加“本年增/减”，应等于本年报告的“上一年项目数量”。",
        FORM_2019,
        2,
        "{cell:row}：{year} 年报告上一年项目数量 {before}、本年增/减 {change}，"
        "合计 {expected}，本报告上一年项目数量 {now}，两者不等。",
        looks_back=True,
    ),
    _report(
        # The total counts all that is on display, whenever it was made.
        "public_too_few",
        "新公开多于公开总数",
        "本年新公开的文件应计入对外公开总数量。",
        FORM_2019,
        2,
        "{cell:row}：本年新公开数量 {new}，多于对外公开总数量 {in_all}。",
    ),
    _report(
        "agency_disagreement",
        "机关名称不一",
        "标题与落款的机关名称应当相同。",
        "",
        2,
        "标题所写机关为“{titled}”，落款为“{signed}”，两者不同。",
        while_reading=True,
    ),
    _report(
        "year_disagreement",
        "年度不一",
        "标题年度与统计期限的年度应当相同。",
        "",
        3,
        "标题所写年度为 {titled} 年，正文所述统计期限为 {period} 年，两者不同；"
        "本站暂按 {filed} 年归档。",
        while_reading=True,
    ),
)

"""What is tested of every report: one line a check in CHECKS.

Wording is neutral and names both values. A check of the family `report` speaks only where our
reading is not in doubt; a value that is missing makes a check silent, never suspicious.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from archive.report.doubts import DOUBTS, Doubt
from archive.report.forms import APPLICANTS, FORMS, SECTIONS
from archive.report.model import Claim, Family, Figure, Finding, Number, Report, Status
from archive.report.numbers import in_unit, read_number
from archive.report.relations import relations
from archive.report.settle import holds

_FORM = "国办公开办函〔2021〕30号、国办公开办函〔2019〕60号"
_LAW = "《中华人民共和国政府信息公开条例》第五十条"

Run = Callable[[Report, Report | None], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Check:
    """A check: its key (public, lasting), what visitors read, and where the rule stands."""

    key: str
    title: str
    explanation: str
    source: str
    family: Family
    weight: int
    run: Run | None = None
    """None for doubts that arise while a report is read."""

    def finding(self, message: str, keys: tuple[str, ...] = (), figure: Figure | Claim | None = None) -> Finding:
        return Finding(self.key, self.family, self.weight, message, keys, figure.at if figure else None)


def check(report: Report, previous: Report | None = None) -> tuple[Finding, ...]:
    """All findings of a report beyond those of its reading.

    `previous` is the same agency's report of the year before, if it is known. A file that is no
    report has none.
    """
    if not report.is_report:
        return ()
    return tuple(finding for one in CHECKS if one.run for finding in one.run(report, previous))


def _sums(report: Report, previous: Report | None) -> Iterator[Finding]:
    values = {key: figure.value for key, figure in report.figures.items()}
    for rule in relations(report.form):
        if holds(rule, values) is not False:
            continue
        sides = rule.sides(values)
        if sides is None:
            continue
        message = f"{rule.where}：{rule.left_title}为 {sides[0]}，{rule.right_title}为 {sides[1]}，两者不等。"
        yield _BY_KEY["sums"].finding(message, rule.keys, report.figures[rule.right[0]])


def _stated(key: str, name: str, cells: tuple[str, ...], unit: str = "") -> Run:
    """A check of a number stated in the text against the sum of table cells."""

    def run(report: Report, previous: Report | None) -> Iterator[Finding]:
        claims = [claim for claim in report.claims if claim.key == key and not claim.part_of]
        figures = [report.figures.get(cell) for cell in cells]
        if not claims or any(figure is None or not _is_sure(figure) for figure in figures):
            return
        printed = sum(figure.value for figure in figures if figure and figure.value is not None)
        values = {_in(claim, unit) for claim in claims}
        if printed not in values:
            message = f"正文称{name} {_plain(claims[0].value)}{claims[0].unit}，表中为 {_plain(printed)}，两者不等。"
            yield _BY_KEY[f"text_{key}"].finding(message, (key, *cells), claims[0])

    return run


def _in(claim: Claim, unit: str) -> Number:
    if not unit:
        return claim.value
    printed = read_number(f"{claim.value}{claim.unit}")
    amount = in_unit(printed, unit)
    return claim.value if amount is None else amount


def _missing_sections(report: Report, previous: Report | None) -> Iterator[Finding]:
    if report.form not in FORMS:
        return
    present = {section.number for section in report.sections}
    for number, headings in SECTIONS.items():
        if number not in present:
            message = f"没有找到第{'一二三四五六'[number - 1]}部分“{headings[0]}”。"
            yield _BY_KEY["section_missing"].finding(message)


def _thin_problems(report: Report, previous: Report | None) -> Iterator[Finding]:
    for section in report.sections:
        length = len("".join(section.text.split()))
        if report.form in FORMS and section.number == 5 and length < 40:
            message = f"第五部分“存在的主要问题及改进情况”仅 {length} 字。"
            found = _BY_KEY["problems_thin"]
            yield Finding(found.key, found.family, found.weight, message, (), section.at)


def _repeated_problems(report: Report, previous: Report | None) -> Iterator[Finding]:
    texts = [_section(one, 5) for one in (report, previous) if one]
    if len(texts) == 2 and len(texts[0]) >= 40 and texts[0] == texts[1] and previous:
        message = f"第五部分与本机关 {previous.year} 年报告逐字相同。"
        yield _BY_KEY["problems_repeated"].finding(message)


def _section(report: Report, number: int) -> str:
    return "".join("".join(one.prose.split()) for one in report.sections if one.number == number)


def _fee_unstated(report: Report, previous: Report | None) -> Iterator[Finding]:
    text = _section(report, 6)
    if report.form == "2021" and any(one.number == 6 for one in report.sections):
        stated = any(claim.key == "fee" for claim in report.claims)
        if not stated and "信息处理费" not in text and "收费" not in text:
            yield _BY_KEY["fee_unstated"].finding("第六部分没有说明收取信息处理费的情况。")


def _carried_over(report: Report, previous: Report | None) -> Iterator[Finding]:
    if previous is None:
        return
    for column in APPLICANTS:
        before = previous.figures.get(f"requests.carried_out.{column.key}")
        key = f"requests.carried_in.{column.key}"
        now = report.figures.get(key)
        if before and now and _is_sure(before) and _is_sure(now) and before.value != now.value:
            message = (
                f"“{column.title}”一列：{previous.year} 年报告结转下年度 {before.value}，"
                f"本报告上年结转 {now.value}，两者不等。"
            )
            yield _BY_KEY["carry_over"].finding(message, (key,), now)


def _in_force(report: Report, previous: Report | None) -> Iterator[Finding]:
    if previous is None or report.form != "2021" or previous.form != "2021":
        return
    for row, title in (("regulations", "规章"), ("normative_documents", "行政规范性文件")):
        keys = tuple(f"disclosure.{row}.{column}" for column in ("in_force", "issued", "repealed"))
        now = [report.figures.get(key) for key in keys]
        before = previous.figures.get(keys[0])
        if before is None or not _is_sure(before) or any(one is None or not _is_sure(one) for one in now):
            continue
        in_force, issued, repealed = (one.value if one and one.value is not None else 0 for one in now)
        expected = (before.value or 0) + issued - repealed
        if in_force != expected:
            message = (
                f"{title}：上年现行有效 {before.value} ＋ 本年制发 {issued} － 本年废止 {repealed} ＝ {expected}，"
                f"本报告现行有效 {in_force}，两者不等。"
            )
            yield _BY_KEY["in_force"].finding(message, keys, now[0])


def _breakdown(report: Report, previous: Report | None) -> Iterator[Finding]:
    totals = [claim for claim in report.claims if claim.key == "proactive_total"]
    parts = [claim for claim in report.claims if claim.part_of == "proactive_total"]
    if len(totals) != 1 or len(parts) < 2:
        return
    added = sum(part.value for part in parts)
    if added > totals[0].value:
        message = f"正文称主动公开信息 {totals[0].value}{totals[0].unit}，所列各项之和为 {added}，超过总数。"
        yield _BY_KEY["breakdown"].finding(message, ("proactive_total",), totals[0])


def _is_sure(figure: Figure) -> bool:
    return figure.value is not None and figure.status in {Status.EXACT, Status.CONFLICT}


def _plain(value: Number) -> str:
    return f"{value:f}" if not isinstance(value, int) else str(value)


def _text_check(key: str, name: str, cells: tuple[str, ...], unit: str = "") -> Check:
    explanation = f"正文所述“{name}”与表中相应数字应当一致。"
    return Check(
        f"text_{key}", f"正文与表：{name}", explanation, _LAW, Family.REPORT, 3, _stated(key, name, cells, unit)
    )


def _doubt(doubt: Doubt) -> Check:
    return Check(doubt.key, doubt.title, doubt.explanation, "", doubt.family, doubt.weight)


CHECKS: tuple[Check, ...] = (
    Check(
        "sums",
        "表内勾稽关系",
        "表三每列、每行和表四每类，各分项之和应等于总计；第一项加第二项之和应等于第三项加第四项之和。",
        _FORM,
        Family.REPORT,
        3,
        _sums,
    ),
    _text_check("applications_received", "收到申请", ("requests.new.total",)),
    _text_check("carried_in", "上年结转", ("requests.carried_in.total",)),
    _text_check("carried_out", "结转下年", ("requests.carried_out.total",)),
    _text_check("reviews", "行政复议", ("review.total",)),
    _text_check("lawsuits", "行政诉讼", ("litigation_direct.total", "litigation_after_review.total")),
    Check(
        "breakdown", "主动公开分项之和", "正文所列各项之和不应超过主动公开总数。", _LAW, Family.REPORT, 2, _breakdown
    ),
    Check(
        "carry_over",
        "跨年结转",
        "上一年报告的“结转下年度继续办理”应等于本年报告的“上年结转”。",
        _FORM,
        Family.REPORT,
        3,
        _carried_over,
    ),
    Check(
        "in_force",
        "现行有效件数跨年",
        "上年现行有效件数加本年制发减本年废止，应等于本年现行有效件数；机构改革等情况除外。",
        _FORM,
        Family.REPORT,
        2,
        _in_force,
    ),
    Check("section_missing", "缺少部分", "报告应包括规定的六个部分。", _FORM, Family.REPORT, 2, _missing_sections),
    Check(
        "problems_thin",
        "问题部分过短",
        "第五部分应写明存在的主要问题和改进情况。",
        _LAW,
        Family.REPORT,
        2,
        _thin_problems,
    ),
    Check(
        "problems_repeated",
        "问题部分与上年相同",
        "第五部分应写本年度的问题和改进情况。",
        _LAW,
        Family.REPORT,
        2,
        _repeated_problems,
    ),
    Check(
        "fee_unstated",
        "未说明信息处理费",
        "第六部分应报告收取信息处理费的情况。",
        "国办公开办函〔2021〕30号",
        Family.REPORT,
        1,
        _fee_unstated,
    ),
    *(_doubt(doubt) for doubt in DOUBTS),
)
"""All checks, in the order in which pages list them."""

_BY_KEY = {one.key: one for one in CHECKS}

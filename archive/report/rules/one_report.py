"""What a report has to agree with: its own tables and text, and the law's form. Pure.

Each rule yields what it has to say of a report; `checks.py` lists them with their
titles and weights. A value that is missing, inferred or under a doubt of ours makes a
rule silent, never suspicious.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from archive.catalogue import FORMS, SECTIONS, FindingFamily, Status
from archive.report.document import Place
from archive.report.model import Claim, Number, Report
from archive.report.numbers import in_unit, read_number
from archive.report.relations import relations
from archive.report.tables import holds


@dataclass(frozen=True, slots=True)
class Said:
    """A contradiction: one neutral Chinese sentence with both values, the keys it
    speaks of, and where.
    """

    message: str
    keys: tuple[str, ...] = ()
    at: Place | None = None


Rule = Callable[[Report, Report | None], Iterator[Said]]

DOCUMENTS = (("regulations", "规章"), ("normative_documents", "行政规范性文件"))
_LEAST_PROBLEMS = 40
"""Signs below which section 5 cannot name problems and what is done about them."""
_ROUNDING = Decimal("0.005")
"""Of an amount in 万元 with two decimals."""


def sure_values(report: Report) -> dict[str, Number]:
    """The figures that are printed and that no finding of our reading speaks of."""
    doubted = {
        key
        for finding in report.findings
        if finding.family is FindingFamily.READING
        for key in finding.keys
    }
    return {
        key: figure.value
        for key, figure in report.figures.items()
        if figure.value is not None
        and figure.status in {Status.EXACT, Status.CONFLICT}
        and key not in doubted
    }


def sums(report: Report, previous: Report | None) -> Iterator[Said]:
    """The arithmetic of tables 3 and 4."""
    values = sure_values(report)
    for rule in relations(report.form):
        if holds(rule, values) is False and rule.sides(values) is not None:
            message = f"{rule.where}：{rule.told(values)}，两者不等。"
            yield Said(message, rule.keys, report.figures[rule.right[0]].at)


def stated(claim_key: str, name: str, cells: tuple[str, ...]) -> Rule:
    """A rule: a number stated in the text is the sum of these cells. Only exact ones
    are compared.
    """

    def rule(report: Report, previous: Report | None) -> Iterator[Said]:
        claims = _claims(report, claim_key)
        values = sure_values(report)
        if not claims or not all(cell in values for cell in cells):
            return
        printed = sum(values[cell] for cell in cells)
        if not any(claim.value == printed for claim in claims):
            claim = claims[0]
            message = (
                f"正文称{name} {plain_number(claim.value)} {claim.unit}，"
                f"表中为 {plain_number(printed)}，两者不等。"
            )
            yield Said(message, (claim_key, *cells), claim.at)

    return rule


def fee_within_fees(report: Report, previous: Report | None) -> Iterator[Said]:
    """信息处理费 is one of the body's 行政事业性收费, so it can't be more than all of
    them.
    """
    key = "disclosure.fees.amount"
    fees = sure_values(report).get(key)
    for claim in _claims(report, "fee")[:1]:
        fee = read_fee(claim)
        if (
            fees is not None
            and fee is not None
            and Decimal(fee) > Decimal(fees) + _ROUNDING
        ):
            message = (
                f"正文称收取信息处理费 {plain_number(claim.value)} {claim.unit}，"
                f"表二“行政事业性收费”为 {plain_number(fees)} 万元，前者多于后者。"
            )
            yield Said(message, ("fee", key), claim.at)


def read_fee(claim: Claim) -> Number | None:
    """A stated fee in 万元."""
    return in_unit(read_number(f"{plain_number(claim.value)}{claim.unit}"), "万元")


def _claims(report: Report, key: str) -> list[Claim]:
    return [
        one
        for one in report.claims
        if one.key == key and not one.part_of and one.is_exact
    ]


def breakdown(report: Report, previous: Report | None) -> Iterator[Said]:
    """The parts of what was disclosed are not more than the whole."""
    totals = [claim for claim in report.claims if claim.key == "proactive_total"]
    parts = [claim for claim in report.claims if claim.part_of == "proactive_total"]
    if (
        len(totals) != 1
        or len(parts) < 2
        or not all(claim.is_exact for claim in (*totals, *parts))
    ):
        return
    total = totals[0]
    added = sum(part.value for part in parts)
    if added > total.value:
        whole = f"{plain_number(total.value)} {total.unit}"
        message = (
            f"正文称主动公开信息 {whole}，所列 {len(parts)} 项之和为 "
            f"{plain_number(added)}，超过总数。"
        )
        yield Said(message, ("proactive_total",), total.at)


def fee_disagrees(report: Report, previous: Report | None) -> Iterator[Said]:
    """The fee is the same wherever the text states it."""
    stated = [(read_fee(claim), claim) for claim in _claims(report, "fee")]
    known = [(fee, claim) for fee, claim in stated if fee is not None]
    for fee, claim in known[1:]:
        if fee != known[0][0]:
            first = known[0][1]
            message = (
                f"正文一处称信息处理费 {plain_number(first.value)} {first.unit}，"
                f"另一处称 {plain_number(claim.value)} {claim.unit}，两者不一致。"
            )
            yield Said(message, ("fee",), claim.at)
            return


def in_force_too_few(report: Report, previous: Report | None) -> Iterator[Said]:
    """A document issued this year is in force or was repealed, unless it was for a
    shorter time.
    """
    values = sure_values(report)
    for row, title in DOCUMENTS:
        issued, repealed, kept = (
            f"disclosure.{row}.{column}"
            for column in ("issued", "repealed", "in_force")
        )
        if {issued, repealed, kept} <= set(values) and values[issued] > values[
            repealed
        ] + values[kept]:
            message = (
                f"表二“{title}”：本年制发 {values[issued]} 件，"
                f"多于本年废止 {values[repealed]} 件与现行有效 {values[kept]} 件之和。"
            )
            yield Said(message, (issued, repealed, kept), report.figures[issued].at)


def public_too_few(report: Report, previous: Report | None) -> Iterator[Said]:
    """Form 2019: what was newly disclosed is among all that is disclosed."""
    values = sure_values(report)
    for row, title in DOCUMENTS:
        new, all_of_it = f"disclosure.{row}.published", f"disclosure.{row}.public_total"
        if {new, all_of_it} <= set(values) and values[new] > values[all_of_it]:
            message = (
                f"表二“{title}”：本年新公开数量 {values[new]}，"
                f"多于对外公开总数量 {values[all_of_it]}。"
            )
            yield Said(message, (new, all_of_it), report.figures[new].at)


def regulations_unlikely(report: Report, previous: Report | None) -> Iterator[Said]:
    """规章 are made by ministries and by the governments of provinces, cities with
    districts and prefectures.
    """
    agency = report.agency
    if agency.level in {"", "国家"} or (
        agency.is_government and agency.level in {"省", "市"}
    ):
        return
    values = sure_values(report)
    key = (
        "disclosure.regulations.issued"
        if report.form == "2021"
        else "disclosure.regulations.made"
    )
    if values.get(key, 0) > 0:
        message = (
            f"表二“规章”本年制发 {values[key]} 件；规章由国务院部门和省、"
            "设区的市、自治州人民政府制定，"
            f"本机关（{agency.level}级"
            f"{'政府' if agency.is_government else '部门'}）一般不制定规章，"
            "可能是将规范性文件填入此行。"
        )
        yield Said(message, (key,), report.figures[key].at)


def missing_sections(report: Report, previous: Report | None) -> Iterator[Said]:
    """The six parts of the form."""
    present = {section.number for section in report.sections}
    for number, headings in SECTIONS.items():
        if report.form in FORMS and number not in present:
            yield Said(f"没有找到第{'一二三四五六'[number - 1]}部分“{headings[0]}”。")


def thin_problems(report: Report, previous: Report | None) -> Iterator[Said]:
    """Section 5 says something."""
    for section in report.sections:
        length = len("".join(section.text.split()))
        if report.form in FORMS and section.number == 5 and length < _LEAST_PROBLEMS:
            yield Said(
                f"第五部分“存在的主要问题及改进情况”仅 {length} 字。", (), section.at
            )


def repeated_problems(report: Report, previous: Report | None) -> Iterator[Said]:
    """Section 5 is this year's."""
    texts = [_section(one, 5) for one in (report, previous) if one]
    if previous and len(texts[0]) >= _LEAST_PROBLEMS and texts[0] == texts[1]:
        yield Said(f"第五部分与本机关 {previous.year} 年报告逐字相同。")


def fee_unstated(report: Report, previous: Report | None) -> Iterator[Said]:
    """Section 6 states the fee, were it to say that there was none."""
    text = _section(report, 6)
    if report.form == "2021" and any(one.number == 6 for one in report.sections):
        is_stated = any(claim.key == "fee" for claim in report.claims)
        if not is_stated and "信息处理费" not in text and "收费" not in text:
            at = next(one.at for one in report.sections if one.number == 6)
            yield Said("第六部分没有说明收取信息处理费的情况。", (), at)


def _section(report: Report, number: int) -> str:
    return "".join(
        "".join(one.prose.split()) for one in report.sections if one.number == number
    )


def plain_number(value: Number) -> str:
    """A number as it stands in a sentence: no exponent."""
    return f"{value:f}" if isinstance(value, Decimal) else str(value)

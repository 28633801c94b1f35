"""What the text of a report has to agree with: its tables, and itself. Pure.

Sections 1, 5 and 6 repeat numbers of the tables, and are often written by others than
those who fill the tables in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from archive.catalogue import ClaimScope, FigureRecord, Value
from archive.report.model import Claim, Number, Report
from archive.report.numbers import in_unit, read_number
from archive.report.rules.comparable import comparable
from archive.report.rules.rule import Rule, Said, sure_values

_ROUNDING = Decimal("0.005")
"""Of an amount in 万元 with two decimals."""
_FEES = "disclosure.fees.amount"
_TOTAL = "proactive_total"
# e.g. "复制费", "邮寄费用"
# not "信息处理费"
_OTHER_FEE = re.compile("^(?!.*处理费).*(?:检索|复[制印]|邮寄|工本)", re.S)
_CHANNELS = (
    "网|微信|微博|公众号|媒体|平台|客户端|抖音|头条|公报|公开栏|专栏|渠道|广播|电视|"
    "其他方式"
)
# e.g. "门户网站", "政务新媒体", "全文电子化", "较上年增加", "更新"
# not "机构职能"
_OVERLAPS = re.compile(
    f"{_CHANNELS}|全文|电子化|增[加长]|减少|较|比|原创|转载|更新|累计"
)
# e.g. "其中", "按内容", "分为"
# not "机构职能"
_CUTS = re.compile("其中|按照?(?!时|期|规定|要求)|包括|包含|含(?!义|金量)|分为|分别")


def stated(record: FigureRecord) -> Rule:
    """The rule that a number stated in the text is the sum of the cells `same_as`.

    A number may be stated more than once, with other meanings; one that agrees is
    enough. What is no number of the table's (`comparable`) contradicts nothing.
    """
    cells = record.same_as

    def rule(report: Report) -> Iterator[Said]:
        claims = _exact_claims(report, record.key)
        if not claims:
            return
        values = sure_values(report)
        all_known = values.keys() >= set(cells)
        if not all_known:
            return
        printed = sum(values[cell] for cell in cells)
        # A text that has it right once may have meant something else elsewhere.
        if any(claim.value == printed for claim in claims):
            return
        differing = comparable(report, record.key, claims, values)
        if not differing:
            return
        first = differing[0]
        told: dict[str, Value] = {
            "stated": first.value,
            "unit": first.unit,
            "cells": cells,
            "printed": printed,
        }
        yield Said(told, (record.key, *cells), first.at)

    return rule


def fee_within_fees(report: Report) -> Iterator[Said]:
    """信息处理费 is one of a body's 行政事业性收费, and no more than all of them."""
    claims = _fees_stated(report)
    fees = sure_values(report).get(_FEES)
    if fees is None or not claims:
        return
    # Table 2 prints 万元, mostly with two decimals; one statement that fits is enough.
    smallest = min(Decimal(read_fee(claim) or 0) for claim in claims)
    if smallest > Decimal(fees) + _ROUNDING:
        told: dict[str, Value] = {
            "stated": claims[0].value,
            "unit": claims[0].unit,
            "cell": _FEES,
            "fees": fees,
        }
        yield Said(told, ("fee", _FEES), claims[0].at)


def fee_disagrees(report: Report) -> Iterator[Said]:
    """The fee is the same wherever the text states it; copies and post are others."""
    claims = [one for one in _fees_stated(report) if not _OTHER_FEE.match(one.sentence)]
    for claim in claims[1:]:
        first, other = read_fee(claims[0]), read_fee(claim)
        is_of_another_scope = claim.scope != claims[0].scope
        if first is None or other is None or is_of_another_scope:
            continue
        if abs(Decimal(first) - Decimal(other)) > _ROUNDING:
            told: dict[str, Value] = {
                "first": claims[0].value,
                "first_unit": claims[0].unit,
                "second": claim.value,
                "second_unit": claim.unit,
            }
            yield Said(told, ("fee",), claim.at)
            return


def breakdown(report: Report) -> Iterator[Said]:
    """The parts of what was disclosed are not more than the whole.

    They may well be less: a report need not name every part.
    """
    totals = [claim for claim in report.claims if claim.key == _TOTAL]
    parts = [claim for claim in report.claims if claim.part_of == _TOTAL]
    # Two totals, or a single part, leave open what belongs to what.
    if len(totals) != 1 or len(parts) < 2:
        return
    if not all(claim.is_exact for claim in (*totals, *parts)):
        return
    (total,) = totals
    if _overlap(parts, total):
        return
    added = sum(part.value for part in parts)
    if added > total.value:
        told: dict[str, Value] = {
            "total": total.value,
            "unit": total.unit,
            "count": len(parts),
            "parts": added,
        }
        yield Said(told, (_TOTAL,), total.at)


def _overlap(parts: Sequence[Claim], total: Claim) -> bool:
    """Whether parts may hold the same pieces: channels repeat each other, a part has
    parts of its own, or the whole is cut twice (按内容…，按形式…).
    """
    if any(part.value == total.value or _OVERLAPS.search(part.label) for part in parts):
        return True
    sentences = {part.sentence for part in parts}
    return any(len(_CUTS.findall(sentence)) > 1 for sentence in sentences)


def _fees_stated(report: Report) -> list[Claim]:
    """The fees that are stated of this body, as amounts of money."""
    return [
        claim
        for claim in _exact_claims(report, "fee")
        if claim.scope is not ClaimScope.AREA and read_fee(claim) is not None
    ]


def read_fee(claim: Claim) -> Number | None:
    """A stated fee in 万元."""
    printed = read_number(f"{Decimal(claim.value):f}{claim.unit}")
    return in_unit(printed, "万元")


def _exact_claims(report: Report, key: str) -> list[Claim]:
    """What is stated as a whole and just so; parts of a breakdown are none."""
    found = []
    for claim in report.claims:
        is_whole = claim.is_exact and not claim.part_of
        if claim.key == key and is_whole:
            found.append(claim)
    return found

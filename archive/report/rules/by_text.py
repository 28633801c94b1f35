"""What the text of a report has to agree with: its tables, and itself. Pure.

Sections 1, 5 and 6 repeat numbers of the tables, and are often written by others than
those who fill the tables in.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from archive.catalogue import FigureRecord
from archive.report.model import Claim, Number, Report
from archive.report.numbers import in_unit, read_number
from archive.report.rules.rule import Rule, Said, plain_number, sure_values

_ROUNDING = Decimal("0.005")
"""Of an amount in 万元 with two decimals."""
_FEES = "disclosure.fees.amount"
_TOTAL = "proactive_total"


def stated(record: FigureRecord) -> Rule:
    """The rule that a number stated in the text is the sum of the cells `same_as`.

    A number may be stated more than once, with other meanings; one that agrees is
    enough.
    """
    name, cells = record.label, record.same_as

    def rule(report: Report, previous: Report | None) -> Iterator[Said]:
        claims = _exact_claims(report, record.key)
        values = sure_values(report)
        all_known = values.keys() >= set(cells)
        if not claims or not all_known:
            return
        printed = sum(values[cell] for cell in cells)
        # A text that has it right once may have meant something else elsewhere.
        if any(claim.value == printed for claim in claims):
            return
        message = (
            f"正文称{name} {_told(claims[0])}，"
            f"表中为 {plain_number(printed)}，两者不等。"
        )
        yield Said(message, (record.key, *cells), claims[0].at)

    return rule


def fee_within_fees(report: Report, previous: Report | None) -> Iterator[Said]:
    """信息处理费 is one of a body's 行政事业性收费, and no more than all of them."""
    claims = _exact_claims(report, "fee")
    if not claims:
        return
    fee = read_fee(claims[0])
    fees = sure_values(report).get(_FEES)
    if fees is None or fee is None:
        return
    # Table 2 prints 万元, mostly with two decimals.
    if Decimal(fee) > Decimal(fees) + _ROUNDING:
        message = (
            f"正文称收取信息处理费 {_told(claims[0])}，"
            f"表二“行政事业性收费”为 {plain_number(fees)} 万元，前者多于后者。"
        )
        yield Said(message, ("fee", _FEES), claims[0].at)


def fee_disagrees(report: Report, previous: Report | None) -> Iterator[Said]:
    """The fee is the same wherever the text states it."""
    claims = [one for one in _exact_claims(report, "fee") if read_fee(one) is not None]
    for claim in claims[1:]:
        if read_fee(claim) != read_fee(claims[0]):
            message = (
                f"正文一处称信息处理费 {_told(claims[0])}，"
                f"另一处称 {_told(claim)}，两者不一致。"
            )
            yield Said(message, ("fee",), claim.at)
            return


def breakdown(report: Report, previous: Report | None) -> Iterator[Said]:
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
    added = sum(part.value for part in parts)
    if added > total.value:
        message = (
            f"正文称主动公开信息 {_told(total)}，所列 {len(parts)} 项之和为 "
            f"{plain_number(added)}，超过总数。"
        )
        yield Said(message, (_TOTAL,), total.at)


def read_fee(claim: Claim) -> Number | None:
    """A stated fee in 万元."""
    printed = read_number(f"{plain_number(claim.value)}{claim.unit}")
    return in_unit(printed, "万元")


def _exact_claims(report: Report, key: str) -> list[Claim]:
    """What is stated as a whole and just so; parts of a breakdown are none."""
    of_key = [claim for claim in report.claims if claim.key == key]
    return [claim for claim in of_key if claim.is_exact and not claim.part_of]


def _told(claim: Claim) -> str:
    """A number as a message gives it: 12 件."""
    return f"{plain_number(claim.value)} {claim.unit}"

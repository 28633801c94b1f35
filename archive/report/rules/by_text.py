"""What the text of a report has to agree with: its tables, and itself. Pure.

Sections 1, 5 and 6 repeat numbers of the tables, and are often written by others than
those who fill the tables in.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from archive.catalogue import FigureRecord, Value
from archive.report.model import Claim, Number, Report
from archive.report.numbers import in_unit, read_number
from archive.report.rules.rule import Rule, Said, sure_values

_ROUNDING = Decimal("0.005")
"""Of an amount in 万元 with two decimals."""
_FEES = "disclosure.fees.amount"
_TOTAL = "proactive_total"


def stated(record: FigureRecord) -> Rule:
    """The rule that a number stated in the text is the sum of the cells `same_as`.

    A number may be stated more than once, with other meanings; one that agrees is
    enough.
    """
    cells = record.same_as

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
        told: dict[str, Value] = {
            "stated": claims[0].value,
            "unit": claims[0].unit,
            "cells": cells,
            "printed": printed,
        }
        yield Said(told, (record.key, *cells), claims[0].at)

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
        told: dict[str, Value] = {
            "stated": claims[0].value,
            "unit": claims[0].unit,
            "cell": _FEES,
            "fees": fees,
        }
        yield Said(told, ("fee", _FEES), claims[0].at)


def fee_disagrees(report: Report, previous: Report | None) -> Iterator[Said]:
    """The fee is the same wherever the text states it."""
    claims = [one for one in _exact_claims(report, "fee") if read_fee(one) is not None]
    for claim in claims[1:]:
        if read_fee(claim) != read_fee(claims[0]):
            told: dict[str, Value] = {
                "first": claims[0].value,
                "first_unit": claims[0].unit,
                "second": claim.value,
                "second_unit": claim.unit,
            }
            yield Said(told, ("fee",), claim.at)
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
        told: dict[str, Value] = {
            "total": total.value,
            "unit": total.unit,
            "count": len(parts),
            "parts": added,
        }
        yield Said(told, (_TOTAL,), total.at)


def read_fee(claim: Claim) -> Number | None:
    """A stated fee in 万元."""
    printed = read_number(f"{Decimal(claim.value):f}{claim.unit}")
    return in_unit(printed, "万元")


def _exact_claims(report: Report, key: str) -> list[Claim]:
    """What is stated as a whole and just so; parts of a breakdown are none."""
    of_key = [claim for claim in report.claims if claim.key == key]
    return [claim for claim in of_key if claim.is_exact and not claim.part_of]

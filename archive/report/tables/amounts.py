"""The amounts of table 2, fees (行政事业性收费) and purchases (政府集中采购).

The form asks for 万元. Agencies print 元, 千元 and 万元, in the cell or in a label.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from archive.report.model import Number
from archive.report.numbers import in_unit
from archive.report.plain import plain
from archive.report.tables.findings import unit_not_printed
from archive.report.tables.lines import Value
from archive.report.tables.sheet import Sheet

_AMOUNTS = {"disclosure.fees.amount": "万元", "disclosure.procurement.amount": "万元"}
"""The unit each amount is kept in, whatever unit is printed."""
# e.g. "（单位：万元）", "元", "百万元"
# not "万件"
_UNIT = re.compile(r"(?:[十百千]?万|[百千亿])?元")


def amount_of(
    sheet: Sheet, key: str, value: Value | None, labels: Sequence[str]
) -> Number | None:
    """An amount in the unit its key promises; None where that is no question.

    `labels`: the heading of its column and the label of its row, the surer first.
    """
    unit = _AMOUNTS.get(key)
    if unit is None or value is None or not value.is_number:
        return None
    content = value.content
    # Form 2021 prints 万元 in the heading, form 2019 leaves it to the cell. Many put
    # 元 or 万元 behind the number, in the heading, in the label, or nowhere.
    if content.unit.endswith("元"):
        return in_unit(content, unit)
    is_in_wan = not content.unit and "万" in value.cell.text
    if is_in_wan:  # 3.5万 of money, which was read as 35000
        return in_unit(replace(content, unit="元"), unit)

    printed = _unit_in(labels)
    if printed:
        return in_unit(replace(content, unit=printed), unit)
    if content.value != 0 and not content.unit:
        sheet.findings.append(unit_not_printed(key, unit, value.cell.at))
    return content.value


def _unit_in(labels: Sequence[str]) -> str:
    """The unit printed last in the first label that has one; empty without any."""
    for text in labels:
        found = _UNIT.findall(plain(text))
        if found:
            return str(found[-1])
    return ""

"""The columns of a list of agencies: what is known of each, and the numbers asked for
of one of its reports.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any, NamedTuple

from archive.catalogue import CLAIMS
from archive.store import AgencyCard
from archive.web.addresses import public_address
from archive.web.export.cells import Value
from archive.web.export.columns import (
    PROOF,
    Column,
    Row,
    cells_of,
    headings_of,
    numbers_told,
)


class AgencyRow(NamedTuple):
    """An agency; how many reports of its body are here, of how many; and one of them
    with the numbers asked for, where it has any.
    """

    card: AgencyCard
    held: int | None
    due: int | None
    row: Row | None


def _page_of(one: AgencyRow) -> str:
    return public_address("agencies.agency", key=one.card.key)


AGENCY: tuple[Column[AgencyRow], ...] = (
    Column("机关", "name", lambda one: one.card.name),
    Column("键", "key", lambda one: one.card.key, "地址中的名称"),
    Column("行政区划代码", "region_code", lambda one: one.card.region_code),
    Column("行政区划", "region", lambda one: one.card.region_name),
    Column("层级", "level", lambda one: one.card.level),
    Column("领域", "sector", lambda one: one.card.sector),
    Column("报告数", "reports", lambda one: one.card.reports),
    Column("最早年度", "first_year", lambda one: one.card.first_year or None),
    Column("最近年度", "last_year", lambda one: one.card.last_year or None),
    Column("2008年起收录", "held", lambda one: one.held),
    Column("2008年起应有", "due", lambda one: one.due),
    Column("机关页面", "agency_url", _page_of),
)
YEAR = Column[AgencyRow](
    "数字所属年度",
    "year",
    lambda one: one.row.card.year if one.row else None,
    "所选年度；没有选定时，是各机关最近一份报告的年度",
)


class AgencyColumns:
    """The columns of a list of agencies; without numbers, only what they are."""

    def __init__(self, keys: Sequence[str]) -> None:
        self.keys = tuple(keys)
        self.claims = tuple(key for key in keys if key in CLAIMS)
        self.about = (*AGENCY, YEAR) if keys else AGENCY
        self.proof = PROOF if keys else ()

    @property
    def headings(self) -> list[str]:
        """What stands over the columns, each once."""
        numbers = chain.from_iterable(map(headings_of, self.keys))
        about = [column.heading for column in self.about]
        return [*about, *numbers, *(column.heading for column in self.proof)]

    def row(self, one: AgencyRow) -> list[Value]:
        """An agency under the headings; empty where it has no report of the year."""
        told = [column.value(one) for column in self.about]
        if one.row is None:
            return told + [None] * (len(self.headings) - len(told))
        for key in self.keys:
            told += cells_of(key, one.row)
        return told + [column.value(one.row.card) for column in self.proof]

    def told(self, one: AgencyRow) -> dict[str, Any]:
        """An agency as a line of JSON."""
        told: dict[str, Any] = {col.key: col.value(one) for col in self.about}
        if not self.keys:
            return told
        row = one.row
        if row is None:
            proof = (column.key for column in self.proof)
            return told | dict.fromkeys(("figures", *proof))
        told["figures"] = numbers_told(self.keys, row)
        for column in self.proof:
            told[column.key] = column.value(row.card)
        return told

"""Whose number a stated one is, beside the number wherever it is shown."""

from __future__ import annotations

import pytest
from flask import Flask

from archive.catalogue import ClaimScope, ValueState
from archive.report import Claim, Report
from archive.report.model import Agency
from archive.store import AgencyCard, Card, Valued
from archive.web.export import ReportColumns, Row
from archive.web.figures.tables import glance
from tests.web.filling import NOW
from tests.web.pages import COUNTY


def stating(scope: ClaimScope) -> Report:
    claim = Claim("proactive_total", 60, "示例。", "条", scope=scope)
    agency = Agency("示例市人民政府")
    return Report("示例", agency, 2023, None, "free", True, (), claims=(claim,))


@pytest.mark.parametrize(
    ("scope", "unit"),
    [
        (ClaimScope.UNSAID, "条"),
        (ClaimScope.OWN, "条（本级）"),
        (ClaimScope.AREA, "条（含下级汇总）"),
    ],
)
def test_at_a_glance(scope: ClaimScope, unit: str) -> None:
    ((_, shown, cell),) = glance(stating(scope))
    assert (cell.text, shown) == ("60", unit)


@pytest.mark.parametrize(
    ("scopes", "shown"),
    [
        ({}, ""),
        ({"proactive_total": ""}, "未说明"),
        ({"proactive_total": "汇总"}, "含下级汇总"),
    ],
)
def test_in_exports(site: Flask, scopes: dict[str, str], shown: str) -> None:
    agency = AgencyCard("key", "示例市人民政府", "", "", "市", "")
    card = Card(agency, 1, 2023, "示例", "2021", None, "", NOW, "", "", 1, 0, 0, 0)
    columns = ReportColumns(["proactive_total"])
    stated = {"proactive_total": Valued(60, ValueState.EXACT)}
    with site.test_request_context():
        row = columns.row(Row(card, stated, scopes))
    (name,) = [one for one in columns.headings if one.endswith("所指范围")]
    assert dict(zip(columns.headings, row, strict=True))[name] == shown


def test_in_the_years_of_an_agency(site: Flask) -> None:
    told = site.test_client().get(f"/agencies/{COUNTY}.json").get_json()
    stated = {one["year"]: one["scopes"] for one in told["years"]}
    unsaid = {"proactive_total": ClaimScope.UNSAID.value}
    assert stated == {2022: unsaid, 2023: unsaid}

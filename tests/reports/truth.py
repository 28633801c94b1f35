"""The invented reports behind the golden documents: every figure different, none zero,
every sum right.

A report full of zeros hides every misalignment; here a value in the wrong cell is
always seen.
"""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal
from functools import cache

from archive.catalogue.forms import (
    APPLICANTS,
    FORMS,
    KINDS,
    OUTCOMES,
    RESULT_ROWS,
    SECTIONS,
    disclosure_keys,
)
from tests.portals import pages, prose
from tests.portals.figures import Value
from tests.portals.pages import LabelCell
from tests.portals.reports import SampleReport, report_of

Grid = list[list[LabelCell]]
"""Rows of a table, each with the cells that begin in it."""


@cache
def report_2021() -> SampleReport:
    return _dense("示例市商务局", 2023)


@cache
def report_2019() -> SampleReport:
    return _dense("示例市教育局", 2020)


def _dense(name: str, year: int) -> SampleReport:
    sample = report_of(name, year)
    figures = figures_of_form(sample.form, random.Random(f"{name}{year}"))
    numbers = prose.stated(sample.agency, year, figures)
    sections = {
        **sample.sections,
        1: prose.overview(sample.agency, year, numbers),
        2: (),
        3: (),
        4: (),
        6: prose.other_matters(sample.agency, year, numbers),
    }
    return replace(
        sample,
        figures=figures,
        stated=numbers,
        sections=sections,
        faults=(),
        kind="html",
    )


def figures_of_form(form: str, chance: random.Random) -> dict[str, Value]:
    for _ in range(1000):
        figures = {
            **_disclosures(form, chance),
            **_requests(form, chance),
            **_proceedings(chance),
        }
        if len(set(figures.values())) == len(figures) and 0 not in figures.values():
            return figures
    raise AssertionError("no draw without repeated figures")


def _disclosures(form: str, chance: random.Random) -> dict[str, Value]:
    keys = disclosure_keys(FORMS[form])
    figures: dict[str, Value] = dict(
        zip(keys, chance.sample(range(11, 99), len(keys)), strict=True)
    )
    for key in keys:
        if key.endswith("decisions"):
            figures[key] = chance.randint(10_000, 99_999)
        elif key.endswith("amount"):
            figures[key] = Decimal(chance.randint(100_001, 999_999)) / 100
        elif key == "disclosure.coercion.item_change":
            figures[key] = -7
    return figures


def _requests(form: str, chance: random.Random) -> dict[str, Value]:
    applicants = [applicant.key for applicant in APPLICANTS[:-1]]
    cells = iter(
        chance.sample(range(101, 999), (len(RESULT_ROWS[form]) + 2) * len(applicants))
    )
    table = {
        row: {applicant: next(cells) for applicant in applicants}
        for row in (*RESULT_ROWS[form], "carried_in", "carried_out")
    }
    table["concluded"] = {
        a: sum(table[row][a] for row in RESULT_ROWS[form]) for a in applicants
    }
    table["new"] = {
        a: table["concluded"][a] + table["carried_out"][a] - table["carried_in"][a]
        for a in applicants
    }
    return {
        f"requests.{row.key}.{applicant}": value
        for row in FORMS[form].requests
        for applicant, value in [
            *table[row.key].items(),
            ("total", sum(table[row.key].values())),
        ]
    }


def _proceedings(chance: random.Random) -> dict[str, Value]:
    figures: dict[str, Value] = {}
    for kind in KINDS:
        values = chance.sample(range(100, 999), len(OUTCOMES) - 1)
        figures |= {
            f"{kind.key}.{o.key}": v
            for o, v in zip(OUTCOMES, [*values, sum(values)], strict=True)
        }
    return figures


def headings() -> list[str]:
    return [
        f"{mark}、{SECTIONS[number][0]}"
        for number, mark in enumerate("一二三四五六", 1)
    ]


def signature(report: SampleReport) -> tuple[str, str]:
    day = report.published
    return report.agency.name, f"{day.year}年{day.month}月{day.day}日"


def grids(report: SampleReport) -> dict[int, Grid]:
    """The three statutory tables by section number."""
    return {
        2: _disclosure_grid(report),
        3: _request_grid(report),
        4: _proceeding_grid(report),
    }


def _disclosure_grid(report: SampleReport) -> Grid:
    printed, grid = pages.printer(report), []
    for block in FORMS[report.form].disclosures:
        grid.append([LabelCell(block.heading, columns=4)])
        lines = [["信息内容", *(column.title for column in block.columns)]]
        for row in block.rows:
            lines.append(
                [
                    row.title,
                    *(
                        printed(f"disclosure.{row.key}.{column.key}")
                        for column in block.columns
                    ),
                ]
            )
        for line in lines:
            *first, last = line
            grid.append(
                [
                    *(LabelCell(text) for text in first),
                    LabelCell(last, columns=4 - len(first)),
                ]
            )
    return grid


def _request_grid(report: SampleReport) -> Grid:
    printed, form = pages.printer(report), FORMS[report.form]
    note = LabelCell(
        "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）",
        rows=3,
        columns=3,
    )
    grid = [
        [note, LabelCell("申请人情况", columns=7)],
        [
            LabelCell("自然人", rows=2),
            LabelCell("法人或其他组织", columns=5),
            LabelCell("总计", rows=2),
        ],
        [LabelCell(applicant.title) for applicant in APPLICANTS[1:-1]],
    ]
    for row in pages.request_rows(form):
        cells = [
            LabelCell(printed(f"requests.{row.key}.{applicant.key}"))
            for applicant in APPLICANTS
        ]
        grid.append([*row.labels, *cells])
    return grid


def _proceeding_grid(report: SampleReport) -> Grid:
    printed = pages.printer(report)
    outcomes = [outcome.title for outcome in OUTCOMES]
    return [
        [LabelCell("行政复议", columns=5), LabelCell("行政诉讼", columns=10)],
        [
            *(LabelCell(text, rows=2) for text in outcomes),
            LabelCell("未经复议直接起诉", columns=5),
            LabelCell("复议后起诉", columns=5),
        ],
        [LabelCell(text) for text in outcomes * 2],
        [
            LabelCell(printed(f"{kind.key}.{outcome.key}"))
            for kind in KINDS
            for outcome in OUTCOMES
        ],
    ]

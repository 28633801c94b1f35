"""The sample reports hold what they promise: consistent but for the planted faults,
marked, and different.
"""

from __future__ import annotations

import io
import json
import urllib.error
import urllib.request
from collections.abc import Iterator

import docx
import pdfplumber
import pytest

from archive.catalogue.forms import (
    APPLICANTS,
    FORMS,
    KINDS,
    OUTCOMES,
    RESULT_ROWS,
    keys,
)
from tests.portals import pages, prose
from tests.portals.reports import FAULTS, SampleReport, report_of, sample_reports
from tests.portals.server import FILES, Portals

REPORTS = sample_reports()


def broken_relations(report: SampleReport) -> set[str]:
    """Names of the relations within a report that do not hold."""
    figures, broken = report.figures, set()
    columns = [column.key for column in APPLICANTS]
    rows = [row.key for row in FORMS[report.form].requests]
    for row in rows:
        cells = [figures[f"requests.{row}.{column}"] for column in columns]
        if sum(cells[:-1]) != cells[-1]:
            broken.add(f"row {row}")
    for column in columns:
        at = {row: figures[f"requests.{row}.{column}"] for row in rows}
        if at["new"] + at["carried_in"] != at["concluded"] + at["carried_out"]:
            broken.add(f"balance {column}")
        if sum(at[row] for row in RESULT_ROWS[report.form]) != at["concluded"]:
            broken.add(f"results {column}")
    for kind in KINDS:
        cells = [figures[f"{kind.key}.{outcome.key}"] for outcome in OUTCOMES]
        if sum(cells[:-1]) != cells[-1]:
            broken.add(kind.key)
    return broken


def test_there_are_enough_of_them() -> None:
    assert len(REPORTS) == 35
    assert len({report.agency.name for report in REPORTS}) == 6
    assert {report.year for report in REPORTS} == set(range(2019, 2025))
    assert {report.kind for report in REPORTS} == {"html", "docx", "pdf"}


@pytest.mark.parametrize(
    "report", REPORTS, ids=lambda report: f"{report.agency.slug}-{report.year}"
)
def test_only_planted_faults_are_there(report: SampleReport) -> None:
    expected = {
        "row_sum": {"row granted", "results total"},
        "column_sum": {
            "balance natural_person",
            "balance total",
            "results natural_person",
            "results total",
        },
    }
    planted: set[str] = set().union(
        *(expected.get(fault, set()) for fault in report.faults)
    )
    assert broken_relations(report) == planted
    assert list(report.figures) == keys(FORMS[report.form]) or set(
        report.figures
    ) == set(keys(FORMS[report.form]))
    assert all(
        value >= 0
        for key, value in report.figures.items()
        if not key.endswith("item_change")
    )


@pytest.mark.parametrize(
    "report", REPORTS, ids=lambda report: f"{report.agency.slug}-{report.year}"
)
def test_years_fit_together(report: SampleReport) -> None:
    try:
        before = (
            report_of(report.agency.name, report.year - 1)
            if report.year > 2019
            else None
        )
    except LookupError:
        before = None
    if before is None:
        return
    carried = [
        before.figures[f"requests.carried_out.{column.key}"]
        == report.figures[f"requests.carried_in.{column.key}"]
        for column in APPLICANTS
    ]
    assert all(carried) is ("carry_over" not in report.faults)
    if report.form == before.form == "2021":
        now, row = report.figures, "disclosure.normative_documents"
        follows = (
            before.figures[f"{row}.in_force"]
            + now[f"{row}.issued"]
            - now[f"{row}.repealed"]
        )
        assert (now[f"{row}.in_force"] == follows) is ("in_force" not in report.faults)


def test_text_and_tables_agree_but_for_planted_faults() -> None:
    for report in REPORTS:
        stated, figures = report.stated, report.figures
        assert (stated.applications_received == figures["requests.new.total"]) is (
            "text_received" not in report.faults
        )
        assert (stated.reviews == figures["review.total"]) is (
            "text_reviews" not in report.faults
        )
        total = sum(count for _, count in stated.breakdown)
        assert (stated.proactive_total == total) is ("breakdown" not in report.faults)
        assert f"收到政府信息公开申请{stated.applications_received}件" in "".join(
            report.sections[1]
        )


def test_every_fault_is_planted_and_texts_differ() -> None:
    assert {
        (report.agency.name, report.year): report.faults
        for report in REPORTS
        if report.faults
    } == FAULTS
    fifths = [report.sections[5] for report in REPORTS]
    assert len(set(fifths)) == len(fifths) - 1  # one is copied from the year before
    assert len({report.sections[1] for report in REPORTS}) == len(REPORTS)


def test_everything_is_marked_as_a_sample() -> None:
    for report in REPORTS:
        assert "示例" in report.title
        assert prose.BANNER in "".join(report.sections[0])
        assert pages.article(report, REPORTS, 1).count(prose.BANNER) >= 2


def test_the_files_are_those_of_the_data() -> None:
    word = report_of("示例市教育局", 2022)
    document = docx.Document(io.BytesIO((FILES / word.file_name).read_bytes()))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert all(
        paragraph in text
        for paragraphs in word.sections.values()
        for paragraph in paragraphs
    )
    last = document.tables[2].rows[-1].cells
    assert [cell.text for cell in last] == [
        str(word.figures[f"{kind.key}.{outcome.key}"])
        for kind in KINDS
        for outcome in OUTCOMES
    ]
    row = [cell.text for cell in document.tables[1].rows[3].cells][3:]
    assert row == [
        str(word.figures[f"requests.new.{column.key}"]) for column in APPLICANTS
    ]

    paged = report_of("示例市公安局", 2021)
    with pdfplumber.open(FILES / paged.file_name) as file:
        printed = (
            "".join(page.extract_text() for page in file.pages)
            .replace("\n", "")
            .replace(" ", "")
        )
    for paragraph in paged.sections[5]:
        assert paragraph.replace(" ", "") in printed


@pytest.fixture
def portals() -> Iterator[Portals]:
    with Portals() as running:
        yield running


def get(url: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(url, timeout=5) as response:
            return response.status, response.read().decode(
                "gb18030" if "/sx/" in url else "utf-8"
            )
    except urllib.error.HTTPError as error:
        with error:
            return error.code, ""


def order(portals: Portals, **what: object) -> int:
    request = urllib.request.Request(
        f"{portals.url}/_control", json.dumps(what).encode()
    )
    try:
        with urllib.request.urlopen(request, timeout=5) as response:
            return int(response.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code


def test_orders_change_what_is_shown(portals: Portals) -> None:
    agency, year = "示例县商务局", 2024
    address = portals.address(agency, year)
    before = get(address)[1]
    assert get(address) == (200, before)
    assert (
        order(
            portals,
            do="edit",
            agency=agency,
            year=year,
            key="requests.new.total",
            value=987,
        )
        == 200
    )
    assert ">987<" in get(address)[1]
    assert (
        order(
            portals, do="edit", agency=agency, year=year, find="一是", replace="首先是"
        )
        == 200
    )
    assert "首先是" in get(address)[1]
    assert order(portals, do="vanish", agency=agency, year=year, how="410") == 200
    assert get(address)[0] == 410
    assert order(portals, do="add", agency=agency) == 200
    assert f"{agency}2025年" in get(portals.hanweb_list)[1]
    assert order(portals, do="trouble", portal="hanweb", how="500") == 200
    assert get(portals.hanweb_list)[0] == 500
    assert order(portals, do="reset") == 200
    assert get(address) == (200, before)


@pytest.mark.parametrize(
    "what",
    [
        {"do": "answer"},
        {
            "do": "edit",
            "agency": "示例县商务局",
            "year": 2024,
            "find": "不在页面上的话",
            "replace": "x",
        },
        {
            "do": "edit",
            "agency": "示例县商务局",
            "year": 2024,
            "key": "no.such.key",
            "value": 1,
        },
        {"do": "vanish", "agency": "无此机关", "year": 2024},
        {"do": "trouble", "portal": "x"},
    ],
)
def test_orders_that_change_nothing_are_mistakes(
    portals: Portals, what: dict[str, object]
) -> None:
    assert order(portals, **what) == 400

from __future__ import annotations

from datetime import date

import pytest

from archive.report.document import Paragraph, Place
from archive.report.identity import agency_name, publication_date, report_year
from archive.report.model import Hints, Section

TITLE = "2023年政府信息公开工作年度报告"


def sections(*texts: str) -> list[Section]:
    blocks = tuple(Paragraph(text, Place(n)) for n, text in enumerate(texts, 1))
    return [Section(0, "", blocks)]


@pytest.mark.parametrize(
    ("title", "signature", "hints", "name", "checks"),
    [
        (f"示例市商务局{TITLE}", "示例市商务局", Hints(), "示例市商务局", []),
        (f"商务局{TITLE}", "示例市商务局", Hints(), "示例市商务局", []),
        (f"商务局{TITLE}", "", Hints(agency="示例市商务局"), "示例市商务局", []),
        (f"示例市商务局{TITLE}", "示例市教育局", Hints(), "示例市商务局", ["agency_disagreement"]),
        (TITLE, "示例市商务局", Hints(agency="示例市教育局"), "示例市商务局", []),
        (TITLE, "", Hints(agency="示例市教育局"), "示例市教育局", ["agency_inferred"]),
        (TITLE, "", Hints(site_name="示例市人民政府门户网站"), "示例市人民政府", ["agency_inferred"]),
        (TITLE, "", Hints(), "", ["agency_unknown"]),
    ],
)  # fmt: skip
def test_whose_report_it_is(
    title: str, signature: str, hints: Hints, name: str, checks: list[str]
) -> None:
    found, findings = agency_name(title, sections("无。", signature), hints, {})
    assert (found, [finding.check for finding in findings]) == (name, checks)


def test_what_a_registered_source_says_weighs_least() -> None:
    _, (registered,) = agency_name(TITLE, [], Hints(agency="示例市教育局"), {})
    _, (printed,) = agency_name(TITLE, [], Hints(publisher="示例市教育局"), {})
    assert (registered.weight, printed.weight) == (1, 2)


@pytest.mark.parametrize(
    ("title", "text", "published", "year", "checks"),
    [
        (TITLE, "", None, 2023, []),
        ("23年政府信息公开年度报告", "", None, 2023, []),
        ("政府信息公开年度报告（2024年1月发布）", "", None, 2024, []),
        (TITLE, "统计期限为2022年1月1日至12月31日。", None, 2023, ["year_disagreement"]),
        (TITLE, "统计期限为2022年1月1日至12月31日。", date(2023, 1, 19), 2022, ["year_disagreement"]),
        (TITLE, "统计期限为2022年1月1日至12月31日。", date(2024, 1, 19), 2023, ["year_disagreement"]),
        ("年度报告", "统计期限为2022年1月1日至12月31日。", None, 2022, []),
        ("年度报告", "现公布《示例市2021年政府信息公开工作年度报告》。", None, 2021, ["year_inferred"]),
        ("年度报告", "2020年，我局公开信息。2019年度3条。2020年全年无。", None, 2020, ["year_inferred"]),
        ("年度报告", "无。", None, None, ["year_unknown"]),
    ],
)  # fmt: skip
def test_of_which_year_it_is(
    title: str, text: str, published: date | None, year: int | None, checks: list[str]
) -> None:
    found, findings = report_year(title, sections(text), Hints(), {}, published)
    assert (found, [finding.check for finding in findings]) == (year, checks)


def test_a_period_behind_the_overview_is_not_that_of_the_report() -> None:
    """A short report names all its sections in its first lines."""
    period = "统计期限为2022年1月1日至12月31日。"
    parts = [
        Section(number, "", (Paragraph(text, Place(number + 1)),))
        for number, text in enumerate(("前言。", "总体情况。", period))
    ]
    found, findings = report_year(TITLE, parts, Hints(), {}, None)
    assert (found, findings) == (2023, [])


HINTED = date(2024, 3, 1)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["无。", "示例市商务局", "2024年1月19日"], date(2024, 1, 19)),
        (["无。", "示例市商务局 二〇二四年一月十九日"], date(2024, 1, 19)),
        (["（2024年1月20日）", *["无。"] * 12], date(2024, 1, 20)),
        ([*["无。"] * 5, "2024年1月20日", *["无。"] * 12], HINTED),
        (["发布时间：2024-01-21 来源：示例市", *["无。"] * 12], date(2024, 1, 21)),
        ([*["无。"] * 10, "发布时间：2024-01-21", *["无。"] * 12], HINTED),
        (["2024年1月19日召开会议。"], HINTED),
    ],
)  # fmt: skip
def test_when_it_was_published(lines: list[str], expected: date) -> None:
    assert publication_date(sections(*lines), Hints(published=HINTED), {}) == expected


def test_a_page_says_when_it_was_published() -> None:
    meta = {"published": "2024-01-22 10:00"}
    assert publication_date(sections("无。"), Hints(), meta) == date(2024, 1, 22)

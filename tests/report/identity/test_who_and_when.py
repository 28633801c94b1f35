from __future__ import annotations

from datetime import date

import pytest

from archive.catalogue import PublishedFrom
from archive.report.document import Paragraph, Place
from archive.report.identity import (
    agency_name,
    report_year,
)
from archive.report.identity.published import Dated
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


def test_a_number_in_a_name_stays_wherever_it_is_told() -> None:
    name = "示例市12345政务服务中心"
    signed, _ = agency_name(TITLE, sections("无。", name), Hints(), {})
    around, _ = agency_name(TITLE, [], Hints(site_name=f"{name}网站"), {})
    of_source, _ = agency_name(TITLE, [], Hints(), {"source": name})
    assert {signed, around, of_source} == {name}


def test_the_date_behind_a_publisher_is_no_part_of_its_name() -> None:
    told = Hints(publisher="示例市商务局 2024年1月18日")
    name, _ = agency_name(TITLE, [], told, {})
    assert name == "示例市商务局"


def test_schools_of_twelve_years_are_of_no_year() -> None:
    title = "示例市12年一贯制学校政府信息公开年度报告"
    year, _ = report_year(title, [], Hints(), {})
    assert year is None


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
    dates = [Dated(published, PublishedFrom.STATED)] if published else []
    found, findings = report_year(title, sections(text), Hints(), {}, dates)
    assert (found, [finding.check for finding in findings]) == (year, checks)


def test_a_period_behind_the_overview_is_not_that_of_the_report() -> None:
    """A short report names all its sections in its first lines."""
    period = "统计期限为2022年1月1日至12月31日。"
    parts = [
        Section(number, "", (Paragraph(text, Place(number + 1)),))
        for number, text in enumerate(("前言。", "总体情况。", period))
    ]
    found, findings = report_year(TITLE, parts, Hints(), {})
    assert (found, findings) == (2023, [])


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (["无。", "二是在门户网站"], ""),
        (["无。", "联合市公安局"], ""),
        (["我局会同示例市教育局、", "示例市公安局"], ""),
        (["无。", "示例市公安局"], "示例市公安局"),
        (["根据条例，示例市公安局编制本报告。", "无。"], "示例市公安局"),
        (["现将示例市公安局2023年度政府信息公开工作情况报告如下。"], "示例市公安局"),
    ],
)
def test_prose_signs_nothing(lines: list[str], name: str) -> None:
    found, findings = agency_name("", sections(*lines), Hints(), {})
    checks = [finding.check for finding in findings]
    assert (found, checks) == (name, [] if name else ["agency_unknown"])


def test_no_silent_choice_between_two_agencies() -> None:
    both = sections("根据条例，示例市公安局编制本报告。", "无。", "示例市教育局")
    found, (doubt,) = agency_name(TITLE, both, Hints(), {})
    assert (found, doubt.check) == ("示例市教育局", "agency_differs")
    assert "示例市公安局" in doubt.message
    around = Hints(publisher="示例市教育局", site_name="示例市公安局门户网站")
    found, (whence, doubt) = agency_name(TITLE, [], around, {})
    assert (found, whence.check) == ("示例市教育局", "agency_inferred")
    assert "示例市公安局" in doubt.message


def test_the_year_of_the_preface() -> None:
    text = "现将我局2022年度政府信息公开工作情况报告如下：2021年，我局公开3条。"
    found, (whence, doubt) = report_year("", sections(text), Hints(), {})
    assert (found, whence.check) == (2022, "year_inferred")
    assert "2021" in doubt.message

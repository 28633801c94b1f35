"""Files that break off anywhere: nobody is blamed for what stood behind."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

import pytest

from archive.catalogue import FindingFamily, Status
from archive.reading import Unreadable, read
from archive.report import Finding, Report, check, parse
from tests.reading import golden
from tests.reading.loose import LAYOUTS, LooseReport

ABSENCES = {"section_missing", "fee_unstated", "problems_thin"}
GOLDEN = [
    name
    for name in golden.EXPECTED["files"]
    if Path(name).suffix in {".html", ".txt", ".md"}
]
TEXT = LAYOUTS["single spaces"](LooseReport(parts="long")).decode()


@cache
def whole(name: str) -> tuple[bytes, Report]:
    """A golden document, or a report in one of the loose layouts."""
    loose = LAYOUTS.get(name)
    body = loose(LooseReport(seed=3, parts="long")) if loose else golden.body(name)
    return body, parse(read(body))


def found(report: Report) -> list[Finding]:
    return [*report.findings, *check(report)]


def accusations(report: Report) -> set[str]:
    return {
        one.check
        for one in found(report)
        if one.family is FindingFamily.REPORT or one.check in ABSENCES
    }


@pytest.mark.parametrize("name", [*GOLDEN, *LAYOUTS])
def test_what_is_behind_a_cut_is_no_fault(name: str) -> None:
    body, entire = whole(name)
    chance = random.Random(name)
    for _ in range(4):
        at = chance.randrange(len(body) // 10, len(body))
        try:
            part = parse(read(body[:at]))
        except Unreadable:
            continue
        assert accusations(part) <= accusations(entire), at
        wrong = [
            key
            for key, figure in part.figures.items()
            if figure.status is Status.EXACT
            and figure.value != entire.figures[key].value
        ]
        assert wrong == [], at


def checks(text: str) -> set[str]:
    return {one.check for one in found(parse(read(text.encode())))}


def test_a_text_cut_in_its_middle_says_where() -> None:
    text = TEXT[: TEXT.index("下一步将完善制度，丰富") + 11]
    report = parse(read(text.encode()))
    (cut,) = [one for one in report.findings if one.check == "ends_early"]
    assert cut.family is FindingFamily.READING
    assert "下一步将完善制度，丰富" in cut.message
    assert "section_missing" not in checks(text)


def test_a_signed_report_without_its_last_section_lacks_it() -> None:
    text = TEXT[: TEXT.index("六、")] + "示例市人民政府\n2024年1月20日\n"
    assert "section_missing" in checks(text)
    assert "ends_early" not in checks(text)


def test_a_section_between_others_is_missing_in_a_cut_file_too() -> None:
    text = TEXT.replace("四、政府信息公开行政复议、行政诉讼情况\n", "")
    text = text[: text.index("六、")]
    assert {"ends_early", "section_missing"} <= checks(text)


def test_half_a_date_is_no_date() -> None:
    report = parse(read(f"{TEXT}\n示例市人民政府\n2024年1月2".encode()))
    assert report.published_on is None
    assert "ends_early" in {one.check for one in report.findings}


@pytest.mark.parametrize("end", ["", "无。", "\n示例市人民政府\n2024年1月20日"])
def test_what_ends_as_reports_do_is_whole(end: str) -> None:
    assert "ends_early" not in checks(TEXT + end)


def test_a_section_with_nothing_to_report_is_whole() -> None:
    text = TEXT.replace("本年度未收取信息处理费。", "无")
    assert "ends_early" not in checks(text)
    assert "fee_unstated" in checks(text)


def test_the_last_number_of_a_loose_table_may_lack_digits() -> None:
    text = TEXT[: TEXT.index("五、") - 2]
    assert {"ends_early", "digits_lost"} <= checks(text)
    assert "sums" not in checks(text)


@pytest.mark.parametrize("end", ["<p>本年", "<p>本年度</p><div cla", "&nbs"])
def test_a_page_within_its_markup_breaks_off(end: str) -> None:
    body, _ = whole("html_plain.html")
    text = body.decode()
    at = text.index("存在的主要问题及改进情况", text.index("复议后起诉"))
    report = parse(read((text[:at] + end).encode()))
    assert "ends_early" in {one.check for one in report.findings}


def test_a_page_with_its_last_tags_is_whole() -> None:
    body, _ = whole("html_plain.html")
    text = body.decode()
    at = text.index("存在的主要问题及改进情况", text.index("复议后起诉"))
    report = parse(read(f"{text[:at]}</div></body></html>".encode()))
    assert "ends_early" not in {one.check for one in found(report)}
    assert "section_missing" in {one.check for one in found(report)}

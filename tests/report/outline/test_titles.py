from __future__ import annotations

import pytest

from archive.report.dates import find_date, find_periods, find_years, is_date, read_year
from archive.report.outline.agency_names import (
    agency_in_line,
    agency_in_title,
    same_agency,
)
from archive.report.outline.phrases import names_a_report
from archive.report.outline.prefaces import agency_in_preface, own_titles
from archive.report.outline.titles import clean_title, find_title
from tests.report.documents import document


@pytest.mark.parametrize(
    ("title", "agency", "year"),
    [
        ("示例市商务局2023年政府信息公开工作年度报告", "示例市商务局", 2023),
        ("示例市商务局 2023 年 政府信息公开工作年度报告", "示例市商务局", 2023),
        ("2023年度示例市商务局政府信息公开工作年度报告", "示例市商务局", 2023),
        ("示例乡政府信息公开年报", "示例乡", None),
        ("示例乡政府2023年政府信息公开年报", "示例乡政府", 2023),
        ("示例市人民政府信息公开年度报告", "示例市人民政府", None),
        ("示例市人民政府政府信息公开工作年度报告", "示例市人民政府", None),
        ("示例市人民政府办公室2023年政府信息公开工作年度报告", "示例市人民政府办公室", 2023),
        ("示例局关于2023年度政府信息公开工作情况的报告", "示例局", 2023),
        ("关于2023年度政府信息公开工作情况的报告", "", 2023),
        ("二〇二三年示例区政务公开工作年度报告", "示例区", 2023),
        ("二○二三年示例区政务公开工作年度报告", "示例区", 2023),
        ("二零二三年示例区政务公开工作年度报告", "示例区", 2023),
        ("示例县民政局23年政府信息公开年报", "示例县民政局", 2023),
        ("政府信息公开工作年度报告（示例县财政局）", "示例县财政局", None),
        ("示例县财政局政府信息公开工作年度报告（2023年度）", "示例县财政局", 2023),
        ("国家税务总局示例市税务局2023年政府信息公开工作年度报告", "国家税务总局示例市税务局", 2023),
        ("中共示例市委宣传部（示例市版权局）2023年政府信息公开年报", "中共示例市委宣传部（示例市版权局）", 2023),
        ("关于公布示例县2023年政府信息公开工作年度报告的公告", "示例县", 2023),
        ("我局2023年政府信息公开工作报告", "", 2023),
        ("2023年政府信息公开工作年度报告", "", 2023),
        ("通知公告", "", None),
        ("（文字版）2023年示例市政府信息公开工作年度报告", "示例市", 2023),
        ("示例大学2022—2023学年信息公开工作年度报告", "示例大学", 2022),
        ("中共示例市委党校2023年信息公开工作年度报告", "中共示例市委党校", 2023),
        ("示例海关2015年海关政府信息公开年度报告", "示例海关", 2015),
        ("示例海关总署2010年海关信息公开工作年度报告", "示例海关总署", 2010),
        ("示例市2023年商务局政府信息公开年度报告", "示例市商务局", 2023),
        ("示例市残联2023年政府信息公开工作年度报告", "示例市残联", 2023),
    ],
)  # fmt: skip
def test_a_title_names_agency_and_year(
    title: str, agency: str, year: int | None
) -> None:
    assert agency_in_title(title) == agency
    assert (find_years(title, short=True) or [None])[0] == year


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("示例市商务局 2023 年政府信息公开工作年度报告\n正文。", "示例市商务局2023年政府信息公开工作年度报告"),
        ("示例市商务局\n2023年政府信息公开工作年度报告\n正文。", "示例市商务局2023年政府信息公开工作年度报告"),
        ("示例市商务局2023年政府信息公开工作\n年度报告\n正文。", "示例市商务局2023年政府信息公开工作年度报告"),
        ("示例市商务局|2023年政府信息公开|工作年度报告\n正文。", "示例市商务局2023年政府信息公开工作年度报告"),
        ("示例局\n政府信息公开工作年度报告\n（2023年度）\n正文。", "示例局政府信息公开工作年度报告（2023年度）"),
        ("首页 > 信息公开\n索引号：000/2024-1\n# 示例局2023年政府信息公开年报\n正" "文。", "示例局2023年政府信息公开年报"),
        ("根据规定，现公布2023年政府信息公开工作年度报告。\n一、总体情况", ""),
        ("本报告依据政府信息公开条例编制，为2023年政府信息公开工作年度报告\n一、" "总体情况", ""),
        ("首页/ 政府信息公开年报 / 2023年\n\n示例镇2023年政府信息公开年报\n正文。", "示例镇2023年政府信息公开年报"),
        ("示例网\n当前位置:首页 > 信息公开年报\n示例市2023年信息公开年报\n正文。", "示例市2023年信息公开年报"),
        ("示例街道办事处2023年度政府\n信息公开工作年度报告\n正文。", "示例街道办事处2023年度政府信息公开工作年度报告"),
        ("", ""),
    ],
)  # fmt: skip
def test_the_title_is_found_on_one_line_or_several(text: str, title: str) -> None:
    assert find_title(document(text).blocks).text == title


@pytest.mark.parametrize(
    ("line", "agency"),
    [
        ("示例市商务局", "示例市商务局"),
        ("示例市商务局2024年1月17日", "示例市商务局"),
        ("示例市 示例区 人民政府", "示例市示例区人民政府"),
        ("我局", ""),
        ("示例市政务公开领导小组办公室：", ""),
        ("依托示例区门户网站", ""),
        ("关于做好全区", ""),
        ("（二）部分公开（区", ""),
        ("一、总体情况", ""),
        ("2024年1月17日", ""),
    ],
)
def test_a_signature_is_an_agency_and_nothing_else(line: str, agency: str) -> None:
    assert agency_in_line(line) == agency


def test_short_forms_of_a_name_are_the_same_agency() -> None:
    assert same_agency("示例市示例区经济合作局", "区经济合作局")
    assert same_agency("示例市人民政府", "示例市政府")
    assert not same_agency("示例市商务局", "示例市教育局")


def test_a_number_tells_agencies_apart() -> None:
    assert not same_agency("示例市第1中学", "示例市第12中学")
    assert not same_agency("示例市第一中学", "示例市第十一中学")
    assert not same_agency("示例二师", "示例兵团第十二师")
    assert same_agency("第12师", "示例兵团第十二师")
    assert same_agency("示例市一中", "示例市第一中学")
    assert same_agency("示例市第一人民医院", "示例市第一人民医院（示例大学第三医院）")
    assert same_agency("政务服务中心", "示例市12345政务服务中心")
    assert same_agency("商务局", "三门县商务局")


def test_titles_told_outside_lose_site_and_extension() -> None:
    assert (
        clean_title("示例局2023年政府信息公开工作年度报告_示例市人民政府门户网站")
        == "示例局2023年政府信息公开工作年度报告"
    )
    assert (
        clean_title("示例局2023年政府信息公开工作年度报告.docx")
        == "示例局2023年政府信息公开工作年度报告"
    )


@pytest.mark.parametrize(
    "line",
    [
        "本报告由政府信息公开工作年度报告各部分组成",
        "政府信息公开指南",
        "根据政府信息公开条例编制年度报告。",
    ],
)
def test_speaking_of_a_report_is_not_naming_one(line: str) -> None:
    assert not names_a_report(line)


@pytest.mark.parametrize(
    ("printed", "iso"),
    [
        ("2024年1月17日", "2024-01-17"),
        ("2024 年 01 月 17 日", "2024-01-17"),
        ("二〇二四年一月十七日", "2024-01-17"),
        ("二○二四年十二月三十一日", "2024-12-31"),
        ("２０２４年１月１７日", "2024-01-17"),
        ("2024-01-17 09:30", "2024-01-17"),
        ("2024年13月40日", None),
        ("1月17日", None),
    ],
)
def test_dates_as_printed(printed: str, iso: str | None) -> None:
    found = find_date(printed)
    assert (found.isoformat() if found else None) == iso


def test_a_date_alone() -> None:
    assert is_date("（2024年1月17日）")
    assert not is_date("截至2024年1月17日")


def test_the_statistics_period_gives_its_year() -> None:
    assert find_periods("统计期限自2023年1月1日起至2023年12月31日止") == [2023]
    assert find_periods("自 2023 年 1 月 1 日至 12 月 31 日") == [2023]
    assert find_periods("二〇二三年一月一日至十二月三十一日") == [2023]
    assert find_periods("2021年1月1日至2023年12月31日") == []


def test_only_years_a_report_can_have() -> None:
    assert read_year("２０２３") == 2023
    assert read_year("1998") is None
    assert read_year("20233") is None


@pytest.mark.parametrize(
    ("preface", "agency"),
    [
        ("现公布示例市政府办公室2023年政府信息公开年度报告。" "请与市政府办公室秘书股联系", "示例市政府办公室"),
        ("根据《示例市2023年政务公开工作要点》要求，" "向社会公布《示例镇2023年政府信息公开工作年度报告》。", "示例镇"),
        ("编制《示例镇2023年政府信息公开年度报告》。" "请与示例市示例镇人民政府联系（地址：1号）", "示例市示例镇人民政府"),
        ("现公布示例市2023年政府信息公开工作年度报告。请与示例市商务局联系。", "示例市"),
        ("特向社会公布2023年度示例县教育局政府信息公开年度报告。", "示例县教育局"),
        ("现编制2022-2023学年示例大学信息公开工作年度报告。", "示例大学"),
        ("如有疑问，请与示例镇人民政府党政办公室联系（电话：000-1）。", "示例镇人民政府"),
        ("本报告由示例市政府信息公开工作领导小组办公室编制。", "示例市"),
        ("或直接与示例省财政厅政府信息公开工作办公室联系。", "示例省财政厅"),
        ("如有疑问，请联系：示例市示例街道办事处；联系电话：000-1", "示例市示例街道办事处"),
        ("由市政府办公厅综合各区人民政府（以下称区政府）的报告编制而成。", ""),
        ("根据《示例县人民政府办公室关于做好2023年政府信息公开工作年度报告编制公布" "工作的通知》要求", ""),
    ],
)  # fmt: skip
def test_a_preface_names_the_agency(preface: str, agency: str) -> None:
    assert agency_in_preface(preface) == agency


def test_a_preface_names_its_own_report_only() -> None:
    assert (
        own_titles("根据《关于编制2023年政府信息公开工作年度报告的通知》，编制本报告。")
        == []
    )
    assert own_titles("由示例局编制的2023年度政府信息公开年度报告。") == [
        "2023年度政府信息公开年度报告"
    ]


@pytest.mark.timeout(20)
def test_titles_of_nothing_but_dashes_are_read_at_once() -> None:
    for dashes in ("-" * 400, "-“" * 200, "年度" * 200, "：—" * 200):
        title = f"示例{dashes}局2023年政府信息公开工作年度报告"
        clean_title(title)
        agency_in_title(title)
        own_titles(f"现公布{title}。")
        agency_in_preface(f"现公布{title}。")
    clean_title("政府信息公开年度报告" + "-ab" * 20_000)

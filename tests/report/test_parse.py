from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.catalogue import FindingFamily
from archive.report.document import Document, Note
from archive.report.model import Hints, Report
from archive.report.parse import parse
from tests.report.documents import SECTIONS, document, printed, said, signs

TITLE = "示例市商务局2023年政府信息公开工作年度报告"
PREFACE = (
    "根据条例编制本报告。统计期限自2023年1月1日起至2023年12月31日止。如有疑问，"
    "请与示例市商务局联系"
    "（地址：示例路1号示例大楼209室，电话：0000-1234567，邮编：000000，邮箱："
    "gk@example.gov.cn）。"
)
DISCLOSURES = """第二十条第（一）项
信息内容\t本年制发件数\t本年废止件数\t现行有效件数
规章\t0\t0\t0
行政规范性文件\t2\t1\t7
第二十条第（五）项
信息内容\t本年处理决定数量
行政许可\t3
第二十条第（六）项
信息内容\t本年处理决定数量
行政处罚\t4
行政强制\t5
第二十条第（八）项
信息内容\t本年收费金额（单位：万元）
行政事业性收费\t6"""
PARTS = (
    "（一）主动公开。全年主动公开信息60条，其中动态40条，政策20条。"
    "\n（二）依申请公开。2023年，我局未收到政府信息公开申请。",
    DISCLOSURES,
    "（表略）",
    "（表略）",
    "一是形式不够丰富；二是力度有待加大。下一步逐项改进。",
    "本年度未收取信息处理费。",
)
SIGNATURE = "示例市商务局\n2024年1月17日"


def text(
    title: str = TITLE,
    preface: str = PREFACE,
    parts: tuple[str, ...] = PARTS,
    signature: str = SIGNATURE,
) -> str:
    body = "\n".join(
        f"{heading}\n{part}" for heading, part in zip(SECTIONS, parts, strict=True)
    )
    return "\n".join((title, preface, body, signature))


def checks(report: Report, family: FindingFamily | None = None) -> list[str]:
    own = ("title_", "agency_", "year_", "section_", "document_", "form_")
    found = [finding for finding in report.findings if finding.check.startswith(own)]
    return [finding.check for finding in found if family in {None, finding.family}]


def test_a_report_is_read_whole() -> None:
    source = document(text())
    report = parse(source)
    assert (report.title, report.agency.name, report.year) == (
        TITLE,
        "示例市商务局",
        2023,
    )
    assert report.published_on == date(2024, 1, 17)
    assert (report.form, report.is_report, report.why) == ("2021", True, "")
    assert [section.number for section in report.sections] == [0, 1, 2, 3, 4, 5, 6]
    assert report.sections[0].text == PREFACE
    assert report.sections[6].text == "\n".join((PARTS[5], SIGNATURE))
    assert report.figures["disclosure.normative_documents.in_force"].value == 7
    assert {claim.key: claim.value for claim in report.claims if not claim.part_of} == {
        "proactive_total": 60,
        "applications_received": 0,
        "fee": 0,
    }
    assert report.contact == {
        "address": "示例路1号示例大楼209室",
        "phone": "0000-1234567",
        "postcode": "000000",
        "email": "gk@example.gov.cn",
    }
    assert checks(report) == []
    assert said(report) == printed(source)


def test_the_title_on_two_lines_or_repeated_stands_once() -> None:
    two_lines = parse(
        document(text(title="示例市商务局\n2023 年政府信息公开工作年度报告"))
    )
    assert (two_lines.title, two_lines.sections[0].text) == (TITLE, PREFACE)
    repeated = parse(
        document(text(title=f"# {TITLE}\n示例市商务局\n2023年政府信息公开工作年度报告"))
    )
    assert (repeated.title, repeated.sections[0].text) == (TITLE, PREFACE)


def test_what_stands_above_the_title_is_kept() -> None:
    report = parse(document(text(title=f"索引号：示例-2024\n{TITLE}")))
    assert (report.title, report.sections[0].text) == (
        TITLE,
        f"索引号：示例-2024\n{PREFACE}",
    )


@pytest.mark.parametrize(
    ("hints", "meta"),
    [
        (Hints(title=TITLE), {}),
        (Hints(), {"title": f"{TITLE}_示例网"}),
        (Hints(file_name=f"{TITLE}.pdf"), {}),
    ],
)
def test_a_title_told_outside_is_taken_and_said(
    hints: Hints, meta: dict[str, str]
) -> None:
    body = text().removeprefix(TITLE).strip()
    report = parse(document(body, "application/pdf", **meta), hints)
    assert (report.title, report.agency.name, report.year, report.is_report) == (
        TITLE,
        "示例市商务局",
        2023,
        True,
    )
    assert checks(report, FindingFamily.READING) == ["title_outside"]
    assert said(report) == signs(TITLE) + printed(document(body))


def test_the_signature_names_the_agency_when_the_title_does_not() -> None:
    report = parse(document(text("2023年政府信息公开工作年度报告", "根据条例编制。")))
    assert (report.agency.name, checks(report)) == ("示例市商务局", [])
    longer = parse(
        document(text("商务局2023年政府信息公开工作年度报告", "根据条例编制。"))
    )
    assert (longer.agency.name, checks(longer)) == ("示例市商务局", [])


def test_the_preface_names_the_agency_when_nothing_else_does() -> None:
    assert (
        parse(
            document(text("我局2023年政府信息公开工作年度报告", signature=""))
        ).agency.name
        == "示例市商务局"
    )


def test_an_agency_taken_from_the_site_is_a_doubt_of_ours() -> None:
    source = document(
        text("2023年政府信息公开工作年度报告", "根据条例编制。", signature="")
    )
    told = parse(source, Hints(agency="示例市商务局"))
    assert (told.agency.name, checks(told, FindingFamily.READING)) == (
        "示例市商务局",
        ["agency_inferred"],
    )
    site = parse(source, Hints(site_name="示例市人民政府门户网站"))
    assert (site.agency.name, checks(site, FindingFamily.READING)) == (
        "示例市人民政府",
        ["agency_inferred"],
    )
    unknown = parse(source)
    assert (unknown.agency.name, checks(unknown, FindingFamily.READING)) == (
        "",
        ["agency_unknown"],
    )


def test_another_agency_in_the_signature_is_the_reports_contradiction() -> None:
    report = parse(document(text(signature="示例市教育局\n2024年1月17日")))
    assert (report.agency.name, checks(report, FindingFamily.REPORT)) == (
        "示例市商务局",
        ["agency_disagreement"],
    )


def test_title_and_statistics_period_that_disagree() -> None:
    stale = PREFACE.replace("2023年", "2022年")
    report = parse(document(text(preface=stale)))
    assert (report.year, checks(report, FindingFamily.REPORT)) == (
        2023,
        ["year_disagreement"],
    )
    typo = parse(document(text(title=TITLE.replace("2023", "2022"))))
    assert (typo.year, checks(typo, FindingFamily.REPORT)) == (
        2023,
        ["year_disagreement"],
    )


def test_the_year_is_never_that_of_publication() -> None:
    nameless = text(
        "示例市商务局政府信息公开工作年度报告",
        "根据条例编制。",
        ("略。" * 40, *PARTS[1:]),
    )
    report = parse(document(nameless), Hints(published=date(2024, 1, 20)))
    assert (report.year, checks(report, FindingFamily.READING)) == (
        None,
        ["year_unknown"],
    )
    period = parse(document(text("示例市商务局政府信息公开工作年度报告")))
    assert (period.year, checks(period)) == (2023, [])
    spoken = parse(
        document(text("示例市商务局政府信息公开工作年度报告", "根据条例编制。"))
    )
    assert (spoken.year, checks(spoken, FindingFamily.READING)) == (
        2023,
        ["year_inferred"],
    )


def test_publication_date_from_page_then_list_then_signature() -> None:
    meta = {"published": "2024-01-25 10:00"}
    listed = Hints(published=date(2024, 1, 20))

    def when(source: Document, hints: Hints = Hints()) -> tuple[date | None, str]:
        report = parse(source, hints)
        return report.published_on, report.published_from

    stated = document(text(), "text/html", **meta)
    assert when(stated, listed) == (date(2024, 1, 25), "stated")
    assert when(document(text()), listed) == (date(2024, 1, 20), "list")
    assert when(document(text())) == (date(2024, 1, 17), "signed")
    in_words = text(signature="示例市商务局二〇二四年一月十七日")
    assert when(document(in_words)) == (date(2024, 1, 17), "signed")
    above = text(preface=f"（2024年1月18日）\n{PREFACE}", signature="")
    assert when(document(above)) == (date(2024, 1, 18), "signed")
    assert when(document(text(signature=""))) == (None, "")


def test_the_readers_notes_become_our_doubts() -> None:
    source = document(text())
    noted = type(source)(
        source.blocks,
        source.media_type,
        notes=(Note("sheet_hidden", {"name": "字典"}),),
    )
    assert [
        (f.family, f.message)
        for f in parse(noted).findings
        if f.check == "document_note"
    ] == [(FindingFamily.READING, "工作表“字典”是隐藏的，未读取。")]


def test_headings_under_other_numbers_are_told() -> None:
    shifted = text()
    for old, new in (
        ("六、", "七、"),
        ("五、", "六、"),
        ("四、", "五、"),
        ("三、", "四、"),
        ("二、", "三、"),
    ):
        shifted = shifted.replace("\n" + old, "\n" + new)
    report = parse(document(shifted))
    assert [section.number for section in report.sections] == [0, 1, 2, 3, 4, 5, 6]
    assert checks(report, FindingFamily.NOTABLE) == ["section_numbers"]
    assert not checks(report, FindingFamily.REPORT)


def test_six_sections_without_a_readable_table_take_the_form_of_the_year() -> None:
    report = parse(document(text(parts=(PARTS[0], "（图）", *PARTS[2:]))))
    assert (report.form, report.is_report, report.figures) == ("2021", True, {})
    assert checks(report, FindingFamily.READING) == ["form_inferred"]


def test_a_free_report() -> None:
    free = "\n".join((
        "示例县2012年政府信息公开工作年度报告",
        "一、概述", "本年度工作有序推进，各项制度逐步完善，队伍建设不断加强，" "公开渠道进一步拓宽。",
        "二、主动公开政府信息情况", "主动公开政府信息120条。",
        "三、依申请公开政府信息情况", "未收到政府信息公开申请。",
        "四、存在的主要问题和改进措施", "逐步改进。",
    ))  # fmt: skip
    report = parse(document(free))
    assert (report.form, report.is_report, report.year, report.agency.name) == (
        "free",
        True,
        2012,
        "示例县",
    )
    assert [section.number for section in report.sections] == [0, 1, 2, 3, 4]
    assert {claim.key: claim.value for claim in report.claims} == {
        "proactive_total": 120,
        "applications_received": 0,
    }


NOTICE = (
    "各部门：\n请于2024年1月20日前报送年度报告，内容包括总体情况等六个部分，"
    "数字要准确。\n" * 3
)


@pytest.mark.parametrize(
    ("title", "body", "why"),
    [
        ("关于做好2023年政府信息公开工作年度报告编制发布工作的通知", NOTICE, "通知"),
        (
            "关于印发《政府信息公开工作年度报告格式》的通知",
            text("", "", ("", "规章\t\t\t", "", "", "", "")),
            "格式",
        ),
        ("示例市商务局政府信息公开指南", NOTICE, "指南"),
        ("示例市2023年政府信息公开工作年度报告汇总", NOTICE, "汇总"),
        ("一图读懂示例市2023年政府信息公开工作年度报告", text(), "图解"),
        ("示例市2023年政务公开工作总结", NOTICE, "总结"),
        ("示例市商务局2023年政府网站工作年度报表", text(""), "其他种类"),
        ("示例市商务局2023年法治政府建设年度报告", text(""), "其他种类"),
        (TITLE, "", "正文"),
        (TITLE, "附件：年度报告.pdf", "附件"),
        ("示例市欢迎您", "今日天气晴，气温二十度，微风。" * 10, "没有找到"),
        ("", "", "没有找到"),
        (
            "2023年政府信息公开年报",
            "\n".join(
                f"示例市{name}局2023年政府信息公开工作年度报告"
                for name in ("教育", "民政", "财政", "水利")
            ),
            "列表",
        ),
    ],
)
def test_what_is_no_report_says_what_it_is(title: str, body: str, why: str) -> None:
    report = parse(document(f"{title}\n{body}"), Hints(title=title))
    assert not report.is_report
    assert why in report.why


def test_a_cover_letter_whose_body_is_the_report_is_one() -> None:
    report = parse(
        document(
            text(
                "关于报送示例市商务局2023年政府信息公开工作年度报告的函\n现予报"
                f"送。\n{TITLE}"
            )
        )
    )
    assert (report.is_report, report.agency.name, report.year) == (
        True,
        "示例市商务局",
        2023,
    )


def test_many_reports_on_one_page_are_a_summary() -> None:
    names = ("教育", "民政", "财政", "水利")
    page = "\n".join(
        text(f"示例市{name}局2023年政府信息公开工作年度报告") for name in names
    )
    report = parse(document(page))
    assert (report.is_report, "汇总" in report.why) == (False, True)


HOSTILE = {
    "one line of headings": "|".join([SECTIONS[0]] * 20_000),
    "headings": "\n".join(
        f"{'一二三四五六'[at % 6]}、主动公开情况{at}" for at in range(3_000)
    ),
    "titles": "\n".join([TITLE] * 3_000),
    "unfinished sentences": "\n".join(["主动公开政府信息，"] * 3_000),
    "a breakdown without end": "主动公开信息1条，其中" + "甲3条，" * 20_000,
    "thousands": "，123" * 50_000,
    "numerals": "二〇" * 50_000,
    "brackets": "《" * 50_000 + "（" * 50_000 + "联系" * 50_000,
    "blanks": "总" + " " * 100_000 + "体情况",
}


@pytest.mark.parametrize("page", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_is_read_in_time(page: str) -> None:
    begin = time.process_time()
    assert said(parse(document(page)))
    assert time.process_time() - begin < 20


PIECES = st.sampled_from(
    [
        *text(title="").split("\n"),
        *SECTIONS,
        "目录",
        "— 2 —",
        "2022年",
        "示例市教育局",
        "附件",
        "\t",
        "一、|二、",
    ]
)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(PIECES, max_size=30),
    st.sampled_from(["", TITLE, TITLE.replace("局", "局\n")]),
)
def test_whatever_is_read_gives_a_report_and_loses_nothing(
    lines: list[str], title: str
) -> None:
    source = document("\n".join([title, *lines]))
    report = parse(source)
    assert report.title == signs(title)
    assert report.is_report == (not report.why)
    assert sorted(said(report).replace("—2—", "")) == sorted(
        printed(source).replace("—2—", "")
    )


@pytest.mark.parametrize(
    "line",
    [
        "发布日期:2024-01-10    点击数:",
        "信息来源:示例镇 作者:佚名 发布时间:2024-01-10 16:32 【 字体:",
        "索引号:0/2024-3 发文日期:2024-01-10 00:00:00",
    ],
)
def test_the_date_a_portal_prints_is_read(line: str) -> None:
    text = (
        f"示例镇2023年政府信息公开年报\n{line}\n根据条例，编制本报告。\n一、"
        "概述\n工作有序推进。"
    )
    assert parse(document(text)).published_on == date(2024, 1, 10)


@pytest.mark.parametrize(
    ("agency", "stated"),
    [
        ("示例市人民政府办公室", [(458, "汇总")]),
        ("示例市人民政府", [(458, "汇总")]),
        ("示例市商务局", []),
    ],
)
def test_the_office_of_a_government_speaks_for_its_area(
    agency: str, stated: list[tuple[int, str]]
) -> None:
    page = (
        f"{agency}2023年政府信息公开工作年度报告\n一、总体情况\n"
        "2023年，全市共受理政府信息公开申请458件。\n"
    )
    report = parse(document(page))
    found = [one for one in report.claims if one.key == "applications_received"]
    assert [(claim.value, claim.scope) for claim in found] == stated

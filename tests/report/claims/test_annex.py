"""The table of indicators of reports for 2008 to 2018."""

from __future__ import annotations

import pytest

from archive.report import parse
from tests.report.documents import document

TITLE = "示例市示例局2016年政府信息公开工作年度报告"
PROSE = (
    "一、概述\n2016年，我局健全制度，加强平台建设，及时公开各类信息，"
    "按时答复政府信息公开申请。\n附表：政府信息公开情况统计表\n"
)
ROWS = (
    ("统计指标", "单位", "统计数"),
    ("一、主动公开情况", "—", "—"),
    ("（一）主动公开政府信息数（不同渠道和方式公开相同信息计1条）", "条", "1,234"),
    ("其中：主动公开规范性文件数", "条", "12"),
    ("2.政府网站公开政府信息数", "条", "1100"),
    ("（一）收到申请数", "件", "45"),
    ("1.当面申请数", "件", "5"),
    ("（二）申请办结数", "件", "44"),
    ("四、行政复议数量", "件", "2"),
    ("五、行政诉讼数量", "件", "0"),
    ("七、依申请公开信息收取的费用", "万元", "0.5"),
)
STATED = {
    "proactive_total": 1234,
    "website": 1100,
    "applications_received": 45,
    "applications_answered": 44,
    "reviews": 2,
    "lawsuits": 0,
}


def stated(rows: list[tuple[str, ...]], between: str) -> dict[str, int]:
    lines = "\n".join(between.join(row) for row in rows)
    report = parse(document(f"{TITLE}\n{PROSE}{lines}\n"))
    assert report.form == "free"
    return {claim.key: int(claim.value) for claim in report.claims}


@pytest.mark.parametrize("between", ["\t", " ", "  "])
def test_rows_of_the_annex_are_claims(between: str) -> None:
    assert stated(list(ROWS), between) == STATED


def test_the_row_is_the_sentence_and_keeps_its_unit() -> None:
    lines = "\n".join("\t".join(row) for row in ROWS)
    report = parse(document(f"{TITLE}\n{PROSE}{lines}\n"))
    (received,) = [one for one in report.claims if one.key == "applications_received"]
    assert received.sentence == "（一）收到申请数 件 45"
    assert (received.unit, received.at is not None) == ("件", True)


def test_a_number_beside_another_is_not_known_to_be_the_body_s() -> None:
    rows = [(*row[:2], row[2], "7") if row[2].isdigit() else row for row in ROWS]
    assert stated(rows, "\t").keys() <= {"proactive_total"}


def test_an_indicator_told_twice_otherwise_states_nothing() -> None:
    rows = [*ROWS, ("（一）收到申请数", "件", "46")]
    expected = {key: STATED[key] for key in STATED if key != "applications_received"}
    assert stated(rows, "\t") == expected


def test_a_label_alone_makes_no_annex() -> None:
    assert stated([ROWS[5], ROWS[8]], "\t") == {}


@pytest.mark.parametrize("printed", ["约45", "45.5", "4 5", "", "—", "无"])
def test_what_is_no_plain_count_states_nothing(printed: str) -> None:
    rows = [row for row in ROWS if "收到申请数" not in row[0]]
    rows.append(("（一）收到申请数", "件", printed))
    assert "applications_received" not in stated(rows, "\t")

"""Bodies that lost their title in a crawl: reports all the same, or not."""

from __future__ import annotations

import pytest

from archive.report.model import Hints
from archive.report.parse import parse
from tests.report.documents import document

FREE = """一、概述
2018年，我局不断提高工作透明度，全年主动公开政府信息321条，收到政府信息公开申请3件。
二、主动公开政府信息情况
通过网站公开政府信息300条，其他21条。
三、依申请公开政府信息情况
全年收到政府信息公开申请3件，均已答复。
四、复议和诉讼情况
未发生行政复议和行政诉讼。
五、存在的主要问题和改进措施
公开内容还不够全面，下一步将加强培训。"""
OVERVIEW = "\n".join(FREE.split("\n")[:4])
GUIDE = """一、主动公开
主动公开的范围见目录。公民可以在网站查阅。
二、依申请公开
公民可以申请公开政府信息，提交申请表，我局自收到之日起20个工作日内答复。
三、收费标准
依照国家规定收取信息处理费。
四、行政复议和行政诉讼
认为侵犯合法权益的，可以依法申请复议或者提起诉讼。"""


@pytest.mark.parametrize(
    "text",
    [
        FREE,
        OVERVIEW,
        f"现将我局2018年度政府信息公开工作情况报告如下：\n{OVERVIEW}",
        f"现公布2018年度政府信息公开工作情况。\n{FREE}",
        f"本年度报告由示例市商务局编制。\n{FREE}",
        f"根据《政府信息公开条例》要求，编制本年度报告。\n{OVERVIEW}",
        f"本报告所列统计数据的期限自2018年1月1日起。\n{FREE}",
        OVERVIEW.replace("收到政府信息公开申请3件", "未收到依申请公开信息"),
        f"本报告中所列数据的统计期限自2018年1月1日至2018年12月31日。\n{FREE}",
    ],
)
def test_a_report_without_its_title_is_one(text: str) -> None:
    report = parse(document(text))
    assert (report.is_report, report.year, report.title) == (True, 2018, "")
    assert "title_unknown" in [finding.check for finding in report.findings]
    told = parse(document(text), Hints(title="示例市商务局2018年政府信息公开年报"))
    assert (told.title, told.agency.name) == (
        "示例市商务局2018年政府信息公开年报",
        "示例市商务局",
    )


@pytest.mark.parametrize(
    "text",
    [
        GUIDE,
        "政府信息公开年度工作报告范文\n" + FREE.replace("2018", "XX"),
        f"各单位：请遵照执行。\n{FREE}",
        "现将有关事项通知如下：\n" + GUIDE,
        "示例市商务局2018年政务公开工作总结\n" + FREE,
    ],
)
def test_other_texts_without_a_reports_title_are_none(text: str) -> None:
    assert not parse(document(text)).is_report


def test_a_title_from_outside_is_no_contradiction_of_the_report() -> None:
    text = (
        "本报告的统计期限为2018年1月1日至2018年12月31日。\n"
        f"{FREE}\n示例市教育局\n2019年1月10日"
    )
    report = parse(document(text), Hints(title="示例市商务局2019年政府信息公开年报"))
    assert report.year == 2018
    found = {finding.check: finding.family for finding in report.findings}
    assert {"agency_differs", "year_differs"} <= set(found)
    assert {"agency_disagreement", "year_disagreement"}.isdisjoint(found)


MENU = "要闻 动态 专题 访谈"
COLUMN = "组配分类 政府信息公开年报"


@pytest.mark.parametrize("above", [MENU, COLUMN, "示例海事局 甲海事局 乙海事局"])
def test_what_a_site_prints_above_a_title_is_none_of_the_report(above: str) -> None:
    title = "示例镇2018年政府信息公开工作年度报告"
    report = parse(document(f"{above}\n{title}\n{title}\n{OVERVIEW[4:]}"))
    assert (report.is_report, report.title, report.agency.name) == (
        True,
        title,
        "示例镇",
    )
    assert [one.check for one in report.findings] == []


def test_the_author_of_a_body_without_title() -> None:
    prefaces = {
        "特向社会公布示例海事局2018年政府信息公开工作年度报告。": "示例海事局",
        "如有疑问，请与示例海关总署办公厅政务公开处联系（地址：略）。": "示例海关总署",
        "为落实要求，示例大学学校办公室结合学校实际，编制发布本报告。": "示例大学",
    }
    for preface, name in prefaces.items():
        assert parse(document(f"{preface}\n{FREE}")).agency.name == name

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

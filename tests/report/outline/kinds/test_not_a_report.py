"""Pages that look like reports by their title or place, each with what it is; and
reports with odd titles.
"""

from __future__ import annotations

import pytest

from archive.report.model import Hints
from archive.report.parse import parse
from tests.report.documents import SECTIONS, document

STATUTORY = "\n".join(
    (
        "本报告根据《中华人民共和国政府信息公开条例》编制。",
        *(f"{heading}\n情况如下，工作有序推进。" for heading in SECTIONS),
    )
)
FREE = (
    "根据《中华人民共和国政府信息公开条例》，现公布本单位年度报告。"
    "本报告所列数据的统计期限为2012年。\n"
    "一、概述\n本年度公开工作有序推进，各项制度逐步完善，队伍建设不断加强。\n"
    "二、主动公开情况\n主动公开政府信息120条，未收到政府信息公开申请，"
    "没有复议和诉讼，也没有收取任何费用。\n"
    "三、存在的问题\n公开的内容还不够丰富，今后要加强培训，及时更新栏目，"
    "不断提高公开的质量和水平。"
)
TITLE = "示例市商务局2023年政府信息公开工作年度报告"
FURNITURE = "\n".join((
    "索引号：000000-2024-00001", "发布机构：示例市商务局", "发布日期：2024-01-10 来源：本站", "【打印】【关闭】 分享到",
))  # fmt: skip
NEWS = (
    "近日，有关方面开展了相关工作，取得了良好成效，得到了群众的认可，今后将继续努力。\n"
    * 4
)


@pytest.mark.parametrize(
    ("title", "body", "why"),
    [
        ("示例市2023年政府信息公开工作年度报告解读", NEWS, "解读"),
        ("《示例市2023年政府信息公开工作年度报告》解读", NEWS, "解读"),
        ("解读示例市2023年政府信息公开工作年度报告", NEWS, "解读"),
        ("关于示例市2023年政府信息公开年度报告的说明", NEWS, "说明"),
        ("示例市2023年政府信息公开工作年度报告编制说明", NEWS, "说明"),
        ("一图读懂：示例市2023年政府信息公开工作年度报告", STATUTORY, "图解"),
        ("数说示例市2023年政府信息公开年报", NEWS, "图解"),
        ("关于2023年政府信息公开工作年度报告检查情况的通报", NEWS, "检查"),
        ("示例市2023年政务公开工作考核结果公示", NEWS, "考核"),
        ("关于全市2023年政务公开工作情况的通报", NEWS, "通报"),
        ("示例市2023年政府信息公开工作年度报告汇编", NEWS, "汇总"),
        ("示例市各县区2023年政府信息公开工作年度报告", NEWS, "汇总"),
        ("示例市各部门2023年政府信息公开工作年度报告链接", NEWS, "汇总"),
        ("示例市商务局政府信息公开基本目录", NEWS, "目录"),
        ("示例市商务局依申请公开办事指南", NEWS, "指南"),
        ("示例市2023年政府信息公开工作年度报告发布", NEWS, "消息"),
        ("示例市商务局发布2023年政府信息公开工作年度报告", NEWS, "消息"),
        ("示例市召开2023年政府信息公开工作年度报告编制培训会", NEWS, "消息"),
        ("示例市圆满完成2023年政府信息公开工作年度报告编制工作", NEWS, "消息"),
        ("示例市商务局2023年政务公开工作总结", FREE, "总结"),
        ("示例市2023年政务公开工作要点", NEWS, "总结"),
        ("示例市商务局2023年政府信息公开工作计划", NEWS, "计划"),
        ("示例市商务局2023年第一季度政府信息公开工作报告", FREE, "季度"),
        ("示例市商务局2023年上半年政务公开工作情况报告", FREE, "半年"),
        ("示例市商务局2023年政务公开自查情况报告", FREE, "自查"),
        ("示例市2023年政府工作报告", NEWS, "其他种类"),
        ("示例年鉴2023·政务公开", NEWS, "其他种类"),
        ("示例市2023年国民经济和社会发展统计公报", NEWS, "其他种类"),
        (TITLE, "点击下载附件\n附件：示例市商务局2023年年报.pdf\n扫一扫在手机打开当前页", "附件"),
        (TITLE, FURNITURE, "附件"),
        ("关于对2023年政府信息公开工作年度报告征求意见的函", NEWS, "往来公文"),
        ("示例市商务局关于2023年政府信息公开年报编报有关问题的答复", NEWS, "往来公文"),
        ("示例市商务局关于公布2023年政府信息公开工作年度报告的通知", NEWS, "公告"),
        ("关于报送2023年政府信息公开工作年度报告的函", "各单位：请按时报送，具体要求见附件。\n" * 5, "通知"),
    ],
)  # fmt: skip
def test_what_only_looks_like_a_report_says_what_it_is(
    title: str, body: str, why: str
) -> None:
    in_the_body = parse(document(f"{title}\n{body}"))
    assert not in_the_body.is_report
    assert why in in_the_body.why
    assert why in parse(document(body), Hints(title=title)).why


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("示例市商务局2012年政府信息公开工作情况报告", FREE),
        ("示例市商务局政府信息公开2012年年报", FREE),
        ("示例市商务局2012年信息公开工作年度总结报告", FREE),
        ("示例市商务局关于2012年度政府信息公开工作情况的报告", FREE),
        ("示例市商务局2012年度政务公开工作报告", FREE),
        ("示例大学2022—2023学年信息公开工作年度报告", FREE),
        ("示例市自来水公司2023年度信息公开工作报告", STATUTORY),
        ("关于2023年政府信息公开工作年度报告的公示", STATUTORY),
        ("示例市商务局关于公布2012年政府信息公开工作年度报告的通知", FREE),
        ("示例市年鉴社2023年政府信息公开工作年度报告", STATUTORY),
        ("示例市政务公开目录管理办公室2023年政府信息公开工作年度报告", STATUTORY),
        ("示例市绩效评价中心2023年政府信息公开工作年度报告", STATUTORY),
        ("示例市商务局2023年政府信息公开工作年度报告（已发布）", STATUTORY),
        ("示例市商务局公布2012年政府信息公开工作年度报告", FREE),
        ("示例市教育局2023年政府信息公开工作年度报告", STATUTORY),
    ],
)
def test_reports_with_odd_titles_are_reports(title: str, body: str) -> None:
    report = parse(document(f"{title}\n{body}"))
    assert (report.is_report, report.why) == (True, "")


UNTITLED = (
    "公开工作有序推进，各项制度逐步完善，队伍建设不断加强，栏目及时更新，"
    "群众满意度稳步提高，保障了公众的知情权。\n" * 4
)


@pytest.mark.parametrize(
    ("preface", "is_report"),
    [
        ("根据《中华人民共和国政府信息公开条例》，编制此报告。", True),
        (
            "特向社会公布2015年度我局政府信息公开工作年度报告。"
            "统计期限是2015年1月1日至2015年12月31日。",
            True,
        ),
        (
            "本年度报告根据《中华人民共和国政府信息公开条例》要求，"
            "由市政府办公厅编制。",
            True,
        ),
        ("现编制《示例街道办事处2023年政府信息公开工作年度报告》。", True),
        (
            "根据2022-2023学年情况，现编制示例大学信息公开工作年度报告。"
            "本学年报告的统计时间为9月至8月。",
            True,
        ),
        (
            "会议传达了关于开展2015年度全县政务公开考评工作的通知，"
            "对下一步工作作了部署。",
            False,
        ),
        (
            "本报告所列数据的统计期限是2015年1月1日至2015年12月31日，"
            "请各单位按政府信息公开工作年度报告格式编制本报告。",
            False,
        ),
        (
            "按照《中华人民共和国政府信息公开条例》，制定本办法，规范年度报告编制。",
            False,
        ),
    ],
)
def test_a_body_without_title_says_itself_what_it_is(
    preface: str, *, is_report: bool
) -> None:
    assert parse(document(preface + UNTITLED)).is_report is is_report

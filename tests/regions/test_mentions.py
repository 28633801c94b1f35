"""Bodies of other places in a report: containment decides, dealings with others don't
count.
"""

from __future__ import annotations

import pytest

from archive.regions import other_places
from archive.report.document import Paragraph, Place
from archive.report.model import Agency, Region, Report, Section

DISTRICT = Region("510403", "四川省攀枝花市西区")


def named(
    sentence: str, region: Region | None = DISTRICT, level: str = "县"
) -> list[str]:
    section = Section(1, "总体情况", (Paragraph(sentence, Place(3)),))
    report = Report(
        "示例",
        Agency("示例局", region, level=level),
        2023,
        None,
        "2021",
        True,
        sections=(section,),
    )
    found = other_places(report)
    assert all((one.check, one.at) == ("other_place", Place(3)) for one in found)
    return [str(one.values["place"]) for one in found]


@pytest.mark.parametrize(
    ("sentence", "others"),
    [
        ("通过上高县人民政府门户网站公开信息12条。", ["上高县"]),
        ("烟台市莱州市商务局主动公开信息。", ["烟台市莱州市"]),
        ("莱州市商务局高度重视，莱州市政府信息公开专栏更新及时。", ["莱州市"]),
        ("通过攀枝花市人民政府门户网站公开。", []),
        ("四川省人民政府办公厅要求，攀枝花市西区人民政府网站设专栏。", []),
        ("根据《上高县人民政府办公室关于公开的通知》办理。", []),
        ("赴上高县商务局学习考察。", []),
        ("收到上高县人民法院判决1件。", []),
        ("（上高县商务局）", []),
        ("攀枝花市东区人民政府与本局联合发文。", []),
        ("攀枝花市东区人民政府门户网站公开信息。", ["攀枝花市东区"]),
        ("城区商务局公开信息。", []),
        ("在成都市举办的会上发言。", []),
        ("", []),
    ],
)
def test_other_places(sentence: str, others: list[str]) -> None:
    assert named(sentence) == others


def test_without_a_place_of_its_own_nothing_is_another() -> None:
    text = "通过上高县人民政府门户网站公开信息12条。"
    assert named(text, None) == []
    assert named(text, level="国家") == []
    assert named(text, Region("360923", "江西省宜春市上高县")) == []
    assert named(text, Region("360900", "江西省宜春市"), "市") == []


BY_RIGHT = [
    "北京大学教授应邀授课。",
    "北京市海淀区中国政法大学的教授为我局授课。",
    "上海合作组织峰会筹备工作信息已公开。",
    "重庆谈判纪念馆信息已公开。",
    "南京路步行街管理委员会的投诉信息已转。",
    "南京市长江路街道改造信息公开。",
    "选派干部到浙江省杭州市西湖区政务服务局挂职。",
    "选派干部到杭州市西湖区政府跟班。",
    "邀请成都市青羊区政务服务局专家授课。",
    "邀请杭州市数据资源管理局专家作辅导。",
    "参照杭州市政府做法，完善专栏。",
    "参考上海市浦东新区政府网站栏目设置。",
    "对标成都市武侯区政府门户网站，优化栏目。",
    "参观上高县人民政府政务公开体验区。",
    "观摩莱州市政务服务中心。",
    "与莱州市政府签订协议，公开有关信息。",
    "东西部扶贫，杭州市西湖区政府选派干部来我区。",
    "接待莱州市政府办公室一行。",
    "莱州市政府办公室一行来我区观摩。",
    "莱州市政府代表团来访。",
    "向莱州市政府办公室征求意见。",
    "收到莱州市政府办公室来函1件。",
    "向莱州市公安局发函核实。",
    "致函莱州市市场监督管理局协查。",
    "申请人不服上高县人民政府答复提起复议。",
    "申请人要求公开上高县人民政府征地批复，已告知向其申请。",
    "告知申请人向莱州市自然资源局提出申请。",
    "该信息由莱州市人民政府制作，已告知申请人。",
    "引进山东省莱州市政府投资平台项目信息已公开。",
    "招商引资：与莱州市政府驻川办对接。",
    "购买北京市某科技公司服务。",
    "重庆谈判协议履行情况已公开。",
    "在成都市人民政府门户网站召开发布会。",
    "推广浙江省人民政府办公厅“最多跑一次”做法。",
    "国务院办公厅转发上海市人民政府典型做法。",
    "学深悟透福建省人民政府做法。",
    "原上高县政府网站信息已迁移。",
    "户籍地为莱州市政府所在地的居民。",
    "南京路街道办事处公开信息。",
    "中山市场监督管理局。",
    "北京路街道办事处收到申请1件。",
    "重庆路社区公开信息。",
    "上海路街道办事处政务公开栏。",
    "东坡区委员会。",
    "位于长安区政府旧址的办公点。",
    "西藏自治区人民政府援建信息公开。",
    "对口支援四川省甘孜州政府信息。",
    "成都市龙泉驿区人民政府发布通报表扬我区。",
    "全国政务公开现场会在莱州市政府召开。",
    "转载新疆维吾尔自治区政府信息。",
    "转载成都市人民政府办公厅政策信息20条。",
]


@pytest.mark.parametrize("sentence", BY_RIGHT)
def test_bodies_of_other_places_that_are_named_by_right(sentence: str) -> None:
    """Guests, models, addressees, names of streets, and papers of others."""
    assert named(sentence) == []

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

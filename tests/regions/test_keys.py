"""The public address of an agency: readable, ascii, bounded."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.regions import agency_key, identify
from archive.report.model import Agency


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("攀枝花市商务局", "510400-panzhihuashishangwuju"),
        ("上高县商务局", "360923-shanggaoxianshangwuju"),
        ("鼓楼区商务局", "000000-gulouqushangwuju"),
        ("商务部", "000000-shangwubu"),
        ("二〇二三年度攀枝花市商务局", "510400-panzhihuashishangwuju"),
        ("攀枝花市第12中学", "510400-panzhihuashidi12zhongxue"),
        ("攀枝花市 商务局", "510400-panzhihuashishangwuju"),
    ],
)
def test_key(name: str, key: str) -> None:
    assert agency_key(identify(name, 2023)) == key


@pytest.mark.parametrize(
    ("place", "pinyin"),
    [
        ("山西省长治市", "shanxishengchangzhishi"),
        ("长子县", "zhangzixian"),
        ("洪洞县", "hongtongxian"),
        ("单县", "shanxian"),
        ("浚县", "xunxian"),
        ("涡阳县", "guoyangxian"),
        ("六合区", "luhequ"),
        ("六安市", "luanshi"),
        ("乐陵市", "laolingshi"),
        ("乐清市", "yueqingshi"),
        ("朝阳市", "chaoyangshi"),
        ("漯河市", "luoheshi"),
        ("宁都县", "ningduxian"),
        ("天长市", "tianchangshi"),
        ("吴堡县", "wubuxian"),
        ("蔚县", "yuxian"),
        ("绿春县", "lvchunxian"),
    ],
)
def test_place_names_are_spelled_as_they_are_read_there(
    place: str, pinyin: str
) -> None:
    assert agency_key(Agency(name=place)) == f"000000-{pinyin}"


def test_names_that_sound_alike_can_be_kept_apart() -> None:
    water, tax = identify("上高县水务局", 2023), identify("上高县税务局", 2023)
    assert agency_key(water) == agency_key(tax)
    assert agency_key(water, apart=True) != agency_key(tax, apart=True)
    assert agency_key(tax, apart=True).startswith(agency_key(tax))


def test_long_names_stay_distinct() -> None:
    one, other = Agency(name="示例" * 60 + "甲"), Agency(name="示例" * 60 + "乙")
    assert agency_key(one) != agency_key(other)
    assert agency_key(Agency(name="…")) != agency_key(Agency(name="！"))


@given(st.text(max_size=300))
def test_any_name_has_a_key_fit_for_an_address(name: str) -> None:
    key = agency_key(Agency(name=name))
    assert re.fullmatch(r"[0-9]{6}-[a-z0-9]+(-[0-9a-f]{8})?", key)
    assert len(key) <= 100

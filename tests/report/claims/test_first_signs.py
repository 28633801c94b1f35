"""What is looked at before a pattern never hides what the pattern finds."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.report.claims import reporter, times

_SIGNS = "12390〇零O二三十年月日度起开始至到和、-—，：季期来以自从截止今全上下半市局我本共43件”"
_PIECES = st.sampled_from((
    *_SIGNS,
    *("2023", "2022", "二〇二三", "2〇23", "12月", "01", "31日", "十四五", "近三", "多"),
    *("报告期", "年内", "最近", "过去", "“", "下一步", "新的一年", "第一", "季度", "历次"),
    *("全市", "各部门", "市直", "政府", "部门", "两级", "总局", "所属", "县区", "机关"),
    *("市商务局", "省", "国家", "办公室", "收到", "主动公开", "已", "累计", "其中", "代表"),
))  # fmt: skip
_TEXTS = st.lists(_PIECES, max_size=14).map("".join)
_WHOLE = (
    (times._TIME, re.compile(times._ANY_TIME)),
    (reporter._GROUPS, re.compile(reporter._ANY_GROUP)),
)


@pytest.mark.parametrize(("quick", "whole"), _WHOLE, ids=["times", "groups"])
@given(text=_TEXTS)
def test_a_look_at_the_first_signs_hides_nothing(
    quick: re.Pattern[str], whole: re.Pattern[str], text: str
) -> None:
    found = [match.groupdict() for match in quick.finditer(text)]
    assert found == [match.groupdict() for match in whole.finditer(text)]


@given(_TEXTS)
def test_a_body_that_did_something_is_never_passed_over(text: str) -> None:
    if reporter._NAMED.search(text):
        assert reporter._NAME_THAT_DID.search(text)

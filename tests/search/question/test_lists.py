"""Lists and parted words, in one way of writing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.search.question.lists import in_one_way


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("河 南 省 教 育 厅", "河南省教育厅"),
        ("西 安 市 2021", "西安市 2021"),
        ("武汉市 教育 局", "武汉市 教育局"),
        ("陕西 西安 市 雁塔 区", "陕西 西安市 雁塔区"),
        ("山东/河南 公安厅", "山东、河南 公安厅"),
        ("单位:苏州市财政局", "单位、苏州市财政局"),
        ("2022/2023 武汉", "2022和2023 武汉"),
        ("江苏、浙江两省教育厅", "江苏、浙江以及教育厅"),
    ],
)
def test_a_list_is_written_in_one_way(typed: str, written: str) -> None:
    assert in_one_way(typed).text == written


@pytest.mark.parametrize(
    "typed",
    [
        "四川 成都 武侯区",
        "广东 市 没有收到申请",
        "教育 局面",
        "省 市",
        "武汉三镇",
        "江苏、浙江三省",
        "两省交界",
        "正文:去年",
        "标题:2022",
        "1/2",
        "http://",
    ],
)
def test_what_is_no_list_stays_as_it_is(typed: str) -> None:
    assert in_one_way(typed).text == typed


def test_a_stretch_is_told_where_it_was_typed() -> None:
    spread = in_one_way("看 成 都 市 教育局")
    at = spread.text.index("教育局")
    assert spread.typed(at, at + 3) == (8, 11)
    counted = in_one_way("江苏、浙江两省2022")
    assert counted.typed(3, 5) == (3, 7)
    assert counted.typed(0, 2) == (0, 2)


@given(st.text("江苏浙江两三省市县局厅、和/: 2", max_size=24))
def test_every_sign_keeps_its_place(text: str) -> None:
    written = in_one_way(text)
    assert len(written.places) == len(written.text)
    for sign, at in zip(written.text, written.places, strict=True):
        assert sign == text[at] or sign in "、和以及"

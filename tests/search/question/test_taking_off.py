"""A question without one of the conditions that were typed."""

from __future__ import annotations

import pytest

from archive.search.question import Query
from archive.search.question.taking_off import without


@pytest.mark.parametrize("which", [0, 1])
@pytest.mark.parametrize(
    ("text", "typed", "rest", "quoted"),
    [
        (
            "收到100到500件申请的教育局 拆迁",
            "收到100到500件申请",
            "教育局 拆迁",
            "“收到100到500件申请” 的教育局 拆迁",
        ),
        ("申请>100 <500", "申请>100 <500", "", "“申请>100 <500”"),
        (
            "没有行政复议和行政诉讼的教育局",
            "没有行政复议和行政诉讼",
            "教育局",
            "“没有行政复议和行政诉讼” 的教育局",
        ),
    ],
)
def test_both_ends_of_a_range_are_taken_off_together(
    text: str, typed: str, rest: str, quoted: str, which: int
) -> None:
    ends = Query(text).typed
    assert len(ends) == 2
    assert without(text, ends[which]) == (typed, rest, quoted, "")


@pytest.mark.parametrize("which", [0, 1])
def test_what_brackets_join_is_taken_off_together(which: int) -> None:
    text = "教育 (申请>100 且 复议>1) 或 诉讼>2 的街道"
    joined = Query(text).typed
    assert len(joined) == 2
    assert without(text, joined[which]) == (
        "(申请>100 且 复议>1) 或 诉讼>2",
        "教育 的街道",
        "教育 “(申请>100 且 复议>1) 或 诉讼>2” 的街道",
        "（本年新收申请总数 > 100 件 且 行政复议总数 > 1 件） 或 行政诉讼 · 总计 > 2 件",
    )


def test_others_are_taken_off_alone() -> None:
    text = "申请>100 复议>1 诉讼>2"
    requests, reviews, _ = Query(text).typed
    assert without(text, requests) == (
        "申请>100",
        "复议>1 诉讼>2",
        "“申请>100” 复议>1 诉讼>2",
        "",
    )
    assert without(text, reviews)[1] == "申请>100 诉讼>2"
    adjoining = "申请>100复议>1"
    assert without(adjoining, Query(adjoining).typed[0])[1] == "复议>1"

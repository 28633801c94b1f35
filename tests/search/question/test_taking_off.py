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
    ],
)
def test_both_ends_of_a_range_are_taken_off_together(
    text: str, typed: str, rest: str, quoted: str, which: int
) -> None:
    ends = Query(text).typed
    assert len(ends) == 2
    assert without(text, ends[which]) == (typed, rest, quoted)


def test_others_are_taken_off_alone() -> None:
    text = "申请>100 复议>1 诉讼>2"
    requests, reviews, _ = Query(text).typed
    assert without(text, requests) == (
        "申请>100",
        "复议>1 诉讼>2",
        "“申请>100” 复议>1 诉讼>2",
    )
    assert without(text, reviews)[1] == "申请>100 诉讼>2"
    adjoining = "申请>100复议>1"
    assert without(adjoining, Query(adjoining).typed[0])[1] == "复议>1"

"""Text as it is compared."""

from __future__ import annotations

import pytest

from archive.report.plain import plain, squeeze


@pytest.mark.parametrize(
    ("text", "compared"),
    [
        ("收到 申請\u200b３件（补正）", "收到申请3件（补正）"),
        ("收到申请5²件", "收到申请5²件"),
        ("公开①5条", "公开①5条"),
        ("政府資訊公開工作", "政府信息公开工作"),
        ("資訊內容", "信息内容"),
        ("示例市资讯中心", "示例市资讯中心"),
    ],
)
def test_what_text_is_compared_as(text: str, compared: str) -> None:
    assert plain(text) == compared


def test_places_in_the_text() -> None:
    assert squeeze(" 一 、") == ("一、", [1, 3])
    assert squeeze("政府 資訊") == ("政府信息", [0, 1, 3, 4])

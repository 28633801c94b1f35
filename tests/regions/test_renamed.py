"""What bodies are called when they are shortened, and where that is known."""

from __future__ import annotations

import pytest

from archive.regions import kinds_of_bodies, spelled_out
from archive.search.question.understanding.bodies import kind_at


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("教委", "教育委员会"),
        ("教委", "教育局"),
        ("交委", "交通委员会"),
        ("发改委", "发展和改革委员会"),
        ("发改委", "发展和改革局"),
        ("住建局", "住房和城乡建设局"),
        ("人社局", "人力资源和社会保障局"),
        ("市监局", "市场监督管理局"),
        ("城管局", "城市管理行政执法局"),
        ("卫健委", "卫生健康委员会"),
        ("卫健委", "卫生健康局"),
        ("环保局", "环境保护局"),
        ("环保局", "生态环境局"),
        ("国税局", "国家税务局"),
        ("国税局", "税务局"),
        ("外办", "外事办公室"),
        ("镇政府", "镇人民政府"),
        ("管委会", "管理委员会"),
    ],
)
def test_a_short_name_stands_for_full_ones(short: str, full: str) -> None:
    assert full in spelled_out(short)
    assert f"示例区{full}" in spelled_out(f"示例区{short}")


@pytest.mark.parametrize("name", ["教育局", "教局", "示例局", "交局", "委员", ""])
def test_other_names_stand_for_themselves(name: str) -> None:
    assert spelled_out(name) == []


def test_what_is_written_comes_before_what_else_it_may_be() -> None:
    names = spelled_out("卫健委")
    assert names[0] == "卫生健康委员会"
    assert names.index("卫生健康委员会") < names.index("卫生健康局")


def test_questions_and_lists_know_the_same_kinds() -> None:
    for kind in kinds_of_bodies():
        for suffix in kind.suffixes:
            for typed in kind.typed(suffix):
                named = kind_at(typed, 0)
                assert named, typed
                assert named.end == len(typed)

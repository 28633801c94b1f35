"""Questions that no report answers in full."""

from __future__ import annotations

import pytest

from archive.search import Entry, Query
from archive.search.answer import nearest
from archive.search.answer.nearest import MOST_HELD, SOME_HELD
from tests.search.conftest import Indexed

PROSES = (
    "饲养的动物造成他人损害的，由饲养人承担责任。",
    "出租人应当履行房屋的维修义务。",
    "纳税人可以在网上申报。",
    "本局组织讲座，听讲座的有三十人。",
)
FILLER = "本局公开了年度预算。"


@pytest.fixture
def passages(indexed: Indexed) -> Indexed:
    """Some reports of one sentence, and twenty that say nothing of the matter."""
    texts = (*PROSES, *[FILLER] * 20)
    indexed.add(
        Entry(number, number, "示例", "", 2020 + number % 2, sections=((1, "", text),))
        for number, text in enumerate(texts, 1)
    )
    return indexed


@pytest.mark.parametrize(
    ("question", "best", "note"),
    [
        ("房东一直不修漏水的房屋怎么办", 2, SOME_HELD),
        ("邻居家的动物咬人了谁负责任", 1, SOME_HELD),
        ("怎么交税才不用排队等候", 3, SOME_HELD),
        ("饲养动物的他人责任保险", 1, MOST_HELD),
        ("为什么会有讲座", 4, SOME_HELD),
        ("讲座 动物 维修 彩虹", 4, SOME_HELD),
    ],
)
def test_what_shares_most_comes_first_and_it_is_said_how_much(
    passages: Indexed, question: str, best: int, note: str
) -> None:
    results = passages.index.search(Query(question))
    assert results.nearest
    assert results.hits[0].version_id == best
    assert results.notes == (note,)
    assert results.total < 10, "those that share nothing are left out"
    assert results.hits[0].score > 0


@pytest.mark.parametrize(
    "question",
    [
        "龘靐齉爩鱻麤龗灪",
        "xyzzy qwerty plugh",
        "讲坐",  # a single word, maybe misspelt
        "动物坏境",
        "讲座 彩虹",  # of two words each is offered by itself
        '"讲座 房屋" 动物 维修',
        "讲座 动物 维修 -公开",
        "讲座 动物 维修 彩虹 年份:2020",
        "(讲座 彩虹) OR (动物 维修)",
        "公开彩虹爩鱻麤龗灪龘靐齉纛爨癵驫麣",
    ],
)
def test_what_is_not_widened_finds_nothing(passages: Indexed, question: str) -> None:
    results = passages.index.search(Query(question))
    assert results.total == 0
    assert not results.nearest


def test_the_nearest_within_the_filters_are_shown(passages: Indexed) -> None:
    question = "饲养动物的出租人维修彩虹房屋"
    for year, best in (("2020", 2), ("2021", 1)):
        results = passages.index.search(Query(question, {"year": (year,)}))
        assert results.nearest
        assert results.hits[0].version_id == best
        selected = [value for value in results.facets["year"] if value.selected]
        assert [value.count for value in selected] == [results.total]
    assert passages.index.search(Query(question, {"year": ("1999",)})).total == 0


def test_other_orders_and_lists_show_the_same_reports(passages: Indexed) -> None:
    question = "房东一直不修漏水的房屋怎么办，听讲座有用吗"
    found = passages.index.search(Query(question))
    numbers = [hit.version_id for hit in found.hits]
    by_year = passages.index.search(Query(question, sort="year", fold=True))
    assert sorted(hit.version_id for hit in by_year.hits) == sorted(numbers)
    assert passages.index.listed(Query(question), 10) == (numbers, len(numbers))


def test_frequent_terms_only_order_those_ahead(
    passages: Indexed, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = Query("公开了年度预算的彩虹讲座和动物")
    every = passages.index.search(question)
    monkeypatch.setattr(nearest, "EVERYWHERE", 3)
    bounded = passages.index.search(question)
    assert bounded.hits[0] == every.hits[0]
    assert bounded.total < every.total
    monkeypatch.setattr(nearest, "EVERYWHERE", 0)
    assert passages.index.search(question).total


def test_what_shares_next_to_nothing_is_left_out(passages: Indexed) -> None:
    asked = Query("饲养动物损害责任，彩虹鸵鸟鲨鱼蝙蝠蜻蜓蚂蚁河马的房")
    results = passages.index.search(asked)
    assert results.notes == (SOME_HELD,)
    assert [hit.version_id for hit in results.hits] == [1]


def test_no_more_are_shown_than_can_be_told_apart(
    passages: Indexed, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = Query("讲座讲得房屋维修如何彩虹，动物网上申报")
    assert passages.index.search(question).total > 2
    monkeypatch.setattr(nearest, "AHEAD", 2)
    assert passages.index.search(question).total == 2


def test_a_misspelt_word_still_brings_its_correction(indexed: Indexed) -> None:
    indexed.add([Entry(1, 1, "示例", "商务局", 2021, sections=((1, "", FILLER),))])
    misspelt = indexed.index.search(Query("商物局"))
    assert (misspelt.meant, misspelt.total) == ("商务局", 0)

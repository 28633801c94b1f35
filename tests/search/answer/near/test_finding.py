"""Questions that no report answers in full."""

from __future__ import annotations

import pytest

from archive.search import Entry, Query
from archive.search.answer.near import finding, weighing
from archive.search.answer.near.finding import ALL_HELD, MOST_HELD, SOME_HELD
from archive.search.answer.searching import _NOT_QUOTED
from archive.search.question import only_asking
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
        ("为什么会有讲座", 4, ALL_HELD.format(count=1)),
        ("讲座 动物 维修 彩虹", 4, SOME_HELD),
        ("动物坏境", 1, SOME_HELD),
        ("讲座 彩虹", 4, SOME_HELD),
        ("纳税者", 3, SOME_HELD),
        ("谁说要听这个“讲坐”的课呢", 4, SOME_HELD),
        ("税怎么读", 3, SOME_HELD),
        ("谁“维修”的", 2, SOME_HELD),
    ],
)
def test_what_shares_most_comes_first_and_it_is_said_how_much(
    passages: Indexed, question: str, best: int, note: str
) -> None:
    results = passages.index.search(Query(question))
    assert results.nearest
    assert results.hits[0].version_id == best
    assert results.notes[-1] == note
    assert results.total < 10, "those that share nothing are left out"
    assert results.hits[0].score > 0


@pytest.mark.parametrize(
    "question",
    [
        "龘靐齉爩鱻麤龗灪",
        "xyzzy qwerty plugh",
        "讲坐",  # a single word, maybe misspelt
        "动修",  # its characters stand in one text, apart
        "动员维护",  # two such words
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
    monkeypatch.setattr(weighing, "EVERYWHERE", 3)
    bounded = passages.index.search(question)
    assert bounded.hits[0] == every.hits[0]
    assert bounded.total < every.total
    monkeypatch.setattr(weighing, "EVERYWHERE", 0)
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
    monkeypatch.setattr(finding, "AHEAD", 2)
    assert passages.index.search(question).total == 2


def test_a_misspelt_word_still_brings_its_correction(indexed: Indexed) -> None:
    indexed.add([Entry(1, 1, "示例", "商务局", 2021, sections=((1, "", FILLER),))])
    misspelt = indexed.index.search(Query("商物局"))
    assert (misspelt.meant, misspelt.nearest) == ("商务局", True)


def test_what_only_asks_need_not_be_there(passages: Indexed) -> None:
    for question in ("如何申报", "怎么申报", "申报了吗", "申报什么"):
        results = passages.index.search(Query(question))
        assert results.hits[0].version_id == 3
        assert results.notes == (ALL_HELD.format(count=1),)


def test_an_asking_word_inside_another_is_part_of_it() -> None:
    assert only_asking("酒吧管理") == ()
    assert only_asking("酒吧归谁管吗") == ("谁", "吗")
    assert only_asking("什么") == (), "nothing else is asked for"


def test_beside_few_that_hold_all_words_stand_the_nearest(passages: Indexed) -> None:
    results = passages.index.search(Query("听讲座 三十人"))
    assert [hit.version_id for hit in results.hits] == [4]
    assert (results.total, results.nearest) == (1, False)
    several = passages.index.search(Query("公开 年度"))
    assert (several.total, several.beside) == (20, ())
    both = passages.index.search(Query("房屋 义务"))
    assert [hit.version_id for hit in both.hits] == [2]
    other = passages.index.search(Query("他人 责任"))
    assert [hit.version_id for hit in other.hits] == [1]
    assert not {hit.version_id for hit in other.beside} & {1}
    selected = passages.index.search(Query("他人 责任", {"year": ("2021",)}))
    assert selected.total == 1
    assert sum(value.count for value in selected.facets["year"]) == 1


def test_beside_are_only_those_within_the_filters(passages: Indexed) -> None:
    asked = "出租人 维修"
    every = passages.index.search(Query(asked, {"year": ("2020",)}))
    assert [hit.version_id for hit in every.hits] == [2]
    assert all(hit.version_id % 2 == 0 for hit in every.beside)
    assert not passages.index.search(Query(asked, page=2)).beside


def test_what_stands_close_together_comes_first(indexed: Indexed) -> None:
    far = "养老" + "本局公开了年度预算。" * 20 + "食堂补贴"
    near = "本局公开了年度预算。" * 20 + "养老，食堂，补贴"
    indexed.add(
        Entry(number, number, "示例", "", 2020, sections=((1, "", text),))
        for number, text in enumerate((far, far, near), 1)
    )
    hits = indexed.index.search(Query("谁给养老的食堂发补贴")).hits
    assert hits[0].version_id == 3


def test_a_quote_within_a_sentence_holds_where_anything_has_it(
    passages: Indexed,
) -> None:
    held = passages.index.search(Query("邻居的“动物”咬了人，房屋维修谁负责"))
    assert {hit.version_id for hit in held.hits} == {1}
    assert _NOT_QUOTED not in held.notes
    lacking = passages.index.search(Query("邻居的“蜻蜓”咬了人，房屋维修谁负责"))
    assert _NOT_QUOTED in lacking.notes
    assert lacking.total


def test_words_of_the_same_meaning_are_near_too(indexed: Indexed) -> None:
    texts = ("市场监督管理局答复了投诉。", "本局答复了来信。")
    indexed.add(
        Entry(number, number, "示例", "", 2020, sections=((1, "", text),))
        for number, text in enumerate(texts, 1)
    )
    question = "彩虹蜻蜓 来件 工商局"
    assert indexed.index.search(Query(question, synonyms=True)).total


def test_a_word_of_letters_is_found_inside_another(indexed: Indexed) -> None:
    texts = ("购置iphone13手机三台。", "本局组织讲座。", "采购了台式电脑。")
    indexed.add(
        Entry(number, number, "示例", "", 2020, sections=((1, "", text),))
        for number, text in enumerate(texts, 1)
    )
    hits = indexed.index.search(Query("彩虹色的iphone卖不卖")).hits
    assert hits[0].version_id == 1


def test_a_rare_asking_word_tells_no_more_than_the_least_telling_one(
    indexed: Indexed,
) -> None:
    proses = ("谁来值班，谁来管理。", *["本局答复了申请。"] * 3, *[FILLER] * 20)
    indexed.add(
        Entry(number, number, "示例", "", 2020, sections=((1, "", text),))
        for number, text in enumerate(proses, 1)
    )
    results = indexed.index.search(Query("谁答复申请费用"))
    assert results.nearest
    assert results.hits[0].version_id in {2, 3, 4}


def test_a_word_of_any_text_tells_questions_apart_that_are_else_alike(
    indexed: Indexed,
) -> None:
    proses = ("可以提前归还欠款", "不可以提前归还欠款", *[FILLER] * 20)
    indexed.add(
        Entry(number, number, "示例", "", 2020, sections=((1, "", text),))
        for number, text in enumerate(proses, 1)
    )
    results = indexed.index.search(Query("为什么不可以提早归还欠款"))
    assert results.hits[0].version_id == 2

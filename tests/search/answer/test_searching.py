"""Answers, compared with looking through the texts one by one."""

from __future__ import annotations

import sys
import threading
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.search import FACETS, Entry, Index, Query
from archive.search.answer import candidates, ranking, searching
from archive.search.engine.columns import selection
from archive.search.text import normal
from tests.search.conftest import CHECKS_FOUND, Indexed, found, having, invented

BORROWED = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)


@pytest.mark.parametrize(
    "text",
    [
        "息公开工",
        "政府信息公开工作",
        "12",
        "办理12件",
        "30号",
        "国办公开办函〔2021〕30号",
        "（2021）30號",
        "http://www.example.com",
        "例",
        "公",
        "件。",
        "示例第12局",
        "12局20",
        "三安全一稳定，网址",
        "工作。持续",
        "没有的文字",
        "1",
        "：http",
        "局2019年政府信息公开工作年度报告",
        "況存在",
    ],
)
def test_quoted_text_is_found_wherever_it_stands(hundred: Indexed, text: str) -> None:
    assert found(hundred, Query(f'"{text}"')) == having(hundred, text)


@given(st.data())
@BORROWED
def test_any_piece_of_any_report_is_found(
    hundred: Indexed, data: st.DataObject
) -> None:
    entry = data.draw(st.sampled_from(list(hundred.archive.values())))
    piece = data.draw(st.sampled_from([piece for piece in entry.pieces() if piece]))
    start = data.draw(st.integers(0, len(piece) - 1))
    text = piece[start : start + data.draw(st.integers(1, 14))]
    if normal(text):
        assert found(hundred, Query(f'"{text}"')) == having(hundred, text)
        assert entry.version_id in having(hundred, text)


@given(
    st.text(
        st.sampled_from("政府信息公开工作依申请12局示例。，"), min_size=1, max_size=6
    )
)
@BORROWED
def test_text_of_no_report_is_not_found(hundred: Indexed, text: str) -> None:
    assert found(hundred, Query(f'"{text}"')) == having(hundred, text)


def test_text_does_not_run_from_one_piece_into_the_next(indexed: Indexed) -> None:
    indexed.add(
        [
            Entry(
                1,
                1,
                "示例甲",
                "乙局",
                2021,
                sections=((1, "丙", "丁"), (2, "戊", "己")),
            )
        ]
    )
    assert (
        found(indexed, Query('"甲乙"'))
        == found(indexed, Query('"丙丁"'))
        == found(indexed, Query('"丁戊"'))
        == set()
    )
    assert found(indexed, Query('"示例甲" "己"')) == {1}


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ('"依申请公开" "行政复议"', lambda has: has("依申请公开") and has("行政复议")),
        ('"预付卡" OR "行政复议"', lambda has: has("预付卡") or has("行政复议")),
        ('"政府信息" -"预付卡"', lambda has: has("政府信息") and not has("预付卡")),
        (
            '-"依申请公开" -"预付卡工作"',
            lambda has: not has("依申请公开") and not has("预付卡工作"),
        ),
        ('"预付卡" OR -"行政诉讼"', lambda has: has("预付卡") or not has("行政诉讼")),
        ("预付卡 -行政诉讼", lambda has: has("预付卡") and not has("行政诉讼")),
        ("預付卡", lambda has: has("预付卡")),
        ("", lambda has: True),
    ],
)
def test_and_or_not(
    hundred: Indexed, text: str, holds: Callable[[Callable[[str], bool]], bool]
) -> None:
    expected = {
        number
        for number, entry in hundred.archive.items()
        if holds(
            lambda part, entry=entry: any(
                part in normal(piece) for piece in entry.pieces()
            )
        )  # type: ignore[misc]
    }
    assert found(hundred, Query(text)) == expected


def test_words_are_found_apart_and_a_sentence_as_it_stands(hundred: Indexed) -> None:
    assert found(hundred, Query("营商环境 答复")) == having(
        hundred, "营商环境"
    ) & having(hundred, "及时答复")
    assert found(hundred, Query("息公开工")) >= having(hundred, "息公开工") != set()


def test_a_pair_that_is_no_word_is_found_apart_as_well(indexed: Indexed) -> None:
    texts = ("渔与港分开", "渔港建设", "示例")
    indexed.add(
        replace(invented(number), sections=((1, "", text),))
        for number, text in enumerate(texts, 1)
    )
    assert found(indexed, Query("渔港")) == {2}
    assert found(indexed, Query("港渔")) == {1}


def test_one_character(indexed: Indexed) -> None:
    indexed.add([replace(invented(1), agency="示例税务局"), invented(2)])
    assert found(indexed, Query("税")) == found(indexed, Query('"税"')) == {1}


def test_what_is_no_word_is_looked_for_in_the_text_and_said(indexed: Indexed) -> None:
    indexed.add([replace(invented(1), title="示例编号ABC12345"), invented(2)])
    results = indexed.index.search(Query("c1234"))
    assert [hit.version_id for hit in results.hits] == [1]
    assert "原文片段" in results.notes[0]
    assert indexed.index.search(Query("abc12345")).notes == ()


FILTERS = [
    {},
    {"year": ("2020",)},
    {"year": ("2020", "2021", "1999")},
    {"year": ("2020", "2021"), "region": ("990100",)},
    {"region": ("990000",), "level": ("省", "县"), "findings": (CHECKS_FOUND[0],)},
    {"sector": ("税务",), "form": ("2021",), "year": ("2015",)},
    {
        "published": ("january", "unknown"),
        "agency": ("示例第12局", "示例第13局", "示例第14局"),
    },
    {
        "has": ("review", "litigation"),
        "findings": ("report",),
        "source": ("image", "text/html"),
    },
]


@pytest.mark.parametrize(
    ("text", "filters"), list(product(["", '"预付卡"', "依申请公开"], FILTERS))
)
def test_facets_count_as_if_they_were_open(
    hundred: Indexed, text: str, filters: dict[str, tuple[str, ...]]
) -> None:
    answering = [hundred.archive[number] for number in found(hundred, Query(text))]

    def passes(entry: Entry, but: str) -> bool:
        return all(
            set(facet.values(entry)) & set(filters[facet.key])
            for facet in FACETS
            if facet.key in filters and facet.key != but
        )

    results = hundred.index.search(Query(text, filters))
    for facet in FACETS:
        counted = Counter(
            value
            for entry in answering
            if passes(entry, facet.key)
            for value in facet.values(entry)
            if value
        )
        shown = results.facets[facet.key]
        selected = set(filters.get(facet.key, ()))
        known = {
            value
            for entry in hundred.archive.values()
            for value in facet.values(entry)
            if value and facet.zeros
        }
        assert {value.value: value.count for value in shown} == {
            **dict.fromkeys(selected | known, 0),
            **counted,
        }
        assert {value.value for value in shown if value.selected} == selected
    assert found(hundred, Query(text, filters)) == {
        entry.version_id for entry in answering if passes(entry, "")
    }


FIELDS: list[tuple[str, Callable[[Entry], bool]]] = [
    ("year:2017..2019", lambda entry: 2017 <= entry.year <= 2019),
    ("年份：2017至2018,2022", lambda entry: entry.year in {2017, 2018, 2022}),
    ("年度:..2016 -year:2015", lambda entry: entry.year == 2016),
    ("agency:第12局", lambda entry: entry.agency == "示例第12局"),
    ("机关:第1", lambda entry: "第1" in entry.agency),
    ("region:示例区", lambda entry: "990102" in entry.region_codes),
    ("地区:示例省", lambda entry: "990000" in entry.region_codes),
    ("sector:税务 OR 部门:教育", lambda entry: entry.sector in {"税务", "教育"}),
    ("层级:县级", lambda entry: entry.level == "县"),
    ("form:free", lambda entry: entry.form == "free"),
    (f"finding:{CHECKS_FOUND[0]}", lambda entry: CHECKS_FOUND[0] in entry.findings),
    ("问题:自身矛盾", lambda entry: "report" in facet_values(entry, "findings")),
    ("has:litigation 含:复议", lambda entry: {"litigation", "review"} <= set(entry.has)),
    ("-has:litigation", lambda entry: "litigation" not in entry.has),
    ("原件:pdf", lambda entry: entry.media_type == "application/pdf"),
    ("published:late", lambda entry: facet_values(entry, "published") == ["late"]),
    ("(year:2019 OR year:2020) -(sector:税务 level:县)",
     lambda entry: entry.year in {2019, 2020} and not (entry.sector == "税务" and entry.level == "县")),
    ("章节:问题 “预付卡”", lambda entry: "预付卡" in entry.sections[1][2]),
    ("section:5 -“预付卡”", lambda entry: "预付卡" not in entry.sections[1][2]),
    ("章节:一,五 “预付卡” “行政复议”",
     lambda entry: any("预付卡" in prose and "行政复议" in prose for _, _, prose in entry.sections)),
    ("章节:总体 (“预付卡” OR “行政复议”) 年份:2019",
     lambda entry: entry.year == 2019 and any(one in entry.sections[0][2] for one in ("预付卡", "行政复议"))),
    ("section:没有这样的标题", lambda entry: False),
    ("exam* “预付卡”", lambda entry: all(any(t in p for p in entry.pieces()) for t in ("example", "预付卡"))),
    ("xample*", lambda entry: False),
]  # fmt: skip


def facet_values(entry: Entry, key: str) -> list[str]:
    return list(next(facet for facet in FACETS if facet.key == key).values(entry))


@pytest.mark.parametrize(("text", "holds"), FIELDS, ids=[text for text, _ in FIELDS])
def test_every_field(
    hundred: Indexed, text: str, holds: Callable[[Entry], bool]
) -> None:
    assert found(hundred, Query(text)) == {
        number for number, entry in hundred.archive.items() if holds(entry)
    }


def test_a_property_nobody_has_is_named(hundred: Indexed) -> None:
    results = hundred.index.search(Query("地区:无此地"))
    assert results.total == 0
    assert "无此地" in "".join(results.notes)


def test_unknown_filters_are_named(hundred: Indexed) -> None:
    results = hundred.index.search(Query("", {"colour": ("red",), "year": ("",)}))
    assert results.total == len(hundred.archive)
    assert "colour" in results.notes[0]


def test_title_before_row_before_words(indexed: Indexed) -> None:
    plain = Entry(
        1,
        1,
        "示例报告",
        "示例局",
        2021,
        sections=((1, "情况", "优化环境。营商工作。" + "营商，环境。" * 9),),
    )
    row = replace(plain, version_id=2, sections=((1, "情况", "优化营商环境。"),))
    title = replace(
        plain,
        version_id=3,
        title="示例优化营商环境报告",
        sections=((1, "情况", "无。"),),
    )
    indexed.add([plain, row, title])
    assert [
        hit.version_id for hit in indexed.index.search(Query("营商 环境")).hits
    ] == [3, 2, 1]


@pytest.mark.parametrize("text", ["", "公开", '"预付卡"'])
def test_sorted_by_year_or_date(hundred: Indexed, text: str) -> None:
    years = [
        hundred.archive[h.version_id].year
        for h in hundred.index.search(Query(text, sort="year", size=100)).hits
    ]
    assert years == sorted(years, reverse=True)
    hits = hundred.index.search(Query(text, sort="published", size=100)).hits
    dates = [hundred.archive[hit.version_id].published_on for hit in hits]
    days = [day.toordinal() if day else 0 for day in dates]
    assert days == sorted(days, reverse=True)


def test_odd_pages(hundred: Indexed) -> None:
    assert (
        hundred.index.search(Query("", page=-3, size=0)).hits[0]
        == hundred.index.search(Query("", size=1)).hits[0]
    )
    assert len(hundred.index.search(Query("", size=10**9)).hits) == searching.MAX_SIZE
    assert hundred.index.search(Query("", page=10**9)).hits == ()
    assert len(hundred.index.search(Query("", sort="nonsense")).hits) == 20


@pytest.mark.parametrize("sort", ["relevance", "year"])
@pytest.mark.parametrize("filters", [{}, {"level": ("省", "市")}])
def test_with_many_doubtful_reports_every_page_is_right(
    indexed: Indexed,
    monkeypatch: pytest.MonkeyPatch,
    sort: str,
    filters: dict[str, tuple[str, ...]],
) -> None:
    """All reports have all pairs of these characters, every other one the text itself."""
    prose = ["鎏鑫，鑫淼", "鎏鑫淼", "鎏鑫和鑫淼"]
    indexed.add(
        replace(invented(number), sections=((1, "", prose[number % 3]),))
        for number in range(1, 61)
    )
    for room in (candidates, ranking):
        monkeypatch.setattr(room, "BLOCK", 7)
        monkeypatch.setattr(room, "HEAD", 14)
    monkeypatch.setattr(ranking, "FIRST_BLOCK", 7)
    asked = Query('"鎏鑫淼"', filters, size=5, sort=sort)
    right = found(indexed, asked)
    # What was looked up is known to an index that is open.
    indexed.index.close()
    monkeypatch.setattr(candidates, "CHECKED", 0)
    pages = [indexed.index.search(replace(asked, page=page)) for page in range(1, 13)]
    ids = [hit.version_id for page in pages for hit in page.hits]
    assert not any(page.exact for page in pages)
    assert all(page.total >= len(right) for page in pages)
    assert len(ids) == len(set(ids))
    assert set(ids) == right == {n for n in right if n % 3 == 1}
    assert "只逐份核对" in pages[4].notes[-1]
    listed, total = indexed.index.listed(asked, 1_000)
    assert set(listed) == right
    assert total == len(right)


def test_a_list_of_all_that_is_found(hundred: Indexed) -> None:
    asked = Query("公开", {"year": ("2020", "2021")}, size=100, sort="agency")
    hits = [hit.version_id for hit in hundred.index.search(asked).hits]
    assert hundred.index.listed(asked, 1_000) == (hits, len(hits))
    assert hundred.index.listed(replace(asked, page=3, fold=True), 4) == (
        hits[:4],
        len(hits),
    )


def test_no_more_texts_are_fetched_than_are_said_to_be(
    indexed: Indexed, monkeypatch: pytest.MonkeyPatch
) -> None:
    indexed.add(
        replace(invented(number), sections=((1, "", "鎏鑫，鑫淼"),))
        for number in range(1, 61)
    )
    monkeypatch.setattr(candidates, "CHECKED", 0)
    monkeypatch.setattr(candidates, "HEAD", 14)
    monkeypatch.setattr(ranking, "HEAD", 14)
    fetched: list[int] = []

    def fetch(ids: Sequence[int]) -> Mapping[int, Entry]:
        fetched.extend(ids)
        return indexed.archive.texts(ids)

    results = Index(indexed.folder, fetch).search(Query('"鎏鑫淼"', size=5))
    assert not results.hits
    assert len(fetched) <= 14 + 5


def test_doubtful_reports_are_dropped_on_the_page(
    indexed: Indexed, monkeypatch: pytest.MonkeyPatch
) -> None:
    indexed.add(
        replace(
            invented(n), sections=((1, "情况", "甲乙丙" if n % 3 else "甲乙。乙丙"),)
        )
        for n in range(1, 31)
    )
    monkeypatch.setattr(candidates, "CHECKED", 0)
    results = indexed.index.search(Query('"甲乙丙"'))
    assert {hit.version_id for hit in results.hits} == {
        n for n in range(1, 31) if n % 3
    }
    assert (results.total, results.exact) == (20, False)


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "text",
    ["公开" * 50_000, "公 " * 10_000, "政府信息公开" * 80, "(" * 50_000, "((((公))))[[[{{{", "*",
     "\x00\x01公\x1f开", '"' * 999, "公*开?", "-" * 500, " OR " * 300, "\ud800公\udfff", "a:b:c", "”“",
     "%s %n <script>", "\u202e公开"],
)  # fmt: skip
def test_hostile_questions_are_answered_at_once(hundred: Indexed, text: str) -> None:
    hundred.index.search(Query("公开"))
    results = hundred.index.search(Query(text))
    assert results.total >= 0


def test_threads_get_the_same_answers(hundred: Indexed) -> None:
    questions = [
        "公开",
        '"息公开工"',
        "预付卡 -行政诉讼",
        "",
        '"12"',
        "营商环境 OR 答复",
    ]
    expected = {text: found(hundred, Query(text)) for text in questions}
    wrong: list[str] = []

    def ask(shift: int) -> None:
        for turn in range(12):
            text = questions[(turn + shift) % len(questions)]
            if found(hundred, Query(text)) != expected[text]:
                wrong.append(text)

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        threads = [threading.Thread(target=ask, args=(shift,)) for shift in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        sys.setswitchinterval(interval)
    assert not wrong


def test_real_reports(seeds: Path, indexed: Indexed) -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted(seeds.glob("*.txt"))]
    indexed.add(
        Entry(n, n, f"示例{n}", "示例局", 2021, sections=((1, "总体情况", text),))
        for n, text in enumerate(texts)
    )
    assert len(texts) == 5
    assert len(found(indexed, Query("单用途商业预付卡"))) == 1
    for text in (
        '"政府信息公开工作"',
        "“息公开工”",
        "政府信息公开条例",
        '"政府信息公开条例"',
        "政府信息公开",
        "政府資訊 OR 政府信息",
    ):
        assert len(found(indexed, Query(text))) == 5, text


def test_a_question_in_plain_language_finds_what_holds_most_of_its_words(
    indexed: Indexed,
) -> None:
    proses = (
        "本局收到申请十二件，均已按时答复，收费为零。",
        "本局收到申请，未答复。",
        "本局组织讲座。",
    )
    indexed.add(
        Entry(
            number,
            number,
            "示例报告",
            "示例局",
            2023,
            sections=((1, "总体情况", prose),),
        )
        for number, prose in enumerate(proses, 1)
    )
    results = indexed.index.search(
        Query("收到申请多少件，按时答复讲座了吗", synonyms=False)
    )
    assert [hit.version_id for hit in results.hits] == [1, 2, 3]
    most = "没有报告含有全部词语，排在最前的报告含有其中大部分。"
    assert most in results.notes
    assert any(
        marked
        for hit in results.hits
        for snippet in hit.snippets
        for _, marked in snippet.pieces
    )
    several = indexed.index.search(Query("收到申请 按时答复 讲座"))
    assert several.nearest
    assert several.hits[0].version_id == 1
    for asked in (
        '"收到多少申请"',
        '收到申请 "按时答复" 讲座',
        "收到申请 -答复 鑫龘",
        "龘靐齉",
    ):
        assert not indexed.index.search(Query(asked)).total


def test_of_reports_alike_the_newer_comes_first(indexed: Indexed) -> None:
    prose = ((1, "总体情况", "公开了示例事项。"),)
    years = 2021, 2023, 2022
    indexed.add(
        Entry(year, year, "示例报告", "示例局", year, sections=prose) for year in years
    )
    best = Entry(
        2001,
        2001,
        "示例报告",
        "示例局",
        2001,
        sections=((1, "总体情况", "公开了示例事项，事项，事项。"),),
    )
    indexed.add([best])
    hits = indexed.index.search(Query("公开 事项")).hits
    assert [hit.version_id for hit in hits] == [2001, 2023, 2022, 2021]


@pytest.mark.parametrize(
    "text",
    [
        "公开",
        "公开 OR 示例第12局",
        "预付卡 OR 行政复议",
        '"政府信息公开"',
        "行政复议 行政诉讼",
        "局",
        "工作 -预付卡",
    ],
)
@pytest.mark.parametrize(
    "filters",
    [{}, {"year": ("2020", "2021", "2022")}, {"year": ("2020",), "level": ("county",)}],
)
def test_ranking_many_roughly_first_changes_nothing(
    hundred: Indexed,
    monkeypatch: pytest.MonkeyPatch,
    text: str,
    filters: dict[str, tuple[str, ...]],
) -> None:
    asked = [Query(text, filters, page=page, size=7) for page in (1, 2, 5)]
    roughly = []
    # Never few; roughly by numbers, by masks; always few.
    for few, one_by_one in ((1_000_000, 0), (1_000_000, 1_000_000), (0, 0)):
        monkeypatch.setattr(ranking, "_ONE_IN", few)
        monkeypatch.setattr(selection, "_ONE_IN", one_by_one)
        pages = [hundred.index.search(one) for one in asked]
        roughly.append(
            [
                ([(hit.version_id, hit.score) for hit in page.hits], page.facets)
                for page in pages
            ]
        )
    assert roughly[0] == roughly[1] == roughly[2]
    assert roughly[0][0]


def test_within_sections_words_of_letters_stand_alone(indexed: Indexed) -> None:
    sections = (
        (1, "总体情况", "共 art 件。"),
        (5, "存在的主要问题", "start 有不足，2020年。"),
    )
    indexed.add([replace(invented(1), sections=sections)])
    for inside in ("art", "20"):  # what is found then is said to be a piece of the text
        assert (
            "原文片段" in indexed.index.search(Query(f"章节:问题 {inside}")).notes[-1]
        )
    assert (
        found(indexed, Query("章节:问题 start 不足"))
        == found(indexed, Query("章节:问题 2020"))
        == {1}
    )
    assert not indexed.index.search(Query("章节:一 art")).notes
    assert not found(indexed, Query("章节:问题 start 没有的词"))


def test_a_property_is_one_that_some_report_has(indexed: Indexed) -> None:
    indexed.add(
        [
            replace(invented(1), agency="商务局"),
            replace(invented(2), agency="甲市商务局"),
        ]
    )
    assert found(indexed, Query("机关:商务局")) == {1}
    indexed.index.update([], gone=[1])
    assert found(indexed, Query("机关:商务局")) == {2}
    indexed.index.update([], gone=[2])
    results = indexed.index.search(Query("机关:商务局"))
    assert results.total == 0
    assert "没有" in results.notes[0]
    indexed.index.rebuild([replace(invented(3), agency="乙市商务局")])
    assert found(indexed, Query("机关:商务局")) == {3}


def test_words_left_out_are_said(indexed: Indexed) -> None:
    indexed.add([invented(1)])
    assert (
        "只使用了前 64 个"
        in indexed.index.search(Query(",".join(f"w{n}x" for n in range(70)))).notes[-1]
    )

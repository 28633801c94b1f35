"""Understood questions against an index: own bodies, governments first, nothing of another town."""

from __future__ import annotations

from datetime import date

import pytest

from archive.regions import identify, region_path
from archive.search import ChipKind, Entry, Index, Loosened, Query

ON = date(2024, 6, 15)
AGENCIES = (
    *(
        "示例市人民政府",
        "示例市人民政府办公室",
        "示例市教育局",
        "示例市森林公安局",
        "示例市公安局",
    ),
    *("示例市示例区人民政府", "示例市示例区教育局", "示例海市教育局", "示例省教育厅"),
    *("示例市生态环境局", "示例河市人民政府", "示例海市商务局"),
    *("示例市示例区城关镇人民政府", "示例市示例区城关街道办事处"),
    *("示例市公安局示例分局", "示例市生态环境局示例区分局", "示例市公安局大示例分局"),
    "国家统计局示例市调查队",
)


def entry(number: int, agency: str, year: int) -> Entry:
    known = identify(agency, year)
    code = known.region.code if known.region else ""
    return Entry(
        version_id=number,
        filing_id=number,
        title=f"{agency}{year}年政府信息公开工作年度报告",
        agency=agency,
        year=year,
        region_codes=tuple(one.code for one in region_path(code)),
        sector=known.sector,
        level=known.level,
        values=(("requests.new.total", number),),
        sections=((1, "总体情况", f"收到申请{number}件。行政诉讼若干，校车停运。"),),
    )


ENTRIES = [
    entry(number * 10 + year - 2020, agency, year)
    for number, agency in enumerate(AGENCIES, 1)
    for year in (2021, 2022, 2023)
    if (agency, year) != ("示例市教育局", 2021)
]
NAMES = {one.version_id: (one.agency, one.year) for one in ENTRIES}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    made = Index(
        tmp_path_factory.mktemp("index"),
        lambda ids: {one.version_id: one for one in ENTRIES if one.version_id in ids},
    )
    made.rebuild(ENTRIES)
    return made


def found(index: Index, text: str, **more: object) -> list[tuple[str, int]]:
    query = Query(text, asked_on=ON, size=100, **more)  # type: ignore[arg-type]
    return [NAMES[hit.version_id] for hit in index.search(query).hits]


def test_the_body_of_a_place_is_its_own(index: Index) -> None:
    assert found(index, "示例市教育局") == [
        ("示例市教育局", 2023),
        ("示例市教育局", 2022),
    ]
    assert found(index, "示例市示例区教育局 2022") == [("示例市示例区教育局", 2022)]
    assert {name for name, _ in found(index, "示例市公安局")} == {"示例市公安局"}
    assert {name for name, _ in found(index, "示例省教育局")} == {"示例省教育厅"}


def test_a_body_is_found_under_its_later_name(index: Index) -> None:
    assert {name for name, _ in found(index, "示例市环保局")} == {"示例市生态环境局"}


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("示例市公安局示例分局", "示例市公安局示例分局"),
        ("示例市公安局示例区分局", "示例市公安局示例分局"),
        ("示例市调查队", "国家统计局示例市调查队"),
        ("示例区公安分局", "示例市公安局示例分局"),
        ("示例市环保局示例分局", "示例市生态环境局示例区分局"),
    ],
)
def test_a_branch_is_found_by_what_it_is_called(
    index: Index, typed: str, name: str
) -> None:
    assert found(index, typed) == [(name, year) for year in (2023, 2022, 2021)]


def test_a_government_and_its_office_are_one(index: Index) -> None:
    assert {name for name, _ in found(index, "示例市政府")} == {
        "示例市人民政府",
        "示例市人民政府办公室",
    }


@pytest.mark.parametrize("typed", ["示例省示例市", "示例市", "示例省 示例市"])
def test_of_a_place_its_government_comes_first(index: Index, typed: str) -> None:
    hits = found(index, typed)
    assert [name for name, _ in hits[:2]] != []
    assert all(name.startswith("示例市人民政府") for name, _ in hits[:6])
    assert hits[0][1] == 2023
    own = [name for name, _ in hits[6:]]
    assert own.index("示例市示例区教育局") > own.index("示例市公安局")
    assert not {name for name, _ in hits} & {"示例海市教育局", "示例省教育厅"}


def test_years_and_words_are_asked_for_together(index: Index) -> None:
    hits = found(index, "去年示例海市 校车")
    assert sorted(hits) == [("示例海市商务局", 2023), ("示例海市教育局", 2023)]
    assert found(index, "近三年示例海市教育局 2022")[0][1] == 2023


def test_what_is_ruled_out_is_not_found(index: Index) -> None:
    hits = found(index, "示例省 不要示例市的")
    assert {name for name, _ in hits} == {
        "示例海市教育局",
        "示例海市商务局",
        "示例省教育厅",
    }
    hits = found(index, "示例市 除了教育局以外 2023")
    assert "示例市教育局" not in {name for name, _ in hits}
    assert "示例市公安局" in {name for name, _ in hits}


@pytest.mark.parametrize(
    "text", ["示例市教育局 2021", "示例州教育局", "示例州 校车停运"]
)
def test_never_another_one_instead(index: Index, text: str) -> None:
    assert found(index, text) == []


def test_what_is_taken_literally_is_the_old_search(index: Index) -> None:
    literal = found(index, "示例市教育局", literal=frozenset({"示例市", "教育局"}))
    plain = index.search(Query("示例市教育局", size=100))
    assert literal == [NAMES[hit.version_id] for hit in plain.hits]


@pytest.mark.parametrize(
    ("how", "more"),
    [
        (Loosened(frozenset({ChipKind.YEARS})), {"示例市教育局"}),
        (
            Loosened(frozenset({ChipKind.YEARS}), wider=0),
            {"示例市教育局", "示例市示例区教育局"},
        ),
        (
            Loosened(frozenset({ChipKind.YEARS}), wider=1),
            {"示例市教育局", "示例市示例区教育局", "示例海市教育局", "示例省教育厅"},
        ),
    ],
)
def test_a_question_loosened(index: Index, how: Loosened, more: set[str]) -> None:
    hits = found(index, "示例市教育局 2021", loosened=how)
    assert {name for name, _ in hits} == more


def test_places_of_the_same_name_are_searched_together(index: Index) -> None:
    hits = found(index, "示例市 示例海市 教育局")
    assert {name for name, _ in hits} == {"示例市教育局", "示例海市教育局"}


def test_a_body_apart_from_its_place_is_that_of_all_in_it(index: Index) -> None:
    def names(text: str) -> set[str]:
        return {name for name, _ in found(index, text)}

    assert names("示例市教育局") == {"示例市教育局"}
    assert names("示例市收到申请超过1件的教育局") == {
        "示例市教育局",
        "示例市示例区教育局",
    }
    assert names("收到申请超过1件的教育局") == {
        "示例市教育局",
        "示例市示例区教育局",
        "示例海市教育局",
    }
    assert names("示例市收到申请超过1件的区县") == {
        "示例市示例区人民政府",
        "示例河市人民政府",
    }
    assert names("示例市收到申请超过1件的镇") == {"示例市示例区城关镇人民政府"}
    assert names("示例省收到申请超过1件的街道办") == {"示例市示例区城关街道办事处"}
    assert names("示例市收到申请超过1件的教育部门") == {
        "示例市教育局",
        "示例市示例区教育局",
    }
    assert found(index, "2022年示例市收到申请超过1件的镇")[0][1] == 2022
    assert not found(index, "示例市收到申请超过1000件的镇")


@pytest.mark.parametrize(
    "rest",
    ["行政诉讼 元宇宙", "行政诉讼有多少起", "校车停运和行政诉讼次数", "行政诉讼多吗？"],
)
def test_of_what_is_named_the_nearest_is_found_too(index: Index, rest: str) -> None:
    assert found(index, f"示例海市商务局2023年{rest}") == [("示例海市商务局", 2023)]
    hits = found(index, f"示例市 2022 {rest}")
    assert {year for _, year in hits} == {2022}
    assert not any(name.startswith(("示例海市", "示例省")) for name, _ in hits)


def test_it_is_said_of_the_nearest_that_they_lack_words(index: Index) -> None:
    asked = Query("示例市教育局 行政诉讼 元宇宙", asked_on=ON)
    results = index.search(asked)
    assert results.nearest
    assert any("没有报告含有全部词语" in note for note in results.notes)


def test_what_shares_only_characters_is_not_near(index: Index) -> None:
    assert found(index, "示例市教育局 若水政") == []
    assert found(index, "示例市教育局 元宇宙") == []


def test_what_is_ruled_out_is_not_near_either(index: Index) -> None:
    hits = found(index, "示例省 不要示例市的 行政诉讼 元宇宙")
    assert hits
    assert not any(name.startswith("示例市") for name, _ in hits)


def test_ruling_out_a_part_of_a_place_asks_for_all_of_it(index: Index) -> None:
    every = {name for name, _ in found(index, "示例市教育局 不要示例区的")}
    assert every == {"示例市教育局"}
    others = {name for name, _ in found(index, "示例省教育局 不要示例市的")}
    assert others == {"示例海市教育局", "示例省教育厅"}
    assert {name for name, _ in found(index, "示例省教育局 不要成都的")} == {
        "示例省教育厅"
    }

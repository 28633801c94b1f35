"""Names pasted from a spreadsheet: what is a name, and which body it means."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.store.questions.comparing.directory import Directory, Entry
from archive.store.questions.comparing.matching import How, Match, matched
from archive.store.questions.comparing.pasted import (
    MOST_LINES,
    MOST_TEXT,
    TooMuch,
    names_in,
)

BODIES = (
    ("990000", "示例省人民政府"),
    ("990000", "示例省发展和改革委员会"),
    ("990100", "示例市人民政府"),
    ("990100", "示例市人民政府办公室"),
    ("990100", "示例市商务局"),
    ("990100", "示例市生态环境局"),
    ("990100", "示例市住房和城乡建设局"),
    ("990100", "示例市卫生和计划生育委员会"),
    ("990100", "国家税务总局示例市税务局"),
    ("990121", "示例县人民政府"),
    ("990121", "示例县商务局"),
    ("990121", "示例县市场监督管理局"),
    ("990121", "示例县城市管理局"),
    ("990121", "示例县综合行政执法局"),
    ("990121", "示例县城关镇人民政府"),
    # Real places, for rules about them; only their names.
    ("510400", "攀枝花市商务局"),
    ("320106", "南京市鼓楼区人民政府"),
    ("350102", "福州市鼓楼区人民政府"),
    ("510100", "成都海关"),
    ("130502", "邢台市襄都区财政局"),
)
KEYS = {name: f"{code}-{at}" for at, (code, name) in enumerate(BODIES)}
KNOWN = Directory(Entry(KEYS[name], name, code, "") for code, name in BODIES)
SURE = (
    # As it is called.
    ("示例市商务局", "示例市商务局"),
    ("  示例市商务局  ", "示例市商务局"),
    ("示例市 商务局", "示例市商务局"),
    ("1.示例市商务局", "示例市商务局"),
    ("2、示例市商务局", "示例市商务局"),
    ("（三）示例市商务局", "示例市商务局"),
    ("(4) 示例市商务局", "示例市商务局"),
    ("五、示例市商务局", "示例市商务局"),
    ("⑥示例市商务局", "示例市商务局"),
    ("7 示例市商务局", "示例市商务局"),
    ("• 示例市商务局", "示例市商务局"),
    ("“示例市商务局”", "示例市商务局"),
    ("示例市商务局。", "示例市商务局"),
    ("示例市商务局,15,62.5%", "示例市商务局"),
    ("8\t示例市商务局\t2022\t15", "示例市商务局"),
    ("9\t2024-01-20\t示例市商务局\thttps://x.example/1", "示例市商务局"),
    ("示例市商务局\t已公开", "示例市商务局"),
    ("\ufeff示例市商务局", "示例市商务局"),
    # With the places above it, in one cell or before it.
    ("示例省示例市商务局", "示例市商务局"),
    ("示例市\t商务局", "示例市商务局"),
    ("10\t示例省\t示例市\t商务局", "示例市商务局"),
    ("示例市\t示例市商务局", "示例市商务局"),
    ("示例市\t市商务局", "示例市商务局"),
    ("示例县；商务局", "示例县商务局"),
    ("南京市鼓楼区人民政府", "南京市鼓楼区人民政府"),
    ("福州市\t鼓楼区人民政府", "福州市鼓楼区人民政府"),
    ("江苏省南京市鼓楼区人民政府", "南京市鼓楼区人民政府"),
    # With a year, or as the title of its report.
    ("示例市商务局 2022年度", "示例市商务局"),
    ("示例市商务局2023年政府信息公开工作年度报告", "示例市商务局"),
    ("示例市商务局（2021年）", "示例市商务局"),
    # In other words for the same.
    ("示例省发展改革委员会", "示例省发展和改革委员会"),
    ("示例省发展和改革委", "示例省发展和改革委员会"),
    ("攀枝花商务局", "攀枝花市商务局"),
    ("四川省攀枝花市商务局", "攀枝花市商务局"),
    ("示例市税务局", "国家税务总局示例市税务局"),
    ("成都海关", "成都海关"),
    # A division under the name that it had before.
    ("邢台市桥东区财政局", "邢台市襄都区财政局"),
)
LIKELY = (
    ("示例省发改委", "示例省发展和改革委员会"),
    ("示例省\t发改委", "示例省发展和改革委员会"),
    ("示例市住建局", "示例市住房和城乡建设局"),
    ("示例市政府", "示例市人民政府"),
    ("示例市政府办", "示例市人民政府办公室"),
    ("示例市", "示例市人民政府"),
    ("示例省\t示例市", "示例市人民政府"),
    ("示例县市场监管局", "示例县市场监督管理局"),
    ("示例县城关镇", "示例县城关镇人民政府"),
    # Earlier names of what has another now, and the other way.
    ("示例市环境保护局", "示例市生态环境局"),
    ("示例市环保局", "示例市生态环境局"),
    ("示例县工商行政管理局", "示例县市场监督管理局"),
    ("示例市卫生健康委员会", "示例市卫生和计划生育委员会"),
    # In traditional characters, or in wide signs.
    ("示例縣商務局", "示例县商务局"),
    ("示例縣市場監督管理局", "示例县市场监督管理局"),
    # The only one of its kind.
    ("生态环境局", "示例市生态环境局"),
)
SEVERAL = (
    ("商务局", 3),
    ("鼓楼区人民政府", 2),
    ("鼓楼区政府", 2),
    ("示例县城管局", 2),
)
NOBODY = (
    ("示例市商务局局", "示例市商务局"),
    ("示例县水利局", ""),
    ("徐州市\t鼓楼区人民政府", ""),
    ("没有这样的机关", ""),
)


def only(text: str) -> Match:
    found = matched(names_in(text), KNOWN)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(("text", "name"), SURE)
def test_the_very_name_is_taken(text: str, name: str) -> None:
    match = only(text)
    assert (match.how, [one.name for one in match.entries]) == (How.EXACT, [name])


@pytest.mark.parametrize(("text", "name"), LIKELY)
def test_a_likely_name_is_said_to_be_a_guess(text: str, name: str) -> None:
    match = only(text)
    assert (match.how, [one.name for one in match.entries]) == (How.ONE, [name])
    assert match.why


@pytest.mark.parametrize(("text", "count"), SEVERAL)
def test_several_are_offered(text: str, count: int) -> None:
    match = only(text)
    assert (match.how, len(match.entries)) == (How.SEVERAL, count)


@pytest.mark.parametrize(("text", "nearest"), NOBODY)
def test_what_nobody_is_called_is_named_with_the_nearest(
    text: str, nearest: str
) -> None:
    match = only(text)
    assert match.how is How.NONE
    assert match.text.replace(" ", "") == text.replace("\t", "")
    names = [one.name for one in match.entries]
    assert (names[:1] == [nearest]) if nearest else nearest not in names


def test_a_line_can_hold_several_names() -> None:
    found = matched(names_in("示例市商务局、示例县商务局"), KNOWN)
    assert [match.how for match in found] == [How.EXACT, How.EXACT]


def test_names_with_blanks_or_strokes_between_are_several() -> None:
    text = "示例市商务局  示例县商务局 / 没有这样的局"
    found = matched(names_in(text), KNOWN)
    assert [match.how for match in found] == [How.EXACT, How.EXACT, How.NONE]
    assert found[2].text == "没有这样的局"


def test_a_year_alone_is_no_name() -> None:
    assert names_in("2023年度\n2022年政府信息公开工作年度报告") == []


def test_headings_numbers_and_blank_lines_are_no_names() -> None:
    lines = names_in("序号\t机关名称\t数量\n\n1\t示例市商务局\t5\n合计\t\t5\n")
    assert [line.cells for line in lines] == [("示例市商务局",)]


def test_all_lines_are_read_each_name_once() -> None:
    names = [f"示例市第{at}局" for at in range(MOST_LINES)]
    found = names_in("\n".join([*names, "", " ", *names, "示例市第7局\t"]))
    assert [line.cells for line in found] == [(name,) for name in names]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("\n".join(f"{at}局" for at in range(20_000)), "超过 5,000 行"),
        ("\n".join(f"甲{at}\t乙\t丙\t丁\t戊" for at in range(4_500)), "20,000 格"),
        ("局," * 75_000, "20,000 格"),
        ("示" * (MOST_TEXT + 1), "有 160,001 个字，一次最多 160,000 个字"),
    ],
)
def test_more_than_is_matched_is_refused_and_not_cut(text: str, words: str) -> None:
    with pytest.raises(TooMuch, match=words):
        names_in(text)


def test_a_line_is_read_to_its_end() -> None:
    numbers = "\t".join("1" * 50 for _ in range(40))
    found = matched(names_in(f"{numbers}\t示例市商务局"), KNOWN)
    assert [match.entries[0].name for match in found] == ["示例市商务局"]


def test_what_is_too_long_for_a_name_is_told() -> None:
    long, line = "示例市商务局" * 20_000, "示例市商务局\t" + "很长的说明" * 30
    found = matched(names_in(f"{long}\n{line}"), KNOWN)
    assert [match.how for match in found] == [How.NONE, How.EXACT]
    assert found[0].why == "太长，不是机关名称"
    assert len(found[0].text) < 130
    assert not found[0].entries


@pytest.mark.parametrize(
    "text",
    [
        "示例市\u200b商务局",
        "\u202a示例市商务局\u202c",
        "示例市\x00商务\x1b局",
        "\ufeff１．示例市商务局",
        "示例市\u3000商务局",
        "示例市\xa0商务局\x07",
        '"示例市商务局"',
        '1\t"示例市商务局"\t"1,234"',
        "示例市商务局\x0b",
        "示例市商务局\u2028",
        "｜示例市商务局｜",
        "“示例市商务局”，",
        "示例市商务局\r",
    ],
)
def test_marks_that_nobody_sees_are_no_part_of_a_name(text: str) -> None:
    assert only(text).how is How.EXACT


def test_the_nearest_of_many_is_found_by_what_they_share() -> None:
    many = Directory(
        Entry(f"990100-{at}", f"示例市{at}号局", "990100", "") for at in range(3_000)
    )
    (found,) = matched(names_in("没有的1234号分局"), many)
    assert found.entries[0].name == "示例市1234号局"


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    for match in matched(names_in(text), KNOWN):
        assert len(match.entries) == 1 or match.how not in (How.EXACT, How.ONE)

"""When a report was published, by the rule of precedence, and who says so."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.catalogue import PublishedFrom
from archive.report.document import Cell, Paragraph, Place, Table
from archive.report.identity import publication, publication_dates
from archive.report.model import Hints, Section

DAY = date(2024, 1, 18)
YEAR = 2023
BODY = ["本报告根据条例编制。", *["无。"] * 12]
STATED, PAGE, LIST, SIGNED = PublishedFrom


def told(
    lines: list[str],
    hints: Hints = Hints(),
    meta: dict[str, str] | None = None,
    title: list[str] | None = None,
) -> tuple[date | None, str, list[str]]:
    """The day, who says so, and the checks of the findings."""
    blocks = tuple(Paragraph(line, Place(n)) for n, line in enumerate(lines, 1))
    dates = publication_dates([Section(0, "", blocks)], hints, meta or {}, title or [])
    found, findings = publication(dates, YEAR)
    checks = [finding.check for finding in findings]
    return (found.day, found.source.value, checks) if found else (None, "", checks)


@pytest.mark.parametrize(
    "line",
    [
        "发布日期：2024-01-18",
        "发布时间:2024-01-18 16:32 【 字体:大】",
        "【发布日期】2024-01-18",
        "[发布时间] 2024-01-18",
        "[ 发布时间： 2024-01-18 ]",
        "发表时间：2024-01-18 14:56:22",
        "公开时间：2024年1月18日",
        "发布于 2024-01-18",
        "发 布　日 期：2024-01-18",
        "发布日期：２０２４年１月１８日",
        "发布日期：2024年1月18日 14:56",
        "发布日期：2024/1/18",
        "发布日期：2024.01.18",
        "发布日期：20240118",
        "发布日期：二〇二四年一月十八日",
        "发布日期：2024-01-18T06:56:00Z",
        "发布日期：2024-01-17T22:56:00Z",
        "发布日期：2024-01-18T14:56:00.000+08:00",
        "成文日期：2024-01-10 发布日期：2024-01-18",
        "发布日期：2024-01-18 成文日期：2024-01-10",
        "生成日期 2024-01-10 公开日期 2024-01-18",
        "更新时间：2024-01-20 发布时间：2024-01-18",
        "索引号：000-1 发文日期：2024-01-10 发布日期：2024-01-18 文号：无",
        "来源：示例局 发布时间：2024-01-18 点击数：5",
        "发布日期：2024-02-30 发布时间：2024-01-18",
    ],
)
def test_a_label_of_publication_states_the_day(line: str) -> None:
    assert told([line, *BODY]) == (DAY, "stated", [])


@pytest.mark.parametrize(
    "line",
    [
        "日期：2024-01-18 14:56:00 字号：",
        "日　期：２０２４－０１－１８",
        "时间：2024-01-18 来源：示例局 浏览：33",
        "来源：示例局时间：2024-01-18",
        "录入时间：2024-01-18",
        "截止日期：2024-03-01 日期：2024-01-18",
        "2024-01-18",
        "[2024-01-18]",
        "2024年1月18日 14:56",
        "2024-01-18 星期四",
        "来源：示例市示例局 2024-01-18",
        "2024-01-18 14:56 阅读 33",
    ],
)
def test_other_labels_of_the_page(line: str) -> None:
    assert told([line, *BODY]) == (DAY, "page", [])


@pytest.mark.parametrize("line", ["更新日期：2024-01-18", "更新时间：2024-01-18 10:11"])
def test_an_update_is_doubted(line: str) -> None:
    assert told([line, *BODY]) == (DAY, "page", ["publication_unsure"])


@pytest.mark.parametrize(
    "lines",
    [
        ["发布日期：", "2024-01-18"],
        ["发文日期 发布日期", "2024-01-10 2024-01-18"],
        ["索引号", "000", "发布日期", "2024-01-18"],
    ],
)
def test_values_below_their_labels(lines: list[str]) -> None:
    assert told([*lines, *BODY]) == (DAY, "stated", [])


@pytest.mark.parametrize(
    "lines",
    [
        [*BODY, "示例市商务局", "2024年1月18日"],
        [*BODY, "示例市商务局 二〇二四年一月十八日"],
        [*BODY, "示例市商务局", "2024年1月18日", "2024年2月30日"],
        ["（2024年1月18日）", *BODY],
        ["成文日期：2024-01-18", *BODY],
        ["印发日期：2024-01-18", *BODY],
    ],
)
def test_the_day_of_the_signature_comes_last(lines: list[str]) -> None:
    assert told(lines) == (DAY, "signed", [])
    listed = told(lines, Hints(published=date(2024, 1, 20)))
    assert listed == (date(2024, 1, 20), "list", [])


@pytest.mark.parametrize(
    "line",
    [
        "本局网站自2024年1月18日改版以来，访问量8万人次。",
        "2024年1月18日召开会议。",
        "本报告编制完成。发布日期：2024-01-18",
        "办结时间：2024-01-18",
        "信息发布时间为2024年1月18日",
        "发布日期：昨天",
        "发布日期：2024-02-30",
    ],
)
def test_what_dates_nothing(line: str) -> None:
    assert told([line, *BODY]) == (None, "", [])
    assert told([*["无。"] * 10, line.replace("发布日期", "日期"), *BODY]) == (
        None,
        "",
        [],
    )


def test_the_rule_of_precedence() -> None:
    """Stated, meta tag, list, other labels, signature; each gives way to those above."""
    days = [DAY + timedelta(number) for number in range(5)]
    meta = {"published": f"{days[0]}", "pubdate": f"{days[1]}", "dated": f"{days[3]}"}
    signed = [*BODY, "示例市商务局", f"{days[4]}"]
    found = []
    for key in ("published", "pubdate", "list", "dated", "signed"):
        hints = (
            Hints(published=days[2])
            if key in {"published", "pubdate", "list"}
            else Hints()
        )
        found.append(told(signed, hints, dict(meta))[:2])
        meta.pop(key, None)
    sources = [STATED, PAGE, LIST, PAGE, SIGNED]
    assert found == [
        (day, source.value) for day, source in zip(days, sources, strict=True)
    ]


def test_a_block_of_labels_as_a_table() -> None:
    def table(*rows: list[str]) -> Table:
        cells = [
            Cell(text, Place(1, row, column))
            for row, texts in enumerate(rows, 1)
            for column, text in enumerate(texts, 1)
        ]
        return Table(tuple(cells), Place(1))

    beside = table(
        ["索引号", "1", "发文日期", "2024-01-10"], ["发布日期：", "2024-01-18"]
    )
    below = table(["索引号", "发文日期", "发布日期"], ["1", "2024-01-10", "2024-01-18"])
    inside = table(["索引号：1", "发布日期：2024-01-18"])
    for block in (beside, below, inside):
        dates = publication_dates([Section(0, "", (block,))], Hints(), {})
        assert (dates[0].day, dates[0].source) == (DAY, STATED)


@pytest.mark.parametrize(
    "behind", [" 2024-01-18", " 发布时间：2024-01-18 10:00", "（2024-01-18）"]
)
def test_the_day_that_has_run_together_with_the_title(behind: str) -> None:
    title = [f"示例市商务局2023年政府信息公开工作年度报告{behind}"]
    assert told(BODY, title=title)[0] == DAY


@pytest.mark.parametrize("day", ["2023-12-31", "2014-01-18", "2034-01-18"])
def test_a_day_that_cannot_be_is_passed_over_and_doubted(day: str) -> None:
    line = f"发布日期：{day}"
    assert told([line, *BODY]) == (None, "", ["publication_unsure"])
    other = told([f"{line} 日期：2024-01-18", *BODY])
    assert other == (DAY, "page", ["publication_unsure"])


@given(
    st.dates(date(2024, 1, 1), date(2033, 12, 31)),
    st.sampled_from(["%Y-%m-%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d"]),
)
def test_every_day_is_read_as_printed(day: date, form: str) -> None:
    assert told([f"发布日期：{day.strftime(form)}", *BODY])[:2] == (day, "stated")

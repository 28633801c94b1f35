"""Reports whose tables are told by signs or lines only: all sections and figures."""

from __future__ import annotations

import random
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.catalogue import FindingFamily, Status
from archive.reading import read
from archive.report import Report, Section, check, parse
from tests.reading.loose import (
    LAYOUTS,
    NUMBERINGS,
    TITLE,
    WORDS,
    Layout,
    LooseReport,
    rows_parted_by,
    wrapped,
)

BASE = LooseReport()
KINDS = {
    "form 2019": replace(BASE, form="2019"),
    "zeros": replace(BASE, sparse=True),
    "long paragraphs": replace(BASE, parts="long"),
    "no preamble": replace(BASE, preamble=False),
    "captions": replace(BASE, captions=True),
    "contents": replace(BASE, contents=True),
    "page numbers": replace(BASE, pages=True),
    "stop behind headings": replace(BASE, glue="。"),
    "text behind headings": replace(BASE, glue=" "),
    "signature": replace(BASE, signature=True),
    "nothing to say": replace(BASE, problems="无。"),
    **{name: replace(BASE, numbering=name) for name in NUMBERINGS},
}


def signs(text: str) -> str:
    return "".join(text.split())


def faults(report: LooseReport, layout: Layout) -> list[str]:
    """What is read otherwise than it is printed."""
    read_one = parse(read(layout(report)))
    return [*figure_faults(read_one, report), *section_faults(read_one, report)]


def test_a_sheet_saved_as_text_keeps_its_title() -> None:
    for layout in ("tabs to the edge", "commas to the edge"):
        assert parse(read(LAYOUTS[layout](BASE))).title == TITLE


@pytest.mark.parametrize(
    "note",
    [
        "（指本机关（含法律法规授权的组织）制定并公布的）",
        "（单位：件）",
        "（含变更、延续、撤销等其他事项，不含转发上级机关的文件）",
    ],
)
@pytest.mark.parametrize("form", ["2021", "2019"])
def test_notes_behind_labels(note: str, form: str) -> None:
    report = LooseReport(form=form)
    for layout in ("tabs", "single spaces", "cell a line"):
        text = LAYOUTS[layout](report).decode()
        for label in ("\n规章", "\n行政许可", "\n行政处罚", "\n行政强制"):
            text = text.replace(label, label + note)
        found = parse(read(text.encode()))
        assert figure_faults(found, report) == []


@pytest.mark.parametrize("layout", ["tabs", "pipes between", "commas"])
def test_headings_of_table_4_above_its_only_row(layout: str) -> None:
    # a line of one cell has no sign between cells
    text = LAYOUTS[layout](BASE).decode()
    begin = text.index("行政复议", text.index("四、政府") + 20)
    end = text.index("\n", text.rindex("总计"))
    heads = text[begin:end]
    for sign in "\t|,":
        heads = heads.replace(sign, "\n")
    found = parse(read((text[:begin] + heads + text[end:]).encode()))
    assert figure_faults(found, BASE) == []


def test_a_short_row_of_table_4_is_missing() -> None:
    text = LAYOUTS["tabs"](BASE).decode()
    row = "\t".join(BASE.tables()[4][-1])
    found = parse(read(text.replace(row, row.rsplit("\t", 2)[0]).encode()))
    wrong = [
        key
        for key, figure in found.figures.items()
        if figure.value not in (None, BASE.truth[key])
    ]
    assert wrong == []
    assert "row_damaged" in {finding.check for finding in found.findings}


def figure_faults(found: Report, report: LooseReport) -> list[str]:
    wrong = [
        key
        for key, value in report.truth.items()
        if found.figures[key].value != value
        or found.figures[key].status is not Status.EXACT
    ]
    accused = [
        finding.check
        for finding in (*found.findings, *check(found))
        if finding.family is not FindingFamily.READING
        and not (finding.check == "problems_thin" and len(report.problems) < 40)
    ]
    return wrong + accused


def section_faults(found: Report, report: LooseReport) -> list[str]:
    numbers = [section.number for section in found.sections]
    if numbers != list(range(7)):
        return [f"sections {numbers}"]
    wrong = []
    for section in found.sections:
        heading = WORDS[section.number - 1] if section.number else ""
        if heading not in section.heading:
            wrong.append(f"heading {section.heading}")
        wrong += lost_from(section, report)
    return wrong


def lost_from(section: Section, report: LooseReport) -> list[str]:
    """Paragraphs and beginnings of rows that are printed in a section, and not in it."""
    rows = report.tables().get(section.number, [])
    printed = [*report.prose(section.number), *(row[0][:6] for row in rows)]
    text = signs(section.text)
    return [words for words in printed if signs(words) not in text]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("kind", KINDS)
def test_sections_and_figures(layout: str, kind: str) -> None:
    assert faults(KINDS[kind], LAYOUTS[layout]) == []


WRAPPED = st.builds(
    wrapped,
    width=st.integers(6, 20),
    figures=st.sampled_from(["below", "last", "first", "middle"]),
    blank=st.sampled_from(["", " "]),
    cells=st.booleans(),
)
REPORTS = st.builds(
    LooseReport,
    form=st.sampled_from(["2021", "2019"]),
    seed=st.integers(0, 10**6),
    sparse=st.booleans(),
)


@settings(max_examples=30, deadline=None)
@given(WRAPPED, REPORTS)
def test_labels_broken_over_lines(layout: Layout, report: LooseReport) -> None:
    assert faults(report, layout) == []


@pytest.mark.parametrize("sign", ["\t", "|", ","])
@pytest.mark.parametrize("figures", ["below", "last", "first", "middle"])
def test_labels_broken_beside_signs(sign: str, figures: str) -> None:
    for width in (6, 14):
        assert faults(BASE, wrapped(width, figures, sign=sign)) == []


def test_double_spaces_below_headings_in_single_ones() -> None:
    assert faults(BASE, rows_parted_by("  ", heads=" ")) == []


def test_half_a_label_that_ends_two_rows_names_neither() -> None:
    # 其政府信息公开申请 ends both, and the first lost all of its label
    text = LAYOUTS["tabs"](BASE).decode()
    first = "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"
    second = "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"
    text = text.replace(first, "其他事项").replace(second, "其政府信息公开申请")
    found = parse(read(text.encode()))
    wrong = [
        key
        for key, figure in found.figures.items()
        if figure.status is Status.EXACT and figure.value != BASE.truth[key]
    ]
    assert wrong == []


def test_circles_are_zeros_in_their_columns() -> None:
    report = replace(BASE, sparse=True)
    for layout in ("double spaces", "wide spaces", "tabs", "cell a line"):
        lines = LAYOUTS[layout](report).decode().split("\n")
        circled = [re.sub(r"(?<![\d.])0(?![\d.])", "○", line) for line in lines[5:]]
        found = parse(read("\n".join([*lines[:5], *circled]).encode()))
        values = {key: found.figures[key].value for key in report.truth}
        assert values == report.truth


@pytest.mark.parametrize("seed", range(30))
def test_a_lost_line_makes_no_wrong_figure(seed: int) -> None:
    chance = random.Random(seed)
    report = LooseReport(form=chance.choice(["2021", "2019"]), seed=seed)
    figures = chance.choice(["below", "last", "first", "middle"])
    layout = wrapped(chance.randint(6, 20), figures, cells=chance.random() < 0.5)
    lines = layout(report).decode().split("\n")
    del lines[chance.randrange(len(lines))]
    found = parse(read("\n".join(lines).encode()))
    wrong = [
        key
        for key, figure in found.figures.items()
        if figure.value not in (None, report.truth.get(key))
        and figure.status is not Status.CONFLICT
    ]
    assert wrong == []


def test_the_end_of_a_label_names_no_row() -> None:
    # the second line lost its beginning: 息公开申请数量 ends the labels of two rows
    text = wrapped(9, "last")(BASE).decode()
    found = parse(read(text.replace("二、上年结转政府信\n", "").encode()))
    total = found.figures["requests.new.total"]
    assert total.value == BASE.truth["requests.new.total"]

"""Each family is exactly its list, and every finding has its sentence."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from archive.catalogue import (
    CASE,
    CHECK_OF,
    CHECKS,
    CLAIMS,
    CONTRADICTIONS,
    DOUBTS,
    NOTABLE,
    TOLD,
    Check,
    FindingFamily,
    Unworded,
    Value,
    sentence,
    strictly_worded,
)
from archive.catalogue.checks import GIVEN, PRINTED, fields_of
from archive.report import Finding, check, parse
from tests.reading import golden

ROOT = Path(__file__).resolve().parents[2]

CANNOT_BE_TRUE_AT_ONCE = {
    "sums",
    *(f"text_{claim.key}" for claim in CLAIMS.values() if claim.same_as),
    "fee_within_fees",
    "fee_disagrees",
    "breakdown",
    "carry_over",
    "public_too_few",
    "previous_items",
    "year_disagreement",
    "agency_disagreement",
}
WORTH_A_LOOK = {
    "in_force",
    "in_force_too_few",
    "jump",
    "zero_after_large",
    "regulations_unlikely",
    "period_partial",
    "other_year",
    "other_level",
    "other_place",
    "section_missing",
    "section_numbers",
    "problems_thin",
    "problems_repeated",
    "fee_unstated",
}


def test_only_what_cannot_be_true_at_once_is_a_contradiction() -> None:
    assert {one.key for one in CONTRADICTIONS} == CANNOT_BE_TRUE_AT_ONCE
    assert {one.key for one in NOTABLE} == WORTH_A_LOOK
    families = {
        FindingFamily.REPORT: CONTRADICTIONS,
        FindingFamily.NOTABLE: NOTABLE,
        FindingFamily.READING: DOUBTS,
    }
    for family, checks in families.items():
        assert {one.family for one in checks} == {family}
    assert (*CONTRADICTIONS, *NOTABLE, *DOUBTS) == CHECKS
    assert {one.key for one in DOUBTS} <= {
        one.key for one in CHECKS if one.while_reading
    }


# ---- wordings --------------------------------------------------------------------

_CELL = "requests.granted.total"
_SAMPLES: dict[str, Value] = {
    "": 12,
    "cell": _CELL,
    "cells": (_CELL, "review.total", "disclosure.fees.amount", "requests.new.total"),
    "row": _CELL,
    "rows": (_CELL, "requests.granted.other"),
    "column": "requests.new.enterprise",
    "table": (_CELL,),
    "figure": "requests.new.total",
    "section": 5,
    "ordinals": (2, 3),
    "names": ("示例市", "示例县"),
    "quoted": ("a.docx", "b.xlsx"),
    "count": (_CELL, "review.total"),
    "span": (6, 8),
    "times": Decimal("5.125"),
    "percent": Decimal("0.125"),
    "form": "2021",
    "level": "县",
}
"""A value for each way of printing."""
_ALL = [(one, case) for one in CHECKS for case in one.wordings]


def _sample(check: Check, case: str) -> tuple[dict[str, Value], tuple[str, ...]]:
    values = {name: _SAMPLES[way] for name, way in fields_of(check, case)}
    keys = values.pop("keys", ())
    assert isinstance(keys, tuple)
    if case:
        values[CASE] = case
    return values, tuple(str(key) for key in keys)


@pytest.mark.parametrize(
    ("one", "case"), _ALL, ids=lambda part: getattr(part, "key", part)
)
def test_every_case_has_a_sentence(one: Check, case: str) -> None:
    values, keys = _sample(one, case)
    told = strictly_worded(one.key, values, keys)
    assert told == sentence(one.key, values, keys)
    assert not set("{}[]()'\"") & set(told), told
    assert "None" not in told
    assert told.endswith("。")


@pytest.mark.parametrize(
    ("one", "case"), _ALL, ids=lambda part: getattr(part, "key", part)
)
def test_a_value_that_is_missing_is_an_error(one: Check, case: str) -> None:
    values, keys = _sample(one, case)
    for name in values:
        rest = {other: value for other, value in values.items() if other != name}
        with pytest.raises(Unworded, match=one.key):
            strictly_worded(one.key, rest, keys)
        assert sentence(one.key, rest, keys) == one.explanation


def test_what_is_not_known_is_an_error() -> None:
    with pytest.raises(Unworded, match="no check nothing"):
        strictly_worded("nothing", {})
    with pytest.raises(Unworded, match="no case 'other'"):
        strictly_worded("jump", {CASE: "other"})
    with pytest.raises(Unworded, match="cell printed as 'figure'"):
        strictly_worded("zero_after_large", {"cell": "requests.none.total"})
    assert sentence("nothing", {}) == "nothing"


def test_a_sentence_of_before_is_told_as_it_was() -> None:
    assert strictly_worded("sums", {"told": "合计不等。"}) == "合计不等。"
    assert sentence("a_check_that_is_no_more", {"told": "合计不等。"}) == "合计不等。"
    assert Finding("a_check_that_is_no_more").family is FindingFamily.READING


def test_every_way_of_printing_is_used() -> None:
    used = {way for one, case in _ALL for _, way in fields_of(one, case)}
    assert used == set(PRINTED) == set(GIVEN) == set(_SAMPLES)


def test_a_case_is_named_only_where_there_are_several() -> None:
    for one in CHECKS:
        assert ("" in one.wordings) == (len(one.wordings) == 1), one.key
        told_apart = set(one.told_apart_by) - {CASE, TOLD}
        assert all(
            told_apart <= set(dict(fields_of(one, case))) or len(one.wordings) > 1
            for case in one.wordings
        )
        assert told_apart <= {
            name for case in one.wordings for name, _ in fields_of(one, case)
        }


_ACCUSING = (
    "错",
    "有误",
    "误",
    "虚",
    "假",
    "瞒",
    "漏",
    "违",
    "不实",
    "竟",
    "却",
    "照搬",
    "抄",
)


@pytest.mark.parametrize("one", [*CONTRADICTIONS, *NOTABLE], ids=lambda one: one.key)
def test_nobody_is_accused(one: Check) -> None:
    for text in (one.title, one.explanation, *one.wordings.values()):
        assert not [word for word in _ACCUSING if word in text], text


@pytest.mark.parametrize("one", NOTABLE, ids=lambda one: one.key)
def test_what_is_worth_a_look_says_what_else_it_can_mean(one: Check) -> None:
    for text in (one.explanation, *one.wordings.values()):
        assert any(word in text for word in ("可能", "一般", "不影响", "会")), text


@pytest.mark.parametrize(
    ("value", "way", "printed"),
    [
        (Decimal("1E+3"), "", "1000"),
        (Decimal("3.50"), "", "3.50"),
        ("requests.refused_state_secret.total", "cell", "表三“不予公开：属于国家秘密”的“总计”"),
        ("disclosure.fees.amount", "cell", "表二“行政事业性收费”的“本年收费金额”"),
        (("review.total", "review.other"), "rows", "表四“行政复议”一行"),
        (("review.total", "review.other"), "cells", "表四“行政复议”的“总计”、表四“行政复议”的“其他结果”"),
        (_SAMPLES["cells"], "cells", "表三“予以公开”的“总计”、表四“行政复议”的“总计”、"
         "表二“行政事业性收费”的“本年收费金额”等 4 格"),
        (("requests.granted.total", "requests.new.total"), "rows",
         "表三“予以公开”、“本年新收政府信息公开申请数量”共 2 行"),
        (("requests.granted.total", "requests.new.total", "review.total"), "table", "表三（依申请公开）"),
        (("a.docx", "b.xlsx"), "quoted", "“a.docx”、“b.xlsx”"),
        (tuple("abcdefghi"), "quoted", "“a”、“b”、“c”、“d”、“e”、“f”、“g”、“h”等"),
        ((7,), "span", "7"),
        ((7, 6), "span", "6 至 7"),
        (Decimal("6"), "times", "6.0 倍"),
        (Decimal("0.125"), "percent", "12.5%"),
        (4, "section", "第四部分“政府信息公开行政复议、行政诉讼情况”"),
        ((2, 12), "ordinals", "二、12"),
        ("fee", "figure", "信息处理费"),
    ],
)  # fmt: skip
def test_how_a_value_is_printed(value: Value, way: str, printed: str) -> None:
    assert PRINTED[way](value) == printed


# ---- findings of documents ---------------------------------------------------------

_GOLDEN = sorted(
    path.name
    for path in golden.FOLDER.iterdir()
    if path.suffix not in {".py", ".json", ""}
    # Scans too coarse to be recognised.
    and path.name not in {"pdf_scan.pdf", "pdf_protected.pdf"}
)


@pytest.mark.parametrize("name", _GOLDEN)
def test_every_finding_of_a_golden_document_has_its_sentence(name: str) -> None:
    report = parse(golden.document(name))
    for finding in (*report.findings, *check(report)):
        strictly_worded(finding.check, finding.values, finding.keys)
        values = {one for one in finding.values if one != CASE}
        case = str(finding.values.get(CASE, ""))
        assert values <= set(dict(fields_of(CHECK_OF[finding.check], case))), finding


def test_no_sentence_of_a_finding_is_written_elsewhere() -> None:
    told = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in (ROOT / "archive").rglob("*.py")
        for node in _calls(path)
        if any(isinstance(part, ast.JoinedStr) for part in ast.walk(node))
    ]
    assert not told


def test_every_note_on_a_file_is_one_that_a_reader_gives() -> None:
    named: set[object] = set()
    noted: set[object] = set()
    for path in (ROOT / "archive" / "reading").rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        texts = [node for node in ast.walk(tree) if isinstance(node, ast.Constant)]
        named |= {node.value for node in texts}
        notes = [call for call in _calls(path) if ast.unparse(call.func) == "Note"]
        noted |= {call.args[0].value for call in notes if call.args[0] in texts}
    cases = set(CHECK_OF["document_note"].wordings)
    assert noted <= cases
    assert cases <= named


def _calls(path: Path) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {
            "Finding",
            "Said",
            "Note",
        }:
            yield node

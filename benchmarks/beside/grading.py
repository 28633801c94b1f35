"""Which figures of a report stand in their row and column in what a reader gives.

Kept simple, and generous to those who give rows of cells: a figure is right when behind
the label of its row stand as many numbers as the row has columns, the figure in its
place among them. Headings are not asked for, nor the tables around the rows. Where a
label occurs more than once (其他), the row that fits best counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from archive.catalogue import (
    APPLICANTS,
    FORMS,
    KINDS,
    OUTCOMES,
    disclosure_key,
    proceeding_key,
    request_key,
)

Rows = list[list[str]]

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_LABEL_CELLS = 6
"""Over how many cells or lines a label may be spread."""


class Grade(NamedTuple):
    """Of the figures of a report: right, and wrong without a word of doubt."""

    right: int
    wrong: int


class Run(NamedTuple):
    """Numbers that follow each other, and the text before them."""

    before: str
    numbers: list[str]


def grade(rows: Rows, form: str, truth: dict[str, str]) -> Grade:
    """Grades rows of cells, whichever tables they are of."""
    runs = list(_runs(rows))
    right = wrong = 0
    for label, keys in expected(form):
        best = max(
            (_matched(run, label, keys, truth) for run in runs), default=Grade(0, 0)
        )
        right += best.right
        wrong += best.wrong
    return Grade(right, wrong)


def grade_ours(report: dict[str, Any], truth: dict[str, str]) -> Grade:
    """Grades our answer; what a finding names is not wrong without a word."""
    right = wrong = 0
    for key, expected_value in truth.items():
        figure = report["figures"].get(key) or {}
        value = figure.get("value")
        if value is None:
            continue
        if _same(str(value), expected_value):
            right += 1
        elif figure["status"] != "conflict":
            wrong += 1
    return Grade(right, wrong)


def expected(form: str) -> Iterator[tuple[str, list[str]]]:
    """The rows of a form: the Chinese signs of the label, and the keys of the figures."""
    for block in FORMS[form].disclosures:
        for row in block.rows:
            yield _signs(row.title), [disclosure_key(row, one) for one in block.columns]
    for row in FORMS[form].requests:
        yield _signs(row.title), [request_key(row, one) for one in APPLICANTS]
    proceedings = [proceeding_key(kind, one) for kind in KINDS for one in OUTCOMES]
    yield _signs(OUTCOMES[-1].title), proceedings


def _matched(run: Run, label: str, keys: list[str], truth: dict[str, str]) -> Grade:
    """How a row fits; nothing of it counts when no figure of it is right."""
    is_row = run.before.endswith(label) and len(run.numbers) == len(keys)
    if not is_row:
        return Grade(0, 0)
    pairs = zip(run.numbers, keys, strict=True)
    right = sum(_same(number, truth[key]) for number, key in pairs)
    return Grade(right, len(keys) - right) if right else Grade(0, 0)


def _runs(rows: Rows) -> Iterator[Run]:
    before: list[str] = []
    numbers: list[str] = []
    for cell in (cell for row in rows for cell in row):
        sign = "".join(cell.split())
        if _NUMBER.fullmatch(sign):
            numbers.append(sign)
            continue
        if not _signs(sign):
            continue
        if numbers:
            yield Run("".join(before[-_LABEL_CELLS:]), numbers)
            before, numbers = [], []
        before.append(_signs(sign))
    yield Run("".join(before[-_LABEL_CELLS:]), numbers)


def _signs(text: str) -> str:
    return "".join(_CHINESE.findall(text))


def _same(printed: str, value: str) -> bool:
    return Decimal(printed) == Decimal(value)

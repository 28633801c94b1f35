"""What is left out to be quick changes nothing: each short way beside the long one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from hypothesis import example, given, settings
from hypothesis import strategies as st

from archive.catalogue import FORMS, Status
from archive.report.document import Place, Table
from archive.report.model import Figure, Number
from archive.report.relations import relations
from archive.report.tables.lines import Line
from archive.report.tables.settling.arithmetic import holds
from archive.report.tables.settling.steps import (
    _leaves_nothing_open,
    _step_by_step,
    settle,
)
from archive.report.tables.sheet import Sheet
from archive.report.tables.table_3_rows import Candidate, _best_aligned, _in_order

FORM = "2021"
RULES = relations(FORM)
KEYS = sorted({key for rule in RULES for key in rule.keys})
LABELS = FORMS[FORM].requests
NOWHERE = Table((), Place(1))


def whole_sheet(counts: Sequence[int]) -> Sheet:
    """A sheet of which all sums hold, whatever is counted in the cells they add up."""
    values: dict[str, int] = {}
    for at, key in enumerate(KEYS):
        values[key] = counts[at % len(counts)]
    # What came in follows from what was handled, and totals from their rows.
    for case in ("applicants", "results", "balance", "applicants", "outcomes"):
        for rule in RULES:
            if rule.case != case:
                continue
            left, right = rule.left, rule.right
            if case == "balance":
                came_in = sum(values[key] for key in right)
                values[left[0]] = came_in - sum(values[key] for key in left[1:])
            else:
                values[right[0]] = sum(values[key] for key in left)
    sheet = Sheet(FORM)
    for key, value in values.items():
        sheet.figures[key] = Figure(key, value, str(value), Status.EXACT)
    return sheet


cells = st.one_of(
    st.none(), st.integers(0, 30), st.decimals(0, 9, places=1, allow_nan=False)
)


@settings(max_examples=150)
@given(
    counts=st.lists(st.integers(0, 3), min_size=1, max_size=9),
    changed=st.dictionaries(st.sampled_from(KEYS), cells, max_size=3),
    printed=st.dictionaries(st.sampled_from(KEYS), st.sampled_from(["1\n2", "3"])),
    scanned=st.booleans(),
)
@example(counts=[0], changed={}, printed={}, scanned=True)
@example(counts=[0], changed={}, printed={KEYS[0]: "1\n2"}, scanned=False)
@example(counts=[0], changed={KEYS[0]: Decimal("0.0")}, printed={}, scanned=False)
def test_a_sheet_that_leaves_nothing_open_is_settled_as_step_by_step(
    counts: list[int],
    changed: dict[str, Number | None],
    printed: dict[str, str],
    scanned: bool,
) -> None:
    sheet = whole_sheet(counts)
    sheet.scanned = scanned
    for key, value in changed.items():
        sheet.figures[key] = sheet.figures[key]._replace(value=value)
    for key, text in printed.items():
        sheet.figures[key] = sheet.figures[key]._replace(printed=text)
    assert settle(sheet) == _step_by_step(sheet, RULES)


@given(st.lists(st.integers(0, 9), min_size=1, max_size=9))
def test_a_report_whose_sums_hold_leaves_nothing_open(counts: list[int]) -> None:
    assert _leaves_nothing_open(whole_sheet(counts), RULES)


scores = st.dictionaries(
    st.sampled_from([label.key for label in LABELS]),
    st.sampled_from([0.72, 0.8, 0.92, 1.0]),
    min_size=1,
    max_size=2,
)


@settings(max_examples=300)
@given(st.lists(scores, max_size=12), st.booleans())
def test_rows_named_in_order_are_aligned_as_all_rows_are(
    found: list[dict[str, float]], in_order: bool
) -> None:
    line = Line(NOWHERE, (), (), (), ())
    if in_order:
        places = {label.key: place for place, label in enumerate(LABELS)}
        found = sorted(
            ({min(one, key=places.__getitem__): 1.0} for one in found),
            key=lambda one: places[min(one)],
        )
    rows = [Candidate(replace(line), at, one) for at, one in enumerate(found)]
    quickly = _in_order(rows, LABELS)
    assert not quickly or quickly == _best_aligned(rows, LABELS)


@given(st.lists(st.one_of(cells, st.just(Decimal("NaN"))), min_size=2, max_size=5))
def test_a_sum_with_what_is_no_count_is_told_number_by_number(
    numbers: list[Number | None],
) -> None:
    keys = "abcde"[: len(numbers)]
    rule = replace(RULES[0], left=tuple(keys[:-1]), right=(keys[-1],))
    values = dict(zip(keys, numbers, strict=True))
    known = [
        one is not None and one.is_finite()
        if isinstance(one, Decimal)
        else one is not None
        for one in numbers
    ]
    held = holds(rule, values)
    if all(known):
        *parts, total = (one or 0 for one in numbers)
        assert held is (sum(parts) == total)
    else:
        assert held is not True

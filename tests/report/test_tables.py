"""Tables read by their labels: every figure right, or said to be doubtful."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.report.document import Document, Paragraph, Place
from archive.report.forms import FORMS, keys
from archive.report.model import Family, Status
from archive.report.tables import TableReading, read_tables
from tests.report.layouts import Printed, consistent, dump, grid

BOTH = pytest.mark.parametrize("form", ["2021", "2019"])


def printed(truth: dict[str, int]) -> Printed:
    unit = {"disclosure.procurement.amount": "万元"}
    return Printed({key: f"{value}{unit.get(key, '')}" for key, value in truth.items()})


def values(reading: TableReading) -> dict[str, object]:
    return {key: figure.value for key, figure in reading.figures.items()}


def silent_errors(reading: TableReading, truth: dict[str, int]) -> list[str]:
    """Keys whose value is wrong without being called a conflict."""
    return [
        key
        for key, figure in reading.figures.items()
        if figure.value is not None and figure.value != truth[key] and figure.status is not Status.CONFLICT
    ]


@BOTH
@pytest.mark.parametrize("layout", [grid, dump])
def test_a_clean_table_is_read_exactly(form: str, layout: object) -> None:
    truth = consistent(form, 7)
    reading = read_tables(layout(form, printed(truth)))  # type: ignore[operator]
    assert reading.form == form
    assert values(reading) == truth
    assert {figure.status for figure in reading.figures.values()} == {Status.EXACT}
    assert not reading.findings
    assert all(figure.at for figure in reading.figures.values())


@BOTH
def test_a_column_of_remarks_does_not_shift_the_figures(form: str) -> None:
    truth = consistent(form, 3)
    assert values(read_tables(grid(form, printed(truth), extra_column=True))) == truth


@BOTH
def test_a_table_broken_over_a_page_with_its_heading_repeated(form: str) -> None:
    truth = consistent(form, 5)
    assert values(read_tables(dump(form, printed(truth), broken_after=11))) == truth


@BOTH
def test_a_lost_cell_is_inferred_and_said(form: str) -> None:
    truth = consistent(form, 11)
    sheet = printed(truth)
    sheet.lost.add("requests.granted.enterprise")
    reading = read_tables(dump(form, sheet))
    assert not silent_errors(reading, truth)
    statuses = {reading.figures[key].status for key in truth if key.startswith("requests.granted.")}
    assert statuses <= {Status.INFERRED, Status.MISSING}
    assert "row_damaged" in {finding.check for finding in reading.findings}


def test_a_blank_is_never_silently_nothing() -> None:
    truth = consistent("2021", 13)
    sheet = printed(truth)
    for key in ("requests.granted.natural_person", "disclosure.licensing.decisions"):
        sheet.cells[key] = ""
    reading = read_tables(grid("2021", sheet))
    inferred = reading.figures["requests.granted.natural_person"]
    assert (inferred.value, inferred.status) == (truth["requests.granted.natural_person"], Status.INFERRED)
    missing = reading.figures["disclosure.licensing.decisions"]
    assert (missing.value, missing.status) == (None, Status.MISSING)
    told = {key for finding in reading.findings for key in finding.keys}
    assert {"requests.granted.natural_person", "disclosure.licensing.decisions"} <= told


@pytest.mark.parametrize("sign", ["/", "—", "无", "-", "未统计"])
def test_signs_for_nothing_are_kept_and_are_no_numbers(sign: str) -> None:
    truth = consistent("2021", 17)
    sheet = printed(truth)
    sheet.cells["disclosure.coercion.decisions"] = sign
    figure = read_tables(grid("2021", sheet)).figures["disclosure.coercion.decisions"]
    assert (figure.value, figure.printed, figure.status) == (None, sign, Status.MISSING)


def test_a_wrong_sum_stays_as_printed_and_is_a_conflict() -> None:
    truth = consistent("2021", 19)
    sheet = printed(truth)
    sheet.cells["requests.granted.total"] = str(truth["requests.granted.total"] + 1)
    reading = read_tables(grid("2021", sheet))
    figure = reading.figures["requests.granted.total"]
    assert (figure.value, figure.status) == (truth["requests.granted.total"] + 1, Status.CONFLICT)
    assert not [finding for finding in reading.findings if finding.family is Family.REPORT]


def test_letters_for_digits_are_said() -> None:
    truth = consistent("2021", 23)
    truth["disclosure.coercion.decisions"] = 10
    sheet = printed(truth)
    sheet.cells["disclosure.coercion.decisions"] = "lO"
    reading = read_tables(grid("2021", sheet))
    figure = reading.figures["disclosure.coercion.decisions"]
    assert (figure.value, figure.status) == (10, Status.INFERRED)
    assert "letter_for_digit" in {finding.check for finding in reading.findings}


@pytest.mark.parametrize(
    ("cell", "value"), [("3.5", "3.5"), ("35000元", "3.5"), ("3.5万元", "3.5"), ("1,200", "1200"), ("１２", "12")]
)
def test_amounts_are_in_the_unit_their_key_promises(cell: str, value: str) -> None:
    sheet = printed(consistent("2021", 29))
    sheet.cells["disclosure.fees.amount"] = cell
    assert str(read_tables(grid("2021", sheet)).figures["disclosure.fees.amount"].value) == value


def test_no_tables_at_all_is_the_free_form() -> None:
    reading = read_tables(Document((Paragraph("示例市商务局没有表格的报告", Place(1)),), "text/plain"))
    assert (reading.form, reading.figures, reading.blocks) == ("free", {}, frozenset())


def test_an_absent_table_is_one_finding() -> None:
    document = grid("2021", printed(consistent("2021", 31)))
    reading = read_tables(Document(document.blocks[:2], "text/html"))
    assert set(reading.figures) == set(keys(FORMS["2021"]))
    assert [finding.check for finding in reading.findings] == ["table_not_found"]


DAMAGES = ("lost", "doubled", "blank", "dash", "digit", "glue")


@settings(max_examples=60, deadline=None)
@given(
    form=st.sampled_from(["2021", "2019"]),
    seed=st.integers(0, 10**6),
    layout=st.sampled_from(["grid", "dump"]),
    damages=st.lists(st.sampled_from(DAMAGES), max_size=3),
    cut=st.one_of(st.none(), st.integers(1, 22)),
)
def test_no_silent_error(form: str, seed: int, layout: str, damages: list[str], cut: int | None) -> None:
    wrong, _ = damaged_reading(form, seed, layout, damages, cut)
    assert not wrong


def damaged_reading(
    form: str, seed: int, layout: str, damages: list[str], cut: int | None
) -> tuple[list[str], TableReading]:
    """A random report, damaged and read again: its silent errors, and the reading."""
    truth = consistent(form, seed)
    sheet = printed(truth)
    chance = random.Random(seed + 1)
    candidates = [key for key in truth if not key.startswith("disclosure.")]
    for damage in damages:
        key = chance.choice(candidates)
        if damage in {"lost", "doubled"} and layout == "dump":
            (sheet.lost if damage == "lost" else sheet.doubled).add(key)
        elif damage in {"blank", "dash"}:
            sheet.cells[key] = "" if damage == "blank" else "—"
        elif damage == "digit":
            truth[key] += chance.randint(1, 9)
            sheet.cells[key] = str(truth[key])
        elif damage == "glue" and layout == "dump":
            sheet.cells[key] = f"{sheet.cells[key]} {sheet.cells[key]}"
    document = grid(form, sheet) if layout == "grid" else dump(form, sheet, cut)
    reading = read_tables(document)
    return silent_errors(reading, truth), reading

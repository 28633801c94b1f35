"""Digits over several lines of a cell, rows merged into one, rows without a label."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.catalogue import Status
from archive.catalogue.forms import APPLICANTS
from archive.report.document import Document, Place, Table
from archive.report.tables.settling import numbers_of_lines
from archive.report.tables.statutory import TableReading, read_tables
from tests.report.layouts import consistent, dump, grid, loose, printed, silent_errors

ROW = "requests.refused_internal"
NEXT = "requests.refused_process"
COLUMNS = [column.key for column in APPLICANTS]


def checks(reading: TableReading) -> list[str]:
    return [finding.check for finding in reading.findings]


def with_cells(cells: dict[str, str], seed: int = 11) -> TableReading:
    sheet = printed(consistent("2021", seed))
    sheet.cells |= cells
    return read_tables(grid("2021", sheet))


@pytest.mark.parametrize(
    ("cell", "lines"),
    [
        ("25\n238", [25, 238]),
        ("0\n—", [0, 0]),
        ("三\n五", [3, 5]),
        ("25", []),
        ("1,11\n5", []),
        ("8462.\n05", []),
        ("17\n件", []),
        ("\n25\n", []),
    ],
)
def test_which_lines_could_stand_by_themselves(cell: str, lines: list[int]) -> None:
    assert numbers_of_lines(cell) == lines


@pytest.mark.parametrize("cell", ["22\n552", "0\n14", "5\n0"])
def test_no_sum_speaks_for_digits_over_two_lines_of_table_2(cell: str) -> None:
    key = "disclosure.licensing.decisions"
    reading = with_cells({key: cell})
    figure = reading.figures[key]
    assert (figure.value, figure.status, figure.printed) == (None, Status.MISSING, cell)
    (finding,) = reading.findings
    assert (finding.check, finding.keys) == ("numbers_stacked", (key,))
    assert "行政许可" in finding.message


def test_wrapped_digits_are_one_number_where_the_sums_say_so() -> None:
    truth = consistent("2021", 11)
    key = max((key for key in truth if key.startswith(ROW)), key=truth.__getitem__)
    text = str(truth[key])
    reading = with_cells({key: f"{text[:1]}\n{text[1:]}"})
    assert reading.figures[key].value == truth[key]
    assert reading.figures[key].status is Status.EXACT
    assert not reading.findings


def test_two_readings_that_add_up_leave_it_open() -> None:
    """12|3 and 45|6 make 57|9, and so do the lines above and below by themselves."""
    truth = dict.fromkeys(consistent("2021", 11), 0)
    cells = {key: str(value) for key, value in truth.items()}
    cells |= {
        "review.upheld": "12\n3",
        "review.other": "45\n6",
        "review.total": "57\n9",
    }
    reading = with_cells(cells)
    keys = ("review.upheld", "review.other", "review.total")
    assert {reading.figures[key].value for key in keys} == {None}
    assert set(keys) <= set(reading.findings[0].keys)


def merged(seed: int, label: str) -> tuple[TableReading, dict[str, int]]:
    """A report with two rows of table 3 in one, and the label that is told."""
    truth = consistent("2021", seed)
    sheet = printed(truth)
    for column in COLUMNS:
        below = sheet.cells[f"{NEXT}.{column}"]
        sheet.cells[f"{ROW}.{column}"] += f"\n{below}"
    sheet.labels["refused_internal"] = label
    document = grid("2021", sheet)
    table = document.blocks[1]
    assert isinstance(table, Table)
    gone = next(cell.row for cell in table.cells if cell.text == "6.属于四类过程性信息")
    cells = tuple(cell for cell in table.cells if cell.row != gone)
    blocks = (document.blocks[0], replace(table, cells=cells), document.blocks[2])
    return read_tables(Document(blocks, "text/html")), truth


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6))
def test_two_rows_in_one_with_both_labels_are_two_rows(seed: int) -> None:
    reading, truth = merged(seed, "5.属于三类内部事务信息\n6.属于四类过程性信息")
    assert {key: figure.value for key, figure in reading.figures.items()} == truth
    assert {figure.status for figure in reading.figures.values()} == {Status.EXACT}


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6))
def test_two_rows_in_one_with_one_label_are_no_figures(seed: int) -> None:
    reading, truth = merged(seed, "5.属于三类内部事务信息")
    assert not silent_errors(reading, truth)
    assert Status.CONFLICT not in {one.status for one in reading.figures.values()}
    told = {key for finding in reading.findings for key in finding.keys}
    assert {f"{ROW}.{column}" for column in COLUMNS} <= told


def test_one_number_beside_two_labels_may_be_the_sum_of_both() -> None:
    sheet = printed(consistent("2021", 11))
    sheet.labels["refused_internal"] = "5.属于三类内部事务信息\n6.属于四类过程性信息"
    reading = read_tables(grid("2021", sheet))
    assert {reading.figures[f"{ROW}.{column}"].value for column in COLUMNS} == {None}


def unnamed(figures: dict[str, str], *rows: str, seed: int = 11) -> TableReading:
    sheet = printed(consistent("2021", seed))
    sheet.cells |= figures
    sheet.labels = dict.fromkeys(rows, "□□□□")
    return read_tables(grid("2021", sheet))


def test_a_row_of_its_own_is_not_taken_for_the_one_that_is_lost() -> None:
    other = {f"{ROW}.{column}": "1" for column in COLUMNS} | {f"{ROW}.total": "6"}
    reading = unnamed(other, "refused_internal")
    assert {reading.figures[f"{ROW}.{column}"].value for column in COLUMNS} == {None}
    assert checks(reading) == ["row_by_order"]
    assert Status.CONFLICT not in {one.status for one in reading.figures.values()}


def test_two_rows_without_labels_may_have_changed_places() -> None:
    reading = unnamed({}, "refused_internal", "refused_process")
    for row in (ROW, NEXT):
        values = {reading.figures[f"{row}.{column}"].value for column in COLUMNS}
        assert values == {None}
    assert checks(reading) == ["row_by_order"] * 2


def test_zeros_do_not_say_which_row_it_is() -> None:
    nothing = dict.fromkeys(consistent("2021", 11), "0")
    reading = unnamed(nothing, "refused_internal")
    assert reading.figures[f"{ROW}.total"].status is Status.MISSING


def test_a_misprinted_total_is_not_mended_by_numbers_put_in_blanks() -> None:
    blank = ["new.enterprise", "carried_out.enterprise", "carried_out.total"]
    keys = [f"requests.{cell}" for cell in blank]
    total = consistent("2021", 11)["requests.new.total"]
    misprinted = {"requests.new.total": str(total + 8)}
    reading = with_cells(misprinted | dict.fromkeys(keys, ""))
    assert {reading.figures[key].value for key in keys} == {None}


@pytest.mark.parametrize("blank", ["total", "natural_person", "new", "concluded"])
def test_a_column_or_a_row_left_blank_is_what_the_printed_numbers_leave(
    blank: str,
) -> None:
    truth = consistent("2021", 11)
    left = {
        key: "" for key in truth if key[:9] == "requests." and blank in key.split(".")
    }
    reading = with_cells(left)
    assert {key: reading.figures[key].value for key in left} == {
        key: truth[key] for key in left
    }


def without_zeros(row: str) -> TableReading:
    """A text in which zeros are left blank and blanks leave no trace."""
    sheet = printed(consistent("2021", 12, sparse=True))
    sheet.cells = {key: "" if one == "0" else one for key, one in sheet.cells.items()}
    values = dict(zip(COLUMNS, row.split(), strict=True))
    sheet.cells |= {f"{ROW}.{column}": value for column, value in values.items()}
    return read_tables(loose("2021", sheet, one_line=True))


@pytest.mark.parametrize(
    ("row", "is_read"),
    [
        ("336 0 0 2 137 2 477", False),
        ("254 2 3 — 1 1 263", False),
        ("1 2 1 1 3 3 11", True),
        ("1 2 0 4 0 5 12", True),
        ("0 0 0 0 0 0 0", True),
    ],
)
def test_seven_values_are_no_row_where_one_may_stand_twice_for_a_blank(
    row: str, is_read: bool
) -> None:
    reading = without_zeros(row)
    values = [reading.figures[f"{ROW}.{column}"].value for column in COLUMNS]
    assert values == ([int(one) for one in row.split()] if is_read else [None] * 7)
    told = {key for finding in reading.findings for key in finding.keys}
    assert is_read or f"{ROW}.total" in told


def test_seven_values_are_a_row_where_blanks_do_not_fall_away() -> None:
    sheet = printed(consistent("2021", 11))
    row = dict(zip(COLUMNS, [3, 0, 0, 0, 0, 0, 3], strict=True))
    sheet.cells |= {f"{ROW}.{column}": str(value) for column, value in row.items()}
    reading = read_tables(loose("2021", sheet, one_line=True))
    assert {column: reading.figures[f"{ROW}.{column}"].value for column in row} == row


def test_columns_of_a_dump_in_another_order_are_not_taken_in_that_of_the_form() -> None:
    document = dump("2021", printed(consistent("2021", 11)))
    table = document.blocks[1]
    assert isinstance(table, Table)
    swap = {"商业企业": "科研机构", "科研机构": "商业企业"}
    cells = tuple(
        cell._replace(text=swap.get(cell.text, cell.text)) for cell in table.cells
    )
    blocks = (document.blocks[0], replace(table, cells=cells), document.blocks[2])
    reading = read_tables(Document(blocks, "text/plain"))
    assert reading.figures["requests.new.enterprise"].value is None
    assert checks(reading) == ["columns_unknown"]


def test_digits_lost_at_the_end_of_a_page_accuse_nobody() -> None:
    truth = consistent("2021", 11)
    key = max((key for key in truth if key.startswith(ROW)), key=truth.__getitem__)
    sheet = printed(truth)
    sheet.cells[key] = sheet.cells[key][:-1]
    document = grid("2021", sheet)
    table = document.blocks[1]
    assert isinstance(table, Table)
    last = next(
        cell.row for cell in table.cells if cell.text == "5.属于三类内部事务信息"
    )
    cells = tuple(
        cell._replace(at=cell.at._replace(page=1 + (cell.row > last)))
        for cell in table.cells
    )
    paged = replace(table, cells=cells, at=Place(2, page=1))
    blocks = (document.blocks[0], paged, document.blocks[2])
    reading = read_tables(Document(blocks, "application/pdf"))
    assert reading.figures[key].value is None
    assert "digits_lost" in checks(reading)

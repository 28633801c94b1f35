"""Tables read by their labels: every figure right, or said to be doubtful."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from archive.catalogue import FindingFamily, Status
from archive.catalogue.forms import APPLICANTS, FORMS, keys, proceeding_keys
from archive.report.document import Cell, Document, Paragraph, Place, Table
from archive.report.numbers import read_number
from archive.report.tables.lines import lines
from archive.report.tables.statutory import TableReading, read_tables
from tests.report.layouts import (
    Printed,
    consistent,
    dump,
    dump_table,
    grid,
    joined,
    loose,
    printed,
    silent_errors,
)

BOTH = pytest.mark.parametrize("form", ["2021", "2019"])


def values(reading: TableReading) -> dict[str, object]:
    return {key: figure.value for key, figure in reading.figures.items()}


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
    statuses = {
        reading.figures[key].status
        for key in truth
        if key.startswith("requests.granted.")
    }
    assert statuses <= {Status.INFERRED, Status.MISSING}
    assert "row_damaged" in {finding.check for finding in reading.findings}


@pytest.mark.parametrize("layout", [grid, dump])
def test_a_value_that_found_its_column_keeps_the_cell_it_was_printed_in(
    layout: Callable[[str, Printed], Document],
) -> None:
    truth = consistent("2019", 11)
    sheet = printed(truth)
    sheet.doubled.add("requests.granted.enterprise")
    figures = read_tables(layout("2019", sheet)).figures
    keys_of_the_row = [f"requests.granted.{column.key}" for column in APPLICANTS]
    row = [figures[key] for key in keys_of_the_row]
    assert {figure.status for figure in row} == {Status.INFERRED}
    assert [figure.printed for figure in row] == [
        str(truth[key]) for key in keys_of_the_row
    ]
    columns = [figure.at.column or 0 for figure in row if figure.at]
    first, enterprise = columns[:2]
    after_the_double = range(enterprise + 2, enterprise + 7)
    assert columns == [first, first + 1, *after_the_double]


def test_a_blank_is_never_silently_nothing() -> None:
    truth = consistent("2021", 13)
    sheet = printed(truth)
    for key in ("requests.granted.natural_person", "disclosure.licensing.decisions"):
        sheet.cells[key] = ""
    reading = read_tables(grid("2021", sheet))
    inferred = reading.figures["requests.granted.natural_person"]
    assert (inferred.value, inferred.status) == (
        truth["requests.granted.natural_person"],
        Status.INFERRED,
    )
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
    assert (figure.value, figure.status) == (
        truth["requests.granted.total"] + 1,
        Status.CONFLICT,
    )
    assert not [
        finding
        for finding in reading.findings
        if finding.family is FindingFamily.REPORT
    ]


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
    ("cell", "value"),
    [
        ("3.5", "3.5"),
        ("35000元", "3.5"),
        ("3.5万元", "3.5"),
        ("1,200", "1200"),
        ("１２", "12"),
    ],
)
def test_amounts_are_in_the_unit_their_key_promises(cell: str, value: str) -> None:
    sheet = printed(consistent("2021", 29))
    sheet.cells["disclosure.fees.amount"] = cell
    assert (
        str(read_tables(grid("2021", sheet)).figures["disclosure.fees.amount"].value)
        == value
    )


UNITS = {
    "本年收费金额（单位：万元）": "6025",
    "本年收费金额（单位：万\n元）": "6025",
    "本年收费金额（元）": "0.6025",
    "本年收费金额\n（单位：\n元）": "0.6025",
    "本年收费金额(单位: 元)": "0.6025",
    "本年收费金额（单位：人民币元）": "0.6025",
    "本年收费金额（单位：千元）": "602.5",
    "本年收费金额（单位：百万元）": "602500",
    "本年收费金额（单位：億元）": "60250000",
}


@pytest.mark.parametrize("heading", UNITS)
@pytest.mark.parametrize("beside", ["", "行政事业性收费（元）"])
def test_the_unit_is_the_one_printed_in_the_heading(heading: str, beside: str) -> None:
    reading = _with_amount("6025", heading, beside)
    assert str(reading.figures["disclosure.fees.amount"].value) == UNITS[heading]
    assert not reading.findings


def test_a_unit_beside_the_row_counts_and_one_printed_nowhere_is_said() -> None:
    reading = _with_amount("6025", "本年收费金额", "行政事业性收费（元）")
    assert str(reading.figures["disclosure.fees.amount"].value) == "0.6025"
    assert not reading.findings
    reading = _with_amount("6025", "本年收费金额", "行政事业性收费")
    assert reading.figures["disclosure.fees.amount"].value == 6025
    assert [finding.check for finding in reading.findings] == ["unit_not_printed"]
    reading = _with_amount("3.5万", "本年收费金额", "行政事业性收费")
    assert str(reading.figures["disclosure.fees.amount"].value) == "3.5"


def _with_amount(amount: str, heading: str, label: str) -> TableReading:
    sheet = printed(consistent("2021", 29))
    sheet.cells["disclosure.fees.amount"] = amount
    texts = {
        "本年收费金额（单位：万元）": heading,
        "行政事业性收费": label or "行政事业性收费",
    }
    document = grid("2021", sheet)
    blocks = []
    for table in document.blocks:
        assert isinstance(table, Table)
        cells = tuple(
            cell._replace(text=texts.get(cell.text, cell.text)) for cell in table.cells
        )
        blocks.append(replace(table, cells=cells))
    return read_tables(replace(document, blocks=tuple(blocks)))


def test_no_tables_at_all_is_the_free_form() -> None:
    reading = read_tables(
        Document((Paragraph("示例市商务局没有表格的报告", Place(1)),), "text/plain")
    )
    assert (reading.form, reading.figures, reading.blocks) == ("free", {}, frozenset())


def test_an_absent_table_is_one_finding() -> None:
    document = grid("2021", printed(consistent("2021", 31)))
    reading = read_tables(Document(document.blocks[:2], "text/html"))
    assert set(reading.figures) == set(keys(FORMS["2021"]))
    assert [finding.check for finding in reading.findings] == ["table_not_found"]


@BOTH
@pytest.mark.parametrize("one_line", [True, False])
def test_a_table_printed_as_paragraphs(form: str, one_line: bool) -> None:
    truth = consistent(form, 37)
    reading = read_tables(loose(form, printed(truth), one_line=one_line))
    assert values(reading) == truth
    assert {figure.status for figure in reading.figures.values()} == {Status.EXACT}


@BOTH
@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1), (1, 2, 0)])
@pytest.mark.parametrize("layout", [grid, dump])
def test_three_tables_joined_in_one_and_in_another_order(
    form: str, order: tuple[int, ...], layout: object
) -> None:
    truth = consistent(form, 41)
    reading = read_tables(joined(layout(form, printed(truth)), order))  # type: ignore[operator]
    assert values(reading) == truth
    assert {figure.status for figure in reading.figures.values()} == {Status.EXACT}


def test_a_row_without_columns_is_not_taken_in_an_order_it_was_not_printed_in() -> None:
    """科研机构 stands before 商业企业, and one row has a cell too many."""
    truth = consistent("2021", 11)
    sheet = printed(truth)
    sheet.doubled.add("requests.granted.legal_service")
    document = grid("2021", sheet)
    table = document.blocks[1]
    assert isinstance(table, Table)
    swapped = {5: 6, 6: 5}
    cells = [
        cell._replace(at=cell.at._replace(column=swapped.get(cell.column, cell.column)))
        for cell in table.cells
        if cell.row > 2
    ]
    headings = [cell for cell in table.cells if cell.row <= 2]
    cells.sort(key=lambda cell: (cell.row, cell.column))
    mixed = replace(table, cells=(*headings, *cells))
    blocks = (document.blocks[0], mixed, document.blocks[2])
    reading = read_tables(replace(document, blocks=blocks))
    checks = {finding.check for finding in reading.findings}
    assert "columns_unknown" in checks
    assert "row_damaged" not in checks
    assert not silent_errors(reading, truth)


def test_misprinted_and_cut_labels_are_recognised() -> None:
    truth = consistent("2021", 43)
    sheet = printed(truth)
    sheet.labels = {
        "new": "一、本年新收政府信息公开申请数",
        "refused_security": "3．危及“三安全\n一稳定”",
        "rejected_confirmation": "5、要求行政机关确认或重新出具已获",
        "closed_other": "3.其它",
        "carried_out": "四、结转下年渡继续办理",
    }
    reading = read_tables(dump("2021", sheet))
    assert values(reading) == truth
    assert {figure.status for figure in reading.figures.values()} == {Status.EXACT}


def test_a_row_without_readable_label_is_named_by_its_neighbours_and_said() -> None:
    truth = consistent("2021", 47)
    sheet = printed(truth)
    sheet.labels = {"refused_inquiry": "□□□□"}
    reading = read_tables(grid("2021", sheet))
    assert values(reading) == truth
    assert reading.figures["requests.refused_inquiry.total"].status is Status.INFERRED
    assert [finding.check for finding in reading.findings] == ["row_by_order"]


def test_a_row_that_is_not_there_is_missing() -> None:
    truth = consistent("2021", 53)
    document = dump("2021", printed(truth))
    table = document.blocks[1]
    assert isinstance(table, Table)
    cells = tuple(cell for cell in table.cells if cell.row != 9)
    reading = read_tables(
        Document(
            (document.blocks[0], Table(cells, table.at, False), document.blocks[2]),
            "text/plain",
        )
    )
    gone = [key for key, figure in reading.figures.items() if figure.value is None]
    assert gone == [f"requests.refused_by_law.{column.key}" for column in APPLICANTS]
    assert [(finding.check, finding.keys) for finding in reading.findings] == [
        ("rows_missing", tuple(gone))
    ]


def test_columns_the_form_does_not_know_fall_away_in_a_dump_too() -> None:
    truth = consistent("2021", 59)
    document = dump("2021", printed(truth))
    table = document.blocks[1]
    assert isinstance(table, Table)
    rows = [[cell.text for cell in row] for row in table.rows()]
    for number, row in enumerate(rows[3:], 3):
        total = next(index for index in range(len(row) - 1, -1, -1) if row[index])
        five = sum(int(text) for text in row[total - 5 : total])
        rows[number] = [*row[:total], str(five), *row[total:]]
    wide = Document(
        (document.blocks[0], dump_table(rows, 2), document.blocks[2]), "text/plain"
    )
    reading = read_tables(wide)
    assert values(reading) == truth
    assert {
        reading.figures[key].status for key in truth if key.startswith("requests.")
    } == {Status.INFERRED}
    assert [finding.check for finding in reading.findings] == ["row_damaged"]


def test_a_part_on_the_next_page_may_lack_heading_and_a_label_column() -> None:
    truth = consistent("2021", 61)
    document = grid("2021", printed(truth))
    table = document.blocks[1]
    assert isinstance(table, Table)
    first = tuple(cell for cell in table.cells if cell.row <= 12)
    rest = tuple(
        Cell(
            cell.text,
            Place(3, cell.row - 12, max(cell.column - 1, 1)),
            cell.rows,
            cell.columns,
        )
        for cell in table.cells
        if cell.row > 12 and cell.column > 1
    )
    blocks = (
        document.blocks[0],
        Table(first, Place(2)),
        Table(rest, Place(3)),
        document.blocks[2],
    )
    reading = read_tables(Document(blocks, "application/pdf"))
    assert values(reading) == truth
    assert {figure.status for figure in reading.figures.values()} == {Status.EXACT}


def test_a_narrower_part_of_table_2_is_counted_from_its_right_edge() -> None:
    """Blanks stay blanks there: which column a number is of does not depend on them."""

    def part(block: int, span: int, *rows: tuple[str, ...]) -> Table:
        cells: list[Cell] = []
        for row, (label, *texts) in enumerate(rows, 1):
            cells.append(Cell(label, Place(block, row, 1), columns=span))
            for column, text in enumerate(texts, span + 1):
                cells.append(Cell(text, Place(block, row, column)))
        return Table(tuple(cells), Place(block))

    heads = ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数", "备注")
    first = part(1, 2, heads, ("规章", "1", "2", "3", ""))
    rest = part(2, 1, ("行政规范性文件", "", "1186", "8779", ""))
    figures = read_tables(Document((first, rest), "application/pdf")).figures
    read = {
        column: figures[f"disclosure.normative_documents.{column}"].value
        for column in ("issued", "repealed", "in_force")
    }
    assert read == {"issued": None, "repealed": 1186, "in_force": 8779}


def test_other_tables_with_the_same_words_do_not_disturb() -> None:
    truth = consistent("2021", 67)
    rows = [
        ["渠道", "条数"],
        ["行政许可", "12"],
        ["其他", "5"],
        ["总计", "17"],
        ["重复申请", "3"],
    ]
    document = grid("2021", printed(truth))
    reading = read_tables(
        Document(
            (dump_table(rows, 9), *document.blocks, dump_table(rows, 10)), "text/html"
        )
    )
    assert values(reading) == truth
    assert not reading.findings
    assert reading.blocks == {1, 2, 3}


def test_of_two_reports_in_one_document_the_first_is_read() -> None:
    truth = consistent("2021", 71)
    first, second = (
        grid("2021", printed(truth)),
        grid("2021", printed(consistent("2021", 73))),
    )
    reading = read_tables(Document((*first.blocks, *second.blocks), "text/html"))
    assert values(reading) == truth
    assert {finding.check for finding in reading.findings} == {"table_repeated"}
    assert len(reading.findings) <= 3


def test_the_same_tables_twice_are_no_doubt() -> None:
    document = grid("2021", printed(consistent("2021", 71)))
    assert not read_tables(
        Document((*document.blocks, *document.blocks), "text/html")
    ).findings


@pytest.mark.parametrize("layout", [grid, dump])
def test_a_second_row_of_table_4_with_other_figures_is_said(
    layout: Callable[[str, Printed], Document],
) -> None:
    truth, other = consistent("2021", 71), consistent("2021", 73)
    document = layout("2021", printed(truth))
    table = document.blocks[2]
    assert isinstance(table, Table)
    row = printed(other).row(proceeding_keys())
    below = [
        Cell(text, Place(3, table.height + 1, column))
        for column, text in enumerate(row, table.cells[-15].column)
    ]
    longer = replace(table, cells=(*table.cells, *below))
    for blocks in (
        (*document.blocks[:2], longer),
        (*document.blocks, layout("2021", printed(other)).blocks[2]),
    ):
        reading = read_tables(Document(blocks, "text/html"))
        assert values(reading) == truth
        assert [finding.check for finding in reading.findings] == ["table_repeated"]


@pytest.mark.parametrize("lost", ["结果维持", "结果纠正", "尚未审结"])
def test_table_4_is_known_by_two_outcomes_where_the_rest_of_its_headings_is_lost(
    lost: str,
) -> None:
    truth = consistent("2021", 11)
    document = grid("2021", printed(truth))
    table = document.blocks[2]
    assert isinstance(table, Table)
    kinds = ("行政复议", "行政诉讼", "未经复议直接起诉", "复议后起诉")
    cells = tuple(
        cell._replace(text="") if cell.text in (*kinds, lost) else cell
        for cell in table.cells
    )
    blocks = (*document.blocks[:2], replace(table, cells=cells))
    reading = read_tables(replace(document, blocks=blocks))
    assert values(reading) == truth


def test_columns_of_table_4_in_another_order_are_read_by_their_headings() -> None:
    truth = consistent("2021", 11)
    document = grid("2021", printed(truth))
    table = document.blocks[2]
    assert isinstance(table, Table)
    upheld, corrected = (
        next(cell for cell in table.cells if cell.text == name)
        for name in ("结果维持", "结果纠正")
    )
    other = {upheld.column: corrected.column, corrected.column: upheld.column}
    moved = {
        (cell.row, other[cell.column]): cell.text
        for cell in table.cells
        if cell.column in other and cell.row >= upheld.row
    }
    cells = tuple(
        cell._replace(text=moved.get((cell.row, cell.column), cell.text))
        for cell in table.cells
    )
    blocks = (*document.blocks[:2], replace(table, cells=cells))
    reading = read_tables(replace(document, blocks=blocks))
    assert values(reading) == truth


@BOTH
@pytest.mark.parametrize("layout", [grid, dump])
@pytest.mark.parametrize("sign", ["{}", "（{}）"])
def test_numbers_of_columns_are_no_figures(
    form: str, layout: Callable[[str, Printed], Document], sign: str
) -> None:
    truth = consistent(form, 71)
    document = layout(form, printed(truth))
    blocks = []
    for table in document.blocks:
        assert isinstance(table, Table)
        rows = table.rows()
        head = next(
            index
            for index, row in enumerate(rows)
            if read_number(row[-1].text).value is not None
        )
        first = rows[head]
        numbers = [
            cell._replace(text=sign.format(place))
            for place, cell in enumerate(first[-15:], 1)
        ]
        below = [
            cell._replace(at=cell.at._replace(row=cell.row + 1))
            for row in rows[head:]
            for cell in row
        ]
        above = [cell for row in rows[:head] for cell in row]
        blocks.append(replace(table, cells=(*above, *numbers, *below)))
    reading = read_tables(Document(tuple(blocks), document.media_type))
    assert values(reading) == truth
    assert not reading.findings


def test_one_misread_digit_of_a_scan_is_corrected_and_said() -> None:
    truth = consistent("2021", 79)
    sheet = printed(truth)
    key = "requests.refused_process.research"
    sheet.cells[key] = str(truth[key] + 1)
    reading = read_tables(replace(grid("2021", sheet), scanned=True))
    figure = reading.figures[key]
    assert (figure.value, figure.printed, figure.status) == (
        truth[key],
        str(truth[key] + 1),
        Status.INFERRED,
    )
    assert [finding.check for finding in reading.findings] == ["scan_repaired"]


def test_what_a_scan_leaves_open_is_a_doubt_of_ours() -> None:
    truth = consistent("2021", 83)
    sheet = printed(truth)
    sheet.cells["review.total"] = str(truth["review.total"] + 1)
    reading = read_tables(replace(grid("2021", sheet), scanned=True))
    assert reading.figures["review.total"].status is Status.CONFLICT
    assert [(finding.check, finding.family) for finding in reading.findings] == [
        ("scan_unsure", FindingFamily.READING)
    ]


def test_zeros_left_blank_prove_nothing() -> None:
    truth = dict.fromkeys(keys(FORMS["2021"]), 0)
    sheet = printed(truth)
    for column in APPLICANTS:
        sheet.cells[f"requests.granted.{column.key}"] = ""
    reading = read_tables(grid("2021", sheet))
    assert {
        reading.figures[f"requests.granted.{column.key}"].status
        for column in APPLICANTS
    } == {Status.MISSING}


@pytest.mark.parametrize(
    ("name", "inexact"), [("000", 0), ("001", 0), ("002", 21), ("003", 29), ("004", 0)]
)
def test_real_reports(seeds: Path, name: str, inexact: int) -> None:
    from archive.reading import read

    reading = read_tables(read(next(seeds.glob(f"{name}_*.txt")).read_bytes()))
    expected: dict[str, object] = dict.fromkeys(keys(FORMS["2021"]), 0)
    if name == "002":
        expected |= {
            f"disclosure.normative_documents.{column}": 4
            for column in ("issued", "repealed", "in_force")
        }
    assert values(reading) == expected
    told = {key for finding in reading.findings for key in finding.keys}
    doubtful = {
        key
        for key, figure in reading.figures.items()
        if figure.status is not Status.EXACT
    }
    assert len(doubtful) == inexact
    assert doubtful <= told


def test_more_than_the_whole_is_said_when_the_row_of_the_whole_is_lost() -> None:
    """结转下年度 is more than all that came in, and （七）总计 was not found."""
    document = grid("2021", printed(consistent("2021", 53)))
    table = document.blocks[1]
    assert isinstance(table, Table)
    lost = next(cell.row for cell in table.cells if cell.text == "（七）总计")
    cells = tuple(
        cell._replace(text="99999999")
        if cell.row == table.height and cell.text.isdigit()
        else cell
        for cell in table.cells
        if cell.row != lost
    )
    blocks = (document.blocks[0], Table(cells, table.at), document.blocks[2])
    reading = read_tables(Document(blocks, "text/html"))
    assert "row_overfull" in {finding.check for finding in reading.findings}


@pytest.mark.parametrize("sign", ["\u200b", "\x07"])
def test_a_cell_of_signs_that_nobody_sees_is_blank(sign: str) -> None:
    cells = (Cell("规章", Place(1, 1, 1)), Cell(sign, Place(1, 1, 2)))
    (line,) = lines(Document((Table(cells, Place(1)),), "text/html"))
    assert [cell.text for cell in line.words] == ["规章"]
    assert [value.is_blank for value in line.values] == [True]


@pytest.mark.timeout(60)
def test_a_huge_document_of_other_tables_is_passed_over_in_time() -> None:
    rows = [
        [f"第{number}项公开内容说明", *("其他", "1", "2")] for number in range(20_000)
    ]
    assert read_tables(Document((dump_table(rows, 1),), "text/plain")).form == "free"


@pytest.mark.timeout(20)
def test_cells_that_span_down_count_only_while_they_do() -> None:
    cells = [
        Cell("其他", Place(1, row, 1 + row % 2), rows=2) for row in range(1, 20_000)
    ]
    rows = list(lines(Document((Table(tuple(cells), Place(1)),), "text/html")))
    assert [len(row.covering) for row in rows[:3]] == [0, 1, 1]
    assert rows[2].covering == (cells[1],)

"""A report's figures laid out as the statutory tables, ready for the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from archive.catalogue import (
    APPLICANTS,
    FORMS,
    KINDS,
    MARKS,
    OUTCOMES,
    RESULTS_HEADING,
    Block,
    ClaimScope,
    FigureRecord,
    Label,
    Status,
    disclosure_key,
    proceeding_key,
    request_key,
)
from archive.report import Claim, Figure, Number, Place, Report, Table
from archive.web.labels import GLANCE
from archive.web.shown import number


# A page has some 150 of them: as tuples they are made in a third of the time.
class Cell(NamedTuple):
    """A figure as shown.

    `anchor` leads to where it is printed; `hint` says in words what `mark` says.
    """

    key: str
    text: str
    status: str
    mark: str = ""
    hint: str = ""
    anchor: str = ""
    is_zero: bool = False


class Row(NamedTuple):
    """A row of figures, or a heading over rows (no cells).

    `depth` 0 to 2 is how far it is set in.
    """

    label: str
    depth: int
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table or block of it. `columns`: (label, group)."""

    heading: str
    columns: tuple[Label, ...]
    rows: tuple[Row, ...]


def cell(figure: Figure | None, key: str) -> Cell:
    """A figure for the page; one that is not there at all is shown as missing."""
    if figure is None:
        return Cell(key, "", _MISSING, MARKS[Status.MISSING], hint="原文没有这一项")
    status = figure.status
    if status is Status.EXACT:
        mark = hint = ""
    else:
        mark, hint = MARKS[status], _hint(figure)
    is_zero = figure.value == 0
    shown = number(figure.value)
    return Cell(key, shown, _NAMES[status], mark, hint, _anchor(figure.at), is_zero)


# Looked up once: asking a value of an enumeration for its text takes as long as the
# rest of a cell.
_NAMES = {status: status.value for status in Status}
_MISSING = _NAMES[Status.MISSING]


def _anchor(at: Place | None) -> str:
    """Where on the report's page a place is; nothing for a place that is not known."""
    if at:
        return at.anchor
    return ""


def _hint(figure: Figure) -> str:
    """What a visitor reads who stays on a figure's mark; nothing for a sure one."""
    is_printed = figure.printed is not None and figure.printed.strip()
    printed = f"原文印作“{figure.printed}”" if is_printed else "原文空白"
    match figure.status:
        case Status.INFERRED:
            return f"推定：{printed}"
        case Status.MISSING if figure.printed is None:
            return "缺：原文没有或无法确定"
        case Status.MISSING:
            return f"缺：{printed}"
        case Status.CONFLICT:
            return f"矛盾：{printed}，与其他数字不相符"
    return ""


def disclosures(report: Report) -> tuple[Sheet, ...]:
    """Table 2, block by block; nothing for a free form."""
    form = FORMS.get(report.form)
    if not form:
        return ()
    return tuple(_disclosure_sheet(report, block) for block in form.disclosures)


def _disclosure_sheet(report: Report, block: Block) -> Sheet:
    """A block of table 2, such as 第二十条第（一）项."""
    rows = []
    for row in block.rows:
        keys = [disclosure_key(row, column) for column in block.columns]
        rows.append(_row(report, row.title, 0, keys))
    return Sheet(block.heading, block.columns, tuple(rows))


def requests(report: Report) -> Sheet | None:
    """Table 3: applicants across, results down, under the headings the form prints."""
    if report.form not in FORMS:
        return None
    rows = [_row(report, *printed) for printed in _request_rows(report.form)]
    return Sheet("", APPLICANTS, tuple(rows))


@cache
def _request_rows(form: str) -> tuple[tuple[str, int, tuple[str, ...]], ...]:
    """Label, depth and keys of each row of table 3; a heading has no keys."""
    rows: list[tuple[str, int, tuple[str, ...]]] = []
    open_headings: list[str] = []
    for label in FORMS[form].requests:
        headings = _headings_over(label)
        for depth, heading in enumerate(headings):
            if heading not in open_headings:
                rows.append((heading, depth, ()))
        open_headings = headings
        keys = tuple([request_key(label, applicant) for applicant in APPLICANTS])
        rows.append((label.title, len(headings), keys))
    return tuple(rows)


def _headings_over(label: Label) -> list[str]:
    """The headings a row of table 3 stands under, the outermost first."""
    if not label.parent:
        return []
    # （三）不予公开 and the like are themselves parts of 三、本年度办理结果.
    return list(dict.fromkeys((RESULTS_HEADING, label.parent)))


def proceedings(report: Report) -> Sheet | None:
    """Table 4, a row a kind."""
    if report.form not in FORMS:
        return None
    rows: list[Row] = []
    parent = ""
    for kind in KINDS:
        # 行政诉讼 stands once over its two kinds.
        if kind.parent and kind.parent != parent:
            rows.append(Row(kind.parent, 0))
        parent = kind.parent
        keys = [proceeding_key(kind, outcome) for outcome in OUTCOMES]
        rows.append(_row(report, kind.title, 1 if parent else 0, keys))
    return Sheet("", OUTCOMES, tuple(rows))


def _row(report: Report, label: str, depth: int, keys: Sequence[str]) -> Row:
    """A row with the report's figures of these keys."""
    cells = [cell(report.figures.get(key), key) for key in keys]
    return Row(label, depth, tuple(cells))


def glance(report: Report) -> tuple[tuple[str, str, Cell], ...]:
    """The key figures the report has: (name, unit, cell)."""
    shown: list[tuple[str, str, Cell]] = []
    for record in GLANCE:
        found = _glanced(report, record)
        if found:
            unit, its_cell = found
            shown.append((record.heading, unit, its_cell))
    return tuple(shown)


def _glanced(report: Report, record: FigureRecord) -> tuple[str, Cell] | None:
    """Unit and cell of a key figure: the first claim, a sum of ours, or a figure."""
    claims = [claim for claim in report.claims if claim.key == record.key]
    if claims:
        first = claims[0]
        return _unit_of_claim(first, record), _cell_of_claim(first)

    if record.parts:
        shown = _summed(report, record)
    else:
        figure = report.figures.get(record.key)
        shown = cell(figure, record.key) if figure else None
    if shown:
        return (record.unit, shown)
    return None


def _unit_of_claim(claim: Claim, record: FigureRecord) -> str:
    """条（含下级汇总）: what is counted, and whose it is where the report says so."""
    unit = claim.unit or record.unit
    if claim.scope is ClaimScope.UNSAID:
        return unit
    return f"{unit}（{claim.scope.label}）"


def _cell_of_claim(claim: Claim) -> Cell:
    """A number read from a sentence: there is no cell in print to be doubtful of."""
    return Cell(
        claim.key,
        number(claim.value),
        Status.EXACT.value,
        anchor=_anchor(claim.at),
    )


def _summed(report: Report, record: FigureRecord) -> Cell | None:
    """A sum of ours, as doubtful as the most doubtful of its parts.

    Missing when one of them is missing, None when the report has no place for one.
    """
    parts: list[Figure] = []
    total: Number = 0
    for key in record.parts:
        part = report.figures.get(key)
        if part is None:
            return None
        # Half a sum would look like the whole.
        if part.value is None:
            return cell(part, record.key)
        parts.append(part)
        total += part.value

    # Doubt is passed on: a sum is as sure as its least sure part.
    doubtful = [part for part in parts if part.status is not Status.EXACT]
    shown = cell((doubtful or parts)[0], record.key)
    return shown._replace(text=number(total), is_zero=not total)


def printed_tables(report: Report) -> tuple[Table, ...]:
    """The original tables the figures were read from, in reading order."""
    with_figures = statutory_blocks(report)
    tables = _tables_of(report)
    return tuple(table for table in tables if table.at.block in with_figures)


def statutory_blocks(report: Report) -> frozenset[int]:
    """Numbers of the blocks that hold figures: shown beside the rebuilt tables and not
    inside the text.

    Figures that stand in paragraphs are left out: those stay where they are.
    """
    tables = frozenset(table.at.block for table in _tables_of(report))
    places = [figure.at for figure in report.figures.values()]
    return tables.intersection(at.block for at in places if at)


def _tables_of(report: Report) -> Iterator[Table]:
    """All tables of the original, statutory or not."""
    for section in report.sections:
        for block in section.blocks:
            if isinstance(block, Table):
                yield block

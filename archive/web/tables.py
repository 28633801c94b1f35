"""A report's figures laid out as the statutory tables, ready for the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from archive.catalogue import (
    APPLICANTS,
    FORMS,
    KINDS,
    MARKS,
    OUTCOMES,
    RESULTS_HEADING,
    Block,
    FigureRecord,
    Label,
    Status,
    disclosure_key,
    proceeding_key,
    request_key,
)
from archive.report import Figure, Report, Table
from archive.web.labels import GLANCE
from archive.web.shown import number


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure as shown.

    `anchor` leads to where it is printed; `hint` says in words what `mark` says.
    """

    key: str
    text: str
    status: str
    mark: str
    hint: str
    anchor: str
    is_zero: bool


@dataclass(frozen=True, slots=True)
class Row:
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
        return Cell(
            key, "", "missing", MARKS[Status.MISSING], "原文没有这一项", "", False
        )
    return Cell(
        key,
        number(figure.value),
        figure.status.value,
        MARKS[figure.status],
        _hint(figure),
        figure.at.anchor if figure.at else "",
        figure.value == 0,
    )


def _hint(figure: Figure) -> str:
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
    rows = []
    for row in block.rows:
        keys = [disclosure_key(row, column) for column in block.columns]
        rows.append(_row(report, row.title, 0, keys))
    return Sheet(block.heading, block.columns, tuple(rows))


def requests(report: Report) -> Sheet | None:
    """Table 3: applicants across, results down, under the headings the form prints."""
    form = FORMS.get(report.form)
    if not form:
        return None
    rows: list[Row] = []
    open_headings: list[str] = []
    for label in form.requests:
        headings = _headings_over(label)
        for depth, heading in enumerate(headings):
            if heading not in open_headings:
                rows.append(Row(heading, depth))
        open_headings = headings
        keys = [request_key(label, applicant) for applicant in APPLICANTS]
        rows.append(_row(report, label.title, len(headings), keys))
    return Sheet("", APPLICANTS, tuple(rows))


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
    return Row(label, depth, tuple(cell(report.figures.get(key), key) for key in keys))


def glance(report: Report) -> tuple[tuple[str, str, Cell], ...]:
    """The key figures the report has: (name, unit, cell)."""
    shown = []
    for record in GLANCE:
        found = _glanced(report, record)
        if found:
            shown.append((record.heading, *found))
    return tuple(shown)


def _glanced(report: Report, record: FigureRecord) -> tuple[str, Cell] | None:
    """Unit and cell of a key figure: the first claim, a sum of ours, or a figure."""
    key = record.key
    claim = next((one for one in report.claims if one.key == key), None)
    # A claim is read from a sentence and has no cell to be doubtful of.
    if claim:
        anchor = claim.at.anchor if claim.at else ""
        text = number(claim.value)
        cell_of_claim = Cell(key, text, Status.EXACT.value, "", "", anchor, False)
        return claim.unit or record.unit, cell_of_claim
    if record.parts:
        summed = _summed(report, record)
        return (record.unit, summed) if summed else None
    if key in report.figures:
        return record.unit, cell(report.figures[key], key)
    return None


def _summed(report: Report, record: FigureRecord) -> Cell | None:
    """A sum of ours, as doubtful as the most doubtful of its parts.

    None when one of them is unknown.
    """
    parts = [report.figures.get(key) for key in record.parts]
    known = [figure for figure in parts if figure and figure.value is not None]
    # Half a sum would look like the whole.
    if len(known) < len(parts):
        return None
    total = sum(figure.value or 0 for figure in known)
    # Doubt is passed on: a sum is as sure as its least sure part.
    doubtful = [figure for figure in known if figure.status is not Status.EXACT]
    shown = cell((doubtful or known)[0], record.key)
    return replace(shown, text=number(total), is_zero=not total)


def printed_tables(report: Report) -> tuple[Table, ...]:
    """The original tables the figures were read from, in reading order."""
    used = statutory_blocks(report)
    return tuple(table for table in _tables_of(report) if table.at.block in used)


def statutory_blocks(report: Report) -> frozenset[int]:
    """Numbers of the blocks that hold figures: shown beside the rebuilt tables and not
    inside the text.

    Figures that stand in paragraphs are left out: those stay where they are.
    """
    used = {figure.at.block for figure in report.figures.values() if figure.at}
    return frozenset(used & {table.at.block for table in _tables_of(report)})


def _tables_of(report: Report) -> Iterator[Table]:
    """All tables of the original, statutory or not."""
    for section in report.sections:
        for block in section.blocks:
            if isinstance(block, Table):
                yield block

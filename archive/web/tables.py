"""A report's figures laid out as the statutory tables, ready for the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archive.catalogue import APPLICANTS, FORMS, KINDS, OUTCOMES, Label, Status
from archive.report import Figure, Report, Table
from archive.web.labels import GLANCE
from archive.web.shown import number

MARKS = {
    Status.EXACT: "",
    Status.INFERRED: "†",
    Status.MISSING: "缺",
    Status.CONFLICT: "‡",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure as shown. `anchor` leads to where it is printed; `hint` says in words
    what `mark` says.
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
    """A row of figures, or a heading over rows (no cells). `depth` 0 to 2 is how far it
    is set in.
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
    printed = (
        f"原文印作“{figure.printed}”"
        if figure.printed and figure.printed.strip()
        else "原文空白"
    )
    match figure.status:
        case Status.INFERRED:
            return f"推定：{printed}"
        case Status.MISSING:
            return (
                f"缺：{printed}"
                if figure.printed is not None
                else "缺：原文没有或无法确定"
            )
        case Status.CONFLICT:
            return f"矛盾：{printed}，与其他数字不相符"
    return ""


def disclosures(report: Report) -> tuple[Sheet, ...]:
    """Table 2, block by block; nothing for a free form."""
    form = FORMS.get(report.form)
    if not form:
        return ()
    return tuple(
        Sheet(
            block.heading,
            block.columns,
            tuple(
                _row(
                    report,
                    row.title,
                    0,
                    [f"disclosure.{row.key}.{column.key}" for column in block.columns],
                )
                for row in block.rows
            ),
        )
        for block in form.disclosures
    )


def requests(report: Report) -> Sheet | None:
    """Table 3: applicants across, results down, under the headings the form prints."""
    form = FORMS.get(report.form)
    if not form:
        return None
    rows: list[Row] = []
    open_headings: list[str] = []
    for label in form.requests:
        inside = (
            [label.parent]
            if label.parent.startswith("三")
            else ["三、本年度办理结果", label.parent]
        )
        headings = inside if label.parent else []
        for depth, heading in enumerate(headings):
            if heading not in open_headings:
                rows.append(Row(heading, depth))
        open_headings = headings
        keys = [f"requests.{label.key}.{applicant.key}" for applicant in APPLICANTS]
        rows.append(_row(report, label.title, len(headings), keys))
    return Sheet("", APPLICANTS, tuple(rows))


def proceedings(report: Report) -> Sheet | None:
    """Table 4, a row a kind."""
    if report.form not in FORMS:
        return None
    rows: list[Row] = []
    parent = ""
    for kind in KINDS:
        if kind.parent and kind.parent != parent:
            rows.append(Row(kind.parent, 0))
        parent = kind.parent
        keys = [f"{kind.key}.{outcome.key}" for outcome in OUTCOMES]
        rows.append(_row(report, kind.title, 1 if parent else 0, keys))
    return Sheet("", OUTCOMES, tuple(rows))


def _row(report: Report, label: str, depth: int, keys: Sequence[str]) -> Row:
    return Row(label, depth, tuple(cell(report.figures.get(key), key) for key in keys))


def glance(report: Report) -> tuple[tuple[str, str, Cell], ...]:
    """The key figures the report has: (name, unit, cell). The sum of both kinds of
    lawsuits is ours.
    """
    shown = []
    claims = {claim.key: claim for claim in reversed(report.claims)}
    for key, name, unit in GLANCE:
        if key in claims:
            claim = claims[key]
            place = claim.at.anchor if claim.at else ""
            shown.append(
                (
                    name,
                    claim.unit or unit,
                    Cell(key, number(claim.value), "exact", "", "", place, False),
                )
            )
        elif key == "lawsuits.total":
            if suits := _lawsuits(report):
                shown.append((name, unit, suits))
        elif key in report.figures:
            shown.append((name, unit, cell(report.figures[key], key)))
    return tuple(shown)


def _lawsuits(report: Report) -> Cell | None:
    both = [report.figures.get(f"{kind.key}.total") for kind in KINDS if kind.parent]
    known = [figure for figure in both if figure and figure.value is not None]
    if len(known) < len(both):
        return None
    total = sum(figure.value or 0 for figure in known)
    doubtful = next(
        (figure for figure in known if figure.status is not Status.EXACT), known[0]
    )
    shown = cell(doubtful, "lawsuits.total")
    return Cell(
        shown.key,
        number(total),
        shown.status,
        shown.mark,
        shown.hint,
        shown.anchor,
        not total,
    )


def printed_tables(report: Report) -> tuple[Table, ...]:
    """The original tables the figures were read from, in reading order."""
    used = statutory_blocks(report)
    blocks = [block for section in report.sections for block in section.blocks]
    return tuple(
        block for block in blocks if isinstance(block, Table) and block.at.block in used
    )


def statutory_blocks(report: Report) -> frozenset[int]:
    """Numbers of the blocks that hold figures: shown beside the rebuilt tables and not
    inside the text.
    """
    tables = {
        block.at.block
        for section in report.sections
        for block in section.blocks
        if isinstance(block, Table)
    }
    return (
        frozenset(figure.at.block for figure in report.figures.values() if figure.at)
        & tables
    )

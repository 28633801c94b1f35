"""Every number a report may give, by its key: table figures, our sums, claims.

Lists, exports, comparison, the API, conditions of a search and the data dictionary are
made from these records: to show one more number in lists, add its key to GLANCE.
"""

from __future__ import annotations

from collections.abc import Iterator

from archive.catalogue.claims import CLAIMS, PART
from archive.catalogue.figure_record import FigureRecord, Printed, Stored
from archive.catalogue.forms import (
    FORMS,
    disclosure_key,
    keys,
    proceeding_key,
    request_key,
)
from archive.catalogue.tables import APPLICANTS, KINDS, OUTCOMES, Block, Label

LAWSUITS = "lawsuits.total"
"""Both kinds of lawsuits together: no form prints it."""

GLANCE: tuple[str, ...] = (
    "requests.new.total",
    "requests.carried_in.total",
    "requests.granted.total",
    "requests.concluded.total",
    "requests.carried_out.total",
    "review.total",
    LAWSUITS,
    "proactive_total",
)
"""The key figures: at the top of a report, in lists and exports of reports."""

YEARLY: tuple[str, ...] = (
    "requests.new.total",
    "requests.carried_in.total",
    "requests.granted.total",
    "requests.partly_granted.total",
    "requests.concluded.total",
    "requests.carried_out.total",
    "litigation_after_review.total",
    "litigation_direct.total",
    "review.total",
    "disclosure.normative_documents.issued",
    "disclosure.normative_documents.in_force",
    "proactive_total",
    LAWSUITS,
)
"""What the API gives of each year of an agency, in this order."""

_SHORT = {
    "requests.new.total": "新收申请",
    "requests.carried_in.total": "上年结转",
    "requests.granted.total": "予以公开",
    "requests.concluded.total": "办结总计",
    "requests.carried_out.total": "结转下年",
    "review.total": "行政复议",
}
"""Names for the headings of lists."""

_SPOKEN = {
    "disclosure.normative_documents.issued": "行政规范性文件本年制发件数",
    "disclosure.normative_documents.in_force": "行政规范性文件现行有效件数",
    "disclosure.licensing.decisions": "行政许可处理决定数量",
    "disclosure.penalties.decisions": "行政处罚处理决定数量",
    "disclosure.coercion.decisions": "行政强制处理决定数量",
    # The unit is said, because a sentence of a finding shows no heading.
    "disclosure.fees.amount": "行政事业性收费金额（万元）",
    "requests.new.total": "本年新收申请总数",
    "requests.concluded.total": "办理结果总数",
    "requests.granted.total": "予以公开总数",
    "review.total": "行政复议总数",
    "litigation_direct.total": "未经复议直接起诉总数",
    "litigation_after_review.total": "复议后起诉总数",
}
"""Names for the sentences of findings."""


def short_row(row: Label) -> str:
    """A row of table 3 with what it stands under, without numbers and brackets.

    `1.属于国家秘密` under `（三）不予公开` is `不予公开：属于国家秘密`.
    """
    signs = "0123456789.（一二三四五六七八九十）、"
    bare = row.title.split("（区分")[0].lstrip(signs)
    # Only （三）, （四）… name a result; 三、本年度办理结果 is the heading of all.
    if not row.parent.startswith("（"):
        return bare
    return f"{row.parent.lstrip(signs)}：{bare}"


def _figure(
    key: str, label: str, english: str, printed: Printed, stored: Stored
) -> FigureRecord:
    said = (printed.row.explanation, printed.column.explanation)
    return FigureRecord(
        key,
        label,
        english,
        printed.column.unit,
        " ".join(filter(None, said)),
        printed,
        stored,
        short=_SHORT.get(key, ""),
        spoken=_SPOKEN.get(key, ""),
    )


_KEYS = {form.name: frozenset(keys(form)) for form in FORMS.values()}


def _forms_with(key: str) -> tuple[str, ...]:
    """The forms that print a figure."""
    return tuple(name for name, printed in _KEYS.items() if key in printed)


def _disclosure(row: Label, column: Label) -> FigureRecord:
    key = disclosure_key(row, column)
    return _figure(
        key,
        f"{row.title} · {column.title}",
        f"{row.english}: {column.english}",
        Printed(2, row, column, _forms_with(key)),
        Stored("disclosures", f"{row.key}__{column.key}"),
    )


def _request(row: Label, applicant: Label) -> FigureRecord:
    key = request_key(row, applicant)
    return _figure(
        key,
        f"{short_row(row)} · {applicant.title}",
        f"{row.english} ({applicant.english})",
        Printed(3, row, applicant, _forms_with(key)),
        Stored("requests", row.key, applicant.key),
    )


def _proceeding(kind: Label, outcome: Label) -> FigureRecord:
    return _figure(
        proceeding_key(kind, outcome),
        f"{kind.title} · {outcome.title}",
        f"{kind.english}: {outcome.english}",
        Printed(4, kind, outcome, tuple(FORMS)),
        Stored("proceedings", outcome.key, kind.key),
    )


def _of_block(block: Block) -> Iterator[FigureRecord]:
    for row in block.rows:
        for column in block.columns:
            yield _disclosure(row, column)


# The order is that of the columns in the database, which is not changed lightly.
def _of_tables() -> Iterator[FigureRecord]:
    """Table by table, and within a table the newest form first."""
    for form in FORMS.values():
        for block in form.disclosures:
            yield from _of_block(block)
    for form in FORMS.values():
        for row in form.requests:
            yield from (_request(row, applicant) for applicant in APPLICANTS)
    for kind in KINDS:
        yield from (_proceeding(kind, outcome) for outcome in OUTCOMES)


_LAWSUITS = FigureRecord(
    LAWSUITS,
    "行政诉讼 · 总计",
    "Administrative lawsuits: total",
    "件",
    "Both kinds of lawsuits together; a sum of ours, unknown when one of them is.",
    parts=tuple(f"{kind.key}.total" for kind in KINDS if kind.parent),
    short="行政诉讼",
)

FIGURES: dict[str, FigureRecord] = {
    **{one.key: one for one in _of_tables()},
    # Claims come last: their keys have no dots and never meet those of tables.
    LAWSUITS: _LAWSUITS,
    **CLAIMS,
    PART.key: PART,
}
"""Key → record, of everything that is counted."""


def stored_in(table: str) -> tuple[FigureRecord, ...]:
    """The records of what a table of the database keeps, in its columns' order."""
    return tuple(
        one for one in FIGURES.values() if one.stored and one.stored.table == table
    )


def columns_of(table: str) -> tuple[str, ...]:
    """The columns of a table of figures, without those that tell its rows apart."""
    names = (one.stored.column for one in stored_in(table) if one.stored)
    return tuple(dict.fromkeys(names))

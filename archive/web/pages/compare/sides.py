"""Two reports side by side, chosen in the address: `a` and `b` are
`<agency-key>/<year>`, `@2` names a version.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from flask import Response, jsonify, render_template, request

from archive.catalogue import RELEVANCE
from archive.report import (
    Change,
    Comparison,
    Figure,
    Number,
    Piece,
    SectionPair,
    compare,
    shortened,
)
from archive.search import Query
from archive.store import Card, Kept, Session, Text, reports
from archive.web import export, labels
from archive.web.current import current_archive
from archive.web.figures import citing
from archive.web.pages.compare.choices import choices
from archive.web.shown import plain

# e.g. "990100-shilishishangwuju/2023", "shili/2023@2"
# not "shili/23"
_CHOICE = re.compile(r"\s*([^/@\0]{1,200})/(\d{4})(?:@(\d{1,5}))?\s*")
SUGGESTIONS = 12
NONZERO, CHANGED, ALL = "nonzero", "changed", "all"
"""Which figures are compared; the parameter `only`."""
MOST_COMPARED = 2_000_000
"""Bytes of JSON of the reports whose comparisons a process keeps: some 50 pairs of
ordinary ones, which take 6 MB as objects.
"""
_comparisons: Kept[Comparison] = Kept(MOST_COMPARED)
"""What one comparison was, by the digests of both readings in their order: the same two
are asked for with other rows, and as data.
"""


@dataclass(frozen=True)
class Side:
    """One of the two: what the address says, and the report it names, or why there is
    none.
    """

    text: str
    report: Text | None
    trouble: str = ""


def side(session: Session, text: str) -> Side:
    """The report a parameter names."""
    text = text.strip()[:300]
    if not text:
        return Side("", None)
    match = _CHOICE.fullmatch(text)
    if not match:
        return Side(text, None, "写法应为“机关键/年份”，例如“shili/2023”。")
    key, year, version = match.groups()
    number = int(version) if version else None
    report = reports.text(session, key, int(year), number)
    if report is None:
        return Side(text, None, "档案中没有这份报告。")
    return Side(text, report)


def sides() -> tuple[Side, Side]:
    """What the parameters `a` and `b` name."""
    with current_archive().store.asking() as session:
        a = side(session, request.args.get("a", ""))
        b = side(session, request.args.get("b", ""))
    return a, b


def compared(a: Text, b: Text) -> Comparison:
    """The comparison of two reports as they are filed."""
    readings = a.read.digest + b.read.digest
    known = _comparisons.get(readings)
    if known is not None:
        return known
    # Both are cut at the same place.
    before, _ = shortened(a.reading)
    after, _ = shortened(b.reading)
    made = compare(before, after)
    _comparisons.keep(readings, made, a.read.size + b.read.size)
    return made


def page() -> str:
    """The comparison, or the form that chooses what to compare."""
    a, b = sides()
    if not a.report or not b.report:
        offered = _suggestions(a, b)
        return render_template("compare/choose.html", a=a, b=b, **offered, **choices())
    only = request.args.get("only", NONZERO)
    comparison = compared(a.report, b.report)
    changes = _chosen(comparison, only)
    return render_template(
        "compare/compare.html",
        a=a.report,
        b=b.report,
        comparison=comparison,
        changes=changes,
        tables=[(table, list(rows)) for table, rows in groupby(changes, _table_of)],
        only=only,
        cites=citing.cite_pair(a.report, b.report),
    )


def _chosen(comparison: Comparison, only: str) -> list[Change]:
    """The figures that `only` asks for; those that are 0 in both only for `all`."""
    if only == ALL:
        return list(comparison.changes)
    changes = [change for change in comparison.changes if not change.is_zero]
    if only == CHANGED:
        return [change for change in changes if change.difference != 0]
    return changes


def _table_of(change: Change) -> str:
    """What pages call the table; figures of unknown keys stand under a heading too."""
    return labels.table_and_name(change.key)[0] or "其他"


def _suggestions(a: Side, b: Side) -> dict[str, Any]:
    """Other years of the report already chosen, and reports that fit the words in
    `find`.
    """
    words = request.args.get("find", "").replace("\0", " ").strip()
    chosen = a.report or b.report
    years: list[int] = []
    if chosen:
        years = [year for year in chosen.years if year != chosen.year]
    found: list[Card] = []
    if words or not chosen:
        found = _found(words)
    return {"words": words, "found": found, "chosen": chosen, "years": years}


def _found(words: str) -> list[Card]:
    """Reports that fit the words best; without words the newest."""
    sort = RELEVANCE if words else "year"
    results = current_archive().index.search(Query(words, size=SUGGESTIONS, sort=sort))
    with current_archive().store.asking() as session:
        return reports.cards(session, [hit.version_id for hit in results.hits])


def page_json() -> tuple[Response, int] | Response:
    """The comparison as data."""
    a, b = sides()
    if not a.report or not b.report:
        # Named but not there is 404; not named is a bad request.
        status = 404 if a.text and b.text else 400
        wrong = filter(None, (_wrong("a", a), _wrong("b", b)))
        return jsonify(error="；".join(wrong)), status
    comparison = compared(a.report, b.report)
    return jsonify(
        a=_named(a.report),
        b=_named(b.report),
        url=citing.pair_address(a.report, b.report),
        cite=citing.cite_pair(a.report, b.report),
        figures=[_change_told(change) for change in comparison.changes],
        sections=[_pair_told(pair) for pair in comparison.sections],
    )


def _wrong(name: str, one: Side) -> str:
    """What is wrong with a parameter; nothing where it names a report."""
    if one.report:
        return ""
    return f"{name}：{one.trouble or '缺少参数'}"


def _change_told(change: Change) -> dict[str, Any]:
    """A figure of both reports as JSON."""
    return {
        "key": change.key,
        "label": labels.figure_label(change.key),
        "a": plain(_value(change.before)),
        "b": plain(_value(change.after)),
        "difference": plain(change.difference),
        "percent": plain(change.percent),
    }


def _value(figure: Figure | None) -> Number | None:
    """None where a report does not have the figure, or not its value."""
    if figure:
        return figure.value
    return None


def _pair_told(pair: SectionPair) -> dict[str, Any]:
    """A section of both reports as JSON, passage by passage."""
    passages = [
        {
            "kind": passage.kind,
            "a": _told(passage.before),
            "b": _told(passage.after),
        }
        for passage in pair.passages
    ]
    return {
        "number": pair.number,
        "a": pair.before,
        "b": pair.after,
        "passages": passages,
    }


def _named(one: Text) -> dict[str, Any]:
    """Which report is compared, as JSON."""
    return {
        "agency": one.agency.name,
        "agency_key": one.agency.key,
        "year": one.year,
        "version": one.number,
        "title": one.title,
        "sha256": one.digest,
    }


def _told(pieces: tuple[Piece, ...]) -> list[dict[str, Any]]:
    """A passage as JSON, cut where the changed words begin and end."""
    return [{"text": piece.text, "changed": piece.changed} for piece in pieces]


def page_export(kind: str) -> tuple[Response, int] | Response:
    """The figures of both, a row each."""
    a, b = sides()
    if not a.report or not b.report:
        return Response(
            "请先选定两份报告。", 400, content_type="text/plain; charset=utf-8"
        )
    comparison = compared(a.report, b.report)
    both = (a.report, b.report)
    names = [f"{one.agency.name}{one.year}年度第{one.number}号文本" for one in both]
    columns = {
        "键": "数据接口所用的名称",
        "表": "",
        "项目": "",
        # A report may be compared with itself: no two columns are called the same.
        f"甲：{names[0]}": f"原件 SHA-256：{a.report.digest}",
        f"乙：{names[1]}": f"原件 SHA-256：{b.report.digest}",
        "差": "乙减甲",
        "差（%）": "差÷甲×100",
    }
    rows = map(_row, comparison.changes)
    address = citing.pair_address(a.report, b.report)
    return export.told_table(kind, ("比较", names), columns, rows, address=address)


def _row(change: Change) -> list[export.Value]:
    """A figure of both reports under the headings of the export."""
    return [
        change.key,
        *labels.table_and_name(change.key),
        _value(change.before),
        _value(change.after),
        change.difference,
        change.percent,
    ]

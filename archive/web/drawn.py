"""What stands on a page by the dozen: cells of figures, cells as printed, values of
facets, what is told of a report in a list. Written as HTML here, since a template takes
five times as long for each, and most of the time of a page goes into them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from html import escape

from flask import Flask
from markupsafe import Markup

from archive.catalogue import MARKS, Label, PublishedFrom, Status
from archive.report import Cell, Figure
from archive.search import Pieces, Snippet
from archive.store import Card, Named, Version
from archive.web import labels, narrowing
from archive.web.addresses import address
from archive.web.figures import tables
from archive.web.shown import day, number

EXACT = "exact"
TOTAL = "total"
"""The column that is set off."""
_LONG, _WORDS = 12, 4
"""Signs from which on a printed cell is set as text, and as words."""
_TICK = '<span class="tick" aria-hidden="true">✓</span>'
_TAKE_OFF = '<span class="vh">（已选，点击去掉）</span>'


def value(figure: tables.Cell) -> Markup:
    """A figure with its mark, linked to where it is printed."""
    return Markup(_value(figure))


def _value(figure: tables.Cell) -> str:
    """The same, to be put into other HTML."""
    shown = escape(figure.text)
    if figure.mark:
        tag = "sup" if figure.text else "span"
        hint = f'<span class="vh">（{escape(figure.hint)}）</span>'
        shown += f'<{tag} aria-hidden="true">{escape(figure.mark)}</{tag}>{hint}'
    if figure.anchor:
        return f'<a href="#{escape(figure.anchor)}">{shown}</a>'
    return shown


def cells(figures: Sequence[tables.Cell], columns: Sequence[Label]) -> Markup:
    """The cells of a row of a statutory table."""
    drawn = [
        _cell(figure, column.key == TOTAL)
        for figure, column in zip(figures, columns, strict=True)
    ]
    return Markup("".join(drawn))


def _cell(figure: tables.Cell, is_total: bool) -> str:
    """A figure as the cell of a table.

    What is not sure looks other than what is; a sure 0 steps back, since most cells of
    most reports are 0.
    """
    looks = "num"
    if figure.status != EXACT:
        looks += f" is-{figure.status}"
    elif figure.is_zero:
        looks += " zero"
    if is_total:
        looks += " total"
    title = f' title="{escape(figure.hint)}"' if figure.hint else ""
    return f'<td class="{looks}"{title}>{_value(figure)}</td>'


def beside(figure: Figure | None) -> Markup:
    """A figure beside the same one of another report: its value with its mark.

    A form that does not print it at all is another thing than a cell nobody could read.
    """
    if figure is None:
        return _NOT_PRINTED
    if figure.value is None:
        return _NOT_READ
    shown = number(figure.value)
    if figure.status is Status.EXACT:
        return Markup(shown)
    hint = figure.status.label
    mark = f'<sup title="{hint}">{MARKS[figure.status]}</sup>'
    return Markup(f'{shown}{mark}<span class="vh">（{hint}）</span>')


_NOT_PRINTED = Markup('<span class="soft">—<span class="vh">没有这一项</span></span>')
_NOT_READ = Markup('<span class="soft">缺</span>')


def statuses(sheets: Iterable[tables.Sheet]) -> set[str]:
    """How the figures of some tables came about: what a legend has to explain."""
    return {
        figure.status for sheet in sheets for row in sheet.rows for figure in row.cells
    }


def printed(row: Iterable[Cell]) -> Markup:
    """The cells of a row as it is printed, each with its anchor."""
    return Markup("".join([_printed(cell) for cell in row]))


def _printed(cell: Cell) -> str:
    """A cell as it is printed.

    Long words would make a column of figures as wide as the page, so they are set in
    lines.
    """
    length = len(cell.text)
    told = ""
    if length > _LONG:
        told = ' class="long"'
    elif length > _WORDS:
        told = ' class="words"'
    if cell.rows > 1:
        told += f' rowspan="{cell.rows}"'
    if cell.columns > 1:
        told += f' colspan="{cell.columns}"'
    return f'<td id="{cell.at.anchor}"{told}>{escape(cell.text)}</td>'


def about(card: Card) -> Markup:
    """The line under a report's title in a list: whose, where, when."""
    agency = card.agency
    page = address("agencies.agency", key=agency.key)
    told = [f'<a href="{escape(page)}">{escape(agency.name)}</a>']
    if agency.region_name:
        told.append(escape(agency.region_name))
    told.append(f"{card.year}年度")
    if card.published_on:
        told.append(published(card))
    told.append(escape(labels.FORM_NAMES.get(card.form, card.form)))
    spans = "".join([f"<span>{one}</span>" for one in told])
    return Markup(f'<p class="meta">{spans}</p>')


def published(one: Card | Version) -> str:
    """When a text was published, and what says so: a report is signed before it is
    published.
    """
    said_by = labels.PUBLISHED_FROM.get(one.published_from, "")
    if one.published_from == PublishedFrom.SIGNED:
        return f"{said_by}{day(one.published_on)}"
    source = f"（{said_by}）" if said_by else ""
    return f"{day(one.published_on)}发布{source}"


def badges(contradictions: int, notable: int, doubts: int) -> Markup:
    """Three counts, one a family: they are never added up. Nothing where all are 0."""
    counts = (contradictions, notable, doubts)
    drawn = [
        f'<li class="badge {looks}"><span aria-hidden="true">{sign}</span>{name}'
        f" {count} 处</li>"
        for count, (looks, sign, name) in zip(counts, _BADGES, strict=True)
        if count
    ]
    if not drawn:
        return Markup("")
    return Markup(f'<ul class="badges">{"".join(drawn)}</ul>')


_BADGES = (
    ("is-clash", "≠", "自身矛盾"),
    ("is-notable", "※", "值得留意"),
    ("is-doubt", "?", "读取存疑"),
)


def marked(pieces: Pieces) -> Markup:
    """A passage with the words that were asked for set off."""
    return Markup(_marked(pieces))


def _marked(pieces: Pieces) -> str:
    """The same, to be put into other HTML."""
    drawn = [
        f"<mark>{escape(text)}</mark>" if is_asked else escape(text)
        for text, is_asked in pieces
    ]
    return "".join(drawn)


def snippets(passages: Iterable[Snippet], page: str) -> Markup:
    """Passages of a report, each with a link to its section on the report's page."""
    begin = f'<li><a href="{escape(page)}#s'
    drawn = [f"{begin}{_snippet(passage)}</li>" for passage in passages]
    return Markup("".join(drawn))


def _snippet(passage: Snippet) -> str:
    """A passage from the number of its section on."""
    heading = escape(passage.heading) or "前言"
    before = "…" if passage.cut_before else ""
    after = "…" if passage.cut_after else ""
    text = _marked(passage.pieces)
    return f'{passage.section}">{heading}</a>{before}{text}{after}'


def alike(reports: Iterable[Named]) -> Markup:
    """Links to reports that are nearly the same as another one.

    Departments of one city copy from one another, so there may be dozens.
    """
    drawn = []
    for one in reports:
        page = escape(address("reports.report", key=one.key, year=one.year))
        drawn.append(
            f'<li><a href="{page}">{escape(one.agency)} {one.year}年度</a></li>'
        )
    return Markup("".join(drawn))


def facet_rows(
    rows: Iterable[narrowing.Row], to: Callable[[Iterable[str]], str]
) -> Markup:
    """Values of a facet, each linked to what a click makes of the filter.

    `to` makes the address with other values of the facet.
    """
    return Markup("".join([_facet_row(row, to) for row in rows]))


def _facet_row(row: narrowing.Row, to: Callable[[Iterable[str]], str]) -> str:
    """A value of a facet. What would find nothing is no link."""
    count = f'<span class="count">{number(row.count)}<span class="vh">份</span></span>'
    label = escape(row.label)
    looks = f'<li class="depth-{row.depth}">'
    if row.selected:
        begin = f'<a href="{escape(to(row.then))}" aria-current="true" rel="nofollow">'
        name = f"{_TICK}{label}{_TAKE_OFF}"
        end = "</a>"
    elif row.count:
        begin = f'<a href="{escape(to(row.then))}" rel="nofollow">'
        name = label
        end = "</a>"
    else:
        begin = '<span class="nothing">'
        name = label
        end = "</span>"
    return f'{looks}{begin}<span class="name">{name}</span>{count}{end}</li>'


def equip(app: Flask) -> None:
    """Give the templates these as filters."""
    app.jinja_env.filters.update(
        value=value,
        cells=cells,
        beside=beside,
        statuses=statuses,
        printed=printed,
        facet_rows=facet_rows,
        about=about,
        published=published,
        marked=marked,
        snippets=snippets,
        alike=alike,
    )
    app.jinja_env.globals.update(badges=badges)

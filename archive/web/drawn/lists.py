"""What stands in lists: reports with their passages, values of facets."""

# What is put in is escaped here, piece by piece: tests/web/test_pages.py sends scripts.
# ruff: noqa: S704

from __future__ import annotations

from collections.abc import Callable, Iterable

from markupsafe import Markup

from archive.catalogue import PublishedFrom
from archive.search import Pieces, Snippet
from archive.store import Card, Named, Version
from archive.web import labels, narrowing
from archive.web.addresses import Choosing, address, address_with
from archive.web.drawn.escaping import escape
from archive.web.shown import day

_TICK = '<span class="tick" aria-hidden="true">✓</span>'
_TAKE_OFF = '<span class="vh">（已选，点击去掉）</span>'


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


def facets(shown: Iterable[narrowing.Shown]) -> Markup:
    """Facets, each value linked to what a click makes of the filter."""
    changed = Choosing(page=None, finding=None, all=None)
    return Markup("".join([_facet(one, changed) for one in shown]))


def _facet(one: narrowing.Shown, changed: Choosing) -> str:
    """A facet: what is seen at once, what unfolds or where the others stand."""
    to, place = changed.of(one.key), f"facet-{escape(one.key)}"
    more = ""
    if one.more:
        rows = facet_rows(one.more, to)
        summary = f"<summary>其余 {len(one.more)} 项</summary>"
        more = f"<details>{summary}<ul>{rows}</ul></details>"
    elif one.elsewhere:
        more = _to_page(one, one.key, f"其余 {one.elsewhere} 项")
    elif one.is_whole:
        more = _to_page(one, None, "收起")
    return (
        f'<section class="facet" aria-labelledby="{place}"><h3 id="{place}">'
        f"{escape(one.label)}</h3><ul>{facet_rows(one.rows, to)}</ul>{more}</section>"
    )


def _to_page(one: narrowing.Shown, whole: str | None, name: str) -> str:
    """A link to the page where all values of a facet stand, or back from it."""
    page = f"{escape(address_with(all=whole))}#facet-{escape(one.key)}"
    hint = f'<span class="vh">（{escape(one.label)}）</span>'
    return f'<p class="more"><a href="{page}" rel="nofollow">{name}{hint}</a></p>'


def facet_rows(
    rows: Iterable[narrowing.Row], to: Callable[[Iterable[str]], str]
) -> Markup:
    """Values of a facet, each linked to what a click makes of the filter.

    `to` makes the address with other values of the facet.
    """
    return Markup("".join([_facet_row(*row, to) for row in rows]))


def _facet_row(
    label: str,
    count: int,
    selected: bool,
    depth: int,
    then: tuple[str, ...],
    to: Callable[[Iterable[str]], str],
) -> str:
    """A value of a facet. What would find nothing is no link."""
    name, begin, end = escape(label), '<span class="nothing">', "</span>"
    if count or selected:
        begin, end = f'<a href="{escape(to(then))}" rel="nofollow">', "</a>"
    if selected:
        begin = begin.replace(" rel", ' aria-current="true" rel')
        name = f"{_TICK}{name}{_TAKE_OFF}"
    return (
        f'<li class="depth-{depth}">{begin}<span class="name">{name}</span>'
        f'<span class="count">{count:,}<span class="vh">份</span></span>{end}</li>'
    )

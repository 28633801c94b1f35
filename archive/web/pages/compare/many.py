"""The page of a question of many reports: form, chart, table, files."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from flask import render_template
from werkzeug.datastructures import MultiDict

from archive.web.addresses import pages_of, public_address
from archive.web.current import current_archive
from archive.web.figures import citing
from archive.web.labels import region_name
from archive.web.pages.compare import charted, lines, reading, short
from archive.web.pages.compare.asked import (
    Asked,
    parameters,
    spans,
    written,
)
from archive.web.pages.compare.choices import choices
from archive.web.pages.compare.columns import Column, column
from archive.web.pages.compare.gathered import Gathered, gathered, lost, told_of_lost
from archive.web.pages.compare.links import first_page, link, public_link
from archive.web.pages.compare.table import Row

A_PAGE = 100
MOST_CHIPS = 60
"""Agencies that are listed one by one above the table."""
MOST_TEXTS = 4
"""Reports that a quotation of the table names one by one."""


def page(args: MultiDict[str, str]) -> str:
    """The page that the parameters of an address ask for."""
    asked, notes = reading.asked(args)
    if not asked.whom.is_anybody:
        return render_template(
            "compare/many.html", found=None, notes=notes, **choices(asked)
        )
    found = gathered(asked)
    last = pages_of(len(found.table.lines), A_PAGE)
    at = min(asked.page, last)
    shown = found.table.lines[(at - 1) * A_PAGE : at * A_PAGE]
    with current_archive().store.asking() as session:
        code = short.code_if_kept(session, found.asked)
        unreadable = lost(session, shown, lately=True)
    links = _links(found.asked, code)
    return render_template(
        "compare/many.html",
        found=found,
        title=title(found),
        notes=(*notes, *found.notes, *told_of_lost(unreadable.values())),
        heads=[head(found.asked, one) for one in found.table.columns],
        rows=lines.lines(shown, unreadable),
        totals=lines.totals(found.table),
        chart=charted.chart(found),
        links=links,
        cites=_cited(found, code),
        conditions=[one.told for one in found.asked.conditions],
        removable=_removable(asked),
        named=_named(found),
        parameters=parameters(first_page(asked)),
        page=at,
        last_page=last,
        **choices(found.asked),
    )


@dataclass(frozen=True, slots=True)
class Head:
    """What stands over a column, and what a click on it sorts by."""

    name: str
    title: str
    unit: str
    to: str
    sorted: str
    """As ARIA has it: ascending, descending, or empty."""


def head(asked: Asked, shown: Column) -> Head:
    """The head of a column: the first click puts the largest first."""
    is_down = asked.sort == f"-{shown.name}"
    turned = shown.name if is_down else f"-{shown.name}"
    order = {f"-{shown.name}": "descending", shown.name: "ascending"}
    return Head(
        name=str(shown.year) if shown.year else shown.heading,
        title=shown.formula or shown.label,
        unit=shown.unit,
        to=link("compare.page", replace(asked, sort=turned, page=1)),
        sorted=order.get(asked.sort, ""),
    )


def title(found: Gathered) -> str:
    """The question in a line."""
    asked, bodies = found.asked, found.bodies
    whose = bodies[0].name if bodies else "没有机关"
    if len(bodies) > 1:
        whose = f"{whose}等 {len(bodies):,} 个机关"
    place = asked.whom
    if place.is_place and not place.agencies and not place.of:
        whose = f"{_place(asked)} {len(bodies):,} 个机关"
    what = column(asked.figures[0]).heading
    if len(asked.figures) > 1 and not asked.by_year:
        what = f"{what}等 {len(asked.figures)} 项"
    years = "、".join(spans(asked.years))
    return f"{whose} · {years} 年度 · {what}"


def whole_title(found: Gathered) -> str:
    """The same with its conditions: where it stands without the page that names them,
    rows would be missing and nobody would know.
    """
    joined = " 或 " if found.asked.is_any else " 且 "
    conditions = joined.join(one.told for one in found.asked.conditions)
    return " · ".join(filter(None, (title(found), conditions)))


def _place(asked: Asked) -> str:
    """`示例省及下级 县 商务`."""
    whom = asked.whom
    places = "、".join(map(region_name, whom.regions))
    if places and whom.below:
        places = f"{places}及下级"
    named = (places, "、".join(whom.levels), "、".join(whom.sectors))
    return " ".join(filter(None, named))


def _links(asked: Asked, code: str) -> dict[str, str]:
    """Addresses of the files, of the question itself, and of what others may frame."""
    whole = first_page(asked)
    turned = replace(whole, by_year=not whole.by_year, sort="")
    return {
        "question": written(whole),
        "csv": link("compare.page_export", whole, kind="csv"),
        "xlsx": link("compare.page_export", whole, kind="xlsx"),
        "json": link("compare.page_json", whole),
        "turned": link("compare.page", turned),
        "short": public_short(code),
        "long": public_link("compare.page", whole),
        "embed": public_embed(code) or public_link("compare.embed", whole),
        "embed_here": link("compare.embed", whole),
    }


def public_short(code: str) -> str:
    """The short address as we give it to others; empty without a code."""
    if not code:
        return ""
    return f"{current_archive().settings.public_url}/c/{code}"


def public_embed(code: str) -> str:
    """The address to frame of a kept question; empty without a code."""
    return public_address("compare.embed_kept", code=code) if code else ""


def cites(found: Gathered) -> dict[str, str]:
    """How the table is quoted, as it is today: plain, gb7714 and bibtex."""
    return _cited(found, _code(found))


def _code(found: Gathered) -> str:
    """The code of the question, where it is kept."""
    with current_archive().store.asking() as session:
        return short.code_if_kept(session, found.asked)


def _cited(found: Gathered, code: str) -> dict[str, str]:
    whole = public_link("compare.page", first_page(found.asked))
    proof = "；".join(_texts(found)) or f"各行版本的摘要（SHA-256）：{found.digest}"
    return citing.cite_table(whole_title(found), public_short(code) or whole, proof)


def _texts(found: Gathered) -> list[str]:
    """The texts that a table is made of, each by its number and the whole SHA-256 of
    its original; none where they are too many to be named.
    """
    rows: dict[tuple[str, int], Row] = {}
    for line in found.table.lines:
        for row, valued in zip(line.rows, line.values, strict=True):
            if valued is not None:
                rows[row.body.key, row.year] = row
        if len(rows) > MOST_TEXTS:
            return []
    return list(map(_text, rows.values()))


def _text(row: Row) -> str:
    assert row.held
    return (
        f"{row.body.name}{row.year}年度第 {row.held.number} 号文本，"
        f"SHA-256：{row.held.digest}"
    )


def _removable(asked: Asked) -> list[tuple[str, str]]:
    """The conditions that can be taken off, each with the address without it."""
    found = []
    for one in asked.conditions:
        rest = tuple(other for other in asked.conditions if other != one)
        without = replace(asked, conditions=rest, is_any=False, page=1)
        found.append((f"条件：{one.told}", link("compare.page", without)))
    return found


def _named(found: Gathered) -> list[tuple[str, str]]:
    """Key and name of each agency that can be taken off; of many, none."""
    keys = found.asked.whom.agencies
    if len(keys) > MOST_CHIPS:
        return []
    names = {body.key: body.name for body in found.bodies}
    return [(key, names.get(key, key)) for key in keys]


def without_agencies(asked: Asked, keys: Collection[str]) -> Asked:
    """The question without some of the agencies that it names, from its first row."""
    rest = tuple(key for key in asked.whom.agencies if key not in keys)
    return replace(asked, whom=replace(asked.whom, agencies=rest), page=1)

"""The reports of a result list, each with its passages."""

# What is put in is escaped by those who draw its parts.
# ruff: noqa: S704

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from markupsafe import Markup

from archive.catalogue import FIGURES
from archive.search import Hit
from archive.store import Card, Named, Valued
from archive.web.addresses import address
from archive.web.answers import Found
from archive.web.drawn.escaping import escape
from archive.web.drawn.lists import about, alike, badges, marked, snippets
from archive.web.drawn.valued import names_of, valued
from archive.web.shown import number

_PRINTED = frozenset(key for key, one in FIGURES.items() if one.printed)


def hits(found: Found) -> Markup:
    """The reports that were found."""
    drawn = [_hit(found, hit, card) for hit, card in found.hits]
    return Markup("".join(drawn))


def _hit(found: Found, hit: Hit, card: Card) -> str:
    page = _page(card)
    values = found.values.get(card.version_id, {})
    counts = badges(card.contradictions, card.notable, card.doubts)
    passages = _passages(hit, page)
    # Where a number is why it is found, a passage without any of the words tells less.
    if values and found.results.nearest and "<mark>" not in passages:
        passages = ""
    return (
        f"<li>{_title(hit, card, page, 'h2')}{about(card)}{_values(values, page)}"
        f"{passages}{counts}{_alike(hit, found.alike[hit.version_id])}</li>"
    )


def lesser_hits(of: Iterable[tuple[Hit, Card]], is_marked: bool) -> Markup:
    """Reports that are shown beside or instead of what was asked for; `is_marked`:
    whether the words asked for are set off in their titles.
    """
    drawn = [_lesser(hit, card, is_marked) for hit, card in of]
    return Markup("".join(drawn))


def _lesser(hit: Hit, card: Card, is_marked: bool) -> str:
    page = _page(card)
    title = _title(hit if is_marked else None, card, page, "h3")
    return f"<li>{title}{about(card)}{_passages(hit, page)}</li>"


def _page(card: Card) -> str:
    return address("reports.report", key=card.agency.key, year=card.year)


def _title(hit: Hit | None, card: Card, page: str, heading: str) -> str:
    """The title, with the words asked for set off where there are any."""
    title = marked(hit.title) if hit and hit.title else escape(card.title)
    return f'<{heading}><a href="{escape(page)}">{title}</a></{heading}>'


def _values(values: Mapping[str, Valued], page: str) -> str:
    """The figures that the address or the words ask for, each with a link to its cell
    in the tables where it stands there.
    """
    if not values:
        return ""
    names = names_of(values)
    drawn = [
        f"<span>{escape(name)}：{_linked(one, key, page)}</span>"
        for name, (key, one) in zip(names, values.items(), strict=True)
    ]
    return f'<p class="meta">{"".join(drawn)}</p>'


def _linked(one: Valued, key: str, page: str) -> str:
    """A value with a link to where it is printed."""
    if key not in _PRINTED or not one.state.has_value:
        return valued(one, key)
    return f'<a href="{escape(page)}#{escape(key)}">{valued(one, key)}</a>'


def _passages(hit: Hit, page: str) -> str:
    if not hit.snippets:
        return ""
    return f'<ul class="snippets">{snippets(hit.snippets, page)}</ul>'


def _alike(hit: Hit, shown: Sequence[Named]) -> str:
    """The reports that say nearly the same, folded away."""
    if not hit.alike:
        return ""
    count = len(hit.alike)
    more = "<li>……</li>" if count > len(shown) else ""
    summary = f"<summary>另有 {number(count)} 份相近</summary>"
    return f'<details class="same">{summary}<ul>{alike(shown)}{more}</ul></details>'

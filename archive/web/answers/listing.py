"""A result list as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from archive.search import FacetValue, Hit
from archive.store import Card, hit_told
from archive.web import labels
from archive.web.addresses import public_address
from archive.web.answers.chips import understood_told
from archive.web.answers.found import Found
from archive.web.answers.missing import not_held_told
from archive.web.figures import asked as asked_figures
from archive.web.figures import valued


def listing(found: Found) -> dict[str, Any]:
    """A result list as JSON: a public contract."""
    return {
        "total": found.results.total,
        "exact": found.results.exact,
        "page": found.query.page,
        "size": found.query.size,
        "pages": found.pages,
        "query": found.query.text,
        "understood": understood_told(found.query),
        "not_held": [not_held_told(one) for one in found.standing.not_held],
        "instead": _instead_told(found),
        "filters": found.query.filters,
        "sort": found.query.sort,
        "where": [condition.written for condition in found.query.where],
        "figures": asked_figures.as_json(found.query, found.results),
        "notes": found.notes,
        "synonyms": found.results.synonyms,
        "folded": found.results.folded,
        # An empty text would look like a question that was meant.
        "meant": found.results.meant or None,
        "facets": {
            name: [_value_told(name, value) for value in values]
            for name, values in found.results.facets.items()
        },
        "results": _hits_told(found, found.hits),
        "beside": _hits_told(found, found.beside),
    }


def _hits_told(found: Found, hits: Sequence[tuple[Hit, Card]]) -> list[dict[str, Any]]:
    """Hits as JSON, each with the values that were asked for."""
    return [
        _hit_told(hit, card) | valued.all_as_json(found.values.get(card.version_id))
        for hit, card in hits
    ]


def _value_told(facet: str, value: FacetValue) -> dict[str, Any]:
    """A value of a facet as JSON."""
    return {
        "value": value.value,
        "label": labels.facet_label(facet, value.value),
        "count": value.count,
        "selected": value.selected,
    }


def _hit_told(hit: Hit, card: Card) -> dict[str, Any]:
    """A hit as JSON, with the addresses of its page and its data."""
    key, year = card.agency.key, card.year
    page = public_address("reports.report", key=key, year=year)
    data = public_address("api.report", key=key, year=year)
    return hit_told(hit, card, page, data)


def _instead_told(found: Found) -> dict[str, Any] | None:
    """Other reports, called what they are; None where what was asked for is here."""
    stands = found.standing
    if not found.instead:
        return None
    return {
        "kind": stands.kind,
        "label": stands.label,
        "total": stands.total,
        "results": _hits_told(found, found.instead),
    }

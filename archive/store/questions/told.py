"""Reports and hits as JSON: one shape for the API, the pages' JSON and the command
line. A public contract.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from archive.store.questions.cards import AgencyCard, Card

if TYPE_CHECKING:
    from archive.search import Hit, Snippet


def card_told(card: Card, page: str, data: str) -> dict[str, Any]:
    """A report of a list. `page` and `data` are the addresses of its page and JSON."""
    agency = card.agency
    published = card.published_on
    return {
        "title": card.title,
        "agency": agency.name,
        "agency_key": agency.key,
        "region": region_told(agency),
        "level": agency.level,
        "sector": agency.sector,
        "year": card.year,
        "form": card.form,
        "published_on": published.isoformat() if published else None,
        "published_from": card.published_from,
        "findings": {
            "report": card.contradictions,
            "notable": card.notable,
            "reading": card.doubts,
        },
        "url": page,
        "json": data,
        "source_url": card.source_url,
        "sha256": card.digest,
    }


def hit_told(hit: Hit, card: Card, page: str, data: str) -> dict[str, Any]:
    """A report that a question found: the card, and why it was found."""
    return {
        **card_told(card, page, data),
        # Enough to compare two hits; the rest is rounding of the machine.
        "score": round(hit.score, 4),
        "alike": len(hit.alike),
        # Marks stand apart from the text, so that no reader has to strip them.
        "snippets": [_snippet_told(snippet) for snippet in hit.snippets],
    }


def _snippet_told(snippet: Snippet) -> dict[str, Any]:
    return {
        "section": snippet.section,
        "heading": snippet.heading,
        "text": "".join(text for text, _ in snippet.pieces),
        "marked": [text for text, marked in snippet.pieces if marked],
    }


def region_told(agency: AgencyCard) -> dict[str, str] | None:
    """The place an agency reports for; None where it is not known."""
    if not agency.region_code:
        return None
    return {"code": agency.region_code, "name": agency.region_name}

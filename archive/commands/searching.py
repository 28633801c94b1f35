"""A search on the command line: hits as text or as JSON, what was understood on the
error stream.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from archive.search import FACETS, Hit, IndexTrouble, Query, Results

if TYPE_CHECKING:
    from archive.pipeline import Archive
    from archive.store import Card


def filters_of(given: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """`year=2021` and the like, as often as wanted, by facet. Raises BadParameter
    naming what is wrong.
    """
    known = [facet.key for facet in FACETS]
    filters: dict[str, tuple[str, ...]] = {}
    for one in given:
        key, _, value = one.partition("=")
        if key not in known or not value:
            raise click.BadParameter(
                f"{one[:60]!r} is no filter: write KEY=VALUE with KEY one of "
                f"{', '.join(known)}"
            )
        filters[key] = (*filters.get(key, ()), value)
    return filters


def answer(archive: Archive, query: Query, as_json: bool) -> None:
    """Print the hits, one JSON object a line or as text. Raises ClickException when the
    index can't be used.
    """
    from archive.store import reports

    try:
        results = archive.index.search(query)
    except IndexTrouble as trouble:
        raise click.ClickException(str(trouble)) from None
    with archive.store.session() as session:
        cards = {
            card.version_id: card
            for card in reports.cards(session, [hit.version_id for hit in results.hits])
        }
    for note in _notes(results):
        click.echo(note, err=True)
    for hit in results.hits:
        if card := cards.get(hit.version_id):
            told = _told(hit, card)
            click.echo(
                json.dumps(told, ensure_ascii=False)
                if as_json
                else f"{card.title}\n    {told['snippet']}"
            )
    click.echo(
        f"{'' if results.exact else 'about '}{results.total} reports", err=as_json
    )


def _notes(results: Results) -> Iterator[str]:
    yield from results.notes
    for word, others in results.synonyms.items():
        yield f"同义词一并查找：{word} = {'、'.join(others)}"
    if results.meant:
        yield f"您要找的是不是：{results.meant}"


def _told(hit: Hit, card: Card) -> dict[str, object]:
    passages = [
        "".join(piece for piece, _ in snippet.pieces) for snippet in hit.snippets
    ]
    return {
        "agency": card.agency.name,
        "region": card.agency.region_name or None,
        "year": card.year,
        "title": card.title,
        "published_on": card.published_on.isoformat() if card.published_on else None,
        "snippet": passages[0] if passages else "",
        "path": f"/reports/{card.agency.key}/{card.year}",
        "source_url": card.source_url,
        "sha256": card.digest,
        "score": round(hit.score, 4),
        "alike": len(hit.alike),
    }

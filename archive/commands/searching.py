"""`search`: hits as text or as JSON; what was understood goes to the error stream."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from textwrap import indent
from typing import TYPE_CHECKING, Any

import click

from archive.commands.opening import open_archive

if TYPE_CHECKING:
    from archive.pipeline import Archive
    from archive.search import Hit, Query, Results, Understood
    from archive.store import Card
    from config import Settings


class Order(click.ParamType):  # type: ignore[type-arg]
    """The key of an order of results.

    Looked up when it is needed: `--help` of the group shows no orders, and is not to
    wait for them.
    """

    name = "order"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str | None:
        return self._choice().get_metavar(param, ctx)

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        return self._choice().convert(value, param, ctx)

    def _choice(self) -> click.Choice[str]:
        from archive.catalogue import ORDERS

        return click.Choice([order.key for order in ORDERS])


@click.command()
@click.argument("text", default="")
@click.option(
    "--filter",
    "-f",
    "filters",
    multiple=True,
    help="Narrow by a facet: year=2021, region=990100, …",
)
@click.option(
    "--sort", type=Order(), help="Default: the order asked for in words, or relevance."
)
@click.option("--page", default=1, type=click.IntRange(1, 1_000_000))
@click.option("--size", default=20, show_default=True, type=click.IntRange(1, 100))
@click.option(
    "--synonyms/--no-synonyms", default=True, help="Search also what means the same."
)
@click.option(
    "--fold/--no-fold", default=False, help="Show near-identical reports as one."
)
@click.option(
    "--understand/--as-typed",
    "is_understood",
    default=True,
    help="Take places, agencies, years and orders for what they are.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a hit.")
@click.pass_obj
def search(
    settings: Settings,
    /,
    text: str,
    filters: tuple[str, ...],
    sort: str | None,
    is_understood: bool,
    as_json: bool,
    **asked: Any,
) -> None:
    """Ask the archive, as on the website: words, "exact text", year:2019..2023,
    (复议 OR 诉讼) -教育, 成都市教育局去年 …
    """
    from archive.catalogue import CHINA, RELEVANCE
    from archive.search import Query

    asked_on = datetime.now(CHINA).date() if is_understood else None
    query = Query(text, _filters(filters), asked_on=asked_on, **asked)
    query = replace(query, sort=sort or query.understood.sort or RELEVANCE)
    with open_archive(settings) as archive:
        _answer(archive, query, as_json)


def _filters(given: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """`year=2021` and the like, as often as wanted, by facet.

    Raises BadParameter naming what is wrong.
    """
    from archive.search import FACETS

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


def _answer(archive: Archive, query: Query, as_json: bool) -> None:
    """Prints the hits, one JSON object a line or as text.

    Raises ClickException when the index can't be used.
    """
    from archive.search import IndexTrouble
    from archive.store import counting, reports

    with archive.store.session() as session:
        held = counting.holdings(session).reports
    try:
        archive.index.require(held)
        results = archive.index.search(query)
    except IndexTrouble as trouble:
        raise click.ClickException(str(trouble)) from None
    with archive.store.session() as session:
        found = reports.cards(session, [hit.version_id for hit in results.hits])
    cards = {card.version_id: card for card in found}
    # On the error stream, so that the hits can be piped to another program.
    for note in (*_understood(query.understood), *_notes(results)):
        click.echo(note, err=True)
    for hit in results.hits:
        card = cards.get(hit.version_id)
        if card is not None:  # else replaced between the search and the database
            click.echo(_hit(hit, card, as_json))
    about = "" if results.exact else "about "
    click.echo(f"{about}{results.total} reports", err=as_json)


def _understood(question: Understood) -> Iterator[str]:
    """What was understood of a question, and what is looked for besides."""
    if question.chips:
        names = [
            f"不含{chip.label}" if chip.is_ruled_out else chip.label
            for chip in question.chips
        ]
        yield f"理解为：{'、'.join(names)}（--as-typed 按原文检索）"
    for chip in question.chips:
        if chip.note:
            yield f"{chip.label}：{chip.note}"


def _notes(results: Results) -> Iterator[str]:
    yield from results.notes
    for word, others in results.synonyms.items():
        yield f"同义词一并查找：{word} = {'、'.join(others)}"
    if results.meant:
        yield f"您要找的是不是：{results.meant}"


def _hit(hit: Hit, card: Card, as_json: bool) -> str:
    import json

    from archive.store import hit_told

    passages = [
        "".join(piece for piece, _ in snippet.pieces) for snippet in hit.snippets
    ]
    passage = passages[0] if passages else ""
    if not as_json:
        # A passage may go on over several paragraphs.
        return f"{card.title}\n{indent(passage, '    ')}"
    # The shape of the API; the addresses are those below wherever the site stands.
    place = f"{card.agency.key}/{card.year}"
    told = hit_told(hit, card, f"/reports/{place}", f"/api/v1/reports/{place}")
    return json.dumps(told, ensure_ascii=False)

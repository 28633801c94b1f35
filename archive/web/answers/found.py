"""An address answered: hits with what is known of their reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from archive.search import Hit, IndexTrouble, Query, Results
from archive.store import (
    AgencyCard,
    Card,
    Named,
    Session,
    Valued,
    counting,
    reports,
    values_of,
)
from archive.web.addresses import pages_of
from archive.web.answers.not_held import NOTHING, Standing, standing
from archive.web.asking import asked
from archive.web.current import current_archive
from archive.web.figures import asked as asked_figures
from archive.web.figures import chosen

ALIKE_SHOWN = 30
"""Near-identical reports listed with a hit."""


@dataclass(frozen=True)
class Found:
    """A search, answered: hits with what is known of their reports."""

    query: Query
    results: Results
    hits: tuple[tuple[Hit, Card], ...]
    beside: tuple[tuple[Hit, Card], ...]
    """Reports with only a part of what was asked for, where few have all of it."""
    notes: tuple[str, ...]
    alike: dict[int, list[Named]]
    """Version → near-identical reports shown with it."""
    values: dict[int, dict[str, Valued]]
    """Version → key → value, of the figures that the address or the words ask for."""
    standing: Standing = NOTHING
    """What was named and is not here, and what there is instead."""
    instead: tuple[tuple[Hit, Card], ...] = ()
    """The reports of that."""

    @property
    def pages(self) -> int:
        """Reports folded into others have no place of their own on a page."""
        return pages_of(self.results.total - self.results.folded, self.query.size)


def find(args: MultiDict[str, str]) -> Found:
    """Answer an address. Raises IndexTrouble when there is no index to ask."""
    query, notes = asked(args)
    keys, unknown = chosen.keys_asked(args)
    results = current_archive().index.search(query)
    keys = keys or chosen.keys_looked_at(query) or _keys_named(query, results)
    with current_archive().store.asking() as session:
        # What is found is found in an index.
        if not results.total:
            _check_index(session)
        stands = standing(session, current_archive().index, query, results)
        every = (*results.hits, *results.beside, *stands.hits)
        shown = reports.cards(session, [hit.version_id for hit in every])
        names = reports.named(session, _alike(results.hits))
        values = _values(session, shown, keys)
    cards = {card.version_id: card for card in shown}
    alike: dict[int, list[Named]] = {}
    for hit in results.hits:
        others = [names[one] for one in hit.alike if one in names]
        alike[hit.version_id] = others
    hits, beside = _carded(results.hits, cards), _carded(results.beside, cards)
    told = (*results.notes, *asked_figures.remarks(results))
    return Found(
        query,
        results,
        hits,
        beside,
        (*notes, *unknown, *told),
        alike,
        values,
        stands,
        _carded(stands.hits, cards),
    )


def stands_for(
    session: Session, query: Query
) -> tuple[Standing, tuple[AgencyCard, ...]]:
    """What a question that no agency answers names and is not here, and the agencies
    there are instead. Nothing where there is no index to ask.
    """
    index = current_archive().index
    try:
        stands = standing(session, index, query, index.search(query))
    except IndexTrouble:
        return NOTHING, ()
    cards = reports.cards(session, [hit.version_id for hit in stands.hits])
    return stands, tuple({card.agency.key: card.agency for card in cards}.values())


def _keys_named(query: Query, results: Results) -> tuple[str, ...]:
    """The rows of tables that the words name, where no text has the words: the number
    is why a report is found.
    """
    if not results.nearest:
        return ()
    return tuple(one.condition.key for one in asked_figures.told(query))


def _values(
    session: Session, shown: Sequence[Card], keys: Sequence[str]
) -> dict[int, dict[str, Valued]]:
    """What is known of these figures in the reports of a page; nothing if none is
    asked for.
    """
    if not keys:
        return {}
    return values_of(session, [card.version_id for card in shown], keys)


def _carded(
    hits: Sequence[Hit], cards: Mapping[int, Card]
) -> tuple[tuple[Hit, Card], ...]:
    """Hits with their cards; a report taken out since it was indexed has none."""
    return tuple(
        (hit, cards[hit.version_id]) for hit in hits if hit.version_id in cards
    )


def _check_index(session: Session) -> None:
    """Raises IndexTrouble for an index that is gone."""
    index = current_archive().index
    # Every search comes here, and hardly ever has to ask the database.
    if index.is_missing:
        index.require(counting.holdings(session).reports)


def listed(query: Query, most: int) -> tuple[list[int], int]:
    """The versions of all reports found, at most so many, and how many there are.

    Raises IndexTrouble when there is no index to ask.
    """
    version_ids, total = current_archive().index.listed(query, most)
    if not total:
        with current_archive().store.asking() as session:
            _check_index(session)
    return version_ids, total


def _alike(hits: Sequence[Hit]) -> list[int]:
    """The versions listed with the hits as nearly the same."""
    return [one for hit in hits for one in hit.alike[:ALIKE_SHOWN]]

"""The list of all agencies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Response, jsonify, render_template, request

from archive.catalogue import (
    SECTORS,
)
from archive.store import (
    AgencyCard,
    Body,
    CoverageWish,
    coverage,
)
from archive.store import agencies as questions
from archive.web import answers
from archive.web import instead as offers
from archive.web.addresses import (
    page_asked,
    pages_of,
)
from archive.web.current import current_archive
from archive.web.pages.agencies.asked import query_of, wish_of
from archive.web.pages.agencies.told import agency_told

A_PAGE = 60
MOST_WITHOUT = 30
"""Bodies without any report that a list of agencies shows below it."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of agencies, and how many there are."""

    total: int
    cards: list[AgencyCard]
    due: dict[str, tuple[int, int]]
    """Agency → how many reports of its body are here since 2008, of how many."""
    without: list[Body]
    """Bodies that fit as well, and of which no report is here; the first few."""
    stands: answers.Standing
    """What is named and not here, where no agency fits."""
    instead: tuple[AgencyCard, ...]
    """Other agencies, called what they are there."""
    spelled: list[str]
    """Agencies whose initials were typed, where no agency fits."""


def _found(page: int, size: int = A_PAGE, most_without: int = 0) -> Listed:
    wish = wish_of(request.args)
    with current_archive().store.asking() as session:
        total, cards = questions.agencies(session, wish, page, size)
        due = coverage.due_of(session, [card.key for card in cards])
        without: list[Body] = []
        if most_without and wish.is_narrow:
            region = wish.region or "".join(place.code for place in wish.places[:1])
            others = CoverageWish(region, wish.sector, wish.level)
            name = " ".join((*(wish.words or ()), *wish.parts[:1], *wish.endings[:1]))
            without = coverage.without_report(session, others, name, most_without)
        stands, instead = answers.Standing(), tuple[AgencyCard, ...]()
        spelled: list[str] = []
        if not total and wish.name:
            stands, instead = answers.stands_for(session, query_of(request.args))
            spelled = offers.spelled(wish.name, current_archive().index.suggest)
    return Listed(total, cards, due, without, stands, instead, spelled)


def agencies() -> str:
    """All agencies, by region and name."""
    page = page_asked(request.args)
    found = _found(page, most_without=MOST_WITHOUT + 1)
    query = query_of(request.args)
    return render_template(
        "agencies/agencies.html",
        asked=wish_of(request.args),
        query=query,
        understood=answers.shown_chips(query),
        has_years=any(chip.years for chip in query.understood.chips),
        stands=found.stands,
        instead=found.instead,
        spelled=found.spelled,
        total=found.total,
        agencies=found.cards,
        due=found.due,
        without=found.without[:MOST_WITHOUT],
        has_more=len(found.without) > MOST_WITHOUT,
        page=page,
        last_page=pages_of(found.total, A_PAGE),
        sectors=SECTORS,
    )


def agencies_json() -> Response:
    """A page of the list as data, with what was understood as a search has it."""
    page = page_asked(request.args)
    found = _found(page)
    understood = answers.understood_told(query_of(request.args))
    not_held = [answers.not_held_told(one) for one in found.stands.not_held]
    results = [
        {**agency_told(card), **_due_told(found.due.get(card.key))}
        for card in found.cards
    ]
    return jsonify(
        total=found.total,
        page=page,
        size=A_PAGE,
        understood=understood,
        not_held=not_held,
        results=results,
    )


def _due_told(counted: tuple[int, int] | None) -> dict[str, Any]:
    """How many reports since 2008 are here, of how many; null before it was counted."""
    held, due = counted or (None, None)
    return {"held": held, "due": due}

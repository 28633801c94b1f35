"""An agency beside its peers: a band, and an order only for who asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, abort, jsonify, render_template, request

from archive.catalogue import FEWEST, IN_SIGHT, INDICATORS, SECTORS
from archive.store import AgencyCard, totals
from archive.store import agencies as questions
from archive.web.addresses import page_asked, pages_of, public_address
from archive.web.current import current_archive
from archive.web.figures import bands
from archive.web.pages.totals import words
from archive.web.shown import plain

blueprint = Blueprint("peers", __name__)

A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Row:
    """A figure of the agency with its band, drawn where there is one."""

    beside: totals.Beside
    label: str
    own: words.Told
    drawing: bands.BandDrawing | None


@dataclass(frozen=True, slots=True)
class Asked:
    """The agency, the year and the figures of an address."""

    card: AgencyCard
    years: tuple[int, ...]
    year: int
    figures: tuple[str, ...]
    notes: tuple[str, ...]
    found: totals.Peers | None


def _asked(key: str) -> Asked:
    figures, notes = words.figures_asked(request.args)
    wanted = tuple(figures) or IN_SIGHT
    if "\0" in key:
        abort(404)
    with current_archive().store.asking() as session:
        card = questions.agency_of(session, key)
        if card is None:
            abort(404, f"档案中没有键为“{key[:60]}”的机关，或者还没有它的报告。")
        years = totals.peer_years(session, key)
        year, said = words.year_or_newest(request.args, years)
        found = totals.peers(session, key, year, wanted)
    return Asked(card, years, year, wanted, (*notes, *said), found)


@blueprint.get("/agencies/<key>/peers")
def page(key: str) -> str:
    """The agency beside those of the same level, sector and year."""
    asked = _asked(key)
    rows = [_row(one) for one in asked.found.beside] if asked.found else []
    ranking = _ranking(key, asked) if request.args.get("ranking") == "1" else None
    return render_template(
        "peers/peers.html",
        asked=asked,
        agency=asked.card,
        peers=asked.found,
        rows=rows,
        ranking=ranking,
        words=words,
        scopes=words.SCOPE_WORDS,
        indicators=INDICATORS,
        sectors=SECTORS,
        least=FEWEST,
        fewest_peers=totals.FEWEST_PEERS,
        chosen=request.args.getlist("figure"),
    )


def _row(one: totals.Beside) -> Row:
    drawing = None
    if one.band is not None:
        own = None if one.own.is_of_few else one.own.value
        drawing = bands.drawn(one.band.p10, one.band.p50, one.band.p90, own)
    own_told = words.placed_told(one.own, one.key)
    return Row(one, words.label_of(one.key), own_told, drawing)


def _ranking(key: str, asked: Asked) -> dict[str, Any]:
    """A page of the peers in the order of the first figure."""
    figure = asked.figures[0]
    with current_archive().store.asking() as session:
        ranked = totals.ranked(session, key, asked.year, figure)
    page_number = min(page_asked(request.args), pages_of(len(ranked), A_PAGE))
    begin = (page_number - 1) * A_PAGE
    return {
        "figure": figure,
        "count": len(ranked),
        "rows": ranked[begin : begin + A_PAGE],
        "page": page_number,
        "last_page": pages_of(len(ranked), A_PAGE),
    }


@blueprint.get("/agencies/<key>/peers.json")
def page_json(key: str) -> Response:
    """The same as data, without an order."""
    asked = _asked(key)
    found = asked.found
    told: dict[str, Any] = {
        "agency": key,
        "year": asked.year or None,
        "url": public_address("peers.page", key=key, year=asked.year or None),
        "method": "Hyndman-Fan 7",
    }
    if found is None:
        return jsonify(**told, peers=None)
    return jsonify(
        **told,
        peers={
            "level": found.level,
            "sector": found.sector,
            "government": found.is_government,
            "scope": words.SCOPE_NAMES[found.scope],
            "reports": found.reports,
            "due": found.due,
        },
        figures={one.key: _beside_told(one) for one in found.beside},
    )


def _beside_told(one: totals.Beside) -> dict[str, Any]:
    own, band = one.own, one.band
    is_placed = own.value is not None and not own.is_of_few
    return {
        "own": {
            "value": float(own.value) if own.value is not None and is_placed else None,
            "numerator": plain(own.over),
            "denominator": plain(own.under),
            "state": own.state.value,
        },
        "band": _band_told(band) if band else None,
        "placed": one.placed,
        "of_few": one.few,
        "lacking": {state.value: count for state, count in one.lacking.items()},
    }


def _band_told(band: totals.Band) -> dict[str, float]:
    return {"p10": float(band.p10), "p50": float(band.p50), "p90": float(band.p90)}

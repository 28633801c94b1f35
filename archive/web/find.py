"""Finding reports: the front page, searching with facets, and its result list as data."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace

from flask import Blueprint, Response, jsonify, render_template, request, url_for
from werkzeug.datastructures import MultiDict

from archive.search import (
    FACETS,
    MAX_CHARACTERS,
    FacetValue,
    Hit,
    IndexTrouble,
    Query,
    Results,
)
from archive.search import NAMES as FIELD_NAMES
from archive.store import Card, counting, key_figures, reports
from archive.web import export, instead, labels, narrowing
from archive.web.guards import limiter
from archive.web.rooms import rooms

blueprint = Blueprint("find", __name__)

SORTS = {
    "relevance": "相关程度",
    "year": "年份（新到旧）",
    "published": "发布日期（新到旧）",
    "agency": "机关",
}
MAX_FILTERS = 40
"""Values chosen in one facet; more are ignored."""
ALIKE_SHOWN = 30
"""Near-identical reports listed with a hit."""
EXPORT_ROWS = 10_000
"""Rows of an export; a note in the last row says when there are more."""


@dataclass(frozen=True)
class Found:
    """A search, answered: hits with what is known of their reports."""

    query: Query
    results: Results
    hits: tuple[tuple[Hit, Card], ...]
    notes: tuple[str, ...]
    alike: dict[int, list[Card]]
    """Version → near-identical reports shown with it."""

    @property
    def pages(self) -> int:
        return max(1, -(-(self.results.total - self.results.folded) // self.query.size))


def asked(args: MultiDict[str, str]) -> tuple[Query, tuple[str, ...]]:
    """What the address asks for, and notes about parameters that could not be
    understood.
    """
    notes: list[str] = []

    def whole(name: str, default: int, most: int) -> int:
        text = args.get(name, "").strip()
        if not text:
            return default
        if not (
            text.isascii()
            and text.isdigit()
            and len(text) < 10
            and 1 <= int(text) <= most
        ):
            notes.append(f"参数 {name} 应为 1 到 {most} 的整数，已按 {default} 处理。")
            return default
        return int(text)

    sort = args.get("sort", "") or (
        "relevance" if args.get("q", "").strip() else "year"
    )
    if sort not in SORTS:
        notes.append(f"没有“{sort[:20]}”这种排序，已按相关程度排列。")
        sort = "relevance"
    filters = {}
    for facet in FACETS:
        given = args.getlist(facet.key) + (
            args.getlist("finding") if facet.key == "findings" else []
        )
        if values := tuple(dict.fromkeys(value[:100] for value in given if value))[
            :MAX_FILTERS
        ]:
            filters[facet.key] = values
    query = Query(
        text=args.get("q", "")
        .replace("\0", " ")
        .strip()[: MAX_CHARACTERS + 1],  # one more, so that it is noted
        filters=filters,
        page=whole("page", 1, 1_000_000),
        size=whole("size", 20, 100),
        sort=sort,
        synonyms=args.get("synonyms", "") != "0",
        fold=args.get("fold", "") != "0" and sort == "relevance",
    )
    return query, tuple(notes)


def find(args: MultiDict[str, str]) -> Found:
    """Answer the address: what the search page, its JSON and the API show."""
    query, notes = asked(args)
    results = rooms().index.search(query)
    with rooms().store.session() as session:
        if rooms().index.is_missing and counting.holdings(session).reports:
            raise IndexTrouble(
                "搜索索引不存在。请启动 python -m archive work，它会重建索引。"
            )
        cards = {
            card.version_id: card
            for card in reports.cards(session, _to_show(results.hits))
        }
    hits = tuple(
        (hit, cards[hit.version_id]) for hit in results.hits if hit.version_id in cards
    )
    alike = {
        hit.version_id: [cards[one] for one in hit.alike if one in cards]
        for hit in results.hits
    }
    return Found(query, results, hits, (*notes, *results.notes), alike)


def _to_show(hits: tuple[Hit, ...]) -> list[int]:
    return [
        version
        for hit in hits
        for version in (hit.version_id, *hit.alike[:ALIKE_SHOWN])
    ]


@blueprint.get("/")
def home() -> str:
    """What is in the archive, and where to begin."""
    with rooms().store.session() as session:
        holdings = counting.holdings(session)
        newest = reports.newest(session)
    return render_template("find/home.html", holdings=holdings, newest=newest)


@blueprint.get("/search")
def search() -> str:
    """Reports that fit, with passages, facets and chips; without words, everything."""
    found = find(request.args)
    return render_template(
        "find/search.html",
        found=found,
        facets=narrowing.shown(found.query, found.results),
        offers_facets=any(
            value.count for values in found.results.facets.values() for value in values
        ),
        chips=narrowing.chips(found.query),
        offers=()
        if found.results.total
        else tuple(instead.offers(found.query, _count)),
        related=_related(found),
        sorts=SORTS,
    )


def _count(query: Query) -> int:
    results = rooms().index.search(replace(query, page=1, size=1))
    return 0 if results.nearest else results.total


def _related(found: Found) -> list[FacetValue]:
    """The agencies with most of the reports found, where there are several and none is
    chosen yet.
    """
    values = [value for value in found.results.facets.get("agency", ()) if value.count]
    chosen = "agency" in found.query.filters or not found.query.text
    return [] if chosen or len(values) < 2 else values[:6]


@blueprint.get("/search/help")
def syntax() -> str:
    """What can be typed into the search box, with examples to try."""
    return render_template(
        "find/syntax.html",
        fields=FIELD_NAMES,
        facets={facet.key: facet for facet in FACETS},
    )


@blueprint.get("/search/suggest.json")
def suggest() -> Response:
    """Completions of `q`, at most eight: text, kind (agency, body, word) and reports
    behind it. A public contract.
    """
    suggestions = rooms().index.suggest(request.args.get("q", ""))
    response = jsonify(suggestions=[asdict(one) for one in suggestions])
    response.headers["Cache-Control"] = "public, max-age=300"
    return response


@blueprint.get("/search.json")
def search_json() -> Response:
    """The result list as the API gives it."""
    return jsonify(listing(find(request.args)))


def listing(found: Found) -> dict[str, object]:
    """A result list as JSON: a public contract."""
    return {
        "total": found.results.total,
        "exact": found.results.exact,
        "page": found.query.page,
        "size": found.query.size,
        "pages": found.pages,
        "query": found.query.text,
        "filters": found.query.filters,
        "sort": found.query.sort,
        "notes": found.notes,
        "synonyms": found.results.synonyms,
        "folded": found.results.folded,
        "meant": found.results.meant or None,
        "facets": {
            name: [
                {
                    "value": value.value,
                    "label": labels.facet_label(name, value.value),
                    "count": value.count,
                    "selected": value.selected,
                }
                for value in values
            ]
            for name, values in found.results.facets.items()
        },
        "results": [_result(hit, card) for hit, card in found.hits],
    }


def _result(hit: Hit, card: Card) -> dict[str, object]:
    return {
        **described(card),
        "score": round(hit.score, 4),
        "alike": len(hit.alike),
        "snippets": [
            {
                "section": snippet.section,
                "heading": snippet.heading,
                "text": "".join(text for text, _ in snippet.pieces),
                "marked": [text for text, marked in snippet.pieces if marked],
            }
            for snippet in hit.snippets
        ],
    }


def described(card: Card) -> dict[str, object]:
    """A report of a list as JSON."""
    agency = card.agency
    return {
        "title": card.title,
        "agency": agency.name,
        "agency_key": agency.key,
        "region": {"code": agency.region_code, "name": agency.region_name}
        if agency.region_code
        else None,
        "level": agency.level,
        "sector": agency.sector,
        "year": card.year,
        "form": card.form,
        "published_on": card.published_on.isoformat() if card.published_on else None,
        "findings": {"reading": card.doubts, "report": card.contradictions},
        "url": url_for("browse.report", key=agency.key, year=card.year, _external=True),
        "json": url_for("api.report", key=agency.key, year=card.year, _external=True),
        "source_url": card.source_url,
        "sha256": card.digest,
    }


@blueprint.get("/search.<any(csv, xlsx):kind>")
@limiter.limit("60 per minute")
def search_export(kind: str) -> Response:
    """The whole result list, filters and order kept, as a table for a spreadsheet."""
    query, _ = asked(request.args)
    version_ids, total = rooms().index.listed(query, EXPORT_ROWS)
    with rooms().store.session() as session:
        cards = reports.cards(session, version_ids)
        figures = key_figures(session, version_ids)
    rows = [export.report_row(card, figures[card.version_id]) for card in cards]
    if total > EXPORT_ROWS:
        rows.append(
            [
                f"（共约 {total} 份，只导出前 {EXPORT_ROWS} 份；"
                "请增加筛选条件后分次导出。）"
            ]
        )
    return export.table(kind, "reports", export.REPORT_HEADINGS, rows)

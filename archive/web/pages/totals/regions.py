"""Regions: the map of the country, and a place with all that is in it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from flask import Blueprint, Response, abort, jsonify, render_template, request

from archive.catalogue import FEWEST, SECTORS, ClaimScope
from archive.regions import is_code, region_path
from archive.store import Coverages, CoverageWish, coverage, totals
from archive.web import labels
from archive.web.addresses import public_address
from archive.web.current import current_archive
from archive.web.figures import tiles
from archive.web.pages.known import share_of, share_told
from archive.web.pages.totals import words

blueprint = Blueprint("regions", __name__)

COVERAGE = "coverage"
"""What the map shows where no figure is asked for: how much is here."""
OF_A_PLACE = (
    "requests.new.total",
    "disclosed_share",
    "refused_share",
    "review.total",
    "lawsuits.total",
)
"""Figures of a government and its departments, year by year."""


@dataclass(frozen=True, slots=True)
class Child:
    """A place below, with how much of it is here, and the chosen figure."""

    code: str
    name: str
    share: Any
    total: totals.Total | None


@dataclass(frozen=True, slots=True)
class Below:
    """The places below one, the year and figure that are shown of them."""

    covered: Coverages
    wish: totals.TotalsWish
    year: int
    years: tuple[int, ...]
    figure: str
    """A key, or COVERAGE."""
    children: tuple[Child, ...]
    map: tiles.Map
    notes: tuple[str, ...]

    @property
    def told(self) -> str:
        """What the map shows, in words."""
        if self.figure == COVERAGE:
            return "收录比例"
        return words.label_of(self.figure)


def _below(region: str) -> Below:
    """The places below a region. Raises what the database raises."""
    asked, notes = words.wish_asked(request.args)
    figures, others = words.figures_asked(request.args)
    figure = figures[0] if figures else COVERAGE
    wish = _of_one_class(replace(asked, region=region), figure)
    with current_archive().store.asking() as session:
        years = tuple(reversed(totals.years_kept(session)))
        year, newest = words.year_or_newest(request.args, years)
        covered = coverage.coverage(
            session, CoverageWish(region, wish.sector, wish.level, year or None)
        )
        places = [one for one in covered.places if one.value not in ("", region)]
        found: dict[str, totals.Total] = {}
        if figure != COVERAGE:
            codes = [one.value for one in places]
            found = totals.totals_of(session, wish, year, figure, codes)
    children = tuple(
        Child(one.value, one.name, one.share, found.get(one.value)) for one in places
    )
    shown = [_shown(one, figure) for one in children]
    drawn = tiles.of_places(shown) if region else tiles.of_provinces(shown)
    said = (*notes, *others)
    if request.args.get("year"):
        # Of a year that is no year; without any the form shows which it is.
        said += newest
    return Below(covered, wish, year, years, figure, children, drawn, said)


def _of_one_class(wish: totals.TotalsWish, figure: str) -> totals.TotalsWish:
    """Numbers of one scope: unsaid unless another is asked for. Of areas governments'
    of one level: the prefectures' where none is asked for.
    """
    if figure == COVERAGE:
        return wish
    scope = ClaimScope.UNSAID if wish.scope is None else wish.scope
    if scope is not ClaimScope.AREA:
        return replace(wish, scope=scope)
    sector, level = wish.sector or totals.GOVERNMENTS, wish.level or "市"
    return replace(wish, scope=scope, sector=sector, level=level)


def _shown(child: Child, figure: str) -> tiles.Shown:
    if figure == COVERAGE:
        share = child.share
        if share_of(share) is None:
            # Of so few no share is shown, and a shade would be one.
            told = f"{share.held}/{share.due}"
            return tiles.Shown(child.code, child.name, None, told)
        of_all = Fraction(share.held, share.due)
        told = f"{share.held * 100 / share.due:.0f}%"
        return tiles.Shown(child.code, child.name, of_all, told)
    if child.total is None:
        return tiles.Shown(child.code, child.name, None, "")
    value = words.value_of(child.total, figure)
    told = words.total_told(child.total, figure).short
    return tiles.Shown(child.code, child.name, value, told)


@blueprint.get("/regions")
def regions() -> str:
    """The map of the country with its table."""
    return render_template("regions/regions.html", **_page(""))


@blueprint.get("/regions/<code>")
def region(code: str) -> str:
    """A place: its agencies, its totals, the places it consists of."""
    _require_place(code)
    keys = list(OF_A_PLACE)
    with current_archive().store.asking() as session:
        count, residents = totals.residents(session, code)
        years = totals.place_years(session, code, keys)
    return render_template(
        "regions/region.html",
        code=code,
        path=region_path(code),
        residents=residents,
        count=count,
        place_years=years,
        keys=keys,
        **_page(code),
    )


def _page(code: str) -> dict[str, Any]:
    return {
        "below": _below(code),
        "words": words,
        "scopes": words.SCOPE_WORDS,
        "scope_names": words.SCOPE_NAMES,
        "sectors": SECTORS,
        "least": FEWEST,
        "coverage": COVERAGE,
    }


def _require_place(code: str) -> None:
    if not is_code(code):
        abort(404, "地区的地址以六位行政区划代码结尾，如 510000。")
    if not region_path(code):
        abort(404, f"行政区划代码表（2003年以来）中没有 {code}。")


# ---- as data ---------------------------------------------------------------------


@blueprint.get("/regions.json")
def regions_json() -> Response:
    """The same as data."""
    return jsonify(**_told(_below("")))


@blueprint.get("/regions/<code>.json")
def region_json(code: str) -> Response:
    """The same as data."""
    _require_place(code)
    with current_archive().store.asking() as session:
        count, residents = totals.residents(session, code)
    return jsonify(
        code=code,
        name=labels.region_name(code),
        bodies=count,
        residents=[_resident_told(one) for one in residents],
        **_told(_below(code)),
    )


def _told(below: Below) -> dict[str, Any]:
    scope = below.wish.scope
    return {
        "year": below.year or None,
        "figure": below.figure,
        "scope": None if scope is None else words.SCOPE_NAMES[scope],
        "total": share_told(below.covered.total),
        "places": [_child_told(one, below.figure) for one in below.children],
    }


def _child_told(child: Child, figure: str) -> dict[str, Any]:
    told: dict[str, Any] = {
        "code": child.code,
        "name": child.name,
        **share_told(child.share),
        "url": public_address("regions.region", code=child.code),
    }
    if child.total is not None:
        told["figure"] = words.as_json(child.total, figure)
    return told


def _resident_told(one: totals.Resident) -> dict[str, Any]:
    return {
        "key": one.body.key,
        "name": one.body.name,
        "sector": one.body.sector,
        "held": one.held,
        "due": one.due,
    }

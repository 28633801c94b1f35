"""What is computed from figures: the definitions, a page each."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, jsonify, render_template

from archive.catalogue import (
    FEWEST,
    FIGURES,
    INDICATOR_GROUPS,
    INDICATORS,
    Indicator,
    Sum,
)
from archive.web.addresses import public_address

blueprint = Blueprint("indicators", __name__)


@blueprint.get("/indicators")
def indicators() -> str:
    """All definitions."""
    return render_template(
        "indicators/indicators.html", groups=INDICATOR_GROUPS, fewest=FEWEST
    )


@blueprint.get("/indicators.json")
def indicators_json() -> Response:
    """The same as data."""
    return jsonify(indicators=[_told(one) for one in INDICATORS.values()])


@blueprint.get("/indicators/<key>")
def indicator(key: str) -> str:
    """One definition: of which figures it is made, and what gives no value."""
    one = _one_or_404(key)
    variants = [
        other
        for other in INDICATORS.values()
        if other is not one and _family(other) == _family(one)
    ]
    return render_template(
        "indicators/indicator.html",
        one=one,
        variants=variants,
        figures=FIGURES,
        fewest=FEWEST,
    )


@blueprint.get("/indicators/<key>.json")
def indicator_json(key: str) -> Response:
    """The same as data."""
    return jsonify(_told(_one_or_404(key)))


def _one_or_404(key: str) -> Indicator:
    if key not in INDICATORS:
        abort(404, f"没有“{key[:60]}”这个指标；全部指标见“指标”页。")
    return INDICATORS[key]


def _family(one: Indicator) -> str:
    """What several ways of computing the same share."""
    return one.variant_of or one.key


def _told(one: Indicator) -> dict[str, Any]:
    return {
        "key": one.key,
        "label": one.label,
        "english": one.english,
        "formula": one.formula,
        "version": one.version,
        "variant_of": one.variant_of or None,
        "note": one.note,
        "share": one.is_share,
        "growth": one.is_growth,
        "numerator": _sum_told(one.over),
        "denominator": _sum_told(one.under) if one.under else None,
        "url": public_address("indicators.indicator", key=one.key),
    }


def _sum_told(wanted: Sum) -> dict[str, list[str]]:
    """The keys of a sum. `split`: of these what the form of the year has."""
    return {
        "plus": list(wanted.plus),
        "minus": list(wanted.minus),
        "split": list(wanted.split),
    }

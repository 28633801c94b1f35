"""A government's numbers of its whole area against the sum of all below it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, jsonify, render_template

from archive.catalogue import COVERED_SINCE, ClaimScope
from archive.store import AgencyCard, totals
from archive.store import agencies as questions
from archive.web.addresses import public_address
from archive.web.current import current_archive
from archive.web.pages.totals import words
from archive.web.shown import number

blueprint = Blueprint("rollup", __name__)


def _found(key: str, year: int) -> tuple[AgencyCard, totals.RollUp]:
    if "\0" in key or not COVERED_SINCE <= year <= COVERED_SINCE + 60:
        abort(404)
    with current_archive().store.asking() as session:
        card = questions.agency_of(session, key)
        found = totals.roll_up(session, key, year) if card else None
    if card is None or found is None:
        abort(404, f"没有可以同下级相加比较的{year}年度政府报告：{key[:60]}。")
    return card, found


@blueprint.get("/reports/<key>/<int:year>/below")
def page(key: str, year: int) -> str:
    """The numbers of the government, their sum below it, and who is missing."""
    card, found = _found(key, year)
    return render_template(
        "peers/rollup.html",
        agency=card,
        year=year,
        found=found,
        is_area=found.scope is ClaimScope.AREA,
        scope=words.SCOPE_WORDS[found.scope],
        scopes=words.SCOPE_WORDS,
        words=words,
        gap_told=lambda one: gap_told(one, found),
    )


def gap_told(one: totals.Rolled, found: totals.RollUp) -> str:
    """What the difference is, and what it can come from; never whose fault."""
    if one.gap is None:
        return "本报告的这个数字未印出、读不准或自相矛盾，不作比较。"
    open_points = list(_open_points(one, found))
    if one.gap == 0:
        told = "没有差额"
    elif one.gap > 0:
        told = f"差额 {number(one.gap)}（汇总多于下级之和）"
    else:
        told = f"差额 −{number(-one.gap)}（下级之和多于汇总）"
    if open_points:
        # What is missing is a part of what the area has more.
        mark = "，其中" if one.gap > 0 else "；"
        return f"{told}{mark}{'，'.join(open_points)}。"
    own = "汇总还包含政府本机关自己的数字，下级之和不含"
    return f"{told}；{own}。" if one.gap else f"{told}。"


def _open_points(one: totals.Rolled, found: totals.RollUp) -> Any:
    if found.missing:
        yield f"{len(found.missing)} 个机关的年报未收录"
    if one.doubtful:
        yield f"{one.doubtful} 个机关的这个数字未印出、读不准或自相矛盾"
    if found.ambiguous:
        yield f"{len(found.ambiguous)} 个下级政府没有说明其数字是否汇总"
    if found.is_open:
        yield "乡镇没有完整名单"


@blueprint.get("/reports/<key>/<int:year>/below.json")
def page_json(key: str, year: int) -> Response:
    """The same as data."""
    card, found = _found(key, year)
    return jsonify(
        agency=card.key,
        year=year,
        scope=words.SCOPE_NAMES[found.scope],
        url=public_address("rollup.page", key=key, year=year),
        complete=not (found.missing or found.ambiguous or found.is_open),
        figures={
            one.key: {
                "own": one.own,
                "sum": one.summed,
                "reports": one.count,
                "doubtful": one.doubtful,
                "gap": one.gap,
            }
            for one in found.rolled
        },
        children=[_child_told(one) for one in found.children],
    )


def _child_told(one: totals.Child) -> dict[str, Any]:
    return {
        "key": one.key,
        "name": one.name,
        "state": one.state.value,
        "scope": None if one.scope is None else words.SCOPE_NAMES[one.scope],
        "ambiguous": one.is_ambiguous,
        "figures": dict(one.numbers),
    }

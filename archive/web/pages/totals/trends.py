"""Trends: what the reports of a part of the country say, year by year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from typing import Any

from flask import Blueprint, Response, jsonify, render_template, request

from archive.catalogue import FEWEST, INDICATORS, SECTORS, ClaimScope
from archive.store import totals
from archive.web import export
from archive.web.current import current_archive
from archive.web.export import Value
from archive.web.figures import lines
from archive.web.pages.known import share_of
from archive.web.pages.totals import words

blueprint = Blueprint("trends", __name__)

_REASONS = tuple(key for key in INDICATORS if key.startswith("refusal_reasons."))


@dataclass(frozen=True, slots=True)
class Block:
    """Figures that belong together."""

    title: str
    keys: tuple[str, ...]
    note: str = ""
    drawn: str = ""
    """The key of the figure that is drawn as a line; the first one's without it."""

    @property
    def line(self) -> str:
        """Which figure is drawn."""
        return self.drawn or self.keys[0]


BLOCKS = (
    Block(
        "收到与办理",
        (
            "requests.new.total",
            "requests.carried_in.total",
            "requests.concluded.total",
            "requests.carried_out.total",
            "received_growth",
        ),
    ),
    Block(
        "办理结果",
        (
            "disclosed_share",
            "fully_disclosed_share",
            "refused_share",
            "unavailable_share",
            "rejected_share",
            "closed_share",
        ),
        "占全部办理结果的比例。每一列只计分子、分母都确切的报告，"
        "所以各列相加不一定正好是 100%。",
    ),
    Block(
        "不予公开的理由",
        _REASONS,
        "各占不予公开八项之和的比例。",
        drawn="refusal_reasons.internal",
    ),
    Block(
        "复议与诉讼",
        (
            "review.total",
            "review_corrected_share",
            "lawsuits.total",
            "lawsuit_corrected_share",
            "dispute_share",
        ),
        "结果纠正的比例不计尚未审结的案件。",
    ),
)
_COLUMNS = {
    "年度": "报告所述的年度",
    "所指范围": "数字是本级的、汇总的，还是报告没有说明；三类从不相加",
    "键": "数据接口所用的名称",
    "项目": "",
    "数值": f"合计；比率是小数：0.625 即 62.5%，分母不足{FEWEST}的不列",
    "分子": "合计，或各报告分子之和",
    "分母": "各报告分母之和；合计没有分母",
    "计入报告数": "由几份报告相加：只计数字确切的",
    "其中含推定": "计入的报告中，数字是推定的",
    "该范围报告数": "档案中属于这一范围的报告",
    "收录": "档案中有的报告",
    "应有": "应当有报告的机关",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for, and what came of it."""

    blocks: tuple[Block, ...]
    found: totals.Trends
    notes: tuple[str, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """All figures of the page."""
        return _each_once(self.blocks)


def _each_once(blocks: Iterable[Block]) -> tuple[str, ...]:
    """The figures of some blocks, in their order."""
    return tuple(dict.fromkeys(chain.from_iterable(one.keys for one in blocks)))


def _asked() -> Asked:
    wish, notes = words.wish_asked(request.args)
    figures, others = words.figures_asked(request.args)
    blocks = (Block("所选的数字", tuple(figures)),) if figures else BLOCKS
    keys = _each_once(blocks)
    with current_archive().store.asking() as session:
        found = totals.trends(session, wish, keys)
    return Asked(blocks, found, (*notes, *others))


@blueprint.get("/trends")
def page() -> str:
    """Year by year: received, outcomes, reasons of refusal, reviews and lawsuits."""
    asked = _asked()
    found = asked.found
    with_reports = tuple(one for one in found.years if one.reports)
    return render_template(
        "trends/trends.html",
        asked=asked,
        wish=found.wish,
        scope=found.wish.scope,
        of_scope=found.of_scope,
        years=with_reports,
        lines={one.line: _line(one.line, with_reports) for one in asked.blocks},
        sectors=SECTORS,
        words=words,
        scopes=words.SCOPE_WORDS,
        scope_names=words.SCOPE_NAMES,
        is_area=found.wish.scope is ClaimScope.AREA,
        is_unsaid=found.wish.scope is ClaimScope.UNSAID,
        least=FEWEST,
        chosen=request.args.getlist("figure"),
    )


def _line(key: str, years: tuple[totals.TrendYear, ...]) -> lines.Line | None:
    told = []
    for one in reversed(years):
        total = one.totals[key]
        value = words.value_of(total, key)
        told.append((one.year, value, words.total_told(total, key).short))
    return lines.drawn(told)


# ---- as data ---------------------------------------------------------------------


@blueprint.get("/trends.json")
def page_json() -> Response:
    """The same as data."""
    asked = _asked()
    wish = asked.found.wish
    assert wish.scope is not None
    return jsonify(
        asked={
            "region": wish.region,
            "level": wish.level,
            "sector": wish.sector,
            "scope": words.SCOPE_NAMES[wish.scope],
        },
        reports_of_scope=_scopes_told(asked.found.of_scope),
        years=[_year_told(one) for one in asked.found.years],
    )


def _scopes_told(of_scope: Any) -> dict[str, int]:
    return {words.SCOPE_NAMES[scope]: count for scope, count in of_scope.items()}


def _year_told(one: totals.TrendYear) -> dict[str, Any]:
    covered = one.covered
    return {
        "year": one.year,
        "reports": one.reports,
        "reports_of_scope": _scopes_told(one.of_scope),
        "held": covered.held if covered else None,
        "due": covered.due if covered else None,
        "coverage": share_of(covered) if covered else None,
        "figures": {
            key: words.as_json(total, key) for key, total in one.totals.items()
        },
    }


@blueprint.get("/trends.<any(csv, xlsx):kind>")
def page_export(kind: str) -> Response:
    """A row a year and figure, of the scope that is shown."""
    asked = _asked()
    wish = asked.found.wish
    of_bodies = export.narrowed(wish.region, wish.level, wish.sector)
    chosen = () if asked.blocks is BLOCKS else asked.keys
    what = "历年趋势", [*of_bodies, *map(words.label_of, chosen)]
    rows, keys = _rows(asked), asked.keys
    return export.told_table(kind, what, _COLUMNS, rows, keys, asked.notes)


def _rows(asked: Asked) -> Iterator[list[Value]]:
    scope = asked.found.wish.scope
    assert scope is not None
    for one in asked.found.years:
        covered = one.covered
        for key, total in one.totals.items():
            value = words.value_of(total, key)
            told = None if value is None else Decimal(str(round(float(value), 6)))
            yield [
                one.year,
                words.SCOPE_WORDS[scope],
                key,
                words.label_of(key),
                told,
                total.over if total.count else None,
                total.under if total.count else None,
                total.count,
                total.inferred,
                one.reports,
                covered.held if covered else None,
                covered.due if covered else None,
            ]

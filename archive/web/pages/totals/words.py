"""Totals and figures in words, and what an address asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

from werkzeug.datastructures import MultiDict

from archive.catalogue import (
    BREAKDOWN_PART,
    CLAIMS,
    COVERED_SINCE,
    FEWEST,
    FIGURES,
    INDICATOR_GROUPS,
    INDICATORS,
    LEVELS,
    QUANTITIES,
    SECTORS,
    ClaimScope,
    FigureRecord,
    ValueState,
)
from archive.store import totals
from archive.web.addresses import whole_number
from archive.web.asking import one_of, region_asked
from archive.web.figures import chosen, valued
from archive.web.shown import number, plain, signed

_KNOWN = (FIGURES.keys() | INDICATORS.keys()) - {BREAKDOWN_PART}
MOST_FIGURES = 12
"""Figures that one page is asked for."""
_SCOPES = {"own": ClaimScope.OWN, "area": ClaimScope.AREA, "unsaid": ClaimScope.UNSAID}
SCOPE_NAMES: dict[ClaimScope, str] = {scope: name for name, scope in _SCOPES.items()}
"""Scope → how addresses name it."""
SCOPE_WORDS: dict[ClaimScope, str] = {
    ClaimScope.OWN: "本级",
    ClaimScope.AREA: "汇总",
    ClaimScope.UNSAID: "未说明",
}


@dataclass(frozen=True, slots=True)
class Told:
    """A number in words; of `value` and `fraction` one may be empty."""

    value: str
    """`62.5%`, `1,204`; empty for a share of too few, and where there is none."""
    fraction: str = ""
    """`45 / 72`; empty where it is no share."""
    mark: str = ""
    """† where a figure of it was inferred."""

    @property
    def short(self) -> str:
        """What stands where there is room for one thing."""
        return self.value or self.fraction


def is_known(key: str) -> bool:
    """Whether a key is of something that can be added up: a part of a breakdown is
    another thing in every report.
    """
    return key in _KNOWN


def label_of(key: str) -> str:
    """What a figure or an indicator is called."""
    return valued.name_of(key).removesuffix(" · 总计")


def unit_of(key: str) -> str:
    """In what it is counted; nothing for a share."""
    return QUANTITIES[key].unit


def is_share(key: str) -> bool:
    """Whether its value is shown in per cent."""
    return QUANTITIES[key].is_share


@cache
def choices() -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """What can be chosen: heading → key and label."""
    found: list[tuple[str, tuple[tuple[str, str], ...]]] = []
    for title, several in INDICATOR_GROUPS.items():
        found.append((title, tuple((one.key, one.label) for one in several)))
    totals_of_tables = tuple(
        (one.key, label_of(one.key))
        for one in FIGURES.values()
        if one.key.endswith(".total") and _is_printed_now(one)
    )
    found.append(("法定表格合计", totals_of_tables))
    stated = tuple((one.key, one.heading) for one in CLAIMS.values())
    found.append(("正文所述", stated))
    return tuple(found)


def _is_printed_now(record: FigureRecord) -> bool:
    return record.printed is None or "2021" in record.printed.forms


def total_told(total: totals.Total | None, key: str) -> Told:
    """A total in words: of a share both sums, of few cases these alone."""
    if total is None or not total.count:
        return Told("")
    mark = "†" if total.inferred else ""
    if total.under is None:
        return Told(number(total.over), "", mark)
    fraction = f"{number(total.over)} / {number(total.under)}"
    return Told(value_told(value_of(total, key), key), fraction, mark)


def as_json(total: totals.Total, key: str) -> dict[str, Any]:
    """A total as data."""
    value = value_of(total, key)
    return {
        "value": None if value is None else round(float(value), 6),
        "numerator": plain(total.over) if total.count else None,
        "denominator": plain(total.under) if total.count else None,
        "reports": total.count,
        "inferred": total.inferred,
        "lacking": {state.value: count for state, count in total.lacking.items()},
    }


def value_of(total: totals.Total, key: str) -> Fraction | None:
    """The value of a total; None without any report, and for a share of too few."""
    if not total.count:
        return None
    over = Fraction(total.over)
    if total.under is None:
        return over
    if total.under < FEWEST:
        return None
    share = over / Fraction(total.under)
    return share - 1 if QUANTITIES[key].is_growth else share


def value_told(value: Fraction | None, key: str) -> str:
    """A number or share in words; nothing for None."""
    if value is None:
        return ""
    if is_share(key):
        return percent_told(value, key)
    rounded = round(_decimal(value), 1)
    is_net = key in INDICATORS and bool(INDICATORS[key].over.minus)
    return signed(rounded) if is_net else number(rounded)


def percent_told(value: Fraction, key: str) -> str:
    """A share in per cent, growth with its sign."""
    return valued.percent(_decimal(value), with_sign=QUANTITIES[key].is_growth)


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def placed_told(placed: totals.Placed, key: str) -> Told:
    """A report's own number in words."""
    if placed.value is None:
        return Told("")
    mark = "†" if placed.state is ValueState.INFERRED else ""
    if placed.under is None:
        return Told(value_told(placed.value, key), "", mark)
    fraction = f"{number(placed.over)} / {number(placed.under)}"
    value = "" if placed.is_of_few else value_told(placed.value, key)
    return Told(value, fraction, mark)


def lacking_told(lacking: Mapping[ValueState, int]) -> str:
    """`未印出或读不出：3；本格式无此项：1`"""
    return "；".join(f"{state.label}：{count}" for state, count in lacking.items())


# ---- what an address asks for -------------------------------------------------------


def wish_asked(args: MultiDict[str, str]) -> tuple[totals.TotalsWish, tuple[str, ...]]:
    """Region, level, sector and scope; and what of it was not taken as it stands."""
    notes: list[str] = []
    region = region_asked(args, notes.append)
    level = one_of(args, "level", LEVELS, notes.append)
    sector = one_of(args, "sector", SECTORS, notes.append)
    scope = one_of(args, "scope", _SCOPES, notes.append)
    wish = totals.TotalsWish(region, level, sector, _SCOPES.get(scope))
    return wish, tuple(notes)


def year_asked(args: MultiDict[str, str]) -> int | None:
    """The year that is asked for; None for none that can be."""
    year = whole_number(args.get("year", ""), COVERED_SINCE + 60)
    return year if year and year >= COVERED_SINCE else None


def year_or_newest(
    args: MultiDict[str, str], years: Sequence[int]
) -> tuple[int, tuple[str, ...]]:
    """The year that is asked for, or the first of `years`, which is said; 0: none."""
    year = year_asked(args)
    if year is not None:
        return year, ()
    if not years:
        return 0, ()
    given = args.get("year", "").strip()
    why = f"没有“{given[:20]}”这个年度" if given else "没有指定年度"
    return years[0], (f"{why}，显示最近的 {years[0]} 年度。",)


def figures_asked(args: MultiDict[str, str]) -> tuple[chosen.Keys, tuple[str, ...]]:
    """The figures that are asked for, and what was not taken."""
    found, unknown = chosen.told_apart(args.getlist("figure"), is_known)
    notes = [f"没有“{one[:40]}”这个数字或指标。" for one in unknown]
    if len(found) > MOST_FIGURES:
        notes.append(f"一页最多显示 {MOST_FIGURES} 项，其余已略去。")
    return found[:MOST_FIGURES], tuple(notes[:3])

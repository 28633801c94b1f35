"""Figures that a search asks for, as the result page shows them: conditions that can be
taken off, what else a name may mean, ranges, orders, and what a row of a table is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from archive.catalogue import (
    FEWEST,
    FIGURES,
    FORM_SOURCES,
    INDICATORS,
    MEANINGS,
    QUANTITIES,
    Quantity,
    order_by,
)
from archive.search import (
    Condition,
    Counted,
    Query,
    Ranges,
    Results,
    Unsure,
    keys_named,
    without,
    without_key,
)
from archive.web.narrowing import Row

_TABLE_FOUR = 4


@dataclass(frozen=True, slots=True)
class Chip:
    """A condition in use, and the question without it."""

    label: str
    typed: str
    """As it stands in the text; empty for one that was chosen."""
    text: str
    """The words of the question that remain."""
    where: tuple[str, ...]
    """The chosen conditions that remain."""
    literal: str
    """The words with this condition quoted, so that it is looked for as text."""
    choices: tuple[tuple[str, str], ...]
    """What else the name may mean: label, and the condition as an address has it."""
    is_open: bool
    """Whether all of the choices count, since the name may mean each of them."""


@dataclass(frozen=True, slots=True)
class Told:
    """A row of a statutory table, or an indicator, that is all a question names."""

    title: str
    parent: str
    meaning: str
    sources: tuple[str, ...]
    """The letters that set the forms which print it; none for an indicator."""
    condition: Condition
    """Asks for the reports where it is not 0."""


def chips(query: Query) -> list[Chip]:
    """The conditions that hold of the whole question: those typed, then those chosen.

    Those that brackets or an OR join to words are part of the words, and no chips.
    """
    chosen = tuple(condition.written for condition in query.where)
    typed = (_typed(query, counted, chosen) for counted in query.typed)
    # Of several that brackets join to one there is one chip.
    found = list(dict.fromkeys(typed))
    for condition in query.where:
        others = tuple(one for one in chosen if one != condition.written)
        found.append(
            Chip(condition.told, "", query.text, others, "", (), is_open=False)
        )
    return found


def _typed(query: Query, counted: Counted, chosen: tuple[str, ...]) -> Chip:
    """A condition of the text."""
    typed, rest, literal, joined = without(query.text, counted)
    if joined:
        return Chip(joined, typed, rest, chosen, literal, (), is_open=False)
    conditions = counted.conditions
    is_open = len(counted.keys) > 1
    several = conditions if is_open else _variants(conditions[0])
    label = " 或 ".join(condition.told for condition in conditions)
    if is_open:
        label = f"{typed}（{len(conditions)} 项数字中任一项）"
    return Chip(
        label,
        typed,
        rest,
        chosen,
        literal,
        tuple((condition.told, condition.written) for condition in several),
        is_open=is_open,
    )


def _variants(condition: Condition) -> tuple[Condition, ...]:
    """The same of an indicator that others compute in another way."""
    variants = [
        one.key for one in INDICATORS.values() if one.variant_of == condition.key
    ]
    return tuple(replace(condition, key=key) for key in variants)


def remarks(results: Results) -> Iterator[str]:
    """What the conditions can tell nothing of, in Chinese; once for both ends of a
    range.
    """
    told = (remark for one in results.unsure for remark in _remark(one))
    yield from dict.fromkeys(told)


def _remark(one: Unsure) -> Iterator[str]:
    quantities = [each.quantity for each in one.counted.conditions]
    if one.count:
        yield (
            f"另有 {one.count} 份报告没有确定的{_named(quantities)}"
            "（未印出、读不准、自相矛盾或格式无此项），没有计入。"
        )
    if one.few:
        shares = [each for each in quantities if each.is_share]
        yield (
            f"另有 {one.few} 份的{_named(shares)}分母不足 {FEWEST}，"
            "不作比较，没有计入；想一并看，请改用分子的数字作条件。"
        )


def _named(quantities: Iterable[Quantity]) -> str:
    """Their names, each once: “公开率”“行政诉讼·总计”."""
    return "".join(dict.fromkeys(f"“{one.label}”" for one in quantities))


@dataclass(frozen=True, slots=True)
class Ranged:
    """A figure in ranges, as a facet is shown."""

    label: str
    rows: tuple[Row, ...]
    text: str
    """The words without the conditions on this figure: a range takes their place."""
    remark: str


def ranged(query: Query, results: Results) -> Ranged | None:
    """The figure that a question looks at; None where it looks at none."""
    found = results.ranges
    if found is None:
        return None
    kept_as = QUANTITIES[found.key].kept_as
    others = [one for one in query.where if one.keys != {kept_as}]
    kept = tuple(one.written for one in others)
    rows = []
    for one in found.ranges:
        written = tuple(condition.written for condition in one.conditions)
        then = kept if one.selected else (*kept, *written)
        label = _range_label(one.conditions)
        rows.append(Row(label, one.count, one.selected, 0, then))
    missing = "；".join(_in_no_range(found))
    remark = f"未列入：{missing}。" if missing else ""
    text = without_key(query, kept_as)
    return Ranged(QUANTITIES[found.key].label, tuple(rows), text, remark)


def _in_no_range(found: Ranges) -> Iterator[str]:
    if found.unsure:
        yield f"没有确定数字的 {found.unsure} 份"
    if found.few:
        yield f"分母不足 {FEWEST}、不分档的 {found.few} 份"


def _range_label(conditions: Sequence[Condition]) -> str:
    """`10–99`, `20%–30%`, `1000 以上`."""
    own = [one for one in conditions if one.key == conditions[0].key]
    first, last = own[0], own[-1]
    low, high = first.shown, last.shown
    if len(own) == 1:
        words = {"=": low, "<": f"不到 {low}", ">": f"超过 {low}"}
        return words.get(first.operator, f"{low} 以上")
    if first.quantity.is_share:
        return f"{low}–{high}"
    if "元" in first.quantity.unit:
        return f"{low}–{high}"
    # Whole numbers: more than 0 and less than 10 is 1–9.
    lowest = first.number + (first.operator == ">")
    return f"{lowest}–{last.number - 1}"


def orders(key: str) -> dict[str, str]:
    """The two orders by a figure, with their names."""
    both = (order_by(key), order_by(key, is_rising=True))
    return {order.key: order.label for order in both}


def told(query: Query) -> list[Told]:
    """What the words of a question name, where they name nothing else."""
    if query.typed:
        return []
    found: list[Told] = []
    for key in keys_named(query.text):
        if not QUANTITIES[key].of:
            found += _told(key)
    return found


def _told(key: str) -> Iterator[Told]:
    condition = Condition(key, ">", Decimal(0))
    if key in INDICATORS:
        one = INDICATORS[key]
        meaning = f"{one.formula}。{one.note}"
        yield Told(one.label, "", meaning, (), condition)
        return
    printed = FIGURES[key].printed
    if printed is None:
        return
    row = printed.row
    title = row.title
    if printed.table == _TABLE_FOUR or printed.column.key != "total":
        title = f"{row.title} · {printed.column.title}"
    sources = tuple(FORM_SOURCES[form] for form in printed.forms)
    yield Told(title, row.parent, MEANINGS.get(row.key, ""), sources, condition)


def as_json(query: Query, results: Results) -> dict[str, Any]:
    """The conditions and ranges of a search as the API gives them."""
    return {
        "conditions": [_unsure_told(one) for one in results.unsure],
        "ranges": _ranges_told(results),
    }


def _unsure_told(one: Unsure) -> dict[str, Any]:
    conditions = [_condition_told(each) for each in one.counted.conditions]
    return {"any_of": conditions, "unsure": one.count, "of_few": one.few}


def _condition_told(condition: Condition) -> dict[str, Any]:
    return {
        "key": condition.key,
        "operator": condition.operator,
        "number": float(condition.number),
        "written": condition.written,
        "label": condition.told,
    }


def _ranges_told(results: Results) -> dict[str, Any] | None:
    found = results.ranges
    if found is None:
        return None
    return {
        "key": found.key,
        "unsure": found.unsure,
        "of_few": found.few,
        "ranges": [
            {
                "where": [condition.written for condition in one.conditions],
                "label": _range_label(one.conditions),
                "count": one.count,
                "selected": one.selected,
            }
            for one in found.ranges
        ],
    }

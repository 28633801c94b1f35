"""The orders in which results can be shown.

To add one: a record here, and its keys in `archive.search.answer.ranking.ORDER_KEYS`.
"""

from __future__ import annotations

from dataclasses import dataclass

from archive.catalogue.indicators import QUANTITIES


@dataclass(frozen=True, slots=True)
class Order:
    """An order of results; `key` is its name in addresses."""

    key: str
    label: str


RELEVANCE = "relevance"
BY_FIGURE = "figure:"
"""Begins the orders by a figure or an indicator: `figure:KEY`, the highest first, and
`figure:KEY:asc`, the lowest first. What is not known for sure stands behind.
"""
_RISING = ":asc"

ORDERS: tuple[Order, ...] = (
    # Only this order folds near-identical reports into one.
    Order(RELEVANCE, "相关程度"),
    Order("year", "年份（新到旧）"),
    # When a portal published it, which can be years after the report's own year.
    Order("published", "发布日期（新到旧）"),
    Order("agency", "机关"),
)
"""In the order in which pages offer them; the first is that of a question in words."""


def figure_order(sort: str) -> tuple[str, bool] | None:
    """The key that an order is by, and whether the lowest comes first; None for an
    order that is by no figure.
    """
    if not sort.startswith(BY_FIGURE):
        return None
    named = sort.removeprefix(BY_FIGURE)
    key = named.removesuffix(_RISING)
    if key not in QUANTITIES:
        return None
    return key, named.endswith(_RISING)


def order_by(key: str, *, is_rising: bool = False) -> Order:
    """The order by a figure or an indicator: the highest first, or the lowest."""
    label = QUANTITIES[key].label
    if is_rising:
        return Order(f"{BY_FIGURE}{key}{_RISING}", f"{label}（低到高）")
    return Order(f"{BY_FIGURE}{key}", f"{label}（高到低）")

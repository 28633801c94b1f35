"""A condition on a number of a report, and how an address writes it: `KEY>100`."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from archive.catalogue import QUANTITIES, Quantity

COMPARE: dict[str, Callable[[Any, Any], Any]] = {
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
    "=": operator.eq,
    "!=": operator.ne,
}
"""Operator → what it compares; works on numbers and on arrays of them."""
_OPPOSITE = {">": "<=", ">=": "<", "<": ">=", "<=": ">", "=": "!=", "!=": "="}
_SHOWN = {">": ">", ">=": "≥", "<": "<", "<=": "≤", "=": "=", "!=": "≠"}
SIGNS: dict[str, str] = {
    **dict.fromkeys((">", "﹥", "›"), ">"),
    **dict.fromkeys((">=", "=>", "≥", "≧", "⩾", "≮"), ">="),
    **dict.fromkeys(("<", "﹤", "‹"), "<"),
    **dict.fromkeys(("<=", "=<", "≤", "≦", "⩽", "≯"), "<="),
    **dict.fromkeys(("=", "=="), "="),
    **dict.fromkeys(("!=", "<>", "≠"), "!="),
}
"""A comparison as signs → the operator it means."""
COMPOSED = frozenset("≥≧⩾≮≤≦⩽≯≠")
"""Signs that would lose their stroke if they were made plain: ≠ is = with a mark."""

_SIGN = "|".join(sorted(map(re.escape, SIGNS), key=len, reverse=True))
NUMBER = r"\d{1,3}(?:[,，]\d{3})+(?:\.\d{1,6})?|\d{1,12}(?:\.\d{1,6})?"
_TYPED_DECIMALS = 6
"""That NUMBER takes."""
# What is typed as a share or as money comes to smaller parts of one: 0.000001%.
_FINE = rf"\d{{1,12}}\.\d{{7,10}}|{NUMBER}"
# e.g. "requests.new.total>100", "disclosed_share<50%", "documents_net>=-3"
# not "requests.new.total", ">100", "a>b"
_WRITTEN = re.compile(rf"\s*([a-z0-9_.]+)\s*({_SIGN})\s*(-?(?:{_FINE}))\s*(%?)\s*")
_LONGEST = 100
"""Characters of a condition in an address."""
TOO_MUCH = Decimal(10**12)
"""Nothing that is counted comes to so much."""


@dataclass(frozen=True, slots=True)
class Condition:
    """That a number of a report stands in an order to another number.

    Nothing holds of a number that is missing or in doubt: not even `!=`.
    """

    key: str
    """Of QUANTITIES."""
    operator: str
    """One of COMPARE."""
    number: Decimal
    """Of a share 1 is all."""

    @property
    def quantity(self) -> Quantity:
        """What is compared."""
        return QUANTITIES[self.key]

    @property
    def opposite(self) -> Condition:
        """What holds of all other reports whose number is known."""
        return Condition(self.key, _OPPOSITE[self.operator], self.number)

    def holds(self, value: Any) -> bool:
        """Whether it is true of a number that is sure."""
        return bool(COMPARE[self.operator](value, self.number))

    @property
    def written(self) -> str:
        """As it stands in an address: `requests.new.total>100`."""
        return f"{self.key}{self.operator}{plain(self.number)}"

    @property
    def shown(self) -> str:
        """The number as visitors read it, a share in per cent."""
        if self.quantity.is_share:
            return f"{_per_cent(self.number)}%"
        return plain(self.number)

    @property
    def told(self) -> str:
        """As visitors read it: `公开率 < 50%`."""
        told = f"{self.quantity.label} {_SHOWN[self.operator]} {self.shown}"
        if self.quantity.is_share:
            return told
        return f"{told} {self.quantity.unit}"


def plain(number: Decimal) -> str:
    """A number in digits, without an exponent and without zeros at its end."""
    text = f"{number:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def _per_cent(share: Decimal) -> str:
    """A share in per cent; one that was typed as 三分之一 and has no end: 33.3."""
    number = (share * 100).normalize()
    exponent = number.as_tuple().exponent
    is_endless = isinstance(exponent, int) and -exponent > _TYPED_DECIMALS
    return plain(Decimal(f"{number:.3g}") if is_endless else number)


def read_number(text: str) -> Decimal:
    """A number as NUMBER finds it, with or without a minus."""
    return Decimal(text.replace(",", "").replace("，", ""))


def read_condition(text: str) -> Condition | None:
    """A condition of an address; None for what is none, or asks for what we have not.

    Shares are written as parts of one or in per cent: `0.5`, `50%`.
    """
    if len(text) > _LONGEST:
        return None
    match = _WRITTEN.fullmatch(text)
    if not match:
        return None
    key, sign, digits, per_cent = match.groups()
    if key not in QUANTITIES:
        return None
    number = read_number(digits)
    if not per_cent:
        return Condition(key, SIGNS[sign], number)
    if not QUANTITIES[key].is_share:
        return None
    return Condition(key, SIGNS[sign], number / 100)

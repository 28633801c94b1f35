"""What an indicator is: sums of figures, and what is made of them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

FEWEST = 30
"""A share of fewer cases is shown as n/N alone, and never ranked."""


def is_few(under: int | Decimal | None) -> bool:
    """Whether a denominator is one of so few cases; no denominator is not."""
    return under is not None and under < FEWEST


@dataclass(frozen=True, slots=True)
class Sum:
    """Figures that are added, and others that are taken off."""

    plus: tuple[str, ...]
    minus: tuple[str, ...] = ()
    split: tuple[str, ...] = ()
    """Rows that one form has once and another in parts: what a form prints is added."""

    @property
    def keys(self) -> tuple[str, ...]:
        """All of its figures, in any form."""
        return (*self.plus, *self.minus, *self.split)


@dataclass(frozen=True, slots=True)
class Indicator:
    """One definition, under its lasting public key."""

    key: str
    label: str
    english: str
    formula: str
    """In Chinese, with the names of the forms' rows."""
    over: Sum
    """What is counted: the numerator of a share."""
    under: Sum | None = None
    """Of how many; None for a number of things."""
    is_growth: bool = False
    """Against the year before, whose own `over` is the denominator."""
    version: int = 1
    variant_of: str = ""
    """The key of the indicator that others compute in this way instead."""
    note: str = ""
    """What one has to know before comparing, in Chinese."""

    @property
    def sums(self) -> tuple[Sum, ...]:
        """The sums of this year's figures that it is made of."""
        if self.under is None:
            return (self.over,)
        return self.over, self.under

    @property
    def is_share(self) -> bool:
        """Whether its value is shown in per cent."""
        return self.is_growth or self.under is not None

    @property
    def keys(self) -> tuple[str, ...]:
        """Every figure it is made of, in any form."""
        every = (key for one in self.sums for key in one.keys)
        return tuple(dict.fromkeys(every))

"""What a report can be asked for in numbers, by key: figures, claims and indicators.

A share has a second key for its denominator: `disclosed_share.of` is of how many.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from archive.catalogue.claims import BREAKDOWN_PART
from archive.catalogue.figure_record import FigureRecord
from archive.catalogue.figures import FIGURES
from archive.catalogue.indicators.record import Indicator

OF = ".of"
"""Behind the key of a share: its denominator."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number that every report has or lacks, under its lasting public key."""

    key: str
    label: str
    """In Chinese, whole: `予以公开 · 总计`."""
    unit: str
    """Empty for a share, whose 1 is all."""
    is_share: bool = False
    is_growth: bool = False
    """A share of the year before, less 1."""
    of: str = ""
    """Of a denominator: the key of the share."""
    version: int = 1
    """Of the definition."""

    @property
    def kept_as(self) -> str:
        """The key under which the search keeps it."""
        return self.of or self.key


def _of_figure(record: FigureRecord) -> Quantity:
    label = record.spoken or record.label
    return Quantity(record.key, label, record.unit)


def _of_indicator(one: Indicator) -> Iterator[Quantity]:
    if not one.is_share:
        yield Quantity(one.key, one.label, "件", version=one.version)
        return
    yield Quantity(
        one.key, one.label, "", True, is_growth=one.is_growth, version=one.version
    )
    label = f"{one.label}的分母"
    yield Quantity(one.key + OF, label, "件", of=one.key, version=one.version)


def quantities(indicators: dict[str, Indicator]) -> dict[str, Quantity]:
    """Key → quantity, figures first. Parts of a breakdown have no key of their own."""
    found = {
        key: _of_figure(record)
        for key, record in FIGURES.items()
        if key != BREAKDOWN_PART
    }
    for one in indicators.values():
        found |= {quantity.key: quantity for quantity in _of_indicator(one)}
    return found

"""What changed in the tables from one report to the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import NamedTuple

from archive.catalogue import FORMS, KINDS, keys
from archive.report.model import Figure, Number

# Above this a difference is an accident of reading, and no percentage of it is shown.
_LARGEST_DIFFERENCE = 10**18
_TENTH = Decimal("0.1")


class Change(NamedTuple):
    """A figure in both reports.

    `difference` and `percent` only where both have a value (`percent`, with one
    decimal, only where the first is not 0).
    """

    key: str
    before: Figure | None
    after: Figure | None
    difference: Number | None
    percent: Decimal | None

    @property
    def is_zero(self) -> bool:
        """True when neither report says anything but zero or nothing here.

        Most cells of most reports: a page shows the others first.
        """
        values = (value_of(self.before), value_of(self.after))
        return not any(values)


def changes(
    before: Mapping[str, Figure], after: Mapping[str, Figure]
) -> Iterator[Change]:
    """Every figure that either report has, in the order of the newer official form."""
    for key in _in_order({**before, **after}):
        yield _change(key, before.get(key), after.get(key))


def _in_order(known: Iterable[str]) -> list[str]:
    """Keys in the order of the tables, then of their rows in form 2021.

    Rows that only form 2019 has follow at the end of their table; keys of neither form
    at the end of all.
    """
    official = _official()
    present = set(known)
    ordered = [key for key in official if key in present]
    others = [key for key in known if key not in official]
    return ordered + others


@cache
def _official() -> dict[str, None]:
    """The keys of both forms in that order, none twice."""
    tables = ["disclosure", "requests", *(kind.key for kind in KINDS)]

    def table(key: str) -> int:
        return tables.index(key.split(".")[0])

    both = dict.fromkeys((*keys(FORMS["2021"]), *keys(FORMS["2019"])))
    return dict.fromkeys(sorted(both, key=table))


def _change(key: str, before: Figure | None, after: Figure | None) -> Change:
    """The change of one figure; a report may lack it, or have it without a value.

    The forms of 2019 and 2021 differ in rows, so each has keys that the other lacks.
    """
    old, new = value_of(before), value_of(after)
    if old is None or new is None:
        return Change(key, before, after, None, None)
    difference: Number = new - old
    return Change(key, before, after, difference, _percent(difference, old))


def value_of(figure: Figure | None) -> Number | None:
    """The value of a figure; None for a cell that was not read, and for no figure."""
    if figure is None:
        return None
    return figure.value


def _percent(difference: Number, old: Number) -> Decimal | None:
    """By how many percent of the old value it changed; None where that says nothing."""
    if not old or abs(Decimal(difference)) >= _LARGEST_DIFFERENCE:
        return None
    share = Decimal(difference) * 100 / abs(Decimal(old))
    return share.quantize(_TENTH, ROUND_HALF_UP)

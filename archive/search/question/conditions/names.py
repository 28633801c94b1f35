"""What figures and indicators are called in questions: labels of the catalogue, and a
reviewed list (figures.txt).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from itertools import chain, product, zip_longest

from archive.catalogue import FIGURES, INDICATORS, QUANTITIES, FigureRecord, short_row
from archive.search.dictionary import DATA, lines_of
from archive.search.question.conditions.condition import Condition
from archive.search.text import normal

_LIST = DATA / "figures.txt"
Conditions = tuple[Condition, ...]
"""Any of which may be meant."""
# e.g. "requests.new.total : 申请 申请量", "lawsuits.total > 0 : 被起诉"
_LINE = re.compile(r"([a-z_. ]+?)\s*(?:([<>]=?|=)\s*(-?[\d.]+)\s*)?:\s*(.+)")
# e.g. "{增加,增长}"
# not "申请"
_CHOICE = re.compile(r"\{([^{}]*)\}")
# e.g. "行政事业性收费金额（万元）"
_UNIT = re.compile("（[^（）]*元）$")
# Many leave them out.
# e.g. "“"
# not "："
_QUOTES = re.compile('["“”]')
_SHORTEST = 2


@cache
def names() -> dict[str, tuple[str, ...]]:
    """A name in normal form, without blanks → the keys it may mean."""
    known: dict[str, tuple[str, ...]] = {}
    for key, quantity in QUANTITIES.items():
        for label in (key, quantity.label, *_labels(key)):
            # Tables come first: a claim of the same name says the same in words.
            known.setdefault(named(label), (key,))
            known.setdefault(_QUOTES.sub("", named(label)), (key,))
    for keys, operator, _, called in _lines():
        if not operator:
            known |= {named(name): keys for name in called}
    return {name: keys for name, keys in known.items() if len(name) >= _SHORTEST}


@cache
def phrases() -> dict[str, Conditions]:
    """A phrase in normal form → the conditions it may mean."""
    known: dict[str, Conditions] = {}
    for keys, operator, number, called in _lines():
        if operator:
            meant = tuple(Condition(key, operator, Decimal(number)) for key in keys)
            known |= {named(phrase): meant for phrase in called}
    return known


@cache
def longest_name() -> int:
    """Characters of the longest name."""
    return max(map(len, names()))


def keys_named(text: str) -> tuple[str, ...]:
    """The keys that a text alone may mean; none where it names nothing."""
    return names().get(named(text), ())


def named(text: str) -> str:
    """A name as it is looked up: in normal form, without blanks."""
    return normal(text).replace(" ", "")


def _lines() -> Iterator[tuple[tuple[str, ...], str, str, list[str]]]:
    """Keys, operator and number of a phrase, and what is called so."""
    for line in lines_of(_LIST):
        match = _LINE.fullmatch(line.strip())
        if match:
            keys, operator, number, called = match.groups("")
            each = chain.from_iterable(map(_spelled_out, called.split()))
            yield tuple(keys.split()), operator, number, list(each)


def _spelled_out(called: str) -> Iterator[str]:
    """Every phrase of one with choices: 申请{,量}{增加,增长}的 are four."""
    fixed = _CHOICE.split(called)
    choices = [one.split(",") for one in fixed[1::2]]
    for chosen in product(*choices):
        parts = zip_longest(fixed[::2], chosen, fillvalue="")
        yield "".join(chain.from_iterable(parts))


def _labels(key: str) -> Iterator[str]:
    """What the catalogue calls a quantity, beside the label shown."""
    if key in INDICATORS:
        yield INDICATORS[key].label
    if key in FIGURES:
        yield from _of_figure(FIGURES[key])


def _of_figure(record: FigureRecord) -> Iterator[str]:
    yield record.label
    yield record.label.replace(" · ", "")
    yield record.heading
    yield _UNIT.sub("", record.spoken)
    printed = record.printed
    # The total of a row is what the row alone means.
    if printed and printed.table == 3 and printed.column.key == "total":
        yield short_row(printed.row)
        yield short_row(printed.row).rpartition("：")[2]

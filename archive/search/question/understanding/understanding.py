"""A question understood: its items as chips, and the words that are left. Conditions on
figures are left among the words, whose tree has them.

Pure: what is understood depends on the text, the day it is asked on and what is to be
taken literally, never on what the archive holds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from operator import attrgetter

from archive.search.question.conditions import (
    EACH_YEAR,
    YEARS_WITHIN,
    Found,
    Ordered,
    cut,
    newest_in,
    order_in,
    orders_missing,
)
from archive.search.question.together import Stretch, stretches
from archive.search.question.understanding.around import (
    LONGEST,
    OUT_IN_BRACKETS,
    is_literal,
)
from archive.search.question.understanding.chip import Chip
from archive.search.question.understanding.chips import (
    Remains,
    chip_of,
    in_each,
    order_chip,
)
from archive.search.question.understanding.items import CONDITION, Item, items_of
from archive.search.question.understanding.joining import apart, joined
from archive.search.question.understanding.meaning import condition_of, first_of
from archive.search.question.understanding.understood import Understood
from archive.search.text import normal

# e.g. "都没有收到申请", "申请量近三年都超过100件"
# not "申请量近三年超过100件"
_IN_EACH = re.compile(rf"^(?:{'|'.join(EACH_YEAR)})|年度?[都均]")


@lru_cache(1_024)
def understand(
    text: str, today: date, literal: frozenset[str] = frozenset()
) -> Understood:
    """What a question names: places, agencies, years, an order.

    `today`: what 去年 is counted from. `literal`: parts of the text that are to be
    searched for as they stand. Never raises.
    """
    if len(text) > LONGEST:
        return Understood(text, rest=text)
    found, _ = cut(text)
    conditions = _as_one(text, found)
    # Brackets around conditions belong to them.
    if is_literal(_without(text, conditions)):
        return Understood(text, rest=text)
    plain = "".join(map(_sign, text))
    asked = _without(plain, conditions)
    by_figure = order_in(asked)
    order = by_figure or newest_in(asked)
    if order and text[order.start : order.end] in literal:
        by_figure = order = None
    of_figures: list[Stretch | Ordered] = [*conditions]
    of_figures += [by_figure] if by_figure else []
    asked = _without(plain, [*conditions, order] if order else conditions)
    items = items_of(asked, today, has_conditions=bool(of_figures))
    if not _is_ruled_out(asked, items):
        return Understood(text, rest=text)
    items = apart(joined(items, asked), of_figures)
    every = [chip_of(item, text) for item in items]
    if order:
        every.append(order_chip(order, text))
    chips = [chip for chip in every if chip.typed not in literal]
    chips = _in_each_year(chips, [plain[one.start : one.end] for one in conditions])
    notes = () if order else tuple(orders_missing(asked))
    if not chips:
        return Understood(text, rest=text, notes=notes)
    chips.sort(key=attrgetter("start"))
    remains = Remains(text, plain, literal)
    remains.take(chips)
    rest = " ".join(remains.words)
    shown = sorted([*chips, *remains.fillers], key=attrgetter("start"))
    first = first_of(chips, rest)
    return Understood(text, tuple(shown), rest, condition_of(chips), notes, first)


def _is_ruled_out(text: str, items: Sequence[Item]) -> bool:
    """Whether all that is to be ruled out in brackets is: not (不含武汉市分局), whose
    place must not be understood as one that is asked for.
    """
    ends = {end for item in items if item.is_ruled_out for end in item[:2]}
    return all(ends.issuperset(one.span()) for one in OUT_IN_BRACKETS.finditer(text))


def _in_each_year(chips: list[Chip], conditions: Sequence[str]) -> list[Chip]:
    """The chips, their years as those in each of which a condition is to hold where it
    says so: 近三年都没有收到申请.
    """
    several = {year for chip in chips for year in chip.years}
    is_asked = any(map(_IN_EACH.search, conditions))
    if not is_asked or len(several) < 2:
        return chips
    return [in_each(chip) if chip.years else chip for chip in chips]


def _as_one(text: str, found: Sequence[Found]) -> list[Stretch]:
    """Where conditions stand, those that are joined to one with their brackets."""
    joined = stretches(text, found)
    within = {place for whole in joined for place in range(*whole)}
    alone = [Stretch(one.start, one.end) for one in found if one.start not in within]
    return sorted([*joined, *alone])


def _without(plain: str, of_figures: Sequence[Stretch | Ordered]) -> str:
    """A text with its conditions on figures, and orders by them, covered."""
    for one in of_figures:
        typed = plain[one.start : one.end]
        years = [match.span() for match in YEARS_WITHIN.finditer(typed)]
        cover = CONDITION * (one.end - one.start)
        for start, end in years:
            cover = f"{cover[:start]}{typed[start:end]}{cover[end:]}"
        plain = f"{plain[: one.start]}{cover}{plain[one.end :]}"
    return plain


_HEADING = str.maketrans("【】", "  ")
"""Brackets that group nothing: 【南京市】教育局."""


@lru_cache(8_192)
def _sign(char: str) -> str:
    """A character's normal form; a blank where that is not a single character.

    So places in the normal form are places in the text.
    """
    plain = normal(char.translate(_HEADING))
    if len(plain) == 1:
        return plain
    return " "

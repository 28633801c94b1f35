"""A spot in a token, and whether the words behind it leave whole what ends there."""

from __future__ import annotations

import re
from bisect import bisect_right
from datetime import date
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from archive.search.dictionary import cutter
from archive.search.question.understanding.around import (
    BEYOND,
    EACH_BEFORE,
    JOINS,
    LISTING,
    NEITHER,
    OUTSIDE,
    PART_BEHIND,
    RULING_OUT,
    begins_subject,
)
from archive.search.question.understanding.bodies import Named, kind_at, leveled_at
from archive.search.question.understanding.sorts import (
    sort_at,
    town_called_at,
    towns_at,
)
from archive.search.question.understanding.years import in_a_row_at, years_at
from archive.search.text import HAN

# e.g. "教育局", "2023"
# not ""
_RUNS = re.compile(f"[{HAN}]+|[^{HAN}]+")
_LEADING_ON = f"{RULING_OUT.pattern}|{NEITHER.pattern}|{LISTING.pattern}"
# What stands behind an item and is no part of it.
# e.g. "不要", "以外的", "除外"
# not "路"
_CLOSING = re.compile(f"{_LEADING_ON}|{BEYOND.pattern}")
# The same behind what is ruled out.
# e.g. "外的", "也不要"
# not "路"
_CLOSING_RULED_OUT = re.compile(f"{_LEADING_ON}|{OUTSIDE.pattern}")
# e.g. "教育局"
# not "2023"
_HAN_RUN = re.compile(f"[{HAN}]+")


class Spot(NamedTuple):
    """Where an item may begin."""

    text: str
    """The question up to the end of the token."""
    start: int
    """Where the token begins."""
    at: int
    today: date
    has_conditions: bool = False
    """Whether something is asked of figures, so that sorts of bodies may be named."""
    is_inside_words: bool = False
    """Whether words stand before it that were not understood."""
    is_ruled_out: bool = False
    """Whether words stand before it that rule out what follows."""

    def behind(self, end: int) -> Spot:
        """The spot behind an item."""
        return self._replace(at=end, is_inside_words=False)

    def leaves_whole(self, end: int) -> bool:
        """Whether what ends here is not the beginning of another word."""
        if end == len(self.text):
            return True
        closing = _CLOSING_RULED_OUT if self.is_ruled_out else _CLOSING
        if self.behind_join(end) or closing.match(self.text, end):
            return True
        return self.begins_item(end) or begins_subject(self.text, end)

    def behind_join(self, at: int) -> int | None:
        """Where a word that joins ends, if one stands here: 中 in 广东中没有收到申请的,
        but not in 上海中学.
        """
        joins = JOINS.match(self.text, at)
        if joins is None:
            return None
        end = joins.end()
        is_sure = end - at > 1 or EACH_BEFORE.match(self.text, at, end)
        if is_sure or self.is_border(end):
            return end
        is_before_item = self.begins_item(end) or begins_subject(self.text, end)
        return end if is_before_item else None

    def begins_item(self, at: int) -> bool:
        """Whether years, a kind of agency or a sort of them begin here."""
        named = named_at(self.text, at) or towns_at(self.text, at)
        if named and (self.leaves_whole(named.end) or self.is_border(named.end)):
            return True
        if self.has_conditions and (
            sort_at(self.text, at, is_beside_condition=False)
            or in_a_row_at(self.text, at, self.today)
        ):
            return True
        return years_at(self.text, at, self.today) is not None

    def is_border(self, at: int) -> bool:
        """Whether a word ends here, as a dictionary cuts the token."""
        return at - self.start in borders(self.text[self.start :])

    def ends_word(self, end: int) -> bool:
        """Whether what ends here, a body, is a word for itself and no part of one."""
        return self.is_border(end) and not PART_BEHIND.match(self.text, end)

    def next_border(self) -> int:
        """Where the next word begins."""
        gone = self.at - self.start
        ends = borders(self.text[self.start :])
        return self.start + ends[bisect_right(ends, gone)]


def named_at(text: str, at: int) -> Named | None:
    """The kind of agency at a place of the text, with a level before it or without."""
    return kind_at(text, at) or leveled_at(text, at) or town_called_at(text, at)


@lru_cache(1_000)
def borders(token: str) -> tuple[int, ...]:
    """Where the words of a token end."""
    words: list[str] = []
    for run in _RUNS.findall(token):
        words += cutter().cut(run) if _HAN_RUN.match(run) else [run]
    return tuple(accumulate(map(len, words)))

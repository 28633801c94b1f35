"""Comparisons in signs with the number first: 100<申请, 10<=申请<50."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from archive.search.question.conditions.amounts import Comparison, comparisons
from archive.search.question.conditions.behind import is_whole_in_list
from archive.search.question.conditions.beside import Beside, name_from
from archive.search.question.conditions.condition import SIGNS

_SIGN = "|".join(sorted(map(re.escape, SIGNS), key=len, reverse=True))
_UNITS = "百千万亿元件条次人起项个份"
# e.g. "100<申", "50% > 公", "1,000件≤申", "1万<申"
# not "申请<100", "<申请", "v2<申请"
_NUMBER_FIRST = re.compile(
    rf"(?P<number>\d(?<![A-Za-z\d.,%]\d)[\d.,]*[{_UNITS}]*%?)\s{{0,3}}(?P<sign>{_SIGN})\s{{0,3}}(?=[^\d\s])"
)
_TURNED = {">": "<", ">=": "<=", "<": ">", "<=": ">=", "=": "=", "!=": "!="}


def turned(text: str) -> Iterator[Beside]:
    """What is compared with numbers before it, in a text in normal form; the number
    behind it, if there is one, is the second of the run.
    """
    for match in _NUMBER_FIRST.finditer(text):
        named = name_from(text, match.end())
        # What reads 申请>100 reads a number with its unit here too.
        read = next(comparisons(f">{match['number']}"), None)
        if named is None or read is None or read.end <= len(match["number"]):
            continue
        name_end, keys = named
        operator = _TURNED[SIGNS[match["sign"]]]
        first = replace(read, start=match.start(), end=name_end, operator=operator)
        run = (first, *_behind(text, name_end))
        if is_whole_in_list(text, run[-1].end):
            yield Beside(match.start(), keys, run[-1].end, run)


def _behind(text: str, end: int) -> Iterator[Comparison]:
    """The comparison in signs right behind a name: <50 of 10<申请<50."""
    other = next(comparisons(text[end:]), None)
    if other and other.in_signs and not text[end : end + other.start].strip(" "):
        yield replace(other, start=end + other.start, end=end + other.end)

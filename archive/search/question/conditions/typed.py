"""The conditions in what was typed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from archive.catalogue import QUANTITIES, Quantity
from archive.search.question.conditions.amounts import Comparison, comparisons
from archive.search.question.conditions.behind import (
    BODIES,
    is_number_alone,
    is_place,
    is_whole,
)
from archive.search.question.conditions.condition import (
    COMPOSED,
    TOO_MUCH,
    Condition,
)
from archive.search.question.conditions.names import (
    Conditions,
    longest_name,
    names,
    phrases,
)
from archive.search.text import normal

MOST = 20
"""Conditions understood in one question."""
_QUOTES = '"“”„＂「」『』﹁﹂﹃﹄'
# e.g. "“信息公开”", "「信息公开」"
_QUOTED = re.compile(rf"[{_QUOTES}][^{_QUOTES}]*[{_QUOTES}]")
# What stands between a name and a comparison in words: 申请数量超过, 申请的超过.
_LINKS = ("数量", "总数", "件数", "的", "数", "量", "了", "均", "都", "共", "是", "为")
_MOST_LINKS = 2
_HAVING = ("有", "其中", "全年", "本年度", "当年")
"""Said before a name, and meaning nothing by itself."""
# Of what may stand before a name the last character: a place, a body, a year, or what
# joins. Anything else makes another thing of it: 无效申请, 驳回申请.
_BEFORE = (
    *BODIES,
    "机关",
    "海关",
    "系统",
    "城管",
    *'年度的且并和或及与但而谁些,，、;；()（） 。"',
)
# e.g. "2022", "在2022"
# not "12022"
_YEAR = re.compile(r"(?<!\d)20\d\d$")
_LONGEST_PLACE = 8
"""Signs of a place without its level."""
_RANGE = "公开率>=85% 公开率<90%"


@dataclass(frozen=True, slots=True)
class Found:
    """A condition in a text, or several of which any may be meant."""

    start: int
    end: int
    conditions: Conditions
    ruled_out: bool = False
    """Whether a minus stands before it."""


@lru_cache(256)
def cut(text: str) -> tuple[tuple[Found, ...], tuple[str, ...]]:
    """The conditions in a text as typed, and notes in Chinese about what looked like
    one. Never raises; what is quoted or stands behind a field's name is none.
    """
    plain = _aligned(text)
    notes: list[str] = []
    candidates = [*_compared(plain, notes), *_said(plain)]
    found: list[Found] = []
    quoted = [match.span() for match in _QUOTED.finditer(text)]
    # The longest of those that begin at the same place; one inside another is none.
    end_before = 0
    for one in sorted(candidates, key=lambda one: (one.start, -one.end)):
        is_behind = one.start >= end_before
        is_bare = not _is_within(one, quoted)
        if is_behind and is_bare:
            found.append(one)
            end_before = one.end
    return tuple(found[:MOST]), tuple(dict.fromkeys(notes))


def _aligned(text: str) -> str:
    """The normal form, each character in its place."""
    return "".join(map(_sign, text))


@lru_cache(4096)
def _sign(char: str) -> str:
    """A character in normal form, as it is where that would be none or several."""
    if char in COMPOSED:
        return char
    form = normal(char)
    if len(form) == 1:
        return form
    return char


def _is_within(one: Found, spans: Iterable[tuple[int, int]]) -> bool:
    """Whether a condition overlaps with any of these places."""
    overlapping = [start < one.end and one.start < end for start, end in spans]
    return any(overlapping)


def _compared(text: str, notes: list[str]) -> Iterator[Found]:
    """Names with a comparison behind them."""
    end_before = 0
    for comparison in comparisons(text):
        found = _named(text, comparison, end_before, notes)
        if found:
            yield found
            end_before = found.end


def _named(
    text: str, comparison: Comparison, end_before: int, notes: list[str]
) -> Found | None:
    """A comparison with the name before it; None where it is of nothing we know."""
    if not is_number_alone(text, comparison):
        return None
    place = _name_before(text, comparison, end_before)
    if place is None:
        return None
    start, keys = place
    start, ruled_out = _beginning(text, start, end_before)
    if start < 0 or _is_in_a_field(text, start):
        return None
    if comparison.is_about:
        about = text[comparison.start : comparison.end]
        notes.append(f"“{about}”不是确定的数，请写明范围，如 {_RANGE}。")
        return None
    conditions = tuple(_conditions(keys, comparison))
    if not conditions:
        notes.append(_why_not(QUANTITIES[keys[0]], comparison))
        return None
    return Found(start, comparison.end, conditions, ruled_out)


def _conditions(keys: Iterable[str], comparison: Comparison) -> Iterator[Condition]:
    """The comparison for each key in whose unit it can be."""
    for key in keys:
        number: Decimal | None = comparison.of(QUANTITIES[key])
        if number is not None and number < TOO_MUCH:
            yield Condition(key, comparison.operator, number)


def _why_not(quantity: Quantity, comparison: Comparison) -> str:
    """Why a quantity cannot be compared with a number, in Chinese."""
    label = quantity.label
    if quantity.is_share:
        return f"“{label}”是比率，不能与这样的数相比，应写作 10% 或 0.1。"
    if comparison.unit == "%":
        return f"“{label}”以{quantity.unit}计，不能与这样的数相比：百分数只用于比率。"
    return f"“{label}”以{quantity.unit}计，不能与这样的数相比。"


def _name_before(
    text: str, comparison: Comparison, end_before: int
) -> tuple[int, tuple[str, ...]] | None:
    """Where the longest name before a comparison begins, and the keys it may mean."""
    end = _without_blanks(text, comparison.start)
    found: list[tuple[int, tuple[str, ...]]] = []
    for _ in range(_MOST_LINKS + 1):
        found += _names_ending(text, end, end_before)
        link = next((one for one in _LINKS if text.endswith(one, 0, end)), "")
        if not link:
            break
        end = _without_blanks(text, end - len(link))
    return min(found, default=None)


def _names_ending(
    text: str, end: int, end_before: int
) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The longest name that ends at a place, if there is one: where it begins."""
    for start in range(max(end_before, end - longest_name()), end - 1):
        keys = names().get(text[start:end].replace(" ", ""))
        if keys and text[start] != " ":
            yield start, keys
            return


def _without_blanks(text: str, end: int) -> int:
    """The end of what stands before some blanks."""
    return len(text[:end].rstrip(" "))


def _beginning(text: str, start: int, end_before: int) -> tuple[int, bool]:
    """Where what is said begins, and whether a minus rules it out; -1 where something
    stands before it that makes another thing of it.
    """
    for word in _HAVING:
        if text.endswith(word, end_before, start):
            start -= len(word)
            break
    if start == end_before:
        return start, False
    if text[start - 1] == "-" and (start < 2 or text[start - 2] in " ("):
        return start - 1, True
    if text[:start].endswith(_BEFORE) or _ends_in_place(text, start):
        return start, False
    return -1, False


def _ends_in_place(text: str, end: int) -> bool:
    """Whether a place without its level, or a year in digits, ends here: 广东, 2022."""
    if _YEAR.search(text[:end]):
        return True
    starts = range(max(0, end - _LONGEST_PLACE), end - 1)
    return any(is_place(text, start, end) for start in starts)


def _is_in_a_field(text: str, start: int) -> bool:
    """Whether a field's name, or an address, stands in the same run of characters."""
    run = text[text.rfind(" ", 0, start) + 1 : start]
    return ":" in run


@cache
def _pattern() -> re.Pattern[str]:
    """Finds phrases, the longest of those that begin alike."""
    longest_first = sorted(map(re.escape, phrases()), key=len, reverse=True)
    return re.compile("|".join(longest_first))


def _said(text: str) -> Iterator[Found]:
    """Whole phrases: 没有收到申请."""
    for match in _pattern().finditer(text):
        start, end = match.span()
        # 败诉的 is found with its 的, which belongs to the bodies behind it.
        if match[0].endswith("的"):
            end -= 1
        start, ruled_out = _beginning(text, start, 0)
        if start < 0 or _is_in_a_field(text, start):
            continue
        if is_whole(text, end):
            yield Found(start, end, phrases()[match[0]], ruled_out)

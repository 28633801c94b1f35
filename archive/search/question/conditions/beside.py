"""What a number is of: the name before it, 申请超过100件, or behind: 超过100件申请."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from archive.search.question.conditions.amounts import BEHIND, OPERATORS, Comparison
from archive.search.question.conditions.behind import is_number_alone
from archive.search.question.conditions.names import longest_name, names

_COUNTING = "总数|总计|合计|共计|累计|一共|件数|只有|仅有|仅为|数量"
_YEARS = r"(?:(?:连续|最?近)[二两三四五六七八九十\d]|20\d\d|[去前])年度?"
# What stands between a name and a comparison in words: 申请数量超过, 申请的超过,
# 申请量连续三年都超过.
# e.g. "数量", "的", "去年", "连续三年", ""
_LINK = re.compile(
    rf"(?:{_COUNTING}|(?<![比较于过到]){_YEARS}|[的数量了过得均都共是为在仅只])?$"
)
# The years of a link are those of the question.
# e.g. "去年", "连续三年"
# not "比去年"
YEARS_WITHIN = re.compile(rf"(?<![比较于过到]){_YEARS}")
_LONGEST_LINK = 8
_MOST_LINKS = 2

_ONLY = "只|仅|共|总共|一共|累计"
_VERB = "收到|接到|受理|办理|办结|发生|涉及|产生|有"
_OPERATOR = "|".join(OPERATORS)
# e.g. "收到", "至少收到了", "共有", ""
_BEFORE = re.compile(
    rf"(?P<word>{_OPERATOR})?(?:{_ONLY})?(?:(?:{_VERB})(?:了|过)?)?(?:{_ONLY})?$"
)
_LONGEST_BEFORE = 12
# e.g. "或者", "和"
# not "的"
_JOINED = re.compile("(?:(?P<either>或者?|或是)|以及|[和与及、])$")


# e.g. "以上", ""
_AS_BOUND = re.compile(r"(?:以[上下内](?=的|[\s,，。]|$))?")
Named = tuple[int, tuple[str, ...]]
"""Where a name begins, or ends, and the keys it may mean."""


class Beside(NamedTuple):
    """Comparisons, what they are of, and where all of that begins and ends."""

    start: int
    keys: tuple[str, ...]
    end: int
    run: tuple[Comparison, ...]


def name_before(text: str, end: int, end_before: int) -> Named | None:
    """The longest name before a comparison or an order that begins at `end`."""
    end = _without_blanks(text, end)
    found: list[Named] = []
    for _ in range(_MOST_LINKS + 1):
        found += _names_ending(text, end, end_before)
        (link, *_) = _LINK.findall(text, max(0, end - _LONGEST_LINK), end)
        end = _without_blanks(text, end - len(link))
    return _with_others(text, min(found), end_before) if found else None


def _with_others(text: str, named: Named, end_before: int) -> Named | None:
    """A name with another before it: 复议或诉讼超过10件 may be of either. None where
    nobody can tell whether each of them is meant or both together: 复议和诉讼.
    """
    start, keys = named
    joined = _JOINED.search(text, end_before, start)
    others = joined and next(_names_ending(text, joined.start(), end_before), None)
    if not (joined and others):
        return named
    if not joined["either"]:
        return None
    return others[0], (*others[1], *keys)


def _names_ending(text: str, end: int, end_before: int) -> Iterator[Named]:
    """The longest name that ends at a place, if there is one."""
    for start in range(max(end_before, end - longest_name()), end - 1):
        keys = names().get(text[start:end].replace(" ", ""))
        if keys and text[start] != " ":
            yield start, keys
            return


def _without_blanks(text: str, end: int) -> int:
    """The end of what stands before some blanks."""
    return len(text[:end].rstrip(" "))


def told_before(text: str, of: Beside) -> Beside:
    """A number alone with the comparison before its name: 至少被起诉过一次."""
    first = of.run[0]
    if not first.is_bare:
        return of
    for word, operator in OPERATORS.items():
        if text.endswith(word, 0, of.start):
            told = replace(first, operator=operator, is_bare=False)
            return of._replace(start=of.start - len(word), run=(told, *of.run[1:]))
    return of


def name_behind(
    text: str, run: tuple[Comparison, ...], end_before: int
) -> Beside | None:
    """The name right behind comparisons, with the verb before them.

    None where there is none, or where more is said of it: 50件申请材料.
    """
    first = run[0]
    named = name_from(text, run[-1].end)
    if named is None:
        return None
    end, keys = named
    begins_at = max(end_before, first.start - _LONGEST_BEFORE)
    before = _BEFORE.search(text, begins_at, first.start)
    assert before, "nothing matches as well"
    bound = _AS_BOUND.match(text, end)
    assert bound, "nothing matches as well"
    operator = OPERATORS.get(before["word"], BEHIND.get(bound[0], ""))
    if first.is_bare and operator:
        # 至少收到50件, 一百件申请以上: how it is compared stands apart.
        first = replace(first, operator=operator, is_bare=False)
        run, end = (first, *run[1:]), bound.end()
    is_said_bare = run[-1].is_bare and not before[0]
    if is_said_bare and not text.startswith("的", end):
        return None
    if not is_number_alone(text, run[-1], end):
        return None
    return Beside(before.start(), keys, end, run)


def name_from(text: str, start: int) -> Named | None:
    """The longest name that begins here."""
    if text.startswith("的", start):
        start += 1
    for end in range(min(len(text), start + longest_name()), start + 1, -1):
        keys = names().get(text[start:end].replace(" ", ""))
        if keys and text[end - 1] != " ":
            return end, keys
    return None

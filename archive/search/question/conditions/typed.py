"""The conditions in what was typed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import chain, pairwise

from archive.catalogue import QUANTITIES, Quantity
from archive.search.question.conditions.amounts import (
    Comparison,
    comparisons,
    conditions_of,
)
from archive.search.question.conditions.beginning import beginning, is_in_a_field
from archive.search.question.conditions.behind import (
    is_number_alone,
    is_of_bodies,
    is_whole,
)
from archive.search.question.conditions.beside import (
    Beside,
    name_before,
    name_behind,
    told_before,
)
from archive.search.question.conditions.condition import (
    COMPOSED,
)
from archive.search.question.conditions.names import (
    Conditions,
    phrases,
)
from archive.search.question.conditions.turned import turned
from archive.search.text import normal

MOST = 20
"""Conditions understood in one question."""
_QUOTES = '"“”„＂「」『』﹁﹂﹃﹄'
# e.g. "“信息公开”", "「信息公开」"
_QUOTED = re.compile(rf"[{_QUOTES}][^{_QUOTES}]*[{_QUOTES}]")
# Between two comparisons of the same: 超过100件且不到500件, >100 <500.
# e.g. "但", " ", "并且", ""
_JOINED = re.compile(r"\s{0,3}(?:且|并且|并|但是|但|而|却|、)?\s{0,3}")
# The same where one is enough: 少于10件或者多于80件.
# e.g. "或", " or "
# not "和", "且"
_EITHER = re.compile(r"\s{0,3}(?:或者?|或是|or)\s{0,3}", re.IGNORECASE)
# A figure that falls grows by less than nothing.
# e.g. "申请下降", "申请量减少了"
# not "申请增长"
_FALLS = re.compile("(?:下降|减少|降低|降幅|跌幅)了?\\s{0,3}$")
_FALLEN = {">": "<", ">=": "<=", "=": "="}
# e.g. "没有发生", "没有"
# not "收到"
_MISSING = re.compile("(?:没有|未|没)发生过?|没有|未|没|无")
# e.g. "和", "、"
# not "的"
_LISTED = re.compile("以及|[和与及、]|或者?")
_WHETHER = "有没有"
_RANGE = "公开率>=85% 公开率<90%"


@dataclass(frozen=True, slots=True)
class Found:
    """A condition in a text, or several of which any may be meant."""

    start: int
    end: int
    conditions: Conditions
    ruled_out: bool = False
    """Whether a minus stands before it."""
    is_second: bool = False
    """Whether it takes words from the condition before it: a name, or that something
    is missing.
    """


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
    """Whether a condition overlaps with any of these places; marks inside it are its
    name's: 危及“三安全一稳定”>0.
    """
    return any(
        start < one.end and one.start < end
        for start, end in spans
        if not one.start < start < end < one.end
    )


def _compared(text: str, notes: list[str]) -> Iterator[Found]:
    """Names with a comparison, or two of them, behind them or before them."""
    for what in turned(text):
        yield from _asked(text, what, 0, notes)
    end_before = 0
    for run in _runs(text):
        found = _named(text, run, end_before, notes)
        if found:
            yield from found
            end_before = found[-1].end


_Run = tuple[Comparison, ...]
"""One comparison; or two of the same quantity, 超过100件不到500件, 少于10或多于80件."""


def _runs(text: str) -> Iterator[_Run]:
    """The comparisons of a text, two together where one stands right behind the other:
    it has no name of its own then.
    """
    waiting: Comparison | None = None
    for one in comparisons(text):
        if waiting is None:
            waiting = one
        elif _go_together(text, waiting, one):
            yield waiting, one
            waiting = None
        else:
            yield (waiting,)
            waiting = one
    if waiting:
        yield (waiting,)


def _go_together(text: str, one: Comparison, other: Comparison) -> bool:
    """Whether two comparisons are of the same quantity: both say how they compare."""
    if any((one.is_bare, other.is_bare, one.is_about, other.is_about)):
        return False
    between = (text, one.end, other.start)
    return bool(_JOINED.fullmatch(*between) or _EITHER.fullmatch(*between))


def _named(
    text: str, run: _Run, end_before: int, notes: list[str]
) -> tuple[Found, ...]:
    """Comparisons with the name beside them; none where they are of nothing we know."""
    what = _quantity(text, run, end_before)
    return _asked(text, what, end_before, notes) if what else ()


def _asked(
    text: str, what: Beside, end_before: int, notes: list[str]
) -> tuple[Found, ...]:
    """The conditions that comparisons make of what they are of; none where something
    before them makes another thing of it.
    """
    begins_at = _without_whether_before(text, what)
    start, ruled_out = beginning(text, begins_at, end_before)
    if start < 0 or is_in_a_field(text, start):
        return ()
    run = what.run
    first = run[0]
    if first.is_about:
        about = text[first.start : first.end]
        notes.append(f"“{about}”不是确定的数，请写明范围，如 {_RANGE}。")
        return ()
    if len(run) > 1 and (ruled_out or len(what.keys) > 1):
        return ()
    run = _told_of_growth(text, what)
    asked = [tuple(conditions_of(what.keys, one)) for one in run]
    if not run:
        return ()
    if not all(asked):
        notes.append(_why_not(QUANTITIES[what.keys[0]], first))
        return ()
    if len(run) > 1 and _EITHER.fullmatch(text, first.end, run[1].start):
        either = tuple(chain.from_iterable(asked))
        return (Found(start, what.end, either),)
    ends = [start, *(one.end for one in run[:-1]), what.end]
    spans = zip(pairwise(ends), asked, strict=True)
    found = [Found(*span, meant, ruled_out) for span, meant in spans]
    further = [replace(one, is_second=True) for one in found[1:]]
    return (found[0], *further)


def _without_whether_before(text: str, what: Beside) -> int:
    """Where 有没有收到申请超过100件的教育局 begins, which asks for those bodies."""
    asks = text.endswith(_WHETHER, 0, what.start) and is_of_bodies(text, what.end)
    return what.start - len(_WHETHER) * asks


def _quantity(text: str, run: _Run, end_before: int) -> Beside | None:
    """What comparisons are of: the name before them, or else behind them."""
    last = run[-1]
    before = name_before(text, run[0].start, end_before)
    if before and is_number_alone(text, last, last.end):
        return told_before(text, Beside(*before, last.end, run))
    return name_behind(text, run, end_before)


def _told_of_growth(text: str, what: Beside) -> _Run:
    """What 下降超过一半 says of growth: that it is below minus a half. None for
    下降不到一半, which nothing that grew is to be found by.
    """
    if not _FALLS.search(text, what.start, what.run[0].start):
        return what.run
    if any(one.operator not in _FALLEN for one in what.run):
        return ()
    return tuple(
        replace(one, operator=_FALLEN[one.operator], number=-one.number)
        for one in what.run
    )


def _why_not(quantity: Quantity, comparison: Comparison) -> str:
    """Why a quantity cannot be compared with a number, in Chinese."""
    label = quantity.label
    if quantity.is_share:
        return f"“{label}”是比率，不能与这样的数相比，应写作 10% 或 0.1。"
    if comparison.unit == "%":
        return f"“{label}”以{quantity.unit}计，不能与这样的数相比：百分数只用于比率。"
    return f"“{label}”以{quantity.unit}计，不能与这样的数相比。"


_ALIKE = 2
"""Signs by which phrases are told apart first, which spares looking at most of them."""


@cache
def _pattern() -> re.Pattern[str]:
    """Finds phrases, the longest of those that begin alike."""
    beginnings: dict[str, list[str]] = {}
    for phrase in sorted(phrases(), key=len, reverse=True):
        beginnings.setdefault(phrase[:_ALIKE], []).append(re.escape(phrase[_ALIKE:]))
    alike = (f"{re.escape(one)}(?:{'|'.join(of)})" for one, of in beginnings.items())
    return re.compile("|".join(alike))


def _said(text: str) -> Iterator[Found]:
    """Whole phrases: 没有收到申请."""
    end_before = 0
    for match in _pattern().finditer(text):
        start, end = match.span()
        # 败诉的 is found with its 的, which belongs to the bodies behind it.
        if match[0].endswith("的"):
            end -= 1
        # 有没有行政诉讼 asks whether; 有没有收到申请的教育局 asks for bodies.
        is_whether = match[0].startswith("没有") and text.endswith("有", 0, start)
        said = _without_whether(match[0]) if is_whether else match[0]
        start, ruled_out = beginning(text, start, end_before)
        if start < 0 or is_in_a_field(text, start):
            continue
        if is_whether and not is_of_bodies(text, end):
            continue
        asked = Found(start, end, phrases()[said], ruled_out)
        other = None if ruled_out else _other_missing(text, match[0], end)
        if other and is_whole(text, other.end):
            yield from (asked, other)
        elif _is_whole(text, end):
            yield asked
            end_before = end


def _is_whole(text: str, end: int) -> bool:
    """Whether what a phrase says ends here, or phrases follow: 没有复议没有诉讼."""
    further = _pattern().match(text, end + text.startswith("、", end))
    if further and _is_whole(text, further.end()):
        return True
    return is_whole(text, end)


def _other_missing(text: str, phrase: str, end: int) -> Found | None:
    """What is missing as well as what a phrase says: 没有行政复议和行政诉讼."""
    listed = _LISTED.match(text, end)
    missing = _MISSING.match(phrase)
    if not (listed and missing):
        return None
    said = missing[0]
    also = _pattern().match(said + text[listed.end() :])
    if also is None:
        return None
    behind = listed.end() + also.end() - len(said)
    return Found(end, behind, phrases()[also[0]], is_second=True)


def _without_whether(phrase: str) -> str:
    """What 有没有被起诉的公安局 asks for: those that were, 被起诉的.

    没有收到申请 stays, since every body is thought to receive some.
    """
    positive = phrase.removeprefix("没有")
    return positive if positive in phrases() else phrase

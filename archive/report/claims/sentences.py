"""One sentence → the numbers it states, each under its key. Pure.

Every number is told by the words around it; then it is asked whether it is of this year
and body (`scope`), the whole of its thing or a part, and whether the sentence speaks of
disclosure at all (`is_meant` of the thing).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

from archive.catalogue import ClaimScope
from archive.report.claims.going_on import things_gone_on_with
from archive.report.claims.mention import Denial, Mention, Sentence
from archive.report.claims.quantity import NUMBER
from archive.report.claims.reporter import Reporter
from archive.report.claims.respectively import read_apart, read_respectively
from archive.report.claims.scope import Scope
from archive.report.claims.stated_numbers import Passed, StatedNumbers
from archive.report.claims.things import (
    APPLICATIONS_ANSWERED,
    CARRIED_IN,
    CARRIED_OUT,
    CASES,
    FEE,
    THINGS,
    Behind,
    Thing,
    Wording,
    is_one_way_only,
)
from archive.report.claims.tidied import tidied, words_around

MOST_NUMBERS = 100
"""Numbers of one sentence that are looked at."""
_MOST_DENIALS = 20
_CARRIED = (CARRIED_IN, CARRIED_OUT)
# 无费用 is said in the words of other denials, so the fee comes last.
_DENIED = sorted(
    (thing for thing in THINGS if thing.none), key=lambda thing: thing is FEE
)

# e.g. "其中", "含上年结转", "在主动公开的信息中"
# not "含金量"
_PARTS = re.compile(r"其中|包括|包含|含(?=上|新|自|\d)|在主动公开的")
"""From here on numbers are parts of one before."""
# e.g. "其中本年", "新收", "我局", "其中主动公开"
# not "其中自然人"
_WHOLE = re.compile(
    "新收|当年|本年|今年|我[局委办厅院县区市镇乡]|本机关|^其中主动公开"
    "|实际(?!办|答|公)|最终受理|有效申请"
)
"""A part that is this body's whole of this year: 全市公开900条，其中我局120条."""


def read_sentence(sentence: Sentence, reporter: Reporter) -> StatedNumbers:
    """What the sentence states of this body and year."""
    text, asides = tidied(sentence.text)
    reading = _Reading(sentence, Scope(text, reporter))
    for number in islice(NUMBER.finditer(text), MOST_NUMBERS):
        aside = asides.get(number.end(), "")
        if _leaves_it_whole(aside, reporter):
            reading.read_number(number)
        if aside:
            reading.read_aside(aside, number.end())
        reading.end = number.end()
    read_respectively(sentence, reading.scope, reading.stated)
    read_apart(sentence, reading.scope, reading.stated)
    reading.read_denials()
    reading.stated.tell_scopes(reading.scope.whose)
    return reading.stated


def _leaves_it_whole(aside: str, reporter: Reporter) -> bool:
    """Whether what stands in brackets behind a number leaves it as it is.

    False where it gives the number to another time or to one way: 5件（网上申请）. With
    numbers of its own it tells of parts, and leaves the whole.
    """
    if not aside or NUMBER.search(aside):
        return True
    scope = Scope(aside, reporter)
    is_ours = scope.is_ours(len(aside))
    return is_ours and not is_one_way_only(aside)


def _things_told(
    words: str, behind: str, unit: str | None
) -> Iterator[tuple[Thing, re.Match[str]]]:
    """The things a number can count, by the words around it, and what told them.

    What stands before a number tells better than what stands behind it.
    """
    for thing, before in _words_before(unit):
        # Most words name few things: to look for the sign is quicker than to ask.
        told = before.search(words) if before.sign in words else None
        if told is not None:
            yield thing, told
    for thing, afterwards in _words_behind(unit):
        told = afterwards.match(words, behind)
        if told is not None:
            yield thing, told


@lru_cache(maxsize=256)
def _words_before(unit: str | None) -> tuple[tuple[Thing, Wording], ...]:
    """The words before a number of a unit that can say what it counts."""
    return tuple((one, words) for one in THINGS for words in one.worded(unit))


@lru_cache(maxsize=256)
def _words_behind(unit: str | None) -> tuple[tuple[Thing, Behind], ...]:
    """Those behind it; a bare 0 has no unit, and nothing behind it that counts."""
    return tuple(
        (thing, behind)
        for thing in THINGS
        if unit in thing.units
        for behind in thing.behind
    )


@dataclass(slots=True)
class _Reading:
    """A sentence while its numbers are read one after the other."""

    sentence: Sentence
    scope: Scope
    stated: StatedNumbers = field(default_factory=StatedNumbers)
    end: int = 0
    """Where the number before ends."""

    def read_number(self, number: re.Match[str]) -> None:
        """Add a number of the sentence under each thing it counts."""
        words, behind = words_around(self.scope.text, number, self.end)
        if _is_dozens(number, words):
            return
        counted = list(self._meant(number, words, behind))
        if not counted:
            things = things_gone_on_with(number, words, self.scope, self.stated)
            counted = [(thing, words) for thing in things]
        for thing, told_by in counted:
            # 行政复议5件，结转下年2件: cases are carried over as well
            is_of_cases = self.stated.last in CASES and "申请" not in words
            if is_of_cases and thing in _CARRIED:
                continue
            self._take(thing, number, told_by)

    def _meant(
        self, number: re.Match[str], words: str, behind: str
    ) -> Iterator[tuple[Thing, str]]:
        """The things that the words around a number mean, and the words that told."""
        unit = number["unit"]
        for thing, match in _things_told(words, behind, unit):
            mention = Mention(match, words, behind, number, self.sentence, self.scope)
            if thing.is_meant(mention):
                yield thing, mention.told_by

    def _take(self, thing: Thing, number: re.Match[str], told_by: str) -> None:
        """Add a number of a thing, if it is this body's and year's, and no part."""
        at = number.start()
        self.stated.last = thing
        if not self.scope.is_ours(at):
            unit = number["unit"] or "件"
            self.stated.passed = Passed(thing, unit)
            return
        if self._is_beside_the_area(thing, at):
            own = StatedNumbers()
            own.add(thing, at, number, self.sentence, told_by)
            self.stated.add_own(thing, own)
            return
        if self._is_part(thing, at):
            return
        if thing is CARRIED_IN:
            begin = self.scope.clause(at)
            holds_it = _PARTS.search(self.scope.text, begin, at)
            if holds_it and not self.stated.is_of_more_answered:
                self.stated.forget_received()
        self.stated.add(thing, at, number, self.sentence, told_by)

    def _is_beside_the_area(self, thing: Thing, at: int) -> bool:
        """Whether it is the body's own number behind that of its area."""
        known = self.stated.by_key.get(thing.key)
        if known is None or self.scope.whose(known.place) is not ClaimScope.AREA:
            return False
        return self.scope.whose(at) is ClaimScope.OWN

    def _is_part(self, thing: Thing, at: int) -> bool:
        """Whether the number at a place is a part of one before it that counts.

        A semicolon ends a breakdown: 公开60条，其中政策20条；收到申请3件.
        """
        if not thing.is_left_to_the_whole:
            return False
        text = self.scope.text
        begin = text.rfind("；", 0, at) + 1
        if not _PARTS.search(text, begin, at):
            return False
        clause = text[self.scope.clause(at) : at]
        return _WHOLE.search(clause) is None

    def read_aside(self, aside: str, place: int) -> None:
        """Add what a bracket at a place tells of applications.

        Only what is carried over, and what is newly received, is read there: 收到46件
        （含上年结转6件）. Behind 答复460件 it is the answered that it tells of.
        """
        if "申请" not in self.scope.text[:place]:
            return
        if self.stated.last in CASES or not self.scope.is_ours(place):
            return
        inner = Scope(aside, self.scope.reporter)
        end = 0
        for number in NUMBER.finditer(aside):
            words, behind = words_around(aside, number, end)
            end = number.end()
            if not inner.is_ours(number.start()):
                continue
            for thing, _ in _things_told(words, behind, number["unit"]):
                if thing in _CARRIED or "新收" in words:
                    self._take_aside(thing, aside, place, number, words)

    def _take_aside(
        self, thing: Thing, aside: str, place: int, number: re.Match[str], words: str
    ) -> None:
        """Add a number of a bracket, which stands at the bracket's place."""
        is_of_answered = self.stated.last is APPLICATIONS_ANSWERED
        if _PARTS.match(aside) and not is_of_answered:
            self.stated.forget_received()
        self.stated.add(thing, place, number, self.sentence, words)

    def read_denials(self) -> None:
        """Add a 0 for each thing without a number that is denied in words."""
        for thing in _DENIED:
            is_stated = thing.key in self.stated.by_key
            if not is_stated:
                self._read_denial(thing)

    def _read_denial(self, thing: Thing) -> None:
        """Add a 0 of a thing, if some words of the sentence deny all of it."""
        text = self.scope.text
        if thing.none is None or thing.none_sign not in text:
            return
        for match in islice(thing.none.finditer(text), _MOST_DENIALS):
            if not self.scope.is_ours(match.start()):
                continue
            denial = Denial(match, self.sentence, self.scope)
            if thing.is_denied(denial):
                self.stated.add_none(thing, match, self.sentence)
                return


def _is_dozens(number: re.Match[str], words: str) -> bool:
    """数十件, 几百件, 上千件: how many is not told."""
    first = number["n"][0]
    if first not in "十百千":
        return False
    return words.endswith(("数", "几", "上"))

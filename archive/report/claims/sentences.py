"""One sentence → the numbers it states, each under its key. Pure.

Every number is told by the words around it; then it is asked whether it is of this year
and body (`scope`), the whole of its thing or a part, and whether the sentence speaks of
disclosure at all (`is_meant` of the thing).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from archive.report.claims.bodies import Reporter
from archive.report.claims.going_on import things_gone_on_with
from archive.report.claims.mention import Denial, Mention, Sentence
from archive.report.claims.quantity import NUMBER
from archive.report.claims.respectively import read_respectively
from archive.report.claims.scope import Scope
from archive.report.claims.stated_numbers import StatedNumbers
from archive.report.claims.things import (
    CARRIED_IN,
    CARRIED_OUT,
    CASES,
    FEE,
    THINGS,
    Thing,
    is_one_way_only,
)
from archive.report.claims.tidied import tidied, words_around

MOST_NUMBERS = 100
"""Numbers of one sentence that are looked at."""
_MOST_DENIALS = 20
_CARRIED = (CARRIED_IN, CARRIED_OUT)

# e.g. "其中", "含上年结转", "在主动公开的信息中"
# not "含金量"
_PARTS = re.compile(r"其中|包括|包含|含(?=上|新|自|\d)|在主动公开的")
"""From here on numbers are parts of one before."""
# e.g. "其中本年", "新收", "我局", "其中主动公开"
# not "其中自然人"
_WHOLE = re.compile("新收|当年|本年|今年|我[局委办厅院县区市镇乡]|本机关|^其中主动公开")
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
    reading.read_denials()
    return reading.stated


def _leaves_it_whole(aside: str, reporter: Reporter) -> bool:
    """False where a bracket behind a number gives it to another time or to one way: 5件
    （网上申请）.
    """
    if not aside or NUMBER.search(aside):
        return True
    is_ours = Scope(aside, reporter).is_ours(len(aside))
    return is_ours and not is_one_way_only(aside)


def _things_told(
    words: str, behind: str, unit: str | None
) -> Iterator[tuple[Thing, re.Match[str]]]:
    """The things a number can count, by the words around it, and what told them."""
    for thing in THINGS:
        for wording in thing.before:
            counted_so = unit in thing.units and unit not in wording.never_in
            if (unit is None or counted_so) and (match := wording.search(words)):
                yield thing, match
    for thing in THINGS:
        if unit not in thing.units:
            continue
        for wording_behind in thing.behind:
            if match := wording_behind.match(words, behind):
                yield thing, match


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
            counted = list(things_gone_on_with(number, words, self.scope, self.stated))
        for thing, told_by in counted:
            is_of_cases = self.stated.last in CASES and "申请" not in words
            if not (thing in _CARRIED and is_of_cases):
                self._take(thing, number, told_by)

    def _meant(
        self, number: re.Match[str], words: str, behind: str
    ) -> Iterator[tuple[Thing, str]]:
        for thing, match in _things_told(words, behind, number["unit"]):
            mention = Mention(match, words, behind, number, self.sentence, self.scope)
            if thing.is_meant(mention):
                yield thing, match[0]

    def _take(self, thing: Thing, number: re.Match[str], told_by: str) -> None:
        """Add a number of a thing, if it is this body's and year's, and no part."""
        at = number.start()
        self.stated.last = thing
        if not self.scope.is_ours(at):
            self.stated.passed = (thing, number["unit"] or "件")
            return
        if self._is_part(thing, at):
            return
        begin = self.scope.clause(at)
        if thing is CARRIED_IN and _PARTS.search(self.scope.text, begin, at):
            self.stated.forget_received()
        self.stated.add(thing, at, number, self.sentence, told_by)

    def _is_part(self, thing: Thing, at: int) -> bool:
        """Whether the number at a place is a part of one before it that counts."""
        text = self.scope.text
        begin = text.rfind("；", 0, at) + 1
        if not thing.is_left_to_the_whole or not _PARTS.search(text, begin, at):
            return False
        return not _WHOLE.search(text[self.scope.clause(at) : at])

    def read_aside(self, aside: str, place: int) -> None:
        """Numbers in brackets: what was carried over from the year before among what
        was received, and the like.
        """
        if "申请" not in self.scope.text[:place] or self.stated.last in CASES:
            return
        if not self.scope.is_ours(place):
            return
        inner, end = Scope(aside, self.scope.reporter), 0
        for number in NUMBER.finditer(aside):
            words, behind = words_around(aside, number, end)
            for thing, _ in _things_told(words, behind, number["unit"]):
                is_read_here = thing in _CARRIED or "新收" in words
                if is_read_here and inner.is_ours(number.start()):
                    if _PARTS.match(aside):
                        self.stated.forget_received()
                    self.stated.add(thing, place, number, self.sentence, words)
            end = number.end()

    def read_denials(self) -> None:
        """Add a 0 for each thing without a number that is denied in words."""
        # 无费用 is said in the words of other denials, so the fee comes last.
        for thing in sorted(THINGS, key=lambda thing: thing is FEE):
            if thing.key not in self.stated.by_key:
                self._read_denial(thing)

    def _read_denial(self, thing: Thing) -> None:
        text = self.scope.text
        if thing.none is None or thing.none_sign not in text:
            return
        for match in islice(thing.none.finditer(text), _MOST_DENIALS):
            is_ours = self.scope.is_ours(match.start())
            denial = Denial(match, self.sentence, self.scope)
            if is_ours and thing.is_denied(denial):
                self.stated.add_none(thing, match, self.sentence)
                return


def _is_dozens(number: re.Match[str], words: str) -> bool:
    """数十件, 几百件, 上千件: how many is not told."""
    is_ten_or_more = number["n"][0] in "十百千"
    return is_ten_or_more and words.endswith(("数", "几", "上"))

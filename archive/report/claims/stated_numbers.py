"""What a sentence has stated so far, and how a number is written down. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from archive.catalogue import ClaimScope
from archive.report.claims.mention import Sentence
from archive.report.claims.quantity import unit_of
from archive.report.claims.things import (
    APPLICATIONS_ANSWERED,
    APPLICATIONS_RECEIVED,
    PROACTIVE_TOTAL,
    Thing,
)
from archive.report.model import Claim
from archive.report.numbers import read_amount

_BESIDE = "本级"
# e.g. "实际登记", "有效申请"
# not "收到申请"
_CORRECTED = re.compile("实际|最终|有效")


@dataclass(frozen=True, slots=True)
class Stated:
    """A claim with its place in the sentence, the words that told it and its number."""

    place: int
    claim: Claim
    told_by: str
    number: str = ""
    """As printed; empty for a 0 stated in words."""


class Passed(NamedTuple):
    """A number of another body or year: the next may be of the same thing.

    上年收到申请30件，今年为18件.
    """

    thing: Thing
    unit: str


@dataclass(slots=True)
class StatedNumbers:
    """The numbers of one sentence, and what the next number may go on with."""

    by_key: dict[str, Stated] = field(default_factory=dict)
    last: Thing | None = None
    """What the number before counted, were it somebody else's."""
    passed: Passed | None = None
    """The last number that was somebody else's."""

    def add(
        self,
        thing: Thing,
        place: int,
        number: re.Match[str],
        sentence: Sentence,
        told_by: str,
    ) -> None:
        """Keep a number under a thing's key, unless a better one is kept already.

        `place`: where it stands in the sentence; `told_by`: the words that told it.
        """
        in_ten_thousands = bool(number["ten_thousand"]) or number["unit"] == "万元"
        value = read_amount(number["n"], in_ten_thousands)
        if value is None:
            return
        known = self.by_key.get(thing.key)
        if known is not None and not _is_better(thing, told_by, known):
            return
        unit, hedge = unit_of(number, number.string)
        claim = Claim(
            thing.key, value, sentence.printed, unit, at=sentence.at, hedge=hedge
        )
        self.by_key[thing.key] = Stated(place, claim, told_by, number[0])

    def add_sum(
        self, thing: Thing, numbers: list[re.Match[str]], sentence: Sentence
    ) -> None:
        """Keep the sum of exact numbers that are all of one thing."""
        values = [read_amount(number["n"], False) for number in numbers]
        known = [value for value in values if value is not None]
        if len(known) < len(numbers):
            return
        first = numbers[0]
        claim = Claim(
            thing.key, sum(known), sentence.printed, first["unit"], at=sentence.at
        )
        self.by_key[thing.key] = Stated(first.start(), claim, first[0], first[0])

    def add_none(self, thing: Thing, denial: re.Match[str], sentence: Sentence) -> None:
        """Keep a 0 that is stated in words."""
        claim = Claim(thing.key, 0, sentence.printed, thing.none_in, at=sentence.at)
        self.by_key[thing.key] = Stated(denial.start(), claim, denial[0])

    def add_own(self, thing: Thing, own: StatedNumbers) -> None:
        """Keep the body's own number beside that of its area: 全市120件，市本级40件."""
        for stated in own.by_key.values():
            self.by_key.setdefault(f"{thing.key} {_BESIDE}", stated)

    def tell_scopes(self, whose: Callable[[int], ClaimScope]) -> None:
        """Say of each number whose it is; `whose` tells it of a place."""
        for key, stated in self.by_key.items():
            scope = whose(stated.place)
            if scope is not stated.claim.scope:
                claim = replace(stated.claim, scope=scope)
                self.by_key[key] = replace(stated, claim=claim)

    @property
    def is_of_more_answered(self) -> bool:
        """Whether more was answered than came in: then the answered hold older ones.

        收到458件，答复460件，其中上年结转11件.
        """
        received = self.by_key.get(APPLICATIONS_RECEIVED.key)
        answered = self.by_key.get(APPLICATIONS_ANSWERED.key)
        if received is None or answered is None:
            return False
        return answered.claim.value > received.claim.value

    def forget_received(self) -> None:
        """Drop a number of applications that turns out to hold older ones.

        收到46件，其中上年结转6件: 46 is more than what came in this year.
        """
        received = self.by_key.get(APPLICATIONS_RECEIVED.key)
        if received is None:
            return
        is_of_new_ones = "新收" in received.told_by
        if not is_of_new_ones:
            del self.by_key[APPLICATIONS_RECEIVED.key]


def _is_better(thing: Thing, told_by: str, known: Stated) -> bool:
    """Whether a number takes the place of one that is known.

    公开300条，其中主动公开280条: what is called 主动 is the total. 收到465件，其中7件撤
    回，实际登记458件: what was left is what the form counts.
    """
    if thing is APPLICATIONS_RECEIVED:
        return _CORRECTED.match(told_by) is not None
    if thing is not PROACTIVE_TOTAL:
        return False
    is_called_so = told_by.startswith("主动")
    was_called_so = known.told_by.startswith("主动")
    return is_called_so and not was_called_so

"""What a sentence has stated so far, and how a number is written down. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from archive.report.claims.mention import Sentence
from archive.report.claims.quantity import unit_of
from archive.report.claims.things import (
    APPLICATIONS_RECEIVED,
    PROACTIVE_TOTAL,
    Thing,
)
from archive.report.model import Claim
from archive.report.numbers import read_amount


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

    def add_none(self, thing: Thing, denial: re.Match[str], sentence: Sentence) -> None:
        """Keep a 0 that is stated in words."""
        claim = Claim(thing.key, 0, sentence.printed, thing.none_in, at=sentence.at)
        self.by_key[thing.key] = Stated(denial.start(), claim, denial[0])

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

    公开300条，其中主动公开280条: what is called 主动 is the total.
    """
    if thing is not PROACTIVE_TOTAL:
        return False
    is_called_so = told_by.startswith("主动")
    was_called_so = known.told_by.startswith("主动")
    return is_called_so and not was_called_so

"""A range: 100到500件, 2到3万件, 500万元到1亿元."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from archive.search.question.conditions.condition import NUMBER
from archive.search.question.conditions.numerals import (
    MIXED,
    SCALED,
    SCALES,
    SPOKEN,
    TENTH,
    UNIT,
    counted,
    is_scaled,
)

_NUMBER = f"{MIXED}|{NUMBER}|{SPOKEN}"
_FROM = (
    rf"(?P<low>{_NUMBER})(?:\s?(?P<low_scale>{SCALED}))?(?:\s?(?P<low_unit>{UNIT}))?"
)
_TO = "\\s?(?:-{1,2}|~|—{1,2}|至|到|和|与)\\s?"
_UP_TO = (
    rf"(?P<high>{_NUMBER})(?:\s?(?P<scale>{SCALED}))?\s?(?:(?P<unit>{UNIT})|(?=之间))"
)
# e.g. "100到500件", "在50%至80%之间", "100-500件", "一百件到二百件", "介于1和2之间",
# e.g. "五成到八成", "2到3万件"
# not "2020-2022", "100件", "5到6月"
RANGE = re.compile(rf"(?:在|介于|处于|处在)?{_FROM}(?P<between>{_TO}){_UP_TO}(?:之间)?")
_OF_UNIT = "万亿"
"""Of 500万到1000万元 the lower end is in 元."""
_IN_TENTHS = {TENTH: ("%", 10)}
# What both ends of 三到五百件 are counted in.
# e.g. "五百", "两千", "一百二", "30"
_ROUND = re.compile("^(.+?)([百千]?)$")


class End(NamedTuple):
    """The number at an end of a range."""

    number: Decimal
    unit: str
    is_scaled: bool
    """Whether 万 or 亿 is said."""


def ends_of(match: re.Match[str]) -> tuple[End, ...]:
    """The lower end of a range and the higher one; none where one is no number.

    What stands behind the higher only is said of both: 2到3万件 begins at 20,000, but
    5到1万件 at 5.
    """
    said = match.groupdict("")
    low = said["low"], said["low_scale"] or _shared(said)
    unit = said["low_unit"] or said["unit"].lstrip(_OF_UNIT * is_scaled("".join(low)))
    ends = _end(*low, unit), _end(said["high"], said["scale"], said["unit"])
    found = tuple(filter(None, ends))
    return found if found[1:] else ()


def _end(number: str, scale: str, unit: str) -> End | None:
    """A number with what stands behind it."""
    value = counted(number)
    if value is None:
        return None
    unit, times = _IN_TENTHS.get(unit, (unit, SCALES.get(scale, 1)))
    return End(value * times, unit, is_scaled(number + scale))


def _shared(said: dict[str, str]) -> str:
    """The scale of the higher end where the lower one is said without anything."""
    _, number, scale, _ = _ROUND.split(said["high"])
    low, high = counted(said["low"]) or 0, counted(number) or 0
    return "" if said["low_unit"] or low >= high else scale or said["scale"]

"""Which divisions a text begins with: a chain of names, each inside the one before.

    四川省攀枝花市西区经济合作局
    at 0  四川省    510000  a name; go on behind it
    at 3  攀枝花市  510400  lies in 510000: go on
    at 7  西区      510403  lies in 510400; a county ends the chain, at 9

Links may be left out (四川省西区) or shortened to the stem (四川攀枝花市), and one name
may belong to many divisions (鼓楼区), so every chain is followed and the one that
reaches farthest counts. Only the beginning counts: 西区 in 江西区域… is no division.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from archive.regions.divisions import (
    COUNTY,
    Division,
    Divisions,
    below,
    distinct,
    in_force,
    inside,
    rank,
)
from archive.regions.names import by_name, by_stem, pieces
from archive.regions.stems import named_by_stem
from archive.regions.zones import ZONE, of_known_zone

# Behind a division's name, it was a part of another word: 区域, 县域, 城区街道办,
# 新市镇人民政府.
# e.g. "域经济", "街道办事处", "镇人民政府", "村民委员会"
# not "商务局", "镇江", "人民政府"
_OTHER_WORD = re.compile(
    r"域|间|街道|街办|村(?:民)?委|社区居"
    r"|(?:镇|乡|苏木)(?:人民政府|政府|党|便民|综合|$)"
)
# Names of two signs (城区, 郊区, 东区) are words too.
_SHORTEST_SURE = 3
# Signs behind a place within which a zone is looked for.
_ZONE_WITHIN = 24


class Found(NamedTuple):
    """The divisions a text can begin with (several: ambiguous), and where they end.

    `stem`: the place is named without its level (成都海关, 广西商务厅).
    `unknown_below`: a division follows that is not in that year's list below the ones
    found.
    """

    divisions: Divisions
    end: int
    stem: bool = False
    unknown_below: bool = False


def leading(text: str, year: int | None, national: bool = False) -> Found | None:
    """The divisions at the beginning of a text; None: it begins with no place.

    In: an agency's name, cleaned; the year whose list of divisions counts; whether the
    text stands behind the name of a national body.
    """
    zone = of_known_zone(text, year)
    if zone is not None:
        return Found((zone,), 0, stem=True)
    chain = _Chain(text, year)
    reached = list(chain.ends(0, None))
    if not reached:
        return _by_stem(text, 0, None, year, national)
    farthest = max(end for end, _ in reached)
    last = distinct(division for end, division in reached if end == farthest)
    if len(last) > 1 or rank(last[0].code) == COUNTY:
        return Found(last, farthest)
    # One province or prefecture: what follows may still say more.
    (parent,) = last
    return (
        _by_stem(text, farthest, parent, year, national)
        or _contradicted(chain, farthest, parent)
        or Found(last, farthest)
    )


@dataclass(frozen=True, slots=True)
class _Chain:
    """The names a text begins with, followed in the list of one year."""

    text: str
    year: int | None

    def ends(self, at: int, parent: Division | None) -> Iterator[tuple[int, Division]]:
        """Every place a row of names from `at` on can end, with its last division.

        `parent` is the division before (None at the beginning of the text); only what
        lies below it is followed, and nothing lies below a county. A row that ends with
        a stem gives nothing: see `stems` for those.
        """
        if parent is not None and rank(parent.code) == COUNTY:
            return
        for piece, end in pieces(self.text, at):
            for division in inside(by_name().get(piece, ()), parent, self.year):
                yield from self._at_or_below(division, end)
            for division in inside(by_stem().get(piece, ()), parent, self.year):
                # A stem is a link only: no chain ends with it.
                yield from self.ends(end, division)

    def _at_or_below(
        self, division: Division, end: int
    ) -> Iterator[tuple[int, Division]]:
        """The ends below a division that is named in full, else its own.

        攀枝花市西区商务局 goes on to 西区. In 攀枝花市西区域经济办 that is part of
        another word (区域), so the row ends behind 攀枝花市.
        """
        farther = list(self.ends(end, division))
        if farther:
            yield from farther
        elif not _OTHER_WORD.match(self.text, end):
            yield end, division

    def named_elsewhere(self, at: int, parent: Division) -> Divisions | None:
        """Divisions named at `at` that do not lie in the one before.

        () when they do, but not in that year; None when none is named.
        """
        if ZONE.match(self.text[at : at + _ZONE_WITHIN]):
            return None
        for known in self._sure_names(at):
            if below(known, parent):
                return ()
            others = (each for each in known if each.code != parent.code)
            in_the_list = in_force(tuple(others), self.year)
            if in_the_list:
                return in_the_list
        return None

    def _sure_names(self, at: int) -> Iterator[Divisions]:
        """The divisions of every full name at `at`, the longest name first.

        Without those that may be another word: 城区建设局, 新市镇人民政府.
        """
        for piece, end in pieces(self.text, at):
            is_too_short = len(piece) < _SHORTEST_SURE
            if is_too_short or _OTHER_WORD.match(self.text, end):
                continue
            yield by_name().get(piece, ())


def _by_stem(
    text: str, at: int, parent: Division | None, year: int | None, national: bool
) -> Found | None:
    """The place at `at` that is named without its level; None when there is none.

    Behind a place in full it lies in that: 四川省 and then 成都高新区.
    """
    named = named_by_stem(text, at, parent, year, national)
    if named is None:
        return None
    places, end = named
    return Found(places, end, stem=True)


def _contradicted(chain: _Chain, at: int, parent: Division) -> Found | None:
    """A place followed by another that does not lie in it: both can be meant.

    四川省西湖区 is 四川省, or the 西湖区 of 杭州 or 南昌. 杭州市江干区 in 2023 is
    杭州市 with a district unknown to that year.
    """
    elsewhere = chain.named_elsewhere(at, parent)
    if elsewhere is None:
        return None
    return Found(distinct((parent, *elsewhere)), at, unknown_below=True)

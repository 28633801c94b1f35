"""Places in a question: which of the names that can be read at a spot is meant."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from archive.regions import Place, Typed, is_inside, signs, typed_places
from archive.search.dictionary import words_in
from archive.search.question.understanding.around import OTHER_WORD, begins_subject
from archive.search.question.understanding.sorts import begins_town
from archive.search.question.understanding.spot import Spot, named_at
from archive.search.text import HAN

_DATA = Path(__file__).parent / "data" / "words_too.txt"
_MOST_PLACES = 12
"""A name that more places share tells of none: 新华区, 城关区."""
_LONGEST_SIGN = 2


# A town behind the name in full of what it lies in.
# e.g. "长安镇", "浆洗街街道办事处"
# not "城镇", "街道", "镇"
_TOWN = re.compile(f"[{HAN}]{{2,4}}(?:(?<!乡)镇|乡|街道)(?:人民政府|政府|办事处|办)?")


class Places(NamedTuple):
    """The places that a name can mean."""

    meant: tuple[Place, ...]

    def inside(self, other: Places) -> tuple[Place, ...]:
        """Those that lie in one of the others."""
        return places_inside(self.meant, other.meant)


Placed = tuple[int, Places]
"""Where a name ends, and what it means."""


def lies_elsewhere(county: tuple[Place, ...], city: tuple[Place, ...]) -> bool:
    """Whether a county lies in no such city: 广州东山区, of which no report is, is not
    the one of 鹤岗.
    """
    levels = [{place.level for place in places} for places in (city, county)]
    return levels == [{"市"}, {"县"}] and not places_inside(county, city)


def places_inside(
    places: tuple[Place, ...], larger: tuple[Place, ...]
) -> tuple[Place, ...]:
    """Those places that lie in one of the larger ones."""
    inside = {
        place: None for above in larger for place in places if is_inside(place, above)
    }
    return tuple(inside)


# Where names follow each other without an end (吉林吉林…) each is asked for again and
# again, each time by every name that may stand before it.
@lru_cache(4_096)
def place_at(spot: Spot, before: tuple[Place, ...]) -> Placed | None:
    """The place at a spot: the longest that the words behind it leave whole.

    `before`: the places just before it.
    """
    in_full: Placed | None = None
    for typed in typed_places(spot.text, spot.at):
        if spot.is_inside_words and not typed.is_full:
            continue
        # 福田 of 深圳福田街道办 is the street's name.
        if begins_town(typed, spot.text):
            continue
        places = _meant(typed, spot, before)
        if not places:
            continue
        placed = typed.end, Places(places)
        if spot.leaves_whole(typed.end) or _is_before_another(typed, spot):
            return placed
        if typed.is_full:
            in_full = in_full or placed
    if in_full and _stands_apart(in_full[0], spot):
        return in_full
    return None


def _is_before_another(typed: Typed, spot: Spot) -> bool:
    """Whether another place begins where a larger one ends: 广州深圳."""
    if typed.is_of_county or spot.is_inside_words:
        return False
    return place_at(spot.behind(typed.end), ()) is not None


def _stands_apart(end: int, spot: Spot) -> bool:
    """Whether a place in full is no part of the words behind it: 成都市 of 成都市民."""
    if spot.is_ruled_out:
        return False
    town = _TOWN.match(spot.text, end)
    if town and spot.is_border(town.end()):
        return True
    if OTHER_WORD.match(spot.text, end):
        return False
    return spot.is_border(end)


def _meant(typed: Typed, spot: Spot, before: tuple[Place, ...]) -> tuple[Place, ...]:
    """What a name means here: beside a larger place what lies in that."""
    inside = places_inside(typed.places, before)
    if inside:
        return inside
    if len(typed.places) > _MOST_PLACES:
        return ()
    if typed.is_of_county and not _is_sure_county(typed, spot):
        return ()
    return typed.places


def _is_sure_county(typed: Typed, spot: Spot) -> bool:
    """Whether a county without its level is meant: 昆山 alone, or before a body, a year
    or what reports tell of.
    """
    if len(typed.places) > 1:
        return False
    if spot.text[spot.at : typed.end] in words_too():
        return False
    if typed.end == len(spot.text):
        return spot.at == spot.start
    is_before_item = spot.begins_item(typed.end)
    return is_before_item or begins_subject(spot.text, typed.end)


@lru_cache(maxsize=1)
def words_too() -> frozenset[str]:
    """Counties' names that are words as well."""
    return frozenset(words_in(_DATA))


def sign_at(spot: Spot) -> Placed | None:
    """The sign of a province, alone or before a body: 川, 川教育厅."""
    for length in range(_LONGEST_SIGN, 0, -1):
        typed = spot.text[spot.at : spot.at + length]
        sign = signs().get(typed)
        end = spot.at + len(typed)
        if sign and _is_meant(sign.is_place_alone, sign.before, spot, end):
            return end, Places((sign.place,))
    return None


def _is_meant(is_place_alone: bool, before: str, spot: Spot, end: int) -> bool:
    """Whether a sign stands for its province here."""
    if end == len(spot.text):
        return is_place_alone and spot.at == spot.start
    named = named_at(spot.text, end)
    if named is None:
        return False
    is_before_any = before == "any"
    return is_before_any or named.kind.name.endswith(before)

"""What a question names, item by item: read from the left, each where a word begins.

    去年 | 成都市武侯区 | 教育局 | 的行政诉讼
    years  place          kind     the rest

An item counts only where the words behind it leave it whole: 成都 in 成都教育局 and in
成都行政诉讼, but not in 成都路, 成都市民 or 成都市委. Behind words that are not
understood, only what is written in full counts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import chain
from operator import attrgetter
from typing import NamedTuple

from archive.regions import NATIONAL, Place
from archive.search.question.lists import in_one_way
from archive.search.question.understanding.around import (
    AND,
    BETWEEN,
    BEYOND,
    DENIED,
    EACH_BEFORE,
    IS_WHICH,
    NEITHER,
    OUTSIDE,
    RULED_OUT,
    RULING_OUT,
    YEAR,
    YEAR_OF_BODY,
    ruled_out_together,
)
from archive.search.question.understanding.bodies import Kind
from archive.search.question.understanding.latin import (
    before_pinyin,
    closed_up,
    in_pinyin_at,
)
from archive.search.question.understanding.placing import (
    Placed,
    Places,
    lies_elsewhere,
    place_at,
    places_inside,
    sign_at,
)
from archive.search.question.understanding.sorts import is_of_figure, sort_at, towns_at
from archive.search.question.understanding.spot import Spot, named_at
from archive.search.question.understanding.years import Years, in_a_row_at, years_at

# Pictures part words as blanks do: 🎉武汉2022🎉.
_PICTURES = "\U0001f000-\U0001faff\u2600-\u27bf"
# e.g. "成都市武侯区", "2021-2023"
# not "，", "《", "·"
_TOKEN = re.compile(rf"[^\s,，。;；?？!！、·《》{_PICTURES}]+")
_MINUS = "-"
_IN_FRONT_OF_OUTSIDE = "除"
"""除 alone is a word of many meanings; 除…外 has one."""


class Item(NamedTuple):
    """Places, a kind of agency or years, and where they stand."""

    start: int
    end: int
    what: Places | Kind | Years
    is_ruled_out: bool = False
    group: int = 0
    """Items that are ruled out together have the same number."""

    @property
    def places(self) -> tuple[Place, ...]:
        """Those that are named; none by anything else."""
        return self.what.meant if isinstance(self.what, Places) else ()


CONDITION = "。"
"""Stands where a condition on a figure stood; words beside it are no neighbours."""


def items_of(text: str, today: date, *, has_conditions: bool = False) -> list[Item]:
    """What a text in normal form names, in the order of the text.

    Conditions on figures have been replaced by as many CONDITION.
    """
    written = in_one_way(text)
    text = ruled_out_together(closed_up(written.text))
    reader = _Reader(text, today, has_conditions)
    for token in _TOKEN.finditer(text):
        # A minus is syntax: -深圳 rules out a word, as it always did.
        if not token[0].startswith(_MINUS):
            reader.read(token.start(), token.end())
    typed = [(item, *written.typed(item.start, item.end)) for item in reader.items]
    return [item._replace(start=start, end=end) for item, start, end in typed]


class _Reader:
    """Goes through the tokens of one text."""

    def __init__(self, text: str, today: date, has_conditions: bool) -> None:
        self._text = text
        self._has_conditions = has_conditions
        self._today = today
        self._groups = 0
        self._before = 0  # items before the token
        self.items: list[Item] = []

    def read(self, start: int, end: int) -> None:
        """Take in the items of a token."""
        self._before = len(self.items)
        spot = Spot(self._text[:end], start, start, self._today, self._has_conditions)
        while spot.at < end:
            found = self._ruled_out(spot) or self._one(spot)
            if found:
                self.items += found
                spot = spot.behind(found[-1].end)
            else:
                spot = _next(spot)

    def _one(self, spot: Spot) -> list[Item]:
        """The item at a spot, as a list; 罗湖区以外的 rules it out."""
        found = self._item(spot)
        if found is None:
            return []
        beyond = BEYOND.match(spot.text, found.end)
        if beyond:
            return self._together([found], spot.at, beyond.end())
        return [found]

    def _item(self, spot: Spot) -> Item | None:
        """The item at a spot, if there is one."""
        in_a_row = in_a_row_at(spot.text, spot.at, self._today)
        if in_a_row and self._is_before_condition(in_a_row.end):
            return Item(spot.at, in_a_row.end, in_a_row)
        years = years_at(spot.text, spot.at, self._today)
        if years and (_are_years(years, spot) or self._closes(spot)):
            return Item(spot.at, years.end, years)
        in_pinyin = self._in_pinyin(spot)
        if in_pinyin:
            return in_pinyin
        placed = place_at(before_pinyin(spot), self._last_place())
        if placed and not self._is_astray(spot.at, placed):
            return Item(spot.at, *placed)
        if spot.is_inside_words:
            return None
        signed = sign_at(spot)
        if signed:
            return Item(spot.at, *signed)
        return self._kind(spot) or self._sort(spot)

    def _closes(self, spot: Spot) -> bool:
        """Whether a number is the last of what is asked about a place or a body:
        长沙市人社局职称评审2022, 贵安新区管委会2022.
        """
        closing = YEAR if len(self.items) > self._before else YEAR_OF_BODY
        return closing.match(spot.text, spot.at) is not None

    def _is_before_condition(self, end: int) -> bool:
        """Whether a condition stands behind: 连续三年获奖 is another thing."""
        return self._text[end:].lstrip(" ").startswith(CONDITION)

    def _in_pinyin(self, spot: Spot) -> Item | None:
        """A place or a kind of agency in Latin letters."""
        found = in_pinyin_at(spot.text, spot.at, self._last_place())
        if found is None:
            return None
        behind = spot.behind(found.end)
        if not spot.leaves_whole(found.end) and not place_at(behind, found.places):
            return None
        if found.kind:
            return Item(spot.at, found.end, found.kind)
        return Item(spot.at, found.end, Places(found.places))

    def _kind(self, spot: Spot) -> Item | None:
        """The kind of agency at a spot."""
        named = named_at(spot.text, spot.at)
        if named is None:
            return None
        if not (spot.leaves_whole(named.end) or self._is_apart(spot, named.end)):
            return None
        if named.kind.needs_place and not self._named():
            return None
        return Item(spot.at, named.end, named.kind)

    def _is_apart(self, spot: Spot, end: int) -> bool:
        """Whether a body right behind its place is a word for itself: 教育局 in
        成都市教育局招生, but not in 教育局招生.
        """
        return self._is_behind_place(spot) and spot.ends_word(end)

    def _sort(self, spot: Spot) -> Item | None:
        """The sort of bodies at a spot, of which a condition is asked."""
        before = spot.text[: spot.at].rstrip(" 的")
        each = EACH_BEFORE.search(before)
        if each:
            return self._each(spot, each.start())
        town = towns_at(spot.text, spot.at)
        if town and self._is_behind_place(spot) and spot.leaves_whole(town.end):
            return Item(spot.at, town.end, town.kind)
        is_behind_outside = self._is_behind_outside(spot.at)
        if not (spot.has_conditions or is_behind_outside):
            return None
        is_asked = is_behind_outside or IS_WHICH.search(before) is not None
        is_beside = is_asked or CONDITION in (
            self._text[spot.at + 1 : spot.at + 2],
            before[-1:],
        )
        named = sort_at(spot.text, spot.at, is_beside_condition=is_beside)
        if named and spot.leaves_whole(named.end):
            return Item(spot.at, named.end, named.kind)
        return None

    def _is_behind_place(self, spot: Spot) -> bool:
        """Whether nothing but a word that joins parts it from a place before it."""
        if not self.items or not isinstance(self.items[-1].what, Places):
            return False
        between = self._text[self.items[-1].end : spot.at]
        return BETWEEN.match(between) is not None

    def _is_behind_outside(self, at: int) -> bool:
        """Whether a place that is ruled out ends here: 除武汉以外的|区县."""
        return any(one.is_ruled_out and one.end == at for one in self.items[-1:])

    def _each(self, spot: Spot, start: int) -> Item | None:
        """The sort of bodies of which all are asked for, behind a place: 成都各区."""
        named = sort_at(spot.text, spot.at, is_beside_condition=True)
        if not named or not spot.leaves_whole(named.end):
            return None
        is_of_somebody = spot.has_conditions or self._named()
        if is_of_somebody or is_of_figure(spot.text, named.end):
            return Item(start, named.end, named.kind)
        return None

    def _is_astray(self, at: int, placed: Placed) -> bool:
        """Whether a county right behind a city lies elsewhere."""
        is_next = bool(self.items) and self.items[-1].end == at
        return is_next and lies_elsewhere(placed[1].meant, self._last_place())

    def _last_place(self) -> tuple[Place, ...]:
        """The places of the item just before, if that is one of places."""
        return self.items[-1].places if self.items else ()

    def _named(self) -> tuple[Place, ...]:
        """All places that are named before."""
        return tuple(chain.from_iterable(map(attrgetter("places"), self.items)))

    def _ruled_out(self, spot: Spot) -> list[Item]:
        """不要深圳的, 除了教育局以外: items that are ruled out together."""
        ruling = RULING_OUT.match(spot.text, spot.at)
        if ruling is None or DENIED.search(spot.text, spot.start, spot.at):
            return []
        found = self._in_a_row(spot.behind(ruling.end())._replace(is_ruled_out=True))
        if not found:
            return []
        end = found[-1].end
        is_outside = OUTSIDE.match(spot.text, end)
        is_sure = ruling[0] != _IN_FRONT_OF_OUTSIDE or is_outside
        # 广东除深圳: what is ruled out lies in a place before it.
        if not (is_sure or places_inside(found[0].places, self._named())):
            return []
        closing = RULED_OUT.match(spot.text, end) or NEITHER.match(spot.text, end)
        if closing:
            end = closing.end()
        elif end < len(spot.text):
            return []
        return self._together(found, spot.at, end)

    def _in_a_row(self, spot: Spot) -> list[Item]:
        """The items from a spot on, each right behind the other."""
        found: list[Item] = []
        item = self._item(spot)
        while item:
            found.append(item)
            spot = spot.behind(item.end)
            item = self._item(spot) or self._listed(found, spot)
        return found

    def _listed(self, found: Sequence[Item], spot: Spot) -> Item | None:
        """The next of a list of what is of one sort: 上海 behind 北京和."""
        listing = AND.match(spot.text, spot.at)
        following = self._item(spot.behind(listing.end())) if listing else None
        if following and {type(one.what) for one in found} == {type(following.what)}:
            return following
        return None

    def _together(self, found: list[Item], start: int, end: int) -> list[Item]:
        """Items with the words that rule them out."""
        self._groups += 1
        group = [one._replace(is_ruled_out=True, group=self._groups) for one in found]
        group[0] = group[0]._replace(start=start)
        group[-1] = group[-1]._replace(end=end)
        return group


def _next(spot: Spot) -> Spot:
    """Where an item may begin next: behind a word that joins, else behind the next."""
    if not spot.is_inside_words:
        joined = spot.behind_join(spot.at)
        if joined:
            return spot.behind(joined)
        national = NATIONAL.match(spot.text[spot.at :])
        branch = spot.behind(spot.at + national.end()) if national else None
        if branch and place_at(branch, ()):
            return branch
    return spot.behind(spot.next_border())._replace(is_inside_words=True)


def _are_years(years: Years, spot: Spot) -> bool:
    """Whether nothing shows that a number is no year."""
    is_in_digits = spot.text[spot.at] in "0123456789("
    if spot.is_inside_words:
        return years.is_sure and is_in_digits
    if years.is_sure or spot.leaves_whole(years.end):
        return True
    # 22年苏州: a place begins where the year ends.
    return place_at(spot.behind(years.end), ()) is not None

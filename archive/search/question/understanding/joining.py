"""Neighbours that say one thing: 成都 武侯区, 武侯区 成都; and what a body tells of the
place before it; what a condition between them parts.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from archive.regions import typed_places
from archive.search.question.conditions import Ordered
from archive.search.question.together import Stretch
from archive.search.question.understanding.around import AND, BETWEEN
from archive.search.question.understanding.bodies import Kind
from archive.search.question.understanding.items import Item
from archive.search.question.understanding.placing import Places
from archive.search.question.understanding.years import Years

_OF_PROVINCE = "厅"
_OF_REGION = "行政公署"
"""The office of a region, which no city has."""
_PROVINCE, _CITY = "省", "市"


def joined(items: Sequence[Item], text: str) -> list[Item]:
    """The items of a text, those that say one thing as one."""
    found: list[Item] = []
    for item in items:
        both = _both(found[-1], item, text) if found else None
        if both:
            found[-1] = both
        else:
            found.append(item)
    return _told_by_bodies(_told_by_places(found), text)


def apart(items: Sequence[Item], conditions: Sequence[Stretch | Ordered]) -> list[Item]:
    """The items, the bodies that a condition or an order parts from any place as all in
    a place: 广东没有收到申请的教育局.
    """
    if not conditions:
        return list(items)
    stretches: dict[int, list[Item]] = {}
    for item in items:
        before = sum(one.start < item.start for one in conditions)
        stretches.setdefault(before, []).append(item)
    told: list[Item] = []
    for stretch in stretches.values():
        has_place = any(isinstance(item.what, Places) for item in stretch)
        told += stretch if has_place else map(_of_all, stretch)
    return told


def _of_all(item: Item) -> Item:
    """A kind of agency as that of all in a place; anything else as it is."""
    if isinstance(item.what, Kind):
        return item._replace(what=item.what._replace(is_of_all=True))
    return item


def _both(one: Item, other: Item, text: str) -> Item | None:
    """Two places, one in the other, as that which is meant, or years in a row; None for
    anything else.
    """
    if one.group != other.group:
        return None
    if not BETWEEN.match(text[one.end : other.start]):
        return None
    if isinstance(one.what, Years) and isinstance(other.what, Years):
        return _in_a_row(one, other, one.what, other.what)
    if not (isinstance(one.what, Places) and isinstance(other.what, Places)):
        return None
    # 苏州和昆山的教育局 are two, whatever lies in what.
    if AND.search(text, one.end, other.start):
        return None
    inner = other.what.inside(one.what) or one.what.inside(other.what)
    if not inner:
        return None
    return Item(one.start, other.end, Places(inner), one.is_ruled_out, one.group)


def _in_a_row(one: Item, other: Item, years: Years, row: Years) -> Item | None:
    """2020到2022年连续三年: the years that are named, each of them."""
    if not row.is_each:
        return None
    return one._replace(end=other.end, what=years._replace(is_each=True))


def _told_by_places(items: Sequence[Item]) -> list[Item]:
    """鼓楼区教育局 南京: a larger place behind a body, without one itself, tells where
    that lies.
    """
    told = list(items)
    rows = zip(items, items[1:], items[2:], [*items[3:], None], strict=False)
    for at, row in enumerate(rows):
        match row:
            case (
                Item(what=Places() as places, is_ruled_out=False) as one,
                Item(what=Kind()),
                Item(what=Places() as larger, is_ruled_out=False) as above,
                None | Item(what=Places() | Years()),
            ):
                inside = Places(places.inside(larger))
                told[at] = one._replace(what=inside if inside.meant else places)
                told[at + 2] = above._replace(what=inside if inside.meant else larger)
    return told


def _told_by_bodies(items: Sequence[Item], text: str) -> list[Item]:
    """吉林 is the province where a 厅 stands behind it; before another body 喀什 may be
    the city in the region too.
    """
    told = list(items)
    for at, pair in enumerate(pairwise(items)):
        match pair:
            case Item(what=Places() as places) as one, Item(what=Kind(name=name)):
                if name.endswith(_OF_PROVINCE):
                    told[at] = one._replace(what=_provinces(places))
                elif name != _OF_REGION:
                    typed = text[one.start : one.end]
                    told[at] = one._replace(what=_with_cities(places, typed))
    return told


def _with_cities(places: Places, typed: str) -> Places:
    """Prefectures, and the cities in them that are called as they are."""
    found = dict.fromkeys(places.meant)
    for place in places.meant:
        if place.level == "市" and not place.name.endswith(_CITY):
            in_full = f"{place.name}{typed}{_CITY}"
            (longest, *_) = typed_places(in_full, 0)
            is_city = longest.end == len(in_full)
            found |= dict.fromkeys(longest.places if is_city else ())
    return Places(tuple(found))


def _provinces(places: Places) -> Places:
    """Those that are provinces, if any are."""
    found = tuple(place for place in places.meant if place.level == _PROVINCE)
    return Places(found or places.meant)

"""Places as people type them in questions: 四川武侯区, 成都, 沪, several for one word.

Unlike the name of an agency, which says where it lies in the words of its own office, a
question leaves out what everybody knows: 武侯区 without 成都市, 成都 without 市. What
can be meant is found here; whether it is, the words around it decide, and those are
read by whoever asks.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import chain, product, starmap
from typing import NamedTuple

from archive.regions.divisions import (
    COUNTY,
    PREFECTURE,
    PROVINCE,
    REPORTS_SINCE,
    Division,
    Divisions,
    below,
    divisions,
    ended_before_reports,
    is_within,
    of_ranks,
    rank,
    region_path,
    related,
    rows,
)
from archive.regions.names import (
    by_earlier_name,
    by_name,
    by_name_without_peoples,
    by_stem,
    by_stem_of_area,
    pieces,
    stem,
)

LEVELS = ("省", "市", "县")
"""The level of a place by its rank."""
# 城区, 郊区, 东区 are words too: names of two signs count only behind a larger place.
_SHORTEST_ALONE = 3
# 沛县 and 芒市 count alone or before a body, as 沛 would if it were a stem.
_SHORT_LEVELS = ("县", "市")
_COUNTIES_OF_CITIES = {f"{city}0200": f"{city}0100" for city in (11, 12, 31, 50)}
"""The number of the 县 of 北京, 天津, 上海 and 重庆 → that of their districts."""


class Place(NamedTuple):
    """A place, under all the codes it has had."""

    codes: tuple[str, ...]
    name: str
    """With its ancestors: 四川省成都市武侯区."""
    level: str


class Typed(NamedTuple):
    """What a text can mean from a position on."""

    end: int
    places: tuple[Place, ...]
    """Several where the words leave it open."""
    is_full: bool
    """Whether the last name is written with its level: 成都市, not 成都."""
    is_of_county: bool
    """Whether it is a county's name without its level, and no larger place before."""


class Sign(NamedTuple):
    """The sign of a province, as 川 of 四川省."""

    place: Place
    is_place_alone: bool
    before: str
    """What a body behind it may end in; `any` for whatever it is."""


def typed_places(text: str, at: int) -> list[Typed]:
    """What can be meant by the names that stand at `at`, the longest first."""
    found: dict[tuple[int, bool], Typed] = {}
    for end, meant, is_full, has_parent in _chains(text, at, ()):
        typed = _typed(end, meant, is_full, has_parent)
        if typed is None:
            continue
        known = found.get((end, is_full))
        if known is None or known.is_of_county:
            found[end, is_full] = typed
    return sorted(found.values(), key=lambda one: (-one.end, not one.is_full))


_Link = tuple[int, Divisions, bool, bool]


def _chains(text: str, at: int, parents: Divisions) -> Iterator[_Link]:
    """Every row of names from `at` on: where it ends, the divisions of its last name,
    whether that is in full, and whether a larger place stands before it.
    """
    for piece, end in pieces(text, at):
        for names, is_full in ((_names(), True), (_stems(), False)):
            known = names.get(piece)
            meant = _within(known, parents) if known else ()
            if not meant:
                continue
            yield end, meant, is_full, bool(parents)
            if not _is_county(meant[0]) or not _is_county(meant[-1]):
                yield from _chains(text, end, meant)


def _is_county(division: Division) -> bool:
    """Whether it is of the lowest rank."""
    return rank(division.code) == COUNTY


@lru_cache(maxsize=1)
def _names() -> dict[str, Divisions]:
    """Full and short names; 思茅市, of which there are no reports, is 普洱市."""
    names = {name: _later(known) for name, known in by_name().items()}
    recent = _with_reports(by_name_without_peoples() | names)
    return _with_reports(_earlier() | by_earlier_name()) | recent


def _earlier() -> dict[str, Divisions]:
    """Counties that became districts or cities before there were reports, 萧山市 and
    昌平县: as what has their stem in the province since.
    """
    found: dict[str, Divisions] = {}
    for ended in of_ranks(ended_before_reports(), COUNTY):
        called_so = of_ranks(by_stem().get(stem(ended.name), ()), COUNTY)
        there = [one for one in called_so if one.code[:2] == ended.code[:2]]
        # 武昌县 beside 武昌区 is another place.
        since = [one for one in there if _are_apart(one, ended)]
        if since and ended.name in dict(pieces(ended.name, 0)):
            found[ended.name] = (*found.get(ended.name, ()), *since)
    return found


@lru_cache(maxsize=1)
def _stems() -> dict[str, Divisions]:
    """Names without the word for their level; 浦东 is 浦东新区 too."""
    stems = dict(by_stem())
    for name, known in by_stem_of_area().items():
        stems[name] = (*stems.get(name, ()), *known)
    return _with_reports(stems)


def _later(known: Divisions) -> Divisions:
    """Prefectures with what has their code since, of a name that no report is under.

    The districts of those years, 市郊区 and 东市区, are called as many things are.
    """
    of_counties = _is_county(known[0])
    if of_counties or any(one.last >= REPORTS_SINCE for one in known):
        return known
    since = chain.from_iterable(divisions()[one.code] for one in known)
    return tuple(since)


def _with_reports(names: dict[str, Divisions]) -> dict[str, Divisions]:
    """Names with the divisions that were there in any year with reports."""
    found = {}
    for name, known in names.items():
        recent = tuple(one for one in known if one.last >= REPORTS_SINCE)
        if recent:
            found[name] = tuple(sorted(recent, key=lambda one: rank(one.code)))
    return found


def _within(recent: Divisions, parents: Divisions) -> Divisions:
    """Those that lie below one of the parents, if there are any."""
    if not parents:
        return recent
    inside = [one for parent in parents for one in below(recent, parent)]
    return tuple(dict.fromkeys(inside))


def _typed(end: int, meant: Divisions, is_full: bool, has_parent: bool) -> Typed | None:
    """What a row of names means; None where its only name is a word, too."""
    places = _told(meant, is_full)
    if has_parent:
        return Typed(end, places, is_full, False)
    if not is_full:
        return Typed(end, places, is_full, places[0].level == LEVELS[COUNTY])
    if len(meant[0].name) < _SHORTEST_ALONE:
        is_county = meant[0].name.endswith(_SHORT_LEVELS)
        return Typed(end, places, False, True) if is_county else None
    return Typed(end, places, is_full, False)


@lru_cache(20_000)
def _told(meant: Divisions, is_full: bool) -> tuple[Place, ...]:
    """The places that divisions of one name are."""
    return _places(meant if is_full else _most_likely(meant))


def _most_likely(meant: Divisions) -> Divisions:
    """Of those with one stem: 长沙 is 长沙市, not 长沙县 in it; 吉林 may be either.

    A county elsewhere may be meant beside a prefecture (朝阳), not beside a province.
    """
    higher = of_ranks(meant, PROVINCE, PREFECTURE)
    if not higher:
        return meant
    if rank(higher[0].code) == PROVINCE:
        return higher
    within = related(meant, [above.code for above in higher])
    elsewhere = [one for one in meant if one not in within]
    return (*higher, *elsewhere)


def _places(meant: Divisions) -> tuple[Place, ...]:
    """Divisions as places: one that changed its code or level is one place."""
    groups: dict[tuple[str, str], list[Division]] = {}
    for one in meant:
        groups.setdefault((_home(one), stem(one.name) or one.name), []).append(one)
    return tuple(_place(tuple(group)) for group in groups.values())


def _place(group: Divisions) -> Place:
    newest = max((*group, *_before_or_after(group[0])), key=lambda one: one.last)
    all_of_it = (newest, *group, *_before_or_after(newest))
    codes = tuple(dict.fromkeys(one.code for one in all_of_it))
    return place_at(newest.code)._replace(codes=codes)


def _before_or_after(known: Division) -> Divisions:
    """What a place was before it became a city or district, or has become since.

    祁阳县 is 祁阳市 since 2021, 户县 is 鄠邑区. 伊宁市 and 伊宁县 are there at the same
    time.
    """
    called_so = by_stem().get(stem(known.name), ())
    of_its_rank = of_ranks(called_so, rank(known.code))
    there = [one for one in of_its_rank if _home(one) == _home(known)]
    by_name_alone = [one for one in there if _are_apart(one, known)]
    return (*by_name_alone, *_by_code().get(known.code, ()))


def _home(division: Division) -> str:
    """The prefecture a division lies in, by the number that it has today: the county of
    毕节地区 lies in 毕节市, and 密云县 where 密云区 does.
    """
    today = _heirs().get(division.code, division.code)
    prefecture = f"{today[:4]}00"
    by_today = _COUNTIES_OF_CITIES | _heirs()
    return by_today.get(prefecture, prefecture)


@lru_cache(maxsize=1)
def _heirs() -> dict[str, str]:
    """The code of a division that ended → that under which it went on."""
    return {old: new for old, new, _ in rows("former.tsv")}


@lru_cache(maxsize=1)
def _by_code() -> dict[str, Divisions]:
    """A code → the divisions that went on under it, or as which it went on."""
    found: dict[str, Divisions] = {}
    for old, new in _heirs().items():
        found[old] = (*found.get(old, ()), *divisions()[new])
        found[new] = (*found.get(new, ()), *divisions()[old])
    return found


def _are_apart(one: Division, other: Division) -> bool:
    """Whether two divisions were never there at the same time."""
    return one.first > other.last or one.last < other.first


@lru_cache(5_000)
def place_at(code: str) -> Place:
    """The place of a code that is known."""
    return Place((code,), region_path(code)[-1].name, LEVELS[rank(code)])


def place_above(place: Place) -> Place | None:
    """The place that one lies in; None for a province."""
    path = region_path(place.codes[0])
    if len(path) < 2:
        return None
    return place_at(path[-2].code)


@lru_cache(20_000)
def is_inside(place: Place, other: Place) -> bool:
    """Whether one place lies in another that is larger."""
    if place.codes == other.codes:
        return False
    return any(starmap(is_within, product(place.codes, other.codes)))


def upper_names() -> tuple[str, ...]:
    """The names of provinces and prefectures, in full and without their level."""
    return tuple(name for name, is_county in _every_name() if not is_county)


def county_names() -> tuple[str, ...]:
    """The names of counties and districts that no larger place shares."""
    return tuple(name for name, is_county in _every_name() if is_county)


def _every_name() -> Iterator[tuple[str, bool]]:
    """Names in full and without their level, and whether only counties have them."""
    for name, known in {**_names(), **_stems()}.items():
        yield name, _is_county(known[0])


@lru_cache(maxsize=1)
def signs() -> dict[str, Sign]:
    """The signs of the provinces."""
    found: dict[str, Sign] = {}
    for sign, name, alone, before in rows("abbreviations.tsv"):
        (division,) = dict.fromkeys(each.code for each in by_name()[name])
        found[sign] = Sign(place_at(division), alone == "yes", before)
    return found

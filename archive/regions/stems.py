"""Places named without their level: 成都海关, 广西商务厅, 洛阳高新区管委会.

A stem alone is often an ordinary word as well (长安, 朝阳, 城南), so the words behind
it decide whether a place is named at all, and of which level.
"""

from __future__ import annotations

import re

from archive.regions.divisions import (
    COUNTY,
    PREFECTURE,
    PROVINCE,
    Division,
    Divisions,
    distinct,
    inside,
    of_ranks,
)
from archive.regions.names import by_stem, pieces
from archive.regions.national import VERTICAL
from archive.regions.zones import ZONE, ZONE_WORDS

# Signs behind a stem on which its meaning hangs.
_LOOKED_AT = 40
# Behind the stem another level follows (吉林市…, 北京路…), or soon a township's body.
# e.g. "市商务局", "路小学", "城南街道办事处", "新区镇人民政府"
# not "商务厅", "商务局"
_OTHER_LEVEL = re.compile(
    r"[省市区县州盟旗镇乡街路村道湾]|.{0,8}(?:街道|街办|(?:镇|乡)(?:人民)?政府)"
)


def named_by_stem(
    text: str, at: int, parent: Division | None, year: int | None, national: bool
) -> tuple[Divisions, int] | None:
    """The divisions that a stem at `at` can mean, and where it ends.

    In: the text; the division it must lie in (None: the text begins here); the year of
    the list; whether a national body stands in front. None: no place is named so.
    """
    for piece, end in pieces(text, at):
        known = inside(by_stem().get(piece, ()), parent, year)
        if not known:
            continue
        rest = text[end : end + _LOOKED_AT]
        fitting = _fitting(known, rest, is_first=parent is None, national=national)
        if fitting:
            return distinct(fitting), end
    return None


def _fitting(
    known: Divisions, rest: str, *, is_first: bool, national: bool
) -> Divisions:
    """Which of the divisions of one stem the words behind it allow.

    In: the divisions; those words; whether the stem begins the text; whether a national
    body stands in front of it.
    """
    if national or VERTICAL.match(rest):
        return _with_branch(known, rest)
    if ZONE_WORDS.match(rest) and ZONE.match(rest):
        return _with_zone(known)
    if is_first and not _OTHER_LEVEL.match(rest):
        return _before_any_body(known, rest)
    return ()


def _with_branch(known: Divisions, rest: str) -> Divisions:
    """Before the branch of a national body: 吉林海关 can be either 吉林's.

    The survey teams of the 国家统计局 tell themselves apart: 吉林调查总队 is the
    province's, 吉林调查队 the city's.
    """
    if "调查总队" in rest:
        return of_ranks(known, PROVINCE)
    if "调查队" in rest:
        return of_ranks(known, PREFECTURE, COUNTY)
    return known


def _with_zone(known: Divisions) -> Divisions:
    """Before a zone, which is named after a city or county: 洛阳高新区, 昆山高新区.

    Rarely after a district, and 滨江 and 城南 are words too; so a district counts only
    where several divisions could be meant, which leaves the place open.
    """
    higher = of_ranks(known, PROVINCE, PREFECTURE)
    if higher:
        return higher
    is_city_or_county = known[0].name.endswith(("市", "县", "旗"))
    is_open = len(distinct(known)) > 1
    if is_city_or_county or is_open:
        return known
    return ()


def _before_any_body(known: Divisions, rest: str) -> Divisions:
    """Before any other words: 广西商务厅. Only a province is named so.

    吉林 and 海南 are stems of prefectures too, so 吉林商务局 stays open; a 厅 exists at
    the province only.
    """
    provinces = of_ranks(known, PROVINCE)
    if not provinces or "厅" in rest:
        return provinces
    return of_ranks(known, PROVINCE, PREFECTURE)

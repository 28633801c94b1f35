"""Agency name → Agency: its region, level and sector.

Pure; microseconds a name once the lists are loaded.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from archive.regions.context import fits_suffix, place_of, settle
from archive.regions.divisions import PROVINCE, Divisions, bounded, rank, region
from archive.regions.national import BRANCHES, MINISTRY, REGIONAL, VERTICAL
from archive.regions.parts import Parts, take_apart
from archive.regions.sectors import TOWNSHIP, sector_of
from archive.regions.spelling import LONGEST, clean
from archive.regions.zones import ZONE
from archive.report import Agency, Hints

# The level of a place by its rank.
_LEVELS = ("省", "市", "县")
# What is left of a government's name without its place; nothing is left of 示例市.
# e.g. "人民政府", "行政公署", ""
# not "人民政府办公室", "商务局"
_GOVERNMENT = re.compile(r"^(?:人民政府|政府|行政公署|公署)?$")
# e.g. "城关镇人民政府", "城关镇", "巴彦苏木"
# not "城关街道办事处", "城关镇财政所"
_TOWN_GOVERNMENT = re.compile(r"^[^街]{0,14}(?:镇|乡|苏木)(?:人民政府|政府)?$")
# A level without a place: 市商务局 of some city; but 市场监管局, 市容局, 市政管理局,
# 县域经济办 begin with other words.
# e.g. "市商务局", "州教育局", "市政府办公室", "自治区教育厅"
# not "市场监管局", "市政管理局", "区域合作办", "商务局"
_OWN_SUFFIX = re.compile(
    r"^(自治区|自治州|省|市(?!场|容|政(?!府))|州|盟|县(?!域)|区(?!域)|旗)"
)
# 市 and 区 are missing, since several levels are called so: 北京市, 攀枝花市, 莱州市;
# 喀什地区, 西区.
_LEVEL_OF_SUFFIX = {
    "省": "省",
    "自治区": "省",
    "自治州": "市",
    "州": "市",
    "盟": "市",
    "县": "县",
    "旗": "县",
}
_OFFICE_WORDS = "|".join((
    *("局", "厅", "委", "办", "政府", "院", "署", "会", "中心", "队", "处", "站", "所"),
    *("馆", "社", "部", "公司", "学校", "集团"),
))  # fmt: skip
# e.g. "商务厅", "广播电台管理中心", ""
# not "经济", "年度报告"
_OFFICE = re.compile(rf"{_OFFICE_WORDS}|^$")


def identify(
    name: str, year: int | None, hints: Hints = Hints(), *, phone: str = ""
) -> Agency:
    """Region, level and sector of an agency.

    In: its name as the report states it; the year of the report, whose list of
    divisions counts (None: any year that has reports); what is known beside the report;
    a telephone number of the agency with its area code. Out: `region` only where the
    name or a hint settles it; otherwise None, with every division it can mean in
    `candidates`. Never raises; of a text longer than any name only the beginning is
    looked at.
    """
    year = bounded(year)
    parts = take_apart(clean(name), year)
    kept = " ".join(name[: LONGEST * 4].split())
    if parts.found is None:
        return _without_place(kept, parts, year, hints, phone)
    places = parts.found.divisions
    if len(places) > 1:
        settled = settle(places, hints, year, phone)
        places = places if settled is None else (settled,)
    return _agency(kept, parts, places, _level(parts, places), year)


def _level(parts: Parts, places: Divisions) -> str:
    """The level of a name with a place in it.

    Empty where the place is named without its own level, unless the body tells.
    """
    if parts.level is not None:
        return parts.level
    if parts.found is None or parts.found.unknown_below:
        return ""
    if parts.found.stem:
        return _level_of_stem(parts, places)
    return _shared_level(places)


def _level_of_stem(parts: Parts, places: Divisions) -> str:
    """成都海关 and 洛阳高新区 name a city without saying that they are of its level.

    A branch of a national body says so by its own name (a 支行 is a county's);
    广西商务厅 is a province's, since no other stem begins the name of an ordinary body.
    """
    if len(places) > 1:
        return ""
    place = rank(places[0].code)
    level = _LEVELS[place]
    is_branch = parts.front or VERTICAL.match(parts.body)
    if is_branch:
        if BRANCHES[place].search(parts.body):
            return level
        return ""
    is_office_of_province = place == PROVINCE and _OFFICE.search(parts.body)
    if is_office_of_province:
        return level
    return ""


def _without_place(
    name: str, parts: Parts, year: int | None, hints: Hints, phone: str
) -> Agency:
    """A name with no place in it.

    A national body; or 市商务局, 我局, 某镇人民政府, placed by the hints alone.
    """
    entire = parts.front + parts.body
    if not entire:
        return Agency(name=name)
    if _is_national(parts):
        level = "" if REGIONAL.search(parts.body) else "国家"
        return Agency(name=name, level=level, sector=sector_of(entire))
    places = place_of(hints, year, phone)
    own = _OWN_SUFFIX.match(parts.body)
    if own is None:
        return _agency(name, parts, places, _shared_level(places), year)
    suffix = own[1]
    called_so = {fits_suffix(each, suffix, year) for each in places}
    places = tuple(sorted(filter(None, called_so)))
    level = _shared_level(places) if places else _LEVEL_OF_SUFFIX.get(suffix, "")
    parts = parts._replace(body=parts.body[own.end() :])
    return _agency(name, parts, places, level, year)


def _is_national(parts: Parts) -> bool:
    """外交部, 国家能源局, 审计署; but a township's 税务所 is not.

    中华人民共和国 is a front of its own, so 外交部 behind it is looked at alone too.
    """
    entire = parts.front + parts.body
    if MINISTRY.match(entire) or MINISTRY.match(parts.body):
        return True
    is_of_township = TOWNSHIP.match(parts.body)
    if not parts.front:
        return False
    return not is_of_township


class _Body(NamedTuple):
    """What a body's own words say of it."""

    level: str
    sector: str
    is_government: bool


def _agency(
    name: str, parts: Parts, places: Divisions, level: str, year: int | None
) -> Agency:
    regions = tuple(region(each.code, year) for each in places)
    is_settled = len(regions) == 1
    body = _body(parts, level)
    return Agency(
        name=name,
        region=regions[0] if is_settled else None,
        candidates=() if is_settled else regions,
        level=body.level,
        is_government=body.is_government,
        sector=body.sector,
    )


def _body(parts: Parts, level: str) -> _Body:
    """A township, a development zone, a government or a department of one.

    `level` is the place's. The level of a zone is left open: it is not that of the
    place it is named after.
    """
    body = parts.body
    if TOWNSHIP.match(body):
        return _Body("乡镇", sector_of(body), bool(_TOWN_GOVERNMENT.match(body)))
    if ZONE.match(body):
        level = ""
    if _is_government(parts):
        return _Body(level, "政府", True)
    return _Body(level, sector_of(parts.front + body), False)


def _is_government(parts: Parts) -> bool:
    """人民政府 with or without its place, or the place alone; never a national body."""
    is_empty = not parts.body and parts.found is None
    if is_empty or parts.front:
        return False
    return bool(_GOVERNMENT.match(parts.body))


def _shared_level(places: Divisions) -> str:
    """The level that all the places share; empty when they share none.

    A 鼓楼区 is of a county's level in whatever city it lies; 吉林 may be a province.
    """
    ranks = {rank(each.code) for each in places}
    if len(ranks) == 1:
        return _LEVELS[ranks.pop()]
    return ""

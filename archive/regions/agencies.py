"""Agency name → Agency: its region, level and sector. Pure; microseconds a name once
the lists are loaded.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from archive.regions.chain import VERTICAL, ZONE, Found, leading
from archive.regions.context import fits_suffix, place_of, settle
from archive.regions.divisions import Division, bounded, rank, region
from archive.regions.sectors import TOWNSHIP, sector_of
from archive.regions.spelling import LONGEST, clean
from archive.report import Agency, Hints

_LEVELS = ("省", "市", "县")
_NATIONAL = re.compile(
    r"^(?:国务院|国家(?:税务总局|统计局|金融监督管理总局|能源局|外汇管理局|粮食和物资储备局|矿山安全监察局|煤矿安全监察局|"
    r"铁路局|邮政局|林业和草原局|海洋局|烟草专卖局)|中国(?:人民银行|银行保险监督管理委员会|银行业监督管理委员会|"
    r"保险监督管理委员会|证券监督管理委员会|银保监会|证监会|气象局|地震局|民用航空局)|海关总署|审计署|中华人民共和国|"
    r"中国民用航空(?!局)|(?:财政|生态环境|交通运输|自然资源|水利|农业农村|工业和信息化|商务)部(?!门|队|办公)|教育部(?=直属))驻?"
)
_MINISTRY = re.compile(
    r"^(?:外交|国防|教育|科技|科学技术|工业和信息化|公安|国家安全|民政|司法|财政|人力资源和?社会保障|自然资源|国土资源|生态环境|"
    r"环境保护|住房和?城乡建设|交通运输|交通|铁道|水利|农业农村|农业|商务|文化和旅游|文化|卫生|退役军人事务|应急管理|监察|建设|"
    r"信息产业|劳动和社会保障|人事)部(?:办公厅)?$|^国家[^省市县]{2,16}(?:局|总局|委员会|总署|署|办公室|中心)$|^国务院|"
    r"^(?:海关总署|审计署|中国人民银行)"
)
_BRANCHES = (
    re.compile(
        r"监管局$|证监局$|银保监局$|银监局$|保监局$|通信管理局$|调查总队$|专员办(?:事处)?$|^局$"
    ),
    re.compile(r"分局$|调查队$|中心支行$|分行$"),
    re.compile(r"支局$|支行$|监管组$|调查队$"),
)
"""What the branches of national bodies are called at the province, the prefecture and
the county.
"""
_GOVERNMENT = re.compile(r"^(?:人民政府|政府|行政公署|公署)?$")
_TOWN_GOVERNMENT = re.compile(r"^[^街]{0,14}(?:镇|乡|苏木)(?:人民政府|政府)?$")
_OWN = re.compile(
    r"^(自治区|自治州|省|市(?!场|容|政(?!府))|州|盟|县(?!域)|区(?!域)|旗)"
)
_CORPS = re.compile(
    r"^(?:新疆生产建设兵团|兵团(?=第))(第[一二三四五六七八九十]{1,2}师)?|^(第[一二三四五六七八九十]{1,2}师)"
)
_OFFICE = re.compile(
    r"局|厅|委|办|政府|院|署|会|中心|队|处|站|所|馆|社|部|公司|学校|集团|^$"
)
_OWN_LEVEL = {
    "省": "省",
    "自治区": "省",
    "自治州": "市",
    "州": "市",
    "盟": "市",
    "县": "县",
    "旗": "县",
}


class _Parts(NamedTuple):
    """A name taken apart: a national body in front, the place, and the body; the level
    where it settles that too.
    """

    front: str
    found: Found | None
    body: str
    level: str | None = None


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
    parts = _take_apart(clean(name), year)
    kept = " ".join(name[: LONGEST * 4].split())
    if parts.found is None:
        return _without_place(kept, parts, year, hints, phone)
    places = parts.found.divisions
    place = places[0] if len(places) == 1 else settle(places, hints, year, phone)
    level = _level(parts, places if place is None else (place,))
    return _agency(kept, parts, places if place is None else (place,), level, year)


def _take_apart(text: str, year: int | None) -> _Parts:
    """The place at the beginning of a name, in the list of the year, else in the list
    of the year before: a division that ended in the year was still there in it.
    """
    text = text.removeprefix("中共")
    if corps := _CORPS.match(text):
        return _of_corps(text, corps, year)
    front = ""
    if match := _NATIONAL.match(text):
        front, text = match[0], text[match.end() :]
    found = leading(text, year, bool(front))
    if year is not None and (found is None or found.unknown_below):
        before = leading(text, year - 1, bool(front))
        if before is not None and not before.unknown_below:
            found = before
    if found is None:
        return _Parts(front, None, text)
    end = found.end
    if text.startswith("市场", end - 1):
        end -= 1  # 莱州市场监管局: the 市 is read twice
    return _Parts(front, found, text[end:])


def _of_corps(text: str, corps: re.Match[str], year: int | None) -> _Parts:
    """The Xinjiang Production and Construction Corps: its cities are divisions, it and
    its 师 lie in 新疆.
    """
    body = text[corps.end() :]
    found = leading(body, year)
    if (
        found
        and not found.stem
        and all(each.code.startswith("65") for each in found.divisions)
    ):
        return _Parts("", found, body[found.end :])
    return _Parts(
        "", leading("新疆", year), body, level="" if corps[1] or corps[2] else "省"
    )


def _level(parts: _Parts, places: tuple[Division, ...]) -> str:
    """The level of a name with a place in it; empty where the place is named without
    its own level.
    """
    if parts.level is not None or parts.found is None:
        return parts.level or ""
    if not parts.found.stem:
        return "" if parts.found.unknown_below else _shared_level(places)
    if len(places) != 1:
        return ""
    place = rank(places[0].code)
    if parts.front or VERTICAL.match(parts.body):
        return _LEVELS[place] if _BRANCHES[place].search(parts.body) else ""
    return "省" if place == 0 and _OFFICE.search(parts.body) else ""


def _without_place(
    name: str, parts: _Parts, year: int | None, hints: Hints, phone: str
) -> Agency:
    """A name with no place in it: a national body, or 市商务局, 我局, 某镇人民政府,
    placed by the hints alone.
    """
    whole = parts.front + parts.body
    if not whole:
        return Agency(name=name)
    if (
        _MINISTRY.match(whole)
        or _MINISTRY.match(parts.body)
        or (parts.front and not TOWNSHIP.match(parts.body))
    ):
        return Agency(name=name, level="国家", sector=sector_of(whole))
    places = place_of(hints, year, phone)
    own = _OWN.match(parts.body)
    if own is None:
        return _agency(name, parts, places, _shared_level(places), year)
    fitting = (fits_suffix(each, own[1], year) for each in places)
    places = tuple(sorted({each for each in fitting if each is not None}))
    level = _shared_level(places) if places else _OWN_LEVEL.get(own[1], "")
    return _agency(
        name, parts._replace(body=parts.body[own.end() :]), places, level, year
    )


def _agency(
    name: str, parts: _Parts, places: tuple[Division, ...], level: str, year: int | None
) -> Agency:
    """An agency with what its body says: a township, a development zone, a government."""
    body = parts.body
    regions = tuple(region(each.code, year) for each in places)
    if TOWNSHIP.match(body):
        level, sector, is_government = (
            "乡镇",
            sector_of(body),
            bool(_TOWN_GOVERNMENT.match(body)),
        )
    else:
        level = "" if ZONE.match(body) else level
        is_government = (
            bool(_GOVERNMENT.match(body))
            and not parts.front
            and bool(body or parts.found)
        )
        sector = "政府" if is_government else sector_of(parts.front + body)
    return Agency(
        name=name,
        region=regions[0] if len(regions) == 1 else None,
        candidates=regions if len(regions) > 1 else (),
        level=level,
        is_government=is_government,
        sector=sector,
    )


def _shared_level(places: tuple[Division, ...]) -> str:
    """The level that all the places share."""
    levels = {_LEVELS[rank(each.code)] for each in places}
    return levels.pop() if len(levels) == 1 else ""

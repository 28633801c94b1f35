"""Development zones: bodies of a city that look like places of their own.

洛阳经济技术开发区管委会 is an office of 洛阳市. A zone is no division of GB/T 2260, so
it counts as lying in the division it is named after.
"""

from __future__ import annotations

import re
from functools import lru_cache

from archive.regions.divisions import Division, divisions, in_force, rows

# What a zone's name ends in.
_ENDS = "|".join((
    *("开发区", "高新区", "高新技术产业园区", "产业园区", "工业园区", "工业园", "园区"),
    *("新区", "保税区", "保税港区", "试验区", "示范区", "度假区", "风景名胜区"),
    *("风景区", "实验区", "合作区", "经开区", "功能区", "经济区", "集聚区", "管理区"),
))  # fmt: skip
# e.g. "经济技术开发区管委会", "高新区税务局", "七星关区循环经济示范区"
# not "商务局", "市中区财政局"
ZONE = re.compile(rf"^.{{0,14}}?(?:{_ENDS})(?:管理委员会|管委会|管理局)?")

# Kinds of zones that may have a few more words in front: 西部经济开发区.
_MAIN_WORDS = "|".join((
    "经济技术开发区",
    "经济开发区",
    "高新技术产业开发区",
    "新技术开发区",
    "新区",
    "高新区",
))  # fmt: skip
_FIRST_WORDS = "|".join((
    *("经济", "高新", "高技术", "保税", "综合保税", "出口加工", "工业园", "新区"),
    *("航空港", "自贸", "自由贸易", "旅游度假", "循环经济", "经开"),
))  # fmt: skip
# What follows when a place's stem stands before the kind of a zone.
# e.g. "经济技术开发区管委会", "国家级高新区", "综合保税区", "西部新区管委会"
# not "商务局", "农业示范区"
ZONE_WORDS = re.compile(
    rf"(?:国家级|国家)?(?:.{{0,4}}(?:{_MAIN_WORDS})|{_FIRST_WORDS})"
)


@lru_cache(maxsize=1)
def _with_a_name() -> dict[str, str]:
    """Zones named after no division, each with the code of the one it lies in.

    雄安新区 lies in 河北省; 西咸新区 in two cities of 陕西省, so in the province.
    """
    return dict(rows("zones.tsv"))


def of_known_zone(text: str, year: int | None) -> Division | None:
    """The division of the zone with a name of its own that a text begins with.

    In: the text; the year whose list counts. None: it begins otherwise.
    """
    for zone, code in _with_a_name().items():
        if text.startswith(zone):
            then = in_force(divisions()[code], year)
            return then[0]
    return None

"""Agency name → sector: a reviewed list of words.

Under all names that agencies have had since 2008: 卫生局, 卫生和计划生育局 and
卫生健康局 are one sector.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache

from archive import catalogue
from archive.regions.divisions import DATA
from archive.regions.zones import ZONE

SECTORS: tuple[str, ...] = tuple(catalogue.SECTORS)
"""The keys of the sectors in the order in which they are shown."""
_WORDS: dict[str, list[str]] = tomllib.loads(
    (DATA / "sectors.toml").read_text(encoding="utf-8")
)
"""Sector → the words that mean it; every sector of the catalogue stands there."""

_BODIES_OF_TOWNSHIPS = "|".join((
    *("人民政府", "政府", "办事处", "党政", "党工委", "综合", "便民", "财政所"),
    *("社会事务", "经济发展", "公共服务"),
))  # fmt: skip
# What is left of the name of a township's or street office's body once its region is
# taken off. 镇 in 城镇管理局 and 乡 in 乡村振兴局 are other words.
# e.g. "城关镇人民政府", "城关街道办事处", "城关镇", "巴彦苏木", "城关镇财政所"
# not "城镇管理局", "乡村振兴局", "住房和城乡建设局"
TOWNSHIP = re.compile(
    rf"^[^局委厅]{{0,14}}?(?:街道|街办|镇|乡|苏木)(?:{_BODIES_OF_TOWNSHIPS}|$)"
)


@lru_cache(maxsize=1)
def _sector_of_word() -> dict[str, str]:
    """卫生健康 → 卫健, 卫生 → 卫健, …: the list the other way round."""
    sectors: dict[str, str] = {}
    for sector, words in _WORDS.items():
        sectors.update(dict.fromkeys(words, sector))
    return sectors


@lru_cache(maxsize=1)
def _any_word() -> re.Pattern[str]:
    """All words as one pattern, longer words first.

    Of 人力资源和社会保障局 the whole is to count, not a word that it begins with.
    """
    words = sorted(_sector_of_word(), key=len, reverse=True)
    return re.compile("|".join(words))


def sector_of(body: str) -> str:
    """The sector of an agency by its name without region.

    Empty when the list has no word for it. The word that stands first decides
    (教育和体育局 → 教育), after the name of a development zone has been taken off.
    """
    if TOWNSHIP.match(body):
        return catalogue.TOWNSHIPS
    zone = ZONE.match(body)
    behind_zone = zone.end() if zone else 0
    words = _any_word()
    # The zone's own name counts where nothing known follows it: 旅游度假区管委会.
    match = words.search(body, behind_zone) or words.search(body)
    if match is None:
        return ""
    return _sector_of_word()[match[0]]

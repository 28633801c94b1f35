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


_SCHOOLS = "大学|(?<!科)学院|学校|中学|小学|幼儿园|高中|专科学校"
_CLINICS = "医院|卫生院|保健院|卫生服务中心"
# Kinds of bodies whatever their subject: what 农业大学 teaches is not what it is. The
# schools of the party and of civil servants are left to the list.
# e.g. "农业大学", "公安局幼儿园", "铁路医院", "大学附属医院", "铁路公安局"
# not "农业科学院", "党校", "行政学院", "教育局"
_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("教育", re.compile(rf"^(?!.*(?:党校|行政学院|社会主义学院)).*(?:{_SCHOOLS})$")),
    ("卫健", re.compile(rf"(?:{_CLINICS})$")),
    ("公安", re.compile("公安(?:局|处|分局)$|边检站$|边防检查总?站$")),
)


@lru_cache(maxsize=1)
def _sector_of_word() -> dict[str, str]:
    """卫生健康 → 卫健, 卫生 → 卫健, …: the list the other way round."""
    sectors: dict[str, str] = {}
    for sector, words in _WORDS.items():
        sectors.update(dict.fromkeys(words, sector))
    return sectors


def sector_called(word: str) -> str:
    """The sector that a word of the list means: 卫生 → 卫健; empty for any other."""
    return _sector_of_word().get(word, "")


@lru_cache(maxsize=1)
def _any_word() -> re.Pattern[str]:
    """All words as one pattern, longer words first.

    Of 人力资源和社会保障局 the whole is to count, not a word that it begins with.
    """
    words = sorted(_sector_of_word(), key=len, reverse=True)
    return re.compile("|".join(words))


def sector_of(body: str) -> str:
    """The sector of an agency by its name without region.

    A school, a clinic or a police bureau is one whatever its subject. Otherwise empty
    when the list has no word for it. The word that stands first decides
    (教育和体育局 → 教育), after the name of a development zone has been taken off.
    """
    if TOWNSHIP.match(body):
        return catalogue.TOWNSHIPS
    for sector, kind in _KINDS:
        if kind.search(body):
            return sector
    zone = ZONE.match(body)
    behind_zone = zone.end() if zone else 0
    words = _any_word()
    # The zone's own name counts where nothing known follows it: 旅游度假区管委会.
    match = words.search(body, behind_zone) or words.search(body)
    if match is None:
        return ""
    return _sector_of_word()[match[0]]

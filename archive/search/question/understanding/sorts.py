"""Sorts of bodies of which something is asked: 区县, 镇, 街道办, 教育部门; and towns
that are called as a county is, 西秀镇政府.

Sorts are words of every text, so they count only in a question with a condition on a
figure. Levels and towns are data; sectors are called by the words of the reviewed list.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from archive.regions import Typed, sector_called, typed_places
from archive.search.dictionary import lines_of
from archive.search.question.conditions import name_from
from archive.search.question.understanding.bodies import Kind, Named
from archive.search.text import HAN, normal

_DATA = Path(__file__).parent / "data" / "sorts.tsv"
_SHORTEST_BODY = 3
_COUNTY = "县"
# e.g. "教育部门", "公安机关", "税务系统"
# not "教育局"
_OF_SECTOR = re.compile(f"(?P<word>[{HAN}]{{2,8}}?)(?:部门|系统|机关)")

# e.g. "数据", "情况", ""
_OF_FIGURE = re.compile(
    r"(?:的?(?:数据|情况|统计|对比|比较|变化|排名|总数|数量))*(?=\s|$)"
)
_OF_LEVEL = ("部门", "机关", "单位")
_GOVERNMENTS = ("政府", "人民政府")
_OFFICES = {"镇": _GOVERNMENTS, "乡": _GOVERNMENTS, "街道": ("办事处", "办", "")}
"""What the bodies of towns and streets are called behind these."""
# A town, or a street office, behind what may be the name of a county too.
_SORT = "(?P<sort>[镇乡](?=(?:人民)?政府)|街道(?=办))"
_TOWN = f"{_SORT}(?:(?:人民)?政府|办(?:事处)?)"
# e.g. "西秀镇政府", "福田街道办事处"
# not "西秀区镇政府", "武侯乡镇政府", "宁乡政府", "街道办"
_CALLED = re.compile(f".{{1,4}}?(?![区县市旗乡]).{_TOWN}")


def sort_at(text: str, at: int, *, is_beside_condition: bool) -> Named | None:
    """The longest sort of bodies named at a place of a text in normal form."""
    known = _sorts()
    for length in range(min(_longest(), len(text) - at), 0, -1):
        kind = known.get(text[at : at + length])
        if kind and (length > 1 or is_beside_condition):
            return Named(at + length, kind)
    return _of_sector(text, at)


def is_of_figure(text: str, end: int) -> bool:
    """Whether a figure of theirs is all that is asked for: 各省公开率."""
    figure = name_from(text, end)
    return figure is not None and _OF_FIGURE.match(text, figure[0]) is not None


def towns_at(text: str, at: int) -> Named | None:
    """The town governments or street offices named at a place of the text; behind the
    name of a place 镇政府 and 街道办 say enough without a condition, 镇 does not.
    """
    match = _towns().match(text, at)
    return Named(match.end(), _sorts()[match[0]]) if match else None


def town_called_at(text: str, at: int) -> Named | None:
    """The town or street called as some county is, at a place of the text: 西秀镇 is in
    海口, and 西秀区 in 安顺. Many towns may be called so.
    """
    match = _CALLED.match(text, at)
    # The shortest: 深圳福田 is a county in a city.
    for typed in typed_places(text, at)[-1:] if match else ():
        if match and begins_town(typed, text):
            called = text[at : typed.end] + match["sort"]
            endings = tuple(called + office for office in _OFFICES[match["sort"]])
            kind = Kind(endings[0], endings, endings, is_of_all=True)
            return Named(match.end(), kind)
    return None


def begins_town(typed: Typed, text: str) -> bool:
    """Whether a county's name without its level stands before what a town is called."""
    is_short = not typed.is_full and typed.places[-1].level == _COUNTY
    return is_short and _CALLED.match(text, max(0, typed.end - 2)) is not None


def _of_sector(text: str, at: int) -> Named | None:
    """教育部门: all bodies of a sector."""
    match = _OF_SECTOR.match(text, at)
    if match is None:
        return None
    sector = sector_called(match["word"])
    if not sector:
        return None
    return Named(match.end(), Kind(f"{sector}部门", (), (), sector=sector))


@lru_cache(maxsize=1)
def _sorts() -> dict[str, Kind]:
    """What is typed → the sort that it names."""
    found: dict[str, Kind] = {}
    for line in filter(None, lines_of(_DATA)):
        typed, name, level, sector, has = line.replace("-", "").split("\t")
        texts = tuple(map(normal, has.split()))
        kind = Kind(name, (), (), level=level, sector=sector, has=texts)
        found |= {normal(one): kind for one in typed.split()}
    return found


@lru_cache(maxsize=1)
def _towns() -> re.Pattern[str]:
    """What town governments and street offices are called, the longest first."""
    known = _sorts()
    longest_first = sorted(known, key=len, reverse=True)
    bodies = filter(lambda typed: len(typed) >= _SHORTEST_BODY, longest_first)
    named = (typed for typed in bodies if known[typed].has or _is_of_level(typed))
    return re.compile("|".join(named))


def _is_of_level(typed: str) -> bool:
    """Whether a sort is that of all bodies of a level: 市直部门, 省级机关."""
    return typed.endswith(_OF_LEVEL)


@lru_cache(maxsize=1)
def _longest() -> int:
    """Signs of the longest name of a sort."""
    return max(map(len, _sorts()))

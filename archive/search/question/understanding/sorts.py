"""Sorts of bodies of which something is asked: 区县, 镇, 街道办, 教育部门.

These are words of every text, so they count only in a question with a condition on a
figure. Levels and towns are data; sectors are called by the words of the reviewed list.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from archive.regions import sector_called
from archive.search.dictionary import lines_of
from archive.search.question.understanding.bodies import Kind, Named
from archive.search.text import HAN, normal

_DATA = Path(__file__).parent / "data" / "sorts.tsv"
_SHORTEST_BODY = 3
# e.g. "教育部门", "公安机关", "税务系统"
# not "教育局"
_OF_SECTOR = re.compile(f"(?P<word>[{HAN}]{{2,8}}?)(?:部门|系统|机关)")


def sort_at(text: str, at: int, *, is_beside_condition: bool) -> Named | None:
    """The longest sort of bodies named at a place of a text in normal form."""
    known = _sorts()
    for length in range(min(_longest(), len(text) - at), 0, -1):
        kind = known.get(text[at : at + length])
        if kind and (length > 1 or is_beside_condition):
            return Named(at + length, kind)
    return _of_sector(text, at)


def towns_at(text: str, at: int) -> Named | None:
    """The town governments or street offices named at a place of the text; behind the
    name of a place 镇政府 and 街道办 say enough without a condition, 镇 does not.
    """
    match = _towns().match(text, at)
    return Named(match.end(), _sorts()[match[0]]) if match else None


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
    return re.compile("|".join(typed for typed in bodies if known[typed].has))


@lru_cache(maxsize=1)
def _longest() -> int:
    """Signs of the longest name of a sort."""
    return max(map(len, _sorts()))

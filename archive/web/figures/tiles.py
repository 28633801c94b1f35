"""Maps made of tiles: a square a place, so that small provinces are seen like large
ones, and no shape is asked for from elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

SIDE, GAP = 66, 4
"""Of a tile, in the units of the drawing."""
STEPS = 5
"""Shades; each tile has its number in words as well."""
_A_ROW = 10
"""Tiles of places that have no shape of their own on the map."""

_PROVINCES: dict[str, tuple[int, int]] = {
    "23": (8, 0),
    "65": (0, 1),
    "15": (6, 1),
    "22": (8, 1),
    "62": (2, 2),
    "64": (3, 2),
    "14": (5, 2),
    "11": (6, 2),
    "12": (7, 2),
    "21": (8, 2),
    "63": (1, 3),
    "61": (4, 3),
    "41": (5, 3),
    "13": (6, 3),
    "37": (7, 3),
    "54": (1, 4),
    "51": (3, 4),
    "50": (4, 4),
    "42": (5, 4),
    "34": (6, 4),
    "32": (7, 4),
    "31": (8, 4),
    "53": (3, 5),
    "52": (4, 5),
    "43": (5, 5),
    "36": (6, 5),
    "33": (7, 5),
    "45": (4, 6),
    "44": (5, 6),
    "35": (6, 6),
    "71": (8, 6),
    "46": (4, 7),
    "82": (5, 7),
    "81": (6, 7),
    "99": (0, 7),
}
"""Two digits of a code → column and row, about where the province lies; at last the
invented one of demonstrations, which is on the map only where it has reports.
"""
WITHOUT = ("71", "81", "82")
"""台湾, 香港, 澳门: the 条例 is not in force there."""


@dataclass(frozen=True, slots=True)
class Tile:
    """A place; `x` and `y` are its upper left corner."""

    code: str
    name: str
    told: str
    """Its number in words; empty where there is none."""
    step: int
    """1 to STEPS, the darkest for the greatest; 0 without a number."""
    x: int
    y: int
    is_link: bool
    is_without: bool = False
    """Whether nothing is due there."""


@dataclass(frozen=True, slots=True)
class Map:
    """The tiles, and the size of the drawing."""

    tiles: tuple[Tile, ...]
    width: int
    height: int
    ranges: tuple[tuple[int, str, str], ...]
    """Step, and the least and greatest number of it in words."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A place and its number."""

    code: str
    name: str
    value: Fraction | None
    told: str


def of_provinces(shown: Iterable[Shown]) -> Map:
    """The map of the country."""
    known = {one.code[:2]: one for one in shown}
    steps = _steps(list(known.values()))
    tiles = []
    for digits, (column, row) in _PROVINCES.items():
        is_without = digits in WITHOUT
        one = known.get(digits)
        if one is not None:
            tiles.append(_tile(one, steps, column, row))
        elif is_without:
            name = _NAMES_WITHOUT[digits]
            at = _corner(column), _corner(row)
            code = f"{digits}0000"
            tiles.append(Tile(code, name, "", 0, *at, is_link=False, is_without=True))
    return _map(tiles, _ranges(list(known.values()), steps))


_NAMES_WITHOUT = {"71": "台湾", "81": "香港", "82": "澳门"}


def of_places(shown: Sequence[Shown]) -> Map:
    """Tiles in rows, in the order of the codes."""
    steps = _steps(shown)
    tiles = [
        _tile(one, steps, at % _A_ROW, at // _A_ROW) for at, one in enumerate(shown)
    ]
    return _map(tiles, _ranges(shown, steps))


def _corner(place: int) -> int:
    return place * (SIDE + GAP)


def _tile(one: Shown, steps: Mapping[str, int], column: int, row: int) -> Tile:
    at = _corner(column), _corner(row)
    step = steps.get(one.code, 0)
    return Tile(one.code, short(one.name), one.told, step, *at, is_link=True)


def _map(tiles: list[Tile], ranges: tuple[tuple[int, str, str], ...]) -> Map:
    width = max((one.x for one in tiles), default=0) + SIDE
    height = max((one.y for one in tiles), default=0) + SIDE
    return Map(tuple(tiles), width, height, ranges)


def _steps(shown: Sequence[Shown]) -> dict[str, int]:
    """Code → shade: as many places in each, equal numbers in the same."""
    numbers = {one.code: one.value for one in shown if one.value is not None}
    values = sorted(set(numbers.values()))
    size = len(values)
    step_of = {
        value: at * STEPS // size + 1 if size >= STEPS else at + 1
        for at, value in enumerate(values)
    }
    return {code: step_of[value] for code, value in numbers.items()}


def _ranges(
    shown: Sequence[Shown], steps: Mapping[str, int]
) -> tuple[tuple[int, str, str], ...]:
    by_step: dict[int, list[Shown]] = {}
    for one in shown:
        if one.code in steps:
            by_step.setdefault(steps[one.code], []).append(one)
    found = []
    for step, several in sorted(by_step.items()):
        several.sort(key=lambda one: one.value or 0)
        found.append((step, several[0].told, several[-1].told))
    return tuple(found)


_ENDINGS = (
    "维吾尔自治区",
    "壮族自治区",
    "回族自治区",
    "自治区",
    "特别行政区",
    "省",
    "市",
)
_LONGEST = 4


def short(name: str) -> str:
    """A name that fits on a tile: 新疆, 内蒙古, 攀枝花; long ones are cut."""
    for ending in _ENDINGS:
        if name.endswith(ending) and len(name) > len(ending) + 1:
            name = name.removesuffix(ending)
            break
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"

"""Which body a written name means: one for sure, one that is likely, several, none.

Nobody is taken silently: whatever is not the very name is said to be a guess, and what
can be several is offered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from itertools import chain, product

from archive.regions import apart, spelled_out, successors
from archive.report import plain
from archive.store.questions.comparing.directory import Directory, Entry, folded, pairs
from archive.store.questions.comparing.pasted import Line

MOST_CHOICES = 12
_GOVERNMENTS = ("人民政府", "行政公署")
"""What a place alone stands for: 示例市."""
_OWN_LEVEL = "省市县区州"
"""What 市商务局 begins with, beside a cell that says of which city."""
_MOST_NEAREST = 3
_LEAST_LIKE = 0.25
MOST_LOOKED_FOR = 60
"""Names of a list for which the nearest are looked for: it costs a pass over all."""
_MOST_REFORMS = 3


class How(StrEnum):
    """How a name was understood."""

    EXACT = "exact"
    """The very name, with or without the places above it."""
    ONE = "one"
    """Only one body can be meant, under a shorter or an earlier name."""
    SEVERAL = "several"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Match:
    """A written name, and the bodies that it can mean."""

    text: str
    how: How
    entries: tuple[Entry, ...] = ()
    """One; those to choose from; or the nearest of those that it does not name."""
    why: str = ""
    """What is not the very name, in Chinese."""


def matched(lines: Iterable[Line], known: Directory) -> list[Match]:
    """The names of all lines, in their order; a line of several cells can have several.

    The nearest are looked for only for the first of those that nobody is called.
    """
    found = [match for line in lines for match in _in_line(line, known)]
    looked_for = 0
    for at, match in enumerate(found):
        is_looked_for = match.how is How.NONE and not match.why
        if is_looked_for and looked_for < MOST_LOOKED_FOR:
            looked_for += 1
            found[at] = replace(match, entries=_nearest(match.text, known))
    return found


def _in_line(line: Line, known: Directory) -> list[Match]:
    """A line: places before a name belong to it; other cells are names of their own."""
    if not line.cells:
        return [Match(line.text, How.NONE, why="太长，不是机关名称")]
    found = _of_cells(line.cells, known)
    if not found:
        # A list of places means their governments.
        return [_in_places(list(line.cells), known)]
    sure = [match for match in found if match.how is not How.NONE]
    # Remarks stand beside names; a line without any name is told as it is.
    return sure or _between_blanks(line, known) or [Match(line.text, How.NONE)]


def _of_cells(cells: Iterable[str], known: Directory) -> list[Match]:
    """What the cells mean that are no places; nothing where all are."""
    places: list[str] = []
    found: list[Match] = []
    for cell in cells:
        if _is_place(cell):
            places.append(cell)
        else:
            found.append(_behind(places, cell, known))
    return found


def _between_blanks(line: Line, known: Directory) -> list[Match]:
    """The names in a line of which no cell is one: with blanks or strokes between them.
    Nothing where none of these is a name either.
    """
    pieces = [piece for cell in line.cells for piece in cell.replace("/", " ").split()]
    if len(pieces) == len(line.cells):
        return []
    found = _of_cells(pieces, known)
    has_name = any(match.how is not How.NONE for match in found)
    return found if has_name else []


def _is_place(cell: str) -> bool:
    place = apart(cell)
    return bool(place.codes) and not place.body


def _behind(places: list[str], cell: str, known: Directory) -> Match:
    """A name with the places that stand before it in its line."""
    alone = _one(cell, known)
    if not places:
        return alone
    befores = ("".join(places), places[-1])
    names = (cell, cell[1:]) if cell[0] in _OWN_LEVEL else (cell,)
    for before, name in product(befores, names):
        together = _one(before + name, known)
        if together.how is not How.NONE:
            return replace(together, text=f"{' '.join(places)} {cell}")
    # 徐州市 | 鼓楼区人民政府 is not the 鼓楼区 of 南京市, though that is the only one.
    inside = tuple(_digits(apart("".join(places)).codes or apart(places[-1]).codes))
    if all(entry.region_code.startswith(inside) for entry in alone.entries):
        return alone
    return Match(f"{' '.join(places)} {cell}", How.NONE)


def _digits(codes: Iterable[str]) -> Iterator[str]:
    """What the codes of all places within these begin with."""
    for code in codes:
        yield code.removesuffix("00").removesuffix("00")


def _in_places(places: list[str], known: Directory) -> Match:
    whole = _one("".join(places), known)
    if whole.how is not How.NONE or len(places) == 1:
        return whole
    return replace(_one(places[-1], known), text=" ".join(places))


def _one(text: str, known: Directory) -> Match:
    """One name."""
    bare = "".join(text.split())
    same = known.named(bare)
    if len(same) == 1:
        return Match(text, How.EXACT, tuple(same))
    if same:
        return _several(text, same, "同名机关有几个")
    for way in (_in_full, _shortened, _renamed):
        found = way(text, known)
        if found:
            return found
    return _in_ordinary_signs(text, known) or Match(text, How.NONE)


def _in_ordinary_signs(text: str, known: Directory) -> Match | None:
    """A name in traditional characters or full-width signs: 示例縣財政局."""
    ordinary = plain(text)
    if ordinary == "".join(text.split()):
        return None
    found = _one(ordinary, known)
    if found.how is How.NONE:
        return None
    how = How.ONE if found.how is How.EXACT else found.how
    why = "，".join(filter(None, ("写的是繁体字或全角字", found.why)))
    return replace(found, text=text, how=how, why=why)


def _in_full(text: str, known: Directory) -> Match | None:
    """Its place in another way of writing, its own name as it is."""
    place = apart(text)
    bodies = (place.body,) if place.body else _GOVERNMENTS
    if not place.codes:
        found = known.anywhere(place.body)
        return _of(text, found, "没有写明地区")
    found = _of_bodies(known, place.codes, bodies)
    is_sure = len(found) == 1 and len(place.codes) == 1 and place.body
    if is_sure:
        return Match(text, How.EXACT, tuple(found))
    why = "同名的地方有几处" if len(place.codes) > 1 else "只写了地名"
    return _of(text, found, why)


def _shortened(text: str, known: Directory) -> Match | None:
    place = apart(text)
    bodies = spelled_out(place.body)
    if place.codes:
        found = _of_bodies(known, place.codes, bodies)
        return _of(text, found, "写的是简称")
    found = list(chain.from_iterable(map(known.anywhere, bodies)))
    return _of(text, found, "写的是简称，没有写明地区")


def _renamed(text: str, known: Directory) -> Match | None:
    """An earlier or a later name of it."""
    place = apart(text)
    if not place.codes:
        return None
    written = [place.body, *spelled_out(place.body)]
    later = list(_later(written))
    found = _of_bodies(known, place.codes, later)
    if found:
        return _of(text, found, "写的是机构改革以前的名称")
    renamed = partial(known.before, place.codes)
    before = _each(chain.from_iterable(map(renamed, written)))
    return _of(text, before, "档案中是机构改革以前的名称")


def _later(bodies: list[str]) -> Iterator[str]:
    """The names that bodies called so can have had since, through several reforms."""
    for _ in range(_MOST_REFORMS):
        bodies = list(chain.from_iterable(map(successors, bodies)))
        yield from bodies


def _of_bodies(
    known: Directory, codes: tuple[str, ...], bodies: Iterable[str]
) -> list[Entry]:
    in_place = partial(known.in_place, codes)
    return _each(chain.from_iterable(map(in_place, bodies)))


def _each(entries: Iterable[Entry]) -> list[Entry]:
    return list(dict.fromkeys(entries))


def _of(text: str, found: list[Entry], why: str) -> Match | None:
    if not found:
        return None
    if len(found) == 1:
        return Match(text, How.ONE, tuple(found), why)
    return _several(text, found, why)


def _several(text: str, found: list[Entry], why: str) -> Match:
    if len(found) > MOST_CHOICES:
        why = f"{why}，有 {len(found)} 个，只列出前 {MOST_CHOICES} 个"
    return Match(text, How.SEVERAL, tuple(found[:MOST_CHOICES]), why)


def _nearest(text: str, known: Directory) -> tuple[Entry, ...]:
    """Those whose names share most pairs with it, in its place if it says one."""
    place = apart(text)
    name = folded(place.body or text)
    wanted = pairs(name)
    among = known.at(place.codes) if place.codes else known.sharing(name)
    scored = [(_likeness(wanted, pairs(body)), entry) for entry, body in among]
    scored.sort(key=_best_first)
    return tuple(
        entry for score, entry in scored[:_MOST_NEAREST] if score >= _LEAST_LIKE
    )


def _best_first(scored: tuple[float, Entry]) -> tuple[float, str]:
    return -scored[0], scored[1].key


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(1, len(one | other))

"""Under which names a body may have gone on after a reform of the administration, and
what it is called in full where people shorten it.

示例市环境保护局 is 示例市生态环境局 since 2018 or 2019, in each place on a day of its
own: that a name has a successor says that it can have ended, never when. Questions and
pasted lists are read by one table of the kinds of bodies.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import chain, product
from typing import NamedTuple

from archive.regions.divisions import rows

WRITTEN = {
    "局": ("局",),
    "厅": ("厅",),
    "委": ("委员会", "委"),
    "办": ("办公室", "办"),
    "工作委": ("工作委员会",),
}
"""A suffix of the table of kinds → how it is written, the full form first."""


class BodyKind(NamedTuple):
    """A row of the table of kinds: what stands before 局, 厅, 委员会 and 办公室."""

    name: str
    """Without its suffix: 教育."""
    shorts: tuple[str, ...]
    """What people write for it."""
    suffixes: tuple[str, ...]
    """Of WRITTEN, the usual one first."""
    also: tuple[str, ...]
    """Other names of the same body, before or after."""
    until: str
    """The last year in which reports were mostly published under the name."""

    def under(self, suffix: str) -> list[str]:
        """The names of the body, all with a suffix."""
        return [core + suffix for core in (self.name, *self.also)]

    def typed(self, suffix: str) -> Iterator[str]:
        """All that is typed for the body with a suffix, its name first."""
        cores = [core for core in (self.name, *self.shorts) if len(core) > 1]
        for core, written in product(cores, WRITTEN[suffix]):
            yield core + written
        # 教委 and 外办 are typed, 教局, 交局 and 教委员会 are not.
        if suffix in ("委", "办"):
            yield from (core + suffix for core in self.shorts if len(core) == 1)


@lru_cache(maxsize=1)
def kinds_of_bodies() -> tuple[BodyKind, ...]:
    """The table of kinds; behind its rows, other names of bodies that have none."""
    table = [_kind(*columns) for columns in rows("agencies.tsv")]
    known = {row.name: row for row in table}
    for row in table:
        for name in row.also:
            others = dict.fromkeys([row.name, *row.also])
            del others[name]
            other = row._replace(name=name, shorts=(), also=tuple(others), until="")
            known.setdefault(name, other)
    return tuple(known.values())


def _kind(name: str, shorts: str, suffixes: str, also: str, until: str) -> BodyKind:
    return BodyKind(
        name=name,
        shorts=_several(shorts),
        suffixes=_several(suffixes),
        also=_several(also),
        until="".join(_several(until)),
    )


def _several(cell: str) -> tuple[str, ...]:
    """What stands in a cell; `-` stands for nothing."""
    return tuple(cell.replace("-", "").split())


@lru_cache(maxsize=1)
def _endings() -> dict[str, list[str]]:
    """What names ended in → what those of the successors end in."""
    found: dict[str, list[str]] = {}
    for old, new in rows("renamed.tsv"):
        found.setdefault(old, []).append(new)
    return found


def successors(name: str) -> list[str]:
    """The names that a body of this name can have had afterwards; mostly none.

    The longest ending that is known counts: 农村建设局 is no 建设局 of a place, but of
    that nothing is known here, so whoever asks has to find the successor as well.
    """
    return _with_other_ending(name, _endings())


@lru_cache(maxsize=1)
def _shortened() -> dict[str, list[str]]:
    """What people write → what it stands for: 发改委 → 发展和改革委员会."""
    found: dict[str, dict[str, None]] = {}
    for short, full in chain(_shorts(), rows("shortened.tsv")):
        found.setdefault(short, {})[full] = None
    return {short: list(names) for short, names in found.items()}


def _shorts() -> Iterator[tuple[str, str]]:
    """What people write for the kinds of bodies, with each name it can stand for.

    Which suffix a body has depends on its place: the one written comes first.
    """
    for kind in kinds_of_bodies():
        for suffix in kind.suffixes:
            others = [one for one in kind.suffixes if one != suffix]
            full_forms = [WRITTEN[one][0] for one in (suffix, *others)]
            names = [name for full in full_forms for name in kind.under(full)]
            shorts = [one for one in kind.typed(suffix) if one != names[0]]
            yield from product(shorts, names)


def spelled_out(name: str) -> list[str]:
    """The names that a shortened one can stand for; none for one that nobody shortens
    so. Which of them a place has, whoever asks has to find.
    """
    return _with_other_ending(name, _shortened())


def _with_other_ending(name: str, endings: dict[str, list[str]]) -> list[str]:
    # A name is looked up from its longest ending on: 文化广电新闻出版局 before 局.
    for start in range(len(name)):
        ending = name[start:]
        if ending in endings:
            return [f"{name[:start]}{new}" for new in endings[ending]]
    return []

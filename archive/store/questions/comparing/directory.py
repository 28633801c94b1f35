"""All bodies by what they are called: in full, in their place, without it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.regions import apart, successors
from archive.store.counts import silents
from archive.store.rows import AgencyRow, ReporterRow

# What people leave out without another thought: 发展和改革委员会, 发展改革委.
_LEFT_OUT = str.maketrans("", "", "和与及、·")

_WORTH_A_LOOK = 200
"""Bodies that share most with a name; which is the nearest their lengths decide."""


class Entry(NamedTuple):
    """A body as others are told of it."""

    key: str
    name: str
    region_code: str
    region_name: str


def folded(name: str) -> str:
    """What all ways of writing a body's name, without its place, have in common."""
    bare = name.translate(_LEFT_OUT).partition("（")[0].partition("(")[0]
    return bare.replace("委员会", "委")


class Directory:
    """Finds bodies by their names; made once for a whole list of names."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries = list(entries)
        self._named: defaultdict[str, list[Entry]] = defaultdict(list)
        self._placed: defaultdict[str, dict[str, list[Entry]]] = defaultdict(dict)
        self._since: dict[str, dict[str, list[Entry]]] = {}
        for entry in self._entries:
            self._named[entry.name].append(entry)

    def named(self, name: str) -> list[Entry]:
        """Those with exactly this name."""
        return self._named.get(name, [])

    @cached_property
    def _by_code(self) -> dict[str, list[Entry]]:
        found: defaultdict[str, list[Entry]] = defaultdict(list)
        for entry in self._entries:
            found[entry.region_code].append(entry)
        return found

    def at(self, codes: Sequence[str]) -> list[tuple[Entry, str]]:
        """The bodies of these places, each with its folded name in the place."""
        return [
            (entry, body)
            for code in codes
            for body, entries in self._bodies_at(code).items()
            for entry in entries
        ]

    def in_place(self, codes: Sequence[str], body: str) -> list[Entry]:
        """Those of these places that are called so there."""
        key = folded(body)
        return [entry for code in codes for entry in self._bodies_at(code).get(key, [])]

    def _bodies_at(self, code: str) -> dict[str, list[Entry]]:
        """Folded name → bodies, of a place: put together when it is first asked for."""
        known = self._placed.get(code)
        if known is not None:
            return known
        found: defaultdict[str, list[Entry]] = defaultdict(list)
        for entry in self._by_code.get(code, []):
            found[folded(apart(entry.name).body)].append(entry)
        self._placed[code] = found
        return found

    def before(self, codes: Sequence[str], body: str) -> list[Entry]:
        """Those of these places whose names a body called so can have had before."""
        key = folded(body)
        return [entry for code in codes for entry in self._before_at(code).get(key, [])]

    def _before_at(self, code: str) -> dict[str, list[Entry]]:
        """Folded later name → bodies of a place that can be called so since."""
        known = self._since.get(code)
        if known is not None:
            return known
        found: defaultdict[str, list[Entry]] = defaultdict(list)
        for entry, _ in self.at([code]):
            later = map(folded, successors(apart(entry.name).body))
            for body in dict.fromkeys(later):
                found[body].append(entry)
        self._since[code] = found
        return found

    @cached_property
    def _everywhere(self) -> dict[str, list[Entry]]:
        found: defaultdict[str, list[Entry]] = defaultdict(list)
        for entry in self._entries:
            found[folded(apart(entry.name).body)].append(entry)
        return found

    def anywhere(self, body: str) -> list[Entry]:
        """Those that are called so, whatever their place."""
        return self._everywhere.get(folded(body), [])

    @cached_property
    def everybody(self) -> list[tuple[Entry, str]]:
        """All, each with its folded name in its place."""
        return [
            (entry, body)
            for body, entries in self._everywhere.items()
            for entry in entries
        ]

    @cached_property
    def _by_pair(self) -> dict[str, list[int]]:
        found: defaultdict[str, list[int]] = defaultdict(list)
        for at, (_, body) in enumerate(self.everybody):
            for pair in pairs(body):
                found[pair].append(at)
        return found

    def sharing(self, name: str) -> list[tuple[Entry, str]]:
        """All whose folded names have two signs after another with a folded name in
        common, those with the most first, at most so many as are worth a look.
        """
        wanted = (self._by_pair.get(pair, ()) for pair in pairs(name))
        shared = Counter(chain.from_iterable(wanted))
        return [self.everybody[at] for at, _ in shared.most_common(_WORTH_A_LOOK)]


def pairs(text: str) -> frozenset[str]:
    """What stands in a text as two signs after another."""
    return frozenset(text[at : at + 2] for at in range(len(text) - 1))


def directory(session: Session) -> Directory:
    """The agencies of the archive, and the bodies that it has no report of."""
    of_archive = select(
        AgencyRow.key, AgencyRow.name, AgencyRow.region_code, AgencyRow.region_name
    )
    without = select(
        ReporterRow.key,
        ReporterRow.name,
        ReporterRow.region_code,
        ReporterRow.region_name,
    ).where(ReporterRow.agency_key == "")
    found = {
        one.key: Entry(one.key, one.name, one.region_code, one.region_name)
        for one, _ in silents(session).all
    }
    found |= {entry.key: entry for entry in map(_entry, session.execute(without))}
    found |= {entry.key: entry for entry in map(_entry, session.execute(of_archive))}
    return Directory(found.values())


def _entry(row: Sequence[str]) -> Entry:
    return Entry(*row)

"""What was made out of stored bytes, kept in memory for the next page that asks.

It is kept under the digest of all the bytes it was made of, never under the name of a
version: a report that was corrected, read again or replaced has other bytes, and what
is asked of the database (which text is current, rulings, where it was seen) is not kept
at all.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Generic, TypeVar

from archive.report import Packed, Report

Made = TypeVar("Made")

MOST_READINGS = 4_000_000
"""Bytes of JSON of the readings that a process keeps: some 200 ordinary reports, which
take 22 MB as objects.
"""
MOST_ASKED = 4_000
"""Digests remembered of what was asked for once: some 400 kB."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A report out of its bytes. Nobody may change it: it is given to others too."""

    report: Report
    digest: bytes
    """Of the bytes: readings of one digest are equal."""
    size: int
    """Bytes of its JSON: what it weighs among what is kept."""


class Kept(Generic[Made]):
    """What is kept, up to a weight in all; what was not asked for longest goes first.

    Kept is what is made for the second time. Most of an archive is asked for once, by
    robots that go through all of it: keeping that would push out what many ask for, and
    costs as much as making it, in memory that is given back piece by piece.

    For several threads: two may make the same at once, and both are right.
    """

    def __init__(self, most: int, most_asked: int = MOST_ASKED) -> None:
        self._most = most
        self._most_asked = most_asked
        self._weight = 0
        self._made: OrderedDict[bytes, tuple[Made, int]] = OrderedDict()
        self._asked: OrderedDict[bytes, None] = OrderedDict()
        """What was made once and not kept; what was made longest ago goes first."""
        self._lock = Lock()

    @property
    def weight(self) -> int:
        """Of all that is kept now."""
        return self._weight

    def get(self, digest: bytes) -> Made | None:
        """What was made of the bytes with this digest, if it is still kept."""
        with self._lock:
            found = self._made.get(digest)
            if found is None:
                return None
            self._made.move_to_end(digest)
        made, _ = found
        return made

    def keep(self, digest: bytes, made: Made, weight: int) -> None:
        """Keeps what was made, if it was made before; not what would push out half."""
        if weight > self._most // 2:
            return
        with self._lock:
            if digest in self._made or self._is_new(digest):
                return
            self._made[digest] = made, weight
            self._weight += weight
            while self._weight > self._most:
                _, (_, gone) = self._made.popitem(last=False)
                self._weight -= gone

    def _is_new(self, digest: bytes) -> bool:
        """Whether nobody asked for it before, as far as is remembered; who asks next
        does so for the second time.
        """
        if digest in self._asked:
            del self._asked[digest]
            return False
        self._asked[digest] = None
        if len(self._asked) > self._most_asked:
            self._asked.popitem(last=False)
        return True


def kept_reading(
    packed: Packed, opened: Callable[[Packed], Report | None]
) -> Reading | None:
    """The reading in these bytes, opened unless it is kept; None where `opened` finds
    them damaged, which is told each time.
    """
    digest = _digest(packed)
    reading = _readings.get(digest)
    if reading is not None:
        return reading
    report = opened(packed)
    if report is None:
        return None
    reading = Reading(report, digest, packed.opened_size)
    _readings.keep(digest, reading, reading.size)
    return reading


def _digest(packed: Packed) -> bytes:
    """Of both parts, and where one ends."""
    said = hashlib.blake2b(packed.texts, digest_size=16).digest()
    return hashlib.blake2b(packed.rest, digest_size=32, key=said).digest()


_readings: Kept[Reading] = Kept(MOST_READINGS)

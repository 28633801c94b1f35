"""Where in the texts of a page something stands that was asked for.

The texts are looked through at once, as one row of numbers: text by text, and mark by
mark, it takes three times as long.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from archive.search.answer.snippets.best import MOST, Kind
from archive.search.answer.snippets.needles import Needle
from archive.search.answer.texts import Text
from archive.search.text import BORDER, Codes

WIDTH, BEFORE = 90, 15
"""Characters of a passage, in normal form, and how many of them stand before its first
mark.
"""
Places = NDArray[np.intp]

Mark = tuple[int, int]
"""Where something stands in a normal form that was asked for; where it ends."""
_END = np.array([ord(BORDER)], np.uint16)


class Page(NamedTuple):
    """The rows of texts, one behind the other, and a border."""

    codes: Codes
    titles: Places
    """Where the titles begin."""
    proses: Places
    signed: Places
    cuts: Places
    """Where no passage reaches over."""


class Standing(NamedTuple):
    """Marks in the order in which they stand."""

    starts: Places
    ends: Places
    bits: NDArray[Any]
    """One for each needle."""


class Windows(NamedTuple):
    """Parts of a page that begin at a mark, each at the first behind the one before."""

    firsts: Places
    """The first mark of each."""
    afters: Places
    """The first mark behind each."""
    limits: Places
    """Where each ends."""


def page_of(texts: Sequence[Text], headings: tuple[str, ...]) -> Page:
    """If headings are given, sections under others are left blank."""
    rows, behind, signed, cut = zip(*[text.row for text in texts], strict=True)
    codes = np.concatenate((*rows, _END))
    begins = np.array((0, *map(len, rows))).cumsum()
    cuts = np.concatenate((*cut, [0]))
    cuts += begins.repeat([*map(len, cut), 1])
    begins = begins[:-1]
    proses = begins + behind
    if headings:
        for text, begin in zip(texts, proses.tolist(), strict=True):
            wanted = text.headed(headings)
            for section, (first, last) in enumerate(pairwise(text.prose.borders)):
                if section not in wanted:
                    codes[begin + first : begin + last] = _END
    return Page(codes, begins + 1, proses, begins + signed, cuts)


class Marks:
    """What stands on a page, none overlapping."""

    def __init__(self, page: Page, needles: Sequence[Needle]) -> None:
        self._page = page
        self._marks = _apart(_standing(page.codes, needles))
        starts = self._marks.starts
        self._titles, proses, signed = starts.searchsorted(page[1:4])
        self._proses = proses
        self._windows = (
            _windows(self._marks, page.cuts)
            if len(needles) > 1
            else _first_windows(self._marks, page.cuts, proses, signed)
        )
        firsts = self._windows.firsts
        self._first, self._last = firsts.searchsorted((proses, signed)).tolist()

    def kinds(self) -> list[list[Kind]]:
        """Of each text what its windows mark."""
        firsts = self._windows.firsts
        if not len(firsts):
            return [[] for _ in self._first]
        found = np.bitwise_or.reduceat(self._marks.bits, firsts).tolist()
        shares = zip(self._first, self._last, strict=True)
        return [found[first:last] for first, last in shares]

    def of_titles(self) -> list[list[Mark]]:
        """The marks of each title."""
        return self._between(self._titles, self._proses, self._page.titles)

    def of_windows(
        self, chosen: Sequence[Sequence[int]]
    ) -> list[tuple[int, list[Mark], int]]:
        """Of each window that is chosen from a text where the one before it ends, its
        marks, and where it ends itself.
        """
        sizes = [len(places) for places in chosen]
        windows = np.array([*chain.from_iterable(chosen)], np.intp)
        windows += np.repeat(self._first, sizes)
        begins = self._page.proses.repeat(sizes)
        firsts, afters, limits = self._windows
        marks = self._between(firsts[windows], afters[windows], begins)
        limits = np.concatenate(([0], limits))
        free = (limits[windows] - begins).tolist()
        ends = (limits[windows + 1] - begins).tolist()
        return [*zip(free, marks, ends, strict=True)]

    def _between(
        self, firsts: Places, afters: Places, begins: Places
    ) -> list[list[Mark]]:
        """Marks as they stand in texts that begin there."""
        sizes = afters - firsts
        last = sizes.cumsum()
        numbers = (firsts - last + sizes).repeat(sizes)
        numbers += np.arange(len(numbers))
        begins = begins.repeat(sizes)
        starts = (self._marks.starts[numbers] - begins).tolist()
        ends = (self._marks.ends[numbers] - begins).tolist()
        marks = [*zip(starts, ends, strict=True)]
        return [marks[at:behind] for at, behind in pairwise((0, *last.tolist()))]


def _windows(marks: Standing, cuts: Places) -> Windows:
    """All windows. None reaches over a cut."""
    starts, ends, _ = marks
    before = starts.searchsorted(cuts)
    limits = cuts[1:].repeat(before[1:] - before[:-1])
    limits = np.minimum(limits, starts + (WIDTH - BEFORE))
    following = starts.searchsorted(limits)
    firsts = np.array(_one_after_another(following.tolist()), np.intp)
    afters = following[firsts]
    return Windows(firsts, afters, np.maximum(limits[firsts], ends[afters - 1]))


def _first_windows(
    marks: Standing, cuts: Places, proses: Places, signed: Places
) -> Windows:
    """The first of each text, as many as are shown.

    `proses`, `signed`: the first mark of each prose, and of each signature.
    """
    starts, ends, _ = marks
    found = []
    firsts, stop = proses, signed
    for _ in range(MOST):
        is_there = firsts < stop
        firsts, stop = firsts[is_there], stop[is_there]
        at = starts[firsts]
        limits = np.minimum(cuts[cuts.searchsorted(at, "right")], at + (WIDTH - BEFORE))
        afters = starts.searchsorted(limits)
        found.append((firsts, afters, np.maximum(limits, ends[afters - 1])))
        firsts = afters
    return Windows(*np.sort(np.concatenate(found, axis=1)))


def _standing(codes: Codes, needles: Sequence[Needle]) -> Standing:
    """All that stands anywhere, the longest first of those that begin at one place."""
    found = [_places(codes, needle) for needle in needles]
    sizes = [len(places) for places in found]
    starts = np.concatenate([*found, np.zeros(0, np.intp)])
    # Python's numbers have room for any number of needles.
    kind = np.int64 if len(needles) < 63 else object
    bits = np.array([1 << number for number in range(len(needles))], kind)
    lengths = np.array([len(needle.text) for needle in needles], np.intp)
    ends = starts + lengths.repeat(sizes)
    bits = bits.repeat(sizes)
    if len(needles) > 1:
        order = starts.argsort(kind="stable")
        starts, ends, bits = starts[order], ends[order], bits[order]
    return Standing(starts, ends, bits)


def _places(codes: Codes, needle: Needle) -> Places:
    """Where a needle begins."""
    first, *others = map(ord, needle.text)
    places: Places = (codes == first).nonzero()[0]
    for behind, code in enumerate(others, 1):
        # At the end of the page stands a border, which is in no needle.
        fits = codes.take(places + behind, mode="clip") == code
        places = places[fits]
    # art is not found in start: letters and digits beside it belong to it.
    if needle.begins:
        places = places[~_latin(codes[places - 1])]
    if needle.ends:
        places = places[~_latin(codes[places + len(needle.text)])]
    return places


def _latin(codes: Codes) -> NDArray[np.bool_]:
    """Whether characters are of a to z or 0 to 9: of what is less, less is much."""
    return (codes - ord("a") < 26) | (codes - ord("0") < 10)


def _apart(marks: Standing) -> Standing:
    """Of marks that overlap the first, and the longest of those that begin there."""
    starts, ends, bits = marks
    if (starts[1:] >= ends[:-1]).all():
        return marks
    kept = _one_after_another(starts.searchsorted(ends).tolist())
    return Standing(starts[kept], ends[kept], bits[kept])


def _one_after_another(following: list[int]) -> list[int]:
    """The first, the one that follows it, the one that follows that …"""
    found, at, size = [], 0, len(following)
    while at < size:
        found.append(at)
        at = following[at]
    return found

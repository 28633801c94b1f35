"""Which runs of words two wordings have in common."""

from __future__ import annotations

from bisect import bisect_right, insort
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.int64]
"""Words as numbers: equal words have the same."""
Run = tuple[int, int, int]
"""Words that stand in both wordings one after the other: their number, below 0; where
they begin in the old wording; how much later they begin in the new one. So the least of
several runs is the longest, and of equally long ones the first.
"""
_BITS = 32
"""Of a number of a word; two words that follow one another are one number."""


class Shared:
    """What two wordings share, as far as it lies in two words that stand together."""

    def __init__(self, before: Codes, after: Codes) -> None:
        self._sizes = len(before), len(after)
        old_twos, new_twos = _twos(before), _twos(after)
        self._order = new_twos.argsort()
        in_order = new_twos[self._order]
        self._firsts = in_order.searchsorted(old_twos, "left")
        self._times = in_order.searchsorted(old_twos, "right") - self._firsts
        self.pairs = int(self._times.sum())
        """How often two words of the old wording stand together in the new one: what it
        costs to find the runs.
        """

    def runs(self) -> list[tuple[slice, slice]]:
        """The longest run of two words or more, then the longest before and behind it,
        and so on: where each stands in the old and in the new wording, in order.

        What difflib's SequenceMatcher finds, but for words that stand alone. That looks
        through all words again for each run; here they are looked through once.
        """
        if not self.pairs:
            return []
        before, after = self._sizes
        gaps = _Gaps(_Gap(0, before, 0, after))
        longest, others = self._all().parted()
        gaps.choose(longest)
        waiting = others.listed()
        for run in waiting:
            left = gaps.left_of(run)
            if left == [run]:
                gaps.choose(run)
                continue
            # What is left of a run is shorter: it comes later in what is gone through.
            for part in left:
                insort(waiting, part)
        return gaps.chosen()

    def _all(self) -> _Runs:
        """Every run that could neither begin earlier nor end later."""
        times, width = self._times, self._sizes[0] + 1
        olds = np.arange(len(times)).repeat(times)
        behind = times.cumsum() - times
        places = np.arange(self.pairs) + (self._firsts - behind).repeat(times)
        # Pairs that follow one another in both wordings stand side by side then.
        pairs = (self._order[places] - olds) * width + olds
        pairs.sort()
        begins = np.ones(self.pairs + 1, bool)
        begins[1:-1] = pairs[1:] - pairs[:-1] != 1
        places = begins.nonzero()[0]
        shifts, starts = np.divmod(pairs[places[:-1]], width)
        return _Runs(starts, starts + (places[1:] - places[:-1] + 1), shifts)


def _twos(words: Codes) -> Codes:
    """Each two words that follow one another."""
    return (words[:-1] << _BITS) + words[1:]


class _Gap(NamedTuple):
    """What lies between two chosen runs: where it begins and ends in both wordings."""

    old: int
    old_end: int
    new: int
    new_end: int


class _Gaps:
    """All that lies between the chosen runs, in order."""

    def __init__(self, whole: _Gap) -> None:
        self._begins = [whole.old]
        self._gaps = [whole]

    def left_of(self, run: Run) -> list[Run]:
        """What of a run still lies in gaps, where it is two words or more."""
        size, begin, shift = run
        end = begin - size
        at = bisect_right(self._begins, begin)
        _, old_end, new, new_end = self._gaps[at - 1]
        found = []
        if at < len(self._begins):
            behind = self._begins[at]
            if end - behind > 1:
                found.append((behind - end, behind, shift))
        if begin + shift < new:
            begin = new - shift
        if end > old_end:
            end = old_end
        if end + shift > new_end:
            end = new_end - shift
        if end - begin > 1:
            found.append((begin - end, begin, shift))
        return found

    def choose(self, run: Run) -> None:
        """A run that lies in a gap makes two of it."""
        size, begin, shift = run
        end = begin - size
        at = bisect_right(self._begins, begin)
        gap = self._gaps[at - 1]
        in_front = _Gap(gap.old, begin, gap.new, begin + shift)
        behind = _Gap(end, gap.old_end, end + shift, gap.new_end)
        self._begins.insert(at, end)
        self._gaps[at - 1 : at] = [in_front, behind]

    def chosen(self) -> list[tuple[slice, slice]]:
        """Where the chosen runs stand in the old and in the new wording."""
        return [
            (slice(gap.old_end, behind.old), slice(gap.new_end, behind.new))
            for gap, behind in pairwise(self._gaps)
        ]


class _Runs(NamedTuple):
    """Where runs begin and end in the old wording, and how much later in the new."""

    begins: Codes
    ends: Codes
    shifts: Codes

    def listed(self) -> list[Run]:
        """The longest first."""
        sizes = self.begins - self.ends
        order = np.lexsort((self.shifts, self.begins, sizes))
        columns = (sizes, self.begins, self.shifts)
        return list(zip(*[column[order].tolist() for column in columns], strict=True))

    def parted(self) -> tuple[Run, _Runs]:
        """The longest, and what of the others lies before or behind it in both: little,
        since most are words that stand together all over a text.
        """
        begins, ends, shifts = self
        sizes = ends - begins
        several = (sizes == sizes.max()).nonzero()[0]
        first = several[begins[several].argmin()]
        begin, end, shift = [int(column[first]) for column in self]
        last = np.minimum(ends, np.minimum(begin, begin + shift - shifts))
        next_one = np.maximum(begins, np.maximum(end, end + shift - shifts))
        before, behind = last - begins > 1, ends - next_one > 1
        left = _Runs(
            np.concatenate((begins[before], next_one[behind])),
            np.concatenate((last[before], ends[behind])),
            np.concatenate((shifts[before], shifts[behind])),
        )
        return (begin - end, begin, shift), left

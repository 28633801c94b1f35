"""Which runs of words two wordings have in common."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise, repeat
from typing import NamedTuple

Run = tuple[int, int, int]
"""Words that stand in both wordings one after the other: their number, below 0; where
they begin in the old wording; how much later they begin in the new one. So the least of
several runs is the longest, and of equally long ones the first.
"""


def shared_runs(
    before: Sequence[str], after: Sequence[str]
) -> list[tuple[slice, slice]]:
    """The longest run of two words or more, then the longest before and behind it, and
    so on: where each stands in the old and in the new wording, in order.

    What difflib's SequenceMatcher finds, but for words that stand alone. That looks
    through all words again for each run; here they are looked through once.
    """
    gaps = _Gaps(_Gap(0, len(before), 0, len(after)))
    waiting = sorted(_all_runs(before, after))
    for run in waiting:
        left = gaps.left_of(run)
        if left == [run]:
            gaps.choose(run)
            continue
        # What is left of a run is shorter: it comes later in what is gone through here.
        for part in left:
            insort(waiting, part)
    return gaps.chosen()


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


def _all_runs(before: Sequence[str], after: Sequence[str]) -> list[Run]:
    """Every run of two words or more that could neither begin earlier nor end later."""
    places = defaultdict(list)
    for new, two_words in enumerate(pairwise(after)):
        places[two_words].append(new)
    found: list[Run] = []
    # How much later in the new wording → the last run there: its begin and its end.
    begins: dict[int, int] = {}
    ends: dict[int, int] = {}
    same = map(places.get, pairwise(before), repeat(()))
    for old, all_new in enumerate(same):
        for new in all_new:
            shift = new - old
            if ends.get(shift) != old + 1:
                if shift in ends:
                    found.append((begins[shift] - ends[shift], begins[shift], shift))
                begins[shift] = old
            ends[shift] = old + 2
    last = [(begin - ends[shift], begin, shift) for shift, begin in begins.items()]
    return found + last

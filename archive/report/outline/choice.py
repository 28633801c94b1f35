"""Of all lines that look like headings, those that are: one a section, in order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from archive.report.outline.marks import Mark

# Least score of a heading that is believed.
_ENOUGH = 1.0


class _Run(NamedTuple):
    """Headings that can all be meant together, and the sum of their scores."""

    score: float
    marks: tuple[Mark, ...]

    def can_be_before(self, mark: Mark) -> bool:
        """Whether a heading of a later section stands behind the last of these."""
        last = self.marks[-1]
        if last.number >= mark.number:
            return False
        return last.stop <= mark.start


def choose(candidates: Iterable[Mark]) -> tuple[Mark, ...]:
    """The best run of headings: at most one a section, by position and by number.

    Best is the highest sum of scores, so that five weak headings in order count more
    than one strong one out of order. Of equally good ones the later: the list of
    contents comes first.
    """
    believed = [mark for mark in candidates if mark.score >= _ENOUGH]
    believed.sort(key=lambda mark: mark.start)
    # the best run that ends with each mark, made of the best that ends before it
    runs: list[_Run] = []
    for mark in believed:
        before = _best([run for run in runs if run.can_be_before(mark)])
        runs.append(_Run(before.score + mark.score, (*before.marks, mark)))
    return _best(runs).marks


def _best(runs: Sequence[_Run]) -> _Run:
    """The run with the highest score, of several the last; an empty one for none."""
    best = _Run(0.0, ())
    for run in runs:
        if run.score >= best.score:
            best = run
    return best

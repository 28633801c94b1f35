"""Two reports → Comparison."""

from __future__ import annotations

from dataclasses import dataclass

from archive.report.compare.figures import Change, changes
from archive.report.compare.paragraphs import Passage, PassageKind, passages
from archive.report.compare.sections import Pair, pairs
from archive.report.compare.words import MAX_WORK, Work
from archive.report.model import Report


@dataclass(frozen=True, slots=True)
class SectionPair:
    """A section of both reports, its prose compared paragraph by paragraph."""

    number: int
    before: str
    """Heading in the first report, empty where it has no such section."""
    after: str
    """Heading in the second report, likewise."""
    passages: tuple[Passage, ...]

    @property
    def is_same(self) -> bool:
        """True when the prose is the same; headings and tables do not count."""
        kinds = {passage.kind for passage in self.passages}
        return kinds <= {PassageKind.SAME}


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two reports side by side; `changes` in the order of the newer official form."""

    changes: tuple[Change, ...]
    sections: tuple[SectionPair, ...]


def compare(before: Report, after: Report) -> Comparison:
    """Every figure that either report has, and the prose of every section."""
    work = Work(MAX_WORK)
    sections = [_compared(pair, work) for pair in pairs(before, after)]
    return Comparison(
        changes=tuple(changes(before.figures, after.figures)),
        sections=tuple(sections),
    )


def _compared(pair: Pair, work: Work) -> SectionPair:
    """The sections of a pair, one of which may be missing, compared in words."""
    return SectionPair(
        number=pair.number,
        before=pair.old.heading if pair.old else "",
        after=pair.new.heading if pair.new else "",
        passages=tuple(passages(pair.old, pair.new, work)),
    )

"""What became of one original, and of a run as a whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from archive.catalogue import Outcome

Progress = Callable[[int, int, str], None]
"""Called with how many pages are done, of how many, and what comes now."""
FILED = frozenset({Outcome.NEW, Outcome.SAME, Outcome.CHANGED, Outcome.HELD})
"""Outcomes of an original that is now a report of the archive, or already was."""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of one original, or of one address that was asked for."""

    outcome: Outcome
    where: str
    """The address or file it came from."""
    reason: str = ""
    """Why it is not filed or not current, in Chinese."""
    filed_as: str = ""
    """Agency and year."""

    @property
    def is_filed(self) -> bool:
        return self.outcome in FILED


@dataclass
class Tally:
    """How many originals, or pages of a source, came to what in a run."""

    new: int = 0
    same: int = 0
    changed: int = 0
    held: int = 0
    """Texts with less than the current one, which wait for a person."""
    gone: int = 0
    not_a_report: int = 0
    """Notices, guides and the like that stand among the reports: no failure."""
    failed: int = 0

    def count(self, outcome: Outcome) -> None:
        """Counts an outcome; what has no count of its own has failed."""
        match outcome:
            case Outcome.NEW:
                self.new += 1
            case Outcome.SAME:
                self.same += 1
            case Outcome.CHANGED:
                self.changed += 1
            case Outcome.HELD:
                self.held += 1
            case Outcome.GONE:
                self.gone += 1
            case Outcome.NOT_A_REPORT:
                self.not_a_report += 1
            case _:  # unreadable, unfiled: a person has to look at it
                self.failed += 1

    def as_columns(self) -> dict[str, int]:
        """The counts that a run's row has a column for: all but `not_a_report`."""
        return {
            "new": self.new,
            "same": self.same,
            "changed": self.changed,
            "held": self.held,
            "gone": self.gone,
            "failed": self.failed,
        }

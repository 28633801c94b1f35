"""What became of one original, and of a run as a whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from archive.catalogue import Outcome

Progress = Callable[[int, int, str], None]
"""Called with how many pages are done, of how many, and what comes now."""
FILED = frozenset({Outcome.NEW, Outcome.SAME, Outcome.CHANGED, Outcome.HELD})
"""Outcomes of an original that is now a report of the archive, or already was."""

COUNTED = frozenset(
    (
        *FILED,
        Outcome.GONE,
        Outcome.MOVED,
        Outcome.NOT_A_REPORT,
        Outcome.NO_REPORT,
    )
)
"""Outcomes that have a count of their own in a tally."""


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


@dataclass(frozen=True, slots=True)
class Left:
    """An original that is not filed by what today's readers say of it."""

    taken: TakenIn
    was_read: bool
    """Whether it was read before, and its report filed."""

    @property
    def is_trouble(self) -> bool:
        """Whether a person has to look: not where it never was a report."""
        return self.was_read or self.taken.outcome != Outcome.NOT_A_REPORT


@dataclass
class Tally:
    """How many originals, or pages of a source, came to what in a run."""

    new: int = 0
    same: int = 0
    changed: int = 0
    held: int = 0
    """Texts with less than the current one, which wait for a person."""
    gone: int = 0
    moved: int = 0
    """Dead addresses whose report stands at another address."""
    not_a_report: int = 0
    """Notices, guides and the like that stand among the reports: no failure."""
    no_report: int = 0
    """Pages that the list calls reports and that show none."""
    failed: int = 0
    listed: int | None = field(default=None, compare=False)
    """How many pages the list named; None where no list was read."""
    expected: int | None = field(default=None, compare=False)
    """How many entries it should hold, where that is known."""
    incomplete: str = ""
    """Why the list is not whole, in Chinese; empty where it is."""

    @property
    def is_well(self) -> bool:
        """Whether all that was to be had was had."""
        return not (self.failed or self.no_report or self.incomplete)

    def count(self, outcome: Outcome) -> None:
        """Counts an outcome; what has no count of its own has failed.

        Unreadable and unfiled are such: a person has to look at them.
        """
        name = outcome.value
        if name not in COUNTED:
            name = Outcome.FAILED.value
        before = getattr(self, name)
        setattr(self, name, before + 1)

    def as_columns(self) -> dict[str, int | None]:
        """The counts that a run's row has a column for: all but `not_a_report`."""
        return {
            "new": self.new,
            "same": self.same,
            "changed": self.changed,
            "held": self.held,
            "gone": self.gone,
            "failed": self.failed,
            "no_report": self.no_report,
            "moved": self.moved,
            "listed": self.listed,
            "expected": self.expected,
        }

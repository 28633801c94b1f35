"""In what two texts of one report differ: at a glance, not word by word."""

from __future__ import annotations

from dataclasses import dataclass

from archive.report.compare.figures import Change, changes, value_of
from archive.report.compare.sections import Pair, pairs
from archive.report.model import Report, Section
from archive.report.plain import plain


@dataclass(frozen=True, slots=True)
class Differing:
    """What differs. All empty where only titles or words of tables do."""

    figures: tuple[Change, ...]
    """Figures of which both have a value, and not the same."""
    only_before: tuple[str, ...]
    """Keys of figures that have a value in the first alone."""
    only_after: tuple[str, ...]
    """Keys of figures that have a value in the second alone."""
    sections: tuple[Pair, ...]
    """Sections whose prose differs, or which one of the two does not have."""


def differing(before: Report, after: Report) -> Differing:
    """In what two readings of the report of one agency and year differ."""
    both, only_before, only_after = [], [], []
    for change in changes(before.figures, after.figures):
        if change.difference is not None:
            both.append(change)
        elif value_of(change.before) is not None:
            only_before.append(change.key)
        elif value_of(change.after) is not None:
            only_after.append(change.key)
    return Differing(
        figures=tuple(change for change in both if change.difference != 0),
        only_before=tuple(only_before),
        only_after=tuple(only_after),
        sections=tuple(filter(_differ, pairs(before, after))),
    )


def _differ(pair: Pair) -> bool:
    """Whether the prose differs: blanks and how paragraphs are divided do not count."""
    return _words(pair.old) != _words(pair.new)


def _words(section: Section | None) -> str:
    if section:
        return plain(section.prose.replace("\n", ""))
    return ""

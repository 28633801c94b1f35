"""Rivals: differing texts of one agency and year from several addresses, and in what
they differ. Neutral words: contents differ, nobody is said to have edited.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import url_for

from archive.report import Change, Differing, Report, differing
from archive.store import Filed, Seen, Version
from archive.web.shown import plain

DESCRIBED = 8
"""Rivals whose differences are looked for; more than a few are a mistake of somebody's.
"""
FIGURES_SHOWN = 8
"""Differing figures that are shown beside each other; the comparison shows all."""


@dataclass(frozen=True, slots=True)
class Beside:
    """A rival beside the text that is shown."""

    version: Version
    differing: Differing | None
    """None while the rival has to be read again."""
    compared: str
    """The address of the comparison; the text that is shown stands left."""

    @property
    def figures(self) -> tuple[Change, ...]:
        """The first of the differing figures."""
        return self.differing.figures[:FIGURES_SHOWN] if self.differing else ()

    @property
    def headings(self) -> list[str]:
        """The sections whose words differ, by their headings."""
        if self.differing is None:
            return []
        sections = [pair.old or pair.new for pair in self.differing.sections]
        return [one.heading or "前言" for one in sections if one]

    @property
    def read_by_one(self) -> int:
        """How many figures have a value in one of the two alone."""
        if self.differing is None:
            return 0
        return len(self.differing.only_before) + len(self.differing.only_after)


def beside(filed: Filed, read: Report) -> list[Beside]:
    """The rivals of a report, of which `read` is the reading."""
    return [
        Beside(
            rival.version,
            differing(read, rival.reading) if rival.reading else None,
            compared_at(filed, rival.version),
        )
        for rival in filed.rivals[:DESCRIBED]
    ]


def compared_at(filed: Filed, other: Version) -> str:
    """The address of the comparison of a report with another text of its year."""
    name = f"{filed.agency.key}/{filed.year}"
    one, two = f"{name}@{filed.version.number}", f"{name}@{other.number}"
    return url_for("compare.page", a=one, b=two)


def differing_told(one: Differing | None) -> dict[str, Any] | None:
    """In what a rival differs, as JSON; `here` is the report that was asked for."""
    if one is None:
        return None
    figures = [
        {
            "key": change.key,
            "here": plain(change.before.value if change.before else None),
            "there": plain(change.after.value if change.after else None),
        }
        for change in one.figures
    ]
    sections = []
    for pair in one.sections:
        here = pair.old.heading if pair.old else None
        there = pair.new.heading if pair.new else None
        sections.append({"number": pair.number, "here": here, "there": there})
    return {
        "figures": figures,
        "only_here": list(one.only_before),
        "only_there": list(one.only_after),
        "sections": sections,
    }


def place_told(seen: Seen) -> dict[str, Any]:
    """Where a text was seen, as JSON."""
    return {
        "url": seen.url,
        "article_url": seen.article_url,
        "file_name": seen.file_name,
        "first_seen_at": seen.first_at.isoformat(),
        "last_seen_at": seen.last_at.isoformat(),
        "sha256": seen.digest,
        "part": seen.is_part,
    }

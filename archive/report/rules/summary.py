"""What the checks across years need of a report, and nothing else: it is kept apart, so
that a year can be checked against its neighbour without reading that one whole.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from archive.catalogue import APPLICANTS
from archive.report.document import Place
from archive.report.model import Number, Report, Section
from archive.report.rules.rule import DOCUMENTS, sure_values

RECURRING = ("licensing", "other_services", "penalties", "coercion", "fees")
"""Rows of form 2019 with last year's number of items and the change of this year."""
WATCHED = (
    "disclosure.normative_documents.issued",
    "disclosure.normative_documents.in_force",
    "disclosure.licensing.decisions",
    "disclosure.penalties.decisions",
    "disclosure.coercion.decisions",
    "disclosure.fees.amount",
    "requests.new.total",
    "requests.concluded.total",
    "requests.granted.total",
    "review.total",
    "litigation_direct.total",
    "litigation_after_review.total",
)
"""Figures whose leaps are worth a remark."""
_CARRIED = tuple(
    f"requests.{row}.{column.key}"
    for row in ("carried_in", "carried_out")
    for column in APPLICANTS
)
_PAPERS = tuple(
    f"disclosure.{row}.{column}"
    for row in DOCUMENTS
    for column in ("issued", "repealed", "in_force")
)
_ITEMS = tuple(
    f"disclosure.{row}.{column}"
    for row in RECURRING
    for column in ("previous_items", "item_change")
)
COMPARED = tuple(dict.fromkeys((*_CARRIED, *_PAPERS, *_ITEMS, *WATCHED)))
"""The figures that are compared with those of another year."""

_LEAST_PROBLEMS = 40
"""Signs of a section that says enough to be copied: two that say next to nothing are
alike without it.
"""
PROBLEMS = 5
"""Number of the section 存在的主要问题及改进情况."""


@dataclass(frozen=True, slots=True)
class YearSummary:
    """An agency's year, as the checks of the years beside it see it."""

    year: int
    form: str
    """A value of `archive.catalogue.FormName`."""
    values: Mapping[str, Number]
    """The figures of `COMPARED` that are printed and not doubted."""
    places: Mapping[str, Place]
    """Where they are printed."""
    problems: str = ""
    """Half the SHA-256 of section 5 without blanks; empty where it says too little."""
    problems_at: Place | None = None

    def anchor(self, key: str) -> str:
        """Where a figure is printed, for the link of a finding; or empty."""
        place = self.places.get(key)
        return place.anchor if place else ""


def summary_of(report: Report) -> YearSummary | None:
    """The summary of a report; None for what is none, or has no year."""
    if report.year is None or not report.is_report:
        return None
    sure = sure_values(report)
    values = {key: sure[key] for key in COMPARED if key in sure}
    placed = ((key, report.figures[key].at) for key in values)
    problems = [one for one in report.sections if one.number == PROBLEMS]
    return YearSummary(
        year=report.year,
        form=report.form,
        values=values,
        places={key: at for key, at in placed if at},
        problems=_print_of(problems),
        problems_at=problems[0].at if problems else None,
    )


def _print_of(sections: list[Section]) -> str:
    """A damaged report may have a section twice."""
    words = "".join("".join(section.prose for section in sections).split())
    if len(words) < _LEAST_PROBLEMS:
        return ""
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:32]

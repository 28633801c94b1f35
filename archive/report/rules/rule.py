"""What a rule is, and the values it may rely on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from archive.catalogue import FindingFamily, Status, Values
from archive.report.document import Place
from archive.report.model import Number, Report


@dataclass(frozen=True, slots=True)
class Said:
    """What a rule has to say of a report."""

    values: Values = field(default_factory=dict)
    """What the wording of the check names, and its case where it has several."""
    keys: tuple[str, ...] = ()
    """The figures or claims it speaks of."""
    at: Place | None = None


Rule = Callable[[Report], Iterator[Said]]
"""What a report says that can be judged without any other."""

DOCUMENTS = ("regulations", "normative_documents")
"""The rows of 第二十条第（一）项: 规章 and 行政规范性文件."""


_PRINTED = (Status.EXACT, Status.CONFLICT)
"""A conflict is printed too: what does not add up is the report's own."""


_asked: tuple[tuple[Report, Mapping[str, Number]], ...] = ()
"""The two reports that were asked for last: ten rules ask for the same."""


def sure_values(report: Report) -> Mapping[str, Number]:
    """The figures that are printed and that no doubt of our reading speaks of.

    A value that is missing, inferred or doubtful makes a rule silent, never suspicious:
    nobody is accused because of what we could not read.
    """
    global _asked
    for known, values in _asked:
        if known is report:
            return values
    found = _sure_values(report)
    _asked = ((report, found), *_asked[:1])
    return found


def _sure_values(report: Report) -> dict[str, Number]:
    doubted = _doubted(report)
    return {
        key: figure.value
        for key, figure in report.figures.items()
        if figure.value is not None and figure.status in _PRINTED and key not in doubted
    }


def _doubted(report: Report) -> set[str]:
    """The keys of figures and claims that we may have misread."""
    found: set[str] = set()
    for finding in report.findings:
        if finding.family is FindingFamily.READING:
            found.update(finding.keys)
    return found

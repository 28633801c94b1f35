"""A report made ready to be filed: all that is computed of it alone, in few bytes.

It is made where the report was read, so that the whole of it, thousands of objects, has
not to travel from one process to another.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from archive.catalogue import Status
from archive.report.checks import check_alone
from archive.report.encode.hashing import content_hash
from archive.report.encode.packing import Packed, pack
from archive.report.encode.summaries import pack_summary
from archive.report.encode.writing import unusual
from archive.report.model import Agency, Finding, Number, Report
from archive.report.rules import YearSummary, lacks_tables, summary_of


class Stated(NamedTuple):
    """A number of the running text, as the database counts by it."""

    key: str
    label: str
    value: Number
    unit: str
    scope: str
    """A value of `ClaimScope`."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of a report, as they are kept typed."""

    values: Mapping[str, Number | None]
    """Key → number, of every key of its form."""
    unsure: Mapping[str, Status]
    """Key → how it came about, of the values that are not plainly exact or missing."""
    stated: tuple[Stated, ...]


@dataclass(frozen=True, slots=True)
class Prepared(Numbers):
    """A report that can be filed without being looked into; or what is none."""

    title: str
    agency: Agency
    year: int | None
    published_on: date | None
    published_from: str
    form: str
    is_report: bool
    why: str
    lacks_tables: bool
    """Whether its tables may lie in another file."""
    text: str
    """Its `content_hash`: what makes two reports the same."""
    findings: tuple[Finding, ...]
    """What came up while it was read, and what its checks say of it alone."""
    packed: Packed
    summary: YearSummary | None
    packed_summary: bytes
    """The summary in bytes, empty where there is none."""


def numbers_of(report: Report) -> Numbers:
    """The numbers of a report."""
    stated = (
        Stated(one.key, one.label, one.value, one.unit, one.scope.value)
        for one in report.claims
    )
    return Numbers(
        values={key: figure.value for key, figure in report.figures.items()},
        unsure=_unsure(report),
        stated=tuple(stated),
    )


def prepare(report: Report) -> Prepared:
    """The report as it is filed."""
    summary, numbers = summary_of(report), numbers_of(report)
    return Prepared(
        title=report.title,
        agency=report.agency,
        year=report.year,
        published_on=report.published_on,
        published_from=report.published_from,
        form=report.form,
        is_report=report.is_report,
        why=report.why,
        lacks_tables=lacks_tables(report),
        text=content_hash(report),
        values=numbers.values,
        unsure=numbers.unsure,
        stated=numbers.stated,
        findings=(*report.findings, *check_alone(report)),
        packed=pack(report),
        summary=summary,
        packed_summary=pack_summary(summary) if summary else b"",
    )


def _unsure(report: Report) -> dict[str, Status]:
    """A value that is exact, and none that is missing, are what is usual."""
    return {one.key: one.status for _, one in unusual(report.figures.values())}

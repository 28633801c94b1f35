"""How much a download will be, before it is asked for: measured on its first rows."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from archive.store import Session
from archive.web.export.agency_columns import AgencyColumns
from archive.web.export.cells import Value
from archive.web.export.columns import ReportColumns
from archive.web.export.lists import MOST_CELLS, agencies_of, rows_of
from archive.web.export.written import csv_pieces

SAMPLE = 30
"""Rows that are written to see how long they are."""


@dataclass(frozen=True, slots=True)
class Expected:
    """Rows and columns; bytes, about, as CSV and packed on its way."""

    rows: int
    columns: int
    size: int
    packed: int

    @property
    def fits_excel(self) -> bool:
        """Whether a workbook is made of so much."""
        return self.rows * self.columns <= MOST_CELLS


def expected_reports(
    session: Session, version_ids: Sequence[int], rows: int, keys: Sequence[str]
) -> Expected:
    """What a list of so many reports with these numbers comes to; `version_ids`: its
    first ones.
    """
    columns = ReportColumns(keys)
    found = rows_of(session, version_ids[:SAMPLE], columns)
    written = [columns.row(one) for one in found]
    return _expected(columns.headings, written, rows)


def expected_agencies(
    session: Session,
    agency_ids: Sequence[int],
    keys: Sequence[str],
    year: int | None,
) -> Expected:
    """The same of a list of agencies."""
    columns = AgencyColumns(keys)
    found = agencies_of(session, agency_ids[:SAMPLE], columns, year)
    written = [columns.row(one) for one in found]
    return _expected(columns.headings, written, len(agency_ids))


def _expected(
    headings: Sequence[str], written: Sequence[Sequence[Value]], rows: int
) -> Expected:
    head = b"".join(csv_pieces(headings, []))
    body = b"".join(csv_pieces((), [written]))
    share = rows / len(written) if written else 0
    size = len(head) + round(len(body) * share)
    packed = len(zlib.compress(head, 4)) + round(len(zlib.compress(body, 4)) * share)
    return Expected(rows, len(headings), size, packed)

"""Whether a report lacks statutory tables: they may lie in another file."""

from __future__ import annotations

from archive.catalogue import KINDS, FormName
from archive.report.model import Report

_TABLES = (
    ("disclosure.",),
    ("requests.",),
    tuple(f"{kind.key}." for kind in KINDS),
)
"""The statutory tables 2, 3 and 4 by what their keys begin with."""


def lacks_tables(report: Report) -> bool:
    """Whether a report has text, and a table of its form without a single number.

    Reports of the free form have no statutory tables.
    """
    if not report.is_report or report.form == FormName.FREE:
        return False
    printed = [key for key, one in report.figures.items() if one.value is not None]
    return not all(any(key.startswith(table) for key in printed) for table in _TABLES)

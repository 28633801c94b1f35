"""The database's tables, all named …Row. No behaviour.

column_types   what they share
collected      sources, runs, failures, pages, sightings, originals: kept for ever
filed          agencies, filings, versions, copies: kept for ever
people         accounts, audit log, rulings, choices: kept for ever
read           sections, claims, figures, findings: computed from originals, refilled by
               `rebuild`, as is a version's `reading`
"""

from archive.store.rows.collected import (
    FailureRow,
    OriginalRow,
    PageRow,
    RunRow,
    SightingRow,
    SourceRow,
)
from archive.store.rows.column_types import Base, Json, Moment, Words, clean_text
from archive.store.rows.filed import (
    AgencyRow,
    CopyRow,
    FilingRow,
    IndexRemovalRow,
    VersionRow,
)
from archive.store.rows.people import AccountRow, AuditRow, ChoiceRow, RulingRow
from archive.store.rows.read import (
    FIGURE_TABLES,
    TOLD_APART_BY,
    ClaimRow,
    FindingRow,
    SectionRow,
    disclosures,
    proceedings,
    requests,
)

__all__ = [
    "FIGURE_TABLES",
    "TOLD_APART_BY",
    "AccountRow",
    "AgencyRow",
    "AuditRow",
    "Base",
    "ChoiceRow",
    "ClaimRow",
    "CopyRow",
    "FailureRow",
    "FilingRow",
    "FindingRow",
    "IndexRemovalRow",
    "Json",
    "Moment",
    "OriginalRow",
    "PageRow",
    "RulingRow",
    "RunRow",
    "SectionRow",
    "SightingRow",
    "SourceRow",
    "VersionRow",
    "Words",
    "clean_text",
    "disclosures",
    "proceedings",
    "requests",
]

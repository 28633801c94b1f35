"""The database's tables, all named …Row. No behaviour.

column_types   what they share
of_databases   what is told to one database alone
among          whether a column is one of the values that are asked for
asked          questions that have a short address: kept for ever
collected      identity, sources, hosts, runs, failures, offers, pages, events: kept
               for ever
evidence       originals, sightings, days: kept for ever
filed          agencies, filings, versions, copies: kept for ever
people         accounts, audit log, rulings, choices: kept for ever; sessions, links,
               codes and attempts of accounts: as long as they hold
watched        disappearances that wait or waited for a person, digests, absences of the
               worker; feeds: as long as they hold
expected       who is expected to report, and what is known: counted anew
read           readings, claims, figures and what is unsure of them, findings:
               computed from originals, refilled by `rebuild`
"""

from archive.store.rows.among import among
from archive.store.rows.asked import KeptQuestionRow
from archive.store.rows.collected import (
    EventRow,
    FailureRow,
    HostRow,
    IdentityRow,
    OfferRow,
    PageRow,
    RunRow,
    SourceRow,
)
from archive.store.rows.column_types import Base, Json, Moment, Words
from archive.store.rows.evidence import DayRow, OriginalRow, SightingRow
from archive.store.rows.expected import (
    CoverageCountRow,
    FigureColumnsRow,
    ReporterAgencyRow,
    ReporterRow,
)
from archive.store.rows.filed import (
    AgencyRow,
    CopyRow,
    CountRow,
    FilingRow,
    IndexMarkRow,
    IndexRemovalRow,
    VersionRow,
)
from archive.store.rows.of_databases import with_all_told
from archive.store.rows.people import (
    AccountRow,
    AttemptRow,
    AuditEndRow,
    AuditRow,
    ChoiceRow,
    LinkRow,
    RecoveryRow,
    RulingRow,
    SessionRow,
)
from archive.store.rows.read import (
    ALL_KEYS,
    FIGURE_TABLES,
    FROM_YEARS,
    HEDGED,
    TOLD_APART_BY,
    UNREAD,
    ClaimRow,
    FindingRow,
    ReadingRow,
    UnsureRow,
    disclosures,
    proceedings,
    requests,
)
from archive.store.rows.watched import (
    AbsenceRow,
    DigestRow,
    DisappearanceRow,
    FeedRow,
)

__all__ = [
    "ALL_KEYS",
    "FIGURE_TABLES",
    "FROM_YEARS",
    "HEDGED",
    "TOLD_APART_BY",
    "UNREAD",
    "AbsenceRow",
    "AccountRow",
    "AgencyRow",
    "AttemptRow",
    "AuditEndRow",
    "AuditRow",
    "Base",
    "ChoiceRow",
    "ClaimRow",
    "CopyRow",
    "CountRow",
    "CoverageCountRow",
    "DayRow",
    "DigestRow",
    "DisappearanceRow",
    "EventRow",
    "FailureRow",
    "FeedRow",
    "FigureColumnsRow",
    "FilingRow",
    "FindingRow",
    "HostRow",
    "IdentityRow",
    "IndexMarkRow",
    "IndexRemovalRow",
    "Json",
    "KeptQuestionRow",
    "LinkRow",
    "Moment",
    "OfferRow",
    "OriginalRow",
    "PageRow",
    "ReadingRow",
    "RecoveryRow",
    "ReporterAgencyRow",
    "ReporterRow",
    "RulingRow",
    "RunRow",
    "SessionRow",
    "SightingRow",
    "SourceRow",
    "UnsureRow",
    "VersionRow",
    "Words",
    "among",
    "disclosures",
    "proceedings",
    "requests",
    "with_all_told",
]

"""What people have decided about findings, found again after every reading.

A ruling is bound to what was read: the document, the check, and what the finding is
about. Findings get new numbers with every reading, and their wording may become better;
neither loses a ruling.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from archive.catalogue import Decision
from archive.report import Finding, values_from_json
from archive.store.rows import FindingRow, RulingRow, VersionRow


def finding_of(row: FindingRow | Row[*tuple[Any, ...]]) -> Finding:
    """The finding that a row keeps, or its columns; its place stands there only."""
    return Finding(
        row.check,
        values_from_json(row.values),
        tuple(row.keys.split()),
        weight=row.weight,
    )


@dataclass(frozen=True, slots=True)
class Rulings:
    """The rulings on some documents."""

    by_subject: dict[tuple[str, str, str], RulingRow]
    """Document, check, and what the finding is about."""

    def on(self, document_hash: str, finding: Finding) -> RulingRow | None:
        """The ruling on a finding of a document, if there is one."""
        for about in (finding.about, finding.figures):
            # By its figures alone: decided before a check's findings were told apart.
            ruling = self.by_subject.get((document_hash, finding.check, about))
            if ruling is not None:
                return ruling
        return None


def rulings_on(session: Session, document_hashes: Iterable[str]) -> Rulings:
    """All rulings on these documents."""
    question = select(RulingRow).where(RulingRow.document_hash.in_(document_hashes))
    return Rulings(
        {
            (row.document_hash, row.check, row.keys): row
            for row in session.scalars(question)
        }
    )


def has_rulings(document_hash: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    """Whether anybody has ruled on a document: a column for a question about it."""
    on_it = select(RulingRow.id).where(RulingRow.document_hash == document_hash)
    return on_it.exists()


def dismissed(
    session: Session, version_ids: Iterable[int] | None = None
) -> Iterator[FindingRow]:
    """The findings that a person has dismissed, of these versions or of all current
    ones: no list may count them.
    """
    is_wanted = (
        VersionRow.current.is_(True)
        if version_ids is None
        else VersionRow.id.in_(version_ids)
    )
    is_ruled = and_(
        RulingRow.document_hash == VersionRow.document_hash,
        RulingRow.check == FindingRow.check,
    )
    question = (
        select(FindingRow, VersionRow.document_hash)
        .join(VersionRow, FindingRow.version_id == VersionRow.id)
        .where(is_wanted, select(RulingRow).where(is_ruled).exists())
    )
    rows = session.execute(question).all()
    rulings = rulings_on(session, {document_hash for _, document_hash in rows})
    for row, document_hash in rows:
        ruling = rulings.on(document_hash, finding_of(row))
        if ruling is not None and ruling.decision == Decision.DISMISSED:
            yield row

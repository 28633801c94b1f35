"""What people have decided about findings, found again after every reading.

A ruling is bound to what was read: the document, the check, and what the finding is
about. Findings get new numbers with every reading, and their wording may become better;
neither loses a ruling.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.report import Finding, values_from_json
from archive.store.rows import FindingRow, RulingRow


def finding_of(row: FindingRow) -> Finding:
    """The finding that a row keeps; its place stands in the row only."""
    return Finding(
        row.check,
        values_from_json(row.values),
        tuple(row.keys.get("keys", ())),
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

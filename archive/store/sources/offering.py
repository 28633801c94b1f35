"""What a search for lists has found, kept beside its run until somebody decides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from archive.store.rows import FailureRow, OfferRow, RunRow


def keep_offers(
    session: Session, run_id: int, offers: Iterable[tuple[str, dict[str, Any]]]
) -> None:
    """The lists that a search has found, address and what is told of each, the best
    first. Those of an earlier try, which was killed, go.
    """
    session.execute(delete(OfferRow).where(OfferRow.run_id == run_id))
    session.execute(delete(FailureRow).where(FailureRow.run_id == run_id))
    session.add_all(OfferRow(run_id=run_id, url=url, told=told) for url, told in offers)


def offers(session: Session, run_id: int) -> Sequence[OfferRow]:
    """What a search offers, the best first."""
    question = select(OfferRow).where(OfferRow.run_id == run_id)
    return session.scalars(question.order_by(OfferRow.id)).all()


def subject_of(session: Session, run_id: int) -> str:
    """The address that a search begins from."""
    return session.get_one(RunRow, run_id).subject

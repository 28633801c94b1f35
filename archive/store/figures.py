"""The key figures of reports, for lists and exports: typed, under their public keys."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.catalogue import KINDS
from archive.store.rows import ClaimRow, disclosures, proceedings, requests

AT_ONCE = 500
"""Identifiers in one question; SQLite's parameters are limited."""

Figures = dict[int, dict[str, int | Decimal | None]]
"""Version → key → value; None where the report does not say."""


def key_figures(session: Session, version_ids: Sequence[int]) -> Figures:
    """Per version the figures that lists and exports show, under their public keys;
    `lawsuits.total` is both kinds.
    """
    figures: Figures = {version_id: {} for version_id in version_ids}
    for start in range(0, len(version_ids), AT_ONCE):
        part = version_ids[start : start + AT_ONCE]
        _add_requests(session, part, figures)
        _add_others(session, part, figures)
    for known in figures.values():
        suits = [known.get(f"{kind.key}.total") for kind in KINDS if kind.parent]
        given = [suit for suit in suits if suit is not None]
        known["lawsuits.total"] = sum(given) if len(given) == len(suits) else None
    return figures


def _add_requests(session: Session, part: Sequence[int], figures: Figures) -> None:
    columns = (
        "new",
        "carried_in",
        "granted",
        "partly_granted",
        "concluded",
        "carried_out",
    )
    asked = select(requests.c.version_id, *(requests.c[name] for name in columns))
    for version_id, *values in session.execute(
        asked.where(requests.c.version_id.in_(part), requests.c.applicant == "total")
    ):
        figures[version_id] |= {
            f"requests.{name}.total": value
            for name, value in zip(columns, values, strict=True)
        }


def _add_others(session: Session, part: Sequence[int], figures: Figures) -> None:
    for version_id, kind, total in session.execute(
        select(proceedings.c.version_id, proceedings.c.kind, proceedings.c.total).where(
            proceedings.c.version_id.in_(part)
        )
    ):
        figures[version_id][f"{kind}.total"] = total
    for version_id, issued, in_force in session.execute(
        select(
            disclosures.c.version_id,
            disclosures.c.normative_documents__issued,
            disclosures.c.normative_documents__in_force,
        ).where(disclosures.c.version_id.in_(part))
    ):
        figures[version_id]["disclosure.normative_documents.issued"] = issued
        figures[version_id]["disclosure.normative_documents.in_force"] = in_force
    for version_id, value in session.execute(
        select(ClaimRow.version_id, ClaimRow.value)
        .where(ClaimRow.version_id.in_(part), ClaimRow.key == "proactive_total")
        .order_by(ClaimRow.id.desc())  # the first statement stays
    ):
        figures[version_id]["proactive_total"] = value

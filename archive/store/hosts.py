"""Hosts of portals that are left alone for a while."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session


def closed(session: Session, moment: datetime) -> dict[str, datetime]:
    """Hosts that are not asked now, and until when."""
    return {}

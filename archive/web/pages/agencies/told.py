"""An agency as JSON."""

from __future__ import annotations

from typing import Any

from archive.store import (
    AgencyCard,
    region_told,
)
from archive.web.addresses import (
    public_address,
)


def agency_told(card: AgencyCard) -> dict[str, Any]:
    """An agency as JSON."""
    return {
        "key": card.key,
        "name": card.name,
        "region": region_told(card),
        "level": card.level,
        "sector": card.sector,
        "reports": card.reports,
        "first_year": card.first_year or None,
        "last_year": card.last_year or None,
        "url": public_address("agencies.agency", key=card.key),
    }

"""What a look at an address comes to in bytes: always the same, so that its hash can
be computed again by anybody.

Canonical JSON: UTF-8, keys sorted, no blanks. Moments are in UTC with microseconds.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scrapers import Exchange


def canonical(value: object) -> bytes:
    """A value of JSON as bytes."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8")


def moment_told(moment: datetime) -> str:
    """A moment as `2026-01-31T08:00:00.000000Z`."""
    told = moment.astimezone(UTC).isoformat(timespec="microseconds")
    return told.replace("+00:00", "Z")


def exchanges_told(exchanges: Iterable[Exchange]) -> list[dict[str, Any]]:
    """Requests and answers as plain data, for the sighting's row."""
    return [_exchange_told(one) for one in exchanges]


def _exchange_told(exchange: Exchange) -> dict[str, Any]:
    return {
        **asdict(exchange),
        "sent": [list(one) for one in exchange.sent],
        "received": [list(one) for one in exchange.received],
        "asked_at": moment_told(exchange.asked_at),
        "answered_at": moment_told(exchange.answered_at),
    }


def evidence_hash(headers: object, exchanges: object) -> str:
    """The SHA-256 of what a sighting keeps besides its line."""
    kept = canonical({"exchanges": exchanges, "headers": headers})
    return hashlib.sha256(kept).hexdigest()


def line_of(
    asked: str, reached: str, at: datetime, status: int, digest: str, evidence: str
) -> bytes:
    """The leaf of a sighting: one line of canonical JSON."""
    told = {
        "address": asked,
        "at": moment_told(at),
        "evidence": evidence,
        "reached": reached,
        "sha256": digest,
        "status": status,
    }
    return canonical(told)


def first_line(day: str, before: tuple[str, str, int] | None) -> bytes:
    """The first leaf of a day: the day before with its root and number of sightings."""
    told = None
    if before is not None:
        name, root, count = before
        told = {"count": count, "day": name, "root": root}
    return canonical({"before": told, "day": day})


def stamped_line(day: str, root: str, count: int) -> bytes:
    """What the authority of time is asked about."""
    return canonical({"count": count, "day": day, "root": root})

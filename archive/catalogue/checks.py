"""All checks: what a report has to agree with, and doubts in reading it."""

from __future__ import annotations

from archive.catalogue.check_record import Check
from archive.catalogue.contradictions import CONTRADICTIONS
from archive.catalogue.doubts import DOUBTS

CHECKS: tuple[Check, ...] = (*CONTRADICTIONS, *DOUBTS)
"""In the order in which pages list them."""

CHECK_OF: dict[str, Check] = {check.key: check for check in CHECKS}
"""Key → its check."""

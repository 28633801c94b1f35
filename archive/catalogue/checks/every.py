"""All checks: what a report has to agree with, what is unusual, what we may misread."""

from __future__ import annotations

from archive.catalogue.checks.contradictions import CONTRADICTIONS
from archive.catalogue.checks.doubts import DOUBTS
from archive.catalogue.checks.notable import NOTABLE
from archive.catalogue.checks.record import WEIGHTS, Check
from archive.catalogue.states import FindingFamily

CHECKS: tuple[Check, ...] = (*CONTRADICTIONS, *NOTABLE, *DOUBTS)
"""In the order in which pages list them: family by family."""

CHECK_OF: dict[str, Check] = {check.key: check for check in CHECKS}
"""Key → its check."""


def family_of(key: str) -> FindingFamily:
    """The family of a check.

    Of one that is no longer known: our doubt, which accuses nobody.
    """
    known = CHECK_OF.get(key)
    if known:
        return known.family
    return FindingFamily.READING


def weight_of(key: str) -> int:
    """The weight of a check; of one that is no longer known that of a remark."""
    known = CHECK_OF.get(key)
    if known:
        return known.weight
    return min(WEIGHTS)

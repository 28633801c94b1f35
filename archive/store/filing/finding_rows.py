"""Findings as rows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from archive.report import Finding, values_to_json


def finding_rows(
    version_id: int, findings: Iterable[Finding], first: int = 0
) -> list[dict[str, Any]]:
    """The rows of a version's findings, in their order from position `first` on."""
    return [
        {
            "version_id": version_id,
            "position": position,
            "check": finding.check,
            "family": finding.family.value,
            "weight": finding.weight,
            "values": values_to_json(finding.values),
            "keys": finding.figures,
            "anchor": finding.at.anchor if finding.at else "",
        }
        for position, finding in enumerate(findings, first)
    ]

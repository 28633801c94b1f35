"""What `read --json` prints: a promise to outside programs.

Other than what is stored it has no places, and numbers as JSON has them.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from archive.report.encode.values import public_values
from archive.report.model import Claim, Figure, Finding, Number, Region, Report, Section


def contract(report: Report, file: str) -> dict[str, Any]:
    """What `read --json` prints for a file that could be read.

    Of claims, one entry a key: the first statement of each; `proactive_total` with its
    `parts`. `why` says what a file is that is no report, in Chinese.
    """
    agency = report.agency
    published = report.published_on
    return {
        "file": file,
        "title": report.title,
        "agency": agency.name,
        "region": _region(agency.region) if agency.region else None,
        "level": agency.level,
        "sector": agency.sector,
        "year": report.year,
        "published_on": published.isoformat() if published else None,
        "published_from": report.published_from,
        "form": report.form,
        "is_report": report.is_report,
        "why": report.why,
        "sections": list(map(_section, report.sections)),
        "figures": {key: _figure(figure) for key, figure in report.figures.items()},
        "claims": _claims(report.claims),
        "findings": list(map(_finding, report.findings)),
    }


def _region(region: Region) -> dict[str, str]:
    return {"code": region.code, "name": region.name}


def _section(section: Section) -> dict[str, Any]:
    return {
        "number": section.number,
        "heading": section.heading,
        "text": section.text,
    }


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "value": _number(figure.value),
        "printed": figure.printed,
        "status": figure.status.value,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "check": finding.check,
        "family": finding.family.value,
        "weight": finding.weight,
        "message": finding.message,
        "values": public_values(finding.values),
        "keys": list(finding.keys),
    }


def _claims(claims: Sequence[Claim]) -> dict[str, dict[str, Any]]:
    """Claims by their keys; parts stand with the claim that they are parts of."""
    entries: dict[str, dict[str, Any]] = {}
    for claim in claims:
        is_first = claim.key not in entries
        if is_first and not claim.part_of:
            entries[claim.key] = {
                "value": _number(claim.value),
                "sentence": claim.sentence,
                "unit": claim.unit,
                "scope": claim.scope.value,
            }
    for claim in claims:
        if claim.part_of in entries:
            parts = entries[claim.part_of].setdefault("parts", [])
            parts.append(_part(claim))
    return entries


def _part(claim: Claim) -> dict[str, Any]:
    """通过政府网站公开120条: a part of the number of all disclosures."""
    return {
        "label": claim.label,
        "value": _number(claim.value),
        "unit": claim.unit,
    }


def _number(value: Number | None) -> int | float | None:
    """A number as JSON has it."""
    if isinstance(value, Decimal):
        return float(value)
    return value

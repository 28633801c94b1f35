"""Report → JSON values, as they are stored beside each version.

Short keys are avoided where a person may read it, but a place is a list and a cell's
spans are left out when they are 1, or tables would fill the database.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from archive.report.document import Block, Cell, Heading, Paragraph, Place
from archive.report.encode.values import values_to_json
from archive.report.model import (
    Agency,
    Claim,
    Figure,
    Finding,
    Number,
    Region,
    Report,
    Section,
)


def to_json(report: Report) -> dict[str, Any]:
    """The whole report as JSON values; `from_json` gives back an equal report."""
    published = report.published_on
    return {
        "title": report.title,
        "agency": _agency(report.agency),
        "year": report.year,
        "published_on": published.isoformat() if published else None,
        "published_from": report.published_from,
        "form": report.form,
        "is_report": report.is_report,
        "why": report.why,
        "sections": list(map(_section, report.sections)),
        "figures": list(map(_figure, report.figures.values())),
        "claims": list(map(_claim, report.claims)),
        "contact": dict(report.contact),
        "findings": list(map(_finding, report.findings)),
    }


def _number(value: Number | None) -> int | str | None:
    """Decimals as text, so that 3.50 stays 3.50."""
    if isinstance(value, Decimal):
        return str(value)
    return value


def _place(at: Place | None) -> list[int | None] | None:
    """[block, row, column, page, line] without the empty end: [17], [17, 5, 3]."""
    if at is None:
        return None
    parts = [at.block, at.row, at.column, at.page, at.line]
    while parts[-1] is None:
        parts.pop()
    return parts


def _section(section: Section) -> dict[str, Any]:
    return {
        "number": section.number,
        "heading": section.heading,
        "at": _place(section.at),
        "blocks": list(map(_block, section.blocks)),
    }


def _block(block: Block) -> dict[str, Any]:
    """A block, told by its first key: heading, paragraph or table."""
    at = _place(block.at)
    if isinstance(block, Heading):
        return {"heading": block.text, "level": block.level, "at": at}
    if isinstance(block, Paragraph):
        return {"paragraph": block.text, "at": at}
    cells = list(map(_cell, block.cells))
    return {"table": cells, "aligned": block.aligned, "at": at}


def _cell(cell: Cell) -> list[Any]:
    """[text, place], with [rows, columns] behind where it spans more than one."""
    written = [cell.text, _place(cell.at)]
    if (cell.rows, cell.columns) == (1, 1):
        return written
    return [*written, [cell.rows, cell.columns]]


def _agency(agency: Agency) -> dict[str, Any]:
    return {
        "name": agency.name,
        "region": _region(agency.region) if agency.region else None,
        "candidates": list(map(_region, agency.candidates)),
        "level": agency.level,
        "is_government": agency.is_government,
        "sector": agency.sector,
    }


def _region(region: Region) -> list[str]:
    return [region.code, region.name]


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "key": figure.key,
        "value": _number(figure.value),
        "printed": figure.printed,
        "status": figure.status.value,
        "at": _place(figure.at),
    }


def _claim(claim: Claim) -> dict[str, Any]:
    return {
        "key": claim.key,
        "value": _number(claim.value),
        "sentence": claim.sentence,
        "unit": claim.unit,
        "label": claim.label,
        "part_of": claim.part_of,
        "scope": claim.scope.value,
        "at": _place(claim.at),
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "check": finding.check,
        "weight": finding.weight,
        "values": values_to_json(finding.values),
        "keys": list(finding.keys),
        "at": _place(finding.at),
    }

"""Report ↔ JSON, the public contract of the `read` command, and what makes two reports
the same. Pure.

The JSON of `to_json` is stored beside each version: short keys are avoided where a
person may read it, but a place is a list and a cell's spans are left out when they are
1, or tables would fill the database.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from archive.catalogue import FindingFamily, Status
from archive.report.document import Block, Cell, Heading, Paragraph, Place, Table
from archive.report.model import (
    Agency,
    Claim,
    Figure,
    Finding,
    Number,
    Region,
    Report,
    Section,
    split_unit,
)
from archive.report.plain import plain


def to_json(report: Report) -> dict[str, Any]:
    """The whole report as JSON values; `from_json` gives back an equal report."""
    return {
        "title": report.title,
        "agency": _agency(report.agency),
        "year": report.year,
        "published_on": report.published_on.isoformat()
        if report.published_on
        else None,
        "form": report.form,
        "is_report": report.is_report,
        "why": report.why,
        "sections": [_section(section) for section in report.sections],
        "figures": [_figure(figure) for figure in report.figures.values()],
        "claims": [_claim(claim) for claim in report.claims],
        "contact": dict(report.contact),
        "findings": [_finding(finding) for finding in report.findings],
    }


def from_json(stored: Mapping[str, Any]) -> Report:
    """The report `to_json` has written. Raises KeyError or ValueError for anything
    else.
    """
    published = stored["published_on"]
    figures = [_read_figure(figure) for figure in stored["figures"]]
    return Report(
        title=stored["title"],
        agency=_read_agency(stored["agency"]),
        year=stored["year"],
        published_on=date.fromisoformat(published) if published else None,
        form=stored["form"],
        is_report=stored["is_report"],
        why=stored["why"],
        sections=tuple(
            Section(
                section["number"],
                section["heading"],
                _read_blocks(section["blocks"]),
                _read_place(section["at"]),
            )
            for section in stored["sections"]
        ),
        figures={figure.key: figure for figure in figures},
        claims=tuple(_read_claim(claim) for claim in stored["claims"]),
        contact=dict(stored["contact"]),
        findings=tuple(_read_finding(finding) for finding in stored["findings"]),
    )


def contract(report: Report, file: str) -> dict[str, Any]:
    """What `read --json` prints for a file that could be read; a promise to outside
    programs.

    Of claims, one entry a key: the first statement of each; `proactive_total` with its
    `parts`.
    """
    return {
        "file": file,
        "title": report.title,
        "agency": report.agency.name,
        "region": {"code": report.agency.region.code, "name": report.agency.region.name}
        if report.agency.region
        else None,
        "level": report.agency.level,
        "sector": report.agency.sector,
        "year": report.year,
        "published_on": report.published_on.isoformat()
        if report.published_on
        else None,
        "form": report.form,
        "is_report": report.is_report,
        "sections": [
            {"number": section.number, "heading": section.heading, "text": section.text}
            for section in report.sections
        ],
        "figures": {
            key: {
                "value": _plain_number(figure.value),
                "printed": figure.printed,
                "status": figure.status.value,
            }
            for key, figure in report.figures.items()
        },
        "claims": _contract_claims(report.claims),
        "findings": [
            {
                "check": finding.check,
                "family": finding.family.value,
                "weight": finding.weight,
                "message": finding.message,
            }
            for finding in report.findings
        ],
    }


def content_hash(report: Report) -> str:
    """SHA-256 (hex) over what the report says: title, headings, prose, cells; not
    layout, blanks or places.

    The same text as HTML, Word or PDF gives the same hash as long as the readers see
    the same signs: how paragraphs are divided and what rows a dump has does not count.
    A title told only outside the original (by a list page, a file name) is not part of
    what it says.
    """
    told_outside = any(finding.check == "title_outside" for finding in report.findings)
    said = ["" if told_outside else report.title]
    for section in report.sections:
        said.append(section.heading)
        said += [_words(block) for block in section.blocks]
    return hashlib.sha256(plain("".join(said)).encode()).hexdigest()


def _words(block: Block) -> str:
    return (
        "".join(cell.text for row in block.rows() for cell in row)
        if isinstance(block, Table)
        else block.text
    )


def _contract_claims(claims: Sequence[Claim]) -> dict[str, dict[str, Any]]:
    entries: dict[str, dict[str, Any]] = {}
    for claim in claims:
        if not claim.part_of and claim.key not in entries:
            entries[claim.key] = {
                "value": _plain_number(claim.value),
                "sentence": claim.sentence,
                "unit": claim.unit,
            }
    for claim in claims:
        if claim.part_of in entries:
            part = {
                "label": claim.label,
                "value": _plain_number(claim.value),
                "unit": claim.unit,
            }
            entries[claim.part_of].setdefault("parts", []).append(part)
    return entries


def _plain_number(value: Number | None) -> int | float | None:
    return float(value) if isinstance(value, Decimal) else value


def _number(value: Number | None) -> int | str | None:
    """Decimals as text, so that 3.50 stays 3.50."""
    return str(value) if isinstance(value, Decimal) else value


def _read_number(stored: int | str | None) -> Number | None:
    return Decimal(stored) if isinstance(stored, str) else stored


def _place(at: Place | None) -> list[int | None] | None:
    """[block, row, column, page, line] without the empty end."""
    if at is None:
        return None
    parts = [at.block, at.row, at.column, at.page, at.line]
    while parts[-1] is None:
        parts.pop()
    return parts


def _read_place(stored: Sequence[int | None] | None) -> Place | None:
    if stored is None:
        return None
    block, row, column, page, line = [*stored, None, None, None, None][:5]
    assert block is not None
    return Place(block, row, column, page, line)


def _known_place(stored: Sequence[int | None]) -> Place:
    place = _read_place(stored)
    assert place
    return place


def _section(section: Section) -> dict[str, Any]:
    return {
        "number": section.number,
        "heading": section.heading,
        "at": _place(section.at),
        "blocks": [_block(block) for block in section.blocks],
    }


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Heading):
        return {"heading": block.text, "level": block.level, "at": _place(block.at)}
    if isinstance(block, Paragraph):
        return {"paragraph": block.text, "at": _place(block.at)}
    return {
        "table": [_cell(cell) for cell in block.cells],
        "aligned": block.aligned,
        "at": _place(block.at),
    }


def _cell(cell: Cell) -> list[Any]:
    """[text, place], with [rows, columns] behind where it spans more than one."""
    spans = [] if cell.rows == cell.columns == 1 else [[cell.rows, cell.columns]]
    return [cell.text, _place(cell.at), *spans]


def _read_blocks(stored: Sequence[Mapping[str, Any]]) -> tuple[Block, ...]:
    return tuple(_read_block(block) for block in stored)


def _read_block(stored: Mapping[str, Any]) -> Block:
    at = _known_place(stored["at"])
    if "heading" in stored:
        return Heading(stored["heading"], at, stored["level"])
    if "paragraph" in stored:
        return Paragraph(stored["paragraph"], at)
    cells = tuple(
        Cell(cell[0], _known_place(cell[1]), *(cell[2] if len(cell) > 2 else ()))
        for cell in stored["table"]
    )
    return Table(cells, at, stored["aligned"])


def _agency(agency: Agency) -> dict[str, Any]:
    return {
        "name": agency.name,
        "region": _region(agency.region) if agency.region else None,
        "candidates": [_region(region) for region in agency.candidates],
        "level": agency.level,
        "is_government": agency.is_government,
        "sector": agency.sector,
    }


def _region(region: Region) -> list[str]:
    return [region.code, region.name]


def _read_agency(stored: Mapping[str, Any]) -> Agency:
    return Agency(
        name=stored["name"],
        region=Region(*stored["region"]) if stored["region"] else None,
        candidates=tuple(Region(*region) for region in stored["candidates"]),
        level=stored["level"],
        is_government=stored["is_government"],
        sector=stored["sector"],
    )


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "key": figure.key,
        "value": _number(figure.value),
        "printed": figure.printed,
        "status": figure.status.value,
        "at": _place(figure.at),
    }


def _read_figure(stored: Mapping[str, Any]) -> Figure:
    return Figure(
        stored["key"],
        _read_number(stored["value"]),
        stored["printed"],
        Status(stored["status"]),
        _read_place(stored["at"]),
    )


def _claim(claim: Claim) -> dict[str, Any]:
    return {
        "key": claim.key,
        "value": _number(claim.value),
        "sentence": claim.sentence,
        "unit": claim.unit,
        "label": claim.label,
        "part_of": claim.part_of,
        "at": _place(claim.at),
    }


def _read_claim(stored: Mapping[str, Any]) -> Claim:
    value = _read_number(stored["value"])
    assert value is not None
    counted_in, hedge = split_unit(stored["unit"])
    return Claim(
        key=stored["key"],
        value=value,
        sentence=stored["sentence"],
        counted_in=counted_in,
        label=stored["label"],
        part_of=stored["part_of"],
        at=_read_place(stored["at"]),
        hedge=hedge,
    )


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "check": finding.check,
        "family": finding.family.value,
        "weight": finding.weight,
        "message": finding.message,
        "keys": list(finding.keys),
        "at": _place(finding.at),
    }


def _read_finding(stored: Mapping[str, Any]) -> Finding:
    return Finding(
        check=stored["check"],
        family=FindingFamily(stored["family"]),
        weight=stored["weight"],
        message=stored["message"],
        keys=tuple(stored["keys"]),
        at=_read_place(stored["at"]),
    )

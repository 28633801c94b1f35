"""Report → the two values that are kept of it: its texts, and all the rest.

The texts are what a page of results quotes; they are opened without the rest. The rest
refers to them and repeats nothing: a paragraph is so many signs of its section's text,
a claim's sentence is where it stands. Figures and cells are columns, with what is
printed only where it is not the number itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from archive.catalogue import Status
from archive.report.document import Block, Cell, Heading, Table
from archive.report.encode.columns import (
    exceptions_out,
    number_out,
    place_out,
    places_out,
)
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

Text = tuple[int, str, str]
"""A section: its number, its heading, its prose."""
_MISSING, _EXACT = Status.MISSING, Status.EXACT


def texts_of(report: Report) -> list[Text]:
    """The sections with their prose, a paragraph a line; without tables."""
    return [
        (section.number, section.heading, section.prose) for section in report.sections
    ]


def rest_of(report: Report, texts: Sequence[Text]) -> dict[str, Any]:
    """What is not in the texts, as JSON values; `restored` joins the two again."""
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
        "figures": _figures(list(report.figures.values())),
        "claims": _claims(report.claims, texts),
        "contact": dict(report.contact),
        "findings": list(map(_finding, report.findings)),
    }


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


def _section(section: Section) -> dict[str, Any]:
    blocks = list(map(_block, section.blocks))
    return {"at": place_out(section.at), "blocks": blocks}


def _block(block: Block) -> list[Any] | dict[str, Any]:
    """[signs, place] of a paragraph, with the level behind of a heading; a table."""
    at = place_out(block.at)
    if isinstance(block, Table):
        return {"at": at, "aligned": block.aligned, **_cells(block.cells)}
    written = [len(block.text), at]
    if isinstance(block, Heading):
        written.append(block.level)
    return written


def _cells(cells: Sequence[Cell]) -> dict[str, Any]:
    """Spans only where a cell spans more than its own place."""
    spans = {
        str(at): [cell.rows, cell.columns]
        for at, cell in enumerate(cells)
        if (cell.rows, cell.columns) != (1, 1)
    }
    return {
        "cells": [cell.text for cell in cells],
        "places": places_out([cell.at for cell in cells]),
        "spans": spans,
    }


def _figures(figures: Sequence[Figure]) -> dict[str, Any]:
    """The keys as one text: a form's are always the same, and pressed to nothing."""
    values = [number_out(figure.value) for figure in figures]
    printed = [figure.printed for figure in figures]
    return {
        "keys": " ".join([figure.key for figure in figures]),
        "values": values,
        "printed": exceptions_out(printed, list(map(as_printed, values))),
        "statuses": {str(at): one.status.value for at, one in unusual(figures)},
        "places": places_out([figure.at for figure in figures]),
    }


def unusual(figures: Iterable[Figure]) -> list[tuple[int, Figure]]:
    """Position and figure, of those that are neither read as printed nor missing."""
    return [
        (at, figure)
        for at, figure in enumerate(figures)
        if figure.status is not usual_status(figure.value)
    ]


def as_printed(value: int | str | None) -> str | None:
    """How a number is printed as a rule; nothing where there is none."""
    return None if value is None else str(value)


def usual_status(value: Number | str | None) -> Status:
    """What a figure is as a rule: read as printed, or missing."""
    return _MISSING if value is None else _EXACT


def _claims(claims: Sequence[Claim], texts: Sequence[Text]) -> list[list[Any]]:
    """A sentence states several numbers: it is looked for once."""
    stated = {claim.sentence for claim in claims}
    places = {sentence: _sentence(sentence, texts) for sentence in stated}
    return [_claim(claim, places[claim.sentence]) for claim in claims]


def _claim(claim: Claim, sentence: list[int] | str) -> list[Any]:
    return [
        claim.key,
        number_out(claim.value),
        sentence,
        claim.unit,
        claim.label,
        claim.part_of,
        claim.scope.value,
        place_out(claim.at),
    ]


def _sentence(sentence: str, texts: Sequence[Text]) -> list[int] | str:
    """[section, first sign, signs]; itself where it stands in no text."""
    for at, (_, _, prose) in enumerate(texts):
        begin = prose.find(sentence)
        if begin >= 0:
            return [at, begin, len(sentence)]
    return sentence


def _finding(finding: Finding) -> list[Any]:
    return [
        finding.check,
        finding.weight,
        values_to_json(finding.values),
        list(finding.keys),
        place_out(finding.at),
    ]

"""JSON values → Report: what `to_json` has written is read back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from archive.catalogue import TOLD, ClaimScope, Status, Values
from archive.report.document import Block, Cell, Heading, Paragraph, Place, Table
from archive.report.encode.values import values_from_json
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

Stored = Mapping[str, Any]


def from_json(stored: Stored) -> Report:
    """The report that `to_json` has written.

    Raises KeyError or ValueError for anything else.
    """
    published = stored["published_on"]
    figures = map(_figure, stored["figures"])
    return Report(
        title=stored["title"],
        agency=_agency(stored["agency"]),
        year=stored["year"],
        published_on=date.fromisoformat(published) if published else None,
        # Readings stored before this was told do not have it.
        published_from=stored.get("published_from", ""),
        form=stored["form"],
        is_report=stored["is_report"],
        why=stored["why"],
        sections=tuple(map(_section, stored["sections"])),
        figures={figure.key: figure for figure in figures},
        claims=tuple(map(_claim, stored["claims"])),
        contact=dict(stored["contact"]),
        findings=tuple(map(_finding, stored["findings"])),
    )


def _number(stored: int | str | None) -> Number | None:
    """Texts are decimals."""
    if isinstance(stored, str):
        return Decimal(stored)
    return stored


def _place(stored: Sequence[int | None] | None) -> Place | None:
    """A place; None where the report does not say."""
    if stored is None:
        return None
    return _known_place(stored)


def _known_place(stored: Sequence[int | None]) -> Place:
    """[block, row, column, page, line]; the end may be left out."""
    filled = [*stored, None, None, None, None]
    block, row, column, page, line = filled[:5]
    assert block is not None
    return Place(block, row, column, page, line)


def _section(stored: Stored) -> Section:
    return Section(
        number=stored["number"],
        heading=stored["heading"],
        blocks=tuple(map(_block, stored["blocks"])),
        at=_place(stored["at"]),
    )


def _block(stored: Stored) -> Block:
    """A heading, paragraph or table, by the key that it has."""
    at = _known_place(stored["at"])
    if "heading" in stored:
        return Heading(stored["heading"], at, stored["level"])
    if "paragraph" in stored:
        return Paragraph(stored["paragraph"], at)
    cells = tuple(map(_cell, stored["table"]))
    return Table(cells, at, stored["aligned"])


def _cell(stored: Sequence[Any]) -> Cell:
    """[text, place], or [text, place, [rows, columns]]."""
    text, at, *spans = stored
    rows, columns = spans[0] if spans else (1, 1)
    return Cell(text, _known_place(at), rows, columns)


def _agency(stored: Stored) -> Agency:
    region = stored["region"]
    return Agency(
        name=stored["name"],
        region=_region(region) if region else None,
        candidates=tuple(map(_region, stored["candidates"])),
        level=stored["level"],
        is_government=stored["is_government"],
        sector=stored["sector"],
    )


def _region(stored: Sequence[str]) -> Region:
    code, name = stored
    return Region(code, name)


def _figure(stored: Stored) -> Figure:
    return Figure(
        key=stored["key"],
        value=_number(stored["value"]),
        printed=stored["printed"],
        status=Status(stored["status"]),
        at=_place(stored["at"]),
    )


def _claim(stored: Stored) -> Claim:
    value = _number(stored["value"])
    assert value is not None
    counted_in, hedge = split_unit(stored["unit"])
    return Claim(
        key=stored["key"],
        value=value,
        sentence=stored["sentence"],
        counted_in=counted_in,
        label=stored["label"],
        part_of=stored["part_of"],
        hedge=hedge,
        # readings of before the scope was read have none
        scope=ClaimScope(stored.get("scope", "")),
        at=_place(stored["at"]),
    )


def _finding(stored: Stored) -> Finding:
    return Finding(
        check=stored["check"],
        weight=stored["weight"],
        values=_values(stored),
        keys=tuple(stored["keys"]),
        at=_place(stored["at"]),
    )


def _values(stored: Stored) -> Values:
    """The values of a finding; readings of before hold its whole sentence instead."""
    if "values" in stored:
        return values_from_json(stored["values"])
    return {TOLD: stored["message"]}

"""The texts and the rest → Report: what `writing` has written is read back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import repeat
from typing import Any

from archive.catalogue import ClaimScope, Status
from archive.report.document import Block, Cell, Heading, Paragraph, Table
from archive.report.encode.columns import (
    exceptions_in,
    known_place,
    known_places_in,
    made,
    number_in,
    place_in,
    places_in,
)
from archive.report.encode.values import values_from_json
from archive.report.encode.writing import Text, as_printed, usual_status
from archive.report.model import (
    Agency,
    Claim,
    Figure,
    Finding,
    Region,
    Report,
    Section,
    split_unit,
)

Written = Mapping[str, Any]

_STATUSES = {status.value: status for status in Status}


def restored(texts: Sequence[Text], rest: Written) -> Report:
    """The report that `texts_of` and `rest_of` have written.

    Raises KeyError or ValueError for anything else.
    """
    published = rest["published_on"]
    sections = zip(texts, rest["sections"], strict=True)
    return Report(
        title=rest["title"],
        agency=_agency(rest["agency"]),
        year=rest["year"],
        published_on=date.fromisoformat(published) if published else None,
        published_from=rest["published_from"],
        form=rest["form"],
        is_report=rest["is_report"],
        why=rest["why"],
        sections=tuple(_section(text, written) for text, written in sections),
        figures={figure.key: figure for figure in _figures(rest["figures"])},
        claims=tuple(_claim(written, texts) for written in rest["claims"]),
        contact=dict(rest["contact"]),
        findings=tuple(map(_finding, rest["findings"])),
    )


def _agency(written: Written) -> Agency:
    region = written["region"]
    return Agency(
        name=written["name"],
        region=Region(*region) if region else None,
        candidates=tuple(Region(*one) for one in written["candidates"]),
        level=written["level"],
        is_government=written["is_government"],
        sector=written["sector"],
    )


def _section(text: Text, written: Written) -> Section:
    number, heading, prose = text
    return Section(
        number=number,
        heading=heading,
        blocks=tuple(_blocks(written["blocks"], prose)),
        at=place_in(written["at"]),
    )


def _blocks(written: Sequence[Any], prose: str) -> Iterator[Block]:
    """The blocks of a section, their texts cut from its prose one after the other."""
    begin = 0
    for one in written:
        if isinstance(one, dict):
            cells = tuple(_cells(one))
            yield Table(cells, known_place(one["at"]), one["aligned"])
            continue
        signs, at, *level = one
        text = prose[begin : begin + signs]
        # A line break stands between two.
        begin += signs + 1
        if level:
            yield Heading(text, known_place(at), *level)
        else:
            yield Paragraph(text, known_place(at))


def _cells(written: Written) -> list[Cell]:
    places = known_places_in(written["places"])
    cells = list(made(Cell, written["cells"], places, repeat(1), repeat(1)))
    for at, span in written["spans"].items():
        text, place, *_ = cells[int(at)]
        cells[int(at)] = Cell(text, place, *span)
    return cells


def _figures(written: Written) -> Iterator[Figure]:
    values = written["values"]
    unusual = {at: _STATUSES[one] for at, one in written["statuses"].items()}
    return made(
        Figure,
        written["keys"].split(),
        map(number_in, values),
        exceptions_in(written["printed"], map(as_printed, values)),
        exceptions_in(unusual, map(usual_status, values)),
        places_in(written["places"]),
    )


def _claim(written: Sequence[Any], texts: Sequence[Text]) -> Claim:
    key, value, sentence, unit, label, part_of, scope, at = written
    number = number_in(value)
    assert number is not None
    counted_in, hedge = split_unit(unit)
    return Claim(
        key=key,
        value=number,
        sentence=_sentence(sentence, texts),
        counted_in=counted_in,
        label=label,
        part_of=part_of,
        hedge=hedge,
        scope=ClaimScope(scope),
        at=place_in(at),
    )


def _sentence(written: Sequence[int] | str, texts: Sequence[Text]) -> str:
    if isinstance(written, str):
        return written
    section, begin, signs = written
    _, _, prose = texts[section]
    return prose[begin : begin + signs]


def _finding(written: Sequence[Any]) -> Finding:
    check, weight, values, keys, at = written
    return Finding(
        check=check,
        weight=weight,
        values=values_from_json(values),
        keys=tuple(keys),
        at=place_in(at),
    )

"""What a cell of a workbook prints: its text, or its value in the cell's format."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from lxml import etree

from archive.reading.looks import LEVEL, RAISED, held_apart
from archive.reading.office.cell_formats import Formats, integer
from archive.reading.package import is_on


class CellText(NamedTuple):
    """What is printed in a cell, and whether more was that is struck out."""

    text: str
    struck: bool = False


def shown(
    cell: etree._Element, shared: Sequence[CellText], formats: Formats
) -> CellText:
    """What a cell prints; `shared` are the texts that cells refer to by number."""
    style = integer(cell.get("s"))
    text = _content(cell, style, shared, formats)
    if text.text and formats.struck(style):
        return CellText("", struck=True)
    return text


def _content(
    cell: etree._Element, style: int, shared: Sequence[CellText], formats: Formats
) -> CellText:
    value = cell.findtext("{*}v") or ""
    match cell.get("t", "n"):
        case "inlineStr":
            item = cell.find("{*}is")
            return CellText("") if item is None else text_of_runs(item)
        case "s":
            index = integer(value)
            return shared[index] if index < len(shared) else CellText("")
        case "n" if value:
            return CellText(formats.shown(value, style))
    return CellText(value)


def text_of_runs(item: etree._Element) -> CellText:
    """A text with its parts of different looks, without the reading aids."""
    parts = [part.text or "" for part in item.iterfind("{*}t")]
    struck = False
    for run in item.iterfind("{*}r"):
        text = run.findtext("{*}t") or ""
        if is_on(run.find("{*}rPr/{*}strike")):
            struck |= bool(text.strip())
        elif _is_raised(run):
            parts.append(f"{RAISED}{text}{LEVEL}")
        else:
            parts.append(text)
    return CellText(held_apart("".join(parts)), struck)


def _is_raised(run: etree._Element) -> bool:
    place = run.find("{*}rPr/{*}vertAlign")
    return place is not None and place.get("val") in {"superscript", "subscript"}

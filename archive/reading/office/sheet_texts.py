"""What a cell of a workbook prints: its text, or its value in the cell's format."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from lxml import etree

from archive.reading.looks import LEVEL, RAISED, held_apart
from archive.reading.office.cell_formats import Formats, integer, is_unseen
from archive.reading.package import is_on

# e.g. "8", "1,204"
# not "合计"
_DIGITS = re.compile(r"[\d\s,.]+")


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
    if formats.unseen(style):
        return CellText("")
    return text


def _content(
    cell: etree._Element, style: int, shared: Sequence[CellText], formats: Formats
) -> CellText:
    """The text of a cell by its type (ST_CellType of ECMA-376)."""
    value = cell.findtext("{*}v") or ""
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        item = cell.find("{*}is")
        if item is None:
            return CellText("")
        return text_of_runs(item)
    if kind == "s":
        index = integer(value)
        if index >= len(shared):
            return CellText("")
        return shared[index]
    if kind == "n" and value:
        return CellText(formats.shown(value, style))
    # results of formulas, truth values and errors stand there as they are shown
    return CellText(value)


def text_of_runs(item: etree._Element) -> CellText:
    """A text with its parts of different looks ("runs").

    Reading aids (pinyin above the signs) are left out, as is what is struck out.
    """
    parts = [part.text or "" for part in item.iterfind("{*}t")]
    struck = False
    runs = item.findall("{*}r")
    for run in runs:
        text = run.findtext("{*}t") or ""
        if is_on(run.find("{*}rPr/{*}strike")):
            if text.strip():
                struck = True
            continue
        if len(runs) > 1 and _is_unseen(run, text):
            continue
        if _is_raised(run):
            text = f"{RAISED}{text}{LEVEL}"
        parts.append(text)
    return CellText(held_apart("".join(parts)), struck)


def _is_unseen(run: etree._Element, text: str) -> bool:
    """Whether a run is without size, or digits in white among others.

    White words may stand on the ground of their cell.
    """
    looks = run.find("{*}rPr")
    if looks is None or not _DIGITS.fullmatch(text):
        return False
    return is_unseen(looks, "FFFFFF")


def _is_raised(run: etree._Element) -> bool:
    """Whether a run stands above or below the line: the number of a note, m²."""
    place = run.find("{*}rPr/{*}vertAlign")
    if place is None:
        return False
    return place.get("val") in {"superscript", "subscript"}

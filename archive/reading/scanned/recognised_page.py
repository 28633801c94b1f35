"""A page as dots → a page of signs and ruling lines, as a digital PDF has them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from archive.reading.printed import DrawnPage, box, sign_in
from archive.reading.scanned import strokes
from archive.reading.scanned.cells import texts_in_cells
from archive.reading.scanned.models import Text, recognise
from archive.reading.scanned.raster import DOTS, POINTS_AN_INCH, Dots
from archive.reading.scanned.strokes import Grey, Rule

# Points of a dot.
_POINTS = POINTS_AN_INCH / DOTS
# The mean certainty of a page that is read the right way up.
_SURE = 0.85
# Lines of text; a page with fewer is no page of a report, and is not turned.
_FEW = 5


def recognised_page(picture: Dots, number: int) -> DrawnPage:
    """What is recognised on a page; `number` is its number, from 1."""
    page, texts = _upright(strokes.straightened(strokes.grey(picture)))
    dark = strokes.ink(page)
    height, width = page.shape
    size = width * _POINTS, height * _POINTS
    lines = []
    for rule in strokes.rules(dark):
        if not _is_stroke_of_any(texts, rule):
            lines.append(_line(rule))
    # the lines alone tell the cells, and the cells what is recognised once more
    cells = _cells(DrawnPage(number, *size, {"char": [], "line": lines}))
    signs: list[dict[str, Any]] = []
    for text in texts:
        if not any(map(text.is_in, cells)):
            signs += _signs(text, number)
    for text in texts_in_cells(page, dark, cells, texts):
        signs += _signs(text, number)
    return DrawnPage(number, *size, {"char": signs, "line": lines})


def _upright(page: Grey) -> tuple[Grey, list[Text]]:
    """The page the right way up, and what is recognised on it.

    Pages lie on their side in a scanner, or upside down: then the models find lines
    that are higher than wide, or are unsure of what they read.
    """
    texts, score = recognise(page)
    is_sideways = _is_sideways(texts)
    if not is_sideways and (score > _SURE or len(texts) < _FEW):
        return page, texts
    quarters = (1, 3) if is_sideways else (2,)
    best = page, texts
    best_score = 0.0 if is_sideways else score
    for turns in quarters:
        turned = np.ascontiguousarray(np.rot90(page, turns))
        found, score = recognise(turned)
        if score > best_score:
            best = turned, found
            best_score = score
    return best


def _is_sideways(texts: list[Text]) -> bool:
    """Whether most lines of several signs are higher than wide."""
    several = standing = 0
    for text in texts:
        if len(text.text) < 2:
            continue
        several += 1
        if text.height > text.width:
            standing += 1
    return standing > several / 2


def _is_stroke_of_any(texts: list[Text], rule: Rule) -> bool:
    """Whether a line rules nothing but is a long stroke of a large sign (一)."""
    return any(_is_stroke(rule, text) for text in texts)


def _is_stroke(rule: Rule, text: Text) -> bool:
    """Whether a line is a stroke of a sign: it ends where the recognised text ends.

    Ruling lines go on to the corners of their cells.
    """
    slack = 0.1 * text.height
    if rule.left < text.left - slack or rule.right > text.right + slack:
        return False
    if rule.top < text.top - slack:
        return False
    return rule.bottom <= text.bottom + slack


def _line(rule: Rule) -> dict[str, Any]:
    """A ruling line as pdfplumber has it."""
    edges = (rule.left, rule.top, rule.right, rule.bottom)
    return box("line", *(edge * _POINTS for edge in edges))


def _cells(ruled: DrawnPage) -> list[tuple[float, ...]]:
    """The cells of the tables on a page of ruling lines: their edges in dots."""
    cells: list[tuple[float, ...]] = []
    for table in ruled.find_tables():
        if len(table.cells) < 2:  # a frame around text
            continue
        for cell in table.cells:
            edges = tuple(edge / _POINTS for edge in cell)
            cells.append(edges)
    return cells


def _signs(text: Text, page: int) -> Iterator[dict[str, Any]]:
    """The signs of a text side by side, as wide as one another."""
    wide = text.width / max(len(text.text), 1)
    for number, sign in enumerate(text.text):
        left = text.left + number * wide
        edges = (left, text.top, left + wide, text.bottom)
        drawn = box("char", *(edge * _POINTS for edge in edges))
        yield sign_in(drawn, sign, page)

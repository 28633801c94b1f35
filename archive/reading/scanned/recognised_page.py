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

_POINTS = POINTS_AN_INCH / DOTS
"""Points of a dot."""
_SURE = 0.85
"""The mean certainty of a page that is read the right way up."""
_FEW = 5
"""Lines of text; a page with fewer is no page of a report, and is not turned."""


def recognised_page(picture: Dots, number: int) -> DrawnPage:
    """What is recognised on a page; `number` is its number, from 1."""
    page, texts = _upright(strokes.straightened(strokes.grey(picture)))
    dark = strokes.ink(page)
    lines = [_line(rule) for rule in _ruling(strokes.rules(dark), texts)]
    height, width = page.shape
    size = width * _POINTS, height * _POINTS
    cells = _cells(DrawnPage(number, *size, {"char": [], "line": lines}))
    free = [text for text in texts if not any(map(text.is_in, cells))]
    inside = texts_in_cells(page, dark, cells, texts)
    signs = [sign for text in (*free, *inside) for sign in _signs(text, number)]
    return DrawnPage(number, *size, {"char": signs, "line": lines})


def _upright(page: Grey) -> tuple[Grey, list[Text]]:
    """The page the right way up, and what is recognised on it."""
    texts, score = recognise(page)
    is_sideways = _is_sideways(texts)
    if not is_sideways and (score > _SURE or len(texts) < _FEW):
        return page, texts
    best_score = 0.0 if is_sideways else score
    best = page, texts
    for quarters in (1, 3) if is_sideways else (2,):
        turned = np.ascontiguousarray(np.rot90(page, quarters))
        found, score = recognise(turned)
        if score > best_score:
            best_score = score
            best = turned, found
    return best


def _is_sideways(texts: list[Text]) -> bool:
    """Whether most lines of several signs are higher than wide."""
    several = [text for text in texts if len(text.text) > 1]
    standing = [text for text in several if text.height > text.width]
    return len(standing) > len(several) / 2


def _ruling(rules: list[Rule], texts: list[Text]) -> Iterator[Rule]:
    """The lines that rule something: long strokes of large signs (一) are none."""
    for rule in rules:
        if not any(_is_stroke(rule, text) for text in texts):
            yield rule


def _is_stroke(rule: Rule, text: Text) -> bool:
    """Whether a line is a stroke of a sign: it ends where the recognised text ends."""
    slack = 0.1 * text.height
    return (
        text.left - slack <= rule.left
        and rule.right <= text.right + slack
        and text.top - slack <= rule.top
        and rule.bottom <= text.bottom + slack
    )


def _line(rule: Rule) -> dict[str, Any]:
    edges = (rule.left, rule.top, rule.right, rule.bottom)
    return box("line", *(edge * _POINTS for edge in edges))


def _cells(ruled: DrawnPage) -> list[tuple[float, ...]]:
    """The cells of the tables on a page of ruling lines, in dots."""
    return [
        tuple(edge / _POINTS for edge in cell)
        for table in ruled.find_tables()
        if len(table.cells) > 1
        for cell in table.cells
    ]


def _signs(text: Text, page: int) -> Iterator[dict[str, Any]]:
    """The signs of a text side by side, as wide as one another."""
    wide = text.width / max(len(text.text), 1)
    for number, sign in enumerate(text.text):
        left = text.left + number * wide
        edges = (left, text.top, left + wide, text.bottom)
        drawn = box("char", *(edge * _POINTS for edge in edges))
        yield sign_in(drawn, sign, page)

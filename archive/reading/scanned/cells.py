"""What stands in the cells of a recognised page.

Every short cell is recognised twice more, by itself and prepared in two ways: where the
readings differ its text ends in `？`, which is no number, so that a doubtful figure is
never taken for a printed one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from archive.reading.scanned.models import Crop, Text, prepared, read_lines
from archive.reading.scanned.strokes import Grey, Ink, rows_of

Cell = Sequence[float]
"""Left, top, right and bottom in dots."""

_DOUBT = "？"
# Signs; a longer text is a label.
_SHORT = 8
# Dots; a cell that is lower or narrower holds nothing.
_LEAST = 8
# What may be a figure, also misread: letters for digits, a dash or 一 for nothing.
# e.g. "12", "l2", "１，２０４", "3.5万元", "一"
_FIGURE = re.compile(r"[\d０-９OolIl|,，.．\s/／—－\-一无元万+]*")
# e.g. "1,204", "3 . 5"
_BETWEEN_DIGITS = re.compile(r"[\s,，.．]")


@dataclass(frozen=True, slots=True)
class _Doubtful:
    """A cell that is to be recognised by itself."""

    cell: Cell
    crops: list[Crop]
    """The boxes of its lines of print on the page."""
    seen: str
    """What was recognised there when the whole page was."""


def texts_in_cells(
    page: Grey, dark: Ink, cells: Sequence[Cell], texts: Sequence[Text]
) -> Iterator[Text]:
    """What stands in the cells of the tables, line by line.

    `dark` is the ink of the page, `texts` is what was recognised on all of it. Labels
    are taken from there; what may be a figure is looked at once more.
    """
    doubtful: list[_Doubtful] = []
    for cell in cells:
        inner = _without_rules(cell)
        if not _has_print(inner, dark):
            continue
        within = [text for text in texts if text.is_in(cell) and _fits(text, cell)]
        seen = _from_the_top(within)
        if within and _is_label(seen):
            in_order = sorted(within, key=_reading_order)
            yield from _laid_out([text.text for text in in_order], cell)
            continue
        crops = list(_lines_of_print(inner, dark))
        if crops:
            doubtful.append(_Doubtful(cell, crops, seen))
    yield from _recognised_twice(page, doubtful)


def _from_the_top(texts: Sequence[Text]) -> str:
    """Texts of a cell as one, by where their boxes begin."""
    in_order = sorted(texts, key=lambda text: text.top)
    return "".join(text.text for text in in_order)


def _is_label(text: str) -> bool:
    """Whether a text is too long for a figure, or can't be a misread one."""
    if len(text) > _SHORT:
        return True
    return _FIGURE.fullmatch(text) is None


def _without_rules(cell: Cell) -> Crop:
    """The inside of a cell: its rules are some dots thick."""
    left, top, right, bottom = map(round, cell)
    return left + 4, top + 4, right - 3, bottom - 3


def _has_print(inner: Crop, dark: Ink) -> bool:
    """Whether there is ink in a cell that is large enough to hold a sign."""
    left, top, right, bottom = inner
    if right - left < _LEAST:
        return False
    if bottom - top < _LEAST:
        return False
    return bool(dark[top:bottom, left:right].any())


def _fits(text: Text, cell: Cell) -> bool:
    """Whether a box stays in its cell: two neighbours are often found as one.

    Above and below there is no such doubt, since lines are found one by one.
    """
    left, _, right, _ = cell
    slack = 0.35 * text.height
    begins_inside = text.left > left - slack
    ends_inside = text.right < right + slack
    return begins_inside and ends_inside


def _reading_order(text: Text) -> tuple[int, float]:
    """Lines are some 30 dots apart; their boxes may differ by a few."""
    return round(text.top / 12), text.left


def _lines_of_print(inner: Crop, dark: Ink) -> Iterator[Crop]:
    """The boxes of a cell's lines of print on the page."""
    left, top, right, bottom = inner
    cell = dark[top:bottom, left:right]
    for first, last in rows_of(cell):
        columns = np.flatnonzero(cell[first:last].any(axis=0))
        begin, end = int(columns[0]), int(columns[-1]) + 1
        yield left + begin, top + first, left + end, top + last


def _recognised_twice(page: Grey, doubtful: Sequence[_Doubtful]) -> Iterator[Text]:
    """Cells recognised by themselves, twice; where readings differ there is a doubt.

    Three readings are compared: that of the whole page, and those of its lines plain
    and made strong. All lines of a page go to the models at once, which is faster than
    one by one.
    """
    crops: list[Crop] = []
    for one in doubtful:
        crops += one.crops
    plain = iter(read_lines([prepared(page, crop, strong=False) for crop in crops]))
    strong = iter(read_lines([prepared(page, crop, strong=True) for crop in crops]))
    for one in doubtful:
        lines = [next(plain) for _ in one.crops]
        again = [next(strong) for _ in one.crops]
        is_sure = lines == again
        if one.seen and _bare(one.seen) != _bare("".join(lines)):
            is_sure = False
        if not is_sure:
            lines[-1] = lines[-1].rstrip(_DOUBT) + _DOUBT
        yield from _laid_out(lines, one.cell)


def _bare(text: str) -> str:
    """A figure without blanks, commas and points, as readings are compared.

    The models see or miss them as they like, and none of them changes a digit.
    """
    return _BETWEEN_DIGITS.sub("", text)


def _laid_out(lines: Sequence[str], cell: Cell) -> Iterator[Text]:
    """A cell's lines one below the other, evenly, clear of its rules."""
    left, top, right, bottom = cell
    height = (bottom - top) / len(lines)
    for number, line in enumerate(lines):
        upper = top + number * height
        lower = top + (number + 1) * height
        yield Text(line, left + 6, upper + 3, right - 6, lower - 3)

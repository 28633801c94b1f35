"""What parts the cells of a dump: one sign for all its rows, or lines."""

from __future__ import annotations

import re
from itertools import chain

# e.g. "\t规章", "\t"
# not "规章"
_CELL_LINE = re.compile(r"\t[^\t]*")
# e.g. "12", "1,234", "３．５", " 0"
# not "规章"
FIGURE = re.compile(r"[\s\d０-９,，.．]*[\d０-９]")
# e.g. "\t", "|"
# not " "
_BAR = re.compile(r"[\t|]")
_ONE_CELL_A_LINE = 60
"""From so many lines of the shape `⇥cell` on, a dump is taken to have one cell a line.
"""
_LEAST_FIGURES = 5
"""So many figures make a row of table 3, some of whose seven cells may be blank."""
_LEAST_ROWS = 8
"""So many such rows make table 3."""
LONGEST_ROW = 2000
"""A longer line is text."""


def has_one_cell_a_line(lines: list[str]) -> bool:
    """Whether a dump has one cell a line, by the number of such lines.

    A line with three tabs is a row: then the others are rows of one cell.
    """
    cells = list(filter(_CELL_LINE.fullmatch, lines))
    if len(cells) < _ONE_CELL_A_LINE:
        return False
    most_tabs = max(line.count("\t") for line in lines)
    return most_tabs <= 2


def is_of_rows(lines: list[str], sign: str) -> bool:
    """Whether a dump parts its cells by a sign: table 3 alone has over twenty rows of
    seven figures.
    """
    rows = 0
    for line in lines:
        if line.count(sign) < _LEAST_FIGURES or len(line) > LONGEST_ROW:
            continue
        cells = map(str.strip, line.split(sign))
        figures = list(filter(FIGURE.fullmatch, cells))
        rows += len(figures) >= _LEAST_FIGURES
    return rows >= _LEAST_ROWS


def levelled(lines: list[str]) -> list[str]:
    """The lines; tabs and pipes become blanks if they part words only.

    A program that cuts figures apart otherwise than words leaves tabs or pipes between
    the headings of columns, and blanks or line ends between the figures below them.
    """
    barred = [line for line in lines if _BAR.search(line) and len(line) < LONGEST_ROW]
    if not barred or any(map(_parts_figures, barred)):
        return lines
    words = chain.from_iterable(line.split() for line in lines)
    figures = list(filter(FIGURE.fullmatch, words))
    if len(figures) < _LEAST_ROWS * _LEAST_FIGURES:
        return lines
    return [_BAR.sub("  ", line) for line in lines]


def _parts_figures(line: str) -> bool:
    """Whether a tab or a pipe stands beside a figure."""
    cells = map(str.strip, _BAR.split(line))
    return any(map(FIGURE.fullmatch, cells))

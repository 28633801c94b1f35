"""A line of a dump cut at its gaps, each piece with its columns.

A gap is two or more spaces, or a full-width one; a label may hold single spaces.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from archive.reading.form_words import FIGURE

Span = tuple[int, int]
"""Where a piece of a line begins and ends."""

# e.g. "规章  1", "规章　1"
# not "规章 1"
_GAP = re.compile(r"(?:[ \u3000]{2,}|\u3000)")
# e.g. "全年 12"
_WORD = re.compile(r"\S+")
# What stands for nothing in a cell that is no figure: a circle drawn for a zero.
# e.g. "○", "O", "…", "*"
# not "）", "规章"
_STAND_IN = re.compile(r"[○〇◯Oo…*＊×\\]{1,2}")
_MANY = 3
"""From so many figures on, single spaces on the line part figures as well."""


@dataclass(frozen=True, slots=True)
class Field:
    """A piece of a line between gaps, with its place in columns of half the width of a
    Chinese sign.
    """

    text: str
    left: int
    right: int
    line: int

    @property
    def is_figure(self) -> bool:
        """Whether it is a number, or a sign that stands for one."""
        return _is_figure(self.text)

    def is_under(self, other: Field) -> bool:
        """Whether the two share a column, on whatever lines they stand."""
        return self.left < other.right and self.right > other.left


def _is_figure(text: str) -> bool:
    """Whether a text is a number, or a sign that stands for one."""
    return (FIGURE.fullmatch(text) or _STAND_IN.fullmatch(text)) is not None


def has_gap(line: str) -> bool:
    """Whether a line is held apart by more than single spaces."""
    return _GAP.search(line) is not None


def fields_of(line: str, number: int) -> list[Field]:
    """The pieces of a line between its gaps, from left to right.

    Figures with a single space before them are cut off as well.
    """
    columns = _columns(line)
    pieces = list(_pieces(line))
    figures = [piece for piece in pieces if _is_figure(line[slice(*piece)].strip())]
    many = len(figures) >= _MANY
    spans = chain.from_iterable(_cut(line, piece, many) for piece in pieces)
    return [
        Field(line[begin:end].strip(), columns[begin], columns[end], number)
        for begin, end in spans
    ]


def _columns(line: str) -> list[int]:
    """The column in which each sign of a line begins, and that behind the last."""
    columns = [0]
    for sign in line:
        width = 2 if unicodedata.east_asian_width(sign) in "WF" else 1
        columns.append(columns[-1] + width)
    return columns


def _pieces(line: str) -> Iterator[Span]:
    """What stands between the gaps of a line."""
    begin = 0
    for gap in _GAP.finditer(line):
        if line[begin : gap.start()].strip():
            yield begin, gap.start()
        begin = gap.end()
    if line[begin:].strip():
        yield begin, len(line)


def _cut(line: str, piece: Span, many: bool) -> list[Span]:
    """A piece, or its label and its figures, if it is figures or ends in such.

    Figures behind a label are cut off only on lines with `many` of them: 全年 12 is one
    text.
    """
    begin, end = piece
    words: list[Span] = []
    figures: list[Span] = []
    for found in _WORD.finditer(line[begin:end]):
        word = begin + found.start(), begin + found.end()
        words.append(word)
        if _is_figure(found[0]):
            figures.append(word)
    if not figures:
        return [piece]
    if figures == words:
        return figures
    if many and words[-len(figures) :] == figures:
        label = begin, figures[0][0]
        return [label, *figures]
    return [piece]


def figures_of(fields: list[Field]) -> list[Field]:
    """The figures of a row, from left to right."""
    return [field for field in fields if field.is_figure]


def labels_of(fields: list[Field]) -> list[Field]:
    """What of a row is no figure, from left to right."""
    return [field for field in fields if not field.is_figure]

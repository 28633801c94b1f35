"""Labels printed over several lines, where each line has become a cell of its own.

A column of labels is narrow, and the longest label has thirty-seven signs: programs
break it anywhere, and print its figures behind its last line, below it, or in its
middle. The words of the forms tell what belongs together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, takewhile
from operator import attrgetter

from archive.catalogue import APPLICANTS, FORMS, KINDS, OUTCOMES, Label
from archive.report.document import Cell
from archive.report.tables.labels import bare
from archive.report.tables.lines.line import Line

_MOST_PIECES = 20
"""Over so many lines a label is broken at most: two signs in each."""
# How labels that the form numbers begin; a break never stands within the number.
# e.g. "一、本年新收", "（一）予以公开", "1.属于国家秘密"
# not "予以公开", "2023年"
_NUMBERED = re.compile(r"[一二三四]、|[（(][一二三四五六七][)）]|[1-8][.．、](?!\d)")


def _row_labels() -> Iterator[Label]:
    """The rows of tables 2 and 3, in both forms."""
    for form in FORMS.values():
        yield from form.requests
        for block in form.disclosures:
            yield from block.rows


def _headings() -> Iterator[Label]:
    """What stands above the columns of all tables."""
    yield from (*APPLICANTS, *KINDS, *OUTCOMES)
    for form in FORMS.values():
        for block in form.disclosures:
            yield from block.columns


_ROWS = frozenset(bare(text) for label in _row_labels() for text in label.printed)
_HEADINGS = frozenset(bare(text) for label in _headings() for text in label.printed)
_LONGEST = max(map(len, _ROWS | _HEADINGS))


def named_rows(found: Iterable[Line]) -> int:
    """How many lines with values have a row label of the forms to the letter."""
    return sum(
        bool(line.trimmed and line.words) and bare(line.words[-1].text) in _ROWS
        for line in found
    )


def label_pieces(words: Sequence[Cell], behind: Sequence[Cell]) -> tuple[int, int]:
    """How many of the last words before figures, and of the first behind, are a label.

    The longest of the form's row labels that they make together counts. Where they make
    none, a label begins where the form's numbering does: no other row has that number
    in front. The last words alone, (1, 0), where nothing speaks for more.
    """
    best = (1, 0)
    longest = 0
    for before in range(1, min(len(words), _MOST_PIECES) + 1):
        first = _glued(words[-before:])
        if len(first) > _LONGEST * 2:
            break
        for after, length in _completed(first, behind):
            if length > longest:
                best, longest = (before, after), length
        if _NUMBERED.match(words[-before].text):
            break
    if longest:
        return best
    return (_numbered_pieces(words), 0)


def _completed(first: str, behind: Sequence[Cell]) -> Iterator[tuple[int, int]]:
    """With how many words more a text is a row label, and how many signs that has."""
    more = takewhile(_goes_on, map(attrgetter("text"), behind[:_MOST_PIECES]))
    texts = accumulate(more, initial=first)
    for after, text in enumerate(texts):
        if bare(text) in _ROWS:
            yield after, len(text)


def _goes_on(text: str) -> bool:
    """Whether a text may be the rest of a label: it has no number of its own."""
    return _NUMBERED.match(text) is None


def _numbered_pieces(words: Sequence[Cell]) -> int:
    """How many of the last words stand behind the last number, with its own; else 1."""
    for before in range(1, min(len(words), _MOST_PIECES) + 1):
        if _NUMBERED.match(words[-before].text):
            return before
    return 1


def whole_words(cells: Sequence[Cell]) -> list[Cell]:
    """Cells without figures, those put together that make a heading of the forms."""
    whole: list[Cell] = []
    at = 0
    while at < len(cells):
        count = _heading_pieces(cells[at : at + _MOST_PIECES])
        whole.append(glued_cell(cells[at : at + count]))
        at += count
    return whole


def _heading_pieces(cells: Sequence[Cell]) -> int:
    """How many of the first cells make the longest heading; 1 where none do."""
    count = 1
    text = ""
    for number, cell in enumerate(cells, 1):
        text += cell.text
        if len(text) > _LONGEST * 2:
            break
        if bare(text) in _HEADINGS:
            count = number
    return count


def glued_cell(pieces: Sequence[Cell]) -> Cell:
    """The pieces of a label as one cell, in the place of the first."""
    if len(pieces) == 1:
        return pieces[0]
    return Cell(_glued(pieces), pieces[0].at)


def _glued(pieces: Sequence[Cell]) -> str:
    texts = map(attrgetter("text"), pieces)
    return "".join(texts)

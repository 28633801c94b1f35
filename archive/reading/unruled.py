"""PDF files whose tables have no rules: text in content order, cut into cells at the
words of the forms.

Programs write a cell's text in one go, so that in content order a row's whole label
stands before its figures. Prose keeps the paragraphs that the page's geometry gave;
between the headings of the second and the fifth section the content order decides.
"""

from __future__ import annotations

import re
from dataclasses import replace

from archive.catalogue import APPLICANTS, FORMS, KINDS, OUTCOMES, Label
from archive.report import Block, Cell, Paragraph, Place, Table

Lines = list[tuple[str, int]]
"""Printed lines with their pages."""

_TABLES_BEGIN = re.compile(r"二、\D{0,12}主动公开政府信息\D{0,6}")
_TABLES_END = re.compile(r"五、\D{0,20}问题\D{0,12}")
_HEADING = re.compile(r"[二三四五]、.{0,40}情况")
FIGURE = re.compile(r"[+-]?\d[\d,，.．]*(?:万?元|件|条)?|[-—–－/／]+|无")
_GLUED = re.compile(r"(.*[^\d\s.,，．])(\d[\d,.]*(?:\s+\d[\d,.]*){5,})")
_SENTENCE = re.compile(r"[，。；！？]")
_LONGEST_CELL_LINE = 24


def _row_labels() -> list[Label]:
    labels = [label for form in FORMS.values() for label in form.requests]
    return labels + [
        row
        for form in FORMS.values()
        for block in form.disclosures
        for row in block.rows
    ]


_ROWS = {
    text for label in _row_labels() for text in (*label.printed, label.parent) if text
}
_HEADS = (
    {text for label in (*APPLICANTS, *OUTCOMES, *KINDS) for text in (*label.printed, label.parent) if text}
    | {block.heading for form in FORMS.values() for block in form.disclosures}
    | {text for form in FORMS.values() for block in form.disclosures for head in block.columns for text in head.printed}
    | {"信息内容", "申请人情况"}
)  # fmt: skip
_WIDTHS = str.maketrans('()．“”"＂', "（）.〃〃〃〃")
_WORDS = {text.translate(_WIDTHS): text in _ROWS for text in _ROWS | _HEADS}
_ANY_WORD = re.compile(
    "|".join(re.escape(text) for text in sorted(_WORDS, key=len, reverse=True))
)


def unruled(prose: list[Block], lines: Lines) -> list[Block]:
    """The blocks of a document: its prose, and the tables found in its lines."""
    start = _index(
        [block.text for block in prose if not isinstance(block, Table)], _TABLES_BEGIN
    )
    end = _index(
        [block.text for block in prose if not isinstance(block, Table)], _TABLES_END
    )
    first, last = (
        _index([text for text, _ in lines], _TABLES_BEGIN),
        _index([text for text, _ in lines], _TABLES_END),
    )
    if (
        start is None
        or end is None
        or first is None
        or last is None
        or not (start < end and first < last)
    ):
        return prose
    reader = _Rows()
    for text, page in lines[first + 1 : last]:
        reader.line(text, page)
    reader.end_rows()
    return numbered([*prose[: start + 1], *reader.blocks, *prose[end:]])


def _index(texts: list[str], pattern: re.Pattern[str]) -> int | None:
    return next(
        (
            index
            for index, text in enumerate(texts)
            if pattern.fullmatch("".join(text.split()))
        ),
        None,
    )


def numbered(blocks: list[Block]) -> list[Block]:
    """The blocks with their final numbers in every place."""
    numbered: list[Block] = []
    for number, block in enumerate(blocks, 1):
        at = replace(block.at, block=number)
        if isinstance(block, Table):
            cells = tuple(
                replace(cell, at=replace(cell.at, block=number)) for cell in block.cells
            )
            numbered.append(replace(block, cells=cells, at=at))
        else:
            numbered.append(replace(block, at=at))
    return numbered


class _Rows:
    """Collects lines until figures complete a row."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.waiting: Lines = []
        self.rows: list[tuple[list[str], int]] = []

    def line(self, text: str, page: int) -> None:
        glued = _GLUED.fullmatch(text) if len(text) < 200 else None
        words = f"{glued[1]} {glued[2]}".split() if glued else text.split()
        count = 0
        while count < len(words) and FIGURE.fullmatch(words[-1 - count]):
            count += 1
        label, figures = (
            "".join(words[: len(words) - count]),
            words[len(words) - count :],
        )
        if _HEADING.fullmatch("".join(words)):
            self.end_rows()
            self.blocks.append(Paragraph(text, Place(1, page=page)))
        elif (
            figures and len(label) <= _LONGEST_CELL_LINE and not _SENTENCE.search(label)
        ):
            self.row(label, figures, page)
        elif len(text) > _LONGEST_CELL_LINE and not _ANY_WORD.search(
            text.translate(_WIDTHS)
        ):
            self.end_rows()
            self.blocks.append(Paragraph(text, Place(1, page=page)))
        else:
            self.waiting.append(("".join(words), page))

    def row(self, label: str, figures: list[str], page: int) -> None:
        """A row is complete: what stands before its label are headings of columns, or
        the end of the last label.
        """
        cells = _cut("".join(text for text, _ in self.waiting) + label)
        if not cells and self.rows:  # each figure on a line of its own
            self.rows[-1][0].extend(figures)
            return
        if cells and self.rows and self._completes(cells[0]):
            before, where = self.rows[-1]
            index = max(
                i for i, text in enumerate(before) if not FIGURE.fullmatch(text)
            )
            before[index] += cells.pop(0)
            self.rows[-1] = (before, where)
        begin = next(
            (index for index, text in enumerate(cells) if is_row_label(text)),
            len(cells),
        )
        if begin:
            self.rows.append(
                (cells[:begin], self.waiting[0][1] if self.waiting else page)
            )
        self.rows.append((cells[begin:] + figures, page))
        self.waiting = []

    def _completes(self, text: str) -> bool:
        labels = [cell for cell in self.rows[-1][0] if not FIGURE.fullmatch(cell)]
        return bool(labels) and (labels[-1] + text).translate(_WIDTHS) in _WORDS

    def end_rows(self) -> None:
        if self.waiting:
            self.rows.append(
                (_cut("".join(text for text, _ in self.waiting)), self.waiting[0][1])
            )
            self.waiting = []
        if self.rows and any(
            FIGURE.fullmatch(text) for texts, _ in self.rows for text in texts
        ):
            cells = tuple(
                Cell(text, Place(1, row, column, page=page))
                for row, (texts, page) in enumerate(self.rows, 1)
                for column, text in enumerate(texts, 1)
            )
            self.blocks.append(
                Table(cells, Place(1, page=self.rows[0][1]), aligned=False)
            )
        else:
            self.blocks += [
                Paragraph("".join(texts), Place(1, page=page))
                for texts, page in self.rows
            ]
        self.rows = []


def _cut(text: str) -> list[str]:
    """A run of label texts, cut before and after every word of the forms."""
    level = text.translate(_WIDTHS)
    cells, end = [], 0
    for found in _ANY_WORD.finditer(level):
        cells += [text[end : found.start()], text[found.start() : found.end()]]
        end = found.end()
    return [cell for cell in (*cells, text[end:]) if cell]


def is_row_label(text: str) -> bool:
    """Whether a text is printed in front of a row of one of the forms."""
    return (
        _WORDS.get(text.translate(_WIDTHS), False)
        or re.match(r"\d\.|（[一二三四五六七]）", text) is not None
    )

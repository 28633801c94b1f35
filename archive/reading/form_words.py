"""The words that the forms print in their tables, and what a figure looks like.

Where a file has lost the rules of its tables, these words tell where a cell ends: the
labels of the official forms (国办公开办函〔2019〕60号 and 国办公开办函〔2021〕30号) are
the same in every report, letter for letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from archive.catalogue import APPLICANTS, FORMS, KINDS, OUTCOMES, Label

# e.g. "12", "1,204", "3.5万元", "+2", "-", "/", "无"
FIGURE = re.compile(r"[+-]?\d[\d,，.．]*(?:万?元|件|条)?|[-—–－/／]+|无")
# e.g. "1.属于国家秘密", "（一）予以公开"
# not "一、本年新收"
_ENUMERATED = re.compile(r"^(?:\d\.|（[一二三四五六七]）)")

# Word, WPS and what copies from them write brackets, the dot behind a number and
# quotation marks (三安全一稳定 stands in them) full or half as wide, as they like.
_WIDTHS = str.maketrans('()．“”"＂', "（）.〃〃〃〃")


def _printed(labels: Iterable[Label]) -> Iterator[str]:
    """All texts of labels: their own wordings, and the label that they stand under."""
    for label in labels:
        yield from label.printed
        if label.parent:
            yield label.parent


def _row_texts() -> Iterator[str]:
    """What is printed before the rows of tables 2 and 3, in both forms."""
    for form in FORMS.values():
        yield from _printed(form.requests)
        for block in form.disclosures:
            yield from _printed(block.rows)


def _heading_texts() -> Iterator[str]:
    """What is printed above the columns, and beside table 4."""
    yield from _printed((*APPLICANTS, *OUTCOMES, *KINDS))
    yield from ("信息内容", "申请人情况")
    for form in FORMS.values():
        for block in form.disclosures:
            yield block.heading
            for column in block.columns:
                yield from column.printed


def _level(text: str) -> str:
    """The text with signs of one width, sign for sign."""
    return text.translate(_WIDTHS)


_ROWS = frozenset(map(_level, _row_texts()))
_WORDS = _ROWS | frozenset(map(_level, _heading_texts()))
_LONGEST_FIRST = sorted(_WORDS, key=len, reverse=True)
# e.g. "规章", "行政许可", "结果维持"
# not "年度报告"
_ANY_WORD = re.compile("|".join(map(re.escape, _LONGEST_FIRST)))


def is_word(text: str) -> bool:
    """Whether a text is, as a whole, a label or a heading of one of the forms."""
    return _level(text) in _WORDS


def holds_word(text: str) -> bool:
    """Whether a label or a heading of one of the forms stands somewhere in a text."""
    return _ANY_WORD.search(_level(text)) is not None


def is_row_label(text: str) -> bool:
    """Whether a text is printed in front of a row of one of the forms.

    Also what only begins as such labels do: 1., （一）.
    """
    if _level(text) in _ROWS:
        return True
    return _ENUMERATED.match(text) is not None


def cut_at_words(text: str) -> list[str]:
    """A run of labels, cut before and after every word of the forms.

    What stands between two words is a piece of its own: a label that a report words in
    another way, or one that is broken.
    """
    pieces: list[str] = []
    end = 0
    for found in _ANY_WORD.finditer(_level(text)):
        pieces.append(text[end : found.start()])
        pieces.append(text[found.start() : found.end()])
        end = found.end()
    pieces.append(text[end:])
    return list(filter(None, pieces))

"""Printed lines → paragraphs: a page knows where a line stands, not where a text ends.

A line begins a paragraph when it is indented, as official papers are set (two signs),
or when the line before it ended before the right margin.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from archive.report import Block, Paragraph, Place
from archive.webpage import printed

Line = dict[str, Any]
"""A line as pdfplumber has it: `text`, and its edges `x0`, `x1`, `top`, `bottom` in
points from the page's upper left corner.
"""

_ENDS = "。！？；：”）"
_SENTENCE_ENDS = "。！？；"
# A heading of the form begins a paragraph, however the line before it ended.
# e.g. "二、主动公开政府信息情况", "六、其他需要报告的事项"
# not "三是加强情况通报"
_NUMBERED = re.compile(r"[一二三四五六七八九十]{1,2}、\S{2,30}(?:情况|事项|概述)")
# Points that a sign is taken to be wide at least.
_LEAST_SIZE = 6.0
# Signs; shorter lines say little about the margins.
_LEAST_FOR_MARGINS = 10


class Paragraphs:
    """Puts lines together and adds each paragraph, once it has ended, to `blocks`."""

    def __init__(self, blocks: list[Block]) -> None:
        self._blocks = blocks
        self._text = ""
        self._page = 1
        self._ended_early = False
        self._is_long = False
        self._left, self._right, self._width = 0.0, 0.0, 0.0

    def measure(self, lines: Sequence[Line], width: float) -> None:
        """Widens the margins known so far by those of a page that is `width` wide.

        A page with a few short lines says nothing about them. Pages of another width
        (those that lie across) have margins of their own.
        """
        measured = [
            line for line in lines if len(line["text"].strip()) > _LEAST_FOR_MARGINS
        ]
        if not measured:
            measured = list(lines)
        if not measured:
            return
        left = min(line["x0"] for line in measured)
        right = max(line["x1"] for line in measured)
        is_as_wide = abs(width - self._width) < 1
        if self._right and is_as_wide:
            left = min(left, self._left)
            right = max(right, self._right)
        self._left = left
        self._right = right
        self._width = width

    def add(self, line: Line, page: int) -> None:
        """Adds a line of a page to the paragraph, or begins a new one with it."""
        text = printed(line["text"]).strip()
        if not text:
            return
        size = max(line["bottom"] - line["top"], _LEAST_SIZE)
        if self._text and self._begins(text, line["x0"], size):
            self.end()
        if not self._text:
            self._page = page
        if _are_words(self._text[-1:], text[0]):
            self._text += " "
        self._text += text
        # 。 can't begin a line, so that a line may be short by two or three signs
        # without ending the paragraph
        short = 0.8 if text[-1] in _ENDS else 2.8
        middle = (self._left + self._right) / 2
        self._ended_early = line["x1"] < self._right - size * short
        self._is_long = line["x1"] > middle

    def end(self) -> None:
        """Ends the paragraph, if there is one."""
        if self._text:
            at = Place(len(self._blocks) + 1, page=self._page)
            self._blocks.append(Paragraph(self._text, at))
        self._text = ""
        self._ended_early = False

    def _begins(self, text: str, left: float, size: float) -> bool:
        """Whether a line with that left edge begins a paragraph."""
        is_indented = left > self._left + size * 0.8
        if is_indented:
            return True
        if _NUMBERED.fullmatch(text):
            return True
        if not self._ended_early:
            return False
        # a long line may end early because what follows did not fit
        return not (self._is_long and self._goes_on_with(text))

    def _goes_on_with(self, text: str) -> bool:
        """Whether a line begins with a number or an address that did not fit above.

        Such runs of Latin letters and digits are not broken at the end of a line.
        """
        is_latin = text[0].isascii() and text[0].isalnum()
        if not is_latin:
            return False
        return self._text[-1] not in _SENTENCE_ENDS


def _are_words(before: str, after: str) -> bool:
    """Whether a blank stands between two signs: Latin words have one, Chinese none.

    A number and a word are two as well (2023 PDF); two numbers are one that was broken.
    """
    ends_latin = before.isascii() and before.isalnum()
    begins_latin = after.isascii() and after.isalpha()
    return ends_latin and begins_latin

"""A page of an OFD file → signs and ruling lines where they are printed.

Lengths in the file are millimetres; here they are points from the page's upper left
corner. A sign's glyph number (CGTransform) is not needed: TextCode says which sign it
is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

from lxml import etree

from archive.reading.printed.content_order import lines_of
from archive.reading.printed.drawn_page import DrawnPage, box, sign_in
from archive.reading.printed.ofd_values import (
    UNMOVED,
    Matrix,
    Point,
    moved,
    number,
    placed,
    steps,
    strokes,
)
from archive.reading.unreadable import Unreadable

POINTS = 72 / 25.4
"""Points of a millimetre."""
_MAX_DEPTH = 40
# Objects, signs and lines of one page; a full page of a table has some thousands.
_MAX_DRAWN = 40_000
# Points; a box that is not wider or not higher is a line that was filled.
_STRAIGHT = 0.6
# Millimetres; the size of signs of which the file does not tell it.
_SIZE = 3.0
_ABOVE_BASE, _BELOW_BASE = 0.88, 0.12
"""Parts of a sign's size above and below its base line."""
# What producers put into TextCode when they know a glyph's number only: the sign of
# what can't be decoded, the sign for any currency, the private area of Unicode.
# e.g. "\ufffd", "\u00a4", "\ue012"
_NOT_A_SIGN = re.compile("[\ufffd\u00a4\ue000-\uf8ff]")


class Canvas:
    """Takes the objects of a page in the order in which they are drawn.

    `area` is the page: left, top, width, height in millimetres. `unit` gives the
    content of a composite by its number.
    """

    def __init__(
        self,
        page: int,
        area: tuple[float, float, float, float],
        unit: Callable[[str], etree._Element | None],
    ) -> None:
        self.signs: list[dict[str, Any]] = []
        self.rules: list[dict[str, Any]] = []
        self.pictures = 0
        self.unknown = 0
        """So many signs are told by the number of their glyph only."""
        self._page = page
        self._area = area
        self._unit = unit
        self._objects = 0

    @property
    def lines(self) -> list[str]:
        """The page's text as lines, as they were written into the file."""
        return lines_of(self.signs)

    def page(self) -> DrawnPage:
        """What has been drawn so far."""
        _, _, width, height = self._area
        drawn = {"char": self.signs, "line": self.rules}
        return DrawnPage(self._page, width * POINTS, height * POINTS, drawn)

    def draw(
        self, element: etree._Element, matrix: Matrix = UNMOVED, depth: int = 0
    ) -> None:
        """Draws layers, blocks and objects.

        Raises Unreadable when they are nested or many without end.
        """
        if depth > _MAX_DEPTH:
            raise Unreadable("OFD 文件嵌套过深，读取已停止；请核对文件是否正常。")
        for child in element:
            if not _is_shown(child):
                continue
            self._draw_one(child, matrix, depth)
            self._objects += 1
            if len(self.signs) + len(self.rules) + self._objects > _MAX_DRAWN:
                raise Unreadable(
                    f"OFD 第 {self._page} 页的文字或线条过多，不像一份年报；"
                    "请核对文件。"
                )

    def _draw_one(self, element: etree._Element, matrix: Matrix, depth: int) -> None:
        """Draws an object by its sort; seals and annotations are of other sorts."""
        match etree.QName(element).localname:
            case "Layer" | "PageBlock" | "Content":
                self.draw(element, matrix, depth + 1)
            case "TextObject":
                self._draw_text(element, placed(element, matrix))
            case "PathObject":
                self._draw_path(element, placed(element, matrix))
            case "CompositeObject":
                content = self._unit(element.get("ResourceID", ""))
                if content is not None:
                    self.draw(content, placed(element, matrix), depth + 1)
            case "ImageObject":
                self.pictures += 1

    def _draw_text(self, element: etree._Element, matrix: Matrix) -> None:
        """Draws the signs of a text object, each by its place on the base line."""
        size = number(element.get("Size"), _SIZE)
        em = size * number(element.get("HScale"), 1.0)
        font = str(element.get("Font", ""))
        level = abs(matrix[0]) >= abs(matrix[1])
        x = y = 0.0
        for code in element.iterfind("{*}TextCode"):
            # where a piece of text tells no place it begins where the one before began
            x = number(code.get("X"), x)
            y = number(code.get("Y"), y)
            for sign, at, wide in _set_out(code, (x, y), em):
                drawn = self._sign_box(at, wide, size, matrix)
                self.signs.append(
                    sign_in(drawn, sign, self._page, font=font, level=level)
                )
                self.unknown += _NOT_A_SIGN.match(sign) is not None

    def _sign_box(
        self, at: Point, wide: float, size: float, matrix: Matrix
    ) -> dict[str, Any]:
        """A sign's box: from the base line up by its size, less what hangs below."""
        corners = [
            moved(matrix, at[0] + right, at[1] - up)
            for right in (0.0, wide)
            for up in (_ABOVE_BASE * size, -_BELOW_BASE * size)
        ]
        across = [x - self._area[0] for x, _ in corners]
        down = [y - self._area[1] for _, y in corners]
        return box(
            "char",
            min(across) * POINTS,
            min(down) * POINTS,
            max(across) * POINTS,
            max(down) * POINTS,
        )

    def _draw_path(self, element: etree._Element, matrix: Matrix) -> None:
        """Adds the strokes of a path that are level or upright; others rule nothing."""
        if element.get("Stroke") == "false" and element.get("Fill") != "true":
            return
        for start, end in strokes(element.findtext("{*}AbbreviatedData") or ""):
            (x0, y0), (x1, y1) = moved(matrix, *start), moved(matrix, *end)
            left, right = ((x - self._area[0]) * POINTS for x in sorted((x0, x1)))
            top, bottom = ((y - self._area[1]) * POINTS for y in sorted((y0, y1)))
            if right - left < _STRAIGHT:
                left = right = (left + right) / 2
            elif bottom - top < _STRAIGHT:
                top = bottom = (top + bottom) / 2
            else:
                continue
            rule = box("line", left, top, right, bottom)
            self.rules.append({**rule, "page_number": self._page})
            if len(self.rules) > _MAX_DRAWN:
                return


def _is_shown(element: etree._Element) -> bool:
    """Whether an object is drawn, and not switched off or wholly transparent."""
    if not isinstance(element.tag, str):  # a comment
        return False
    if element.get("Visible") == "false":
        return False
    return element.get("Alpha") != "0"


def _set_out(
    code: etree._Element, at: Point, em: float
) -> Iterator[tuple[str, Point, float]]:
    """The signs of a TextCode, where each begins on its base line, and its width.

    DeltaX and DeltaY tell the way from sign to sign. Without them signs follow each
    other; with DeltaY only they stand one below the other.
    """
    text = code.text or ""
    across = steps(code.get("DeltaX"), len(text))
    down = steps(code.get("DeltaY"), len(text))
    x, y = at
    for index, sign in enumerate(text):
        is_full_width = unicodedata.east_asian_width(sign) in "WFA"
        wide = em * (1.0 if is_full_width else 0.5)
        step = wide
        if index < len(across):
            step = across[index]
        elif index < len(down):
            step = 0.0
        yield sign, (x, y), min(wide, step) if step > wide / 4 else wide
        x += step
        if index < len(down):
            y += down[index]

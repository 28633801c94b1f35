"""A page of an OFD file (GB/T 33190-2016) → signs and ruling lines where they are
printed.

Lengths in the file are millimetres; here they are points from the page's upper left
corner, so that the reader of PDF pages can go on with them. A sign's glyph number
(CGTransform) is not needed: TextCode says which sign it is.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from lxml import etree
from pdfplumber.page import Page

from archive.reading.unreadable import Unreadable
from archive.webpage import printed

POINTS = 72 / 25.4
_MAX_DEPTH = 40
_MAX_DRAWN = 40_000
"""Objects, signs and lines of one page; a full page of a table has some thousands."""
_STRAIGHT = 0.6
_TOKEN = re.compile(r"[A-Za-z]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_OPERANDS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
_NOT_A_SIGN = re.compile("[\ufffd\u00a4\ue000-\uf8ff]")
"""What producers put into TextCode when they know a glyph's number only."""

Matrix = tuple[float, float, float, float, float, float]
_SAME: Matrix = (1, 0, 0, 1, 0, 0)


def numbers(text: str | None) -> list[float]:
    """Numbers with spaces between; what is none is left out."""
    found = []
    for word in (text or "").split():
        try:
            value = float(word)
        except ValueError:
            continue
        found.append(value if math.isfinite(value) and abs(value) < 1e6 else 0.0)
    return found


class DrawnPage(Page):
    """Signs and lines in the dress of a page of pdfplumber."""

    def __init__(
        self,
        number: int,
        width: float,
        height: float,
        drawn: dict[str, list[dict[str, Any]]],
    ) -> None:
        nothing: Any = None
        self.pdf = self.page_obj = nothing
        self.root_page = self
        self.page_number = number
        self.initial_doctop = self.rotation = 0
        self.bbox = self.mediabox = self.cropbox = (0.0, 0.0, width, height)
        self.get_textmap = lru_cache()(self._get_textmap)
        self._drawn = drawn

    @property
    def objects(self) -> dict[str, list[dict[str, Any]]]:
        return self._drawn


@dataclass
class Canvas:
    """Takes the objects of a page in the order of drawing. `unit` gives the content of
    a composite by its number.
    """

    number: int
    box: tuple[float, float, float, float]
    unit: Callable[[str], etree._Element | None]
    signs: list[dict[str, Any]] = field(default_factory=list)
    rules: list[dict[str, Any]] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    pictures: int = 0
    unknown: int = 0
    _objects: int = 0
    _baseline: tuple[float, float] = (-1.0, -1.0)

    def page(self) -> DrawnPage:
        width, height = self.box[2] * POINTS, self.box[3] * POINTS
        return DrawnPage(
            self.number, width, height, {"char": self.signs, "line": self.rules}
        )

    def draw(
        self, element: etree._Element, matrix: Matrix = _SAME, depth: int = 0
    ) -> None:
        """Draws layers, blocks and objects. Raises Unreadable when they are nested or
        many without end.
        """
        if depth > _MAX_DEPTH:
            raise Unreadable("OFD 文件嵌套过深，读取已停止；请核对文件是否正常。")
        for child in element:
            if (
                not isinstance(child.tag, str)
                or child.get("Visible") == "false"
                or child.get("Alpha") == "0"
            ):
                continue
            kind = etree.QName(child).localname
            if kind in {"Layer", "PageBlock", "Content"}:
                self.draw(child, matrix, depth + 1)
            elif kind == "TextObject":
                self._text(child, _placed(child, matrix))
            elif kind == "PathObject":
                self._path(child, _placed(child, matrix))
            elif kind == "CompositeObject":
                content = self.unit(child.get("ResourceID", ""))
                if content is not None:
                    self.draw(content, _placed(child, matrix), depth + 1)
            elif kind == "ImageObject":
                self.pictures += 1
            self._objects += 1
            if len(self.signs) + len(self.rules) + self._objects > _MAX_DRAWN:
                raise Unreadable(
                    f"OFD 第 {self.number} 页的文字或线条过多，不像一份年报；"
                    "请核对文件。"
                )

    def _text(self, element: etree._Element, matrix: Matrix) -> None:
        size = (numbers(element.get("Size")) or [3.0])[0]
        stretch = (numbers(element.get("HScale")) or [1.0])[0]
        x = y = 0.0
        for code in element.iterfind("{*}TextCode"):
            x, y = (
                (numbers(code.get("X")) or [x])[0],
                (numbers(code.get("Y")) or [y])[0],
            )
            text = code.text or ""
            across = list(_steps(code.get("DeltaX"), len(text)))
            down = list(_steps(code.get("DeltaY"), len(text)))
            at_x, at_y = x, y
            for index, sign in enumerate(text):
                wide = (
                    size
                    * stretch
                    * (1.0 if unicodedata.east_asian_width(sign) in "WFA" else 0.5)
                )
                step = (
                    across[index]
                    if index < len(across)
                    else 0.0
                    if index < len(down)
                    else wide
                )
                self._sign(
                    sign,
                    (at_x, at_y),
                    min(wide, step) if step > wide / 4 else wide,
                    size,
                    matrix,
                    element,
                )
                at_x += step
                at_y += down[index] if index < len(down) else 0.0

    def _sign(
        self,
        sign: str,
        at: tuple[float, float],
        wide: float,
        size: float,
        matrix: Matrix,
        element: etree._Element,
    ) -> None:
        """A sign by its box: from the base line up by its size, less what hangs below."""
        corners = [
            _moved(matrix, at[0] + right, at[1] - up)
            for right in (0.0, wide)
            for up in (0.88 * size, -0.12 * size)
        ]
        left, right = (
            edge([x for x, _ in corners]) - self.box[0] for edge in (min, max)
        )
        top, bottom = (
            edge([y for _, y in corners]) - self.box[1] for edge in (min, max)
        )
        if _NOT_A_SIGN.match(sign):
            self.unknown += 1
        drawn = box(
            "char", left * POINTS, top * POINTS, right * POINTS, bottom * POINTS
        )
        level = abs(matrix[0]) >= abs(matrix[1])
        font = str(element.get("Font", ""))
        self.signs.append(
            {
                **drawn,
                "text": sign,
                "fontname": font,
                "size": drawn["height"],
                "upright": level,
                "page_number": self.number,
            }
        )
        self._content_order(sign, drawn)

    def _content_order(self, sign: str, box: dict[str, Any]) -> None:
        """The page's text as lines, as they were written into the file."""
        end, base = self._baseline
        size = box["height"]
        if (
            abs(box["bottom"] - base) > size * 0.4
            or box["x0"] < end - size
            or not self.lines
        ):
            self.lines.append("")
        elif box["x0"] > end + size * 0.4:
            self.lines[-1] += " "
        self.lines[-1] += printed(sign)
        self._baseline = box["x1"], box["bottom"]

    def _path(self, element: etree._Element, matrix: Matrix) -> None:
        if element.get("Stroke") == "false" and element.get("Fill") != "true":
            return
        for start, end in _strokes(element.findtext("{*}AbbreviatedData") or ""):
            (x0, y0), (x1, y1) = _moved(matrix, *start), _moved(matrix, *end)
            left, right = ((value - self.box[0]) * POINTS for value in sorted((x0, x1)))
            top, bottom = ((value - self.box[1]) * POINTS for value in sorted((y0, y1)))
            if right - left < _STRAIGHT:
                left = right = (left + right) / 2
            elif bottom - top < _STRAIGHT:
                top = bottom = (top + bottom) / 2
            else:
                continue
            self.rules.append(
                {**box("line", left, top, right, bottom), "page_number": self.number}
            )
            if len(self.rules) > _MAX_DRAWN:
                return


def box(
    kind: str, left: float, top: float, right: float, bottom: float
) -> dict[str, Any]:
    """A sign or a line as pdfplumber has it; lengths in points from the upper left
    corner.
    """
    return {
        "object_type": kind, "x0": left, "x1": right, "top": top, "bottom": bottom, "doctop": top,
        "y0": -bottom, "y1": -top, "width": right - left, "height": bottom - top,
    }  # fmt: skip


def _placed(element: etree._Element, outer: Matrix) -> Matrix:
    """The way from an object's own coordinates to the page: its CTM, then its Boundary,
    then what it stands in.
    """
    inner = numbers(element.get("CTM"))
    a, b, c, d, e, f = inner if len(inner) == 6 else _SAME
    left, top = [*numbers(element.get("Boundary")), 0.0, 0.0][:2]
    e, f = e + left, f + top
    o = outer
    return (
        a * o[0] + b * o[2], a * o[1] + b * o[3], c * o[0] + d * o[2], c * o[1] + d * o[3],
        e * o[0] + f * o[2] + o[4], e * o[1] + f * o[3] + o[5],
    )  # fmt: skip


def _moved(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _steps(text: str | None, most: int) -> Iterator[float]:
    """`3.5 g 2 4 3` → 3.5, 4, 4, 3; not more than there are signs."""
    words = (text or "").split()
    given = index = 0
    while index < len(words) and given < most:
        times = 1
        if words[index] in {"g", "G"}:
            count = numbers(" ".join(words[index + 1 : index + 2]))
            times = int(count[0]) if count else 0
            index += 2
        value = (numbers(words[index]) if index < len(words) else []) or [0.0]
        index += 1
        for _ in range(max(0, min(times, most - given))):
            given += 1
            yield value[0]


def _strokes(data: str) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """The straight strokes of a path; curves only move the pen."""
    tokens = _TOKEN.findall(data)
    pen = first = (0.0, 0.0)
    index = 0
    while index < len(tokens):
        operator = tokens[index].upper()
        count = _OPERANDS.get(operator)
        if count is None:
            index += 1
            continue
        operands = numbers(" ".join(tokens[index + 1 : index + 1 + count]))
        index += 1 + count
        if len(operands) < count:
            return
        target = (operands[-2], operands[-1]) if count else first
        if operator in {"S", "M"}:
            first = target
        elif operator in {"L", "C"}:
            yield pen, target
        pen = target

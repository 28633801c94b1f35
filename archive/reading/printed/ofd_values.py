"""What stands in the attributes of an OFD page: numbers, places, steps, paths.

GB/T 33190-2016 writes lists of numbers with blanks between; lengths are millimetres.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from lxml import etree

Matrix = tuple[float, float, float, float, float, float]
"""a b c d e f: x' = ax + cy + e, y' = bx + dy + f."""
UNMOVED: Matrix = (1, 0, 0, 1, 0, 0)
Point = tuple[float, float]

_LARGEST = 1e6
_EXPONENT = r"(?:[eE][-+]?\d+)?"
# An operator or an operand of a path.
# e.g. "M", "-12.5", ".3", "1e-2"
_TOKEN = re.compile(rf"[A-Za-z]|[-+]?(?:\d+\.?\d*|\.\d+){_EXPONENT}")
# Operators of a path: start, move, line, two curves, arc, close; so many operands.
_OPERANDS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}


def numbers(text: str | None) -> list[float]:
    """Numbers with blanks between; what is none is left out, what is too large is 0."""
    found = []
    for word in (text or "").split():
        try:
            value = float(word)
        except ValueError:
            continue
        is_length = math.isfinite(value) and abs(value) < _LARGEST
        found.append(value if is_length else 0.0)
    return found


def number(text: str | None, default: float) -> float:
    """The first number of a text, or the default when it has none."""
    found = numbers(text)
    if found:
        return found[0]
    return default


def placed(element: etree._Element, outer: Matrix) -> Matrix:
    """The way from an object's own coordinates to those of the page.

    First its CTM, then its Boundary, then the matrix of what it stands in.
    """
    inner = numbers(element.get("CTM"))
    a, b, c, d, e, f = inner if len(inner) == 6 else UNMOVED
    left, top = [*numbers(element.get("Boundary")), 0.0, 0.0][:2]
    e, f = e + left, f + top
    oa, ob, oc, od, oe, of = outer
    return (
        a * oa + b * oc,
        a * ob + b * od,
        c * oa + d * oc,
        c * ob + d * od,
        e * oa + f * oc + oe,
        e * ob + f * od + of,
    )


def moved(matrix: Matrix, x: float, y: float) -> Point:
    """Where a point of an object lies on the page."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def steps(text: str | None, most: int) -> list[float]:
    """The way from each sign to the next, not more than `most`: `3.5 g 2 4 3` gives
    3.5, 4, 4, 3.
    """
    words = (text or "").split()
    found: list[float] = []
    index = 0
    while index < len(words) and len(found) < most:
        times = 1
        if words[index] in {"g", "G"}:  # a group: so many times the same step
            times = int(number(" ".join(words[index + 1 : index + 2]), 0))
            index += 2
        value = number(words[index] if index < len(words) else None, 0.0)
        index += 1
        found += [value] * max(0, min(times, most - len(found)))
    return found


def strokes(data: str) -> Iterator[tuple[Point, Point]]:
    """The straight strokes of a path; curves only move the pen."""
    tokens = _TOKEN.findall(data)
    pen = first = (0.0, 0.0)
    index = 0
    while index < len(tokens):
        operator = tokens[index].upper()
        index += 1
        count = _OPERANDS.get(operator)
        if count is None:
            continue
        operands = numbers(" ".join(tokens[index : index + count]))
        index += count
        if len(operands) < count:
            return
        target = (operands[-2], operands[-1]) if count else first
        if operator in {"S", "M"}:
            first = target
        elif operator in {"L", "C"}:
            yield pen, target
        pen = target

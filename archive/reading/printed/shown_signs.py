"""What nobody reads on a drawn page: struck-out signs, signs that can't be seen.

A pen or a program strikes a figure out by a line through it and prints the right one
beside; templates keep digits in white. Rules and underlines stand above and below signs
and strike nothing.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import islice
from operator import itemgetter
from typing import Any

Drawn = dict[str, Any]
"""A sign, a line or a box as pdfplumber has it."""

_THIN = 2.0
"""Points: what is higher is a box and no stroke."""
_SHORTEST = 2.0
_LOW, _HIGH = 0.12, 0.6
"""Of a sign's size above its base line: a stroke there goes through it."""
_BELOW_BASE = 0.12
"""Of its height, of a sign that does not tell where its base line is."""
_COVERED = 0.6
"""So much of a stroke lies on signs, or it is a rule that meets some by chance."""
_LEAST_SIZE = 1.5
_WHITE = 0.98
_MOST_STROKES = 3_000
_MOST_PAIRS = 2_000_000


def unshown(page: Any) -> tuple[set[int], bool]:
    """What is to be left out of a page, by identity; whether some of it is struck out.

    Strokes go with the signs that they strike: they rule no table.
    """
    gone = {id(sign) for sign in page.chars if _is_unseen(sign)}
    gone.update(map(id, _white(page)))
    struck: set[int] = set()
    lines = _Lines(page.chars)
    for stroke in islice(_strokes(page), _MOST_STROKES):
        below = _struck_by(stroke, lines)
        if below:
            struck.update(map(id, below))
            gone.add(id(stroke))
    return gone | struck, bool(struck)


def _is_unseen(sign: Drawn) -> bool:
    """Whether a sign is a dot, if anything."""
    return 0 < float(sign["size"]) < _LEAST_SIZE


def _white(page: Any) -> Iterator[Drawn]:
    """The signs in white with nothing behind them.

    A page without any other signs is printed so on a ground that is not known.
    """
    white = [sign for sign in page.chars if _is_white(sign.get("non_stroking_color"))]
    if not white or len(white) == len(page.chars):
        return
    drawn = (*page.rects, *page.curves, *page.images)
    grounds = [one for one in drawn if _is_a_ground(one)]
    if len(white) * len(grounds) > _MOST_PAIRS:
        return
    for sign in white:
        if not any(_is_on(sign, ground) for ground in grounds):
            yield sign


def _is_a_ground(drawn: Drawn) -> bool:
    """Whether white signs show on it: a picture, or a filled shape."""
    if drawn["object_type"] == "image":
        return True
    if not drawn.get("fill"):
        return False
    return not _is_white(drawn.get("non_stroking_color"))


def _is_white(colour: Any) -> bool:
    """Whether a colour is white: of one part, of red, green, blue, or of four inks."""
    if colour is None or colour == ():
        return False
    parts = colour if isinstance(colour, tuple | list) else (colour,)
    if not all(isinstance(part, int | float) for part in parts):
        return False
    if len(parts) == 4:
        return bool(max(parts) <= 1 - _WHITE)
    if len(parts) not in {1, 3}:
        return False
    return bool(min(parts) >= _WHITE)


def _is_on(sign: Drawn, ground: Drawn) -> bool:
    """Whether a sign's middle lies on a ground."""
    across = (sign["x0"] + sign["x1"]) / 2
    down = (sign["top"] + sign["bottom"]) / 2
    is_across = bool(ground["x0"] <= across <= ground["x1"])
    if not is_across:
        return False
    return bool(ground["top"] <= down <= ground["bottom"])


def _strokes(page: Any) -> Iterator[Drawn]:
    """The level lines of a page, also those that are thin boxes."""
    for one in (*page.lines, *page.rects, *page.curves):
        is_thin = one["bottom"] - one["top"] <= _THIN
        if is_thin and one["x1"] - one["x0"] >= _SHORTEST:
            yield one


class _Lines:
    """The signs of a page by how far down their base line is."""

    def __init__(self, signs: Sequence[Drawn]) -> None:
        placed = [(_base(sign), sign) for sign in signs if sign["text"].strip()]
        placed.sort(key=itemgetter(0))
        self._bases = [base for base, _ in placed]
        self._signs = [sign for _, sign in placed]
        self._largest = max((float(sign["size"]) for sign in signs), default=0.0)

    def through(self, height: float) -> Iterator[Drawn]:
        """The signs that a level stroke goes through, if it is long enough."""
        first = bisect_left(self._bases, height)
        last = bisect_left(self._bases, height + self._largest)
        bases = self._bases[first:last]
        signs = self._signs[first:last]
        for base, sign in zip(bases, signs, strict=True):
            size = max(sign["size"], 1.0)
            raised = (base - height) / size
            if _LOW <= raised <= _HIGH:
                yield sign


def _struck_by(stroke: Drawn, lines: _Lines) -> list[Drawn]:
    """The signs that a stroke goes through; none where it is longer than they are."""
    height = (stroke["top"] + stroke["bottom"]) / 2
    found: list[Drawn] = []
    covered = 0.0
    for sign in lines.through(height):
        common = min(stroke["x1"], sign["x1"]) - max(stroke["x0"], sign["x0"])
        if common >= 0.5 * (sign["x1"] - sign["x0"]):
            found.append(sign)
            covered += common
    is_stroke = covered >= _COVERED * (stroke["x1"] - stroke["x0"])
    if is_stroke:
        return found
    return []


def _base(sign: Drawn) -> float:
    """How far down a page a sign's base line is."""
    matrix = sign.get("matrix")
    if matrix is None or not sign["upright"]:
        return float(sign["bottom"] - _BELOW_BASE * sign["height"])
    page_height = sign["top"] + sign["y1"]
    return float(page_height - matrix[5])

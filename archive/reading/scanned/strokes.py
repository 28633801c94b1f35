"""Pages as dots → straight pages, their ruling lines and where their ink is.

Lengths are dots, 200 to the inch.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]
"""Rows of grey values; 255 is paper."""
Ink = NDArray[np.uint8]
"""Rows of 1 where something is printed, and of 0."""

# Degrees by which a page may lie askew in the scanner.
_MOST_TURN = 5.0
_LEAST_TURN = 0.03
# Dots; large enough to see how a page lies.
_SHRUNK = 700
# Dots by which a worn line may be broken.
_GAP = 25
# A ruling line is at least that long; strokes of signs are shorter.
_LINE = 38
_THICK = 14
# Dots; smaller spots are dust.
_SPECK = 10
_LEAST_GAP = 3
# Dots; a lower row of ink is the rest of a rule.
_LEAST_HEIGHT = 6


@dataclass(frozen=True, slots=True)
class Rule:
    """A ruling line, level or upright."""

    left: float
    top: float
    right: float
    bottom: float


def grey(picture: NDArray[np.uint8]) -> Grey:
    """The brightest colour of each dot: a red seal vanishes, black print stays.

    Reports are sealed over the signature; in plain grey the ring of the seal would be
    taken for ruling lines.
    """
    if picture.ndim == 2:
        return picture
    return np.ascontiguousarray(picture[..., :3].max(axis=2))


def straightened(page: Grey) -> Grey:
    """The page turned so that its lines lie level."""
    angle = _askew(page)
    if abs(angle) < _LEAST_TURN:
        return page
    turned = _turned(page, angle, flags=cv2.INTER_CUBIC, borderValue=255)
    return np.asarray(turned, np.uint8)


def _turned(page: Grey, angle: float, **options: Any) -> Any:
    """The page turned about its middle by so many degrees."""
    height, width = page.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    return cv2.warpAffine(page, matrix, (width, height), **options)


def _askew(page: Grey) -> float:
    """Degrees to turn by: those at which rows of ink and rows of paper differ most.

    Sought in three rounds, each finer than the one before.
    """
    shrink = 1 / max(max(page.shape) / _SHRUNK, 1.0)
    shrunk = cv2.resize(page, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
    dark = 255 - np.asarray(shrunk, np.uint8)
    best = 0.0
    for span, step in ((_MOST_TURN, 0.5), (0.5, 0.1), (0.1, 0.02)):
        angles = np.arange(best - span, best + span + step / 2, step).tolist()
        best = max(angles, key=lambda angle: _contrast(dark, angle))
    return best


def _contrast(dark: NDArray[np.uint8], angle: float) -> float:
    """How much rows of dots differ from their neighbours when the page is turned."""
    rows = np.asarray(_turned(dark, angle)).sum(axis=1, dtype=np.float64)
    return float((np.diff(rows) ** 2).sum())


def ink(page: Grey) -> Ink:
    """Where something is printed, also on paper that is darker at one side."""
    blurred = cv2.GaussianBlur(page, (3, 3), 0)
    dark = cv2.adaptiveThreshold(
        blurred, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 41, 18
    )
    count, labels, stats = _spots(dark)
    if count <= 1:  # the paper alone
        return np.zeros_like(page)
    is_print = stats[:, cv2.CC_STAT_AREA] >= _SPECK
    is_print[0] = False
    return np.asarray(is_print[labels], np.uint8)


def _spots(mask: Any) -> tuple[int, Any, Any]:
    """Connected dots: how many spots, which spot each dot belongs to, their sizes.

    The first spot is what is left: the paper.
    """
    count, labels, stats, _ = cv2.connectedComponentsWithStats(
        np.asarray(mask, np.uint8), connectivity=8
    )
    return count, labels, stats


def rules(page_ink: Ink) -> list[Rule]:
    """The ruling lines of a straight page: the level ones, then the upright ones."""
    level = [
        Rule(x, y + height / 2, x + width, y + height / 2)
        for x, y, width, height in _long_spots(page_ink, (1, _LINE), (3, _GAP))
        if height <= _THICK and width >= _LINE
    ]
    upright = [
        Rule(x + width / 2, y, x + width / 2, y + height)
        for x, y, width, height in _long_spots(page_ink, (_LINE, 1), (_GAP, 3))
        if width <= _THICK and height >= _LINE
    ]
    return level + upright


def _long_spots(
    page_ink: Ink, line: tuple[int, int], gap: tuple[int, int]
) -> Iterator[tuple[float, float, float, float]]:
    """The boxes (left, top, width, height) of ink that is as long as a `line`.

    `line` and `gap` are (height, width) in dots; lines that a gap breaks are one.
    """
    opened = cv2.morphologyEx(page_ink, cv2.MORPH_OPEN, np.ones(line, np.uint8))
    closed = cv2.morphologyEx(opened, cv2.MORPH_CLOSE, np.ones(gap, np.uint8))
    _, _, stats = _spots(closed)
    for x, y, width, height, _ in stats[1:]:
        yield x, y, width, height


def rows_of(cell_ink: Ink) -> list[tuple[int, int]]:
    """From where to where in a cell each line of print reaches, from the top."""
    filled = cell_ink.any(axis=1)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], filled.astype(np.int8), [0]])))
    found: list[tuple[int, int]] = []
    for top, bottom in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        # the two strokes of 二 are one line of print
        if found and top - found[-1][1] < _LEAST_GAP:
            found[-1] = (found[-1][0], bottom)
        else:
            found.append((top, bottom))
    return [(top, bottom) for top, bottom in found if bottom - top >= _LEAST_HEIGHT]

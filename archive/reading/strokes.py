"""Pictures of pages → straight pages, their ruling lines and where their ink is.
Lengths are pixels.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
"""Rows of grey values; 255 is paper."""

_MOST_TURN = 5.0
"""Degrees by which a page may lie askew in the scanner."""
_SHRUNK = 700
_GAP = 25
"""Dots by which a worn line may be broken."""
_LINE = 38
"""A ruling line is at least that long at the 200 dots an inch at which pages are read;
strokes of signs are shorter.
"""
_THICK = 14
_SPECK = 10


@dataclass(frozen=True, slots=True)
class Rule:
    """A ruling line, level or upright."""

    left: float
    top: float
    right: float
    bottom: float


def grey(picture: NDArray[np.uint8]) -> Picture:
    """The brightest colour of each dot: a red seal or stamp vanishes, black print
    stays.
    """
    return (
        picture
        if picture.ndim == 2
        else np.ascontiguousarray(picture[..., :3].max(axis=2))
    )


def straightened(page: Picture) -> Picture:
    """The page turned so that its lines lie level."""
    angle = _askew(page)
    if abs(angle) < 0.03:
        return page
    height, width = page.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    return np.asarray(
        cv2.warpAffine(
            page, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=255
        ),
        np.uint8,
    )


def _askew(page: Picture) -> float:
    """Degrees to turn by: those at which rows of ink and rows of paper differ most."""
    shrink = max(max(page.shape) / _SHRUNK, 1.0)
    shrunk = cv2.resize(
        page, None, fx=1 / shrink, fy=1 / shrink, interpolation=cv2.INTER_AREA
    )
    small = 255 - np.asarray(shrunk, np.uint8)
    best = 0.0
    for span, step in ((_MOST_TURN, 0.5), (0.5, 0.1), (0.1, 0.02)):
        angles = np.arange(best - span, best + span + step / 2, step)
        best = float(max(angles, key=lambda angle: _contrast(small, float(angle))))
    return best


def _contrast(ink: NDArray[np.uint8], angle: float) -> float:
    height, width = ink.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    rows = np.asarray(cv2.warpAffine(ink, matrix, (width, height))).sum(
        axis=1, dtype=np.float64
    )
    return float((np.diff(rows) ** 2).sum())


def ink(page: Picture) -> NDArray[np.uint8]:
    """1 where something is printed, also on paper that is darker at one side."""
    blurred = cv2.GaussianBlur(page, (3, 3), 0)
    dark = cv2.adaptiveThreshold(
        blurred, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 41, 18
    )
    count, labels, stats, _ = cv2.connectedComponentsWithStats(
        np.asarray(dark, np.uint8), connectivity=8
    )
    large = stats[:, cv2.CC_STAT_AREA] >= _SPECK
    large[0] = False
    return np.asarray(large[labels], np.uint8) if count > 1 else np.zeros_like(page)


def rules(page_ink: NDArray[np.uint8]) -> list[Rule]:
    """The ruling lines of a straight page."""
    found = []
    for level in (True, False):
        size = (_LINE, 1) if level else (1, _LINE)
        gap = (_GAP, 3) if level else (3, _GAP)
        mask = cv2.morphologyEx(page_ink, cv2.MORPH_OPEN, np.ones(size[::-1], np.uint8))
        mask = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones(gap[::-1], np.uint8))
        _, _, stats, _ = cv2.connectedComponentsWithStats(
            np.asarray(mask, np.uint8), connectivity=8
        )
        for x, y, width, height, _ in stats[1:]:
            thick, long = (height, width) if level else (width, height)
            if thick > _THICK or long < _LINE:
                continue
            middle = y + height / 2 if level else x + width / 2
            found.append(
                Rule(x, middle, x + width, middle)
                if level
                else Rule(middle, y, middle, y + height)
            )
    return found


def rows_of(cell_ink: NDArray[np.uint8]) -> list[tuple[int, int]]:
    """From where to where in a cell each line of print reaches, from the top."""
    filled = cell_ink.any(axis=1)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], filled.astype(np.int8), [0]])))
    found: list[tuple[int, int]] = []
    for top, bottom in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        if found and top - found[-1][1] < 3:
            found[-1] = (found[-1][0], bottom)
        else:
            found.append((top, bottom))
    return [(top, bottom) for top, bottom in found if bottom - top >= 6]

"""The models that recognise signs (PP-OCR by way of rapidocr), and what they are given.

They lie in rapidocr's package; nothing is fetched from anywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from rapidocr import RapidOCR
from rapidocr.ch_ppocr_rec.typings import TextRecInput

from archive.reading.scanned.strokes import Grey

Crop = tuple[int, int, int, int]
"""A box on a page: left, top, right and bottom in dots."""

# Lines of text are sought in a page shrunk to this many dots, and recognised on the
# page itself.
_SEEN = 1536
_BATCH = 32
# Colours, height and least width of a line as the model takes it. Cells are narrow: at
# the usual width most of what is computed would be paper.
_LINE_SHAPE = [3, 48, 96]
_SURE = 0.55


@dataclass(frozen=True, slots=True)
class Text:
    """A line of recognised text and its box in dots."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def is_in(self, cell: Sequence[float]) -> bool:
        """Whether its middle lies in a cell: left, top, right, bottom."""
        left, top, right, bottom = cell
        x = (self.left + self.right) / 2
        y = (self.top + self.bottom) / 2
        if not (left <= x <= right):
            return False
        return top <= y <= bottom


@cache
def _engine() -> Any:
    """The models, loaded once; one thread, since several processes may recognise."""
    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.max_side_len": 6000,
            "Det.limit_type": "max",
            "Det.limit_side_len": _SEEN,
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


def recognise(page: Grey) -> tuple[list[Text], float]:
    """Lines of text on a page with their boxes, and the mean certainty (0 to 1)."""
    found = _engine()(_in_colour(page), use_cls=False)
    if found.txts is None or found.boxes is None:
        return [], 0.0
    texts = [
        Text(text.strip(), *points.min(axis=0).tolist(), *points.max(axis=0).tolist())
        for text, points in zip(found.txts, np.asarray(found.boxes), strict=True)
    ]
    return texts, float(np.mean(found.scores))


def read_lines(pictures: Sequence[NDArray[np.uint8]]) -> list[str]:
    """One line of text a picture; empty where the model is not sure of anything."""
    if not pictures:
        return []
    reader = _engine().text_rec
    usual = reader.rec_image_shape, reader.rec_batch_num
    reader.rec_image_shape, reader.rec_batch_num = _LINE_SHAPE, _BATCH
    try:
        found = reader(TextRecInput(img=list(pictures)))
    finally:
        reader.rec_image_shape, reader.rec_batch_num = usual
    return [
        text.strip() if score >= _SURE else ""
        for text, score in zip(found.txts, found.scores, strict=True)
    ]


def prepared(page: Grey, crop: Crop, *, strong: bool) -> NDArray[np.uint8]:
    """A line of print on white; `strong` in black and white and twice as large."""
    left, top, right, bottom = crop
    line = page[max(top - 2, 0) : bottom + 2, max(left - 2, 0) : right + 2]
    margin = max(line.shape[0] // 4, 4)
    if strong:
        line = _black_and_white(line)
        margin = max(line.shape[0] // 3, 4)
    height, width = line.shape
    paper = np.full((height + 2 * margin, width + 4 * margin), 255, np.uint8)
    paper[margin:-margin, 2 * margin : -2 * margin] = line
    return _in_colour(paper)


def _black_and_white(line: Grey) -> Grey:
    large = cv2.resize(line, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)
    grey = np.asarray(large, np.uint8)
    _, clear = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    return np.asarray(clear, np.uint8)


def _in_colour(picture: Grey) -> NDArray[np.uint8]:
    return np.stack([picture] * 3, axis=-1)

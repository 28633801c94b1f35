"""Pictures and drawn PDF pages → pages as dots, all 200 to the inch.

Rows of red, green and blue from 0 to 255.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import numpy as np
import pypdfium2
from numpy.typing import NDArray
from PIL import Image, ImageSequence, UnidentifiedImageError

from archive.reading.unreadable import Unreadable

Dots = NDArray[np.uint8]

DOTS = 200
"""An inch: at this the models read best."""
LEAST_DOTS = 90
"""Below it digits run together, and arithmetic alone would have to say what they are.
"""
MAX_PAGES = 40
MAX_PIXELS = 60_000_000
"""Of a picture: A3 at 600 dots an inch."""
POINTS_AN_INCH = 72
# Inches; a picture that does not tell its size is taken to be a page of this width.
_A4_WIDTH = 8.27
_DAMAGED = "图片已损坏，无法打开，请重新下载。"


def pages_of_pdf(body: bytes) -> Iterator[Dots]:
    """The pages of a PDF whose pages are pictures, drawn one by one.

    Raises Unreadable for too many pages and for too coarse pictures.
    """
    file = pypdfium2.PdfDocument(body)
    try:
        if len(file) > MAX_PAGES:
            raise Unreadable(
                f"扫描件共 {len(file)} 页，超过上限 {MAX_PAGES} 页，不作文字识别。"
            )
        for page in file:
            yield _drawn(page)
            page.close()
    finally:
        file.close()


def _drawn(page: Any) -> Dots:
    """A page of a PDF. Raises Unreadable when the picture on it is too coarse."""
    width, height = page.get_size()
    dots = _dots_an_inch(page, width)
    if dots and dots < LEAST_DOTS:
        raise Unreadable(
            f"扫描件分辨率过低（每英寸约 {dots:.0f} 点，"
            f"至少需要 {LEAST_DOTS} 点），无法可靠识别；请人工核对原件。"
        )
    largest = (MAX_PIXELS / max(width * height, 1)) ** 0.5
    picture = page.render(scale=min(DOTS / POINTS_AN_INCH, largest)).to_numpy()
    blue_first = np.asarray(picture)
    return blue_first[..., ::-1]


def _dots_an_inch(page: Any, width: float) -> float:
    """How fine the finest picture is that is over half as wide as the page; or 0."""
    images = page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE], max_depth=3)
    finest = 0.0
    for image in images:
        left, _, right, _ = image.get_bounds()
        if right - left > width * 0.5:
            inches = (right - left) / POINTS_AN_INCH
            finest = max(finest, image.get_px_size()[0] / inches)
    return finest


def pages_of_picture(body: bytes) -> list[Dots]:
    """The pages of a picture: one, or all of a TIFF or GIF.

    Raises Unreadable for damaged, too large and too coarse pictures.
    """
    try:
        with Image.open(io.BytesIO(body)) as picture:
            return [
                _as_a_page(frame, number)
                for number, frame in enumerate(ImageSequence.Iterator(picture))
            ]
    except (
        UnidentifiedImageError,
        OSError,
        SyntaxError,
        ValueError,
        Image.DecompressionBombError,
    ):
        raise Unreadable(_DAMAGED) from None


def _as_a_page(frame: Any, number: int) -> Dots:
    """A picture as wide as an A4 page; `number` counts the pages before it."""
    if frame.width * frame.height > MAX_PIXELS or number >= MAX_PAGES:
        raise Unreadable(
            f"图片过大（{frame.width}×{frame.height}，第 {number + 1} 页），"
            "不作文字识别。"
        )
    short = min(frame.width, frame.height)
    if short < LEAST_DOTS * _A4_WIDTH:
        raise Unreadable(
            f"图片只有 {frame.width}×{frame.height} 点，无法可靠识别文字；"
            "请人工核对原件。"
        )
    scale = DOTS * _A4_WIDTH / short
    size = (round(frame.width * scale), round(frame.height * scale))
    return np.asarray(frame.convert("RGB").resize(size, Image.Resampling.LANCZOS))

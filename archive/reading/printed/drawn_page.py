"""Signs and lines that did not come from a PDF, as pdfplumber has those that did.

So the reader of PDF pages goes on with pages of OFD files and with recognised scans.
Lengths are points from the page's upper left corner.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from pdfplumber.page import Page


class DrawnPage(Page):
    """A page of pdfplumber's without a file behind it."""

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
        """Signs under `char`, ruling lines under `line`."""
        return self._drawn


def box(
    kind: str, left: float, top: float, right: float, bottom: float
) -> dict[str, Any]:
    """A sign (`char`) or a line (`line`) as pdfplumber has it."""
    return {
        "object_type": kind,
        "x0": left,
        "x1": right,
        "top": top,
        "bottom": bottom,
        "doctop": top,
        "y0": -bottom,
        "y1": -top,
        "width": right - left,
        "height": bottom - top,
    }


def sign_in(
    drawn: dict[str, Any], sign: str, page: int, *, font: str = "", level: bool = True
) -> dict[str, Any]:
    """A sign that fills a box; `level` is false for signs that stand on their side."""
    return {
        **drawn,
        "text": sign,
        "fontname": font,
        "size": drawn["height"],
        "upright": level,
        "page_number": page,
    }

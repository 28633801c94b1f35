"""Text as it is compared, never as it is shown: no blanks, one width, one kind of
bracket, simplified characters.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

import opencc

PAGE_NUMBER = re.compile(
    r"\s*(?:[-—–－―─]+\s*\d{1,4}\s*[-—–－―─]+|第\s*\d{1,4}\s*页(?:[\s,，/(（]*共\s*\d{1,4}\s*页[)）]?)?)\s*"
)
"""A line that is the number of a page for certain: — 3 —, 第 3 页共 9 页. A number
alone may be a figure.
"""
_SAME = dict(
    zip("()[]【】﹙﹚,;:!?．﹒○◯", "（）（）（）（），；：！？..〇〇", strict=True)
)
_KEEP = set("（），；：！？…")


class _Signs(dict[int, str]):
    """Every sign met so far → how it is compared; empty for blanks, control and
    zero-width signs.
    """

    def __missing__(self, code: int) -> str:
        self[code] = same = _compared(chr(code))
        return same


def _compared(sign: str) -> str:
    same = _SAME.get(sign) or (
        sign if sign in _KEEP or sign.isascii() else _ordinary(sign)
    )
    return "" if same.isspace() or unicodedata.category(same) in {"Cc", "Cf"} else same


def _ordinary(sign: str) -> str:
    if (
        unicodedata.category(sign) == "No"
    ):  # ¹ ①: behind a figure they would become its digits
        return sign
    normal = unicodedata.normalize("NFKC", sign)
    return _converter().convert(normal) if len(normal) == 1 else sign


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


_SIGNS = _Signs()


def plain(text: str) -> str:
    """The text to compare: blanks, control and zero-width signs fall away; full-width
    letters and digits, and the radicals that some PDF fonts print for characters,
    become the ordinary ones, traditional characters the simplified; brackets and commas
    full-width. Raised and circled digits stay.
    """
    return text.translate(_SIGNS)


def squeeze(text: str) -> tuple[str, list[int]]:
    """`plain`, and for each of its signs the position in `text` it stands for."""
    return plain(text), [place for place, sign in enumerate(text) if _SIGNS[ord(sign)]]

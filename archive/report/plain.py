"""Text as it is compared, never as it is shown.

No blanks, one width, one kind of bracket, simplified characters. Reports are typed in
full and half width as it comes, dumps put blanks between characters, and PDF fonts
print some characters as look-alikes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache

import opencc

_DASHES = "[-—–－―─]+"
_OF_SO_MANY = r"(?:[\s,，/(（]*共\s*\d{1,4}\s*页[)）]?)?"
# A line that is the number of a page for certain; a number alone may be a figure.
# e.g. "— 3 —", "第 3 页", "第3页，共 9 页", "第 3 页（共 9 页）"
# not "3", "3.5", "第三页"
PAGE_NUMBER = re.compile(
    rf"\s*(?:{_DASHES}\s*\d{{1,4}}\s*{_DASHES}|第\s*\d{{1,4}}\s*页{_OF_SO_MANY})\s*"
)
# Brackets and marks in the width of Chinese text, circles for zeros as 〇.
_SAME = dict(
    zip("()[]【】﹙﹚,;:!?．﹒○◯", "（）（）（）（），；：！？..〇〇", strict=True)
)
# The traditional edition of many portals (/gate/big5/) puts the words of Taiwan for
# ours: 政府資訊公開, 資訊內容. As long as what they stand for.
_OF_THE_GATE = (
    ("政府资讯", "政府信息"),
    ("资讯公开", "信息公开"),
    ("资讯内容", "信息内容"),
)
_KEEP = set("（），；：！？…")


class _Signs(dict[int, str]):
    """Every sign met so far → how it is compared.

    Empty for blanks, control and zero-width signs.
    """

    def __missing__(self, code: int) -> str:
        self[code] = same = _compared(chr(code))
        return same


def _compared(sign: str) -> str:
    """How a sign is compared, whatever text it stands in; may be empty."""
    same = _SAME.get(sign) or _of_one_width(sign)
    if same.isspace():
        return ""
    is_invisible = unicodedata.category(same) in {"Cc", "Cf"}
    return "" if is_invisible else same


def _of_one_width(sign: str) -> str:
    """A sign in the ordinary width, as a simplified character.

    ¹ and ① stay: behind a figure they would become its digits. So does what has no
    single sign for it (㎡, ½).
    """
    if sign in _KEEP or sign.isascii():
        return sign
    if unicodedata.category(sign) == "No":
        return sign
    normal = unicodedata.normalize("NFKC", sign)
    if len(normal) > 1:
        return sign
    simplified: str = _converter().convert(normal)
    return simplified


@cache
def _converter() -> opencc.OpenCC:
    """Traditional to simplified; slow to load, and most reports never need it."""
    return opencc.OpenCC("t2s")


_SIGNS = _Signs()


# Outline, claims and rules each ask for the same paragraphs.
@lru_cache(maxsize=1_024)
def plain(text: str) -> str:
    """The text to compare.

    Blanks, control and zero-width signs fall away; full-width letters and digits, and
    the radicals that some PDF fonts print for characters (⼈ for 人), become the
    ordinary ones, traditional characters the simplified; brackets and commas
    full-width. Raised and circled digits stay.
    """
    return _in_our_words(text.translate(_SIGNS))


def plain_joined(texts: Iterable[str]) -> str:
    """`plain` of what these texts say one behind the other; most were compared before,
    each alone.
    """
    return _in_our_words("".join(map(plain, texts)))


def _in_our_words(same: str) -> str:
    for theirs, ours in _OF_THE_GATE:
        same = same.replace(theirs, ours)
    return same


def squeeze(text: str) -> tuple[str, list[int]]:
    """`plain`, and for each of its signs the position in `text` it stands for.

    " 一、 概述" gives ("一、概述", [1, 2, 4, 5]).
    """
    same = plain(text)
    # A sign is compared as one sign or falls away.
    if len(same) == len(text):
        return same, list(range(len(text)))
    return same, [place for place, sign in enumerate(text) if _SIGNS[ord(sign)]]

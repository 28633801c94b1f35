"""The one place where text is made comparable: the same at index time and at question time.

`normal` maps each character by itself, whatever stands beside it, so a piece cut out of a text
has a normal form that is found in the normal form of the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from operator import add
from typing import Any

import numpy as np
import opencc
from numpy.typing import NDArray

RULES = 1
"""Raise when anything here changes what `normal` or `grams` returns: older indexes are then outdated."""

HAN = "\u2e80-\u2fdf\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_LETTER = rf"[^\W_{HAN}]"
_LOOSE_BLANKS = (re.compile(" +(?= )"), re.compile(rf" (?:(?!{_LETTER})|(?<!{_LETTER} ))"))
"""Taken out in this order: all but one of several, then those not between two letters."""
BORDER = "\ufdd0"
"""Between the pieces of a text that are looked at together: no character, so nobody asks for it."""
_CODE_POINTS = 0x110000
Codes = NDArray[Any]

# One reader types what another printed: zeros of years (二○二一), brackets of document numbers
# (〔2021〕 [2021] （2021）), quotation marks, dashes, middle dots.
_ALIKE = {
    **dict.fromkeys("○〇◯零", "零"),
    **dict.fromkeys("[〔［【〖", "("),
    **dict.fromkeys("]〕］】〗", ")"),
    **dict.fromkeys("“”„‟〝〞＂「」『』﹁﹂﹃﹄", '"'),
    **dict.fromkeys("‘’‚‛＇", "'"),
    **dict.fromkeys("‐‑‒–—―─－﹣−", "-"),
    **dict.fromkeys("•‧∙⋅・･", "·"),
}


class _Characters:
    """What each code point becomes, filled as characters are met. Arrays over all code points: a text is mapped
    in one step however long it is."""

    def __init__(self) -> None:
        self.sizes = np.full(_CODE_POINTS, -1, np.int8)
        """Length of the normal form; -1 where it is not known yet."""
        self.first = np.arange(_CODE_POINTS, dtype=np.uint32)
        """The normal form, or its first character."""
        self.rest: dict[int, list[int]] = {}
        """The other characters of longer normal forms."""

    def learn(self, codes: Iterable[int]) -> None:
        for code in codes:
            mapped, before = _normal_character(chr(code)), ""
            while mapped != before:  # until it does not change any more
                mapped, before = "".join(map(_normal_character, mapped)), mapped
            if mapped:
                self.first[code] = ord(mapped[0])
                self.rest[code] = [ord(char) for char in mapped[1:]]
            self.sizes[code] = len(mapped)


def _normal_character(char: str) -> str:
    if char.isspace():
        return " "
    category = unicodedata.category(char)
    if category in {"Cc", "Cf", "Cs"}:
        return ""
    plain = _ALIKE.get(char) or unicodedata.normalize("NFKC", char)
    simplified = "".join(_ALIKE.get(part) or _to_simplified(part) for part in plain.casefold())
    parts = unicodedata.normalize("NFKD", simplified)
    return "".join(" " if part.isspace() else part for part in parts if unicodedata.category(part) != "Mn")


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def _to_simplified(char: str) -> str:
    return char if ord(char) < 0x2E80 else str(_converter().convert(char))


_characters = _Characters()


def normal(text: str) -> str:
    """The form in which texts are compared.

    Compatibility forms and accents are taken off, traditional characters become simplified (each by
    itself), letters lower case. White space is kept only between two letters or digits, as one blank.
    Control characters and unpaired surrogates vanish.
    """
    mapped = _mapped(text)[0].tobytes().decode("utf-32-le")
    if " " in mapped:
        for blanks in _LOOSE_BLANKS:
            mapped = blanks.sub("", mapped)
    return mapped


def _mapped(text: str) -> tuple[Codes, Codes | None]:
    """Every character replaced by its normal form, and how long each of these is (None: all are one long)."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.dtype("<u4"))
    sizes = _characters.sizes[codes]
    if len(sizes) and sizes.min() < 0:
        _characters.learn(set(codes[sizes < 0].tolist()))
        sizes = _characters.sizes[codes]
    mapped = _characters.first[codes]
    if (sizes == 1).all():
        return mapped, None
    mapped = np.repeat(mapped, sizes)
    ends = np.cumsum(sizes, dtype=np.int64)
    for at in np.flatnonzero(sizes > 1):
        mapped[ends[at] - sizes[at] + 1 : ends[at]] = _characters.rest[int(codes[at])]
    return mapped, sizes


@dataclass(frozen=True, slots=True)
class Normal:
    """A text's normal form and, for each of its characters, the place in the original it came from."""

    original: str
    text: str
    places: NDArray[np.int64]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original's characters behind text[start:end] (not empty), combining marks included."""
        first, last = int(self.places[start]), int(self.places[end - 1]) + 1
        while last < len(self.original) and unicodedata.category(self.original[last]) == "Mn":
            last += 1
        return first, last


def normal_with_places(text: str) -> Normal:
    """As `normal`, keeping the way back to the original characters."""
    codes, sizes = _mapped(text)
    mapped = codes.tobytes().decode("utf-32-le")
    places = np.arange(len(text)) if sizes is None else np.repeat(np.arange(len(text)), sizes)
    for blanks in _LOOSE_BLANKS if " " in mapped else ():
        keep = np.ones(len(mapped), bool)
        for blank in blanks.finditer(mapped):
            keep[blank.start() : blank.end()] = False
        mapped, places = blanks.sub("", mapped), places[keep]
    return Normal(text, mapped, places)


def grams(normal_text: str) -> list[str]:
    """The characters of a question as the gram field holds them: pairs, or the only character."""
    if len(normal_text) == 1:
        return [normal_text]
    return list(dict.fromkeys(a + b for a, b in pairwise(normal_text)))


def all_grams(normal_pieces: Iterable[str]) -> set[str]:
    """Every character and every pair of neighbours; pairs never reach from one piece into the next."""
    found: set[str] = set()
    for piece in normal_pieces:
        found.update(piece)
        found.update(map(add, piece, piece[1:]))
    return found

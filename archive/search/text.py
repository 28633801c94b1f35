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

import numpy as np
import opencc
from numpy.typing import NDArray

RULES = 1
"""Raise when anything here changes what `normal` or `grams` returns: older indexes are then outdated."""

HAN = "\u2e80-\u2fdf\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_LETTER = rf"[^\W_{HAN}]"
_LOOSE_BLANKS = (re.compile(" +(?= )"), re.compile(rf" (?:(?!{_LETTER})|(?<!{_LETTER} ))"))
"""Taken out in this order: all but one of several, then those not between two letters."""
_MANY_KINDS = 100

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


class _Characters(dict[int, str]):
    """Code point → its normal form, filled as characters are met (at most one entry a code point)."""

    def __missing__(self, code: int) -> str:
        mapped, before = _normal_character(chr(code)), ""
        while mapped != before:  # until it does not change any more
            mapped, before = "".join(map(_normal_character, mapped)), mapped
        self[code] = mapped
        _sizes[code] = len(mapped)
        if mapped == chr(code):
            _unchanged.add(mapped)
        return mapped


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
_sizes = np.ones(0x110000, np.int8)
"""Code point → length of its normal form, for those in `_characters`."""
_unchanged: set[str] = set()


def normal(text: str) -> str:
    """The form in which texts are compared.

    Compatibility forms and accents are taken off, traditional characters become simplified (each by
    itself), letters lower case. White space is kept only between two letters or digits, as one blank.
    Control characters and unpaired surrogates vanish.
    """
    text = _mapped(text)
    for blanks in _LOOSE_BLANKS:
        text = blanks.sub("", text)
    return text


def _mapped(text: str) -> str:
    """Every character replaced by its normal form."""
    changed = [char for char in set(text) - _unchanged if _characters[ord(char)] != char]
    if len(changed) > _MANY_KINDS:
        return text.translate(_characters)
    for char in changed:  # what a character becomes does not change again, so their order is of no matter
        text = text.replace(char, _characters[ord(char)])
    return text


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
    mapped = _mapped(text)
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.dtype("<u4"))
    places = np.repeat(np.arange(len(codes)), _sizes[codes])
    for blanks in _LOOSE_BLANKS:
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

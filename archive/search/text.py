"""The one place where text is made comparable, alike in the index and in questions.

`normal` maps each character by itself, whatever stands beside it, so a piece cut out of
a text has a normal form that is found in the normal form of the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise, product
from typing import Any

import numpy as np
import opencc
from numpy.typing import NDArray

RULES = 1
"""Raise when anything here changes what `normal` or `grams` returns: older indexes are
then outdated.
"""

# Radicals, 々 and 〇, the two oldest blocks, compatibility forms, and the planes of
# rare characters, which stand in names of people and villages.
HAN = (
    "\u2e80-\u2fdf\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
"""Han characters, as the inside of a pattern's brackets."""
# e.g. "a", "é", "1"
# not "信", "，", "_"
_IS_LETTER = re.compile(rf"[^\W_{HAN}]")
_BLANK = ord(" ")
BORDER = "\ufdd0"
"""Between the pieces of a text that are looked at together: no character, so nobody
asks for it.
"""
_CODE_POINTS = 0x110000
_FIRST_HAN = 0x2E80
Codes = NDArray[Any]

# One reader types what another printed: zeros of years (二○二一), brackets of document
# numbers (〔2021〕 [2021] （2021）), quotation marks, dashes, middle dots.
_ALIKE = {
    **dict.fromkeys("○〇◯零", "零"),
    **dict.fromkeys("[〔［【〖", "("),
    **dict.fromkeys("]〕］】〗", ")"),
    **dict.fromkeys("“”„‟〝〞＂「」『』﹁﹂﹃﹄", '"'),
    **dict.fromkeys("‘’‚‛＇", "'"),
    **dict.fromkeys("‐‑‒–—―─－﹣−", "-"),
    **dict.fromkeys("•‧∙⋅・･", "·"),
}


def _normal_character(char: str) -> str:
    """A character's normal form after one pass: none, one or several characters."""
    if char.isspace():
        return " "
    category = unicodedata.category(char)
    if category in {"Cc", "Cf", "Cs"}:
        return ""
    plain = _ALIKE.get(char) or unicodedata.normalize("NFKC", char)
    simplified = "".join(map(_simplified, plain.casefold()))
    # Accents come off: é is e with a mark once it is decomposed.
    parts = unicodedata.normalize("NFKD", simplified)
    unmarked = [part for part in parts if unicodedata.category(part) != "Mn"]
    return "".join(" " if part.isspace() else part for part in unmarked)


def _simplified(char: str) -> str:
    if char in _ALIKE:
        return _ALIKE[char]
    if ord(char) < _FIRST_HAN:
        return char
    return str(_converter().convert(char))


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


_SEVERAL, _UNKNOWN = 0xFFFFFFFE, 0xFFFFFFFF
_forms = np.full(_CODE_POINTS, _UNKNOWN, np.uint32)
"""Code point → code point of its normal form.

_SEVERAL: not a single character; _UNKNOWN: not met before.
"""
_letters = np.zeros(_CODE_POINTS, bool)
"""Whether a character of a normal form is a letter or digit other than Han."""
_several: dict[int, Codes] = {}
"""Code point → its normal form of several characters, or of none, where `_forms` says
so.
"""


def _learn(code: int) -> None:
    """Enter a character's normal form into the tables.

    `_forms` is written last, since other threads go by that.
    """
    before = chr(code)
    mapped = _normal_character(before)
    # The parts of a decomposed character can have normal forms of their own.
    while mapped != before:
        mapped, before = "".join(map(_normal_character, mapped)), mapped
    form = code_points(mapped)
    for part in mapped:
        _letters[ord(part)] = _IS_LETTER.match(part) is not None
    _several[code] = form
    _forms[code] = form[0] if len(form) == 1 else _SEVERAL


def learn_common() -> None:
    """Learn the characters of GB 2312, nearly all that reports print.

    Else each is learned when it is met first, and a process is slow to answer its first
    questions.
    """
    # A row and a cell, each a byte; some cells are empty.
    places = product(range(0xA1, 0xF8), range(0xA1, 0xFF))
    normal("".join(bytes(place).decode("gb2312", "ignore") for place in places))


def code_points(text: str) -> Codes:
    """The numbers of a text's characters."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.dtype("<u4"))


def normal(text: str) -> str:
    """The form in which texts are compared.

    Compatibility forms and accents are taken off, traditional characters become
    simplified (each by itself), letters lower case. White space is kept only between
    two letters or digits, as one blank: web pages and PDFs have it anywhere between
    Chinese characters. Control characters and unpaired surrogates vanish.
    """
    return _text(_mapped(code_points(text))[0])


def _text(codes: Codes) -> str:
    return codes.astype("<u4", copy=False).tobytes().decode("utf-32-le")


Places = NDArray[np.int64]


def _mapped(codes: Codes) -> tuple[Codes, Places | None]:
    """The normal form, and for each of its characters the place it came from.

    None when each came from its own.
    """
    mapped = _forms.take(codes)
    if not len(mapped) or mapped.max() < _SEVERAL:
        return _without_loose_blanks(mapped, None)
    for code in set(codes[mapped == _UNKNOWN].tolist()):
        _learn(code)
    mapped = _forms.take(codes)
    odd = np.flatnonzero(mapped == _SEVERAL)
    if not len(odd):
        return _without_loose_blanks(mapped, None)
    return _without_loose_blanks(*_with_several(codes, mapped, odd))


def _with_several(
    codes: Codes, mapped: Codes, odd: NDArray[np.intp]
) -> tuple[Codes, Places]:
    """The normal form where the characters at the places `odd` have one of several
    characters, or of none.
    """
    odd_codes = codes[odd].tolist()
    sizes = np.ones(len(codes), np.int64)
    sizes[odd] = [len(_several[code]) for code in odd_codes]
    places = np.repeat(np.arange(len(codes)), sizes)
    spread = mapped[places]
    ends = np.cumsum(sizes)[odd].tolist()
    for end, code in zip(ends, odd_codes, strict=True):
        form = _several[code]
        spread[end - len(form) : end] = form
    return spread, places


def _without_loose_blanks(
    codes: Codes, places: Places | None
) -> tuple[Codes, Places | None]:
    """Keep a blank only between two letters; of several it is the last."""
    blanks = (codes == _BLANK).nonzero()[0]
    if not len(blanks):
        return codes, places
    # Beside a blank at either end stands the blank itself, which is no letter.
    before = codes.take(blanks - 1, mode="clip")
    after = codes.take(blanks + 1, mode="clip")
    numbers = np.arange(len(blanks))
    first = np.maximum.accumulate(np.where(before == _BLANK, 0, numbers))
    stays = _letters[before[first]] & _letters[after]
    if stays.all():
        return codes, places
    keep = np.ones(len(codes), bool)
    keep[blanks] = stays
    kept = keep.nonzero()[0]
    return codes.take(kept), kept if places is None else places.take(kept)


@dataclass(frozen=True, slots=True)
class Normal:
    """A text's normal form, and the way back from it."""

    original: str
    text: str
    """The normal form."""
    places: memoryview
    """For each of its characters the place in the original it came from: a view of
    numbers, which is read one by one twice as fast as an array.
    """

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original's characters behind text[start:end] (not empty), combining marks
        included: where they begin, and where they end.
        """
        first, last = self.places[start], self.places[end - 1] + 1
        original, size = self.original, len(self.original)
        while last < size and unicodedata.category(original[last]) == "Mn":
            last += 1
        return first, last


def normal_with_places(text: str) -> Normal:
    """As `normal`, keeping the way back to the original characters."""
    codes, places = _mapped(code_points(text))
    known = np.arange(len(codes)) if places is None else places
    kind = np.uint16 if len(text) < 1 << 16 else np.uint32
    return Normal(text, _text(codes), known.astype(kind).data)


def grams(normal_text: str) -> list[str]:
    """The characters of a question as the gram field holds them: pairs of neighbours,
    or the only character.
    """
    if len(normal_text) == 1:
        return [normal_text]
    return list(dict.fromkeys(a + b for a, b in pairwise(normal_text)))


_GRAM_BITS = np.uint64(21)
"""Enough for any code point."""


def gram_keys(normal_pieces: Iterable[str]) -> NDArray[np.uint64]:
    """Every character and every pair of neighbours once, as numbers in rising order.

    No pair reaches from one piece into the next.
    """
    codes = code_points(BORDER.join(normal_pieces)).astype(np.uint64)
    if not len(codes):
        return codes
    inside = codes != ord(BORDER)
    pairs = (codes[:-1] << _GRAM_BITS | codes[1:])[inside[:-1] & inside[1:]]
    # Not np.unique: that hashes, which takes ten times as long.
    keys = np.sort(np.concatenate([codes[inside], pairs]))
    different: NDArray[np.uint64] = keys[np.diff(keys, prepend=~keys[:1]) != 0]
    return different


def gram(key: int) -> str:
    """The characters behind a number from `gram_keys`.

    No normal form holds the character 0.
    """
    first, last = divmod(key, 1 << int(_GRAM_BITS))
    if first:
        return chr(first) + chr(last)
    return chr(last)


def gram_key(text: str) -> int:
    """The number of one or two characters."""
    if len(text) == 1:
        return ord(text)
    return ord(text[-1]) | ord(text[0]) << int(_GRAM_BITS)

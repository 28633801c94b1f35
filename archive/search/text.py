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
from typing import Any

import numpy as np
import opencc
from numpy.typing import NDArray

RULES = 1
"""Raise when anything here changes what `normal` or `grams` returns: older indexes are then outdated."""

HAN = "\u2e80-\u2fdf\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
UNSPACED = HAN + "\u0e00-\u0eff\u1000-\u11ff\u3040-\u30ff\uac00-\ud7af"
"""Han, and the other scripts without blanks between words: Thai, Lao, Burmese, Korean, Japanese."""
_IS_LETTER = re.compile(rf"[^\W_{HAN}]")
_BLANK = ord(" ")
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


def _normal_character(char: str) -> str:
    if char.isspace():
        return " "
    category = unicodedata.category(char)
    if category in {"Cc", "Cf", "Cs"}:
        return ""
    plain = _ALIKE.get(char) or unicodedata.normalize("NFKC", char)
    simplified = "".join(
        _ALIKE.get(part) or _to_simplified(part) for part in plain.casefold()
    )
    parts = unicodedata.normalize("NFKD", simplified)
    return "".join(
        " " if part.isspace() else part
        for part in parts
        if unicodedata.category(part) != "Mn"
    )


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def _to_simplified(char: str) -> str:
    return char if ord(char) < 0x2E80 else str(_converter().convert(char))


_SEVERAL, _UNKNOWN = 0xFFFFFFFE, 0xFFFFFFFF
_forms = np.full(_CODE_POINTS, _UNKNOWN, np.uint32)
"""Code point → code point of its normal form; _SEVERAL: not a single character; _UNKNOWN: not met before."""
_letters = np.zeros(_CODE_POINTS, bool)
"""Whether a character of a normal form is a letter or digit other than Han."""
_several: dict[int, Codes] = {}
"""Code point → its normal form of several characters, or of none; where `_forms` says so."""


def _learn(code: int) -> None:
    """Enter a character's normal form into the tables, `_forms` last: other threads go by that."""
    mapped, before = _normal_character(chr(code)), ""
    while mapped != before:  # until it does not change any more
        mapped, before = "".join(map(_normal_character, mapped)), mapped
    form = code_points(mapped)
    for part in mapped:
        _letters[ord(part)] = _IS_LETTER.match(part) is not None
    _several[code] = form
    _forms[code] = form[0] if len(form) == 1 else _SEVERAL


def code_points(text: str) -> Codes:
    """The numbers of a text's characters."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.dtype("<u4"))


def normal(text: str) -> str:
    """The form in which texts are compared.

    Compatibility forms and accents are taken off, traditional characters become simplified (each by
    itself), letters lower case. White space is kept only between two letters or digits, as one blank.
    Control characters and unpaired surrogates vanish.
    """
    return _text(_mapped(code_points(text))[0])


def _text(codes: Codes) -> str:
    return codes.astype("<u4", copy=False).tobytes().decode("utf-32-le")


def _mapped(codes: Codes) -> tuple[Codes, NDArray[np.int64] | None]:
    """The normal form, and for each of its characters the place it came from (None: each from its own)."""
    at = codes.astype(np.intp)
    mapped, places = _forms.take(at), None
    if len(mapped) and mapped.max() >= _SEVERAL:
        for code in set(codes[mapped == _UNKNOWN].tolist()):
            _learn(code)
        mapped = _forms.take(at)
        if len(odd := np.flatnonzero(mapped == _SEVERAL)):
            sizes = np.ones(len(codes), np.int64)
            sizes[odd] = [len(_several[code]) for code in codes[odd].tolist()]
            places = np.repeat(np.arange(len(codes)), sizes)
            mapped = mapped[places]
            for end, code in zip(
                np.cumsum(sizes)[odd].tolist(), codes[odd].tolist(), strict=True
            ):
                mapped[end - len(_several[code]) : end] = _several[code]
    return _without_loose_blanks(mapped, places)


def _without_loose_blanks(
    codes: Codes, places: NDArray[np.int64] | None
) -> tuple[Codes, NDArray[np.int64] | None]:
    """Take out all but the last of several blanks, then those not between two letters."""
    for loose in (_all_but_last, _not_between_letters):
        blanks = (codes == _BLANK).nonzero()[0]
        if len(blanks) and len(out := blanks[loose(codes, blanks)]):
            keep = np.ones(len(codes), bool)
            keep[out] = False
            places = np.flatnonzero(keep) if places is None else places[keep]
            codes = codes[keep]
    return codes, places


def _all_but_last(codes: Codes, blanks: NDArray[np.int64]) -> NDArray[np.bool_]:
    out: NDArray[np.bool_] = np.append(codes, 0)[blanks + 1] == _BLANK
    return out


def _not_between_letters(codes: Codes, blanks: NDArray[np.int64]) -> NDArray[np.bool_]:
    letters = _letters[np.append(codes, 0)]  # beyond either end stands no letter
    out: NDArray[np.bool_] = ~(letters[blanks - 1] & letters[blanks + 1])
    return out


@dataclass(frozen=True, slots=True)
class Normal:
    """A text's normal form and, for each of its characters, the place in the original it came from (numbers, in a view
    that is read one by one twice as fast as an array)."""

    original: str
    text: str
    places: memoryview

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original's characters behind text[start:end] (not empty), combining marks included."""
        first, last = self.places[start], self.places[end - 1] + 1
        while (
            last < len(self.original)
            and unicodedata.category(self.original[last]) == "Mn"
        ):
            last += 1
        return first, last


def normal_with_places(text: str) -> Normal:
    """As `normal`, keeping the way back to the original characters."""
    codes, places = _mapped(code_points(text))
    known = np.arange(len(codes)) if places is None else places
    return Normal(
        text,
        _text(codes),
        known.astype(np.uint16 if len(text) < 1 << 16 else np.uint32).data,
    )


def grams(normal_text: str) -> list[str]:
    """The characters of a question as the gram field holds them: pairs, or the only character."""
    if len(normal_text) == 1:
        return [normal_text]
    return list(dict.fromkeys(a + b for a, b in pairwise(normal_text)))


_GRAM_BITS = np.uint64(21)


def gram_keys(normal_pieces: Iterable[str]) -> NDArray[np.uint64]:
    """Every character and every pair of neighbours once, as numbers; no pair reaches from one piece into the next."""
    codes = code_points(BORDER.join(normal_pieces)).astype(np.uint64)
    if not len(codes):
        return codes
    inside = codes != ord(BORDER)
    pairs = (codes[:-1] << _GRAM_BITS | codes[1:])[inside[:-1] & inside[1:]]
    keys = np.sort(
        np.concatenate([codes[inside], pairs])
    )  # np.unique hashes, which takes ten times as long
    different: NDArray[np.uint64] = keys[np.diff(keys, prepend=~keys[:1]) != 0]
    return different


def gram(key: int) -> str:
    """The characters behind a number from `gram_keys`. No normal form holds the character 0."""
    first, last = divmod(key, 1 << int(_GRAM_BITS))
    return chr(first) + chr(last) if first else chr(last)


def gram_key(text: str) -> int:
    """The number of one or two characters."""
    return ord(text[-1]) | (ord(text[0]) << int(_GRAM_BITS) if len(text) == 2 else 0)

"""Characters → their normal forms, and texts → theirs.

`normal` maps each character by itself, whatever stands beside it, so a piece cut out of
a text has a normal form that is found in the normal form of the text.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import product
from typing import Any, NamedTuple

import numpy as np
import opencc
from numpy.typing import NDArray

# Radicals, 々 and 〇, the two oldest blocks, compatibility forms, and the planes of
# rare characters, which stand in names of people and villages.
HAN = (
    "\u2e80-\u2fdf\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
"""Han characters, as the inside of a pattern's brackets."""
_LETTER = rf"[^\W_{HAN}]"
# e.g. "a", "é", "1"
# not "信", "，", "_"
_IS_LETTER = re.compile(_LETTER)
# e.g. " ", "  "
# not "a"
_BLANKS = re.compile(rf"(?<={_LETTER})( ) *(?={_LETTER})| +")
"""The blank that stays, if one does, is a group."""
_BLANK = ord(" ")
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

_SEVERAL: not a single character, or a combining mark; _UNKNOWN: not met before.
"""
_letters = np.zeros(_CODE_POINTS, bool)
"""Whether a character of a normal form is a letter or digit other than Han."""


class _Forms(dict[int, str]):
    """Code point → its normal form; learned when it is asked for first."""

    def __missing__(self, code: int) -> str:
        _learn(code)
        return self[code]


_texts = _Forms()
_SHORT = 100
"""Characters up to which a text is mapped one by one: an array takes some microseconds,
however short it is.
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
    for part in mapped:
        _letters[ord(part)] = _IS_LETTER.match(part) is not None
    _texts[code] = mapped
    # A combining mark must be noticed even where it has a form, as U+0345 does.
    is_single = len(mapped) == 1 and unicodedata.category(chr(code)) != "Mn"
    _forms[code] = ord(mapped) if is_single else _SEVERAL


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
    if len(text) <= _SHORT:
        form = text.translate(_texts)
        return _BLANKS.sub(r"\1", form) if " " in form else form
    return text_of(mapped_forms(code_points(text)).codes)


def text_of(codes: Codes) -> str:
    return codes.astype("<u4", copy=False).tobytes().decode("utf-32-le")


Places = NDArray[np.intp]


class Mapped(NamedTuple):
    """The normal form of a text."""

    codes: Codes
    places: Places | None
    """For each of its characters the place it came from; None when each came from its
    own.
    """
    is_even: bool
    """Whether each stands for a single character, and no combining mark is there."""


def mapped_forms(codes: Codes) -> Mapped:
    """The normal form, and the way back from it."""
    mapped = _forms.take(codes)
    if not len(mapped) or mapped.max() < _SEVERAL:
        return Mapped(*_without_loose_blanks(mapped, None), is_even=True)
    unknown = np.flatnonzero(mapped == _UNKNOWN)
    for code in set(codes[unknown].tolist()):
        _learn(code)
    mapped[unknown] = _forms.take(codes[unknown])
    odd = np.flatnonzero(mapped == _SEVERAL)
    if not len(odd):
        return Mapped(*_without_loose_blanks(mapped, None), is_even=True)
    spread = _with_several(codes, mapped, odd)
    return Mapped(*_without_loose_blanks(*spread), is_even=False)


def _with_several(
    codes: Codes, mapped: Codes, odd: NDArray[np.intp]
) -> tuple[Codes, Places]:
    """The normal form where the characters at the places `odd` have one of several
    characters, or of none.
    """
    odd_codes = codes[odd].tolist()
    sizes = np.ones(len(codes), np.int64)
    sizes[odd] = [len(_texts[code]) for code in odd_codes]
    places = np.repeat(np.arange(len(codes)), sizes)
    spread = mapped[places]
    ends = np.cumsum(sizes)[odd].tolist()
    for end, code in zip(ends, odd_codes, strict=True):
        form = code_points(_texts[code])
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

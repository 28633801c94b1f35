"""Normal forms of whole texts, with the way back to the original characters."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from archive.search.text.characters import code_points, mapped_forms, text_of

BORDER = "\ufdd0"
"""Between the pieces of a text that are looked at together: no character, so nobody
asks for it.
"""


@dataclass(slots=True)  # not frozen: a page has sixty, and they are made twice as fast
class Normal:
    """A text's normal form, and the way back from it."""

    original: str
    text: str
    """The normal form."""
    borders: list[int]
    """Where in it each piece begins; the last is where the next one would."""
    places: memoryview
    """For each of its characters the place in the original it came from: a view of
    numbers, which is read one by one twice as fast as an array.
    """
    is_even: bool
    """Whether each stands for a single character, and no combining mark is in the
    original.
    """

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original's characters behind text[start:end] (not empty), combining marks
        included: where they begin, and where they end.
        """
        first, last = self.places[start], self.places[end - 1] + 1
        if not self.is_even:
            original, size = self.original, len(self.original)
            while last < size and unicodedata.category(original[last]) == "Mn":
                last += 1
        return first, last

    def at(self, place: int) -> int:
        """Where what the original has from a place on begins in the normal form."""
        return bisect_left(self.places, place)


def normal_with_places(text: str) -> Normal:
    """As `normal`, keeping the way back to the original characters."""
    (form,) = normal_forms([[text]])
    return form


def normal_forms(texts: Sequence[Sequence[str]]) -> list[Normal]:
    """As `normal_with_places`, of texts in pieces, which BORDER keeps apart.

    Of many at once it takes a third of the time.
    """
    originals = [BORDER.join(pieces) for pieces in texts]
    codes, places, is_even = mapped_forms(code_points(BORDER.join(originals)))
    whole = text_of(codes)
    sizes = [len(piece) + 1 for pieces in texts for piece in pieces or ("",)]
    begins = np.cumsum([0, *sizes])
    known = np.arange(len(codes)) if places is None else places
    borders = known.searchsorted(begins).tolist()
    borders[-1] = len(whole) + 1
    forms: list[Normal] = []
    at = 0
    for original, pieces in zip(originals, texts, strict=True):
        begin, first = begins[at], borders[at]
        ends = borders[at : at + (len(pieces) or 1) + 1]
        at += len(ends) - 1
        last = ends[-1] - 1
        kind = np.uint16 if len(original) < 1 << 16 else np.uint32
        own = np.subtract(known[first:last], begin, dtype=kind, casting="unsafe")
        inside = [border - first for border in ends]
        forms.append(Normal(original, whole[first:last], inside, own.data, is_even))
    return forms

"""Normal forms of whole texts, with the way back to the original characters."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

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
    places: Sequence[int]
    """For each of its characters the place in the original it came from: a range where
    each came from its own, else a view of numbers, which is read one by one twice as
    fast as an array.
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
    begins = [*accumulate(sizes, initial=0)]
    known = np.arange(len(codes)) if places is None else places
    borders = known.searchsorted(np.array(begins)).tolist()
    borders[-1] = len(whole) + 1
    forms: list[Normal] = []
    at = 0
    for original, pieces in zip(originals, texts, strict=True):
        begin, first = begins[at], borders[at]
        ends = borders[at : at + (len(pieces) or 1) + 1]
        at += len(ends) - 1
        last, size = ends[-1] - 1, len(original)
        own: Sequence[int] = range(size)
        if not is_even or last - first < size:
            kind = np.uint16 if size < 1 << 16 else np.uint32
            places = known[first:last]
            own = np.subtract(places, begin, dtype=kind, casting="unsafe").data
        inside = [border - first for border in ends]
        forms.append(Normal(original, whole[first:last], inside, own, is_even))
    return forms

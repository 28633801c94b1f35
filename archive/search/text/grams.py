"""Characters and pairs of neighbours, by which exact text is found."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from archive.search.text.characters import code_points
from archive.search.text.forms import BORDER


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

"""Documents of several segments as one list: as a bit each, or as their numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Bits = NDArray[np.uint8]
"""A bit for each document, the highest of the first byte for document 0."""


def packed(several: Sequence[tuple[int, Bits]], ids: NDArray[Any], size: int) -> Bits:
    """A bit for each of so many documents. Bits as they are kept are moved to their
    place as they are: to unpack them would take ten times as long.
    """
    mask = np.zeros(size, bool)
    mask[ids] = True
    packed = np.packbits(mask)
    for start, bits in several:
        at, shift = divmod(start, 8)
        packed[at : at + len(bits)] |= bits >> shift
        if shift:
            following = packed[at + 1 : at + 1 + len(bits)]
            following |= (bits << (8 - shift))[: len(following)]
    return packed


def how_many(bits: Bits) -> int:
    return int(np.bitwise_count(bits).sum())


def joined(ids: Sequence[NDArray[Any]]) -> NDArray[np.uint32]:
    """Documents of several segments; those of each rise, as the segments do."""
    if not ids:
        return np.zeros(0, np.uint32)
    return np.concatenate(ids).astype(np.uint32)

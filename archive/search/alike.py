"""Reports that are nearly the same text: a fingerprint of each, and the folding of a
result list by it.

The fingerprint is a simhash (Charikar 2002): texts that share most of their runs of
four characters differ in few of its 64 bits. Names and numbers, in which copies of a
template differ, are left out.
"""

from __future__ import annotations

import re
import sys

import numpy as np
from numpy.typing import NDArray

from archive.search.text import HAN

NEAR = 4
"""Bits in which near-identical reports may differ: two or three characters in a
hundred. Reports of different agencies, written apart, differ in more than ten.
"""
FOLDED = 300
"""Hits at the head of a result list that are folded (nearly equal ones shown as one);
what follows is listed report by report.
"""
SHORTEST = 100
"""Characters; shorter texts are not compared."""

_IS_HAN = np.zeros(sys.maxunicode + 1, bool)
for _first, _last in re.findall("(.)(?:-(.))?", HAN):
    _IS_HAN[ord(_first) : ord(_last or _first) + 1] = True
_FACTORS = np.array(
    [1, 0x100000001B3, 0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F], np.uint64
)
_LANES = np.uint64(0x0101010101010101)
"""The lowest bit of each byte."""
_A_BYTE_COUNTS = 255
Prints = NDArray[np.int64]


def fingerprint(normal_text: str, name: str) -> int:
    """64 bits, as a signed number, of a report's prose without numbers and its agency's
    name; 0 for too little text.
    """
    # Offices of one county fill in one template: what differs is whose report it is,
    # and how much of everything there was.
    text = normal_text.replace(name, "") if name else normal_text
    codes = np.frombuffer(text.encode("utf-32-le"), np.uint32)
    codes = codes[_IS_HAN[codes]].astype(np.uint64)
    if len(codes) < SHORTEST:
        return 0
    runs = len(codes) - len(_FACTORS) + 1
    hashed = np.zeros(runs, np.uint64)
    for at, factor in enumerate(_FACTORS):
        hashed += codes[at : at + runs] * factor
    # A multiplicative mix (as in splitmix64): every bit comes to depend on all others.
    hashed ^= hashed >> np.uint64(29)
    hashed *= np.uint64(0xBF58476D1CE4E5B9)
    hashed ^= hashed >> np.uint64(32)
    return int(np.packbits(_often(hashed) * 2 > runs).view(np.int64)[0])


def _often(hashed: NDArray[np.uint64]) -> NDArray[np.int64]:
    """How often each of the 64 bits is set, byte by byte, the highest bit first.

    Eight bits are counted at once, each in a byte of its own, of as many numbers as a
    byte can count. A product of matrices would start threads for so little.
    """
    starts = np.arange(0, len(hashed), _A_BYTE_COUNTS)
    counts = np.empty((8, 8), np.int64)
    for place in range(8):
        lanes = hashed >> np.uint64(7 - place) & _LANES
        sums = np.add.reduceat(lanes, starts).view(np.uint8).reshape(-1, 8)
        counts[:, place] = sums.sum(axis=0)
    return counts.ravel()


def fold(prints: Prints) -> list[list[int]]:
    """Positions of a ranked list, those alike together behind the best of them."""
    values = prints.view(np.uint64)
    near = np.bitwise_count(values[:, None] ^ values[None, :]) <= NEAR
    near &= (prints != 0)[:, None] & (prints != 0)
    # Each pair once, seen from the better one.
    near &= ~np.tri(len(prints), dtype=bool)
    groups = {place: [place] for place in range(len(prints))}
    better, worse = near.nonzero()
    for place, other in zip(better.tolist(), worse.tolist(), strict=True):
        # Neither may stand behind a better one already.
        if place in groups and other in groups:
            del groups[other]
            groups[place].append(other)
    return list(groups.values())

"""Stretches of text that many reports of a segment print alike.

Pairs of characters tell which reports may hold a quoted text. Of a statutory phrase
these are nearly all, and to look each up would take minutes. But such a phrase is
printed alike everywhere, so what stands around it is, too:

    text        全年主动公开政府信息 3 1 7 条，其中通过门户网站公开 4 8 条，…
    frequent    ├──────────────────┤       ├──────────────────────┤

A sequence of LENGTH characters is frequent where one in _ONE_IN reports has it. A
stretch is as many of them in a row as there are. Two things follow for a quoted text.
What holds a stretch that holds it, holds it. And once it stands in any stretch all its
sequences are frequent, so wherever else it is printed it lies in a stretch as well:
the reports with such stretches are all that hold it, if it is LENGTH long or longer.

Which sequences are frequent is asked of a sample: whatever is taken for frequent, both
stay true of all reports that are cut by the same list.

A heading may be shorter, 总体情况. Where as many reports have it as a piece of its own,
it is a stretch as well; of it the first alone is true.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from archive.search.text import BORDER, code_points

LENGTH = 6
"""Characters. Of shorter ones more are frequent by chance, and make long stretches that
no other report has.
"""
FEWEST = 1_000
"""Reports of a segment that is worth it: so many are looked up in their texts."""
_SAMPLE = 1_000
_ONE_IN = 10
"""With one in thirty the stretches would take ten times the room, since words that are
fairly frequent join what stands around them.
"""
_MIXED = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(29)

Array = NDArray[Any]


def stretches(texts: Sequence[str]) -> Iterator[set[str]]:
    """For each of the texts the stretches that are in it.

    A text is the pieces of a report in normal form, with BORDER between them.
    """
    # Neighbours are of one agency; every tenth may be of one year.
    mixed = np.random.default_rng(0).permutation(len(texts))[:_SAMPLE]
    sample = [texts[at] for at in mixed.tolist()]
    frequent, short = _frequent(sample), _frequent_pieces(sample)
    for text in texts:
        yield short.intersection(text.split(BORDER)).union(
            _stretches_of(text, frequent)
        )


def _frequent_pieces(sample: Sequence[str]) -> set[str]:
    """The frequent pieces that are shorter than any sequence, but no pairs, which the
    index knows anyway.
    """
    counts = Counter(chain.from_iterable(map(_short_pieces, sample)))
    return {piece for piece, count in counts.items() if count * _ONE_IN >= len(sample)}


def _short_pieces(text: str) -> set[str]:
    return {piece for piece in text.split(BORDER) if 2 < len(piece) < LENGTH}


def _frequent(sample: Sequence[str]) -> Array:
    """Numbers of the frequent sequences, rising."""
    if not sample:
        return np.zeros(0, np.uint64)
    of_each = [np.unique(_sequences(text)) for text in sample]
    numbers, counts = np.unique(np.concatenate(of_each), return_counts=True)
    often: Array = numbers[(counts * _ONE_IN >= len(sample)) & (numbers != 0)]
    return often


def _sequences(text: str) -> Array:
    """A number for each LENGTH characters that stand in a row; 0 across a border.

    Two sequences may have the same number. That makes a rare one frequent, no more.
    """
    codes = code_points(text).astype(np.uint64)
    count = max(len(codes) - LENGTH + 1, 0)
    mixed = np.zeros(count, np.uint64)
    is_inside = np.ones(count, bool)
    for at in range(LENGTH):
        following = codes[at : at + count]
        mixed = mixed * _MIXED + following
        is_inside &= following != ord(BORDER)
    mixed ^= mixed >> _SHIFT
    mixed[~is_inside] = 0
    return mixed


def _stretches_of(text: str, frequent: Array) -> Iterator[str]:
    """As many frequent sequences in a row as there are, each time."""
    if not len(frequent):
        return
    sequences = _sequences(text)
    at = np.minimum(np.searchsorted(frequent, sequences), len(frequent) - 1)
    is_frequent = (frequent[at] == sequences).astype(np.int8)
    edges = np.diff(is_frequent, prepend=0, append=0)
    begins = np.flatnonzero(edges > 0).tolist()
    ends = np.flatnonzero(edges < 0).tolist()
    for begin, end in zip(begins, ends, strict=True):
        yield text[begin : end + LENGTH - 1]

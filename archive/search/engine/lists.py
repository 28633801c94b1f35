"""Posting lists as bytes, and back: whole arrays of them at a time, nothing done term
by term.

A list of documents (numbers below 65,536, rising) is kept in whichever form takes the
fewest bytes:

NARROW the gaps between documents, a byte each; a zero byte stands for 255 documents
passed over
WIDE    the numbers themselves, two bytes each
DENSE   a bit for every document of the segment
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

MOST_DOCUMENTS = 1 << 16
"""In a segment."""
NARROW, WIDE, DENSE = range(3)

_LONGEST = 255
Array = NDArray[Any]


def encode(documents: Array, counts: Array, size: int) -> tuple[Array, Array, Array]:
    """Lists that lie one behind the other, each of so many `counts` documents, in a
    segment of `size`.

    Returns the form of each list, where each ends in the content, and the content.
    """
    starts = np.cumsum(counts) - counts
    gaps = np.diff(documents.astype(np.int64), prepend=0)
    gaps[starts] = documents[starts].astype(np.int64) + 1
    steps = (gaps - 1) // _LONGEST + 1
    sizes = np.stack(
        [
            np.add.reduceat(steps, starts),
            2 * counts,
            np.full(len(counts), (size + 7) // 8),
        ]
    )
    forms = sizes.argmin(axis=0).astype(np.uint8)
    taken = sizes.min(axis=0)
    ends = np.cumsum(taken)
    places, form = ends - taken, np.repeat(forms, counts)
    content = np.zeros(int(ends[-1]), np.uint8)

    narrow = form == NARROW
    passed = np.cumsum(steps)
    at = (
        np.repeat(places - passed[starts] + steps[starts], counts)[narrow]
        + passed[narrow]
        - 1
    )
    content[at] = gaps[narrow] - (steps[narrow] - 1) * _LONGEST

    wide = np.flatnonzero(form == WIDE)
    at = np.repeat(places - 2 * starts, counts)[wide] + 2 * wide
    content[at], content[at + 1] = documents[wide] & 0xFF, documents[wide] >> 8

    for dense in np.flatnonzero(forms == DENSE).tolist():
        bits = np.zeros(size, bool)
        bits[documents[starts[dense] : starts[dense] + counts[dense]]] = True
        content[places[dense] : ends[dense]] = np.packbits(bits)
    return forms, ends, content


def decode(
    forms: Array, lengths: Array, content: Array, size: int
) -> tuple[Array, Array]:
    """The documents of lists that lie one behind the other, `lengths` bytes each; and
    how many each has.
    """
    if len(forms) == 1:
        documents = _ALONE[int(forms[0])](content, size)
        return documents, np.array([len(documents)])
    owners, found = [], []
    owner = np.repeat(np.arange(len(forms)), lengths)
    form = forms[owner]

    raw, narrow = content[form == NARROW], owner[form == NARROW]
    passed = np.cumsum(np.where(raw, raw, _LONGEST).astype(np.int64))
    before = np.concatenate([[0], passed])[np.searchsorted(narrow, narrow)]
    owners.append(narrow[raw > 0])
    found.append((passed - before - 1)[raw > 0])

    owners.append(owner[form == WIDE][::2])
    found.append(_wide(content[form == WIDE], size))

    ends = np.cumsum(lengths)
    for dense in np.flatnonzero(forms == DENSE).tolist():
        documents = _dense(content[ends[dense] - lengths[dense] : ends[dense]], size)
        owners.append(np.full(len(documents), dense))
        found.append(documents)
    all_owners = np.concatenate(owners)
    return np.concatenate(found)[np.argsort(all_owners, kind="stable")], np.bincount(
        all_owners, minlength=len(forms)
    )


def _narrow(content: Array, size: int) -> Array:
    if content.all():
        return np.cumsum(content, dtype=np.int64) - 1
    return (np.cumsum(np.where(content, content, _LONGEST), dtype=np.int64) - 1)[
        content > 0
    ]


def _wide(content: Array, size: int) -> Array:
    return np.frombuffer(content.tobytes(), "<u2").astype(np.int64)


def _dense(content: Array, size: int) -> Array:
    return np.flatnonzero(np.unpackbits(content, count=size))


_ALONE = {NARROW: _narrow, WIDE: _wide, DENSE: _dense}


def encode_weights(weights: Array, counts: Array) -> tuple[Array, Array]:
    """Whole-numbered weights of lists one behind the other: none where all are 1, else
    a byte or four each.

    Returns where each list's weights end in the content, and the content.
    """
    most = np.maximum.reduceat(weights, np.cumsum(counts) - counts)
    widths = np.select([most <= 1, most <= 0xFF], [0, 1], 4)
    width = np.repeat(widths, counts)
    ends = np.cumsum(widths * counts)
    at = np.cumsum(width) - width
    content = np.zeros(int(ends[-1]), np.uint8)
    for shift in range(4):
        wide = width > shift
        content[at[wide] + shift] = weights[wide] >> (8 * shift) & 0xFF
    return ends, content


def decode_weights(lengths: Array, counts: Array, content: Array) -> Array:
    """The weights of lists one behind the other, of `counts` documents and `lengths`
    bytes each.
    """
    if len(counts) == 1:
        each = int(lengths[0]) // int(counts[0])
        return (
            np.frombuffer(content.tobytes(), f"<u{each}")
            if each
            else np.ones(int(counts[0]), np.uint8)
        )
    width = np.repeat(lengths // counts, counts)
    at = np.cumsum(width) - width
    weights = np.where(width, 0, 1).astype(np.int64)
    for shift in range(4):
        wide = width > shift
        weights[wide] += content[at[wide] + shift].astype(np.int64) << (8 * shift)
    return weights

"""Posting lists as bytes, and back: whole arrays of them at a time, nothing done term
by term.

A list of documents (numbers below 65,536, rising) is kept in whichever of three forms
takes the fewest bytes: DENSE where more than every eighth document has the term, else
NARROW, or WIDE where it is rare. A Roaring bitmap, as in Lucene's filters, chooses much
in this way.

Weights are whole numbers; a list keeps none where all are 1, else a byte each, or four
where one is above 255.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

MOST_DOCUMENTS = 1 << 16
"""In a segment: a document's number has 16 bits."""
# The documents 3, 4 and 300 in each form:
#
#   NARROW  04 01 00 29         the gaps from one document to the next, a byte each; the
#                               first counts from -1; a 00 passes over 255 documents
#                               (300 - 4 = 255 + 0x29)
#   WIDE    03 00 04 00 2C 01   the numbers themselves, two bytes each
#   DENSE   18 00 00 …          a bit for every document of the segment, the highest bit
#                               of the first byte for document 0
NARROW, WIDE, DENSE = range(3)

_LONGEST = 255
"""The longest gap that one byte tells."""
Array = NDArray[Any]


def encode(documents: Array, counts: Array, size: int) -> tuple[Array, Array, Array]:
    """Encodes lists of documents that lie one behind the other.

    `counts` documents belong to each list, `size` to the whole segment. Returns the
    form of each list, where each ends in the content, and the content.
    """
    starts = np.cumsum(counts) - counts
    gaps = np.diff(documents.astype(np.int64), prepend=0)
    gaps[starts] = documents[starts].astype(np.int64) + 1
    # So many bytes a gap takes; all but the last are 00.
    steps = (gaps - 1) // _LONGEST + 1
    narrow_sizes = np.add.reduceat(steps, starts)
    dense_sizes = np.full(len(counts), (size + 7) // 8)
    sizes = np.stack([narrow_sizes, 2 * counts, dense_sizes])
    forms = sizes.argmin(axis=0).astype(np.uint8)
    lengths = sizes.min(axis=0)
    ends = np.cumsum(lengths)
    places = ends - lengths
    form = np.repeat(forms, counts)
    content = np.zeros(int(ends[-1]), np.uint8)

    # A gap's last byte stands behind the bytes of all gaps before it in its list.
    narrow = form == NARROW
    passed = np.cumsum(steps)
    before_list = np.repeat(places - passed[starts] + steps[starts], counts)
    at = before_list[narrow] + passed[narrow] - 1
    content[at] = gaps[narrow] - (steps[narrow] - 1) * _LONGEST

    wide = np.flatnonzero(form == WIDE)
    at = np.repeat(places - 2 * starts, counts)[wide] + 2 * wide
    content[at] = documents[wide] & 0xFF
    content[at + 1] = documents[wide] >> 8

    # One by one: few terms are so frequent.
    for dense in np.flatnonzero(forms == DENSE).tolist():
        bits = np.zeros(size, bool)
        bits[documents[starts[dense] : starts[dense] + counts[dense]]] = True
        content[places[dense] : ends[dense]] = np.packbits(bits)
    return forms, ends, content


def decode(
    forms: Array, lengths: Array, content: Array, size: int
) -> tuple[Array, Array]:
    """The documents of lists that lie one behind the other; how many each list has.

    `lengths`: how many bytes each takes. `size`: how many documents the segment has.
    """
    # Form by form, for all lists of that form at once; then put in the lists' order.
    owner = np.repeat(np.arange(len(forms)), lengths)
    form = forms[owner]
    narrow, ends_gap = _narrows(content[form == NARROW], lengths[forms == NARROW])
    narrow_owners = owner[form == NARROW][ends_gap]
    wide_owners = owner[form == WIDE][::2]
    wide = _wide(content[form == WIDE], size)
    owners, found = [narrow_owners, wide_owners], [narrow, wide]
    ends = np.cumsum(lengths)
    for dense in np.flatnonzero(forms == DENSE).tolist():
        documents = _dense(content[ends[dense] - lengths[dense] : ends[dense]], size)
        owners.append(np.full(len(documents), dense))
        found.append(documents)
    all_owners = np.concatenate(owners)
    in_order = np.argsort(all_owners, kind="stable")
    counts = np.bincount(all_owners, minlength=len(forms))
    return np.concatenate(found)[in_order], counts


def in_any(forms: Array, lengths: Array, content: Array, size: int) -> Array:
    """A mask of the documents that are in one of the lists; as `decode` takes them."""
    mask = np.zeros(size, bool)
    form = np.repeat(forms, lengths)
    narrow, _ = _narrows(content[form == NARROW], lengths[forms == NARROW])
    mask[narrow] = True
    mask[_wide(content[form == WIDE], size)] = True
    dense = content[form == DENSE].reshape(-1, (size + 7) // 8)
    together = np.bitwise_or.reduce(dense, axis=0)
    mask |= np.unpackbits(together, count=size).view(bool)
    return mask


def _narrows(raw: Array, lengths: Array) -> tuple[Array, Array]:
    """The documents of several NARROW lists, and which bytes are the last of a gap.

    `lengths`: how many bytes each list takes.
    """
    passed = np.cumsum(_gap_parts(raw))
    ends = np.cumsum(lengths)
    before_list = np.concatenate([[0], passed])[ends - lengths]
    documents = passed - np.repeat(before_list, lengths) - 1
    ends_gap = raw > 0
    return documents[ends_gap], ends_gap


def _gap_parts(content: Array) -> Array:
    """How many documents each byte of NARROW lists passes over."""
    return np.where(content, content, _LONGEST).astype(np.int64)


def _narrow(content: Array, size: int) -> Array:
    if content.all():
        return np.cumsum(content, dtype=np.int64) - 1
    documents = np.cumsum(_gap_parts(content)) - 1
    return documents[content > 0]


def _wide(content: Array, size: int) -> Array:
    return np.frombuffer(content.tobytes(), "<u2").astype(np.int64)


def _dense(content: Array, size: int) -> Array:
    # The places of bools are found five times as fast as those of numbers.
    return np.unpackbits(content, count=size).view(bool).nonzero()[0]


_ALONE = {NARROW: _narrow, WIDE: _wide, DENSE: _dense}


def decode_one(form: int, content: Array, size: int) -> Array:
    """The documents of one list: what a question asks for."""
    return _ALONE[form](content, size)


def encode_weights(weights: Array, counts: Array) -> tuple[Array, Array]:
    """Whole-numbered weights of lists one behind the other.

    Returns where each list's weights end in the content, and the content.
    """
    most = np.maximum.reduceat(weights, np.cumsum(counts) - counts)
    widths = np.select([most <= 1, most <= 0xFF], [0, 1], 4)
    width = np.repeat(widths, counts)
    ends = np.cumsum(widths * counts)
    at = np.cumsum(width) - width
    content = np.zeros(int(ends[-1]), np.uint8)
    for byte in range(4):
        wide = width > byte
        content[at[wide] + byte] = weights[wide] >> (8 * byte) & 0xFF
    return ends, content


def decode_weights(lengths: Array, counts: Array, content: Array) -> Array:
    """The weights of lists that lie one behind the other.

    `lengths`: how many bytes each list's weights take, `counts`: how many they are.
    """
    width = np.repeat(lengths // counts, counts)
    at = np.cumsum(width) - width
    weights = np.where(width, 0, 1).astype(np.int64)
    for byte in range(4):
        wide = width > byte
        weights[wide] += content[at[wide] + byte].astype(np.int64) << (8 * byte)
    return weights


def decode_weights_of_one(count: int, content: Array) -> Array:
    """The weights of one list of so many documents."""
    width = len(content) // count
    if not width:
        return np.ones(count, np.uint8)
    if width == 1:
        return content
    return np.frombuffer(content.tobytes(), f"<u{width}")

"""Which passage holds which term, how often: a handful of plain arrays on disk.

Whoosh's files carry what passages have no use for (deletions, merging, columns) and write each term by
itself. Here the occurrences of a whole batch are sorted at once, and read back as memory maps.

keys.npy       the terms as numbers, in rising order
starts.npy     where the postings of each begin, and the end of the last
documents.npy  the documents of each term, in rising order
counts.npy     how often the term occurs there
lengths.npy    kind × document: how many terms of a kind a document has
"""

from __future__ import annotations

import re
import shutil
from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from hashlib import blake2b
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from archive.search.text import UNSPACED, code_points

Keys = NDArray[np.uint64]
Ids = NDArray[np.int64]

WORDS, SIGNS, PAIRS = 0, 1, 2
"""Kinds of terms. SIGNS and PAIRS share a length: that of the text in characters."""
MOST = 8_000_000
"""Occurrences held in memory: some 400 MB while they are sorted."""

_DOCUMENT_BITS = np.uint64(20)
_SIGN_BITS = np.uint64(21)
_IS_WORD = 1 << 63
_NAMES = ("keys", "starts", "documents", "counts", "lengths")


def word_key(word: str) -> int:
    """The number of a word: its digest, since there are more words than anybody could number beforehand."""
    return int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "big") | _IS_WORD


def sign_key(sign: str) -> int:
    """The number of a character, or of two neighbours."""
    return ord(sign[-1]) | (ord(sign[0]) << int(_SIGN_BITS) if len(sign) == 2 else 0)


class Writer:
    """Takes documents one by one and leaves the arrays in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._parts: list[Path] = []
        self._size = 0
        self._begin()

    def _begin(self) -> None:
        self._numbers: defaultdict[str, int] = defaultdict(count().__next__)
        self._words = array("Q")
        self._word_lengths = array("I")
        self._texts: list[str] = []
        self._held = 0

    def add(self, plain: str, words: list[str]) -> None:
        """The next document: its text in normal form, and its words, each as often as it occurs."""
        self._words.extend(map(self._numbers.__getitem__, words))
        self._word_lengths.append(len(words))
        self._texts.append(plain)
        self._held += len(words) + 2 * len(plain)
        if self._held > MOST or len(self._texts) >> int(_DOCUMENT_BITS):
            self._flush()

    def finish(self) -> None:
        """Write what is left, and make one set of arrays of all."""
        if self._texts or not self._parts:
            self._flush()
        if len(self._parts) == 1:
            for name in _NAMES:
                (self._parts[0] / f"{name}.npy").replace(self._folder / f"{name}.npy")
        else:
            _merge([Postings(part) for part in self._parts], self._folder)
        for part in self._parts:
            shutil.rmtree(part)

    def _flush(self) -> None:
        documents = np.arange(len(self._texts), dtype=np.uint64)
        lengths = np.zeros((2, len(documents)), np.uint32)
        lengths[0] = np.frombuffer(self._word_lengths, np.uint32)
        numbers = np.frombuffer(self._words, np.uint64)
        found = [_counted(numbers, np.repeat(documents, lengths[0]))]
        digests = np.array([word_key(word) for word in self._numbers], np.uint64)
        found[0] = (digests[found[0][0]], *found[0][1:])
        signs, pairs, owners, owners_of_pairs = _signs(self._texts, documents)
        lengths[1] = np.bincount(owners.astype(np.int64), minlength=len(documents))
        found += [_counted(signs, owners), _counted(pairs, owners_of_pairs)]
        part = self._folder / f"part-{len(self._parts)}"
        part.mkdir()
        _write(part, found, lengths)
        self._parts.append(part)
        self._begin()


Counted = tuple[Keys, Ids, NDArray[Any], NDArray[Any]]
"""Terms, how many documents each has, the documents and the counts."""


@cache
def _are_signs() -> NDArray[np.bool_]:
    """Of each code point whether it is a character of a script without blanks."""
    table = np.zeros(0x110000, bool)
    for first, last in re.findall("(.)-(.)", UNSPACED):
        table[ord(first) : ord(last) + 1] = True
    table[[ord(sign) for sign in re.sub(".-.", "", UNSPACED)]] = True
    return table


def _signs(texts: list[str], documents: Keys) -> tuple[Keys, Keys, Keys, Keys]:
    """The characters of scripts without blanks, their neighbouring pairs, and the documents of both."""
    every = code_points("".join(texts)).astype(np.uint64)
    owners = np.repeat(documents, [len(text) for text in texts])
    is_sign = _are_signs()[every]
    beside = np.flatnonzero(is_sign[:-1] & is_sign[1:] & (owners[:-1] == owners[1:]))
    pairs = (every[beside] << _SIGN_BITS) | every[beside + 1]
    return every[is_sign], pairs, owners[is_sign], owners[beside]


def _counted(terms: Keys, owners: Keys) -> Counted:
    """Terms are below 2**44, documents below 2**20: one sort brings equal ones together."""
    both = (terms << _DOCUMENT_BITS) | owners
    both.sort()
    first = np.flatnonzero(np.diff(both, prepend=~both[:1]))
    times = np.minimum(np.diff(first, append=len(both)), 255).astype(np.uint8)
    both = both[first]
    of_documents = (both & np.uint64((1 << int(_DOCUMENT_BITS)) - 1)).astype(np.uint32)
    both >>= _DOCUMENT_BITS
    begins = np.flatnonzero(np.diff(both, prepend=~both[:1]))
    return both[begins], np.diff(begins, append=len(both)), of_documents, times


def _write(folder: Path, found: Iterable[Counted], lengths: NDArray[np.uint32]) -> None:
    """Postings lie as they come; `keys` and `starts` alone are in order, so they are laid out term by term."""
    terms, sizes, documents, times = (np.concatenate(column) for column in zip(*found, strict=True))
    order = np.argsort(terms)
    begins = np.concatenate([[0], np.cumsum(sizes)[:-1]])[order]
    sizes = sizes[order]
    starts = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    place = np.repeat(begins - starts[:-1], sizes) + np.arange(starts[-1])
    _save(folder, terms[order], starts, documents[place], times[place], lengths)


def _save(folder: Path, *arrays: NDArray[Any]) -> None:
    for name, values in zip(_NAMES, arrays, strict=True):
        np.save(folder / f"{name}.npy", values)


def _merge(parts: list[Postings], folder: Path) -> None:
    """One set of arrays of several, the documents of each after those of the one before."""
    keys = np.unique(np.concatenate([part.keys for part in parts]))
    places = [np.searchsorted(keys, part.keys) for part in parts]
    sizes = np.zeros(len(keys), np.int64)
    for part, at in zip(parts, places, strict=True):
        sizes[at] += np.diff(part.starts)
    starts = np.concatenate([[0], np.cumsum(sizes)])
    free = starts[:-1].copy()
    documents = _empty(folder / "documents.npy", np.uint32, int(starts[-1]))
    counts = _empty(folder / "counts.npy", np.uint8, int(starts[-1]))
    base = 0
    for part, at in zip(parts, places, strict=True):
        lengths = np.diff(part.starts)
        to = np.repeat(free[at] - part.starts[:-1], lengths) + np.arange(len(part.documents))
        documents[to] = part.documents + np.uint32(base)
        counts[to] = part.counts
        free[at] += lengths
        base += part.size
    np.save(folder / "keys.npy", keys)
    np.save(folder / "starts.npy", starts)
    np.save(folder / "lengths.npy", np.concatenate([part.lengths for part in parts], axis=1))


def _empty(path: Path, kind: Any, size: int) -> NDArray[Any]:
    if not size:  # nothing can't be memory mapped
        np.save(path, np.zeros(0, kind))
        return np.zeros(0, kind)
    return np.lib.format.open_memmap(path, "w+", kind, (size,))


class Postings:
    """The arrays of a folder. Never change; may be shared between threads. Raises OSError or ValueError."""

    def __init__(self, folder: Path) -> None:
        loaded: Mapping[str, NDArray[Any]] = {name: _load(folder / f"{name}.npy") for name in _NAMES}
        self.keys, self.starts = loaded["keys"], loaded["starts"]
        self.documents, self.counts = loaded["documents"], loaded["counts"]
        self.lengths = loaded["lengths"]
        end = int(self.starts[-1])
        if len(self.starts) != len(self.keys) + 1 or not end == len(self.documents) == len(self.counts):
            raise ValueError(f"{folder}: arrays of postings that do not belong together")
        self.size = self.lengths.shape[1]

    def find(self, keys: list[int]) -> tuple[Ids, Ids]:
        """Where the postings of each term begin and end; the same place twice where there are none."""
        asked = np.array(keys, np.uint64)
        if not len(self.keys):
            return np.zeros(len(asked), np.int64), np.zeros(len(asked), np.int64)
        at = np.minimum(np.searchsorted(self.keys, asked), len(self.keys) - 1)
        known = self.keys[at] == asked
        begins = self.starts[at]
        return begins, np.where(known, self.starts[at + 1], begins)


def _load(path: Path) -> NDArray[Any]:
    try:
        mapped: NDArray[Any] = np.load(path, mmap_mode="r", allow_pickle=False)
        return mapped.view(np.ndarray)  # np.memmap makes every slice ten times as dear
    except ValueError:
        whole: NDArray[Any] = np.load(path, allow_pickle=False)  # an empty array can't be mapped
        return whole

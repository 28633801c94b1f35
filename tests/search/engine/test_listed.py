"""Lists that are kept from commit to commit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from archive.search.engine.folder import Folder
from archive.search.engine.listed import Cache
from archive.search.engine.segments import generation
from archive.search.engine.snapshot import Snapshot
from archive.search.text import grams, normal
from archive.search.words import words
from tests.search.conftest import Indexed, invented


def texts_of(numbers: Iterable[int]) -> list[str]:
    return [normal(piece) for number in numbers for piece in invented(number).pieces()]


def test_they_grow_with_each_commit_as_if_they_were_read_anew(
    indexed: Indexed,
) -> None:
    texts = [*texts_of(range(1, 31)), "示例改名"]
    asked = sorted({word for text in texts for word in words(text)})
    pairs = sorted({pair for text in texts for pair in grams(text)})
    kept, old = Cache(10_000_000), None
    counts = set()

    def same_as_anew() -> None:
        nonlocal old
        path = Folder(indexed.folder).current()
        assert path
        number = generation(path)
        old = Snapshot.read(path, number, kept, old)
        anew = Snapshot.read(path, number, Cache(10_000_000))
        for pair in pairs:
            here, there = (one.containing("grams", [pair]) for one in (old, anew))
            assert np.array_equal(here, there), pair
        for word in asked:
            scores = np.zeros((2, old.size))
            old.add_scores([word], scores[0])
            anew.add_scores([word], scores[1])
            assert np.array_equal(*scores), word
            assert old.count(word) == anew.count(word)
        counts.add((old.count("改名"), old.count("公开") * 8 > old.size))

    indexed.add(map(invented, range(1, 11)))
    same_as_anew()
    # A word that none had, and reports without one that all had.
    indexed.add([replace(invented(11), title="示例改名"), *map(invented, (12, 13))])
    same_as_anew()
    indexed.add(replace(invented(n), title="", sections=()) for n in range(100, 220))
    same_as_anew()
    indexed.index.update([], gone=[2, 101])
    same_as_anew()
    for number in range(14, 31):
        indexed.add([invented(number)])
    same_as_anew()
    assert indexed.index.tidy()
    same_as_anew()
    assert {(0, True), (1, False)} <= counts

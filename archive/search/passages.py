"""Plain passages, searched by questions in plain language: the reports' search for any Chinese text.

    index_passages(path, [("p1", "……"), ("p2", "……")])
    search_passages(path, "谁应当公布年度报告？", 10)   → ["p2", "p1"]

The text handling is that of the reports (`text`, `words`), the files are Whoosh's, read into arrays as
the reports' are. A report has to hold all words of a question; of passages, written by somebody else
than who asks, most hold only some. So here every word and every pair of neighbouring characters adds
to a passage's score (BM25), the pairs less: they find words that the dictionary lacks, and reward
words that stand together as they do in the question.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

import numpy as np
import whoosh
from whoosh.fields import Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex

from archive.search.asking import subject
from archive.search.bulk import BulkWriter
from archive.search.errors import Damaged
from archive.search.folder import Folder
from archive.search.schema import Terms, codec
from archive.search.segments import Segment, generation, read_toc
from archive.search.snapshot import BROKEN, Floats, PostingCache
from archive.search.text import HAN, RULES, normal
from archive.search.words import dictionary, words

K1, B = 1.2, 0.75
PAIR_WEIGHT = 0.4
"""Of a pair of characters beside a word."""
BATCH = 50_000
"""Passages a segment: bounds the memory of a build."""
MAX_TERMS = 256
"""Different words, and pairs, of a question that are looked up."""
MAX_QUESTION = 5_000

_IDS = "passages.json"
_HAN_RUN = re.compile(rf"[{HAN}]+")


def index_passages(path: Path | str, passages: Iterable[tuple[str, str]]) -> int:
    """Make an index of (id, text) pairs in the folder `path`; returns how many passages are in it.

    What the folder held before is replaced at the end, at once: until then it goes on answering. Of two
    passages with the same id the last counts. Passages without any word are kept, and never found.
    Raises Busy when another process is writing to it.
    """
    folder = Folder(Path(path), _schema, _made_by)
    ids: list[str | None] = []
    places: dict[str, int] = {}
    with folder.writing():
        fresh = folder.begin()
        left = iter(passages)
        while batch := list(islice(left, BATCH)):
            writer = BulkWriter(FileIndex(FileStorage(str(fresh)), _schema()), codec())
            try:
                for key, text in batch:
                    if key in places:
                        ids[places[key]] = None
                    places[key] = len(ids)
                    ids.append(key)
                    writer.add_document(**_document(text))
                writer.commit(mergetype=lambda writer, segments: segments)
            except BaseException:
                if not writer.is_closed:
                    writer.cancel()
                raise
        (fresh / _IDS).write_text(json.dumps(ids, ensure_ascii=False), encoding="utf-8")
        folder.publish(fresh)
    return len(places)


def search_passages(path: Path | str, text: str, limit: int = 10) -> list[str]:
    """The ids of the passages that answer a question best, best first, at most `limit`.

    Passages that share nothing with the question are left out; equal ones stand in the order they were
    indexed in. Nothing typed is an error. Raises FileNotFoundError when there is no index in `path`,
    Damaged or Outdated when it can't be used.
    """
    folder = Folder(Path(path), _schema, _made_by)
    current = folder.current()
    if current is None:
        raise FileNotFoundError(f"no index of passages in {path}: call index_passages first")
    folder.check(current)
    return _opened(current).best(text, limit)


def _schema() -> Schema:
    return Schema(words=Terms(scorable=True), pairs=Terms(scorable=True))


def _made_by() -> dict[str, str | int]:
    release = ".".join(map(str, whoosh.__version__))
    return {"passages": 1, "text": RULES, "words": dictionary(), "whoosh": release}


def _document(text: str) -> dict[str, Any]:
    plain = normal(text)
    return {"words": Counter(words(plain, finely=True)), "pairs": Counter(_pairs(plain))}


def _pairs(plain: str) -> list[str]:
    return [a + b for run in _HAN_RUN.findall(plain) for a, b in pairwise(run)]


class _Passages:
    """An index of passages, opened. Never changes; may be shared between threads."""

    def __init__(self, folder: Path) -> None:
        try:
            self._ids: list[str | None] = json.loads((folder / _IDS).read_text(encoding="utf-8"))
            parts = read_toc(folder, generation(folder), _schema()).segments
            self._segments = [Segment(folder, part, ()) for part in parts]
        except Exception as error:  # damaged pickles and structures raise anything
            raise Damaged(BROKEN) from error
        self._cache = PostingCache()
        self._norms = {field: self._norm(field) for field in ("words", "pairs")}
        self._alive = np.array([key is not None for key in self._ids], bool)

    def _norm(self, field: str) -> list[Floats]:
        """BM25's measure of a passage's length, a segment each."""
        lengths = [segment.field_lengths(field) for segment in self._segments]
        average = sum(float(one.sum()) for one in lengths) / max(len(self._ids), 1) or 1.0
        return [K1 * ((1 - B) + B * one / average) for one in lengths]

    def best(self, text: str, limit: int) -> list[str]:
        scores = np.zeros(len(self._ids))
        for field, terms, weight in (("words", _asked_words(text), 1.0), ("pairs", _asked_pairs(text), PAIR_WEIGHT)):
            for term, times in terms.items():
                self._add(scores, field, term, weight * times)
        scores *= self._alive
        found = np.flatnonzero(scores > 0)
        if limit < 1 or not len(found):
            return []
        if limit < len(found):
            lowest = np.partition(scores[found], len(found) - limit)[len(found) - limit]
            found = found[scores[found] >= lowest]
        order = found[np.argsort(-scores[found], kind="stable")][:limit]
        return [key for place in order.tolist() if (key := self._ids[place]) is not None]

    def _add(self, scores: Floats, field: str, term: str, weight: float) -> None:
        found = [self._cache.get(segment, field, term) for segment in self._segments]
        frequency = sum(len(one[0]) for one in found if one)
        rarity = math.log(1 + (len(self._ids) - frequency + 0.5) / (frequency + 0.5))
        base = 0
        for segment, postings, norms in zip(self._segments, found, self._norms[field], strict=True):
            if postings:
                ids, times = postings
                scores[base + ids] += weight * rarity * times * (K1 + 1) / (times + norms[ids])
            base += segment.size


@lru_cache(4)
def _opened(folder: Path) -> _Passages:
    """Every build lies in a folder of its own name, so what was opened stays right."""
    return _Passages(folder)


def _asked_words(text: str) -> Mapping[str, int]:
    return _first(word for part in subject(text[:MAX_QUESTION]) for word in words(part, finely=True))


def _asked_pairs(text: str) -> Mapping[str, int]:
    return _first(pair for part in subject(text[:MAX_QUESTION]) for pair in _pairs(part))


def _first(terms: Iterable[str]) -> dict[str, int]:
    return dict(islice(Counter(terms).items(), MAX_TERMS))

"""Plain passages, searched by questions in plain language: the reports' search for any Chinese text.

    index_passages(path, [("p1", "……"), ("p2", "……")])
    search_passages(path, "谁应当公布年度报告？", 10)   → ["p2", "p1"]

The text handling is that of the reports (`text`, `words`). A report has to hold all words of a question;
of passages, written by somebody else than who asks, most hold only some. So here every word adds to a
passage's score (BM25), and so do pairs of neighbouring characters and single ones, less: pairs find words
that the dictionary lacks and reward words that stand together as they do in the question, single
characters find 纳税人 for 税. The weights were chosen on judged questions (`python -m benchmarks.judged`).
"""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice, pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from archive.report.numbers import chinese_number
from archive.search.asking import EMPTY, as_on_the_mainland, subject
from archive.search.disk import are_unharmed, note_sums
from archive.search.errors import Busy, Damaged, Outdated
from archive.search.folder import Folder
from archive.search.postings import Postings, Writer, sign_key, word_key
from archive.search.text import RULES, UNSPACED, normal
from archive.search.words import dictionary, words

K1, B = 1.2, 0.8
WORD_WEIGHT, PART_WEIGHT, PAIR_WEIGHT, SIGN_WEIGHT, ELSEWHERE_WEIGHT = 1.0, 0.3, 0.35, 0.3, 0.6
"""Of a word, of a word inside a longer one, of a pair of characters, of a character, of a word used elsewhere."""
MAX_TERMS = 512
"""Different terms of a question that are looked up: the first ones."""
MAX_QUESTION = 5_000
EVERYWHERE = 100_000
"""Postings scored for all passages, the rarest terms first. Terms beyond that only order the passages that are
ahead by then, so that the most frequent ones cost no more than any other."""
AHEAD = 500

_IDS, _SUMS = "passages.json", "passages.sum"
_UNSPACED_RUN = re.compile(f"[{UNSPACED}]+")
_MIXED = re.compile("(?<![a-z0-9])(?:[a-z]++[0-9]|[0-9]++[a-z])[a-z0-9]*+")
_SIGNED = re.compile(r"(?<![a-z0-9])(?:[a-z][a-z0-9]{0,9}(?:\+\+|#)|\.[a-z]{2,10}(?![a-z0-9]))")
_NUMBER = re.compile("[零一二三四五六七八九十百千万两]{2,20}|十")
_OTHER_SIGN = re.compile(r"[^\w\s\x00-\x7f]")
_REMEDY = "请再次调用 index_passages 建立。"

Floats = NDArray[np.float32]


def index_passages(path: Path | str, passages: Iterable[tuple[str, str]]) -> int:
    """Make an index of (id, text) pairs in the folder `path`; returns how many passages are in it.

    What the folder held before is replaced at the end, at once: until then it goes on answering. Of two
    passages with the same id the last counts. Passages without any word are kept, and never found.
    Raises TypeError when something else than pairs of texts is given, NotADirectoryError when `path` is
    a file, Busy when another process is writing to it.
    """
    folder = _folder(path)
    try:
        with folder.writing():
            fresh = folder.begin()
            try:
                size = _write(fresh, passages)
            except BaseException:
                folder.discard(fresh)
                raise
            folder.publish(fresh)
    except Busy:
        raise Busy("段落索引正在由另一个进程写入，请稍后再试。") from None
    return size


def _write(fresh: Path, passages: Iterable[tuple[str, str]]) -> int:
    ids: list[str | None] = []
    places: dict[str, int] = {}
    writer = Writer(fresh)
    for key, text in _pairs_of_texts(passages):
        if key in places:
            ids[places[key]] = None
        places[key] = len(ids)
        ids.append(key)
        plain = normal(text)
        writer.add(plain, _words(plain))
    writer.finish()
    (fresh / _IDS).write_text(json.dumps(ids), encoding="ascii")
    note_sums(list(fresh.iterdir()), fresh / _SUMS)
    return len(places)


def search_passages(path: Path | str, text: str, limit: int = 10) -> list[str]:
    """The ids of the passages that answer a question best, best first, at most `limit`.

    Passages that share nothing with the question are left out; equal ones stand in the order they were
    indexed in. No text is an error. Raises TypeError when `text` is no text, FileNotFoundError when there
    is no index in `path`, NotADirectoryError when that is a file, Damaged or Outdated when the index can't
    be used.
    """
    if not isinstance(text, str):
        raise TypeError(f"a question is text, not {type(text).__name__}")
    folder = _folder(path)
    try:
        opened = _in_service(folder)
        if opened is None:
            raise FileNotFoundError(f"no index of passages in {path}: call index_passages first")
        return opened.best(text, limit)
    except Outdated as error:
        raise Outdated(f"段落索引由旧版规则建立。{_REMEDY}") from error
    except Damaged as error:
        raise Damaged(f"段落索引已损坏，无法读取。{_REMEDY}") from error


def _folder(path: Path | str) -> Folder:
    path = Path(path)
    if path.exists() and not path.is_dir():
        raise NotADirectoryError(f"{path} is a file: an index of passages is a folder")
    return Folder(path, None, _made_by)


def _made_by() -> dict[str, str | int]:
    return {"passages": 3, "text": RULES, "words": dictionary()}


def _pairs_of_texts(passages: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    for number, passage in enumerate(passages, 1):
        if not isinstance(passage, tuple | list) or len(passage) != 2:
            raise TypeError(f"passage {number} is not a pair of id and text but {str(passage)[:50]!r}")
        key, text = passage
        for name, value in (("id", key), ("text", text)):
            if not isinstance(value, str):
                raise TypeError(f"the {name} of passage {number} is not text but {str(value)[:50]!r}")
        yield key, text


def _words(plain: str) -> list[str]:
    """All that is indexed as a word: words, words inside words, and what the dictionary knows nothing of."""
    return [*words(plain, finely=True), *_odd_words(plain)]


def _odd_words(plain: str) -> Iterator[str]:
    """Letters and digits of `iphone13` apart; `c++`, `c#` and `.net` with their signs; signs that mean something
    (℃); 20 for 二十, which one prints and another types."""
    for mixed in _MIXED.findall(plain):
        yield from re.findall("[a-z]+|[0-9]+", mixed)
    yield from _SIGNED.findall(plain)
    for printed in _NUMBER.findall(plain):
        if (number := chinese_number(printed)) is not None:
            yield str(number)
    for sign in _OTHER_SIGN.findall(plain):
        if unicodedata.category(sign).startswith("S"):
            yield sign


class _Passages:
    """An index of passages, opened. Never changes; may be shared between threads. Raises Damaged.

    Its files are read once, to see that they are as they were written. They stay on the disk, and may be
    damaged later: so whatever goes wrong while a question is answered is damage too.
    """

    def __init__(self, folder: Path) -> None:
        if not are_unharmed(folder / _SUMS):
            raise Damaged(f"{folder}: files that are not as they were written")
        try:
            self._ids: list[str | None] = json.loads((folder / _IDS).read_text(encoding="ascii"))
            self._postings = Postings(folder)
            if len(self._ids) != self._postings.size:
                raise ValueError("ids and postings that do not belong together")
        except (OSError, ValueError, EOFError) as error:
            raise Damaged(str(error)) from error
        lengths = self._postings.lengths.astype(np.float32)
        averages = lengths.mean(axis=1, keepdims=True) if self._ids else lengths
        self._norms: list[Floats] = list(K1 * ((1 - B) + B * lengths / np.maximum(averages, 1e-9)))
        self._alive = np.array([key is not None for key in self._ids], bool)

    def best(self, text: str, limit: int) -> list[str]:
        asked = _asked(text)
        try:
            scores = self._scores(asked, max(limit, AHEAD)) * self._alive
        except (IndexError, ValueError) as error:
            raise Damaged(str(error)) from error
        found = np.flatnonzero(scores > 0)
        if limit < 1 or not len(found):
            return []
        if limit < len(found):
            lowest = np.partition(scores[found], len(found) - limit)[len(found) - limit]
            found = found[scores[found] >= lowest]
        order = found[np.argsort(-scores[found], kind="stable")][:limit]
        return [key for place in order.tolist() if (key := self._ids[place]) is not None]

    def _scores(self, asked: list[_Term], most: int) -> Floats:
        """BM25 of each passage, the rarest terms first."""
        scores = np.zeros(len(self._ids), np.float32)
        begins, ends = self._postings.find([term.key for term in asked])
        sizes = ends - begins
        ahead: NDArray[np.uint32] | None = None
        scored = 0
        for place in np.argsort(sizes, kind="stable").tolist():
            if not sizes[place]:
                continue
            scored += int(sizes[place])
            if ahead is None and scored > EVERYWHERE and place:
                best = np.argpartition(-scores, min(most, len(scores) - 1))[:most]
                ahead = np.sort(best).astype(np.uint32)  # as the postings are: else those would be copied
            self._add(scores, asked[place], slice(int(begins[place]), int(ends[place])), ahead)
        return scores

    def _add(self, scores: Floats, term: _Term, where: slice, ahead: NDArray[np.uint32] | None) -> None:
        """Add a term's share to the score of all passages, or of those `ahead`."""
        ids, counts = self._postings.documents[where], self._postings.counts[where]
        frequency = len(ids)
        if ids[-1] >= len(scores):
            raise Damaged("a posting of no passage")
        if ahead is not None:
            at = np.minimum(np.searchsorted(ids, ahead), frequency - 1)
            at = at[ids[at] == ahead]
            ids, counts = ids[at], counts[at]
        places, times = ids.astype(np.intp), counts.astype(np.float32)
        rarity = math.log(1 + (len(scores) - frequency + 0.5) / (frequency + 0.5))
        share = times / (times + self._norms[term.length].take(places))
        share *= np.float32(term.weight * rarity * (K1 + 1))
        scores[places] = scores.take(places) + share


def _in_service(folder: Folder) -> _Passages | None:
    """The index in service; None when there is none. One replaced while it is opened is gone: then it is the next."""
    while (current := folder.current()) is not None:
        try:
            folder.check(current)
            return _opened(current)
        except Damaged:
            if folder.current() == current:
                raise
    return None


@lru_cache(4)
def _opened(folder: Path) -> _Passages:
    """Every build lies in a folder of its own name, so what was opened stays right."""
    return _Passages(folder)


class _Term:
    """A term of a question: its number, its weight, and which of a passage's lengths it is measured by."""

    __slots__ = ("key", "length", "weight")

    def __init__(self, key: int, length: int, weight: float) -> None:
        self.key, self.length, self.weight = key, length, weight


def _asked(text: str) -> list[_Term]:
    """The terms of a question. What is asked twice counts more, but not twice as much."""
    parts = subject(text[:MAX_QUESTION])
    weights: defaultdict[str, float] = defaultdict(float)
    for part in parts:
        whole = Counter(words(part))
        for word, times in Counter(_words(part)).items():
            weights[word] += WORD_WEIGHT * whole[word] + PART_WEIGHT * (times - whole[word])
    for part in subject(as_on_the_mainland(text[:MAX_QUESTION])):
        for word in words(part, finely=True):
            weights.setdefault(word, ELSEWHERE_WEIGHT)
    runs = [run for part in parts for run in _UNSPACED_RUN.findall(part)]
    signs = Counter(sign for run in runs for sign in run)
    pairs = Counter(a + b for run in runs for a, b in pairwise(run))
    if telling := [word for word in weights if word not in EMPTY]:
        signs = Counter({sign: times for sign, times in signs.items() if sign not in EMPTY})
    terms = [_Term(word_key(word), 0, _counted(weights[word])) for word in telling or weights]
    terms += [_Term(sign_key(pair), 1, PAIR_WEIGHT * _counted(times)) for pair, times in pairs.items()]
    terms += [_Term(sign_key(sign), 1, SIGN_WEIGHT * _counted(times)) for sign, times in signs.items()]
    return list(islice(terms, MAX_TERMS))


def _counted(times: float) -> float:
    return 2 * times / (1 + times)

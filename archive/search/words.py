"""Chinese words: jieba on runs of Han characters only, everything else by regular
expression.
"""

from __future__ import annotations

import hashlib
import logging
import re
import threading
import warnings
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from archive.regions import by_name
from archive.search.text import HAN

DATA = Path(__file__).parent / "data"
_LISTS = [DATA / name for name in ("words.txt", "synonyms.txt")]
_RARE = 3
"""How often a place named in no dictionary occurs in the 60 million words that jieba's
frequencies were counted in.
"""
# e.g. "信息公开", "covid"
# not "，_ "
_RUNS = re.compile(rf"([{HAN}]+)|([^\W_{HAN}]+)")
# e.g. "信", "a信"
# not "covid 19", "が"
_IS_HAN = re.compile(rf"[{HAN}]")
_LONGEST_RUN = 200
"""Characters that are cut together; longer runs without punctuation are lists, or
damage.
"""
_lock = threading.Lock()


@cache
def dictionary() -> str:
    """Names the rules by which words are cut: jieba's version and the content of our
    own lists.
    """
    own = " ".join((*dictionary_words(), *_region_names()))
    return f"jieba {version('jieba')} {hashlib.sha256(own.encode()).hexdigest()[:12]}"


@cache
def _cutter() -> Any:
    """jieba with our own words and the names of regions."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # jieba 0.42.1 is older than today's warnings
        import jieba
    jieba.setLogLevel(logging.CRITICAL)
    cutter = jieba.Tokenizer()
    # Not `initialize`: that keeps, and trusts, a cache in the folder for temporary
    # files that all may write to.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        cutter.FREQ, cutter.total = cutter.gen_pfdict(cutter.get_dict_file())
    cutter.initialized = True
    for word in dictionary_words():
        cutter.add_word(word)
    unknown = [name for name in _region_names() if not cutter.FREQ.get(name)]
    for name in unknown:
        cutter.add_word(name, _RARE)
    return cutter


@cache
def _fast_cutter() -> Any | None:
    """rjieba with the same words and frequencies, where it is installed (the extra
    `fast`).

    It cuts runs of Han characters alike, ten times as fast. jieba stays what an index
    is made by: a release that does not cut our own list alike is left alone.
    """
    try:
        import rjieba
    except ImportError:
        return None
    cutter = rjieba.Jieba()
    for word in (*dictionary_words(), *_region_names()):
        cutter.add_word(word, _cutter().FREQ[word], "n")
    probe = "".join(dictionary_words())
    cut_fast = list(cutter.cut(probe, hmm=False))
    cuts_alike = cut_fast == list(_cutter().cut(probe, HMM=False))
    if cuts_alike:
        return cutter
    return None


@cache
def dictionary_words() -> tuple[str, ...]:
    """The words of our own lists: statutory terms, and the synonyms, which are short
    names of agencies above all. What follows a # there is a remark.
    """
    found: dict[str, None] = {}
    for path in _LISTS:
        for line in path.read_text(encoding="utf-8").splitlines():
            found |= dict.fromkeys(line.partition("#")[0].split())
    return tuple(found)


@cache
def _region_names() -> tuple[str, ...]:
    """The names of the gazetteer, full and short; jieba knows most.

    Those of two characters would cut other words.
    """
    return tuple(sorted(name for name in by_name() if len(name) > 2))


def prepare() -> None:
    """Load the dictionary: half a second, 80 MB.

    Web processes do it before they fork.
    """
    with _lock:
        _cutter()
        _fast_cutter()


@lru_cache(50_000)
def _cut(run: str) -> tuple[str, ...]:
    """The words of a run of Han characters.

    What is not in the dictionary falls apart into characters: no guessing from the
    neighbours, so a word is cut alike in a report and in a question.
    """
    prepare()
    fast = _fast_cutter()
    if fast:
        return tuple(fast.cut(run, hmm=False))
    return tuple(_cutter().cut(run, HMM=False))


@lru_cache(50_000)
def _cut_finely(run: str) -> tuple[str, ...]:
    """As `_cut`, with the shorter dictionary words inside each word."""
    whole = _cut(run)
    known = _cutter().FREQ
    found: list[str] = []
    for word in whole:
        # jieba's dictionary also lists beginnings of words, with a frequency of 0.
        found += [part for part in _inside(word) if known.get(part)]
        found.append(word)
    return tuple(found)


def _inside(word: str) -> Iterator[str]:
    """All pieces of two or more characters that are shorter than the word."""
    for length in range(2, len(word)):
        for start in range(len(word) - length + 1):
            yield word[start : start + length]


def words(normal_text: str, finely: bool = False) -> list[str]:
    """The words of a text in normal form, in order, each as often as it occurs.

    `finely` adds the dictionary words inside longer ones: what an index needs, so that
    a question for a part finds the whole. A question needs only the words themselves.
    """
    cut = _cut_finely if finely else _cut
    found: list[str] = []
    for run, letters in _RUNS.findall(normal_text):
        if letters:
            found.append(letters[:_LONGEST_RUN])
        for start in range(0, len(run), _LONGEST_RUN):
            found += cut(run[start : start + _LONGEST_RUN])
    return found


def has_han(normal_text: str) -> bool:
    """Whether Han characters stand in a text."""
    return _IS_HAN.search(normal_text) is not None

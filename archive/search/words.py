"""Chinese words: jieba on runs of Han characters only, everything else by regular
expression.
"""

from __future__ import annotations

import hashlib
import logging
import re
import threading
import warnings
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
_RUNS = re.compile(rf"([{HAN}]+)|([^\W_{HAN}]+)")
_IS_HAN = re.compile(rf"[{HAN}]")
_LONGEST_RUN = 200
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
    for name in _region_names():
        if not cutter.FREQ.get(name):
            cutter.add_word(name, _RARE)
    return cutter


@cache
def _fast_cutter() -> Any | None:
    """rjieba with the same words and frequencies, where it is installed (the extra
    `fast`): it cuts runs of Han characters alike, ten times as fast. jieba stays what
    an index is made by: a release that does not cut our own list alike is left alone.
    """
    try:
        import rjieba
    except ImportError:
        return None
    cutter = rjieba.Jieba()
    for word in (*dictionary_words(), *_region_names()):
        cutter.add_word(word, _cutter().FREQ[word], "n")
    probe = "".join(dictionary_words())
    return (
        cutter
        if list(cutter.cut(probe, hmm=False)) == list(_cutter().cut(probe, HMM=False))
        else None
    )


@cache
def dictionary_words() -> tuple[str, ...]:
    """The words of our own lists: statutory terms, and the synonyms, which are short
    names of agencies above all.
    """
    lines = [
        line.partition("#")[0]
        for path in _LISTS
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    return tuple(dict.fromkeys(word for line in lines for word in line.split()))


@cache
def _region_names() -> tuple[str, ...]:
    """The names of the gazetteer, full and short; jieba knows most. Those of two
    characters would cut other words.
    """
    return tuple(sorted(name for name in by_name() if len(name) > 2))


def prepare() -> None:
    """Load the dictionary (half a second, 80 MB). Web processes do it before they fork."""
    with _lock:
        _cutter()
        _fast_cutter()


@lru_cache(50_000)
def _cut(run: str) -> tuple[str, ...]:
    """The words of a run of Han characters. What is not in the dictionary falls apart
    into characters: no guessing from the neighbours, so a word is cut alike in a report
    and in a question.
    """
    prepare()
    if fast := _fast_cutter():
        return tuple(fast.cut(run, hmm=False))
    return tuple(_cutter().cut(run, HMM=False))


@lru_cache(50_000)
def _cut_finely(run: str) -> tuple[str, ...]:
    """As `_cut`, with the shorter dictionary words inside each word."""
    found: list[str] = []
    for word in _cut(run):
        known = _cutter().FREQ
        for length in range(2, len(word)):
            inner = (word[at : at + length] for at in range(len(word) - length + 1))
            found.extend(part for part in inner if known.get(part))
        found.append(word)
    return tuple(found)


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
        elif len(run) <= _LONGEST_RUN:
            found += cut(run)
        else:
            for at in range(0, len(run), _LONGEST_RUN):
                found += cut(run[at : at + _LONGEST_RUN])
    return found


def has_han(normal_text: str) -> bool:
    return _IS_HAN.search(normal_text) is not None

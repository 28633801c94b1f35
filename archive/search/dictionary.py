"""The dictionary that words are cut by, and what cuts by it: jieba, or rjieba, which
cuts alike ten times as fast and takes a sixth of the time to load.
"""

from __future__ import annotations

import hashlib
import json
import logging
import threading
import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import Any

from archive.regions import by_name

DATA = Path(__file__).parent / "data"
_LISTS = [DATA / name for name in ("words.txt", "synonyms.txt")]
_PROOF = DATA / "proof.json"
_RARE = 3
"""How often a place named in no dictionary occurs in the 60 million words that jieba's
frequencies were counted in.
"""
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Cutter:
    """What cuts runs of Han characters."""

    cut: Callable[[str], Iterable[str]]
    """The words of a run. What is in no dictionary falls apart into characters."""
    knows: Callable[[str], object]
    """Whether a word is in the dictionary."""


@cache
def cutter() -> Cutter:
    """The fastest that cuts as jieba does, loaded once a process."""
    with _lock:
        return _fast() or _slow()


@cache
def dictionary() -> str:
    """Names the rules by which words are cut: jieba's version and the content of our
    own lists.
    """
    own = " ".join((*dictionary_words(), *_region_names()))
    return f"jieba {version('jieba')} {hashlib.sha256(own.encode()).hexdigest()[:12]}"


def lines_of(path: Path) -> list[str]:
    """The lines of a reviewed list, without remarks: what follows a # there."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.partition("#")[0] for line in lines]


def words_in(path: Path) -> list[str]:
    """The words of a reviewed list, whatever its lines."""
    return " ".join(lines_of(path)).split()


@cache
def dictionary_words() -> tuple[str, ...]:
    """The words of our own lists: statutory terms, and the synonyms, which are short
    names of agencies above all.
    """
    return tuple(dict.fromkeys(chain.from_iterable(map(words_in, _LISTS))))


@cache
def _region_names() -> tuple[str, ...]:
    """The names of the gazetteer, full and short; jieba knows most.

    Those of two characters would cut other words.
    """
    return tuple(sorted(name for name in by_name() if len(name) > 2))


@cache
def jieba_itself() -> Any:
    """jieba with our own words and the names of regions: most of a second, 80 MB."""
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
def _slow() -> Cutter:
    """jieba: what an index is made by, wherever it is made."""
    itself = jieba_itself()
    # jieba's dictionary also lists beginnings of words, with a frequency of 0.
    return Cutter(lambda run: itself.cut(run, HMM=False), itself.FREQ.get)


@cache
def _fast() -> Cutter | None:
    """rjieba with the same words and frequencies, where it is installed (the extra
    `fast`) and cuts our own list as jieba does; another release may not.
    """
    try:
        # By the object it makes when loaded: another would load the dictionary again.
        import rjieba
    except ImportError:
        return None
    record = _record()
    is_proved = version("rjieba") in record["rjieba"]
    knows = rjieba.has_word if is_proved else jieba_itself().FREQ.get
    for word, frequency in _frequencies(record if is_proved else None).items():
        rjieba.add_word(word, frequency, "n")
    for name in _region_names():
        if not knows(name):
            rjieba.add_word(name, _RARE, "n")
    if _cuts_alike(list(rjieba.cut(_probe(), hmm=False)), record):
        return Cutter(lambda run: rjieba.cut(run, hmm=False), knows)
    return None


def _frequencies(record: dict[str, Any] | None) -> dict[str, int]:
    """How often jieba takes our own words to occur, so that they stay whole."""
    if record:
        frequencies: dict[str, int] = record["frequencies"]
        return frequencies
    known = jieba_itself().FREQ
    return {word: known[word] for word in (*dictionary_words(), *_region_names())}


def _cuts_alike(cut: list[str], record: dict[str, Any]) -> bool:
    if _digest(cut) == record["cut"]:
        return True
    # Written down for other lists, or not as it should be: jieba itself is asked.
    return cut == list(jieba_itself().cut(_probe(), HMM=False))


def _probe() -> str:
    """What is cut by both: all our own words in a row."""
    return "".join(dictionary_words())


def _digest(cut: Iterable[str]) -> str:
    return hashlib.sha256(" ".join(cut).encode()).hexdigest()


@cache
def _record() -> dict[str, Any]:
    """What was proved with jieba once, so that not every process need load it: see
    `proof`. Proves nothing where jieba or our own lists have changed since.
    """
    record: dict[str, Any] = json.loads(_PROOF.read_text(encoding="utf-8"))
    is_of_today = record["jieba"] == version("jieba")
    if is_of_today and tuple(record["frequencies"]) == dictionary_words():
        return record
    return {"rjieba": [], "cut": ""}


def proof(proved: list[str]) -> dict[str, Any]:
    """What data/proof.json should hold for today's lists.

    `proved`: releases of rjieba that know the words that jieba knows, and cut as jieba
    does. tests/search/test_dictionary.py proves it, and says how to write the file.
    """
    known = jieba_itself().FREQ
    return {
        "jieba": version("jieba"),
        "rjieba": proved,
        "cut": _digest(jieba_itself().cut(_probe(), HMM=False)),
        "frequencies": {word: known[word] for word in dictionary_words()},
    }

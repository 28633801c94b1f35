"""Chinese words cut by jieba, which the index goes by, and by others on the same text:
how fast, and how much alike.

    python -m benchmarks.cutting [CHARACTERS]

rjieba is what the extra `fast` installs. The others are measured where they are
installed, which nothing here needs:

    pip install jieba-next jieba-fast spacy-pkuseg srsly catalogue thulac cutword
    pyahocorasick
"""

from __future__ import annotations

import re
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from importlib.metadata import version
from itertools import accumulate

from archive.search.dictionary import dictionary_words
from archive.search.text import HAN, normal
from archive.search.words import prepare
from benchmarks.reports import generated

Cut = Callable[[str], list[str]]


def jieba() -> Cut:
    import jieba

    jieba.initialize()
    return lambda run: list(jieba.cut(run, HMM=False))


def rjieba() -> Cut:
    import rjieba

    cutter = rjieba.Jieba()
    return lambda run: list(cutter.cut(run, hmm=False))


def jieba_next() -> Cut:
    import jieba_next

    jieba_next.initialize()
    return lambda run: list(jieba_next.cut(run, HMM=False))


def jieba_fast() -> Cut:
    import jieba_fast

    jieba_fast.initialize()
    return lambda run: list(jieba_fast.cut(run, HMM=False))


def spacy_pkuseg() -> Cut:
    import spacy_pkuseg

    return list_of(spacy_pkuseg.pkuseg().cut)


def thulac() -> Cut:
    import thulac

    cutter = thulac.thulac(seg_only=True)
    return lambda run: str(cutter.cut(run, text=True)).split()


def cutword() -> Cut:
    import cutword

    return list_of(cutword.Cutter().cutword)


def list_of(cut: Callable[[str], object]) -> Cut:
    return lambda run: list(cut(run))  # type: ignore[call-overload]


ENGINES: dict[str, Callable[[], Cut]] = {
    "jieba": jieba,
    "rjieba": rjieba,
    "jieba-next": jieba_next,
    "jieba-fast": jieba_fast,
    "spacy-pkuseg": spacy_pkuseg,
    "thulac": thulac,
    "cutword": cutword,
}


def runs(characters: int) -> Iterator[str]:
    """Different runs of Han characters of generated reports, so many characters in all."""
    seen: set[str] = set()
    number = 0
    while characters > 0:
        number += 1
        for run in re.findall(
            f"[{HAN}]+", normal("\n".join(generated(number).pieces()))
        ):
            if run not in seen and characters > 0:
                seen.add(run)
                characters -= len(run)
                yield run


def borders(words: list[str]) -> set[tuple[int, int]]:
    ends = list(accumulate(map(len, words)))
    return set(zip([0, *ends], ends, strict=False))


def main(characters: int) -> None:
    warnings.simplefilter("ignore")
    prepare()
    text = [*runs(characters), *dictionary_words()]
    total = sum(map(len, text))
    print(f"{total:,} characters in {len(text):,} runs\n")
    print(
        "| engine | characters/s | ready after s | runs cut as jieba does | words"
        " that jieba has too |"
    )
    print("|---|---|---|---|---|")
    reference: list[set[tuple[int, int]]] = []
    for name, load in ENGINES.items():
        started = time.perf_counter()
        try:
            cut = load()
        except Exception as error:  # not installed, or without its model
            print(f"| {name} | not measured: {error} | | | |")
            continue
        ready = time.perf_counter() - started
        started = time.perf_counter()
        found = [cut(run) for run in text]
        took = time.perf_counter() - started
        spans = list(map(borders, found))
        reference = reference or spans
        alike = sum(
            one == other for one, other in zip(spans, reference, strict=True)
        ) / len(text)
        both = sum(
            len(one & other) for one, other in zip(spans, reference, strict=True)
        ) / sum(map(len, spans))
        print(
            f"| {name} {version(name)} | {total / took:,.0f} | {ready:.1f} | "
            f"{alike:.2%} | {both:.2%} |",
            flush=True,
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000)

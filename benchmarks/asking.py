"""A process that asks an index, as a web process does, and prints what it measured as
JSON.

python -m benchmarks.asking FOLDER [all | warm | bare | throughput]
"""

from __future__ import annotations

import gc
import json
import re
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from random import Random

import psutil

from archive.commands.website.server import CIRCLES
from archive.search import Index, words
from archive.search import Query as Question
from archive.search.answer import searching
from archive.search.suggest import Vocabulary
from benchmarks.reports import SECTORS, Reports
from benchmarks.search import HOSTILE, ROOT, TYPED, UNTUNED, questions, timed

# e.g. "加强政策解读，围绕教育发布图文解读3篇"
# not "“公开”"
SENTENCE = re.compile("[^。；“”\\n]+")


def rate(index: Index, threads: int, seconds: float = 4.0) -> float:
    """Pages a second of so many threads asking at once."""
    queries = [query for _, query, _ in questions()]
    ends = time.perf_counter() + seconds

    def ask(first: int) -> int:
        done = 0
        while time.perf_counter() < ends:
            index.search(queries[(first + done) % len(queries)])
            done += 1
        return done

    with ThreadPoolExecutor(threads) as pool:
        return sum(pool.map(ask, range(threads))) / seconds


def bare(index: Index, asked: list[tuple[str, Question]]) -> dict[str, object]:
    """Milliseconds for totals, the best 20 and counts of facets, for the first time and
    again: no text of a hit is fetched and no passage cut. What proves a quote is a part
    of finding it.
    """
    shown, searching.hits_of = searching.hits_of, lambda *_: ()
    try:
        return {"bare_first": each(index, asked), "bare": each(index, asked * 3)}
    finally:
        searching.hits_of = shown


def each(index: Index, asked: list[tuple[str, Question]]) -> list[tuple[str, float]]:
    """The kind of each question, and what it took in milliseconds."""
    return [
        (kind, timed(lambda query=query: index.search(query))) for kind, query in asked
    ]


def quotes(index: Index, reports: Reports, count: int = 500) -> dict[str, object]:
    """Sentences, halves and shorter pieces of random reports, quoted: what the first
    time and the second took, and of how many the total is not known exactly.
    """
    dice = Random(7)
    size = index.count()
    asked: list[Question] = []
    while len(asked) < count:
        number = dice.randrange(1, size + 1)
        piece = dice.choice([*reports.texts([number])[number].pieces()])
        sentence = dice.choice(SENTENCE.findall(piece))
        most = dice.choice((len(sentence), len(sentence) // 2, 8))
        begin = dice.randrange(max(len(sentence) - most, 0) + 1)
        if len(quoted := sentence[begin : begin + most]) > 2:
            asked.append(Question(f'"{quoted}"'))
    first = [timed(lambda query=query: index.search(query)) for query in asked]
    warm = [timed(lambda query=query: index.search(query)) for query in asked]
    about = sum(not index.search(query).exact for query in asked)
    return {"first": first, "warm": warm, "about": about, "count": count}


def main(folder: Path, what: str) -> None:
    words.prepare()
    # As `serve` does before its processes part.
    gc.collect()
    gc.freeze()
    gc.set_threshold(*CIRCLES)
    reports = Reports(ROOT / "data" / "bench" / "reports.sqlite3", 0)
    index = Index(folder / "index", reports.texts)
    found: dict[str, object] = {
        "start": timed(lambda: index.search(Question("行政复议")))
    }
    asked = [(kind, query) for kind, query, _ in questions()]
    if what == "bare":
        print(json.dumps(bare(index, asked)))
        return
    found["first"] = each(index, asked)
    if what != "throughput":
        found["warm"] = each(index, asked * 3)
    if what == "all":
        as_the_site = [replace(query, synonyms=True, fold=True) for _, query in asked]
        found["site"] = [
            timed(lambda query=query: index.search(query)) for query in as_the_site * 2
        ]
        index.suggest("税务")  # as `serve` does before it answers
        found["hostile"] = {name: max(timed(lambda t=t: index.search(Question(t))) for t in (text, text + "甲"))
                            for name, text in HOSTILE.items()}  # fmt: skip
        names = Vocabulary(
            {
                f"示例第{number}{SECTORS[number % len(SECTORS)]}局": number % 18
                for number in range(18_000)
            }
        )
        found["suggest"] = [
            timed(lambda typed=typed: names.suggest(typed)) for typed in TYPED * 5
        ]
        found["processor"] = [
            timed(lambda query=query: index.search(query), time.thread_time)
            for _, query in asked * 2
        ]
        found["untuned"] = [
            timed(lambda text=text: index.search(Question(text)))
            for text in UNTUNED * 2
        ]
        found["totals"] = [index.search(query).total for _, query in asked]
        found["eight"] = rate(index, 8)
    if what != "warm":
        found["one"] = rate(index, 1)
    found["rss"] = psutil.Process().memory_info().rss
    if what == "all":
        found["quotes"] = quotes(index, reports)
    print(json.dumps(found))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "all")

"""How well the search ranks, on judged questions, beside what one would use instead.
Prints tables in Markdown.

    python -m benchmarks.judged           the collections of this folder, which are
                                          kept in benchmarks/results-judged.md
    python -m benchmarks.judged FOLDER …  others, in BEIR's layout

    python -m benchmarks.judged --published FOLDER
                                          public collections from their own files (see
                                          benchmarks/judged/published.py)

    python -m benchmarks.judged --passages FILE --questions FILE
                                          answers to questions over passages, a line each
"""

from __future__ import annotations

import argparse
import json
import math
import statistics
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

import tantivy

from archive.search import Entry, Index, Query
from archive.search.text import normal
from archive.search.words import words
from benchmarks.judged.collections import (
    Collection,
    Question,
    as_report,
    beir,
    lines_of,
    passages,
    public,
    reports,
)
from benchmarks.judged.published import published

DEEP = 100
"""Hits that count: recall is measured to here."""
FIRST = 10
"""Hits that count for MRR@10."""
SITE = "the site's search"
Answer = Callable[[str], Sequence[str]]
Cut = Callable[[str], list[str]]


def bm25(texts: dict[str, str], cut: Cut, k1: float = 1.2, b: float = 0.75) -> Answer:
    """BM25 as in the textbook, over the words (or whatever else) that `cut` finds."""
    counted = {key: Counter(cut(normal(text))) for key, text in texts.items()}
    lengths = {key: sum(counts.values()) for key, counts in counted.items()}
    average = statistics.mean(lengths.values())
    holders: dict[str, list[str]] = {}
    for key, counts in counted.items():
        for term in counts:
            holders.setdefault(term, []).append(key)

    def answer(question: str) -> list[str]:
        scores: defaultdict[str, float] = defaultdict(float)
        for term in cut(normal(question)):
            held = holders.get(term, [])
            rarity = math.log(1 + (len(texts) - len(held) + 0.5) / (len(held) + 0.5))
            for key in held:
                times = counted[key][term]
                norm = k1 * (1 - b + b * lengths[key] / average)
                scores[key] += rarity * times * (k1 + 1) / (times + norm)
        return sorted(scores, key=lambda key: -scores[key])[:DEEP]

    return answer


def bigrams(plain: str) -> list[str]:
    return [a + b for a, b in pairwise(plain) if not (a + b).isspace()]


def by_tantivy(texts: dict[str, str]) -> Answer:
    """tantivy's BM25 over the words jieba cuts."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    builder.add_text_field("body", tokenizer_name="whitespace", index_option="freq")
    schema = builder.build()
    index = tantivy.Index(schema)
    writer = index.writer()
    for key, text in texts.items():
        writer.add_document(
            tantivy.Document(id=key, body=" ".join(words(normal(text))))
        )
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def answer(question: str) -> list[str]:
        terms = [
            tantivy.Query.term_query(schema, "body", word)
            for word in words(normal(question))
        ]
        if not terms:
            return []
        asked = tantivy.Query.boolean_query(
            [(tantivy.Occur.Should, term) for term in terms]
        )
        return [
            searcher.doc(address)["id"][0]
            for _, address in searcher.search(asked, DEEP).hits
        ]

    return answer


def by_site(
    entries: Sequence[Entry], keys: Sequence[str], folder: Path, most: int = DEEP
) -> Answer:
    """The site's own search; entry n is the text whose id stands at place n of `keys`.

    `most`: hits that are asked for.
    """
    index = Index(folder, lambda ids: {number: entries[number] for number in ids})
    index.update(entries)

    def answer(question: str) -> list[str]:
        asked = Query(question, size=most, synonyms=True)
        if asked.tree is None:  # the site shows everything where nothing is asked for
            return []
        results = index.search(asked)
        # As they stand on the page: those that hold all words, the nearest below.
        return [keys[hit.version_id] for hit in (*results.hits, *results.beside)]

    return answer


def by_passages(texts: dict[str, str], folder: Path, most: int = DEEP) -> Answer:
    """The site's own search over plain passages, each a report of one section."""
    entries = [as_report(number, text) for number, text in enumerate(texts.values())]
    return by_site(entries, list(texts), folder, most)


def by_reports(folder: Path) -> Answer:
    """The site's own search over the sample reports."""
    collection, entries = reports()
    return by_site(entries, list(collection.texts), folder)


def measures(
    answer: Answer, questions: Sequence[Question]
) -> tuple[float, float, float]:
    """nDCG@10, MRR@10 and recall@100, each the mean over the questions."""
    every = [
        _measured(list(answer(question.text)), question.grades)
        for question in questions
    ]
    ndcg, mrr, recall = (statistics.mean(column) for column in zip(*every, strict=True))
    return ndcg, mrr, recall


def _measured(found: list[str], grades: dict[str, int]) -> tuple[float, float, float]:
    best = _gain(sorted(grades.values(), reverse=True))
    wanted = {key for key, grade in grades.items() if grade}
    places = [place for place, key in enumerate(found[:10], 1) if key in wanted]
    first = 1 / places[0] if places else 0.0
    ndcg = _gain([grades.get(key, 0) for key in found]) / best
    return ndcg, first, len(wanted.intersection(found)) / len(wanted)


def _gain(grades: list[int]) -> float:
    return sum(
        (2**grade - 1) / math.log2(place + 1)
        for place, grade in enumerate(grades[:10], 1)
    )


def _by_bm25(texts: dict[str, str]) -> dict[str, Answer]:
    """What one would use instead."""
    return {
        "BM25, jieba words": bm25(texts, words),
        "BM25, pairs of characters": bm25(texts, bigrams),
    }


def compared(collection: Collection, ours: dict[str, Answer]) -> None:
    peer = {"tantivy, jieba words": by_tantivy(collection.texts)}
    engines = ours | peer | _by_bm25(collection.texts)
    print(
        f"\n### {collection.name}: {len(collection.texts)} texts, "
        f"{len(collection.questions)} questions\n"
    )
    print(
        "| engine | nDCG@10 | MRR@10 | recall@100 | nDCG@10 of odd questions | of"
        " even ones |"
    )
    print("| --- | --- | --- | --- | --- | --- |")
    for name, answer in engines.items():
        asked = collection.questions
        halves = [measures(answer, part)[0] for part in (asked[::2], asked[1::2])]
        print(
            f"| {name} |",
            " | ".join(f"{value:.3f}" for value in (*measures(answer, asked), *halves)),
            "|",
        )


def compare_published(files: Path) -> None:
    """Prints a table of MRR@10 over the public collections whose files lie in a folder,
    and of its halves, so that what is chosen on odd questions is seen on even ones.
    """
    print("| collection | texts | questions | engine | MRR@10 | odd | even |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as made:
        for number, collection in enumerate(published(files)):
            folder = Path(made) / str(number)
            site = by_passages(collection.texts, folder, FIRST)
            for name, answer in ({SITE: site} | _by_bm25(collection.texts)).items():
                _print_mrr(collection, name, answer)


def _print_mrr(collection: Collection, name: str, answer: Answer) -> None:
    asked = collection.questions
    every = [
        _measured(list(answer(question.text)), question.grades)[1] for question in asked
    ]
    means = map(statistics.mean, (every, every[::2], every[1::2]))
    print(
        f"| {collection.name} | {len(collection.texts)} | {len(asked)} | {name} |",
        " | ".join(f"{mean:.3f}" for mean in means),
        "|",
        flush=True,
    )


def answer_files(passages_file: Path, questions_file: Path) -> None:
    """Answers questions over passages, both lines of JSON with `id` and `text`; of two
    passages with the same id the last counts.

    Prints a line a question: its id, and the ids of what was found, best first, at most
    DEEP. Plain ASCII, so that any character of an id can be printed anywhere.
    """
    texts = dict(lines_of(passages_file))
    with tempfile.TemporaryDirectory() as made:
        answer = by_passages(texts, Path(made) / "index")
        for key, question in lines_of(questions_file):
            print(json.dumps({"id": key, "ids": answer(question)}))


def compare_collections(folders: Sequence[Path]) -> None:
    """Prints a table a collection: those of this folder, or others in BEIR's layout."""
    own = [*passages(), *public()]
    collections = list(map(beir, folders)) if folders else own
    with tempfile.TemporaryDirectory() as made:
        for number, collection in enumerate(collections):
            found = by_passages(collection.texts, Path(made) / f"passages-{number}")
            compared(collection, {SITE: found})
        if folders:
            return
        ours = by_reports(Path(made) / "reports")
        for questions in ("reports", "reports-more"):
            collection, _ = reports(questions)
            compared(collection, {SITE: ours})


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.judged",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "folders", nargs="*", type=Path, help="collections in BEIR's layout"
    )
    parser.add_argument(
        "--published", type=Path, help="a folder with files of public collections"
    )
    parser.add_argument("--passages", type=Path, help='lines {"id", "text"} to search')
    parser.add_argument("--questions", type=Path, help='lines {"id", "text"} to ask')
    options = parser.parse_args()
    if bool(options.passages) != bool(options.questions):
        parser.error("--passages and --questions go together")
    if options.published:
        compare_published(options.published)
    elif options.passages:
        answer_files(options.passages, options.questions)
    else:
        compare_collections(options.folders)


if __name__ == "__main__":
    main()

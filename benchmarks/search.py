"""Pages a visitor asks for, answered by stock Whoosh and by our reading of the same files.

    python -m benchmarks.search [REPORTS]

Builds an index of generated reports (10,000 unless told otherwise) in a temporary folder and prints
how long the build took and the milliseconds of a page: 20 hits and the counts of all facets. Stock
Whoosh makes no snippets here and looks no quoted text up; ours does both. The first row of ours is
with nothing read yet, the second with posting lists decoded.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import whoosh
from whoosh import query as stock
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex
from whoosh.query import Query as StockQuery
from whoosh.scoring import BM25F

from archive.search import FACETS, Entry, Index, Query, words
from archive.search.folder import Folder
from archive.search.query import And, Node, Not, Or, Phrase, Words
from archive.search.schema import schema
from archive.search.text import grams

QUESTIONS = (
    "公开", "政府信息公开", "预付卡", "行政复议 行政诉讼", "教育 OR 商务 OR 税务", "依申请公开 -行政诉讼",
    "营商环境 优化", '"息公开工"', '"政府信息公开工作"', '"共办理12件"', '"二○二一年"', "示例第77局",
)  # fmt: skip
FILTERS: tuple[dict[str, tuple[str, ...]], ...] = ({}, {"year": ("2021", "2022"), "region": ("990000",)})
PARTS = (
    ("持续推进", "进一步规范", "及时答复", "认真办理", "全面落实", "有序开展", "二〇二一年", "优化", "加强"),
    ("政府信息公开", "依申请公开", "主动公开", "行政复议", "行政诉讼", "规范性文件", "政务公开", "营商环境", "预付卡"),
    ("教育", "税务", "商务", "卫生", "交通", "水利", "农业", "财政", "民政", "文化", "体育", "环境", "能源", "气象"),
    ("工作。", "，群众满意度提高。", "，共办理{}件。", "（示例发〔{}〕30号）。", "，网址：http://www.example.com/{}。"),
)


def generated(number: int) -> Entry:
    """A report of some 3,000 characters; rare words come from the number."""
    dice = random.Random(number)
    rare = "".join(map(chr, (dice.randrange(0x4E00, 0x8E00) for _ in range(40))))
    sections = []
    for section in range(1, 7):
        prose = "".join(dice.choice(part) for _ in range(28) for part in PARTS).replace("{}", str(number % 997))
        sections.append((section, "总体情况", prose + rare[section * 5 : section * 5 + 5]))
    year = 2008 + number % 18
    return Entry(
        number,
        number,
        f"示例第{number % 500}局{year}年政府信息公开工作年度报告",
        f"示例第{number % 500}局",
        year,
        ("990000", f"99{number % 21:02}00", f"99{number % 21:02}{number % 9:02}"),
        PARTS[2][number % 14],
        "省市县"[number % 3],
        "2021" if year > 2020 else "free",
        tuple(sorted(dice.sample(["a", "b", "c", "d"], number % 4))),
        tuple(sections),
    )


class Generated(Mapping[int, Entry]):
    """Stands where the database does."""

    def __init__(self, size: int) -> None:
        self._entries = {number: generated(number) for number in range(1, size + 1)}

    def __getitem__(self, number: int) -> Entry:
        return self._entries[number]

    def __iter__(self) -> Iterator[int]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def texts(self, ids: Sequence[int]) -> Mapping[int, Entry]:
        return {number: self._entries[number] for number in ids}


def as_stock(node: Node) -> StockQuery:
    match node:
        case Words(text):
            return stock.And([stock.Term("words", word) for word in dict.fromkeys(words.words(text))])
        case Phrase(text):
            return stock.And([stock.Term("grams", gram) for gram in grams(text)])
        case And(parts):
            out = [as_stock(part.part) for part in parts if isinstance(part, Not)]
            asked = stock.And([as_stock(part) for part in parts if not isinstance(part, Not)])
            return stock.AndNot(asked, stock.Or(out)) if out else asked
        case Or(parts):
            return stock.Or([as_stock(part) for part in parts])
        case Not(part):
            return stock.Not(as_stock(part))


def timed(ask: Callable[[], object]) -> float:
    started = time.perf_counter()
    ask()
    return (time.perf_counter() - started) * 1000


def show(name: str, times: list[float]) -> None:
    ordered = sorted(times)
    print(f"{name:28} p50 {statistics.median(ordered):8.1f}   p95 {ordered[int(len(ordered) * 0.95)]:8.1f} ms a page")


def main(size: int) -> None:
    reports = Generated(size)
    queries = [Query(text, filters) for text in QUESTIONS for filters in FILTERS]
    with tempfile.TemporaryDirectory() as folder:
        index = Index(Path(folder) / "index", reports.texts)
        words.prepare()
        took = timed(lambda: index.rebuild(reports.values())) / 1000
        print(f"{size} reports built in {took:.1f} s ({size / took:.0f} a second)")
        show("ours, nothing read yet", [timed(lambda query=query: index.search(query)) for query in queries])
        show("ours", [timed(lambda query=query: index.search(query)) for query in queries * 3])
        path = Folder(Path(folder) / "index").current()
        stock_index = FileIndex(FileStorage(str(path)), schema())
        groups = [f"facet_{facet.key}" for facet in FACETS]
        with stock_index.searcher(weighting=BM25F()) as searcher:
            trees = [as_stock(query.tree) for query in queries if query.tree and not query.filters]
            release = ".".join(map(str, whoosh.__version__))
            show(
                f"stock Whoosh {release}",
                [timed(lambda tree=tree: len(searcher.search(tree, limit=20, groupedby=groups))) for tree in trees],
            )
        update = [timed(lambda number=number: index.update([reports[number]])) for number in range(1, 21)]
        show("ours, one report updated", update)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)

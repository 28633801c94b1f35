"""What conditions on figures cost: `python -m benchmarks.figures 10000`.

Invented reports of two forms with the figures of a busy office: seven in eight are 0,
one report in twenty has doubtful cells. Prints bytes a report, and milliseconds of processor of a
question with and without a condition, an order, and ranges.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from random import Random

from archive.catalogue import FIGURES, FORMS, INDICATORS, OF, keys
from archive.search import Condition, Entry, Index, Query

_TIMES = 60


def entries(count: int) -> Iterator[Entry]:
    """Reports whose text is short: only the figures are measured."""
    for number in range(count):
        random = Random(number)
        form = random.choice(["2021", "2021", "2019"])
        yield Entry(
            number + 1,
            number + 1,
            f"示例第{number}局年度报告",
            f"示例第{number}局",
            2019 + number % 6,
            form=form,
            sections=((1, "总体情况", "本年度政府信息公开工作持续推进。"),),
            values=tuple(_values(random, form)),
        )


def _values(random: Random, form: str) -> Iterator[tuple[str, int]]:
    sure = random.choice([1.0] * 19 + [0.9])
    for key in keys(FORMS[form]):
        if random.random() <= sure:
            yield key, random.choice([0] * 7 + [random.randrange(1, 900)])
    for key, figure in FIGURES.items():
        if not figure.printed and key != "proactive_part" and random.random() < 0.5:
            yield key, random.randrange(5000)
    for key, one in INDICATORS.items():
        if one.is_share and random.random() < 0.7:
            of = random.randrange(1, 900)
            yield key, random.choice([0, 0, random.randrange(of + 1)])
            yield key + OF, of


def _milliseconds(index: Index, query: Query) -> float:
    times = []
    for _ in range(_TIMES):
        started = time.thread_time()
        index.search(query)
        times.append((time.thread_time() - started) * 1000)
    return statistics.median(times)


def measure(count: int) -> None:
    """Prints the table."""
    with tempfile.TemporaryDirectory() as folder:
        known = {entry.version_id: entry for entry in entries(count)}
        index = Index(
            Path(folder) / "index",
            lambda asked: {number: known[number] for number in asked},
        )
        index.rebuild(known.values())
        with_figures = _size(Path(folder))
        plain = Query("公开")
        condition = Condition("requests.new.total", ">", Decimal(100))
        share = Condition("disclosed_share", "<", Decimal("0.5"))
        asked = {
            "no condition": plain,
            "a count": Query("公开", where=(condition,)),
            "a share": Query("公开", where=(share,)),
            "both": Query("公开", where=(condition, share)),
            "an order": Query("公开", sort="figure:disclosed_share"),
            "ranges": Query("公开", figure="requests.new.total"),
        }
        for name, query in asked.items():
            print(f"{name:14} {_milliseconds(index, query):8.2f} ms")
        index.rebuild(_without(known))
        print(f"{(with_figures - _size(Path(folder))) / count:.0f} bytes a report")


def _without(known: dict[int, Entry]) -> Iterator[Entry]:
    """The same reports without their figures."""
    for entry in entries(len(known)):
        yield Entry(
            entry.version_id,
            entry.filing_id,
            entry.title,
            entry.agency,
            entry.year,
            form=entry.form,
            sections=entry.sections,
        )


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


if __name__ == "__main__":
    measure(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)

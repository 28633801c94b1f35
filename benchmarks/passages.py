"""How fast passages are indexed and found: generated text without blanks, 400 characters a passage.

python -m benchmarks.passages [HOW MANY]
"""

from __future__ import annotations

import os
import platform
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from archive.search import index_passages, prepare, search_passages
from benchmarks.reports import generated

LENGTH = 400
QUESTIONS = 300


def passages(count: int) -> Iterator[tuple[str, str]]:
    number, report, left = 0, 0, ""
    while number < count:
        while len(left) < LENGTH:
            report += 1
            left += "".join(prose for _, _, prose in generated(report).sections).replace("\n", "")
        yield str(number), left[:LENGTH]
        number, left = number + 1, left[LENGTH:]


def questions(texts: list[str]) -> list[str]:
    """Half of them a few words, half whole sentences, in the words of some passage."""
    dice = random.Random(1)
    found = []
    for number in range(QUESTIONS):
        text, length = dice.choice(texts), 8 if number % 2 else 40
        start = dice.randrange(len(text) - length)
        found.append(text[start : start + length] + ("怎么办？" if number % 3 else ""))
    return found


def main(count: int) -> None:
    prepare()
    every = list(passages(count))
    asked = questions([text for _, text in every])
    with tempfile.TemporaryDirectory() as folder:
        wall, cpu = time.perf_counter(), time.process_time()
        index_passages(folder, every)
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        size = sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file())
        times = [[_timed(folder, question) for question in asked] for _ in range(2)]
        used = time.process_time()
        for question in asked:
            search_passages(folder, question)
        used = 1000 * (time.process_time() - used) / len(asked)
    machine = f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
    print(f"{machine}, Python {platform.python_version()}")
    print(f"{count:,} passages of {LENGTH} characters")
    print(
        f"built: {count / wall:,.0f} a second, {count / cpu:,.0f} a CPU second; {size / count:,.0f} bytes each on disk"
    )
    for name, one in zip(("first time", "again"), times, strict=True):
        slow = statistics.quantiles(one, n=20)[-1]
        print(f"asked, {name}: {statistics.median(one):.1f} ms at the median, {slow:.1f} at p95")
    print(f"a question takes {used:.1f} ms of a processor on average")
    print(f"memory at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB, the passages included")


def _timed(folder: str, question: str) -> float:
    started = time.perf_counter()
    search_passages(folder, question)
    return 1000 * (time.perf_counter() - started)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)

"""A page of results (20 hits with snippets, counts of five facets) asked of the
archive's search and of other engines.

    python -m benchmarks.search [REPORTS] [GROWTH]

All engines get the same generated reports, the same words and the same questions, in
this one run on this machine. Snippets are made for all by the same code from the same
texts. Ours is asked again after each of the others, since the machine may be slower by
then. How ours grows is measured up to GROWTH reports. What is measured stands in
benchmarks/results.md, which a run writes anew, with a plot of the growth beside it.
Reports and words are kept in data/bench for the next run.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from archive.search import Index, Query, words
from archive.search.answer.snippets import Marker
from archive.search.answer.texts import Text
from archive.search.question import Phrase, Words
from archive.search.text import normal
from benchmarks.engines import Asked, Fts5, Postgres, Tantivy
from benchmarks.plot import growth_plot
from benchmarks.postgres import postgres
from benchmarks.reports import Reports

ROOT = Path(__file__).resolve().parents[1]
RESULTS = Path(__file__).with_name("results.md")
PLOT = Path(__file__).with_name("growth.svg")
FILTER = (("year", "2021"), ("region", "P070000"))
KINDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "rare word": ("all", ("林火", "渔港", "古籍", "冰川", "陶瓷", "气球")),
    "word in most reports": ("all", ("公开", "政府", "信息", "工作", "行政复议", "及时")),
    "all of two": ("all", ("营商环境 农业", "解读 水利", "预付卡 税务", "目录 调整", "群众 教育", "流程 卫生")),
    "one of several": ("any", ("林火 渔港 古籍", "教育 商务", "水利 气象 统计", "农业 林业", "司法 公安", "冰川 气球")),
    "word with filters": ("filter", ("公开", "申请", "教育", "解读", "规范性文件", "审查")),
    "phrase": ("row", ("政府信息公开申请", "规范性文件", "公开内容", "行政复议", "信息应公开尽公开", "社会关切")),
}  # fmt: skip
TABLES = {
    "warm": "a page, warm",
    "first": "a page asked for the first time",
    "bare": "bare, warm",
    "bare_first": "bare, for the first time",
}
UNTUNED = (
    "高速公路",
    "疫情",
    "危房 改造",
    "学校 食堂",
    "招标 OR 采购 OR 拍卖",
    '"先审查、后公开"',
    '"新闻发布会"',
    "扶贫",
    "档案馆",
    "网站 安全",
)
"""Questions nobody looked at while the search was made fast."""

HOSTILE = {
    "100 kB of text": "政府信息公开" * 6_000,
    "10,000 words": " ".join(f"公开{number}" for number in range(10_000)),
    "nested brackets": "(" * 20_000 + "公开" + ")" * 20_000,
    "many alternatives": " OR ".join(["公开", "申请", "政府"] * 3_000),
    "wildcards": "*" * 9_000 + " 公* 政* 信* 开* a* 1*",
    "control characters": "\x00\x01\x1b\u202e\ud800" * 5_000,
    "a regular expression's trap": "(a+)+$" + "a" * 50_000 + "!",
    "quotes": '"' * 9_999 + "公开",
}
TYPED = ("sw", "swj", "shuiwu", "税务", "示例", "第", "局", "zzzz", "12", "示例第17")


def questions() -> list[tuple[str, Query, Asked]]:
    """Each kind's questions, as the archive is asked and as other engines are."""
    found = []
    for kind, (how, texts) in KINDS.items():
        for text in texts:
            typed = {"any": text.replace(" ", " OR "), "row": f'"{text}"'}.get(
                how, text
            )
            filters = FILTER if how == "filter" else ()
            chosen = {name: (value,) for name, value in filters}
            cut = tuple(
                word for part in text.split() for word in words.words(normal(part))
            )
            found.append(
                (
                    kind,
                    Query(typed, chosen),
                    Asked("all" if how == "filter" else how, cut, filters),
                )
            )
    return found


def timed(
    ask: Callable[[], object], clock: Callable[[], float] = time.perf_counter
) -> float:
    """Milliseconds."""
    started = clock()
    ask()
    return (clock() - started) * 1000


def share(times: Sequence[float], part: float) -> float:
    return sorted(times)[min(int(len(times) * part), len(times) - 1)]


def figures(times: Sequence[float]) -> str:
    """p50 / p95; below a millisecond in hundredths."""
    several = statistics.median(times), share(times, 0.95)
    return " / ".join(f"{took:.1f}" if took >= 1 else f"{took:.2f}" for took in several)


def size_of(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def other(engine: Any, reports: Reports) -> dict[str, Any]:
    """Build and ask another engine."""
    took = timed(lambda: engine.build(reports.rows())) / 1000
    engine.open()

    def page(asked: Asked) -> None:
        _, ids = engine.page(asked)
        entries = reports.texts(ids) if ids else {}
        leaves = (
            [Words(word) for word in asked.words]
            if asked.how != "row"
            else [Phrase("".join(asked.words))]
        )
        Marker(leaves).shown([Text(entries[number]) for number in ids])

    asked = [(kind, one) for kind, _, one in questions()]
    first = [(kind, timed(lambda one=one: page(one))) for kind, one in asked]
    warm = [(kind, timed(lambda one=one: page(one))) for kind, one in asked * 2]
    engine.open()
    once, again = (
        [(kind, timed(lambda one=one: engine.page(one))) for kind, one in asked * times]
        for times in (1, 2)
    )
    return {
        "name": engine.name, "build": reports.size / took, "disk": size_of(engine.folder), "first": first, "warm": warm,
        "bare_first": once, "bare": again,
        "totals": [engine.page(one)[0] for _, one in asked],
    }  # fmt: skip


def ours(folder: Path, reports: Reports, size: int) -> dict[str, Any]:
    """Build our index, the time for cutting words apart, and ask it in another process."""
    index = Index(folder / "index", reports.texts)
    jieba, processor = [0.0], [0.0]
    cut = words.words

    def counted(*arguments: Any, **named: Any) -> list[str]:
        started, used = time.perf_counter(), time.process_time()
        found = cut(*arguments, **named)
        jieba[0] += time.perf_counter() - started
        processor[0] += time.process_time() - used
        return found

    from archive.search.engine import schema

    schema.words = counted  # type: ignore[assignment]
    used = time.process_time()
    try:
        took = timed(lambda: index.rebuild(reports.entries(size))) / 1000
    finally:
        used = time.process_time() - used - processor[0]
        schema.words = cut
    asking = ask_elsewhere(folder)
    return {
        "name": "archive/search (Whoosh)", "build": size / (took - jieba[0]), "jieba": jieba[0] / size * 1000,
        "used": used / size * 1000,
        "disk": size_of(folder / "index"), **asking, **ask_elsewhere(folder, "bare"),
    }  # fmt: skip


def ask_elsewhere(folder: Path, what: str = "all") -> dict[str, Any]:
    """In a process of its own, which has nothing in its memory but what a web process
    has.
    """
    command = [sys.executable, "-m", "benchmarks.asking", str(folder), what]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def two_processes(folder: Path) -> float:
    """Pages a second of two processes asking at once."""
    command = [sys.executable, "-m", "benchmarks.asking", str(folder), "throughput"]
    running = [
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    return sum(
        float(json.loads(process.communicate()[0])["one"]) for process in running
    )


def updates(folder: Path, reports: Reports) -> list[float]:
    """One report changed and found, milliseconds; merging happens between."""
    index = Index(folder / "index", reports.texts)
    times = []
    for entry in list(reports.entries(40)):
        times.append(
            timed(
                lambda entry=entry: (
                    index.update([entry]),
                    index.search(Query("公开", size=1)),
                )
            )
        )
        index.tidy()
    return times


def sizes(most: int) -> list[int]:
    return sorted(
        {size for size in (1_000, 10_000, 100_000, 300_000) if size < most} | {most}
    )


def main(size: int, upto: int) -> None:
    load = os.getloadavg()[0]
    words.prepare()
    path = ROOT / "data" / "bench" / "reports.sqlite3"
    Reports(path, upto)
    reports = Reports(path, size)
    growth: list[tuple[int, dict[str, Any]]] = []

    def grow(folder: Path, part: int) -> dict[str, Any]:
        shutil.rmtree(folder, ignore_errors=True)
        growth.append((part, ours(folder, reports, part)))
        print(
            part,
            figures([took for _, took in growth[-1][1]["warm"]]),
            f"{os.getloadavg()[0]:.1f}",
            flush=True,
        )
        return growth[-1][1]

    with tempfile.TemporaryDirectory(dir=path.parent) as made, postgres() as server:
        folder = Path(made)
        for part in sizes(size):
            mine = grow(folder / "ours", part)
        found = [mine]
        two = two_processes(folder / "ours")
        changed = updates(folder / "ours", reports)
        engines = [lambda: Tantivy(folder / "tantivy"), lambda: Fts5(folder / "fts5")]
        if server:
            engines.append(lambda: Postgres(*server))
        for engine in engines:
            found.append(other(engine(), reports))
            for what, key in (("warm", "warm"), ("bare", "bare")):
                mine[key] += ask_elsewhere(folder / "ours", what)[key]
            print(
                found[-1]["name"],
                figures([took for _, took in found[-1]["warm"]]),
                flush=True,
            )
            RESULTS.write_text(
                written(size, load, growth, found, changed, two), encoding="utf-8"
            )
        for part in sizes(upto):
            if part > size:
                grow(folder / "larger", part)
    PLOT.write_text(growth_plot(growth), encoding="utf-8")
    RESULTS.write_text(
        written(size, load, growth, found, changed, two), encoding="utf-8"
    )
    print(RESULTS.read_text(encoding="utf-8"))


def written(
    size: int, load: float, growth: Any, found: Any, changed: list[float], two: float
) -> str:
    mine = found[0]
    lines = [
        "# Search, measured", "",
        f"`{command(size, growth[-1][0])}` on " f"{datetime.now(UTC):%Y-%m-%d}: {machine()}. "
        f"{size:,} generated reports of about 3,000 characters; the same words and the same questions for every engine.",
        "Load of the machine (processes that wait for one of its processors) " f"just before: {load:.1f}, at the end: "
        f"{os.getloadavg()[0]:.1f}. With other work beside it, read ratios, not " "milliseconds.", "",
        "Milliseconds of a page with facets and snippets, p50 / p95. First: asked" " for the first time. Bare: what the "
        "engine itself takes, for the total, the best 20 and counts of facets; no texts fetched, no snippets. Five facets are "
        "asked of the others, ours counts ten. Ours keeps the texts shown last in memory, the other pages fetch them each "
        "time.", "",
        "| engine | warm | warm without phrases | phrases | first | bare | bare without phrases | bare phrases | "
        "bare, first | reports/s built, words given | bytes a report |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
    ]  # fmt: skip
    for one in found:
        warm = [took for _, took in one["warm"]]
        plain = [took for kind, took in one["warm"] if kind != "phrase"]
        phrases = [took for kind, took in one["warm"] if kind == "phrase"]
        first = [took for _, took in one["first"]]
        bare = [took for _, took in one["bare"]]
        bare_plain = [took for kind, took in one["bare"] if kind != "phrase"]
        bare_phrases = [took for kind, took in one["bare"] if kind == "phrase"]
        lines.append(
            f"| {one['name']} | {figures(warm)} | {figures(plain)} | "
            f"{figures(phrases)} | {figures(first)} "
            f"| {figures(bare)} | {figures(bare_plain)} | {figures(bare_phrases)} "
            f"| {figures([took for _, took in one['bare_first']])} "
            f"| {one['build']:.0f} | {one['disk'] / size:.0f} |"
        )
    for what, told in TABLES.items():
        lines += by_kind(found, what, told)
    quotes = mine["quotes"]
    lines += [
        "", "The archive's search alone:", "",
        f"- processor time of a page, asked before: {figures(mine['processor'])} " f"ms; building: {mine['used']:.2f} ms "
        f"a report, cutting words not counted: {1000 / mine['used']:.0f} " "reports/s with a processor to itself",
        f"- first question of a new process: {mine['start']:.0f} ms",
        f"- memory of a process after all questions: {mine['rss'] / 1e6:.0f} MB",
        "- asked as the site asks, with synonyms and near-identical reports " f"folded: {figures(mine['site'])} ms",
        f"- questions it was not tuned on: {figures(mine['untuned'])} ms",
        f"- {quotes['count']} quoted sentences, halves and pieces of random reports: first {figures(quotes['first'])} ms, "
        f"again {figures(quotes['warm'])} ms; of {quotes['about']} the total is said to be about so many (约)",
        f"- pages a second: {mine['one']:.0f} one thread, {mine['eight']:.0f} " f"eight threads, {two:.0f} two processes",
        f"- a report changed, committed and found: {figures(changed)} ms, merging" " between the updates",
        f"- suggestions among 18,000 agencies: {figures(mine['suggest'])} ms",
        "- hostile questions, the slowest of two times each: "
        + ", ".join(f"{name} {took:.0f} ms" for name, took in mine["hostile"].items()),
        f"- cutting words takes {mine['jieba']:.1f} ms a report on top of building "
        "([measured apart](results-cutting.md))", "",
        "## Growth", "", "![growth](growth.svg)", "",
        "| reports | page p50 / p95 ms | processor time | built reports/s | " "processor ms each | memory MB | disk MB |",
        "|---|---|---|---|---|---|---|",
    ]  # fmt: skip
    for part, one in growth:
        warm = [took for _, took in one["warm"]]
        lines.append(
            f"| {part:,} | {figures(warm)} | {figures(one['processor'])} | "
            f"{one['build']:.0f} | {one['used']:.2f} "
            f"| {one['rss'] / 1e6:.0f} | {one['disk'] / 1e6:.0f} |"
        )
    return "\n".join([*lines, ""])


def by_kind(found: Any, what: str, told: str) -> list[str]:
    """A table of what each kind of question takes each engine, and which part ours
    takes of what the first of the others does.
    """
    names = " | ".join(one["name"] for one in found)
    beside = found[1]["name"].partition(" ")[0] if len(found) > 1 else "none"
    lines = [
        "",
        f"| kind, {told}, p50 / p95 | {names} | ours of {beside}'s |",
        "|---" * (len(found) + 2) + "|",
    ]
    for kind in KINDS:
        times = [[took for its, took in one[what] if its == kind] for one in found]
        cells = [*map(figures, times), part(*times[:2]) if len(times) > 1 else ""]
        lines.append(f"| {kind} | " + " | ".join(cells) + " |")
    return lines


def part(ours: Sequence[float], theirs: Sequence[float]) -> str:
    """At p50 and at p95."""
    middle = statistics.median(ours) / statistics.median(theirs)
    return f"{middle:.2f} / {share(ours, 0.95) / share(theirs, 0.95):.2f}"


def command(size: int, upto: int) -> str:
    """What this run was started by."""
    return f"make bench-search N={size}" + (f" GROWTH={upto}" if upto > size else "")


def machine() -> str:
    names = [
        line.partition(":")[2].strip()
        for line in Path("/proc/cpuinfo").read_text().splitlines()
        if "model name" in line
    ]
    name = names[0] if names else platform.machine()
    return (
        f"{len(names)} × {name}, Python {platform.python_version()}, "
        f"{platform.system()}"
    )


if __name__ == "__main__":
    asked = [int(argument) for argument in sys.argv[1:]]
    main((asked or [3_000])[0], max(asked or [3_000]))

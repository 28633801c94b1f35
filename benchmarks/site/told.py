"""The results as tables."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from benchmarks.search import machine
from benchmarks.site.pages import KINDS, Kind
from benchmarks.site.visitors import AT_ONCE, Alone, Mixed, part

SHOWN = {"sqlite": "SQLite", "postgres": "PostgreSQL"}
WITH_PEER = tuple(kind for kind in KINDS if kind.peer)


@dataclass
class Measured:
    """An archive of a size on a database, or Datasette."""

    name: str
    size: int
    ready: float = 0.0
    """Seconds from the server's start to its first answer."""
    alone: dict[str, Alone] = field(default_factory=dict)
    queries: dict[str, float] = field(default_factory=dict)
    mixed: Mixed | None = None
    """The mix of all kinds of pages."""
    shared: Mixed | None = None
    """The mix of the kinds that Datasette has too."""
    tables: dict[str, int] = field(default_factory=dict)
    index: int = 0
    """Bytes of the search index."""
    filled: dict[str, Any] = field(default_factory=dict)


@dataclass
class Run:
    """All that a run has measured so far."""

    command: str
    begun: datetime = field(default_factory=lambda: datetime.now(UTC))
    load: float = field(default_factory=lambda: os.getloadavg()[0])
    found: list[Measured] = field(default_factory=list)
    peer: Measured | None = None
    notes: list[str] = field(default_factory=list)

    def largest(self) -> list[Measured]:
        """Of the greatest size, one a database."""
        most = max((one.size for one in self.found), default=0)
        return [one for one in self.found if one.size == most]


Table = Iterator[str]


def written(run: Run) -> str:
    lines = [*_head(run)]
    largest = run.largest()
    beside = [*largest, *([run.peer] if run.peer else [])]
    lines += _mixes(largest, beside)
    lines += _times(beside)
    lines += _pages(beside)
    lines += _filling(run.found)
    lines += _growth(run.found)
    lines += [f"- {note}" for note in run.notes]
    return "\n".join([*lines, ""])


def _head(run: Run) -> Table:
    yield "# The website, measured"
    yield ""
    yield (
        f"`{run.command}` on {run.begun:%Y-%m-%d %H:%M} UTC: {machine()}. Load of the"
        f" machine just before: {run.load:.1f}, at the end: {os.getloadavg()[0]:.1f};"
        " with other work beside it read processor time and ratios, not milliseconds."
    )
    yield ""
    yield (
        "Invented reports, ten years of each agency, about 3,000 signs of text and the"
        " three statutory tables, filed by the archive's own filing. Served by"
        " `python -m archive serve`, asked over HTTP on this machine: visitors and"
        " servers share its processors. Processor time is that of all the server's"
        " processes, PostgreSQL's with it."
    )
    yield ""


def _row(*cells: object) -> str:
    return f"| {' | '.join(str(cell) for cell in cells)} |"


def _heading(*cells: str) -> Table:
    yield _row(*cells)
    yield "|---" * len(cells) + "|"


# ---- eight visitors --------------------------------------------------------------


def _mixes(largest: Sequence[Measured], beside: Sequence[Measured]) -> Table:
    if not largest:
        return
    yield f"## {AT_ONCE} visitors at once, {largest[0].size:,} reports"
    yield ""
    yield "Every kind of page as often as in the table of kinds below:"
    yield ""
    yield from _mix_table([(one.name, one.mixed) for one in largest])
    if len(beside) > len(largest):
        yield (
            "Only the kinds that Datasette has too, the same questions of each. Datasette"
            " is one process, ours several; its limits of time are lifted, its words are"
            " cut by jieba as ours, its results carry three facets and the first 300"
            " signs of each text, ours ten facets, passages and figures; its page of a"
            " report is the bare text."
        )
        yield ""
        yield from _mix_table([(one.name, one.shared) for one in beside])


def _mix_table(found: Sequence[tuple[str, Mixed | None]]) -> Table:
    yield from _heading("server", "pages/s", "p50 / p95, ms", "processor ms a page", "of these the database's", "resident, MB", "shared pages once, MB", "refused")  # fmt: skip
    for name, mixed in found:
        if mixed is None:
            continue
        times = mixed.answers.all_times()
        count = max(len(times), 1)
        yield _row(
            name,
            f"{len(times) / mixed.seconds:.0f}",
            _spread(times),
            f"{mixed.used / count * 1000:.1f}",
            f"{mixed.of_database / count * 1000:.1f}",
            f"{mixed.resident / 1e6:.0f}",
            f"{mixed.shared_once / 1e6:.0f}",
            ", ".join(f"{why} × {n}" for why, n in mixed.answers.refused.items()) or 0,
        )
    yield ""


def _spread(times: Sequence[float]) -> str:
    if not times:
        return "–"
    return f"{part(times, 0.5):.0f} / {part(times, 0.95):.0f}"


def _times(beside: Sequence[Measured]) -> Table:
    """Milliseconds of each kind of page under the mix."""
    if not beside:
        return
    yield f"p50 / p95 of each kind among {AT_ONCE} visitors, ms:"
    yield ""
    yield from _heading("kind", "of 100 pages", *(one.name for one in beside))
    for kind in KINDS:
        cells = [_spread(_of_kind(one, kind)) for one in beside]
        yield _row(kind.name, kind.share, *cells)
    yield ""


def _of_kind(one: Measured, kind: Kind) -> Sequence[float]:
    mixed = one.mixed or one.shared
    return mixed.answers.times.get(kind.name, []) if mixed else []


# ---- a page alone ----------------------------------------------------------------


def _pages(beside: Sequence[Measured]) -> Table:
    if not beside:
        return
    yield "## Each kind of page alone"
    yield ""
    yield (
        "One visitor, means of some dozens of pages, each another: processor ms a page"
        " (in brackets the database server's part), and queries of the database."
    )
    yield ""
    names = [one.name for one in beside]
    asked = [one for one in beside if one.queries]
    yield from _heading("kind", *names, *(f"queries, {one.name}" for one in asked))
    for kind in KINDS:
        cells = [_processor(one.alone.get(kind.name)) for one in beside]
        counts = [f"{one.queries[kind.name]:.1f}" for one in asked]
        yield _row(kind.name, *cells, *counts)
    yield ""
    yield "Milliseconds of a page (the middle one), kB raw and as sent to a browser:"
    yield ""
    yield from _heading("kind", *names, *(f"kB, {name}" for name in names))
    for kind in KINDS:
        found = [one.alone.get(kind.name) for one in beside]
        medians = [f"{one.median:.1f}" if one else "–" for one in found]
        sizes = [
            f"{one.raw / 1000:.1f} / {one.sent / 1000:.1f}" if one else "–"
            for one in found
        ]
        yield _row(kind.name, *medians, *sizes)
    yield ""
    for one in beside:
        yield f"- {one.name}: first answer {one.ready:.1f} s after the start"
    yield ""


def _processor(found: Alone | None) -> str:
    if found is None:
        return "–"
    if found.refused:
        return f"refused: {found.refused}"
    of_database = f" ({found.of_database:.1f})" if found.of_database else ""
    return f"{found.used:.1f}{of_database}"


# ---- growth ----------------------------------------------------------------------


def _filling(found: Sequence[Measured]) -> Table:
    """How fast archives were filled, whenever that was."""
    filled = [one for one in found if one.filled]
    if not filled:
        return
    yield "## Filling"
    yield ""
    yield (
        "Reports a second on the clock, and processor ms a report of the archive's"
        " processes (making the invented report, some 5 ms, included; a PostgreSQL"
        " server's not). A larger archive begins as a copy of a smaller."
    )
    yield ""
    yield from _heading("archive", "date", "filed", "processes", "filed/s", "ms", "indexed/s", "ms")  # fmt: skip
    for one in filled:
        told = one.filled
        filed, reports = max(told["filed"], 1), told["reports"]
        yield _row(
            *(f"{one.name}, {one.size:,}", told["date"], told["filed"]),
            told["processes"],
            f"{filed / told['filing']:.0f}",
            f"{told['filing_used'] / filed * 1000:.1f}",
            f"{reports / told['index']:.0f}",
            f"{told['index_used'] / reports * 1000:.1f}",
        )
    yield ""


def _growth(found: Sequence[Measured]) -> Table:
    if not found:
        return
    yield "## Growth"
    yield ""
    yield "Bytes a report on disk: the database with its indexes, its largest tables, the search index."
    yield ""
    yield from _heading("archive", "database", "largest tables", "search index")
    for one in found:
        whole = sum(one.tables.values()) / one.size
        largest = [(name, size / one.size) for name, size in one.tables.items()][:4]
        tables = ", ".join(f"{name or 'free'} {size:,.0f}" for name, size in largest)
        index = f"{one.index / one.size:,.0f}"
        yield _row(f"{one.name}, {one.size:,}", f"{whole:,.0f}", tables, index)
    yield ""
    yield "Processor ms of a page alone, and what servers hold in memory after the mix:"
    yield ""
    for name in dict.fromkeys(one.name for one in found):
        yield from _grown([one for one in found if one.name == name])


def _grown(found: Sequence[Measured]) -> Table:
    sizes = [f"{one.size:,}" for one in found]
    yield from _heading(found[0].name, *sizes)
    for kind in KINDS:
        cells = [_processor(one.alone.get(kind.name)) for one in found]
        yield _row(kind.name, *cells)
    mixes: list[Mixed | None] = [one.mixed for one in found]
    yield _row("all kinds, mixed", *(_a_page(mixed) for mixed in mixes))
    resident = [f"{mixed.shared_once / 1e6:.0f}" if mixed else "–" for mixed in mixes]
    yield _row("memory, shared pages once, MB", *resident)
    yield ""


def _a_page(mixed: Mixed | None) -> str:
    if mixed is None:
        return "–"
    count = max(len(mixed.answers.all_times()), 1)
    return f"{mixed.used / count * 1000:.1f}"

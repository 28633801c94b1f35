"""What it costs to take reports in: `archive import` beside `archive read`.

    python -m benchmarks.intake [N] [--help]

N generated pages, of five layouts, are read without a database and imported, in turns
in the same run: processor time of the command with its children, bytes that an import
leaves in the database, and how fast the originals are read again. Writes
`benchmarks/results-intake.md`.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from archive.report import Agency
from benchmarks.postgres import NoServer, postgres, process_of
from benchmarks.search import machine
from benchmarks.site.archives import Place, show, tables_on_disk
from benchmarks.site.made import forget, sample_report
from benchmarks.site.serving import used_by
from benchmarks.site.told import SHOWN
from tests.portals.reports import SampleReport
from tests.reports import webpages

ROOT = Path(__file__).parents[1]
LAYOUTS: tuple[Callable[[SampleReport], str], ...] = (
    webpages.plain,
    webpages.layout_tables,
    webpages.separators,
    webpages.plain,
    webpages.word_paste,
)
SIGNS = "东西南北上下大小长新古石金青白红"
"""Two of them name an invented street office."""
YEARS = range(2019, 2026)
"""Of each agency; before 2019 no form was prescribed."""
GOAL, GOAL_BYTES = 1.25, 10_000
"""How much dearer an import may be than a reading; bytes a report in the database."""


@dataclass(frozen=True)
class Spent:
    """What a command took. Seconds."""

    used: float
    """Of processors, its children's with it."""
    of_database: float
    """Of processors, by the database server."""
    clock: float
    said: str
    """The last line it printed."""


@dataclass
class Intake:
    """Imports on a database with so many processes; the cheapest round counts."""

    database: str
    processes: int
    importing: Spent | None = None
    again: Spent | None = None
    """`archive rebuild`: all originals read again."""
    tables: dict[str, int] = field(default_factory=dict)
    """Bytes by which each table has grown."""


def main(arguments: Sequence[str]) -> None:
    told = _options().parse_args(arguments)
    begun, load = datetime.now(UTC), os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="bench-intake-") as made:
        folder = Path(made)
        folder.chmod(0o755)  # the PostgreSQL server is another user's
        files, size = _files(folder / "files", told.reports)
        with _server(folder / "postgres", told.databases) as server:
            reading, found = _measured(folder, files, server, told)
    command = told.command or f"python -m benchmarks.intake {' '.join(arguments)}"
    where = (
        f"`{command}` on {begun:%Y-%m-%d %H:%M} UTC: {machine()}. Load of the machine"
        f" just before: {load:.1f}, at the end: {os.getloadavg()[0]:.1f}; with other"
        " work beside it read processor time and ratios, not seconds on the clock."
    )
    lines = _written(where, told, size, reading, found)
    told.results.write_text("\n".join([*lines, ""]), encoding="utf-8")
    print(told.results.read_text(encoding="utf-8"))


def _options() -> argparse.ArgumentParser:
    found = argparse.ArgumentParser("python -m benchmarks.intake", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    found.add_argument("reports", nargs="?", type=int, default=300, metavar="N")
    found.add_argument("--rounds", type=int, default=2, help="the cheapest counts")
    found.add_argument("--databases", type=lambda text: text.split(","), default=["sqlite", "postgres"], help="sqlite, postgres or both, joined by a comma")  # fmt: skip
    found.add_argument("--results", type=Path, default=ROOT / "benchmarks" / "results-intake.md")  # fmt: skip
    found.add_argument("--command", default="", help=argparse.SUPPRESS)
    return found


def _files(folder: Path, count: int) -> tuple[Path, int]:
    """The folder with the pages, and their bytes on the average."""
    folder.mkdir()
    size = 0
    for number in range(count):
        if not number % len(YEARS):
            forget()
        body = page(number).encode()
        (folder / f"{number:06}.html").write_bytes(body)
        size += len(body)
    return folder, size // max(count, 1)


def page(number: int) -> str:
    """The page of an invented report: seven years of a street office, then the next."""
    office, year = divmod(number, len(YEARS))
    first, second = divmod(office % len(SIGNS) ** 2, len(SIGNS))
    more = SIGNS[office // len(SIGNS) ** 2 % len(SIGNS)] if office >= len(SIGNS) ** 2 else ""  # fmt: skip
    name = f"示例市{SIGNS[first]}{SIGNS[second]}{more}街道办事处"
    # the number of an agency's first report of ten: its figures go on from year to year
    sample = sample_report(office * 10 + year, Agency(name), YEARS[year])
    return LAYOUTS[number % len(LAYOUTS)](sample)


@contextmanager
def _server(folder: Path, databases: Sequence[str]) -> Iterator[str]:
    """URL of a PostgreSQL server below a folder; empty where none can be started."""
    if "postgres" not in databases:
        yield ""
        return
    try:
        opened = postgres(folder)
        found = opened.__enter__()
    except NoServer as why:
        print(why, file=sys.stderr)
        yield ""
        return
    try:
        yield found[0] if found else ""
    finally:
        opened.__exit__(None, None, None)


def _measured(
    folder: Path, files: Path, server: str, told: argparse.Namespace
) -> tuple[Spent, list[Intake]]:
    """Reading and importing in turns, so many rounds."""
    databases = [one for one in told.databases if one == "sqlite" or server]
    found = [Intake(one, n) for one in databases for n in _processes()]
    readings = []
    for turn in range(told.rounds):
        show(f"round {turn + 1} of {told.rounds}: reading")
        readings.append(spent_by(["read", "--json", str(files)], {}, 0))
        for one in found:
            show(f"round {turn + 1}: importing, {one.database}, {one.processes} processes")  # fmt: skip
            data = folder / f"archive-{turn}-{one.database}-{one.processes}"
            _import(one, data, files, server)
    show("")
    return min(readings, key=lambda one: one.used), found


def _processes() -> tuple[int, ...]:
    """With how many processes an import can be asked for."""
    return (1, 2) if _takes_processes() else (1,)


def _takes_processes() -> bool:
    command = [sys.executable, "-m", "archive", "import", "--help"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    return "--processes" in done.stdout


def _import(one: Intake, data: Path, files: Path, server: str) -> None:
    """Into a new archive. It stays until the end: for minutes ext4 passes over the places
    of files that were deleted, one by one, for every file that is made.
    """
    place = Place(one.database, 0, data, server)
    place.begin()
    also = process_of(data.parent / "postgres") if one.database == "postgres" else 0
    spent_by(["migrate"], place.environment, also)
    empty = tables_on_disk(place.url)
    how = ["--processes", str(one.processes)] if _takes_processes() else []
    spent = spent_by(["import", *how, str(files)], place.environment, also)
    if one.importing is None or _all(spent) < _all(one.importing):
        one.importing = spent
    full = tables_on_disk(place.url)
    one.tables = {name: size - empty.get(name, 0) for name, size in full.items()}
    again = spent_by(["rebuild"], place.environment, also)
    if one.again is None or _all(again) < _all(one.again):
        one.again = again


def _all(spent: Spent) -> float:
    return spent.used + spent.of_database


def _kept_code(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment, in which compiled code is kept as for whoever has used the
    program before.
    """
    found = dict(environment)
    found.pop("PYTHONDONTWRITEBYTECODE", None)
    return found


def spent_by(arguments: Sequence[str], environment: dict[str, str], also: int) -> Spent:
    """A command of the archive, run; `also` is a database server's process, or 0. Its
    exit says how reports were found: any is well that leaves a last line.
    """
    before, database = _of_children(), used_by(also) if also else 0.0
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "archive", *arguments],
        cwd=ROOT,
        env={**_kept_code(os.environ), **environment},
        capture_output=True,
        text=True,
    )
    clock, used = time.monotonic() - started, _of_children() - before
    database = (used_by(also) if also else 0.0) - database
    said = done.stdout.strip().splitlines()
    if not said or "Traceback" in done.stderr:
        raise RuntimeError(done.stderr[-2000:])
    return Spent(used, database, clock, said[-1][:200])


def _of_children() -> float:
    found = resource.getrusage(resource.RUSAGE_CHILDREN)
    return found.ru_utime + found.ru_stime


# ---- results ---------------------------------------------------------------------


def _written(
    where: str,
    told: argparse.Namespace,
    size: int,
    reading: Spent,
    found: Sequence[Intake],
) -> Iterator[str]:
    count = told.reports
    yield "# Taking reports in, measured"
    yield ""
    yield where
    yield ""
    yield (
        f"{count:,} generated pages of five layouts, {size / 1000:.0f} kB on the average."
        f" Commands take turns, and the cheapest of {told.rounds} counts. Processor"
        " time is that of the command with its children, starting included; that of"
        " the PostgreSQL server stands apart and is counted in the ratio. An import"
        " indexes what it files."
    )
    yield ""
    yield "| command | processor ms a report | the database server's | beside `read` | reports/s on the clock | says |"
    yield "|---|---|---|---|---|---|"
    yield f"| `read --json` | {reading.used / count * 1000:.1f} | – | 1 | {count / reading.clock:.1f} | |"
    for one in found:
        yield _line("import", one, one.importing, reading, count)
    for one in found:
        yield _line("rebuild", one, one.again, reading, count)
    yield ""
    yield f"Bytes a report that an import leaves in the database, its indexes with it (goal: under {GOAL_BYTES:,}):"
    yield ""
    yield "| database | bytes a report | largest tables | goal |"
    yield "|---|---|---|---|"
    for one in found:
        whole = sum(one.tables.values()) / count
        largest = [f"{name or 'free'} {size / count:,.0f}" for name, size in one.tables.items()][:5]  # fmt: skip
        yield f"| {_name(one)} | {whole:,.0f} | {', '.join(largest)} | {_met(whole < GOAL_BYTES)} |"
    yield ""
    yield f"Goal: an import takes at most {GOAL} times the processor time of `read`."
    yield ""
    for one in found:
        ratio = _all(one.importing) / reading.used if one.importing else 0.0
        yield f"- {_name(one)}: {ratio:.2f}, {_met(ratio <= GOAL)}"


def _name(one: Intake) -> str:
    several = f", {one.processes} processes" if one.processes > 1 else ""
    return f"{SHOWN[one.database]}{several}"


def _met(is_so: bool) -> str:
    return "met" if is_so else "**not met**"


def _line(
    command: str, one: Intake, spent: Spent | None, reading: Spent, count: int
) -> str:
    if spent is None:
        return f"| `{command}`, {_name(one)} | – | – | – | – | |"
    server = f"{spent.of_database / count * 1000:.1f}" if spent.of_database else "–"
    return (
        f"| `{command}`, {_name(one)} | {spent.used / count * 1000:.1f} | {server} |"
        f" {_all(spent) / reading.used:.2f} | {count / spent.clock:.1f} | {spent.said} |"
    )


if __name__ == "__main__":
    main(sys.argv[1:])

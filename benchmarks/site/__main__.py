"""The whole website measured over an archive of N invented reports, beside Datasette.

    python -m benchmarks.site [N] [--help]

Fills archives of 1,000, 10,000, 100,000 and N reports on SQLite and on PostgreSQL
(those filled before are used again), serves each, and asks every kind of page. Writes
`benchmarks/results-site.md` anew after each archive.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from archive.search import prepare
from benchmarks.beside.environments import Missing
from benchmarks.postgres import NoServer, postgres
from benchmarks.site.archives import (
    Place,
    fill,
    folder_size,
    show,
    tables_on_disk,
)
from benchmarks.site.pages import KINDS, Kind, Wish
from benchmarks.site.peer import DATASETTE, datasette
from benchmarks.site.queries import queries
from benchmarks.site.serving import ROOT, Served, served
from benchmarks.site.told import SHOWN, WITH_PEER, Measured, Run, written
from benchmarks.site.visitors import Chosen, alone, mix

SIZES = (1_000, 10_000, 100_000)
MOST_ALONE = 300
SERVER = "-c shared_buffers=512MB -c max_wal_size=4GB -c synchronous_commit=off"


def main(arguments: Sequence[str]) -> None:
    told = _options().parse_args(arguments)
    told.data.mkdir(parents=True, exist_ok=True)
    run = Run(told.command or f"python -m benchmarks.site {' '.join(arguments)}")
    prepare()  # this process cuts the questions, and counts queries
    with _server(told, run) as server:
        for size in _sizes(told.reports):
            for database in told.databases:
                if database == "postgres" and not server:
                    continue
                place = _place(told, database, size, server)
                run.found.append(_measured(place, told))
                _write(run, told.results)
    if told.peer:
        try:
            run.peer = _beside(told)
        except Missing as why:
            run.notes.append(f"not measured: {DATASETTE.shown}: {why}")
    _write(run, told.results)
    print(told.results.read_text(encoding="utf-8"))


def _options() -> argparse.ArgumentParser:
    found = argparse.ArgumentParser("python -m benchmarks.site", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    found.add_argument("reports", nargs="?", type=int, default=2_000, metavar="N")
    found.add_argument("--databases", type=lambda text: text.split(","), default=["sqlite", "postgres"], help="sqlite, postgres or both, joined by a comma")  # fmt: skip
    found.add_argument("--processes", type=int, default=1, help="that fill an archive")
    found.add_argument("--workers", type=int, default=2, help="processes of `archive serve`")  # fmt: skip
    found.add_argument("--pages", type=int, default=100, help="each of 8 visitors asks for in a mix")  # fmt: skip
    found.add_argument("--seconds", type=float, default=4.0, help="in which a kind of page is asked for alone")  # fmt: skip
    found.add_argument("--data", type=Path, default=ROOT / "data" / "bench" / "site", help="folder of the archives (data/bench/site)")  # fmt: skip
    found.add_argument("--server", default="", help="URL of a PostgreSQL server where databases may be made; without it one is started below --data")  # fmt: skip
    found.add_argument("--results", type=Path, default=ROOT / "benchmarks" / "results-site.md")  # fmt: skip
    found.add_argument("--anew", action="store_true", help="fill again what was filled earlier")  # fmt: skip
    found.add_argument("--command", default="", help=argparse.SUPPRESS)
    found.add_argument("--no-peer", dest="peer", action="store_false", help="leave Datasette out")  # fmt: skip
    return found


def _sizes(most: int) -> list[int]:
    return [*(size for size in SIZES if size < most), most]


@contextmanager
def _server(told: argparse.Namespace, run: Run) -> Iterator[str]:
    """URL of a PostgreSQL server; empty, and a note, where there is none."""
    if "postgres" not in told.databases or told.server:
        yield told.server
        return
    with _started(told.data.resolve() / "postgres", run) as server:
        yield server


@contextmanager
def _started(folder: Path, run: Run) -> Iterator[str]:
    try:
        opened = postgres(folder, SERVER)
        found = opened.__enter__()
    except NoServer as why:
        run.notes.append(f"not measured: PostgreSQL: {why}")
        yield ""
        return
    try:
        if found is None:
            run.notes.append("not measured: PostgreSQL: it is not installed here")
        yield found[0] if found else ""
    finally:
        opened.__exit__(None, None, None)


def _place(told: argparse.Namespace, database: str, size: int, server: str) -> Place:
    folder = told.data.resolve() / f"{database}-{size}"
    return Place(database, size, folder, server)


def _measured(place: Place, told: argparse.Namespace) -> Measured:
    """An archive filled, served and asked."""
    smaller = [size for size in SIZES if size < place.size]
    before = _place(told, place.database, smaller[-1], place.server) if smaller else None  # fmt: skip
    if told.anew:
        shutil.rmtree(place.folder, ignore_errors=True)
    fill(place, before, told.processes)
    found = Measured(SHOWN[place.database], place.size, filled=place.told)
    found.tables = tables_on_disk(place.url)
    found.index = folder_size(place.settings.index)
    with served(place, told.workers, place.folder / "log") as server:
        _ask(server, found, told, KINDS, _ours)
        found.mixed = mix(server, KINDS, _ours, place.size, told.pages)
        if told.peer and place.size == told.reports:
            found.shared = mix(server, WITH_PEER, _ours, place.size, told.pages)
    found.queries = queries(place, KINDS)
    return found


def _ours(kind: Kind, wish: Wish) -> str:
    return kind.ours(wish)


def _theirs(kind: Kind, wish: Wish) -> str:
    assert kind.peer
    return kind.peer(wish)


def _beside(told: argparse.Namespace) -> Measured:
    """Datasette over as many reports."""
    found = Measured(DATASETTE.shown, told.reports)
    with datasette(told.data.resolve(), told.reports) as server:
        _ask(server, found, told, WITH_PEER, _theirs)
        found.shared = mix(server, WITH_PEER, _theirs, told.reports, told.pages)
    return found


def _ask(
    server: Served,
    found: Measured,
    told: argparse.Namespace,
    kinds: Sequence[Kind],
    chosen: Chosen,
) -> None:
    """Every kind of page alone."""
    found.ready = server.ready
    for kind in kinds:
        show(f"{found.name} {found.size:,}: {kind.name}")
        one = alone(server, kind, chosen, found.size, told.seconds, MOST_ALONE)
        found.alone[kind.name] = one
    show(f"{found.name} {found.size:,}: visitors")


def _write(run: Run, results: Path) -> None:
    show("")
    results.write_text(written(run), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])

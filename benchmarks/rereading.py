"""How long it takes until a better reader has reached every original.

    python -m benchmarks.rereading [N] [--help]

An archive is filled with N originals, pages of invented reports, filed as made and not
as read; then `archive rebuild` reads all of them again on so many processes. Writes
`benchmarks/results-rereading.md`.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from archive import search
from archive.pipeline import Archive
from archive.store import count_columns, count_expected, recount
from benchmarks.intake import LAYOUTS, Spent, spent_by
from benchmarks.search import machine
from benchmarks.site.archives import Place, file_all, show
from benchmarks.site.made import YEARS, Made, all_made, printed, year_of
from benchmarks.site.serving import ROOT

PRESCRIBED = 2019
"""The first year with the three tables; pages of earlier ones are not made here."""
AGENCIES = 20
"""Whose reports a process files before it is given others."""
GOAL_RATE = 100_000 / (25 * 60)
"""Originals a second, of two processors."""


def main(arguments: Sequence[str]) -> None:
    told = _options().parse_args(arguments)
    place = Place("sqlite", told.originals, told.data.resolve() / f"{told.originals}")
    filled = place.folder / "filled"
    if not filled.exists():
        shutil.rmtree(place.folder, ignore_errors=True)
        place.begin()
    spent_by(["migrate"], place.environment, 0)
    if not filled.exists():
        filled.write_text(str(_fill(place)))
    begun, load = datetime.now(UTC), os.getloadavg()[0]
    command = ["rebuild", "--processes", str(told.processes)]
    spent = spent_by(command, place.environment, 0)
    said = told.command or f"python -m benchmarks.rereading {' '.join(arguments)}"
    where = (
        f"`{said}` on {begun:%Y-%m-%d %H:%M} UTC: {machine()}. Load of the machine"
        f" just before: {load:.1f}, at the end: {os.getloadavg()[0]:.1f}."
    )
    lines = _written(where, told, int(filled.read_text()), spent)
    told.results.write_text("\n".join([*lines, ""]), encoding="utf-8")
    print(told.results.read_text(encoding="utf-8"))


def _options() -> argparse.ArgumentParser:
    found = argparse.ArgumentParser("python -m benchmarks.rereading", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    found.add_argument("originals", nargs="?", type=int, default=2_000, metavar="N")
    found.add_argument("--processes", type=int, default=2, help="that read")
    found.add_argument("--data", type=Path, default=ROOT / "data" / "bench" / "rereading", help="folder of the archives (data/bench/rereading)")  # fmt: skip
    found.add_argument("--results", type=Path, default=ROOT / "benchmarks" / "results-rereading.md")  # fmt: skip
    found.add_argument("--command", default="", help=argparse.SUPPRESS)
    return found


# ---- filling ---------------------------------------------------------------------


def _fill(place: Place) -> int:
    """Files the pages and what stands in them; returns their bytes on the average."""
    wanted = numbers(place.size)
    portion = AGENCIES * YEARS
    portions = [
        (place, wanted[begin : begin + portion])
        for begin in range(0, len(wanted), portion)
    ]
    size, started = 0, time.monotonic()
    with multiprocessing.get_context("spawn").Pool() as pool:
        for done, bytes_kept in enumerate(pool.imap(_file_portion, portions), 1):
            size += bytes_kept
            rate = done * portion / (time.monotonic() - started)
            show(f"{done} of {len(portions)} portions, {rate:.0f} originals/s")
    show("")
    search.prepare()
    with Archive(place.settings) as archive:
        archive.store.write(recount)
        count_expected(archive.store)
        count_columns(archive.store)
    return size // max(len(wanted), 1)


def numbers(count: int) -> list[int]:
    """Of so many invented reports that print the three tables."""
    found: list[int] = []
    number = 0
    while len(found) < count:
        if year_of(number) >= PRESCRIBED:
            found.append(number)
        number += 1
    return found


def _file_portion(portion: tuple[Place, list[int]]) -> int:
    place, wanted = portion
    size = 0
    with Archive(place.settings) as archive:
        reports: list[Made] = []
        for one in all_made(wanted):
            page = LAYOUTS[one.number % len(LAYOUTS)](printed(one.number))
            body = page.encode()
            size += len(body)
            reports.append(replace(one, digest=archive.captures.keep(body)))
        file_all(archive, reports)
    return size


# ---- results ---------------------------------------------------------------------


def _written(
    where: str, told: argparse.Namespace, size: int, spent: Spent
) -> Iterator[str]:
    count = told.originals
    rate = count / spent.clock
    met = "met" if rate >= GOAL_RATE else "**not met**"
    yield "# Reading every original again, measured"
    yield ""
    yield where
    yield ""
    yield (
        f"{count:,} originals, pages of five layouts and {size / 1000:.0f} kB on the"
        f" average, on SQLite, read again by {told.processes} processes; starting and"
        " filing included."
    )
    yield ""
    yield "| originals | minutes on the clock | originals/s | processor ms each | says |"
    yield "|---|---|---|---|---|"
    yield (
        f"| {count:,} | {spent.clock / 60:.1f} | {rate:.1f} |"
        f" {spent.used / count * 1000:.1f} | {spent.said} |"
    )
    yield ""
    yield f"Goal: 100,000 in less than 25 minutes on two processors, {GOAL_RATE:.1f} a second: {met}."


if __name__ == "__main__":
    main(sys.argv[1:])

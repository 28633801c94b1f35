"""`import`: files and folders into the archive."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.commands.opening import FilePath, expand, loading, open_archive, shown
from archive.commands.progress import (
    bring_up_to_date,
    one_run,
    processes_option,
    progress_bar,
    waiting,
)

if TYPE_CHECKING:
    from archive.pipeline import TakenIn, Tally
    from config import Settings

INDEXED_AT_ONCE = 1_000
"""Files after which what came in can be found; each time has its price."""


@click.command("import")
@click.argument("paths", nargs=-1, required=True, type=FilePath())
@processes_option
@click.pass_obj
def import_(settings: Settings, paths: tuple[Path, ...], processes: int) -> None:
    """Take files or folders into the archive. Safe to repeat, also after a kill.

    On a terminal a line is printed for what needs to be looked at, else for each file.
    """
    with loading():
        from archive.catalogue import RunKind
        from archive.pipeline import Ahead, import_paths

    is_indexed = True
    with open_archive(settings) as archive, Ahead(processes) as ahead:
        with (
            one_run(archive, RunKind.IMPORT, subject=_named(paths)) as run,
            progress_bar("Importing") as bar,
        ):
            files, done, unfound = _files(paths, run.tally), 0, 0
            for batch in import_paths(archive, files, ahead):
                _tell(batch, run.tally)
                done += len(batch)
                run.tell(done, len(files), "导入")
                bar(done, len(files))
                unfound += len(batch)
                # Found while the import goes on; a large one takes hours.
                if is_indexed and unfound >= INDEXED_AT_ONCE:
                    is_indexed = bring_up_to_date(archive, is_last=False)
                    unfound = 0
        # Once more: another process may have been writing the index just then.
        is_indexed = is_indexed and bring_up_to_date(archive)
    tally = run.tally
    click.echo(
        f"{tally.new} new, {tally.same} same, {tally.changed} changed, "
        f"{tally.not_a_report} not reports, {tally.failed} failed{waiting(tally)}"
    )
    is_left_out = tally.failed or tally.not_a_report or tally.held
    is_well = is_indexed and not is_left_out
    sys.exit(0 if is_well else 1)


def _named(paths: tuple[Path, ...]) -> str:
    """What is imported, for the audit log."""
    return " ".join(map(shown, paths))


def _tell(batch: Iterable[TakenIn], tally: Tally) -> None:
    """Counts what became of files, and prints it."""
    is_short = sys.stdout.isatty()
    for taken in batch:
        tally.count(taken.outcome)
        if is_short and taken.is_filed and not taken.reason:
            continue
        what = f"{taken.filed_as} {taken.reason}".strip()
        click.echo(f"{taken.outcome:12} {taken.where}  {what}")


def _files(paths: tuple[Path, ...], tally: Tally) -> list[Path]:
    """The files to import; a folder that can't be read has a line, and has failed."""
    from archive.catalogue import Outcome

    files = []
    for path, trouble in expand(paths):
        if trouble:
            click.echo(f"{Outcome.UNREADABLE:12} {shown(path)}  {trouble}")
            tally.count(Outcome.FAILED)
        else:
            files.append(path)
    return files

"""`import`: files and folders into the archive."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.commands.indexing import bring_up_to_date
from archive.commands.opening import expand, open_archive, shown
from archive.commands.progress import waiting

if TYPE_CHECKING:
    from archive.pipeline import Tally
    from config import Settings


@click.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.pass_obj
def import_(settings: Settings, paths: tuple[Path, ...]) -> None:
    """Take files or folders into the archive. Safe to repeat."""
    from archive.pipeline import Tally, import_paths, in_batches

    tally = Tally()
    is_indexed = True
    with open_archive(settings) as archive:
        for batch in in_batches(_files(paths, tally)):
            for taken in import_paths(archive, batch):
                tally.count(taken.outcome)
                what = f"{taken.filed_as} {taken.reason}".strip()
                click.echo(f"{taken.outcome:12} {taken.where}  {what}")
            # Found while the import goes on; a large one takes hours.
            is_indexed = is_indexed and bring_up_to_date(archive)
        # Once more: another process may have been writing the index just then.
        is_indexed = is_indexed and bring_up_to_date(archive)
    click.echo(
        f"{tally.new} new, {tally.same} same, {tally.changed} changed, "
        f"{tally.not_a_report} not reports, {tally.failed} failed{waiting(tally)}"
    )
    is_left_out = tally.failed or tally.not_a_report or tally.held
    is_well = is_indexed and not is_left_out
    sys.exit(0 if is_well else 1)


def _files(paths: tuple[Path, ...], tally: Tally) -> Iterator[Path]:
    """The files to import; a folder that can't be read has a line, and has failed."""
    from archive.catalogue import Outcome

    for path, trouble in expand(paths):
        if trouble:
            click.echo(f"{Outcome.UNREADABLE:12} {shown(path)}  {trouble}")
            tally.count(Outcome.FAILED)
        else:
            yield path

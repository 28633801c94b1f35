"""Sources by the file: taken in, and written."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.commands.acting import noting
from archive.commands.opening import FilePath, open_archive, shown
from archive.commands.sources.naming import filters, wish_of

if TYPE_CHECKING:
    from archive.catalogue import Act
    from archive.store import Session, sources
    from config import Settings

STANDARD = Path("-")
"""Stands for what is piped in or out."""


@click.command("import")
@click.argument("file", type=FilePath())
@click.option(
    "--update", is_flag=True, help="Known sources take what FILE says of them."
)
@click.option(
    "--dry-run", is_flag=True, help="Say what would come of it; save nothing."
)
@click.pass_obj
def import_(settings: Settings, file: Path, update: bool, dry_run: bool) -> None:
    """Take in the sources of a CSV file, - for what is piped in.

    Columns url, agency, family, group, may_be_empty, rendered, selectors, paused, in
    any order, or as `sources export` names them; only the first is needed. Good lines
    are taken in together, though others are wrong; each line that is not plainly new or
    known is named. The status is 1 where one is wrong.
    """
    from archive.store import sources as table
    from scrapers import family_titles, wrong_selectors

    sheet = _read(file)
    if sheet.unknown:
        click.echo(f"Not looked at: {', '.join(sheet.unknown)}", err=True)
    how = table.Taking(
        family_titles(), wrong_selectors, updates=update, saves=not dry_run
    )

    def work(session: Session) -> list[sources.LineAnswer]:
        return table.take_in(session, sheet, how, _note)

    with open_archive(settings) as archive:
        answers = archive.store.write(work)
    counts = _tell(answers)
    sys.exit(1 if counts[table.Came.WRONG] else 0)


def _note(session: Session, act: Act, subject: str, detail: str) -> None:
    noting(act, subject, detail)(session)


def _read(file: Path) -> sources.Sheet:
    """The lines of a file. Raises ClickException."""
    from archive.store import sources as table

    try:
        if file == STANDARD:
            data = sys.stdin.buffer.read(table.MAX_BYTES + 1)
        else:
            with file.open("rb") as opened:
                data = opened.read(table.MAX_BYTES + 1)
        return table.read_sheet(data)
    except OSError as trouble:
        raise click.ClickException(f"{shown(file)}: {trouble.strerror}") from None
    except table.BadSheet as wrong:
        raise click.ClickException(str(wrong)) from None


def _tell(answers: list[sources.LineAnswer]) -> Counter[str]:
    """Names what needs a look, and counts the rest."""
    from archive.store import sources as table

    for one in answers:
        if one.came == table.Came.WRONG or one.told:
            click.echo(f"{one.number:5}  {one.came}  {one.url}  {one.told}")
    counts = Counter(one.came.value for one in answers)
    there = [f"{counts[came]} {came}" for came in table.Came if counts[came]]
    click.echo(", ".join(there) or "no lines")
    return counts


@click.command("export")
@click.argument("file", type=FilePath(), default=STANDARD)
@filters
@click.pass_obj
def export(settings: Settings, /, file: Path, **chosen: str) -> None:
    """Write the sources as a CSV file, which `sources import` reads."""
    from archive.store import sources as table

    with open_archive(settings) as archive, archive.store.session() as session:
        data = table.sheet_of(table.listed(session, wish_of(**chosen)))
    if file == STANDARD:
        sys.stdout.buffer.write(data)
        return
    try:
        file.write_bytes(data)
    except OSError as trouble:
        raise click.ClickException(f"{shown(file)}: {trouble.strerror}") from None

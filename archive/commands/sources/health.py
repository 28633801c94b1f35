"""`digest` and `prune`: what happened to sources, told; their history, kept short."""

from __future__ import annotations

import sys
from datetime import datetime
from typing import TYPE_CHECKING

import click

from archive.commands.acting import noting
from archive.commands.opening import open_archive

if TYPE_CHECKING:
    from archive.pipeline import Archive
    from config import Settings


@click.command()
@click.option("--send", is_flag=True, help="Send it too, by e-mail and webhook.")
@click.option(
    "--since",
    metavar="DATE",
    default="",
    help="Tell what happened since a day (2026-03-01) instead of the last digest.",
)
@click.pass_obj
def digest(settings: Settings, send: bool, since: str) -> None:
    """Print what happened to sources since the last digest; with --send it is that
    digest, and the next one begins here.
    """
    from archive.jobs import digests

    begin = _day(since)
    with open_archive(settings) as archive:
        silent = digests.silence(settings, archive.clock())
        found, words = digests.news(archive, silent, begin)
        click.echo(words["text"], nl=False)
        if not send:
            return
        if not digests.ways_of(settings):
            raise click.ClickException(
                "Nowhere to send it: set ARCHIVE_SMTP_URL or ARCHIVE_WEBHOOK_URL."
            )
        if found.is_empty and not settings.telling.always:
            click.echo("Nothing happened: nothing was sent.")
            return
        trouble = _send(archive, begin)
    if trouble:
        click.echo(f"It is tried again later: {trouble}", err=True)
        sys.exit(1)
    click.echo("Sent.")


def _send(archive: Archive, begin: datetime | None) -> str:
    """Makes and sends a digest; why it could not be sent."""
    from archive.catalogue import Act
    from archive.jobs import digests

    moment = archive.clock()
    silent = digests.silence(archive.settings, moment)
    note = noting(Act.DIGEST_SENT)
    number = digests.make(archive, moment.isoformat(), silent, begin, note)
    return digests.send(archive, number) if number is not None else ""


def _day(typed: str) -> datetime | None:
    """When a day begins in China; None where none is named. Raises BadParameter."""
    from archive.jobs import digests

    if not typed:
        return None
    try:
        return digests.moment_of(typed)
    except ValueError:
        raise click.BadParameter(
            "write a day as 2026-03-01", param_hint="--since"
        ) from None


@click.command()
@click.option("--dry-run", is_flag=True, help="Show how many; give up nothing.")
@click.pass_obj
def prune(settings: Settings, dry_run: bool) -> None:
    """Give up runs that found nothing new and nothing wrong: of those older than 90
    days one a week stays, older than two years one a month. The worker does it too.
    """
    from archive.catalogue import Act
    from archive.jobs import digests
    from archive.store import sources

    with open_archive(settings) as archive:
        with archive.store.session() as session:
            surplus = sources.pruning.surplus(session, archive.clock())
        if dry_run:
            click.echo(f"{len(surplus)} runs would be given up.")
            return
        archive.store.write(noting(Act.PRUNED, f"{len(surplus)} runs"))
        gone = digests.prune(archive)
    click.echo(f"{gone} runs were given up.")

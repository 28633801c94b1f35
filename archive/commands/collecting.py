"""`collect`: what portals publish, into the archive."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

import click

from archive.commands.acting import noting
from archive.commands.opening import open_archive
from archive.commands.progress import (
    bring_up_to_date,
    line_above_bar,
    progress_bar,
    progress_line,
    waiting,
)

if TYPE_CHECKING:
    from archive.collecting import Wanted
    from archive.pipeline import Archive, Noting, Tally
    from archive.store import Session, Source
    from config import Settings

_AGAIN_AFTER = 1.0
"""Seconds after which a host is tried again at which another run is."""


@click.command()
@click.argument("source", required=False)
@click.option(
    "--all", "everything", is_flag=True, help="Collect every source that is not paused."
)
@click.option("--group", default="", help="Collect the sources of a group.")
@click.option(
    "--dry-run",
    is_flag=True,
    help="Read the lists and show what they name; take in nothing.",
)
@click.option(
    "--accept-list",
    is_flag=True,
    help="Take the list of SOURCE for whole though it once named many more.",
)
@click.option(
    "--threads",
    type=click.IntRange(1, 64),
    help="How many sources at once, each at a host of its own.",
    show_default="ARCHIVE_THREADS, or 4",
)
@click.option(
    "--accept-gone",
    is_flag=True,
    help="Take the pages of SOURCE that wait for a decision for gone.",
)
@click.pass_obj
def collect(
    settings: Settings,
    source: str | None,
    everything: bool,
    group: str,
    dry_run: bool,
    accept_list: bool,
    threads: int | None,
    accept_gone: bool,
) -> None:
    """Collect SOURCE (its address or number), a --group, or --all: what is new or
    changed is taken in.

    The status is 1 where anything failed, shows no report, or a list is not whole.
    """
    with open_archive(settings) as archive:
        chosen = _chosen(archive, source, everything, group)
        if accept_gone:
            _accept_gone(archive, source)
        if dry_run:
            is_well = _show_lists(archive, chosen, accept_list)
        elif source:
            is_well = _collect_one(archive, chosen[0], accept_list)
        else:
            is_well = _collect_many(archive, chosen, threads or settings.threads)
        is_indexed = bring_up_to_date(archive)
    sys.exit(0 if is_well and is_indexed else 1)


def _collect_one(archive: Archive, one: Wanted, accept_list: bool) -> bool:
    """Collects a source as soon as its host is free; whether all is well."""
    from archive.catalogue import Act
    from archive.collecting import collect_now
    from archive.pipeline import HostBusy, Taken
    from scrapers import SourceTrouble

    click.echo(one.url)
    note, tell = noting(Act.COLLECT, one.url), progress_line()
    while True:
        try:
            tally = collect_now(archive, one.id, tell, note, accept_list)
        except HostBusy:
            tell(0, 0, f"{one.host} is busy")
            time.sleep(_AGAIN_AFTER)
            continue
        except (SourceTrouble, Taken) as trouble:
            click.echo(f"\r  {type(trouble).__name__}: {trouble}", err=True)
            return False
        _show_tally(tally)
        _show_failures(archive, one.id)
        return tally.is_well


def _collect_many(archive: Archive, chosen: list[Wanted], threads: int) -> bool:
    """Collects several sources at once, a line each as it ends; whether all is well."""
    from archive.catalogue import Act
    from archive.collecting import Ended, collect_many

    ended: list[bool] = []

    def note(one: Wanted) -> Noting:
        return noting(Act.COLLECT, one.url)

    with progress_bar("Collecting") as bar:
        bar(0, len(chosen))

        def tell(one: Ended) -> None:
            ended.append(one.is_well)
            told = one.trouble or _counts(one.tally)
            line_above_bar(f"{one.source.url}  {told}")
            if not one.is_well:
                _show_failures(archive, one.source.id)
            bar(len(ended), len(chosen))

        collect_many(archive.settings, chosen, threads, note, tell)
    return all(ended)


def _show_lists(archive: Archive, chosen: list[Wanted], accept_list: bool) -> bool:
    """Asks for the lists only: a look before a source is trusted; whether all are
    whole.
    """
    from scrapers import SourceTrouble

    is_well = True
    for one in chosen:
        click.echo(one.url)
        try:
            is_whole = _show_list(archive, one, accept_list)
        except SourceTrouble as trouble:
            # The next source may be well: portals fail one by one.
            is_whole = False
            click.echo(f"\r  {type(trouble).__name__}: {trouble}", err=True)
        is_well = is_well and is_whole
    return is_well


def _chosen(
    archive: Archive, source: str | None, everything: bool, group: str
) -> list[Wanted]:
    """The sources to collect; one that is named also when it is paused."""
    from archive.collecting import Wanted
    from archive.store import sources

    with archive.store.session() as session:
        if source:
            named = sources.find_source(session, source)
            rows = [named] if named else []
        else:
            rows = _several(session, everything, group)
        if any(row.removed_at for row in rows):
            raise click.ClickException("It was removed: see `sources restore`.")
        chosen = [Wanted(row.id, row.url, row.host) for row in rows]
    if not chosen:
        raise click.ClickException(
            "No such source: see `sources list`, or give --group or --all."
        )
    return chosen


def _accept_gone(archive: Archive, source: str | None) -> None:
    """Takes for gone what waits for a decision; the run that follows buries it."""
    from archive.catalogue import Act
    from archive.store import sources

    def accept(session: Session) -> sources.vanishing.Vanished | None:
        row = sources.find_source(session, source or "")
        if row is None:
            return None
        taken = sources.vanishing.accept(session, row.id, archive.clock())
        if taken is not None:
            noting(Act.GONE_ACCEPTED, row.url, taken.told)(session)
        return taken

    taken = archive.store.write(accept)
    if taken is None:
        raise click.ClickException("Nothing of this source waits for a decision.")
    click.echo(f"{taken.gone} of {taken.total} pages are taken for gone.")


def _several(session: Session, everything: bool, group: str) -> list[Source]:
    """All sources, or those of a group, that are not paused."""
    from archive.store import SourceWish, sources

    if not everything and not group:
        return []
    rows = sources.listed(session, SourceWish(group=group))
    return [row for row in rows if not row.paused]


def _show_list(archive: Archive, source: Wanted, accept_list: bool) -> bool:
    """Shows what a list names and what it withholds; whether it is whole."""
    from archive.collecting import drawing, fetcher_of, read_source

    with (
        fetcher_of(archive) as polite,
        drawing(archive, source.id, polite) as fetcher,
    ):
        _, listing, _ = read_source(archive, source.id, fetcher, accept_list)
    family = listing.family
    click.echo(f"  {family.title} ({family.name})：{listing.why}")
    for lead in listing.leads:
        published = lead.published or " " * len("2024-01-31")
        click.echo(f"  {published}  {lead.title}  {lead.url}")
    should = f" of {listing.expected}" if listing.expected is not None else ""
    click.echo(f"  {len(listing.leads)}{should} pages listed ({family.name})")
    for note in listing.notes:
        click.echo(f"  incomplete: {note}")
    return not listing.notes


def _show_tally(tally: Tally) -> None:
    # The line of progress may be longer than this one, which is written over it.
    over_progress = " " * 40
    click.echo(f"\r  {_counts(tally)}{over_progress}")
    if tally.incomplete:
        click.echo(f"  incomplete: {tally.incomplete}")


def _counts(tally: Tally | None) -> str:
    if tally is None:
        return ""
    return (
        f"{tally.new} new, {tally.same} same, {tally.changed} changed, "
        f"{tally.gone} gone, {tally.moved} moved, {tally.not_a_report} not reports, "
        f"{tally.no_report} without a report, {tally.failed} failed{waiting(tally)}"
    )


def _show_failures(archive: Archive, source_id: int) -> None:
    """What went wrong or waits for a person, a line each with its address."""
    from archive.catalogue import Trouble, labels_of
    from archive.store import desk

    words = labels_of(Trouble)
    with archive.store.session() as session:
        for run in desk.runs(session, source_id, limit=1):
            for failure in desk.failures(session, run.id):
                what = words.get(failure.kind, failure.kind)
                line_above_bar(f"  {failure.where}  {what}：{failure.reason}")

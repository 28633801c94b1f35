"""`collect`: what portals publish, into the archive."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NamedTuple

import click

from archive.commands.acting import noting
from archive.commands.indexing import bring_up_to_date
from archive.commands.opening import open_archive
from archive.commands.progress import progress_line, waiting

if TYPE_CHECKING:
    from archive.pipeline import Archive, Tally
    from archive.store import Session, Source
    from config import Settings


class Chosen(NamedTuple):
    """A source that is to be collected."""

    id: int
    url: str


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
@click.pass_obj
def collect(
    settings: Settings,
    source: str | None,
    everything: bool,
    group: str,
    dry_run: bool,
    accept_list: bool,
) -> None:
    """Collect SOURCE (its address or number), a --group, or --all: what is new or
    changed is taken in.

    The status is 1 where anything failed, shows no report, or a list is not whole.
    """
    from archive.catalogue import Act
    from archive.collecting import collect_now
    from archive.pipeline import Taken
    from scrapers import SourceTrouble

    failed = False
    with open_archive(settings) as archive:
        for one in _chosen(archive, source, everything, group):
            click.echo(one.url)
            try:
                # Asks the portal for the list only: a look before a source is trusted.
                if dry_run:
                    is_whole = _show_list(archive, one, accept_list)
                    failed = failed or not is_whole
                    continue
                note, tell = noting(Act.COLLECT, one.url), progress_line()
                tally = collect_now(archive, one.id, tell, note, accept_list)
                _show_tally(tally)
                _show_failures(archive, one.id)
                failed = failed or not tally.is_well
            except (SourceTrouble, Taken) as trouble:
                # The next source may be well: portals fail one by one.
                failed = True
                click.echo(f"\r  {type(trouble).__name__}: {trouble}", err=True)
        is_indexed = bring_up_to_date(archive)
    sys.exit(1 if failed or not is_indexed else 0)


def _chosen(
    archive: Archive, source: str | None, everything: bool, group: str
) -> list[Chosen]:
    """The sources to collect; one that is named also when it is paused."""
    from archive.store import sources

    with archive.store.session() as session:
        if source:
            named = sources.find_source(session, source)
            rows = [named] if named else []
        else:
            rows = _several(session, everything, group)
        if any(row.removed_at for row in rows):
            raise click.ClickException("It was removed: see `sources restore`.")
        chosen = [Chosen(row.id, row.url) for row in rows]
    if not chosen:
        raise click.ClickException(
            "No such source: see `sources list`, or give --group or --all."
        )
    return chosen


def _several(session: Session, everything: bool, group: str) -> list[Source]:
    """All sources, or those of a group, that are not paused."""
    from archive.store import SourceWish, sources

    if not everything and not group:
        return []
    rows = sources.listed(session, SourceWish(group=group))
    return [row for row in rows if not row.paused]


def _show_list(archive: Archive, source: Chosen, accept_list: bool) -> bool:
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
    counts = (
        f"{tally.new} new, {tally.same} same, {tally.changed} changed, "
        f"{tally.gone} gone, {tally.moved} moved, {tally.not_a_report} not reports, "
        f"{tally.no_report} without a report, {tally.failed} failed{waiting(tally)}"
    )
    # The line of progress may be longer than this one, which is written over it.
    over_progress = " " * 40
    click.echo(f"\r  {counts}{over_progress}")
    if tally.incomplete:
        click.echo(f"  incomplete: {tally.incomplete}")


def _show_failures(archive: Archive, source_id: int) -> None:
    """What went wrong or waits for a person, a line each with its address."""
    from archive.catalogue import Trouble, labels_of
    from archive.store import desk

    words = labels_of(Trouble)
    with archive.store.session() as session:
        for run in desk.runs(session, source_id, limit=1):
            for failure in desk.failures(session, run.id):
                what = words.get(failure.kind, failure.kind)
                click.echo(f"  {failure.where}  {what}：{failure.reason}")

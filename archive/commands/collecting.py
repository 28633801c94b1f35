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
    from config import Settings


class Chosen(NamedTuple):
    """A source that is to be collected."""

    id: int
    url: str
    family: str
    may_be_empty: bool


@click.command()
@click.argument("source", required=False)
@click.option(
    "--all", "everything", is_flag=True, help="Collect every source that is not paused."
)
@click.option(
    "--dry-run",
    is_flag=True,
    help="Read the lists and show what they name; take in nothing.",
)
@click.pass_obj
def collect(
    settings: Settings, source: str | None, everything: bool, dry_run: bool
) -> None:
    """Collect SOURCE (its address or number), or --all: what is new or changed is taken
    in.
    """
    from archive.catalogue import Act
    from archive.collecting import collect_now
    from archive.pipeline import Taken
    from scrapers import SourceTrouble

    failed = False
    with open_archive(settings) as archive:
        for one in _chosen(archive, source, everything):
            click.echo(one.url)
            try:
                # Asks the portal for the list only: a look before a source is trusted.
                if dry_run:
                    _show_list(archive, one)
                    continue
                note = noting(Act.COLLECT, one.url)
                tally = collect_now(archive, one.id, progress_line(), note)
                _show_tally(tally)
                _show_failures(archive, one.id)
                failed = failed or tally.failed > 0
            except (SourceTrouble, Taken) as trouble:
                # The next source may be well: portals fail one by one.
                failed = True
                click.echo(f"\r  {type(trouble).__name__}: {trouble}", err=True)
        is_indexed = bring_up_to_date(archive)
    sys.exit(1 if failed or not is_indexed else 0)


def _chosen(archive: Archive, source: str | None, everything: bool) -> list[Chosen]:
    """The sources to collect; one that is named also when it is paused."""
    from archive.store import sources

    with archive.store.session() as session:
        rows = sources.list_sources(session) if everything else []
        wanted = [row for row in rows if not row.paused]
        named = sources.find_source(session, source) if source else None
        if named is not None:
            wanted = [named]
        chosen = [
            Chosen(row.id, row.url, row.family, row.may_be_empty) for row in wanted
        ]
    if not chosen:
        raise click.ClickException("No such source: see `sources list`, or give --all.")
    return chosen


def _show_list(archive: Archive, source: Chosen) -> None:
    from archive.collecting import fetcher_of, list_leads

    _, url, family, may_be_empty = source
    with fetcher_of(archive) as fetcher:
        listing = list_leads(url, family, may_be_empty, fetcher)
    leads = listing.leads
    click.echo(f"  {listing.family.title} ({listing.family.name})：{listing.why}")
    for lead in leads:
        published = lead.published or " " * len("2024-01-31")
        click.echo(f"  {published}  {lead.title}  {lead.url}")
    if listing.note:
        click.echo(f"  {listing.note}")
    click.echo(f"  {len(leads)} pages listed ({listing.family.name})")


def _show_tally(tally: Tally) -> None:
    counts = (
        f"{tally.new} new, {tally.same} same, {tally.changed} changed, "
        f"{tally.gone} gone, {tally.not_a_report} not reports, {tally.failed} failed"
        f"{waiting(tally)}"
    )
    # The line of progress may be longer than this one, which is written over it.
    over_progress = " " * 40
    click.echo(f"\r  {counts}{over_progress}")


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

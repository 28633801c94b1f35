"""`export-warc`, `seal`, `prove`: what others need to check what we saw."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.commands.acting import noting
from archive.commands.opening import FilePath, open_archive
from archive.commands.progress import progress_bar
from config import VERSION

if TYPE_CHECKING:
    from archive.evidence import About, Provable
    from archive.pipeline import Archive
    from archive.store import Session
    from config import Settings

_UNITS = {"": 1, "KB": 1000, "MB": 1000**2, "GB": 1000**3, "TB": 1000**4}
# e.g. "1GB", "500 mb", "1000000"
# not "many"
_SIZE = re.compile(r"(\d{1,9})\s*([KMGT]B)?", re.IGNORECASE)
_DAY = click.DateTime(["%Y-%m-%d"])


def _bytes(context: click.Context, parameter: click.Parameter, value: str) -> int:
    """A size as people write it, in bytes."""
    found = _SIZE.fullmatch(value.strip())
    if found is None or not int(found[1]):
        raise click.BadParameter("write a size such as 500MB or 1GB")
    return int(found[1]) * _UNITS[(found[2] or "").upper()]


@click.command("export-warc")
@click.argument("file", type=FilePath())
@click.option("--source", type=int, help="Only what this source gave (its number).")
@click.option("--agency", default="", help="Only reports of this agency (its key).")
@click.option("--year", type=int, help="Only reports for this year.")
@click.option("--since", type=_DAY, help="From this day on (UTC).")
@click.option("--until", type=_DAY, help="To this day (UTC).")
@click.option(
    "--max-size",
    "most",
    default="1GB",
    show_default=True,
    callback=_bytes,
    help="A file that has grown to this is followed by another.",
)
@click.option("--wacz", is_flag=True, help="Pack all of it into a WACZ as well.")
@click.pass_obj
def export_warc(
    settings: Settings,
    file: Path,
    source: int | None,
    agency: str,
    year: int | None,
    since: datetime | None,
    until: datetime | None,
    most: int,
    wacz: bool,
) -> None:
    """Write what was asked and answered as WARC 1.1 to FILE (….warc.gz), with an index
    (CDXJ) beside it.
    """
    from archive.captures import DamagedOriginal
    from archive.evidence import InTheWay, export
    from archive.store import LookWish

    if not file.name.endswith(".warc.gz"):
        raise click.BadParameter("the name has to end in .warc.gz", param_hint="FILE")
    first, last = since and since.date(), until and until.date()
    wish = LookWish(source, agency, year, first, last)
    with open_archive(settings) as archive, progress_bar("Exporting") as tell:
        about = about_us(archive)
        try:
            done = export(
                archive.store, archive.captures, wish, file, about, most, wacz, tell
            )
        except InTheWay as there:
            raise click.ClickException(f"{there} is there already") from None
        except DamagedOriginal as damaged:
            raise click.ClickException(str(damaged)) from None
    for path in done.files:
        click.echo(path)
    click.echo(f"{done.sightings} sightings, {done.records} records")


@click.command()
@click.pass_obj
def seal(settings: Settings) -> None:
    """Seal the days that are over, and have them stamped where an authority is set.

    The worker does so each night.
    """
    from archive.catalogue import Act
    from archive.evidence import seal_days, stamp_days
    from archive.store import runs, sealing

    with open_archive(settings) as archive:
        store = archive.store
        store.write(noting(Act.SEAL))
        sealed = seal_days(store, runs.now())
        click.echo(f"{len(sealed)} days sealed")
        if not settings.tsa_url or settings.tsa_certificate is None:
            return
        count = stamp_days(store, settings.tsa_url, settings.tsa_certificate)
        with store.session() as session:
            trouble = sealing.stock(session).trouble
    click.echo(f"{count} days stamped")
    if trouble:
        raise click.ClickException(trouble)


@click.command()
@click.argument("address")
@click.option("--at", "day", type=_DAY, help="As it was seen up to this day (UTC).")
@click.option(
    "-o",
    "--output",
    type=FilePath(),
    help="The zip; named if not told.",
)
@click.pass_obj
def prove(
    settings: Settings, address: str, day: datetime | None, output: Path | None
) -> None:
    """Write a zip with which anybody can check an original without us.

    ADDRESS is a page's address, a report's (agency/year), or a SHA-256.
    """
    from archive import evidence
    from archive.captures import DamagedOriginal

    until = (day + timedelta(days=1)).replace(tzinfo=UTC) if day else None
    with open_archive(settings) as archive, archive.store.session() as session:
        try:
            found = evidence.provable(session, address, until)
            target = output or Path(f"{found.name}.zip")
            _write(archive, session, found, target)
        except (evidence.NotProvable, DamagedOriginal) as why:
            raise click.ClickException(str(why)) from None
    click.echo(target)
    if not found.is_stamped:
        click.echo("No authority has stamped it yet.", err=True)


def _write(archive: Archive, session: Session, found: Provable, target: Path) -> None:
    """Writes a proof, whole or not at all."""
    from archive import evidence

    unfinished = target.with_name(f".unfinished-{target.name}")
    key = about_us(archive).archive_key
    try:
        with unfinished.open("wb") as out:
            evidence.prove(session, archive.captures, found, key, out)
        unfinished.rename(target)
    finally:
        unfinished.unlink(missing_ok=True)


def about_us(archive: Archive) -> About:
    """What the files say of who made them."""
    from archive.evidence import About
    from archive.store import identity
    from scrapers import Fetcher

    settings = archive.settings
    with archive.store.session() as session:
        known = identity.known(session)
    with Fetcher(settings.contact_url) as polite:
        agent = polite.user_agent
    return About(
        software=f"disclosure-archive/{VERSION}",
        archive_key=known[0] if known else "",
        user_agent=agent,
        address=settings.public_url or settings.contact_url,
    )

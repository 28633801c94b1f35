"""`sources`: the list pages we collect from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from archive.commands.acting import noting
from archive.commands.opening import open_archive

if TYPE_CHECKING:
    from config import Settings

AUTO = "auto"
"""The family of a source whose portal software is to be recognised."""


@click.group()
def sources() -> None:
    """The list pages we collect from."""


@sources.command("add")
@click.argument("url")
@click.option(
    "--agency", default="", help="Whose page it is, where its reports do not say."
)
@click.option("--family", default=AUTO, help="The page's system; `auto` recognises it.")
@click.option("--may-be-empty", is_flag=True, help="An empty list is no error.")
@click.pass_obj
def add(
    settings: Settings, url: str, agency: str, family: str, may_be_empty: bool
) -> None:
    """Add the list page at URL."""
    from archive.catalogue import Act
    from archive.store import Session
    from archive.store import sources as table

    # Nothing is asked of the portal yet: whether the page is one that can be read shows
    # when it is collected, or by `collect --dry-run`.
    url = _address(url)
    _require_family(family)

    def add_source(session: Session) -> tuple[int, str, bool]:
        row, is_new = table.add_source(session, url, agency, family, may_be_empty)
        if is_new:
            noting(Act.SOURCE_ADDED, url, agency)(session)
        return row.id, row.url, is_new

    with open_archive(settings) as archive:
        number, url, is_new = archive.store.write(add_source)
    click.echo(f"{number}  {url}  {'added' if is_new else 'is known already'}")


def _address(url: str) -> str:
    """The address of a list page. Raises ClickException for what can't be one."""
    from archive.webpage import source_address

    try:
        return source_address(url)
    except ValueError as wrong:
        raise click.ClickException(str(wrong)) from None


def _require_family(family: str) -> None:
    from scrapers import FAMILIES

    known = [AUTO, *FAMILIES]
    if family not in known:
        raise click.ClickException(f"No family {family!r}: {', '.join(known)}")


@sources.command("list")
@click.pass_obj
def list_(settings: Settings) -> None:
    """List the sources with their family and state."""
    from archive.store import sources as table

    with open_archive(settings) as archive, archive.store.session() as session:
        for row in table.list_sources(session):
            # What was recognised when it was collected last; until then what was told.
            family = f"{row.recognised or row.family:8}"
            state = f"{'paused' if row.paused else '':7}"
            click.echo(f"{row.id:4}  {family} {state} {row.url}")


@sources.command("pause")
@click.argument("source")
@click.pass_obj
def pause(settings: Settings, source: str) -> None:
    """Leave SOURCE out of `collect --all`."""
    _set_paused(settings, source, True)


@sources.command("resume")
@click.argument("source")
@click.pass_obj
def resume(settings: Settings, source: str) -> None:
    """Collect SOURCE again that was paused."""
    _set_paused(settings, source, False)


def _set_paused(settings: Settings, source: str, paused: bool) -> None:
    from archive.catalogue import Act
    from archive.store import Session
    from archive.store import sources as table

    act = Act.SOURCE_PAUSED if paused else Act.SOURCE_RESUMED

    def turn(session: Session) -> str:
        row = table.find_source(session, source)
        if row is None:
            raise click.ClickException("No such source: see `sources list`.")
        if row.paused != paused:
            row.paused = paused
            noting(act, row.url)(session)
        return row.url

    with open_archive(settings) as archive:
        url = archive.store.write(turn)
    click.echo(f"{url}  {'paused' if paused else 'resumed'}")

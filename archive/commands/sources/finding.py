"""`sources find`: from any address of a portal to its lists of annual reports."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from archive.commands.acting import noting
from archive.commands.opening import open_archive
from archive.commands.progress import progress_line
from archive.commands.sources.naming import said_of

if TYPE_CHECKING:
    from archive.collecting import Found, Offer
    from archive.pipeline import Archive
    from config import Settings
    from scrapers import Lead

_FEW = 5
"""Titles that are shown of each kind without `--all`."""
_READABLE = "readable"


@click.command()
@click.argument("url")
@click.option(
    "--add",
    is_flag=False,
    flag_value=_READABLE,
    default="",
    metavar="[NUMBERS]",
    help="Register what can be read, or the offers with these numbers: --add 1,3.",
)
@click.option("--all", "everything", is_flag=True, help="Show every title.")
@click.pass_obj
def find(settings: Settings, url: str, add: str, everything: bool) -> None:
    """Look for lists of annual reports from any address of a portal.

    Nothing is saved without --add. The status is 1 where none can be read.
    """
    from archive.collecting import fetcher_of, find_columns
    from archive.webpage import source_address

    try:
        start = source_address(url)
    except ValueError as wrong:
        raise click.ClickException(str(wrong)) from None
    numbers = _numbers(add)
    with open_archive(settings) as archive:
        with fetcher_of(archive) as fetcher:
            found = find_columns(start, fetcher, progress_line())
        click.echo(f"\r{len(found.looked)} pages looked at{' ' * 50}")
        for number, offer in enumerate(found.offers, 1):
            _show(number, offer, everything)
        if not found.readable:
            click.echo(found.why_nothing(), err=True)
            sys.exit(1)
        if add:
            _register(archive, _chosen(found, numbers))


def _numbers(add: str) -> set[int] | None:
    """The offers that were named; None for all that can be read."""
    if add in {"", _READABLE}:
        return None
    given = add.replace("，", ",").split(",")
    if not all(one.strip().isdecimal() for one in given):
        raise click.ClickException(f"--add takes numbers, such as 1,3; not {add!r}.")
    return set(map(int, given))


def _chosen(found: Found, numbers: set[int] | None) -> list[str]:
    """The addresses to register. Raises ClickException for a number of no offer."""
    if numbers is None:
        return [offer.url for offer in found.readable]
    unknown = sorted(numbers - set(range(1, len(found.offers) + 1)))
    if unknown:
        raise click.ClickException(f"There is no offer {unknown[0]}; nothing is added.")
    return [found.offers[number - 1].url for number in sorted(numbers)]


def _register(archive: Archive, urls: list[str]) -> None:
    """Makes sources of what was found, each with its line of the audit log."""
    from archive.store import Session, SourceFields, sources

    def register(session: Session) -> list[str]:
        added = []
        for url in urls:
            row, act = sources.register(session, url, SourceFields())
            if act is not None:
                noting(act, url)(session)
            added.append(f"{row.id}  {row.url}  {said_of(act)}")
        return added

    for line in archive.store.write(register):
        click.echo(line)


def _show(number: int, offer: Offer, everything: bool) -> None:
    """An offer: where, what, how it is read, and what it would give."""
    click.echo(f"{number}  {offer.name}  {offer.url}")
    if offer.way:
        click.echo(f"   by: {' › '.join(offer.way)}")
    listing = offer.listing
    if listing is None:
        click.echo(f"   cannot be read: {offer.trouble}")
        return
    family = listing.family
    click.echo(f"   {family.title} ({family.name})：{listing.why}")
    should = f" of {listing.expected}" if listing.expected is not None else ""
    click.echo(f"   {len(listing.leads)}{should} taken")
    _show_titles(listing.leads, everything)
    click.echo(f"   {len(listing.passed)} not taken")
    _show_titles(listing.passed, everything)
    for note in offer.notes:
        click.echo(f"   incomplete: {note}")


def _show_titles(leads: Iterable[Lead], everything: bool) -> None:
    known = list(leads)
    shown = known if everything else known[:_FEW]
    for lead in shown:
        published = lead.published or " " * len("2024-01-31")
        title = lead.title if everything else lead.title[:60]
        click.echo(f"     {published}  {title}")
    if len(known) > len(shown):
        click.echo(f"     … and {len(known) - len(shown)} more (--all)")

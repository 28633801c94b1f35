"""Sources edited, moved, paused, removed, restored; each with its line in the log."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from archive.catalogue import Act
from archive.commands.acting import noting
from archive.commands.opening import open_archive
from archive.commands.sources.naming import (
    checked_selectors,
    named_source,
    require_browser,
    require_family,
)

if TYPE_CHECKING:
    from archive.store import Session, Source
    from config import Settings

Change = Callable[["Session", "Source"], str]
"""Changes a source; what changed, in words, empty where nothing did."""


@click.command("edit")
@click.argument("source")
@click.option("--agency", help="Whose page it is; empty takes it away.")
@click.option("--family", help="The page's system; `auto` recognises it.")
@click.option("--group", help="A word of yours; empty takes it away.")
@click.option(
    "--may-be-empty/--not-empty",
    default=None,
    help="Whether an empty list is no error.",
)
@click.option(
    "--rendered/--not-rendered",
    default=None,
    help="Whether its pages are drawn by a browser (slow).",
)
@click.option(
    "--selectors",
    default=None,
    help="For what no family reads: 'list: ul > li; next: a.on'. Empty: none.",
)
@click.option(
    "--season-hours", type=int, help="Hours between two looks, January to April."
)
@click.option("--rest-hours", type=int, help="The same in the other months.")
@click.pass_obj
def edit(
    settings: Settings,
    /,
    source: str,
    agency: str | None,
    family: str | None,
    group: str | None,
    may_be_empty: bool | None,
    rendered: bool | None,
    selectors: str | None,
    **hours: int | None,
) -> None:
    """Change what is said of SOURCE (its number or address)."""
    from archive.store import sources as table

    if family is not None:
        require_family(family)
    asked: dict[str, Any] = {"agency": agency, "family": family, "group": group}
    asked |= {"may_be_empty": may_be_empty, "rendered": rendered, **hours}
    if selectors is not None:
        asked["selectors"] = checked_selectors(selectors)
    if rendered:
        require_browser()
    given = {name: value for name, value in asked.items() if value is not None}

    def change(session: Session, row: Source) -> str:
        return table.edit(session, row, replace(table.fields_of(row), **given))

    _do(settings, source, Act.SOURCE_EDITED, change, "nothing to change")


@click.command("move")
@click.argument("source")
@click.argument("url")
@click.pass_obj
def move(settings: Settings, source: str, url: str) -> None:
    """Give SOURCE the address URL; its pages and reports stay with it."""
    from archive.store import sources as table

    def change(session: Session, row: Source) -> str:
        return table.move(session, row, url)

    _do(settings, source, Act.SOURCE_MOVED, change, "has that address already")


@click.command("pause")
@click.argument("source")
@click.pass_obj
def pause(settings: Settings, source: str) -> None:
    """Leave SOURCE out of the schedule and of `collect --all`."""
    _set_paused(settings, source, True)


@click.command("resume")
@click.argument("source", required=False)
@click.option(
    "--paused-itself",
    is_flag=True,
    help="All sources that paused themselves after failures; none that people paused.",
)
@click.pass_obj
def resume(settings: Settings, source: str | None, paused_itself: bool) -> None:
    """Collect SOURCE again that was paused."""
    if bool(source) == paused_itself:
        raise click.UsageError("Give SOURCE or --paused-itself.")
    if source:
        _set_paused(settings, source, False)
        return
    _resume_paused_itself(settings)


def _resume_paused_itself(settings: Settings) -> None:
    """After a trouble of many at once, such as our own network."""
    from archive.store import SourceWish
    from archive.store import sources as table

    def work(session: Session) -> int:
        found = table.chosen_ids(session, SourceWish(), by_itself=True)
        table.set_paused_all(session, found, False)
        if found:
            told = (f"{len(found)} 个来源", "自动暂停的")
            noting(Act.SOURCE_RESUMED, *told)(session)
        return len(found)

    with open_archive(settings) as archive:
        resumed = archive.store.write(work)
    click.echo(f"{resumed} sources resumed")


def _set_paused(settings: Settings, source: str, paused: bool) -> None:
    from archive.store import sources as table

    act = Act.SOURCE_PAUSED if paused else Act.SOURCE_RESUMED
    done = "paused" if paused else "resumed"

    def change(session: Session, row: Source) -> str:
        return done if table.set_paused(session, row, paused) else ""

    _do(settings, source, act, change, done, is_told=False)


@click.command("remove")
@click.argument("source")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def remove(settings: Settings, source: str, yes: bool) -> None:
    """Take SOURCE from the lists and from collecting.

    Originals, pages and reports stay; `sources restore`, or adding its address again,
    brings it back.
    """
    from archive.store import sources as table

    def change(session: Session, row: Source) -> str:
        return "removed" if table.remove(session, row) else ""

    if not yes:
        click.confirm(f"Remove source {source}?", abort=True)
    _do(settings, source, Act.SOURCE_REMOVED, change, "removed", is_told=False)


@click.command("restore")
@click.argument("source")
@click.pass_obj
def restore(settings: Settings, source: str) -> None:
    """Bring SOURCE back that was removed."""
    from archive.store import sources as table

    def change(session: Session, row: Source) -> str:
        return "restored" if table.restore(session, row) else ""

    _do(settings, source, Act.SOURCE_RESTORED, change, "is there", is_told=False)


def _do(
    settings: Settings,
    source: str,
    act: Act,
    change: Change,
    nothing: str,
    is_told: bool = True,
) -> None:
    """Changes a source and notes it in one transaction; `nothing` is printed where all
    was so already. Raises ClickException.
    """
    from archive.store import BadSource

    def work(session: Session) -> tuple[str, str]:
        row = named_source(session, source)
        before = row.url
        told = change(session, row)
        if told:
            noting(act, before, told if is_told else "")(session)
        return row.url, told or nothing

    with open_archive(settings) as archive:
        try:
            url, told = archive.store.write(work)
        except BadSource as wrong:
            raise click.ClickException(str(wrong)) from None
    click.echo(f"{url}  {told}")

"""Sources added, and shown."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from archive.catalogue import schedule
from archive.commands.acting import noting
from archive.commands.opening import open_archive
from archive.commands.sources.naming import (
    AUTO,
    checked_selectors,
    filters,
    require_browser,
    require_family,
    said_of,
    wish_of,
)

if TYPE_CHECKING:
    from datetime import datetime

    from archive.store import Session, Source, sources
    from config import Settings


@click.command("add")
@click.argument("url")
@click.option(
    "--agency", default="", help="Whose page it is, where its reports do not say."
)
@click.option("--family", default=AUTO, help="The page's system; `auto` recognises it.")
@click.option("--group", default="", help="A word of yours: a region, a batch.")
@click.option("--may-be-empty", is_flag=True, help="An empty list is no error.")
@click.option(
    "--rendered", is_flag=True, help="Its pages are drawn by a browser (slow)."
)
@click.option(
    "--selectors",
    default="",
    help="For what no family reads: 'list: ul > li; next: a.on'.",
)
@click.pass_obj
def add(
    settings: Settings,
    url: str,
    agency: str,
    family: str,
    group: str,
    may_be_empty: bool,
    rendered: bool,
    selectors: str,
) -> None:
    """Add the list page at URL; one that was removed comes back.

    Another spelling of the address of a known source is that source.
    """
    from archive.store import BadSource, SourceFields

    # Nothing is asked of the portal yet: whether the page is one that can be read shows
    # when it is collected, or by `collect --dry-run`.
    require_family(family)
    if rendered:
        require_browser()
    told = checked_selectors(selectors)
    fields = SourceFields(agency, family, group, may_be_empty, rendered, told)
    with open_archive(settings) as archive:
        try:
            said = archive.store.write(lambda session: _register(session, url, fields))
        except BadSource as wrong:
            raise click.ClickException(str(wrong)) from None
    click.echo(said)


def _register(session: Session, url: str, fields: Any) -> str:
    from archive.store import sources as table

    row, act = table.register(session, url, fields)
    if act is not None:
        noting(act, row.url, row.agency)(session)
    return f"{row.id}  {row.url}  {said_of(act)}"


@click.command("list")
@filters
@click.option(
    "--order",
    default="added",
    type=click.Choice(["added", "recent", "address"]),
    help="By number, by last run, or by address.",
)
@click.option("--json", "as_json", is_flag=True, help="A line of JSON for each source.")
@click.pass_obj
def list_(settings: Settings, /, order: str, as_json: bool, **chosen: str) -> None:
    """List the sources with their family and state, removed ones when asked for."""
    from dataclasses import replace

    from archive.store import sources as table

    wish = replace(wish_of(**chosen), order=order)
    show = _as_json if as_json else _as_line
    with open_archive(settings) as archive, archive.store.session() as session:
        # In pages, so that thousands of them stand in memory only once.
        page = 1
        while found := table.chosen(session, wish, page):
            for one in found:
                click.echo(show(one))
            page += 1
        if not as_json:
            _tell_twins(session)


def _as_line(one: sources.Chosen) -> str:
    row = one.source
    # What was recognised when it was collected last; until then what was told.
    family = f"{row.recognised or row.family:8}"
    group = f"  [{row.group}]" if row.group else ""
    drawn = "  (rendered)" if row.rendered else ""
    named = f"{row.id:4}  {family} {one.condition:10} {row.url}{group}{drawn}"
    return f"{named}{_when(row)}"


def _when(row: Source) -> str:
    """Since when it fails, and when it is looked at again, by the time of China."""
    failing = f"  failing since {_day(row.failing_since)}" if row.failing_since else ""
    if row.paused_why:
        return f"{failing}  paused itself"
    if row.paused or row.removed_at:
        return failing
    due = _day(row.due_at) if row.due_at else "at once"
    return f"{failing}  next {due}"


def _day(moment: datetime) -> str:
    return f"{moment.astimezone(schedule.CHINA):%Y-%m-%d %H:%M}"


def _as_json(one: sources.Chosen) -> str:
    from dataclasses import asdict

    from archive.store import sources as table

    row, last = one.source, one.last
    told = {
        "id": row.id,
        "url": row.url,
        **asdict(table.fields_of(row)),
        "recognised": row.recognised,
        "paused": row.paused,
        **table.health_of(row),
        "state": one.condition.value,
        "last_run": last.id if last else None,
        "reason": last.reason if last else "",
    }
    return json.dumps(told, ensure_ascii=False)


def _tell_twins(session: Session) -> None:
    """Names sources of before that are the list page of an earlier one."""
    from archive.store import sources as table

    for later, first in table.twins(session):
        told = f"{later.id} is the same list page as {first.id}: remove one of them."
        click.echo(told, err=True)

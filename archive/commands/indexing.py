"""The index brought up to date, by the commands that take something in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from archive.pipeline import Archive


def bring_up_to_date(archive: Archive, *, is_last: bool = True) -> bool:
    """Counts and indexes what came in; whether it could, or else says why not.

    What was taken in is safe then: the marks wait for an index that can be used.
    Counting all is left for later unless this is the last time.
    """
    from archive.pipeline import index_marked
    from archive.search import IndexTrouble
    from archive.store import recount, recount_if_due

    if is_last:
        archive.store.write(recount)
    else:
        recount_if_due(archive.store)

    try:
        index_marked(archive)
        archive.index.tidy()
    except IndexTrouble as trouble:
        click.echo(str(trouble), err=True)
        return False
    return True

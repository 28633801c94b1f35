"""The index brought up to date, by the commands that take something in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from archive.pipeline import Archive


def bring_up_to_date(archive: Archive) -> bool:
    """Indexes what is marked; whether it could, or else says why not.

    What was taken in is safe then: the marks wait for an index that can be used.
    """
    from archive.pipeline import index_marked
    from archive.search import IndexTrouble

    try:
        index_marked(archive)
        archive.index.tidy()
    except IndexTrouble as trouble:
        click.echo(str(trouble), err=True)
        return False
    return True

"""`sources`: the list pages we collect from.

1 naming     what the commands share: sources by name, filters, refusals in a line
2 listing    added, and shown
3 changing   edited, moved, paused, removed, restored
4 sheets     by the file: taken in and written
5 finding    looked for, from any address of a portal
6 health     commands of their own: what is told of sources, and what is given up
"""

import click

from archive.commands.sources.changing import (
    edit,
    move,
    pause,
    remove,
    restore,
    resume,
)
from archive.commands.sources.finding import find
from archive.commands.sources.listing import add, list_
from archive.commands.sources.naming import filters, wish_of
from archive.commands.sources.sheets import export, import_

__all__ = ["filters", "sources", "wish_of"]


@click.group()
def sources() -> None:
    """The list pages we collect from."""


for _one in (
    add,
    find,
    list_,
    edit,
    move,
    pause,
    resume,
    remove,
    restore,
    import_,
    export,
):
    sources.add_command(_one)

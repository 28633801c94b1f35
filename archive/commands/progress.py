"""How far a long command is, on a terminal; what it leaves for a person."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from archive.pipeline import Tally


@contextmanager
def progress_bar(label: str) -> Iterator[Callable[[int, int], None]]:
    """A bar, and what it is told: how many are done, of how many."""
    with click.progressbar(length=1, label=label) as bar:

        def tell(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        yield tell


def progress_line() -> Callable[[int, int, str], None]:
    """A line that is written over, on a terminal only: done, of how many, what now."""
    # In a file, or in cron's mail, each step would be a line of its own.
    on_terminal = sys.stdout.isatty()

    def tell(done: int, total: int, step: str) -> None:
        if on_terminal:
            click.echo(f"\r  {done}/{total}  {step[:40]:40}", nl=False)

    return tell


def waiting(tally: Tally) -> str:
    """How many texts wait for a person, to be put behind the other counts."""
    if tally.held:
        return f", {tally.held} with less than before (held)"
    return ""

"""How far a long command is, on a terminal; what it leaves for a person."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from archive.commands.acting import noting
from archive.commands.opening import loading

if TYPE_CHECKING:
    from archive.catalogue import RunKind
    from archive.pipeline import Archive, Run, Tally


@contextmanager
def progress_bar(label: str) -> Iterator[Callable[[int, int], None]]:
    """A bar with rate and time left, and what it is told: how many are done, of how
    many. Nothing where there is no terminal.
    """
    if not sys.stdout.isatty():
        yield lambda done, total: None
        return
    started = time.monotonic()
    first: list[int] = []

    def rate(done: int | None) -> str:
        seconds = time.monotonic() - started
        if not done or not seconds:
            return ""
        a_second = (done - first[0]) / seconds
        return f"{a_second:.0f}/s" if a_second >= 1 else f"{a_second * 60:.0f}/min"

    with click.progressbar(
        length=1, label=label, show_pos=True, item_show_func=rate
    ) as bar:

        def tell(done: int, total: int) -> None:
            first.append(bar.pos)
            bar.length = total
            bar.update(done - bar.pos, done)

        yield tell


def line_above_bar(line: str) -> None:
    """Prints a line that stays, where a bar stands that is written over."""
    # To the beginning, and nothing left of the bar behind the line.
    begin = "\r\x1b[K" if sys.stdout.isatty() else ""
    click.echo(f"{begin}{line}")


def progress_line() -> Callable[[int, int, str], None]:
    """A line that is written over, on a terminal only: done, of how many, what now."""
    # In a file, or in cron's mail, each step would be a line of its own.
    on_terminal = sys.stdout.isatty()

    def tell(done: int, total: int, step: str) -> None:
        if on_terminal:
            click.echo(f"\r  {done}/{total}  {step[:40]:40}", nl=False)

    return tell


def bring_up_to_date(
    archive: Archive, *, is_last: bool = True, processes: int = 1
) -> bool:
    """Counts and indexes what came in; whether it could, or else says why not.

    What was taken in is safe then: the marks wait for an index that can be used.
    Counting all is left for later unless this is the last time.
    """
    from archive.pipeline import index_marked
    from archive.search import IndexTrouble
    from archive.store import count_columns, count_expected, recount, recount_if_due

    if is_last:
        archive.store.write(recount)
        count_expected(archive.store, archive.clock())
        count_columns(archive.store)
    else:
        recount_if_due(archive.store)

    try:
        index_marked(archive, processes)
        archive.index.tidy()
    except IndexTrouble as trouble:
        click.echo(str(trouble), err=True)
        return False
    return True


def waiting(tally: Tally) -> str:
    """How many texts wait for a person, to be put behind the other counts."""
    if tally.held:
        return f", {tally.held} with less than before (held)"
    return ""


@contextmanager
def one_run(
    archive: Archive, kind: RunKind, readers: str = "", subject: str = ""
) -> Iterator[Run]:
    """A run with a row that the site shows; of each kind there is one at a time.

    The audit log says who began it, and with what (`subject`).
    """
    from archive.catalogue import Act
    from archive.pipeline import Taken, own_run

    try:
        note = noting(Act(kind.value), subject)
        with own_run(archive, kind, readers, note) as run:
            yield run
    except Taken as taken:
        raise click.ClickException(str(taken)) from None


def _cores() -> int:
    with loading():
        from archive.pipeline import cores

    return cores()


processes_option = click.option(
    "--processes",
    type=click.IntRange(1, 64),
    default=_cores,
    show_default="the cores",
    help="How many work at once.",
)

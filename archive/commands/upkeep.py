"""`migrate`, `rebuild`, `reindex`, `audit`, `dictionary`: all is kept in order."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

import click

from archive.commands.acting import noting
from archive.commands.opening import loading, open_archive
from archive.commands.progress import (
    bring_up_to_date,
    line_above_bar,
    one_run,
    processes_option,
    progress_bar,
    waiting,
)

if TYPE_CHECKING:
    from archive.evidence import Checked
    from archive.pipeline import Archive, Audit, Left, Run
    from config import Settings


@click.command()
@click.pass_obj
def migrate(settings: Settings) -> None:
    """Make the database's tables, or bring them up to date; give back the room that
    this leaves over on the disk.
    """
    from archive.catalogue import Act
    from archive.store import Store, count_expected, room, schema

    # Not `open_archive`, which wants the tables that are made here.
    store = Store(settings.database_url)
    since = schema.revision_of(store)
    try:
        schema.upgrade(store)
    except schema.OutOfDate as newer:
        raise click.ClickException(str(newer)) from None
    newest = schema.newest_revision()
    if since != newest:
        store.write(noting(Act.MIGRATE, newest))
    if since and since != newest:
        # Else the first visitors would wait for it.
        count_expected(store)
    click.echo("The database is up to date.")
    given = room.give_back(store, since)
    store.close()
    if given and given.trouble:
        click.echo(
            f"It is larger than it has to be, and could not be made smaller "
            f"({given.trouble}): {given.remedy}. Nothing is lost."
        )
    elif given:
        before, after = map(room.megabytes, (given.before, given.after))
        click.echo(f"It was made smaller: {before} before, {after} now.")


@click.command()
@processes_option
@click.pass_obj
def rebuild(settings: Settings, processes: int) -> None:
    """Read every original again with today's readers; no network.

    One that was stopped or killed goes on where it was, as long as the readers are the
    same. A line is printed for each that can't be filed; the status is 1 where there is
    one. What never was a report is none.
    """
    with loading():
        from archive.catalogue import RunKind
        from archive.interpreting import readers
        from archive.pipeline import Ahead, read_again

    with open_archive(settings) as archive:
        with (
            Ahead(processes) as ahead,
            one_run(archive, RunKind.REBUILD, readers()) as run,
            progress_bar("Reading again") as bar,
        ):
            if run.begin:
                click.echo(f"Going on after the first {run.begin} originals.")

            def tell(done: int, total: int, step: str) -> None:
                run.tell(done, total, step)
                bar(done, total)

            left: list[Left] = []
            told = _telling(run, left)
            tally = run.tally = read_again(archive, ahead, tell, run.begin, told)
        is_indexed = bring_up_to_date(archive, processes=processes)
    click.echo(
        f"{tally.new} new, {tally.same} refilled, {tally.changed} changed, "
        f"{tally.not_a_report} not reports, {tally.failed} failed{waiting(tally)}"
    )
    lost = sum(one.was_read for one in left)
    if lost:
        click.echo(f"{lost} of these could be filed before.", err=True)
    sys.exit(0 if is_indexed and not left else 1)


def _telling(run: Run, left: list[Left]) -> Callable[[Left], None]:
    """What prints and keeps originals that a person has to look at; those that could
    be filed before stand with the run too.
    """

    def tell(one: Left) -> None:
        if not one.is_trouble:
            return
        left.append(one)
        taken = one.taken
        before = "could be filed before" if one.was_read else "as before"
        line_above_bar(f"{taken.outcome:12} {taken.where}  {taken.reason} ({before})")
        run.note_left(one)

    return tell


@click.command()
@processes_option
@click.pass_obj
def reindex(settings: Settings, processes: int) -> None:
    """Build the search index anew beside the live one, then swap."""
    from archive.search import IndexTrouble

    with open_archive(settings) as archive:
        try:
            count = _reindexed(archive, processes)
        except IndexTrouble as trouble:
            raise click.ClickException(str(trouble)) from None
    click.echo(f"{count} reports indexed.")


def _reindexed(archive: Archive, processes: int) -> int:
    """How many reports the new index holds. Raises IndexTrouble."""
    from archive import pipeline
    from archive.catalogue import RunKind

    with (
        one_run(archive, RunKind.REINDEX) as run,
        progress_bar("Indexing") as bar,
    ):

        def tell(done: int, total: int) -> None:
            run.tell(done, total, "")
            bar(done, total)

        return pipeline.reindex(archive, processes, tell)


@click.command()
@click.option(
    "--known",
    metavar="NUMBER:HASH",
    default="",
    help="A line of the audit log as an earlier audit has printed it.",
)
@click.pass_obj
def audit(settings: Settings, known: str) -> None:
    """Test the database, every original against its hash, every reading and the
    numbers kept of it, the index against the database, and the audit log against its
    chain of hashes.
    """
    from archive import pipeline

    noted = _written_down(known)
    with open_archive(settings) as archive, progress_bar("Testing originals") as tell:
        found = pipeline.audit(archive, tell)
        is_chained = _tell_chain(archive) and _tell_known(archive, *noted)
        _tell_twins(archive)
        _note_audit(archive, found, is_chained)
    for line in (
        *found.database,
        *found.damaged,
        *found.unread,
        *found.unlike,
        *found.sealed.troubles,
    ):
        click.echo(line, err=True)
    click.echo(f"{len(found.database)} troubles of the database")
    click.echo(f"{found.originals} originals, {len(found.damaged)} damaged")
    click.echo(f"{len(found.unread)} readings damaged or missing")
    click.echo(f"{len(found.unlike)} texts whose numbers are not those of the reading")
    _tell_sealed(found.sealed)
    # By a kill in the moment between the file and its row. No harm, so no failure.
    if found.unknown:
        click.echo(
            f"{found.unknown} originals kept but not noted; they are when "
            "they are met again"
        )
    if found.healed:
        click.echo(
            f"{found.healed} originals were damaged once and are whole again; what "
            "the disk had made of them stands beside them (.damaged-…)"
        )
    if found.index_trouble:
        click.echo(found.index_trouble, err=True)
    # Both heal by themselves once a day, or by `reindex`.
    click.echo(
        f"{found.not_indexed} reports not in the index, {found.index_only} "
        "only in the index"
    )
    sys.exit(0 if found.is_clean and is_chained else 1)


def _note_audit(archive: Archive, found: Audit, is_chained: bool) -> None:
    """Leaves a run that says what was found: people are told of it by the digest."""
    from archive.catalogue import RunKind
    from archive.store import DatabaseTrouble, Session, runs

    harm = [
        (len(found.database), "处数据库问题"),
        (len(found.damaged), "份原件损坏"),
        (len(found.unread), "份读取结果损坏或缺失"),
        (len(found.unlike), "份文本的数值与读取结果不符"),
        (len(found.sealed.troubles), "处封存记录的问题"),
        (0 if is_chained else 1, "处操作记录的问题"),
    ]
    told = "，".join(f"{number} {what}" for number, what in harm if number)

    def note(session: Session) -> None:
        run_id = runs.queue_run(session, RunKind.AUDIT).id
        runs.start_run(session, run_id)
        reason = f"核验发现 {told}。" if told else ""
        runs.finish_run(session, run_id, {"same": found.originals}, reason)

    # A damaged database is told of above; that it can't be written adds nothing.
    with suppress(DatabaseTrouble):
        archive.store.write(note)


def _tell_sealed(sealed: Checked) -> None:
    click.echo(
        f"{sealed.days} sealed days with {sealed.sightings} sightings, "
        f"{sealed.stamped} with a time stamp, {len(sealed.troubles)} troubles"
    )


def _written_down(known: str) -> tuple[int, str]:
    """Number and hash of a line; 0 where none is given. Raises BadParameter."""
    if not known:
        return 0, ""
    number, _, written_down = known.strip().partition(":")
    is_number = number.isascii() and number.isdigit() and len(number) < 10
    if not is_number or not written_down:
        raise click.BadParameter("write NUMBER:HASH", param_hint="--known")
    return int(number), written_down


def _tell_known(archive: Archive, number: int, written_down: str) -> bool:
    """Says whether the line that was written down is the same; True without one.

    Who has all rights can make a chain anew that holds, but not with the same hash.
    """
    from archive.store import audit_log

    if not number:
        return True
    with archive.store.session() as session:
        is_same = audit_log.is_line(session, number, written_down)
    told = f"Line {number} is as it was written down."
    if not is_same:
        told = (
            f"The audit log was made anew: line {number} is gone, or not the one that"
            " was written down."
        )
    click.echo(told, err=not is_same)
    return is_same


def _tell_chain(archive: Archive) -> bool:
    """Says whether the audit log is whole, and where not."""
    from archive.store import audit_log

    with archive.store.session() as session:
        broken = audit_log.first_broken(session)
        if broken is not None:
            told = f"The audit log is broken: line {broken.number} {broken.why}."
            click.echo(told, err=True)
            return False
        number, last = audit_log.end_of(session)
    click.echo(f"{number} lines of the audit log, the last with the hash {last}")
    return True


def _tell_twins(archive: Archive) -> None:
    """Names sources that are the list page of an earlier one; no harm, a person's
    choice.
    """
    from archive.store import sources

    with archive.store.session() as session:
        for later, first in sources.twins(session):
            click.echo(f"Source {later.id} is the same list page as {first.id}")


@click.command()
def dictionary() -> None:
    """Print the data dictionary: every key of JSON, exports and API, as Markdown."""
    from archive.catalogue import data_dictionary

    click.echo(data_dictionary(), nl=False)

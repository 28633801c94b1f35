"""Runs: what each did stands in a row of the database, however it ended."""

from __future__ import annotations

import fcntl
import logging
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from functools import partial

from archive.catalogue import RunKind, Trouble
from archive.pipeline.archive import Archive
from archive.pipeline.outcomes import Left, Tally
from archive.search import IndexTrouble
from archive.store import DatabaseTrouble, Session, Store, runs, sources

BEAT = 10
"""Seconds between two signs of life; a good deal less than `runs.SILENCE`."""
THIS_MACHINE = socket.gethostname()
_LONGEST_NAME = 255
log = logging.getLogger("archive.pipeline")

Noting = Callable[[Session], None]
"""Writes into the audit log who begins a run, in the transaction that begins it."""


def unnoted(session: Session) -> None:
    """Nobody has asked for it."""


class Taken(Exception):
    """Somebody else is doing the same right now."""


class HostBusy(Exception):
    """Another run is at the same host; this one can be begun when that has ended."""


class Run:
    """A run that is at work, as it stands in its row."""

    def __init__(self, archive: Archive, run_id: int, begin: int = 0) -> None:
        self.tally = Tally()
        self.begin = begin
        """How many an earlier run, that was killed, had done."""
        self.id = run_id
        self._archive = archive

    def tell(self, done: int, total: int, step: str) -> None:
        """How far it is, and what comes now; the sign of life as well.

        Raises Stopped when it is time to stop.
        """
        self._archive.require_time()
        self._archive.store.write(
            lambda session: runs.tell_progress(session, self.id, done, total, step)
        )

    def note_left(self, left: Left) -> None:
        """Notes an original that could be filed before; those that never could wait in
        the review queue since long.
        """
        if not left.was_read:
            return
        taken, kind = left.taken, Trouble[left.taken.outcome.name]
        self._archive.store.write(
            lambda session: runs.note_failure(
                session, self.id, taken.where, kind, taken.reason
            )
        )

    def end(self, reason: str = "", is_its_fault: bool = True) -> None:
        """Ends it with its tally: done, failed when there is a reason, incomplete.

        `is_its_fault`: whether a failure counts against the source.
        """
        counts, lacks = self.tally.as_columns(), self.tally.incomplete
        moment = self._archive.clock()

        def end(session: Session) -> None:
            runs.finish_run(session, self.id, counts, reason, lacks)
            sources.note_end(session, self.id, moment, is_its_fault)

        self._archive.store.write(end)


@contextmanager
def beating(store: Store, run_id: int) -> Iterator[None]:
    """Gives signs of life of a run, by a thread of its own: one page may take minutes
    to recognise, and one report to file.
    """
    ended = threading.Event()

    def beat() -> None:
        while not ended.wait(BEAT):
            try:
                with store.session() as session:
                    runs.beat(session, run_id)
            # Whoever works on the run will notice as well, and say so.
            except DatabaseTrouble as trouble:
                log.warning("run %d gives no sign of life: %s", run_id, trouble.orig)

    thread = threading.Thread(target=beat, name=f"beat of run {run_id}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join(BEAT)


def lock_of(kind: str, source_id: int | None) -> str:
    """The name of the lock under which a worker performs a run."""
    return f"source-{source_id}" if source_id is not None else kind


def take_up_silent(archive: Archive) -> list[int]:
    """Lets runs wait again that were at work when their process or their database went
    away; which. Those of commands end, since nobody is there to go on.

    A run whose lock somebody holds lives, whatever the database says: it could not be
    reached for a while.
    """
    with archive.store.session() as session:
        silent = [
            (run.id, run.kind, run.source_id) for run in runs.silent_runs(session)
        ]
    taken_up = []
    for run_id, kind, source_id in silent:
        if kind not in runs.WORKED_KINDS:
            _end_silent(archive, kind)
            continue
        try:
            with only_one(archive, lock_of(kind, source_id)):
                is_mine = archive.store.write(partial(runs.take_up, run_id=run_id))
        except Taken:
            continue
        if is_mine:
            taken_up.append(run_id)
    return taken_up


def take_up_killed(
    archive: Archive, run_id: int, kind: str, source_id: int | None
) -> bool:
    """Lets a run wait again that a process of this machine had when it was killed.

    Whether it does. Its lock tells; not every network file system lets one machine see
    the locks of another, so that a run of another one must have been silent for long.
    """
    try:
        with only_one(archive, lock_of(kind, source_id)) as machine:
            if machine not in ("", THIS_MACHINE):
                return archive.store.write(partial(runs.take_up, run_id=run_id))
            dead = partial(runs.take_up, run_id=run_id, is_dead=True)
            return archive.store.write(dead)
    except Taken:
        return False


def make_way(archive: Archive, source_id: int) -> None:
    """Lets runs wait again that were killed on a source or at its host, so that it can
    be collected: where no worker runs, nobody else takes them up.
    """
    with archive.store.session() as session:
        found = sources.in_the_way(session, source_id)
        in_the_way = [(run.id, run.kind, run.source_id) for run in found]
    for one in in_the_way:
        take_up_killed(archive, *one)


def _end_silent(archive: Archive, kind: str) -> None:
    archive.store.write(partial(runs.end_silent_runs, kind=kind))


def mistake_told(mistake: Exception) -> str:
    """The reason of a run that a mistake in our own code has ended."""
    return f"程序出错（{type(mistake).__name__}），详情见日志。"


@contextmanager
def own_run(
    archive: Archive, kind: RunKind, readers: str = "", note: Noting = unnoted
) -> Iterator[Run]:
    """A run of a command, with a row that the site shows, however it ends.

    Only imports may run side by side. With `readers` the run of these readers that was
    killed goes on. Raises Taken.
    """

    def begin(session: Session) -> tuple[int, int]:
        unfinished = runs.to_go_on(session, kind, readers) if readers else None
        runs.end_silent_runs(session, kind)
        if unfinished is None:
            run_id, done = runs.queue_run(session, kind, readers=readers).id, 0
        else:
            run_id, done = unfinished
            runs.put_back_run(session, run_id)
        runs.start_run(session, run_id)
        note(session)
        return run_id, done

    # Two people may import two folders at once.
    is_shared = kind is RunKind.IMPORT
    alone = nullcontext() if is_shared else only_one(archive, kind.value)
    with alone:
        run = Run(archive, *archive.store.write(begin))
        reason = runs.CUT_OFF
        try:
            with beating(archive.store, run.id):
                yield run
            reason = ""
        except IndexTrouble as trouble:
            reason = str(trouble)
            raise
        except Exception as error:
            reason = mistake_told(error)
            raise
        finally:
            run.end(reason)


@contextmanager
def only_one(archive: Archive, name: str) -> Iterator[str]:
    """Held while a source is collected, or all is read again, by whichever process; the
    machine that held it before.

    Raises Taken. The kernel lets go of the lock when its holder is killed.
    """
    folder = archive.settings.data / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{name}.lock").open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Taken("这项工作正由另一个进程进行，请稍后再试。") from None
        file.seek(0)
        before = file.read(_LONGEST_NAME)
        if before != THIS_MACHINE:
            file.truncate(0)
            file.write(THIS_MACHINE)
            file.flush()
        yield before

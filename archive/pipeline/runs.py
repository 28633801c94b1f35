"""Runs: what each did stands in a row of the database, however it ended."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from archive.catalogue import RunKind
from archive.pipeline.archive import Archive
from archive.pipeline.outcomes import Tally
from archive.pipeline.way import Progress, collect
from archive.store import Session, runs
from scrapers import SourceTrouble


class Taken(SourceTrouble):
    """Somebody else is doing the same right now."""


class Run:
    """A run that is at work, as it stands in its row."""

    def __init__(self, archive: Archive, run_id: int, begin: int = 0) -> None:
        self.tally = Tally()
        self.begin = begin
        """How many an earlier run, that was killed, had done."""
        self._archive = archive
        self._run_id = run_id

    def tell(self, done: int, total: int, step: str) -> None:
        """How far it is, and what comes now; the sign of life as well."""
        self._archive.store.write(
            lambda session: runs.tell_progress(session, self._run_id, done, total, step)
        )

    def end(self, reason: str = "") -> None:
        """Ends it with its tally: done, or failed when there is a reason."""
        counts = self.tally.as_columns()
        self._archive.store.write(
            lambda session: runs.finish_run(session, self._run_id, counts, reason)
        )


def mistake_told(mistake: Exception) -> str:
    """The reason of a run that a mistake in our own code has ended."""
    return f"程序出错（{type(mistake).__name__}），详情见日志。"


def collect_now(archive: Archive, source_id: int, progress: Progress) -> Tally:
    """Collects a source at once, as a run of its own.

    Raises SourceTrouble, also when it is being collected already.
    """

    def begin(session: Session) -> int:
        run_id = runs.queue_run(session, RunKind.COLLECT, source_id).id
        runs.start_run(session, run_id)
        return run_id

    with only_one(archive, f"source-{source_id}"):
        run_id = archive.store.write(begin)
        return run_collection(archive, run_id, source_id, progress)


def run_collection(
    archive: Archive,
    run_id: int,
    source_id: int,
    progress: Progress = lambda done, total, step: None,
) -> Tally:
    """A started run to its end: progress, tally and failure stand in its row.

    Raises SourceTrouble, and whatever else went wrong, after noting it.
    """
    run = Run(archive, run_id)

    def tell(done: int, total: int, step: str) -> None:
        run.tell(done, total, step)
        progress(done, total, step)

    # What stands in the row if anything but trouble of the source ends the run.
    reason = "程序出错，详情见日志。"
    try:
        run.tally = collect(archive, source_id, run_id, tell)
        reason = ""
    except SourceTrouble as trouble:
        reason = f"{type(trouble).__name__}：{trouble}"
        raise
    finally:
        run.end(reason)
    return run.tally


@contextmanager
def own_run(archive: Archive, kind: RunKind, readers: str = "") -> Iterator[Run]:
    """A run of a command, with a row that the site shows, however it ends.

    With `readers` there is one at a time, and the one of these readers that was killed
    goes on. Raises Taken.
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
        return run_id, done

    # Two people may import two folders at once.
    alone = only_one(archive, kind.value) if readers else nullcontext()
    with alone:
        run = Run(archive, *archive.store.write(begin))
        reason = runs.CUT_OFF
        try:
            yield run
            reason = ""
        except Exception as error:
            reason = mistake_told(error)
            raise
        finally:
            run.end(reason)


@contextmanager
def only_one(archive: Archive, name: str) -> Iterator[None]:
    """Held while a source is collected, or all is read again, by whichever process.

    Raises Taken. The kernel lets go of the lock when its holder is killed.
    """
    folder = archive.settings.data / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{name}.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Taken("这项工作正由另一个进程进行，请稍后再试。") from None
        yield

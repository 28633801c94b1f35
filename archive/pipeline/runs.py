"""Runs: what each did stands in a row of the database, however it ended."""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext

from archive.catalogue import RunKind
from archive.pipeline.archive import Archive
from archive.pipeline.outcomes import Tally
from archive.search import IndexTrouble
from archive.store import Session, runs

Noting = Callable[[Session], None]
"""Writes into the audit log who begins a run, in the transaction that begins it."""


def unnoted(session: Session) -> None:
    """Nobody has asked for it."""


class Taken(Exception):
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
        """Ends it with its tally: done, failed when there is a reason, incomplete."""
        counts, lacks = self.tally.as_columns(), self.tally.incomplete
        self._archive.store.write(
            lambda session: runs.finish_run(
                session, self._run_id, counts, reason, lacks
            )
        )


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

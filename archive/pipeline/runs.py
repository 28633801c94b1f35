"""A collect run: what it did stands in a row of the database, however it ended."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from archive.catalogue import RunKind
from archive.pipeline.archive import Archive
from archive.pipeline.outcomes import Tally
from archive.pipeline.way import Progress, collect
from archive.store import Session, sources
from scrapers import SourceTrouble


class Taken(SourceTrouble):
    """Somebody else is collecting the source right now."""


def collect_now(archive: Archive, source_id: int, progress: Progress) -> Tally:
    """Collects a source at once, as a run of its own.

    Raises SourceTrouble, also when it is being collected already.
    """

    def begin(session: Session) -> int:
        run_id = sources.queue_run(session, RunKind.COLLECT, source_id).id
        sources.start_run(session, run_id)
        return run_id

    with only_one(archive, source_id):
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
    tally = Tally()

    def tell(done: int, total: int, step: str) -> None:
        archive.store.write(
            lambda session: sources.tell_progress(session, run_id, done, total, step)
        )
        progress(done, total, step)

    # What stands in the row if anything but trouble of the source ends the run.
    reason = "程序出错，详情见日志。"
    try:
        tally = collect(archive, source_id, run_id, tell)
        reason = ""
    except SourceTrouble as trouble:
        reason = f"{type(trouble).__name__}：{trouble}"
        raise
    finally:
        archive.store.write(
            lambda session: sources.finish_run(
                session, run_id, tally.as_columns(), reason
            )
        )
    return tally


@contextmanager
def only_one(archive: Archive, source_id: int) -> Iterator[None]:
    """Held while a source is collected, by whichever process. Raises Taken.

    The kernel lets go of the lock when its holder is killed.
    """
    folder = archive.settings.data / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"source-{source_id}.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Taken("这个来源正在采集中，请稍后再试。") from None
        yield

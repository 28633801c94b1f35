"""One run, from its start to its end, whatever happens in it."""

from __future__ import annotations

import logging
import threading
import time

from archive.catalogue import RunKind
from archive.collecting import run_collection, run_search
from archive.interpreting import readers
from archive.pipeline import (
    Ahead,
    Archive,
    Run,
    Stopped,
    beating,
    cores,
    mistake_told,
    read_again,
    reindex,
)
from archive.search import Busy
from archive.store import is_lost, runs
from archive.watching import told
from scrapers import SourceTrouble

log = logging.getLogger("archive.jobs")


def to_its_end(archive: Archive, run_id: int, index: threading.Lock) -> None:
    """Does a run that is ours, and notes how it ended. `index`: held while the index is
    made anew.
    """
    started = time.monotonic()
    log.info("run begun")
    try:
        _perform(archive, run_id, index)
    except (Stopped, Busy):
        # The worker is to end, or another process writes the index: it waits again.
        archive.store.write(lambda session: runs.put_back_run(session, run_id))
    except SourceTrouble as trouble:  # stands in the run's row already
        log.info("run %s: %s", run_id, trouble)
    except Exception as error:
        if is_lost(error):
            # It can't even be noted; the pulse takes the run up when it is silent.
            log.error("run %s has lost its database", run_id)
            return
        log.exception("run %s failed", run_id)
        Run(archive, run_id).end(mistake_told(error), is_its_fault=False)
    seconds = round(time.monotonic() - started, 3)
    with archive.store.session() as session:
        ended = runs.ended_as(session, run_id)
    log.info("run ended", extra=told(seconds=seconds, **ended))


def _perform(archive: Archive, run_id: int, index: threading.Lock) -> None:
    with archive.store.session() as session:
        found = runs.kind_of_run(session, run_id)
    if found is None:
        return
    kind, source_id = found
    if kind == RunKind.COLLECT and source_id is not None:
        run_collection(archive, run_id, source_id)
        return
    if kind == RunKind.FIND:
        run_search(archive, run_id)
        return
    with beating(archive.store, run_id):
        _compute(archive, run_id, kind, index)


def _compute(archive: Archive, run_id: int, kind: str, index: threading.Lock) -> None:
    """What needs no network: all read again, or the index made anew."""
    if kind == RunKind.REBUILD:
        _rebuild(archive, run_id)
        return
    if kind == RunKind.REINDEX:
        with index:
            _reindex(archive, run_id)
        return
    Run(archive, run_id).end()


def _rebuild(archive: Archive, run_id: int) -> None:
    """Reads every original again, from where a run of the same readers was killed."""
    begin = archive.store.write(lambda session: runs.go_on(session, run_id, readers()))
    run = Run(archive, run_id)
    with Ahead(cores()) as ahead:
        run.tally = read_again(archive, ahead, run.tell, begin, run.note_left)
    run.end()


def _reindex(archive: Archive, run_id: int) -> None:
    """Builds the index anew, in this process alone: it has threads."""
    run = Run(archive, run_id)
    reindex(archive, progress=lambda done, total: run.tell(done, total, ""))
    run.end()

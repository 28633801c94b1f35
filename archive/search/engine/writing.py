"""Adds and removes entries, one Whoosh commit a batch; makes one segment of many.

Each commit leaves a segment, often of one report. As in Lucene many small ones are
merged into one of the next size, so that a report is copied few times:

    up to 100 reports   up to 1,000   up to 10,000   larger: left alone
    ▪▪▪▪▪▪▪▪▪      →    ■             ■ ■            ██
    more than eight

Whoosh would merge within a commit, while everybody who writes waits. Here the worker
does it afterwards (`tidy`), beside the index, while others search and commit.
"""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, FileIndex, clean_files

from archive.search.engine.bulk import BulkWriter
from archive.search.engine.disk import Durable, is_unharmed
from archive.search.engine.schema import MAX_SEGMENT, document, schema
from archive.search.engine.segments import BROKEN, NAME, generation, read_toc
from archive.search.engine.snapshot import Ids, Snapshot
from archive.search.entry import Entry
from archive.search.errors import Damaged

BATCH = 50_000
"""Reports a commit: bounds the memory of a build (about 1.4 GB). A question asked
for the first time looks into each segment, so few large ones answer sooner.
"""

_TIERS = (100, 1_000, 10_000)
_SEGMENTS_A_TIER = 8
"""More segments of a size than that are made one, most often one of the next size: a
report is copied few times.
"""
_MERGING = "merging"


Batch = dict[int, Entry]
"""Entries by their version_id."""


def batches(entries: Iterable[Entry]) -> Iterator[Batch]:
    """Entries, at most BATCH at a time, each to be one commit.

    Of two with the same version_id in a batch the last counts.
    """
    left = iter(entries)
    while batch := {entry.version_id: entry for entry in islice(left, BATCH)}:
        yield batch


def write(folder: Path, present: Snapshot, batch: Batch, gone: Iterable[int]) -> int:
    """Commit a batch on top of `present`, the newest generation.

    Returns how many entries were written. The batch is emptied, since its texts take as
    much memory as what is made of them.

    An entry replaces the one with its version_id.
    """
    new = list(batch)
    leaving = np.fromiter({*new, *gone}, np.int64)
    replaced = np.flatnonzero(present.alive & np.isin(present.version_ids, leaving))
    writer = BulkWriter(FileIndex(Durable(str(folder)), schema()))
    try:
        # Whoosh notes a deletion in the new list of segments; the old one does not
        # change, so who searches meanwhile still finds the entry that is replaced.
        for number in replaced:
            writer.delete_document(int(number))
        for version_id in new:
            writer.add_document(**document(batch.pop(version_id)))
        writer.commit(mergetype=_not_empty)  # no merging: `tidy` does that
    except BaseException:
        if not writer.is_closed:
            writer.cancel()
        raise
    return len(new)


def make_segment(folder: Path, entries: Iterable[Entry]) -> Any:
    """Write a segment of these entries into a new folder, sealed, part of no index yet.

    Returns Whoosh's object for it. No two entries may have the same version_id.
    """
    folder.mkdir()
    writer = BulkWriter(FileIndex.create(FileStorage(str(folder)), schema()))
    try:
        for entry in entries:
            writer.add_document(**document(entry))
        return writer.finish()
    except BaseException:
        writer.cancel()
        raise


def put_together(folder: Path, made: Iterable[tuple[Path, Any]]) -> int:
    """Make segments that lie in folders of their own those of an empty index, in this
    order. Returns how many reports they hold.
    """
    kept = []
    for beside, segment in made:
        if segment.doc_count_all():
            _move(segment, beside, folder)
            kept.append(segment)
        shutil.rmtree(beside)
    _list(folder, kept)
    return sum(segment.doc_count_all() for segment in kept)


def is_whole(folder: Path) -> bool:
    """Whether the list of segments and each of them are as they were written.

    When a commit replaces them meanwhile, its segments are looked at.
    """
    while True:
        number = generation(folder)
        if _all_unharmed(folder):
            return True
        if number == generation(folder):
            return False


def _all_unharmed(folder: Path) -> bool:
    try:
        return all(is_unharmed(folder, segment) for segment in _segments(folder))
    except (FileNotFoundError, Damaged):
        return False


def _not_empty(writer: BulkWriter, segments: list[Any]) -> list[Any]:
    """What Whoosh keeps of the old segments: all in which a document is left."""
    return [segment for segment in segments if segment.doc_count()]


def tidy(folder: Path, alone: Callable[[], AbstractContextManager[None]]) -> bool:
    """Make one segment of many small ones, if there are too many; whether it did.
    Raises Damaged when one of them is not as it was written: what is made of it would
    be sealed as if it were right.

    The new segment is written beside the index while others commit; only to put it in
    the old ones' place must nobody else write (`alone`). What was deleted meanwhile is
    deleted in it too.
    """
    beside = folder / _MERGING
    with (folder / f"{_MERGING}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:  # another process is at it
            return False
        shutil.rmtree(beside, ignore_errors=True)
        return _merge(folder, beside, alone)


def _merge(
    folder: Path, beside: Path, alone: Callable[[], AbstractContextManager[None]]
) -> bool:
    chosen = _too_many(_segments(folder))
    if not chosen or not _can_be_merged(folder, chosen):
        return False
    beside.mkdir()
    try:
        writer = BulkWriter(FileIndex.create(FileStorage(str(beside)), schema()))
        storage = FileStorage(str(folder))
        places = {old.segment_id(): writer.take_over(storage, old) for old in chosen}
        merged = writer.finish()
        with alone():
            return _replace(folder, beside, merged, places)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _can_be_merged(folder: Path, chosen: list[Any]) -> bool:
    """Whether these segments are as they were written.

    Raises Damaged when not; False when a commit has just dropped one in which nothing
    was left.
    """
    if all(is_unharmed(folder, old) for old in chosen):
        return True
    present = {segment.segment_id() for segment in _segments(folder)}
    if all(old.segment_id() in present for old in chosen):
        raise Damaged(BROKEN)
    return False


def _segments(folder: Path) -> list[Any]:
    """The segments in service, as Whoosh's objects.

    Raises Damaged, or FileNotFoundError when a writer has removed the list meanwhile.
    """
    try:
        return list(read_toc(folder, generation(folder), schema()).segments)
    except FileNotFoundError:
        raise
    except Exception as error:  # damaged pickles raise anything
        raise Damaged(BROKEN) from error


def _too_many(segments: list[Any]) -> list[Any]:
    """Of the smallest size of which there are too many segments: those to be merged.

    As many as make one of allowed size; empty when nothing is to be done.
    """
    smallest = 0
    for limit in _TIERS:
        alike = [
            segment for segment in segments if smallest <= segment.doc_count() < limit
        ]
        smallest = limit
        if len(alike) > _SEGMENTS_A_TIER:
            total = np.cumsum([segment.doc_count() for segment in alike])
            return alike[: int(np.searchsorted(total, MAX_SEGMENT, side="right"))]
    return []


def _replace(folder: Path, beside: Path, merged: Any, places: dict[str, Ids]) -> bool:
    """Put a merged segment in the place of the old ones; not if all are gone by now."""
    now = _segments(folder)
    old = [segment for segment in now if segment.segment_id() in places]
    if not old:
        return False
    _delete_again(merged, old, places)
    _move(merged, beside, folder)
    kept = [
        merged if segment is old[0] else segment
        for segment in now
        if segment is old[0] or segment not in old
    ]
    # From here on the index is the merged one.
    _list(folder, kept)
    return True


def _move(segment: Any, beside: Path, folder: Path) -> None:
    """Move the files of a sealed segment, its sums included."""
    for name in segment.list_files(FileStorage(str(beside))):
        (beside / name).rename(folder / name)


def _list(folder: Path, segments: list[Any]) -> None:
    """Commit: the index has these segments; files of no segment are removed."""
    storage, number = Durable(str(folder)), generation(folder) + 1
    TOC(schema(), segments, number).write(storage, NAME)
    clean_files(storage, NAME, number, segments)


def _delete_again(merged: Any, old: list[Any], places: dict[str, Ids]) -> None:
    """Delete in a merged segment what was deleted from the old ones while it was made.

    `places`: for each old segment the numbers that its documents have now, or -1.
    """
    deleted = {segment.segment_id(): sorted(segment.deleted_docs()) for segment in old}
    for name, numbers in places.items():
        # A segment that is gone was dropped because nothing was left in it.
        leaving = numbers[deleted[name]] if name in deleted else numbers
        for number in leaving.tolist():
            if number >= 0:
                merged.delete_document(number)

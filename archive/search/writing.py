"""Adds and removes entries: one Whoosh commit a batch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex

from archive.search.bulk import BulkWriter
from archive.search.entry import Entry
from archive.search.schema import MAX_SEGMENT, codec, document, schema
from archive.search.snapshot import Snapshot

BATCH = 20_000
"""Reports a commit: bounds the memory of a build (about 0.7 GB)."""

_TIERS = (1_000, 5_000)
_SEGMENTS_A_TIER = 10
"""More segments of a size than that are made one: at least six of them fit, so nothing is copied in vain."""


def batches(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    left = iter(entries)
    while batch := list(islice(left, BATCH)):
        yield batch


def write(folder: Path, present: Snapshot, entries: Iterable[Entry], gone: Iterable[int]) -> int:
    """Commit a batch on top of `present`, the newest generation. Returns how many entries were written.

    An entry replaces the one with its version_id; of two with the same in the batch the last counts.
    """
    new = {entry.version_id: entry for entry in entries}
    leaving = np.fromiter({*new, *gone}, np.int64)
    replaced = np.flatnonzero(present.alive & np.isin(present.version_ids, leaving))
    writer = BulkWriter(FileIndex(FileStorage(str(folder)), schema()), codec())
    try:
        for number in replaced:
            writer.delete_document(int(number))
        for entry in new.values():
            writer.add_document(**document(entry))
        writer.commit(mergetype=_tidy)
    except BaseException:
        if not writer.is_closed:
            writer.cancel()
        raise
    return len(new)


def _tidy(writer: BulkWriter, segments: list[Any]) -> list[Any]:
    """Drop empty segments; where more than ten are of a size, make one of them."""
    kept = [segment for segment in segments if segment.doc_count()]
    smallest = 0
    for limit in _TIERS:
        alike = [segment for segment in kept if smallest <= segment.doc_count() < limit]
        smallest = limit
        if len(alike) > _SEGMENTS_A_TIER:
            merged = _first_that_fit(alike)
            for segment in merged:
                writer.take_over(segment)
            return [segment for segment in kept if segment not in merged]
    return kept


def _first_that_fit(segments: list[Any]) -> list[Any]:
    """As many as make one segment of allowed size."""
    total = np.cumsum([segment.doc_count() for segment in segments])
    return segments[: int(np.searchsorted(total, MAX_SEGMENT - BATCH, side="right"))]

"""The index made anew from the database, which holds everything in it."""

from __future__ import annotations

from collections.abc import Callable

from archive.pipeline.archive import Archive
from archive.store import index_entries, marks

BATCH = 500
"""So many reports are indexed in one commit."""


def reindex(
    archive: Archive,
    processes: int = 1,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> int:
    """Builds the index anew beside the live one and swaps it in.

    Returns how many reports it holds; `progress` hears how many are done, of how many.
    More `processes` than one are forked from this one, which must then have a single
    thread.

    Only what was marked before it began loses its mark: what changes meanwhile is
    indexed again afterwards.
    """
    # The marks before the entries: a report that changes in between keeps its mark.
    with archive.store.session() as session:
        before = list(marks.all_marks(session, BATCH))
        version_ids = sorted(marks.current_ids(session))
    if processes > 1:
        archive.store.close()  # it opens again: what is forked would share it
    count = archive.index.rebuild_from(
        index_entries.entries_of(archive.store), version_ids, processes, progress
    )
    for batch in before:
        archive.store.write(lambda session: marks.unmark(session, batch))  # noqa: B023
    return count

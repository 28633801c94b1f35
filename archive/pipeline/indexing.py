"""The index made anew from the database, which holds everything in it."""

from __future__ import annotations

from archive.pipeline.archive import Archive
from archive.store import marks

BATCH = 200
"""So many reports are indexed in one commit."""


def reindex(archive: Archive) -> int:
    """Builds the index anew beside the live one and swaps it in.

    Returns how many reports it holds.

    Only what was marked before it began loses its mark: what changes meanwhile is
    indexed again afterwards.
    """
    # The marks before the entries: a report that changes in between keeps its mark.
    with archive.store.session() as session:
        before = list(marks.all_marks(session, BATCH))
    count = archive.index.rebuild(marks.all_entries(archive.store))
    for batch in before:
        archive.store.write(lambda session: marks.unmark(session, batch))  # noqa: B023
    return count

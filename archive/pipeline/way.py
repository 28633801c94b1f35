"""THE WAY of a report, from a portal into the search. Read this first.

    find    →  capture  →  keep   →   read    →   file     →  index
    └─ archive/collecting ┘  originals  originals   originals   here
    a list     each page   the bytes  a child     agency and  what the
    names      and its     under      process:    year, and   database
    reports    files are   their      bytes →     which text  has marked
               fetched     SHA-256    Report      is new      as changed

    └────── once, as portals show it ────┘└─ again at any time, without network ─┘

`collect` goes from "find" to "file" for a source, `take_in` from "keep" to "file" for
bytes at hand; `index_marked` goes the last step for both.

An original is kept, and the sighting of it noted, before anything else can fail. Any
step may be killed at any moment and done twice.
"""

from __future__ import annotations

from archive.pipeline.archive import Archive
from archive.pipeline.indexing import BATCH, reindex
from archive.pipeline.originals import keep, read_and_file
from archive.pipeline.outcomes import TakenIn
from archive.report import Hints
from archive.search import Busy
from archive.store import Origin, Sighting, marks

MANY = 5_000
"""Marked reports that are worth several processes."""


def take_in(
    archive: Archive, body: bytes, hints: Hints, sighting: Sighting, origin: Origin
) -> TakenIn:
    """Keeps an original, reads it and files what it says."""
    digest = keep(archive, body, hints, sighting)
    return read_and_file(archive, digest, body, hints, origin, sighting.asked)


def index_marked(archive: Archive, processes: int = 1) -> int:
    """Indexes the reports that are marked as changed, and returns how many.

    With more `processes` than one, which need a single thread here, they make the index
    anew where most reports are marked.

    Leaves the marks when somebody else is writing. A mark is taken off after the
    commit: killed in between, the report is indexed twice, which changes nothing.
    """
    count = 0
    try:
        # Missing: the first report of an archive, or somebody has removed its folder.
        if processes > 1 and _are_most_marked(archive):
            count = reindex(archive, processes)
        elif archive.index.is_missing:
            count = reindex(archive)
        while True:
            with archive.store.session() as session:
                batch = marks.marked(session, BATCH)
            if not batch.ids and not batch.gone:
                return count
            # The database says what changed, at any time and by whom ever; the index
            # follows. So a killed process leaves work to do, and nothing wrong.
            archive.index.update(batch.entries, batch.gone)
            archive.store.write(lambda session: marks.unmark(session, batch))  # noqa: B023
            count += len(batch.ids)
    except Busy:
        return count


def _are_most_marked(archive: Archive) -> bool:
    """Whether so many reports are marked that an index of all is made sooner."""
    with archive.store.session() as session:
        waiting = marks.waiting(session)
        return waiting > MANY and 2 * waiting > len(marks.current_ids(session))

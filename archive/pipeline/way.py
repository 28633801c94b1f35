"""THE WAY of a report, from a portal into the search. Read this first.

    find    →  capture  →  keep   →   read    →   file     →  index
    finding    visiting    originals  originals   originals   here
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

from collections.abc import Callable

from archive.catalogue import Trouble
from archive.pipeline.archive import Archive
from archive.pipeline.finding import Listing, fetcher_of, list_leads
from archive.pipeline.indexing import BATCH, reindex
from archive.pipeline.originals import keep, read_and_file
from archive.pipeline.outcomes import TakenIn, Tally
from archive.pipeline.tour import Tour
from archive.pipeline.visiting import visit
from archive.report import Hints
from archive.search import Busy
from archive.store import Asked, Origin, Sighting, marks, sources
from archive.webpage import MAX_URL

Progress = Callable[[int, int, str], None]
"""Called with how many pages are done, of how many, and what comes now."""


def collect(
    archive: Archive,
    source_id: int,
    run_id: int,
    progress: Progress = lambda done, total, step: None,
) -> Tally:
    """Collects a source: everything its lists name, and everything they once named.

    Raises SourceTrouble when its list can't be read; one bad page is a failure row.
    """
    tally = Tally()
    with archive.store.session() as session:
        url, family, may_be_empty, agency = sources.how_to_read(session, source_id)
    with fetcher_of(archive) as fetcher:
        progress(0, 0, "读取列表")
        listing = list_leads(url, family, may_be_empty, fetcher)
        tour = Tour(archive, fetcher, listing.family, source_id, run_id, agency)
        pages = _pages(tour, url, listing)
        for done, page in enumerate(pages):
            progress(done, len(pages), page.title or page.url)
            for outcome in visit(tour, page):
                tally.count(outcome)
        progress(len(pages), len(pages), "")
    return tally


def _pages(tour: Tour, url: str, listing: Listing) -> list[Asked]:
    """The pages to ask for.

    What is no longer listed is asked for as well: that is how a report that vanished is
    noticed.
    """
    # A longer address is left out: neither its page nor a failure could be noted.
    listed = [
        (lead.url, lead.title, lead.published)
        for lead in listing.leads
        if len(lead.url) <= MAX_URL
    ]
    pages = tour.archive.store.write(
        lambda session: sources.pages_to_ask(
            session, tour.source_id, tour.family.name, listed
        )
    )
    note = listing.note
    too_long = len(listing.leads) - len(listed)
    if too_long:
        note += f"列表中有 {too_long} 个网址超过 {MAX_URL} 字符，未采集。"
    if note:
        tour.note_failure(url, Trouble.CHANGED, note)
    return pages


def take_in(
    archive: Archive, body: bytes, hints: Hints, sighting: Sighting, origin: Origin
) -> TakenIn:
    """Keeps an original, reads it and files what it says."""
    digest = keep(archive, body, hints, sighting)
    return read_and_file(archive, digest, body, hints, origin, sighting.asked)


def index_marked(archive: Archive) -> int:
    """Indexes the reports that are marked as changed, and returns how many.

    Leaves the marks when somebody else is writing. A mark is taken off after the
    commit: killed in between, the report is indexed twice, which changes nothing.
    """
    count = 0
    try:
        # The first report of an archive, or somebody removed the folder of the index.
        if archive.index.is_missing:
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

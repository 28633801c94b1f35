"""A source from its lists to what is filed, as a run that stands in the database."""

from __future__ import annotations

from archive.catalogue import RunKind, Trouble
from archive.collecting.finding import Listing, fetcher_of, list_leads
from archive.collecting.tour import Tour
from archive.collecting.visiting import visit
from archive.pipeline import (
    Archive,
    Noting,
    Progress,
    Run,
    Tally,
    beating,
    only_one,
    unnoted,
)
from archive.store import Asked, Session, is_lost, runs, sources
from archive.webpage import MAX_URL
from scrapers import SourceTrouble


def collect_now(
    archive: Archive, source_id: int, progress: Progress, note: Noting = unnoted
) -> Tally:
    """Collects a source at once, as a run of its own; `note` tells who wants it.

    Raises SourceTrouble, also when it is being collected already.
    """

    def begin(session: Session) -> int:
        run_id = runs.queue_run(session, RunKind.COLLECT, source_id).id
        runs.start_run(session, run_id)
        note(session)
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

    try:
        with beating(archive.store, run_id):
            run.tally = _collected(archive, source_id, run_id, tell)
    except SourceTrouble as trouble:
        run.end(f"{type(trouble).__name__}：{trouble}")
        raise
    except BaseException as mistake:
        # Where the database went away the run is taken up again, as after a kill.
        if not is_lost(mistake):
            run.end("程序出错，详情见日志。")
        raise
    run.end()
    return run.tally


def _collected(
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

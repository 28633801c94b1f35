"""A search for the columns of a portal, as a run that stands in the database."""

from __future__ import annotations

from functools import partial

from archive.collecting.discovering.discovering import Found, find_columns
from archive.collecting.finding import fetcher_of
from archive.pipeline import Archive, Run, Stopped, beating
from archive.store import Session, is_lost, runs, sources

_LONGEST = 4_000


def run_search(archive: Archive, run_id: int) -> None:
    """A started search to its end: what it offers is kept beside its row, no source is
    made. Raises whatever went wrong, after noting it; Stopped leaves it as it is.
    """
    run = Run(archive, run_id)
    with archive.store.session() as session:
        url = sources.subject_of(session, run_id)
    try:
        with beating(archive.store, run_id), fetcher_of(archive) as fetcher:
            found = find_columns(url, fetcher, run.tell)
        archive.store.write(partial(_keep, run_id=run_id, found=found))
    except Stopped:
        raise
    except BaseException as mistake:
        # Where the database went away the run is taken up again, as after a kill.
        if not is_lost(mistake):
            run.end("程序出错，详情见日志。")
        raise
    run.tally.listed = len(found.readable)
    run.end("" if found.readable else found.why_nothing()[:_LONGEST])


def _keep(session: Session, run_id: int, found: Found) -> None:
    """Keeps the offers, and why some of the pages could not be looked at."""
    offers = [(offer.url, offer.told()) for offer in found.offers]
    sources.keep_offers(session, run_id, offers)
    for url, trouble, kind in found.looked:
        if trouble:
            runs.note_failure(session, run_id, url, kind, trouble)

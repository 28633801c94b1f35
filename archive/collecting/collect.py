"""A source from its lists to what is filed, as a run that stands in the database."""

from __future__ import annotations

from typing import NamedTuple

from archive.catalogue import RunKind, Trouble
from archive.collecting.finding import Listing, drawing, fetcher_of, list_leads
from archive.collecting.in_time import InTime, Unreached
from archive.collecting.settling import settle
from archive.collecting.tour import Tour
from archive.collecting.visiting import visit
from archive.pipeline import (
    Archive,
    HostBusy,
    Noting,
    Progress,
    Run,
    Stopped,
    Tally,
    beating,
    make_way,
    only_one,
    unnoted,
)
from archive.store import Asked, Session, is_lost, runs, sources
from archive.webpage import MAX_URL, is_too_long
from scrapers import (
    Changed,
    Family,
    Fetching,
    Selectors,
    SourceTrouble,
    Unreachable,
    family_by,
)


class Incomplete(NamedTuple):
    """Why a list is not whole, and how many entries it gave and should hold."""

    listed: int
    expected: int | None
    notes: tuple[str, ...]

    def __str__(self) -> str:
        should = f"（应有 {self.expected} 条）" if self.expected else ""
        return f"列表给出 {self.listed} 条报告{should}：{' '.join(self.notes)}"


def collect_now(
    archive: Archive,
    source_id: int,
    progress: Progress,
    note: Noting = unnoted,
    accept_list: bool = False,
) -> Tally:
    """Collects a source at once, as a run of its own; `note` tells who wants it.

    With `accept_list` the list as it is now is taken for whole, though it once named
    more. Raises SourceTrouble; Taken when it is being collected already, HostBusy while
    another run is at its host, Stopped.
    """

    def begin(session: Session) -> int:
        run_id = runs.queue_run(session, RunKind.COLLECT, source_id).id
        if not runs.start_run(session, run_id):
            raise HostBusy("这个网站正由另一次采集访问，请稍后再试。")
        note(session)
        return run_id

    make_way(archive, source_id)
    with only_one(archive, f"source-{source_id}"):
        run_id = archive.store.write(begin)
        try:
            return run_collection(archive, run_id, source_id, progress, accept_list)
        except Stopped:
            # Nobody waits to go on with it, as a worker would.
            Run(archive, run_id).end(runs.CUT_OFF, is_its_fault=False)
            raise


def run_collection(
    archive: Archive,
    run_id: int,
    source_id: int,
    progress: Progress = lambda done, total, step: None,
    accept_list: bool = False,
) -> Tally:
    """A started run to its end: progress, tally and failure stand in its row.

    Raises SourceTrouble, and whatever else went wrong, after noting it; Stopped, which
    leaves the run as it is.
    """
    run = Run(archive, run_id)

    def tell(done: int, total: int, step: str) -> None:
        run.tell(done, total, step)
        progress(done, total, step)

    try:
        with beating(archive.store, run_id):
            _collect(archive, source_id, run_id, run.tally, tell, accept_list)
    except SourceTrouble as trouble:
        # A host that is left alone for a while was not asked: nobody has failed.
        was_asked = not (isinstance(trouble, Unreachable) and trouble.not_asked)
        run.end(f"{type(trouble).__name__}：{trouble}", is_its_fault=was_asked)
        raise
    except Stopped:
        raise
    except BaseException as mistake:
        # Where the database went away the run is taken up again, as after a kill.
        if not is_lost(mistake):
            run.end(_why_ended(mistake), is_its_fault=False)
        raise
    run.end()
    return run.tally


def _why_ended(mistake: BaseException) -> str:
    """What the row of a run says that a portal has not ended."""
    is_by_hand = isinstance(mistake, KeyboardInterrupt)
    return runs.CUT_OFF if is_by_hand else "程序出错，详情见日志。"


def read_source(
    archive: Archive, source_id: int, fetcher: Fetching, accept_list: bool = False
) -> tuple[str, Listing, str]:
    """The address of a source, what its lists name now, and whose pages these are.

    Raises SourceTrouble.
    """
    with archive.store.session() as session:
        url, family, may_be_empty, agency = sources.how_to_read(session, source_id)
        before = None
        if not accept_list:
            before = sources.last_whole_list(session, source_id)
        told = sources.selectors_of(session, source_id)
    made = _by_selectors(told) or family
    return url, list_leads(url, made, may_be_empty, fetcher, before), agency


def _by_selectors(told: str) -> Family | None:
    """The family that reads by selectors, where a person has told them.

    Raises Changed for what are none any more.
    """
    try:
        selectors = Selectors.of_text(told)
    except ValueError as wrong:
        raise Changed(f"来源的选择器有误：{wrong}") from None
    return family_by(selectors) if selectors else None


def _collect(
    archive: Archive,
    source_id: int,
    run_id: int,
    tally: Tally,
    progress: Progress,
    accept_list: bool,
) -> None:
    """Collects a source: everything its lists name, and everything they once named.

    Raises SourceTrouble when its list can't be read, or most of its pages show no
    report any more; one bad page is a failure row.
    """
    with (
        fetcher_of(archive) as polite,
        drawing(archive, source_id, polite) as fetcher,
    ):
        progress(0, 0, "读取列表")
        hours = InTime(archive.settings.run_minutes, fetcher)
        url, listing, agency = read_source(archive, source_id, hours, accept_list)
        with archive.store.session() as session:
            scheduled = runs.is_scheduled(session, run_id)
        tour = Tour(
            archive, fetcher, listing.family, source_id, run_id, agency, scheduled
        )
        pages = _pages(tour, url, listing, tally)
        is_whole = not tally.incomplete
        unreached = _visit_all(tour, pages, tally, progress, hours)
    for sentence in unreached.told:
        tour.note_failure(url, Trouble.INCOMPLETE, sentence)
        tally.incomplete = f"{tally.incomplete} {sentence}".strip()
    settle(tour, url, tally)
    moment = archive.clock()
    tour.write(lambda session: sources.note_years(session, source_id, moment))
    if is_whole:
        names = [lead.url for lead in listing.leads]
        tour.write(
            lambda session: sources.note_listing(session, source_id, names, moment)
        )


def _visit_all(
    tour: Tour, pages: list[Asked], tally: Tally, progress: Progress, hours: InTime
) -> Unreached:
    """Visits one page after the other; which ones it did not come to."""
    unreached = Unreached()
    for done, page in enumerate(pages):
        if hours.is_over:
            unreached.add(hours.told, len(pages) - done)
            break
        progress(done, len(pages), page.title or page.url)
        try:
            outcomes = visit(tour, page)
        except Unreachable as closed:
            unreached.add(str(closed))
            continue
        tour.note_asked(page)
        for outcome in outcomes:
            tally.count(outcome)
        if tour.known.is_hopeless:
            break
    progress(len(pages), len(pages), "")
    return unreached


def _pages(tour: Tour, url: str, listing: Listing, tally: Tally) -> list[Asked]:
    """The pages to ask for; what the list withholds is noted.

    What is no longer listed is asked for as well: that is how a report that vanished is
    noticed. By the schedule only what is new or due.
    """
    # A longer address is left out: neither its page nor a failure could be noted.
    listed = [
        (lead.url, lead.title, lead.published)
        for lead in listing.leads
        if not is_too_long(lead.url)
    ]
    notes = listing.notes
    too_long = len(listing.leads) - len(listed)
    if too_long:
        notes += (f"列表中有 {too_long} 个网址超过 {MAX_URL} 字节，未采集。",)
    for note in notes:
        tour.note_failure(url, Trouble.INCOMPLETE, note)
    tally.listed, tally.expected = len(listed), listing.expected
    if notes:
        tally.incomplete = str(Incomplete(len(listed), listing.expected, notes))
    look = sources.Look(tour.archive.clock(), tour.scheduled, is_whole=not notes)
    return tour.archive.store.write(
        lambda session: sources.pages_to_ask(
            session, tour.source_id, tour.family.name, listed, look
        )
    )

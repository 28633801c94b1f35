"""Sources, their pages, and the runs of jobs with all that went wrong in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from archive.catalogue import RunKind, RunState
from archive.store.rows import FailureRow, PageRow, RunRow, SourceRow

WORKED_KINDS = (RunKind.COLLECT, RunKind.REBUILD, RunKind.REINDEX)
"""Kinds of runs that a worker takes from the queue."""


def now() -> datetime:
    """This moment, in UTC and aware of it."""
    return datetime.now(UTC)


def add_source(
    session: Session,
    url: str,
    agency: str = "",
    family: str = "auto",
    may_be_empty: bool = False,
) -> tuple[SourceRow, bool]:
    """The source with that address, and whether it is new; a known one stays."""
    known = find_source(session, url)
    if known is not None:
        return known, False
    source = SourceRow(
        url=url, agency=agency, family=family, may_be_empty=may_be_empty, added_at=now()
    )
    session.add(source)
    session.flush()
    return source, True


def find_source(session: Session, name: str) -> SourceRow | None:
    """A source by its address or its number."""
    if name.isascii() and name.isdigit():
        return session.get(SourceRow, int(name)) if len(name) < 10 else None
    return session.scalar(select(SourceRow).where(SourceRow.url == name))


def how_to_read(session: Session, source_id: int) -> tuple[str, str, bool, str]:
    """Address, family, whether it may be empty, and whose page it is."""
    source = session.get_one(SourceRow, source_id)
    return source.url, source.family, source.may_be_empty, source.agency


def turn_pause(session: Session, source_id: int) -> bool | None:
    """Pauses a source, or resumes it; what it is now, None when there is no such
    source.
    """
    row = session.get(SourceRow, source_id)
    if row is None:
        return None
    row.paused = not row.paused
    return row.paused


def list_sources(session: Session) -> Sequence[SourceRow]:
    return session.scalars(select(SourceRow).order_by(SourceRow.id)).all()


# Runs


def queue_run(
    session: Session,
    kind: str,
    source_id: int | None = None,
    account_id: int | None = None,
    readers: str = "",
) -> RunRow:
    """A run waiting for a worker.

    The one already waiting for the same source is returned instead.
    """
    # Two clicks on a button, or a timer and a click, are one run.
    waiting = select(RunRow).where(
        RunRow.kind == kind,
        RunRow.source_id == source_id,
        RunRow.state == RunState.QUEUED,
    )
    run = session.scalar(waiting.limit(1)) if source_id is not None else None
    if run is None:
        run = RunRow(
            kind=kind,
            source_id=source_id,
            account_id=account_id,
            readers=readers,
            state=RunState.QUEUED,
            queued_at=now(),
        )
        session.add(run)
        session.flush()
    return run


def to_go_on(session: Session, kind: str, readers: str) -> tuple[int, int] | None:
    """The latest run of that kind, and how many it has done, if it did not come to its
    end and worked with the same readers.
    """
    question = select(RunRow).where(RunRow.kind == kind).order_by(RunRow.id.desc())
    run = session.scalar(question.limit(1))
    if run is None or run.state == RunState.DONE or run.readers != readers:
        return None
    return (run.id, run.done) if 0 < run.done < run.total else None


def go_on(session: Session, run_id: int, readers: str) -> int:
    """With how many done a run goes on; none where it worked with other readers."""
    run = session.get_one(RunRow, run_id)
    done = run.done if run.readers == readers else 0
    run.readers = readers
    return done


def start_run(session: Session, run_id: int) -> bool:
    """Takes a queued run; False when somebody else has it or it is over."""
    question = update(RunRow).where(
        RunRow.id == run_id, RunRow.state == RunState.QUEUED
    )
    moment = now()
    # One statement, so that of two workers only one finds it queued.
    taken = session.execute(
        question.values(
            state=RunState.RUNNING, started_at=moment, beat_at=moment, reason=""
        )
    )
    return taken.rowcount == 1  # type: ignore[attr-defined, no-any-return]


def tell_progress(
    session: Session, run_id: int, done: int, total: int, step: str
) -> None:
    session.execute(
        update(RunRow)
        .where(RunRow.id == run_id)
        .values(done=done, total=total, step=step, beat_at=now())
    )


def finish_run(
    session: Session, run_id: int, tally: dict[str, int], reason: str = ""
) -> None:
    """Ends a run: done, or failed when there is a reason.

    `tally`: new, same, changed, held, gone, failed.
    """
    state = RunState.FAILED if reason else RunState.DONE
    session.execute(
        update(RunRow)
        .where(RunRow.id == run_id)
        .values(state=state, finished_at=now(), reason=reason, step="", **tally)
    )


def put_back_run(session: Session, run_id: int) -> None:
    """A run that could not go on waits again."""
    session.execute(
        update(RunRow).where(RunRow.id == run_id).values(state=RunState.QUEUED, step="")
    )


def unfinished_runs(
    session: Session, kinds: Sequence[str] = WORKED_KINDS
) -> Sequence[RunRow]:
    """Runs that wait, or were running when a worker was killed."""
    question = select(RunRow).where(
        RunRow.state.in_([RunState.QUEUED, RunState.RUNNING]), RunRow.kind.in_(kinds)
    )
    return session.scalars(question.order_by(RunRow.id)).all()


def waiting_runs(session: Session, age: timedelta) -> Sequence[RunRow]:
    """Runs that nobody has taken for so long."""
    question = select(RunRow).where(
        RunRow.state == RunState.QUEUED, RunRow.queued_at < now() - age
    )
    return session.scalars(question.order_by(RunRow.id)).all()


def kind_of_run(session: Session, run_id: int) -> tuple[str, int | None]:
    """What kind of run it is, and of which source."""
    run = session.get_one(RunRow, run_id)
    return run.kind, run.source_id


def note_failure(
    session: Session, run_id: int, where: str, kind: str, reason: str
) -> None:
    session.add(
        FailureRow(run_id=run_id, where=where, kind=kind, reason=reason, at=now())
    )


# Pages


def see_page(
    session: Session,
    source_id: int,
    url: str,
    title: str = "",
    listed_on: date | None = None,
    article: int | None = None,
) -> PageRow:
    """The page at an address of a source, made when it is new."""
    page = session.scalar(
        select(PageRow).where(PageRow.source_id == source_id, PageRow.url == url)
    )
    if page is None:
        moment = now()
        page = PageRow(
            source_id=source_id,
            url=url,
            first_seen_at=moment,
            last_seen_at=moment,
            article_id=article,
        )
        session.add(page)
    # Lists cut titles and drop dates; what was known once stays.
    page.title = title or page.title or ""
    page.listed_on = listed_on or page.listed_on
    session.flush()
    return page


@dataclass(frozen=True, slots=True)
class Asked:
    """A page as the collector needs it.

    Plain, it outlives its transaction. `filed`: it showed a report.
    """

    id: int
    url: str
    title: str
    etag: str
    last_modified: str
    gone: bool
    filed: bool
    listed_on: date | None


def _asked(page: PageRow) -> Asked:
    filed, gone = page.version_id is not None, page.gone_at is not None
    return Asked(
        page.id,
        page.url,
        page.title,
        page.etag or "",
        page.last_modified or "",
        gone,
        filed,
        page.listed_on,
    )


def pages_to_ask(
    session: Session,
    source_id: int,
    family: str,
    listed: Iterable[tuple[str, str, date | None]],
) -> list[Asked]:
    """The pages to ask for: what is listed now (address, title, date), in order, then
    what was listed before.

    Portals take pages off their lists long before they delete them.
    """
    session.get_one(SourceRow, source_id).recognised = family
    pages = [
        see_page(session, source_id, url, title, listed_on)
        for url, title, listed_on in listed
    ]
    known = {page.id for page in pages}
    question = select(PageRow).where(
        PageRow.source_id == source_id, PageRow.article_id.is_(None)
    )
    # Portals take pages off their lists long before they delete them.
    before = [
        page
        for page in session.scalars(question.order_by(PageRow.id))
        if page.id not in known
    ]
    return [_asked(page) for page in (*pages, *before)]


def see_attachment(
    session: Session, source_id: int, article: int, url: str, title: str
) -> Asked:
    return _asked(see_page(session, source_id, url, title, article=article))


def attachments_of(session: Session, page_id: int) -> list[Asked]:
    question = select(PageRow).where(PageRow.article_id == page_id).order_by(PageRow.id)
    return [_asked(page) for page in session.scalars(question)]


def page_answered(
    session: Session, page_id: int, etag: str, last_modified: str
) -> None:
    """The page was read whole: from now on it is asked for only if it has changed."""
    page = session.get_one(PageRow, page_id)
    page.etag, page.last_modified = etag, last_modified
    page.last_seen_at, page.gone_at, page.gone_why = now(), None, ""


def page_gone(session: Session, page_id: int, why: str) -> bool:
    """Makes a tombstone; False when it was one already."""
    page = session.get_one(PageRow, page_id)
    # The moment of the first 404 is what counts.
    if page.gone_at is not None:
        return False
    page.gone_at, page.gone_why = now(), why
    # Should it come back, it must be read whole.
    page.etag = page.last_modified = ""
    return True

"""A source collected: its lists read, its pages asked for, what is new or changed taken
in.

Part of THE WAY (`pipeline.py`). Pages that are no longer listed are asked for as well:
that is how a report that vanished is noticed. What a page answered is noted before it
is read.
"""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from archive.pipeline.way import (
    Archive,
    Outcome,
    Tally,
    interpret_and_file,
    keep,
    take_in,
)
from archive.report import Hints
from archive.store import Asked, Session, Sighting, Source, refiling, saving, sources
from scrapers.families import FAMILIES, Family, recognise
from scrapers.fetch import Fetcher
from scrapers.source import Article, Capture, Changed, Lead, SourceTrouble, Unreachable

MAX_LIST_PAGES = 500
MAX_ATTACHMENTS = 5
GONE = {404, 410}
LONGEST_URL = 2000
"""An address above this is a trap or a mistake; databases don't index it either."""

Progress = Callable[[int, int, str], None]


class Taken(SourceTrouble):
    """Somebody else is collecting the source right now."""


def fetcher_of(archive: Archive) -> Fetcher:
    """The polite fetcher as the settings want it; for one thread."""
    settings = archive.settings
    return Fetcher(
        contact_url=settings.contact_url,
        pause=settings.host_pause,
        allow_private=settings.allow_private_hosts,
        max_bytes=settings.max_file_bytes,
    )


def list_leads(
    url: str, family: str, may_be_empty: bool, fetcher: Fetcher
) -> tuple[Family, list[Lead], str]:
    """All leads of a source's list pages, the family that read them, and what the list
    says it withholds.

    Raises SourceTrouble; an empty list is Changed unless the source may be empty.
    """
    leads: dict[str, Lead] = {}
    visited: set[str] = set()
    found: Family | None = None
    note = ""
    following: str | None = url
    while following and following not in visited and len(visited) < MAX_LIST_PAGES:
        visited.add(following)
        capture = fetcher.get(following)
        if capture.status >= 400:
            raise Changed(
                f"列表页答复 {capture.status}：{following}，栏目可能已迁移，"
                "请核对网址。"
            )
        reader = FAMILIES.get(family) or recognise(capture)
        if reader is None:
            raise Changed(
                f"未能识别列表页的网站系统：{following}，请指定类型或增加支持。"
            )
        found = found or reader
        page = reader.list_page(capture)
        leads.update({lead.url: lead for lead in page.leads if lead.url not in leads})
        note = note or page.note
        following = page.next_url
    if not leads and not may_be_empty:
        raise Changed(
            f"列表中没有找到年度报告：{url}。栏目若本来为空，请在来源中注明。"
        )
    assert found is not None
    return found, list(leads.values()), note


def collect(
    archive: Archive,
    source_id: int,
    run_id: int,
    progress: Progress = lambda done, total, step: None,
) -> Tally:
    """Collects a source. Raises SourceTrouble when its list can't be read; one bad page
    is a failure row.
    """
    with archive.store.session() as session:
        url, family, may_be_empty, agency = sources.how_to_read(session, source_id)
    tally = Tally()
    with fetcher_of(archive) as fetcher:
        progress(0, 0, "读取列表")
        reader, leads, note = list_leads(url, family, may_be_empty, fetcher)
        listed = [
            (lead.url, lead.title, lead.published)
            for lead in leads
            if len(lead.url) <= LONGEST_URL
        ]
        pages = archive.store.write(
            lambda session: sources.pages_to_ask(
                session, source_id, reader.name, listed
            )
        )
        if len(listed) < len(leads):
            note += (
                f"列表中有 {len(leads) - len(listed)} 个网址超过 {LONGEST_URL} 字符，"
                "未采集。"
            )
        if note:
            archive.store.write(
                lambda session: sources.note_failure(
                    session, run_id, url, "Changed", note
                )
            )
        tour = Tour(archive, fetcher, reader, source_id, run_id, agency)
        for done, page in enumerate(pages):
            progress(done, len(pages), page.title or page.url)
            _one_page(tour, page, tally)
        progress(len(pages), len(pages), "")
    return tally


@dataclass(frozen=True, slots=True)
class Tour:
    """One run through a source's pages."""

    archive: Archive
    fetcher: Fetcher
    family: Family
    source_id: int
    run_id: int
    agency: str

    def write(self, work: Callable[[Session], object]) -> None:
        self.archive.store.write(work)


def _one_page(tour: Tour, page: Asked, tally: Tally) -> None:
    try:
        outcomes = _visit(tour, page)
    except SourceTrouble as trouble:
        kind, reason = type(trouble).__name__, str(trouble)
        tour.write(
            lambda session: sources.note_failure(
                session, tour.run_id, page.url, kind, reason
            )
        )
        tally.count("failed")
        return
    filed = [
        outcome for outcome in outcomes if outcome.is_filed or outcome.kind == "gone"
    ]
    for outcome in filed:
        tally.count(outcome.kind)
    if filed or not outcomes:
        return
    outcome = next(
        (one for one in outcomes if one.kind != "not_a_report"), outcomes[-1]
    )
    if outcome.kind == "not_a_report" and len(outcomes) == 1:
        tally.count("same")  # a notice or a guide among the reports is no failure
        return
    kinds = {
        "unreadable": "Unreadable",
        "unfiled": "Unfiled",
        "not_a_report": "NotAReport",
    }
    kind, where, reason = (
        kinds.get(outcome.kind, outcome.kind),
        outcome.where,
        outcome.reason,
    )
    tour.write(
        lambda session: sources.note_failure(session, tour.run_id, where, kind, reason)
    )
    tally.count("failed")


def _visit(tour: Tour, page: Asked) -> list[Outcome]:
    """What came of a page and, where its body holds no report, of its attachments."""
    capture = tour.fetcher.get(page.url, page.etag, page.last_modified)
    sighting = _sighting(capture, page.id, tour.run_id)
    if capture.not_modified:
        tour.write(lambda session: saving.note_sighting(session, sighting))
        return _attachments_again(tour, page) or [Outcome("same", page.url)]
    if capture.status >= 400:
        return _refused(tour, page, sighting, "网页")
    told = Hints(
        url=capture.url, title=page.title, agency=tour.agency, published=page.listed_on
    )
    digest = keep(tour.archive, capture.body, told, sighting)
    article = _article(tour.family, capture)
    if article.gone:
        tour.write(
            lambda session: saving.judge(session, digest, "not_a_report", article.gone)
        )
        return _gone(tour, page, article.gone)
    hints = _hints(told, article)
    tour.write(lambda session: saving.tell_hints(session, digest, hints))
    source = Source(capture.at, url=page.url, page_id=page.id)
    outcomes = [
        interpret_and_file(tour.archive, digest, capture.body, hints, source, page.url)
    ]
    if not outcomes[0].is_filed:
        for lead in article.attachments[:MAX_ATTACHMENTS]:
            outcomes.append(_attachment(tour, page, lead, hints))
            if outcomes[-1].is_filed:
                break
    _remember(tour, page.id, capture)
    return outcomes


def _article(family: Family, capture: Capture) -> Article:
    """What stands around the report; nothing where a list leads straight to a file."""
    try:
        return family.article(capture)
    except Changed:
        return Article()


def _hints(told: Hints, article: Article) -> Hints:
    return replace(
        told,
        title=article.title or told.title,
        publisher=article.publisher,
        site_name=article.site_name,
        site_code=article.site_code,
        published=article.published or told.published,
        file_name="" if article.title else told.url.rsplit("/", 1)[-1],
    )


def _attachment(tour: Tour, page: Asked, lead: Lead, hints: Hints) -> Outcome:
    if len(lead.url) > LONGEST_URL:
        return Outcome(
            "unreadable", page.url, reason=f"附件网址超过 {LONGEST_URL} 字符，未采集。"
        )
    row = tour.archive.store.write(
        lambda session: sources.see_attachment(
            session, tour.source_id, page.id, lead.url, lead.title
        )
    )
    return _fetch_attachment(tour, page.url, row, hints) or Outcome("same", lead.url)


def _fetch_attachment(
    tour: Tour, article_url: str, row: Asked, hints: Hints
) -> Outcome | None:
    """The outcome of an attachment; None when it has not changed since it was filed."""
    etag, modified = (row.etag, row.last_modified) if row.filed else ("", "")
    capture = tour.fetcher.get(row.url, etag, modified)
    sighting = _sighting(capture, row.id, tour.run_id)
    if capture.not_modified:
        tour.write(lambda session: saving.note_sighting(session, sighting))
        return None
    if capture.status >= 400:
        return next(iter(_refused(tour, row, sighting, "附件")), None)
    told = replace(
        hints, file_name=row.title or row.url.rsplit("/", 1)[-1], url=row.url
    )
    source = Source(capture.at, url=article_url, file_url=row.url, page_id=row.id)
    outcome = take_in(tour.archive, capture.body, told, sighting, source)
    _remember(tour, row.id, capture)
    return outcome


def _attachments_again(tour: Tour, page: Asked) -> list[Outcome]:
    """The attachments of an article that has not changed: they may have been replaced
    in silence.
    """
    with tour.archive.store.session() as session:
        rows = [
            row
            for row in sources.attachments_of(session, page.id)
            if row.filed and not row.gone
        ]
        known = {row.id: refiling.hints_at(session, row.id) for row in rows}
    found = (_fetch_attachment(tour, page.url, row, known[row.id]) for row in rows)
    return [outcome for outcome in found if outcome is not None]


def _refused(tour: Tour, page: Asked, sighting: Sighting, what: str) -> list[Outcome]:
    """An answer without what was asked for: gone for good, or Unreachable is raised."""
    tour.write(lambda session: saving.note_sighting(session, sighting))
    if sighting.status in GONE:
        return _gone(tour, page, f"{what}答复 {sighting.status}")
    raise Unreachable(f"{what}答复 {sighting.status}，稍后再试：{page.url}")


def _gone(tour: Tour, page: Asked, why: str) -> list[Outcome]:
    is_news = tour.archive.store.write(
        lambda session: sources.page_gone(session, page.id, why)
    )
    return [Outcome("gone", page.url, reason=why)] if is_news else []


def _remember(tour: Tour, page_id: int, capture: Capture) -> None:
    """Only now: what was killed before is asked for again whole."""
    headers = {name.lower(): value for name, value in capture.headers.items()}
    etag, modified = headers.get("etag", ""), headers.get("last-modified", "")
    tour.write(lambda session: sources.page_answered(session, page_id, etag, modified))


def _sighting(capture: Capture, page_id: int, run_id: int) -> Sighting:
    return Sighting(
        capture.asked,
        capture.at,
        capture.status,
        capture.url,
        dict(capture.headers),
        page_id,
        run_id,
    )


def run(archive: Archive, run_id: int, source_id: int, progress: Progress) -> Tally:
    """A collect run from start to end: its progress, tally and failure stand in its
    row. Raises SourceTrouble.
    """
    tally = Tally()

    def tell(done: int, total: int, step: str) -> None:
        archive.store.write(
            lambda session: sources.tell_progress(session, run_id, done, total, step)
        )
        progress(done, total, step)

    reason = "程序出错，详情见日志。"
    try:
        tally = collect(archive, source_id, run_id, tell)
        reason = ""
    except SourceTrouble as trouble:
        reason = f"{type(trouble).__name__}：{trouble}"
        raise
    finally:
        archive.store.write(
            lambda session: sources.finish_run(session, run_id, tally.as_dict(), reason)
        )
    return tally


def collect_now(archive: Archive, source_id: int, progress: Progress) -> Tally:
    """Collects a source at once, as a run of its own. Raises SourceTrouble, also when
    it is being collected already.
    """
    with only_one(archive, source_id):

        def begin(session: Session) -> int:
            run_id = sources.queue_run(session, "collect", source_id).id
            sources.start_run(session, run_id)
            return run_id

        return run(archive, archive.store.write(begin), source_id, progress)


@contextmanager
def only_one(archive: Archive, source_id: int) -> Iterator[None]:
    """Held while a source is collected, by whichever process; the kernel lets go of it
    when that is killed.
    """
    folder = archive.settings.data / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"source-{source_id}.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Taken("这个来源正在采集中，请稍后再试。") from None
        yield

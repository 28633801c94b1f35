"""Capture: a page of a source fetched, kept and read; and its attachments.

Many portals publish the report as a file beside a page of one line ("见附件"): where
the page itself holds no report, its attachments are tried in turn until one does. Where
it holds a report without its tables, it is read together with them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from archive.catalogue import OriginalState, Outcome, Trouble
from archive.collecting.telling import lost, nothing_filed, promises_report
from archive.collecting.together import (
    MAX_ATTACHMENTS,
    Kept,
    again,
    take_in_whole,
)
from archive.collecting.tour import Tour
from archive.pipeline import NotFiled, TakenIn, keep, set_aside
from archive.report import Hints
from archive.store import Asked, Origin, Sighting, parts, refiling, saving, sources
from archive.webpage import MAX_URL, is_too_long
from scrapers import (
    GONE,
    Article,
    Capture,
    Changed,
    Family,
    Lead,
    SourceTrouble,
    Unreachable,
)

_NEWS = frozenset({Outcome.NEW, Outcome.CHANGED, Outcome.HELD})
"""What makes a page worth an early look again."""


def visit(tour: Tour, page: Asked) -> Iterable[Outcome]:
    """Asks for a page and takes in what it shows; returns what counts for the run.

    One bad page is a failure row, never an exception; but Unreachable is raised where
    its host is not asked now, which says nothing of the page. Nothing counts where a
    page is gone that was gone before, and not yet where a page gives none that should
    show a report: that is told when all were asked for (`tour.known`).
    """
    try:
        taken = _visit(tour, page)
    except SourceTrouble as trouble:
        if isinstance(trouble, Unreachable) and trouble.not_asked:
            raise
        tour.in_trouble(page.id, isinstance(trouble, Unreachable))
        return lost(tour, page, type(trouble).__name__, str(trouble))
    _schedule(tour, page, taken)
    for one in taken:
        if one.outcome == Outcome.HELD:
            tour.note_failure(one.where, Trouble.HELD, one.reason)
    settled = [
        one.outcome for one in taken if one.is_filed or one.outcome == Outcome.GONE
    ]
    if settled:
        tour.known.well += 1
        tour.known.still += page.shows_report
        return settled
    if not taken:
        return []
    return nothing_filed(tour, page, taken)


def _schedule(tour: Tour, page: Asked, taken: Sequence[TakenIn]) -> None:
    """Notes when a page that answered is asked for again."""
    if not taken or (page.shows_report and not _has_answered(taken)):
        # Gone, or without the report that it showed: nobody knows yet whether it stays
        # so. The whole site may be ill.
        tour.in_trouble(page.id, not page.gone)
        return
    tour.looked_at(page.id, any(one.outcome in _NEWS for one in taken))


def _has_answered(taken: Sequence[TakenIn]) -> bool:
    """Whether a page showed a report, or is no more and that is settled."""
    return any(one.is_filed or one.outcome == Outcome.GONE for one in taken)


def _visit(tour: Tour, page: Asked) -> list[TakenIn]:
    """What came of a page and, where its body holds no report, of its attachments."""
    # What gave no report is asked for whole: an unchanged answer would hide that, and
    # today's readers may make more of it.
    capture = tour.get(page) if page.shows_report else tour.fetcher.get(page.url)
    sighting = tour.sighting(capture, page.id)
    # 304: the page is what it was when it was remembered.
    if capture.not_modified:
        tour.note_sighting(sighting)
        again = _attachments_again(tour, page)
        return again or [TakenIn(Outcome.SAME, page.url)]
    if capture.status >= 400:
        return _refused(tour, page, sighting)
    if not capture.body.strip():
        tour.note_sighting(sighting)
        raise Changed("网页的应答是空的，没有任何内容。")
    return _take_in(tour, page, capture, sighting)


def _refused(tour: Tour, page: Asked, sighting: Sighting) -> list[TakenIn]:
    """What came of a page whose server answers with a status of trouble."""
    if sighting.status in GONE and promises_report(page):
        tour.note_sighting(sighting)
        return _gone(tour, page, f"网页答复 {sighting.status}")
    return _if_any(tour.refused(page, sighting, "网页"))


def _gone(tour: Tour, page: Asked, why: str) -> list[TakenIn]:
    """What came of a page that is no more.

    Where the list promises a report that was never seen, that is what is missing.
    """
    if promises_report(page):
        return [TakenIn(Outcome.NO_REPORT, page.url, why)]
    return _if_any(tour.gone(page, why))


def _take_in(
    tour: Tour, page: Asked, capture: Capture, sighting: Sighting
) -> list[TakenIn]:
    """What came of a page that was sent, and of its attachments."""
    listed = Hints(
        url=capture.url, title=page.title, agency=tour.agency, published=page.listed_on
    )
    # Kept before anybody looks into it: no reader's mistake may lose what was there.
    digest = keep(tour.archive, capture.body, listed, sighting)
    article = _article(tour.family, capture)
    # A "soft 404": the server says 200, and the page that it is gone.
    if article.gone:
        not_filed = NotFiled(OriginalState.NOT_A_REPORT, article.gone)
        set_aside(tour.archive, digest, not_filed)
        return _gone(tour, page, article.gone)
    hints = _hints(listed, article)
    tour.write(lambda session: saving.tell_hints(session, digest, hints))
    origin = Origin(capture.at, url=page.url, page_id=page.id)
    main = Kept(digest, capture.body, hints, origin)
    taken = [take_in_whole(tour, page, main, article.attachments)]
    # Where the page is a report its attachments say the same again, as a rule.
    if not taken[0].is_filed:
        taken += _attachments(tour, page, article.attachments, hints)
    if page.shows_report and not any(one.is_filed for one in taken):
        return taken
    _remember(tour, page, capture, taken)
    return taken


def _remember(tour: Tour, row: Asked, capture: Capture, taken: list[TakenIn]) -> None:
    """Asks for a page only if it has changed, but for one that waits for a person, or
    for a file beside it.

    That one is asked for whole: an unchanged answer would hide that it still waits.
    """
    waits = any(one.outcome == Outcome.HELD for one in taken)
    if not waits and row.id not in tour.known.halved:
        tour.remember(row.id, capture)


def _if_any(taken: TakenIn | None) -> list[TakenIn]:
    """A list of one; of none where nothing new came of a page."""
    if taken is None:
        return []
    return [taken]


def _article(family: Family, capture: Capture) -> Article:
    """What stands around the report; nothing where a list leads straight to a file."""
    # What is no web page has no title, no date and no attachments of its own.
    try:
        return family.article(capture)
    except Changed:
        return Article()


def _hints(listed: Hints, article: Article) -> Hints:
    """What the list said of a page, and what the page says of itself."""
    # Where a list leads straight to a file its name is all that is known besides.
    file_name = "" if article.title else listed.url.rsplit("/", 1)[-1]
    return replace(
        listed,
        title=article.title or listed.title,
        publisher=article.publisher,
        site_name=article.site_name,
        site_code=article.site_code,
        body=article.body,
        published=article.published or listed.published,
        file_name=file_name,
    )


def _attachments(
    tour: Tour, page: Asked, leads: tuple[Lead, ...], hints: Hints
) -> list[TakenIn]:
    """The attachments of a page, up to the first that is a report."""
    taken = []
    for at, lead in enumerate(leads[:MAX_ATTACHMENTS], 1):
        taken.append(_attachment(tour, page, lead, hints, leads[at:]))
        if taken[-1].is_filed:
            break
    return taken


def _attachment(
    tour: Tour, page: Asked, lead: Lead, hints: Hints, others: Sequence[Lead]
) -> TakenIn:
    """What came of an attachment that a page links to; `others` may complete it."""
    if is_too_long(lead.url):
        reason = f"附件网址超过 {MAX_URL} 字节，未采集。"
        return TakenIn(Outcome.UNREADABLE, page.url, reason)
    row = tour.archive.store.write(
        lambda session: sources.see_attachment(
            session, tour.source_id, page.id, lead.url, lead.title
        )
    )
    taken = _fetch_attachment(tour, page, row, hints, others)
    return taken or TakenIn(Outcome.SAME, lead.url)


def _attachments_again(tour: Tour, page: Asked) -> list[TakenIn]:
    """What came of the attachments of a page that has not changed.

    A file may have been replaced under its address; the page shows nothing of that.
    """
    with tour.archive.store.session() as session:
        rows = [
            row
            for row in sources.attachments_of(session, page.id)
            if row.filed and not row.gone
        ]
        known = {row.id: refiling.hints_at(session, row.id) for row in rows}
        digest = parts.last_shown(session, page.id)
        is_whole = not digest or not parts.parts_of(session, digest)
        hints = refiling.hints_at(session, page.id)
    if is_whole:
        taken = [_fetch_attachment(tour, page, row, known[row.id]) for row in rows]
        return [one for one in taken if one is not None]
    origin = Origin(datetime.now(UTC), url=page.url, page_id=page.id)
    main = Kept(digest, tour.archive.captures.open(digest), hints, origin)
    return _if_any(again(tour, page, main))


def _fetch_attachment(
    tour: Tour, page: Asked, row: Asked, hints: Hints, others: Sequence[Lead] = ()
) -> TakenIn | None:
    """What came of an attachment.

    None when it has not changed since it was filed, or was gone before.
    """
    if not row.is_due:
        return None
    # One that is not filed is asked for even if it has not changed: today's readers may
    # make more of it.
    capture = tour.get(row) if row.filed else tour.fetcher.get(row.url)
    sighting = tour.sighting(capture, row.id)
    if capture.not_modified:
        tour.note_sighting(sighting)
        return None
    if capture.status >= 400:
        return tour.refused(row, sighting, "附件")
    # The link's text is the file's name where the address is `download.jsp?…` (VSB).
    file_name = row.title or row.url.rsplit("/", 1)[-1]
    of_file = replace(hints, file_name=file_name, url=row.url)
    origin = Origin(capture.at, url=page.url, file_url=row.url, page_id=row.id)
    digest = keep(tour.archive, capture.body, of_file, sighting)
    main = Kept(digest, capture.body, of_file, origin)
    taken = take_in_whole(tour, page, main, others)
    if row.filed and not taken.is_filed:
        return taken
    _remember(tour, row, capture, [taken])
    return taken

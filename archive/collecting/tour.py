"""One run through a source's pages: what every step of it needs, and what it notes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from archive.captures import DamagedOriginal
from archive.collecting.known import Dead, Known
from archive.evidence import exchanges_told
from archive.pipeline import Archive, TakenIn
from archive.store import Asked, Session, Sighting, parts, runs, saving, sources
from scrapers import GONE, Capture, Family, Fetcher, Unreachable


@dataclass(frozen=True, slots=True)
class Tour:
    """One run through a source's pages."""

    archive: Archive
    fetcher: Fetcher
    family: Family
    source_id: int
    run_id: int
    agency: str
    """Whose pages these are, where the reports do not say; often empty."""
    scheduled: bool = False
    """Whether it asks only for what is due."""
    known: Known = field(default_factory=Known)
    """What it has seen of the pages that should show a report."""

    def get(self, page: Asked) -> Capture:
        """Asks for a page if it has changed since it was remembered.

        Asks for it whole where its original is damaged: the same bytes heal it.
        """
        capture = self.fetcher.get(page.url, page.etag, page.last_modified)
        if capture.not_modified and not self._is_kept_whole(page):
            return self.fetcher.get(page.url)
        return capture

    def _is_kept_whole(self, page: Asked) -> bool:
        """Whether the original that a page showed last is what was kept."""
        with self.archive.store.session() as session:
            digest = parts.last_shown(session, page.id)
        try:
            if digest:
                self.archive.captures.open(digest)
        except DamagedOriginal:
            return False
        return True

    def write(self, work: Callable[[Session], object]) -> None:
        self.archive.store.write(work)

    def note_asked(self, page: Asked) -> None:
        """The run is done with a page, whatever came of it."""
        self.write(lambda session: sources.note_asked(session, page.id))

    def sighting(self, capture: Capture, page_id: int) -> Sighting:
        """What is noted of an answer, whatever it was."""
        return Sighting(
            asked=capture.asked,
            at=capture.at,
            status=capture.status,
            reached=capture.url,
            headers=dict(capture.headers),
            page_id=page_id,
            run_id=self.run_id,
            exchanges=exchanges_told(capture.exchanges),
        )

    def note_sighting(self, sighting: Sighting) -> None:
        """Notes an answer that brought no bytes."""
        self.write(lambda session: saving.note_sighting(session, sighting))

    def note_failure(self, where: str, kind: str, reason: str) -> None:
        """Notes on the run what went wrong at an address; `kind` as in `Trouble`."""
        self.write(
            lambda session: runs.note_failure(session, self.run_id, where, kind, reason)
        )

    def refused(self, page: Asked, sighting: Sighting, what: str) -> TakenIn | None:
        """An answer without what was asked for; `what` is 网页 or 附件.

        What is gone for good is noted (None: it was gone already). Raises Unreachable
        for what may come back.
        """
        self.note_sighting(sighting)
        # 412 and 521 of the firewalls before portals have been raised as Refused by the
        # fetcher: they say nothing of the page.
        if sighting.status in GONE:
            return self.gone(page, f"{what}答复 {sighting.status}")
        raise Unreachable(f"{what}答复 {sighting.status}，稍后再试：{page.url}")

    def gone(self, page: Asked, why: str) -> TakenIn | None:
        """What became of a page that is no more; None where that is no news.

        The tombstone of a page that a list named, and that showed a report, waits until
        the others were asked for: it may have moved, or the whole site be ill.
        """
        if page.shows_report and not page.gone and not page.is_attachment:
            self.known.dead.append(Dead(page.id, page.url, why, page.listed))
            return None
        return self.bury(page.id, page.url, why)

    def bury(self, page_id: int, url: str, why: str) -> TakenIn | None:
        """Makes a tombstone of a page that has not moved; None where that is no news.

        The report stays: what was public and vanished is what an archive is for.
        """
        outcome = self.archive.store.write(
            lambda session: sources.page_gone(
                session, page_id, why, self.run_id, self.archive.clock()
            )
        )
        return TakenIn(outcome, url, why) if outcome else None

    def remember(self, page_id: int, capture: Capture) -> None:
        """From now on the page is asked for only if it has changed (ETag and so on).

        The last thing done with a page: one whose visit was killed before this is asked
        for again whole.
        """
        # Names of headers are written in any case. Static pages of TRS and VSB have an
        # ETag or a date of change; pages made by JSP or ASP.NET seldom do.
        headers = {name.lower(): value for name, value in capture.headers.items()}
        etag, modified = headers.get("etag", ""), headers.get("last-modified", "")
        self.write(
            lambda session: sources.page_answered(session, page_id, etag, modified)
        )

    def looked_at(self, page_id: int, has_changed: bool) -> None:
        """The page has answered: the schedule knows when to ask again."""
        moment = self.archive.clock()
        self.write(
            lambda session: sources.page_looked_at(
                session, page_id, has_changed, moment
            )
        )

    def in_trouble(self, page_id: int, is_passing: bool) -> None:
        """The page gave nothing; `is_passing` where that may pass by itself."""
        moment = self.archive.clock()
        self.write(
            lambda session: sources.page_in_trouble(
                session, page_id, is_passing, moment
            )
        )

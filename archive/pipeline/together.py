"""One report in several files: a page with the text, its attachments with the tables.

A page that lacks the statutory tables is not filed before its attachments were read
with it: filed alone, it would look edited as soon as they come. Each file is kept as an
original of its own; which ones are read together is noted with the one that carries the
version.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from archive.captures import DamagedOriginal
from archive.catalogue import Outcome
from archive.interpreting import Whole
from archive.pipeline.originals import NotFiled, file, keep, read_files
from archive.pipeline.outcomes import TakenIn
from archive.pipeline.tour import Tour
from archive.reading import File
from archive.report import Hints, from_json, lacks_tables
from archive.store import Asked, Origin, Part, Session, parts, refiling, saving, sources
from archive.webpage import MAX_URL
from scrapers import Lead, SourceTrouble

# One report is often offered as PDF and as Word file; what stands behind is seldom a
# report of this page.
MAX_ATTACHMENTS = 5


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that is kept and may be read together with others."""

    digest: str
    body: bytes
    hints: Hints
    origin: Origin

    @property
    def file(self) -> File:
        return File(self.body, self.hints)

    @property
    def part(self) -> Part:
        """How it is noted with the file that carries the version."""
        url = self.origin.file_url or self.origin.url
        return Part(self.digest, url, page_id=self.origin.page_id)


def complete(
    tour: Tour, page: Asked, main: Kept, leads: Sequence[Lead]
) -> TakenIn | None:
    """Files a report whose tables lie in the attachments that `leads` name.

    None where `main` says everything itself, or the attachments do not help: it is read
    alone then. They are asked for again where they helped before.
    """
    if not leads or not _may_gain(tour, main):
        return None
    files, whole = [main], None
    for lead in leads[:MAX_ATTACHMENTS]:
        kept = _fetched(tour, page, lead, main.hints)
        if kept is None:
            continue
        files.append(kept)
        whole = _read(tour, files)
        if whole and not lacks_tables(whole.report):
            break
    if whole is None or whole.used == (0,):
        return None
    return _filed(tour, files, whole)


def _may_gain(tour: Tour, main: Kept) -> bool:
    """Whether a file alone is a report without its tables, or was completed before."""
    with tour.archive.store.session() as session:
        if parts.parts_of(session, main.digest):
            return True
        version = parts.version_filed(session, main.digest)
        if version is not None:
            return lacks_tables(from_json(version.reading))
    whole = _read(tour, [main])
    return whole is not None and lacks_tables(whole.report)


def _read(tour: Tour, files: Sequence[Kept]) -> Whole | None:
    """What these files say together; None where that can't be filed."""
    try:
        return read_files(tour.archive, [one.file for one in files])
    except NotFiled:
        return None


def _fetched(tour: Tour, page: Asked, lead: Lead, hints: Hints) -> Kept | None:
    """An attachment, kept; None where it can't be had. That is a failure row."""
    if len(lead.url) > MAX_URL:
        return None
    row = tour.archive.store.write(
        lambda session: sources.see_attachment(
            session, tour.source_id, page.id, lead.url, lead.title
        )
    )
    try:
        return _asked_for(tour, page, row, hints)
    except (SourceTrouble, DamagedOriginal) as trouble:
        tour.note_failure(row.url, type(trouble).__name__, str(trouble))
        return None


def _asked_for(tour: Tour, page: Asked, row: Asked, hints: Hints) -> Kept | None:
    """The attachment as it is now. None where it is gone."""
    capture = tour.fetcher.get(row.url, row.etag, row.last_modified)
    sighting = tour.sighting(capture, row.id)
    of_file = replace(
        hints, file_name=row.title or row.url.rsplit("/", 1)[-1], url=row.url
    )
    origin = Origin(capture.at, url=page.url, file_url=row.url, page_id=row.id)
    if capture.not_modified:
        tour.note_sighting(sighting)
        with tour.archive.store.session() as session:
            digest = parts.last_shown(session, row.id)
        return Kept(digest, tour.archive.captures.open(digest), of_file, origin)
    if capture.status >= 400:
        tour.refused(row, sighting, "附件")
        return None
    digest = keep(tour.archive, capture.body, of_file, sighting)
    tour.remember(row.id, capture)
    return Kept(digest, capture.body, of_file, origin)


def _filed(tour: Tour, files: Sequence[Kept], whole: Whole) -> TakenIn:
    """Files what several files say together, under the one that carries it."""
    used = [files[at] for at in whole.used]
    carrier = _carrier(tour, files[0], used)
    others = [one.part for one in (files[0], *used[1:], used[0]) if one is not carrier]
    others = list({part.digest: part for part in others}.values())

    def filing(session: Session) -> str:
        known = parts.version_filed(session, carrier.digest)
        if known is None:
            outcome = saving.file_report(
                session, whole.report, carrier.digest, carrier.origin, whole.media_type
            )
        else:
            outcome = _refiled(session, whole, carrier, known.digest, others)
        parts.note_parts(session, carrier.digest, others)
        return outcome

    report, where = whole.report, files[0].part.url
    outcome = file(tour.archive, carrier.digest, filing)
    return TakenIn(
        Outcome(outcome), where, filed_as=f"{report.agency.name} {report.year}"
    )


def _carrier(tour: Tour, main: Kept, used: Sequence[Kept]) -> Kept:
    """Which of the files carries the version.

    It is the page; but a file that was replaced while the page stayed as it was carries
    the new version: the bytes of the page carry the old one for ever.
    """
    if main not in used:
        return used[0]
    with tour.archive.store.session() as session:
        known = {part.digest for part in parts.parts_of(session, main.digest)}
    replaced = [one for one in used if one is not main and one.digest not in known]
    return replaced[0] if known and replaced else main


def _refiled(
    session: Session,
    whole: Whole,
    carrier: Kept,
    version_digest: str,
    others: Sequence[Part],
) -> str:
    """What was filed alone is completed; what was complete stays as it is."""
    known = {part.digest for part in parts.parts_of(session, carrier.digest)}
    if known >= {part.digest for part in others}:
        seen = saving.seen_again(session, carrier.digest, carrier.origin)
        return seen[0] if seen else Outcome.SAME
    if version_digest != carrier.digest:
        # The same page in other bytes carries the version; it is completed as well.
        parts.note_parts(session, version_digest, others)
    return refiling.refile(session, whole.report, version_digest, whole.media_type)

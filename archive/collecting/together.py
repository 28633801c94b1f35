"""One report in several files: a page with the text, its attachments with the tables.

A page that lacks the statutory tables is not filed before its attachments, and the
pictures in its text, were read with it: filed alone, it would look edited as soon as
they come. Each file is kept as an original of its own; which ones were looked at
together is noted with the one that carries the version, and nothing is read again until
one of them changes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urljoin

from archive.captures import DamagedOriginal
from archive.collecting.tour import Tour
from archive.interpreting import Whole
from archive.pipeline import (
    NotFiled,
    TakenIn,
    file,
    keep,
    read_and_file,
    read_files,
    taken_in,
)
from archive.reading import File, sniff
from archive.report import Hints, lacks_tables
from archive.store import (
    Asked,
    Origin,
    Part,
    Session,
    parts,
    reading_of,
    refiling,
    saving,
    sources,
)
from archive.webpage import is_too_long
from scrapers import Lead, SourceTrouble, may_lead_to

# One report is often offered as PDF and as Word file; what stands behind is seldom a
# report of this page.
MAX_ATTACHMENTS = 5
# Pages of a printed report; recognising one takes seconds.
MAX_PICTURES = 12


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that is kept and may be read together with others."""

    digest: str
    body: bytes
    hints: Hints
    origin: Origin
    shown_as: str = ""
    """For a picture that a page shows: its address as it is written in the page."""

    @property
    def file(self) -> File:
        return File(self.body, self.hints, self.shown_as)

    @property
    def address(self) -> str:
        return self.origin.file_url or self.origin.url

    def part(self, used: Sequence[Kept]) -> Part:
        """How it is noted with the file that carries the version."""
        return Part(
            self.digest,
            self.address,
            self.shown_as,
            self.origin.page_id,
            sniff(self.body),
            is_used=self in used,
        )


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file beside a page that may complete it."""

    url: str
    title: str = ""
    shown_as: str = ""


def take_in_whole(
    tour: Tour, page: Asked, main: Kept, leads: Sequence[Lead]
) -> TakenIn:
    """What came of a file, read together with what completes it, or alone.

    Only a report without its tables is completed: from the attachments that `leads`
    name, and from pictures in its text.
    """
    with tour.archive.store.session() as session:
        version = parts.version_filed(session, main.digest)
        known = parts.parts_of(session, main.digest)
        reading = reading_of(session, version.id) if version else None
    lacks = reading is not None and lacks_tables(reading)
    if version is not None and not lacks and not known:
        return _alone(tour, main, None)
    if known:
        return again(tour, page, main, leads)
    alone = _read(tour, [main])
    if isinstance(alone, NotFiled) or not alone.report.lacks_tables:
        return _alone(tour, main, alone)
    return _completed(tour, page, main, _wanted(main, alone, leads), alone)


def again(tour: Tour, page: Asked, main: Kept, leads: Sequence[Lead] = ()) -> TakenIn:
    """What came of a page that has not changed: its files may have.

    It was looked at together with them before.
    """
    with tour.archive.store.session() as session:
        known = parts.parts_of(session, main.digest)
    wanted = {part.url: Wanted(part.url, "", part.shown_as) for part in known}
    named = {lead.url: Wanted(lead.url, lead.title) for lead in leads[:MAX_ATTACHMENTS]}
    return _completed(tour, page, main, [*(named | wanted).values()], None)


def _alone(tour: Tour, main: Kept, reading: Whole | NotFiled | None) -> TakenIn:
    return read_and_file(
        tour.archive,
        main.digest,
        main.body,
        main.hints,
        main.origin,
        main.address,
        reading,
    )


def _read(tour: Tour, files: Sequence[Kept]) -> Whole | NotFiled:
    """What these files say together, or why that can't be filed."""
    try:
        return read_files(tour.archive, [one.file for one in files])
    except NotFiled as trouble:
        return trouble


def _wanted(main: Kept, alone: Whole, leads: Sequence[Lead]) -> list[Wanted]:
    """What may hold the tables of a page: pictures in its text, attachments."""
    wanted = [Wanted(lead.url, lead.title) for lead in leads[:MAX_ATTACHMENTS]]
    pictures = []
    for source in alone.pictures[:MAX_PICTURES]:
        url = urljoin(main.hints.url, source)
        if may_lead_to(main.hints.url, url):
            pictures.append(Wanted(url, "", source))
    return [*pictures, *wanted]


def _completed(
    tour: Tour,
    page: Asked,
    main: Kept,
    wanted: Sequence[Wanted],
    alone: Whole | NotFiled | None,
) -> TakenIn:
    """Files a page with what completes it; alone where nothing does."""
    files = [main]
    for one in wanted:
        kept = _fetched(tour, page, one, main.hints)
        if kept is None:
            tour.known.halved.add(page.id)
        if kept is not None and kept.digest not in {known.digest for known in files}:
            files.append(kept)
    settled = _settled(tour, files)
    if settled is not None:
        return settled
    alone = alone or _read(tour, files[:1])
    whole = _read(tour, files)
    if not _is_gain(alone, whole):
        taken = _alone(tour, main, alone)
        if taken.is_filed and len(files) > 1:
            noted = [one.part(()) for one in files[1:]]
            tour.write(lambda session: parts.note_parts(session, main.digest, noted))
        return taken
    assert isinstance(whole, Whole)
    return _filed(tour, files, whole)


def _is_gain(alone: Whole | NotFiled, whole: Whole | NotFiled) -> bool:
    """Whether a page says more together with other files, in figures.

    A photograph of a meeting has letters in it too, and they are not the report's.
    """
    if isinstance(whole, NotFiled) or whole.used == (0,):
        return False
    if isinstance(alone, NotFiled):
        return True
    return _printed(whole) > _printed(alone)


def _printed(whole: Whole) -> int:
    """How many figures have a value."""
    return sum(value is not None for value in whole.report.values.values())


def _settled(tour: Tour, files: Sequence[Kept]) -> TakenIn | None:
    """For files that were looked at together before: the same; else None."""
    digests = {one.digest for one in files}
    for one in files:
        with tour.archive.store.session() as session:
            known = {part.digest for part in parts.parts_of(session, one.digest)}
        if known and known | {one.digest} >= digests:
            return _alone(tour, one, None)
    return None


def _fetched(tour: Tour, page: Asked, wanted: Wanted, hints: Hints) -> Kept | None:
    """A file, kept; None where it can't be had. That is a failure row."""
    if is_too_long(wanted.url):
        return None
    row = tour.archive.store.write(
        lambda session: sources.see_attachment(
            session, tour.source_id, page.id, wanted.url, wanted.title
        )
    )
    try:
        kept = _asked_for(tour, page, row, hints)
    except (SourceTrouble, DamagedOriginal) as trouble:
        tour.note_failure(row.url, type(trouble).__name__, str(trouble))
        return None
    if kept:
        return replace(kept, shown_as=wanted.shown_as)
    return None


def _asked_for(tour: Tour, page: Asked, row: Asked, hints: Hints) -> Kept | None:
    """The file as it is now. None where it is gone."""
    capture = tour.get(row)
    sighting = tour.sighting(capture, row.id)
    name = row.title or row.url.rsplit("/", 1)[-1]
    of_file = replace(hints, file_name=name, url=row.url)
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
    # The page itself is always a part of what is filed for it.
    belonging = [*used, files[0]]
    media_type = sniff(carrier.body)
    others = [one.part(belonging) for one in files if one is not carrier]

    def filing(session: Session) -> str:
        known = parts.version_filed(session, carrier.digest)
        if known is None:
            outcome = saving.file_report(
                session, whole.report, carrier.digest, carrier.origin, media_type
            )
        else:
            # What was filed alone is completed. Where the same page in other bytes
            # carries the version, that is completed as well.
            parts.note_parts(session, known.digest, others)
            outcome = refiling.refile(session, whole.report, known.digest)
        parts.note_parts(session, carrier.digest, others)
        return outcome

    report = whole.report
    outcome = file(tour.archive, carrier.digest, filing)
    filed_as = f"{report.agency.name} {report.year}"
    where = files[0].address
    return taken_in(tour.archive, carrier.digest, outcome, where, filed_as)


def _carrier(tour: Tour, main: Kept, used: Sequence[Kept]) -> Kept:
    """Which of the files carries the version.

    It is the page; but a file that was replaced while the page stayed as it was carries
    the new version: the bytes of the page carry the old one for ever.
    """
    if main not in used:
        return used[0]
    with tour.archive.store.session() as session:
        known = {one.digest for one in parts.parts_of(session, main.digest)}
        was_completed = any(one.is_used for one in parts.parts_of(session, main.digest))
    replaced: Iterator[Kept] = (
        one for one in used if one is not main and one.digest not in known
    )
    if was_completed:
        return next(replaced, main)
    return main

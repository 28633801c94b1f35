"""Files of a disk into the archive; the same way as a portal's, from "keep" on.

They go in batches. Each is kept and noted before anything else; then the batch is read,
on several processes, and filed in one transaction, whole or not at all. The text of a
report and its tables may be imported as two files: the second completes what the first
has filed.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from pathlib import Path

from archive.captures import DamagedOriginal
from archive.catalogue import Outcome
from archive.interpreting import OUR_MISTAKES, Whole
from archive.pipeline.ahead import Ahead, Files, Result
from archive.pipeline.archive import Archive
from archive.pipeline.originals import (
    NotFiled,
    file,
    read_and_file,
    read_files,
)
from archive.pipeline.outcomes import TakenIn
from archive.reading import File, Unreadable, read_file, sniff
from archive.report import Hints
from archive.store import (
    Origin,
    Part,
    Session,
    Sighting,
    bulk,
    parts,
    refiling,
)

BATCH = 100
"""Files of one transaction."""
AT_HAND = 100_000
"""Bytes of a file that stays in memory until it is read: three batches have 30 MB."""
MAX_CARRIERS = 5
"""Reports of one agency and year that a file is tried with."""
log = logging.getLogger("archive.pipeline")


@dataclass(frozen=True, slots=True)
class Entry:
    """A file to import: kept, or why it could not be."""

    where: str
    at: datetime
    digest: str = ""
    size: int = 0
    trouble: str = ""

    @property
    def hints(self) -> Hints:
        """What is known besides the bytes."""
        return Hints(file_name=Path(self.where).name)

    @property
    def origin(self) -> Origin:
        """A file has no address: a visitor sees no source."""
        return Origin(captured_at=self.at)

    @property
    def kept(self) -> bulk.Kept:
        """The sighting is of its name."""
        look = Sighting(f"file:{self.hints.file_name}", self.at, 200)
        return bulk.Kept(self.digest, self.size, self.hints, look)


@dataclass(frozen=True, slots=True)
class Batch:
    """Files that are imported together, kept and noted already."""

    entries: list[Entry]
    new: list[Entry]
    """Those that are read now: their bytes are not filed yet."""


def import_paths(
    archive: Archive, files: Iterable[Path], ahead: Ahead
) -> Iterator[list[TakenIn]]:
    """Takes files in, batch by batch; what became of each, in order.

    A file that can't be opened is one of them.
    """
    for batch, results in ahead.read(_begun(archive, files)):
        yield _file_batch(archive, batch, results)


def _begun(
    archive: Archive, files: Iterable[Path]
) -> Iterator[tuple[Batch, list[Files]]]:
    """Batches with what is to be read of them."""
    rest = iter(files)
    while paths := list(islice(rest, BATCH)):
        with archive.captures.together() as keep:
            bodies: dict[str, bytes] = {}
            entries = [_kept(archive, path, keep, bodies) for path in paths]
        kept = {entry.digest: entry for entry in entries if entry.digest}
        archive.store.write(partial(_note, kept=list(kept.values())))
        with archive.store.session() as session:
            filed = bulk.filed_before(session, kept)
        new = [entry for digest, entry in kept.items() if digest not in filed]
        wanted: list[Files] = [
            partial(_files_of, archive, entry, bodies.get(entry.digest))
            for entry in new
        ]
        yield Batch(entries, new), wanted


def _kept(
    archive: Archive,
    path: Path,
    keep: Callable[[bytes], str],
    bodies: dict[str, bytes],
) -> Entry:
    """A file kept; `bodies` gets its bytes by their digest, where they are few."""
    # A name on a disk is bytes: one from a Windows archive may be GBK and no UTF-8.
    where = str(path).encode("utf-8", "replace").decode()
    moment = datetime.now(UTC)
    try:
        body = read_file(path, archive.settings.max_file_bytes)
    except Unreadable as trouble:
        return Entry(where, moment, trouble=str(trouble))
    if not body:
        return Entry(where, moment, trouble="文件为空。")
    digest = keep(body)
    if len(body) <= AT_HAND:
        bodies[digest] = body
    return Entry(where, moment, digest, len(body))


def _note(session: Session, kept: Sequence[Entry]) -> None:
    """Notes the originals of a batch before anybody looks into them."""
    bulk.keep_originals(session, [entry.kept for entry in kept])


def _files_of(archive: Archive, entry: Entry, body: bytes | None) -> list[File]:
    """What is read of a file; opened where it is read, unless it is at hand."""
    return [File(body or archive.captures.open(entry.digest), entry.hints)]


def _file_batch(
    archive: Archive, batch: Batch, results: Sequence[Result]
) -> list[TakenIn]:
    """Files what was read: what is plain in one transaction, the others one by one."""
    read = dict(zip((entry.digest for entry in batch.new), results, strict=True))
    together = _file_together(archive, _plain(archive, batch, read))
    taken = []
    for entry in batch.entries:
        # The second of two files with the same bytes was there before.
        filed_as = together.pop(entry.digest, None)
        if filed_as is not None:
            taken.append(TakenIn(Outcome.NEW, entry.where, filed_as=filed_as))
        else:
            taken.append(_take_in(archive, entry, read.get(entry.digest)))
    return taken


def _plain(
    archive: Archive, batch: Batch, read: Mapping[str, Result]
) -> list[tuple[Entry, Whole]]:
    """The first reports of their agencies and years: nothing is completed by them."""
    wholes = [
        (entry, whole)
        for entry in batch.new
        if isinstance(whole := read[entry.digest], Whole)
    ]
    with archive.store.session() as session:
        are_first = bulk.first_of_their_places(
            session, [whole.report for _, whole in wholes]
        )
    return [one for one, is_first in zip(wholes, are_first, strict=True) if is_first]


def _file_together(
    archive: Archive, plain: Sequence[tuple[Entry, Whole]]
) -> dict[str, str]:
    """Digest → agency and year, of what is filed now: all of these or none."""
    read = [
        bulk.Read(entry.digest, whole.report, whole.media_type, entry.origin)
        for entry, whole in plain
    ]
    try:
        archive.store.write(partial(bulk.file_reports, read=read))
    except OUR_MISTAKES as mistake:
        # One by one, the report that we stumble over is found.
        log.error("filing %d reports failed", len(read), exc_info=mistake)
        return {}
    return {one.digest: f"{one.report.agency.name} {one.report.year}" for one in read}


def _take_in(archive: Archive, entry: Entry, result: Result | None) -> TakenIn:
    """What became of one file; `result` is what was read in it, where it is new."""
    if entry.trouble:
        return TakenIn(Outcome.UNREADABLE, entry.where, entry.trouble)
    body = archive.captures.open(entry.digest)
    taken = None
    if isinstance(result, Whole):
        new = File(body, entry.hints)
        taken = _joined(archive, entry.digest, new, result)
    if taken is None:
        taken = read_and_file(
            archive,
            entry.digest,
            body,
            entry.hints,
            entry.origin,
            entry.where,
            result,
        )
    return replace(taken, where=entry.where)


def _joined(archive: Archive, digest: str, new: File, alone: Whole) -> TakenIn | None:
    """Completes what was imported before and is a part of the same report: the text
    without its tables, or the tables without the text.

    None where nothing before is completed. What came from a portal is left as it is.
    """
    with archive.store.session() as session:
        carriers = parts.imported_beside(session, alone.report)
    for carrier in carriers[:MAX_CARRIERS]:
        try:
            files, known = _with_parts(archive, carrier)
            whole = read_files(archive, [*files, new])
            if not {0, len(files)} <= set(whole.used):
                continue
            part = Part(digest, media_type=sniff(new.body))
            _complete(archive, carrier, [*known, part], whole)
        except (NotFiled, DamagedOriginal):
            continue
        filed_as = f"{whole.report.agency.name} {whole.report.year}"
        return TakenIn(Outcome.NEW, "", filed_as=filed_as)
    return None


def _with_parts(archive: Archive, carrier: str) -> tuple[list[File], list[Part]]:
    """The files of a version, and those of them that are parts."""
    with archive.store.session() as session:
        known = parts.parts_of(session, carrier)
        digests = [carrier, *(part.digest for part in known)]
        hints = [refiling.hints_of(session, digest) for digest in digests]
    bodies = map(archive.captures.open, digests)
    files = [File(body, told) for body, told in zip(bodies, hints, strict=True)]
    return files, list(known)


def _complete(
    archive: Archive, carrier: str, belonging: Sequence[Part], whole: Whole
) -> None:
    """Refills the version of a carrier with what all its files say, in one go."""

    def filing(session: Session) -> str:
        parts.note_parts(session, carrier, belonging)
        return refiling.refile(session, whole.report, carrier)

    file(archive, carrier, filing)

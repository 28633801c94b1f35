"""Files of a disk into the archive; the same way as a portal's, from "keep" on.

The text of a report and its tables may be imported as two files: the second completes
what the first has filed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from archive.captures import DamagedOriginal
from archive.catalogue import Outcome
from archive.interpreting import Whole
from archive.pipeline.archive import Archive
from archive.pipeline.originals import NotFiled, file, keep, read_and_file, read_files
from archive.pipeline.outcomes import TakenIn
from archive.pipeline.together import MAX_ATTACHMENTS
from archive.reading import File, Unreadable, read_file, sniff
from archive.report import Hints
from archive.store import Origin, Part, Session, Sighting, parts, refiling


def in_batches(files: Iterator[Path], size: int = 50) -> Iterator[list[Path]]:
    """Files by the handful, so that what is imported is soon found."""
    while batch := list(islice(files, size)):
        yield batch


def import_paths(archive: Archive, files: Sequence[Path]) -> Iterator[TakenIn]:
    """Takes files in; what became of each, in order.

    A file that can't be opened is one of them.
    """
    for path in files:
        yield _import_file(archive, path)


def _import_file(archive: Archive, path: Path) -> TakenIn:
    # A name on a disk is bytes: one from a Windows archive may be GBK and no UTF-8.
    where = str(path).encode("utf-8", "replace").decode()
    try:
        body = read_file(path, archive.settings.max_file_bytes)
    except Unreadable as trouble:
        return TakenIn(Outcome.UNREADABLE, where, str(trouble))
    if not body:
        return TakenIn(Outcome.UNREADABLE, where, "文件为空。")
    moment = datetime.now(UTC)
    name = Path(where).name
    # A file has no address: the sighting is of its name, and a visitor sees no source.
    hints, origin = Hints(file_name=name), Origin(captured_at=moment)
    digest = keep(archive, body, hints, Sighting(f"file:{name}", moment, 200))
    reading = _reading(archive, digest, body, hints)
    taken = None
    if isinstance(reading, Whole):
        taken = _joined(archive, digest, File(body, hints), reading)
    if taken is None:
        taken = read_and_file(archive, digest, body, hints, origin, where, reading)
    return replace(taken, where=where)


def _reading(
    archive: Archive, digest: str, body: bytes, hints: Hints
) -> Whole | NotFiled | None:
    """What a file says alone, or why it can't be filed; None for what is filed."""
    with archive.store.session() as session:
        if parts.version_filed(session, digest):
            return None
    try:
        return read_files(archive, [File(body, hints)])
    except NotFiled as trouble:
        return trouble


def _joined(archive: Archive, digest: str, new: File, alone: Whole) -> TakenIn | None:
    """Completes what was imported before and is a part of the same report: the text
    without its tables, or the tables without the text.

    None where nothing before is completed. What came from a portal is left as it is.
    """
    with archive.store.session() as session:
        carriers = parts.imported_beside(session, alone.report)
    for carrier in carriers[:MAX_ATTACHMENTS]:
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

"""Reading again: every original through today's readers. No network."""

from __future__ import annotations

from collections.abc import Callable

from archive.captures import DamagedOriginal
from archive.catalogue import HTML, OriginalState, Outcome
from archive.pipeline.archive import Archive
from archive.pipeline.originals import NotFiled, file, read_files, set_aside
from archive.pipeline.outcomes import Tally
from archive.reading import File, sniff
from archive.store import parts, refiling


def read_again(
    archive: Archive, progress: Callable[[int, int], None] = lambda done, total: None
) -> Tally:
    """Reads every original again and refills all that is computed of it.

    `progress` is told how many are done, of how many.
    """
    tally = Tally()
    with archive.store.session() as session:
        digests = refiling.digests(session)
    for done, digest in enumerate(digests, 1):
        tally.count(_one_again(archive, digest))
        progress(done, len(digests))
    return tally


def _one_again(archive: Archive, digest: str) -> Outcome:
    """What came of one original.

    A version stays as it was read when its original can't be read any more, and the
    original says why. One whose original is no report is taken back.
    """
    # What the list and the page said when it was captured is remembered with it.
    with archive.store.session() as session:
        hints = refiling.hints_of(session, digest)
        if parts.is_part(session, digest):
            # What carries the version is read again with it.
            return Outcome.SAME
        others = parts.parts_of(session, digest)
        known = [refiling.hints_of(session, part.digest) for part in others]
    try:
        own = _bytes_of(archive, digest)
        files = [File(own, hints)]
        for part, told in zip(others, known, strict=True):
            body = _bytes_of(archive, part.digest)
            files.append(File(body, told, part.shown_as))
        # A page comes before its attachments, whichever of them carries the version.
        files.sort(key=lambda one: sniff(one.body) != HTML)
        whole = read_files(archive, files)
        outcome = file(
            archive,
            digest,
            lambda session: refiling.refile(session, whole.report, digest, sniff(own)),
        )
    except NotFiled as trouble:
        set_aside(archive, digest, trouble)
        if trouble.state == OriginalState.NOT_A_REPORT:
            archive.store.write(lambda session: refiling.withdraw(session, digest))
        return trouble.outcome
    return Outcome(outcome)


def _bytes_of(archive: Archive, digest: str) -> bytes:
    try:
        return archive.captures.open(digest)
    except DamagedOriginal as trouble:
        raise NotFiled(OriginalState.UNREADABLE, str(trouble)) from None

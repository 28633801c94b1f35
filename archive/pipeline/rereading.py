"""Reading again: every original through today's readers. No network."""

from __future__ import annotations

from collections.abc import Callable

from archive.captures import DamagedOriginal
from archive.catalogue import OriginalState, Outcome
from archive.pipeline.archive import Archive
from archive.pipeline.originals import NotFiled, file, read, set_aside
from archive.pipeline.outcomes import Tally
from archive.store import refiling


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
    original says why.
    """
    # What the list and the page said when it was captured is remembered with it.
    with archive.store.session() as session:
        hints = refiling.hints_of(session, digest)
    try:
        report, media_type = read(archive, _bytes_of(archive, digest), hints)
        outcome = file(
            archive,
            digest,
            lambda session: refiling.refile(session, report, digest, media_type),
        )
    except NotFiled as trouble:
        set_aside(archive, digest, trouble)
        return trouble.outcome
    return Outcome(outcome)


def _bytes_of(archive: Archive, digest: str) -> bytes:
    try:
        return archive.captures.open(digest)
    except DamagedOriginal as trouble:
        raise NotFiled(OriginalState.UNREADABLE, str(trouble)) from None

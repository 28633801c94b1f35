"""Reading again: every original through today's readers. No network.

Batch by batch, in the order in which the originals came, so that a run that was killed
can go on where it was.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from archive.catalogue import HTML, OriginalState, Outcome
from archive.interpreting import OUR_MISTAKES, Whole
from archive.pipeline.ahead import Ahead, Files, Result
from archive.pipeline.archive import Archive
from archive.pipeline.originals import NotFiled, file, set_aside
from archive.pipeline.outcomes import Left, Progress, TakenIn, Tally
from archive.reading import File, sniff
from archive.report import Hints
from archive.store import broken_among, bulk, refiling

BATCH = 100
"""Originals of one transaction."""
log = logging.getLogger("archive.pipeline")


Telling = Callable[[Left], None]


def read_again(
    archive: Archive,
    ahead: Ahead,
    progress: Progress = lambda done, total, step: None,
    begin: int = 0,
    tell: Telling = lambda left: None,
) -> Tally:
    """Reads every original again and refills all that is computed of it; what can't be
    filed is told.

    `progress` is told whenever a batch is filed; a run that ended there goes on with as
    many as `begin`, and with those of them whose reading was damaged since.
    """
    tally = Tally()
    with archive.store.session() as session:
        digests = refiling.digests(session)
        done = min(begin, len(digests))
        # The same readers may have read it, but what they said is not there any more.
        lost = broken_among(session, digests[:done]) if done else []
    wanted = [*lost, *digests[done:]]
    done -= len(lost)
    batches = _batches(archive, wanted)
    for (known, parts), results in ahead.read(batches):
        for outcome in _file_batch(archive, known, results, tell):
            tally.count(outcome)
        # What carries the version is read again with its parts.
        for _ in range(parts):
            tally.count(Outcome.SAME)
        done += len(known) + parts
        progress(done, len(digests), "重新读取")
    return tally


def _batches(
    archive: Archive, digests: Sequence[str]
) -> Iterator[tuple[tuple[list[str], int], list[Files]]]:
    """What is read, and how many parts are not; the files of each."""
    for begin in range(0, len(digests), BATCH):
        batch = digests[begin : begin + BATCH]
        with archive.store.session() as session:
            known = refiling.to_read_again(session, batch)
        wanted: list[Files] = [
            partial(_files_of, archive, one) for one in known.values()
        ]
        yield (list(known), len(batch) - len(known)), wanted


def _files_of(archive: Archive, files: Sequence[tuple[str, str, Hints]]) -> list[File]:
    """What the list and the page said when it was captured is remembered with it."""
    opened = [
        File(archive.captures.open(digest), hints, shown_as)
        for digest, shown_as, hints in files
    ]
    # A page comes before its attachments, whichever of them carries the version.
    return sorted(opened, key=lambda one: sniff(one.body) != HTML)


def _file_batch(
    archive: Archive, digests: Sequence[str], results: Sequence[Result], tell: Telling
) -> list[Outcome]:
    """Refiles what was read in one transaction, and sets aside what can't be filed."""
    read = [
        bulk.Read(digest, result.report, _media_type(result))
        for digest, result in zip(digests, results, strict=True)
        if isinstance(result, Whole)
    ]
    try:
        outcomes = archive.store.write(partial(bulk.refile_reports, read=read))
        filed = [Outcome(one) for one in outcomes]
    except OUR_MISTAKES as mistake:
        # One by one, the report that we stumble over is found.
        log.error("filing %d reports failed", len(read), exc_info=mistake)
        filed = [_one_again(archive, one, tell) for one in read]
    troubles = [
        _left(archive, digest, result, tell)
        for digest, result in zip(digests, results, strict=True)
        if isinstance(result, NotFiled)
    ]
    return filed + troubles


def _media_type(whole: Whole) -> str:
    """What the original is; empty, and known before, where it was read with others."""
    return whole.media_type if whole.used == (0,) else ""


def _one_again(archive: Archive, read: bulk.Read, tell: Telling) -> Outcome:
    """What came of one original of a batch that could not be filed together."""
    try:
        return Outcome(
            file(
                archive,
                read.digest,
                lambda session: refiling.refile(
                    session, read.report, read.digest, read.media_type
                ),
            )
        )
    except NotFiled as trouble:
        return _left(archive, read.digest, trouble, tell)


def _left(archive: Archive, digest: str, trouble: NotFiled, tell: Telling) -> Outcome:
    """What came of an original that can't be filed.

    A version stays as it was read when its original can't be read any more, and the
    original says why. One whose original is no report is taken back.
    """
    with archive.store.session() as session:
        where, was_read = refiling.seen_as(session, digest)
    set_aside(archive, digest, trouble)
    if trouble.state == OriginalState.NOT_A_REPORT:
        archive.store.write(lambda session: refiling.withdraw(session, digest))
    tell(Left(TakenIn(trouble.outcome, where, trouble.reason), was_read))
    return trouble.outcome

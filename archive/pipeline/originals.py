"""One original: kept, read, filed; or set aside for a person, with the reason.

`keep` comes first and alone: the bytes and the sighting stand before anything that can
fail is tried. Everything after it needs no network and can be done again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence

from archive.catalogue import OriginalState, Outcome
from archive.interpreting import OUR_MISTAKES, Whole, told
from archive.pipeline.archive import Archive
from archive.pipeline.outcomes import TakenIn
from archive.reading import File, Unreadable
from archive.report import Hints, Prepared
from archive.store import Origin, Session, Sighting, saving

LONGEST_NAME = 200
"""Characters of an agency's name; what is longer is a sentence that was taken for one.
"""
log = logging.getLogger("archive.pipeline")


class NotFiled(Exception):
    """An original is kept but can't be filed: the state it waits in, and why."""

    def __init__(self, state: OriginalState, reason: str, media_type: str = "") -> None:
        """`reason` is a Chinese sentence; `media_type` what the bytes are, if known."""
        super().__init__(reason)
        self.state = state
        self.reason = reason
        self.media_type = media_type

    @property
    def outcome(self) -> Outcome:
        """The same as an outcome: unreadable, not_a_report or unfiled."""
        return Outcome(self.state.value)


def keep(archive: Archive, body: bytes, hints: Hints, sighting: Sighting) -> str:
    """Keeps an original and notes the sighting; returns its SHA-256 in hex."""
    digest = archive.captures.keep(body)
    archive.store.write(
        lambda session: saving.keep_original(
            session, digest, len(body), hints, sighting
        )
    )
    return digest


def read_and_file(
    archive: Archive,
    digest: str,
    body: bytes,
    hints: Hints,
    origin: Origin,
    where: str,
    reading: Whole | NotFiled | None = None,
) -> TakenIn:
    """Reads a kept original and files what it says; what can't be filed is set aside.

    Bytes that are filed already are not read again: that is what `rebuild` is for.
    `origin` says where a visitor finds it, `where` what is printed for it, `reading`
    what came of reading it where somebody has done so already.
    """
    # Most pages of a source that is collected again: nothing has changed.
    known = archive.store.write(
        lambda session: saving.seen_again(session, digest, origin)
    )
    if known is not None:
        outcome, filed_as = known
        return taken_in(archive, digest, outcome, where, filed_as)
    try:
        if isinstance(reading, NotFiled):
            raise reading
        whole = reading or read_files(archive, [File(body, hints)])
        report, media_type = whole.report, whole.media_type
        outcome = file(
            archive,
            digest,
            lambda session: saving.file_report(
                session, report, digest, origin, media_type
            ),
        )
    except NotFiled as trouble:
        set_aside(archive, digest, trouble)
        return TakenIn(trouble.outcome, where, reason=trouble.reason)
    filed_as = f"{report.agency.name} {report.year}"
    return taken_in(archive, digest, outcome, where, filed_as)


def taken_in(
    archive: Archive, digest: str, outcome: str, where: str, filed_as: str
) -> TakenIn:
    """What became of an original that is filed; what it lacks, where it waits."""
    if outcome != Outcome.HELD:
        return TakenIn(Outcome(outcome), where, filed_as=filed_as)
    with archive.store.session() as session:
        lost = saving.why_waiting(session, digest)
    reason = f"内容比现有版本少（{lost}），现有版本不变，等待人工核定。"
    return TakenIn(Outcome.HELD, where, reason, filed_as)


def read_files(archive: Archive, files: Sequence[File]) -> Whole:
    """The report in one file or several, if it can be filed. Raises NotFiled."""
    try:
        whole = archive.interpreter.together(files)
    except Unreadable as trouble:
        raise NotFiled(OriginalState.UNREADABLE, str(trouble)) from None
    return fileable(whole)


def fileable(whole: Whole) -> Whole:
    """What was read, if it can be filed. Raises NotFiled."""
    report, media_type = whole.report, whole.media_type
    # 通知, 指南, 公告 and the like stand in the same lists as the reports.
    if not report.is_report:
        raise NotFiled(OriginalState.NOT_A_REPORT, report.why, media_type)
    reason = _why_unfiled(report)
    if reason:
        raise NotFiled(OriginalState.UNFILED, reason, media_type)
    return whole


def _why_unfiled(report: Prepared) -> str:
    """Why it can't be said whose report this is and for which year; or empty."""
    unknown = []
    if not report.agency.name:
        unknown.append("报告机关")
    if not report.year:
        unknown.append("报告年度")
    if unknown:
        return f"未能确定{'和'.join(unknown)}，等待人工核定。"
    if len(report.agency.name) > LONGEST_NAME:
        return f"报告机关名称超过 {LONGEST_NAME} 字，不似机关名称，等待人工核定。"
    return ""


def file(archive: Archive, digest: str, filing: Callable[[Session], str]) -> str:
    """Does the `filing` in a transaction: new, same or changed. Raises NotFiled.

    A report that our own checks stumble over waits in the review queue, and does not
    stop the others.
    """
    try:
        return archive.store.write(filing)
    except OUR_MISTAKES as mistake:
        log.error("filing %s failed", digest, exc_info=mistake)
        raise NotFiled(OriginalState.UNREADABLE, told(mistake)) from mistake


def set_aside(archive: Archive, digest: str, trouble: NotFiled) -> None:
    """Notes on an original why it is not filed; it waits in the review queue."""
    archive.store.write(
        lambda session: saving.judge(
            session, digest, trouble.state, trouble.reason, trouble.media_type
        )
    )

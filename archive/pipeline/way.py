"""THE WAY: collect → take in → interpret → file → index. Read this first.

An original is kept, and the sighting of it noted, before anything else can fail;
everything after that can be done again without the network. Any step may be killed at
any moment and done twice.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from archive.captures import Captures, Damaged
from archive.interpreting import Interpreter
from archive.reading import Unreadable
from archive.report import Hints, Report
from archive.search import Busy, Index, IndexTrouble
from archive.store import (
    Sighting,
    Source,
    Store,
    index_entries,
    marks,
    refiling,
    saving,
)
from config import Settings

BATCH = 200
"""So many reports are indexed in one commit."""

OUR_MISTAKES = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What a mistake in our own code raises; trouble with disk or database is none of these
and ends the run.
"""
log = logging.getLogger("archive.pipeline.way")
LONGEST_NAME = 200
"""Characters of an agency's name; what is longer is a sentence that was taken for one.
"""


@dataclass
class Tally:
    """What came of a run."""

    new: int = 0
    same: int = 0
    changed: int = 0
    gone: int = 0
    failed: int = 0

    def count(self, outcome: str) -> None:
        """Counts an outcome; whatever is not new, same, changed or gone has failed."""
        name = outcome if outcome in {"new", "same", "changed", "gone"} else "failed"
        setattr(self, name, getattr(self, name) + 1)

    def as_dict(self) -> dict[str, int]:
        return {
            name: getattr(self, name)
            for name in ("new", "same", "changed", "gone", "failed")
        }


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one original: new, same, changed, unreadable, not_a_report or
    unfiled.
    """

    kind: str
    where: str
    report: Report | None = None
    """What was read; None also for bytes that are filed already."""
    reason: str = ""
    filed_as: str = ""
    """Agency and year."""

    @property
    def is_filed(self) -> bool:
        return self.kind in {"new", "same", "changed"}


@dataclass
class Archive:
    """The rooms the way leads through; opened once per process that writes."""

    settings: Settings
    store: Store = field(init=False)
    captures: Captures = field(init=False)
    index: Index = field(init=False)
    interpreter: Interpreter = field(init=False)

    def __post_init__(self) -> None:
        self.store = Store(self.settings.database_url)
        self.captures = Captures(self.settings.originals)
        self.index = Index(
            self.settings.index,
            index_entries.texts_of(self.store),
            self.settings.search_memory,
        )
        self.interpreter = Interpreter()

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *_: object) -> None:
        self.interpreter.__exit__(None, None, None)
        self.index.close()
        self.store.close()


def take_in(
    archive: Archive, body: bytes, hints: Hints, sighting: Sighting, source: Source
) -> Outcome:
    """Keeps an original, reads it and files what it says."""
    digest = keep(archive, body, hints, sighting)
    return interpret_and_file(archive, digest, body, hints, source, sighting.asked)


def keep(archive: Archive, body: bytes, hints: Hints, sighting: Sighting) -> str:
    """Keeps an original and notes the sighting, before anything else can fail; its
    SHA-256.
    """
    digest = archive.captures.keep(body)
    archive.store.write(
        lambda session: saving.keep_original(
            session, digest, len(body), hints, sighting
        )
    )
    return digest


def interpret_and_file(
    archive: Archive, digest: str, body: bytes, hints: Hints, source: Source, where: str
) -> Outcome:
    """Reads a kept original and files it; what can't be filed is judged, with the
    reason.

    Bytes that are filed already are not read again: that is what `rebuild` is for.
    """
    if known := archive.store.write(
        lambda session: saving.seen_again(session, digest, source)
    ):
        return Outcome(known[0], where, filed_as=known[1])
    try:
        report, media_type = archive.interpreter.interpret(body, hints)
    except Unreadable as trouble:
        reason = str(trouble)
        archive.store.write(
            lambda session: saving.judge(session, digest, "unreadable", reason)
        )
        return Outcome("unreadable", where, reason=reason)
    kind, reason = _judgement(report)
    if kind:
        archive.store.write(
            lambda session: saving.judge(session, digest, kind, reason, media_type)
        )
        return Outcome(kind, where, report, reason)
    try:
        outcome = archive.store.write(
            lambda session: saving.file_report(
                session, report, digest, source, media_type
            )
        )
    except OUR_MISTAKES as mistake:
        return Outcome(
            "unreadable", where, reason=_our_mistake(archive, digest, mistake)
        )
    return Outcome(
        outcome, where, report, filed_as=f"{report.agency.name} {report.year}"
    )


def _our_mistake(archive: Archive, digest: str, mistake: Exception) -> str:
    """A report that our checks stumble over waits in the review queue, and does not
    stop the others.
    """
    log.error("filing %s failed", digest, exc_info=mistake)
    reason = f"核查时程序出错（{type(mistake).__name__}），原件已保留，详情见日志。"
    archive.store.write(
        lambda session: saving.judge(session, digest, "unreadable", reason)
    )
    return reason


def _judgement(report: Report) -> tuple[str, str]:
    """Why a report is not filed, or two empty strings."""
    if not report.is_report:
        return "not_a_report", report.why
    unknown = [
        name
        for name, known in (("报告机关", report.agency.name), ("报告年度", report.year))
        if not known
    ]
    if unknown:
        return "unfiled", f"未能确定{'和'.join(unknown)}，等待人工核定。"
    if len(report.agency.name) > LONGEST_NAME:
        return (
            "unfiled",
            f"报告机关名称超过 {LONGEST_NAME} 字，不似机关名称，等待人工核定。",
        )
    return "", ""


def import_paths(archive: Archive, files: Sequence[Path]) -> Iterator[Outcome]:
    """Takes files in, one outcome each, in order; a file that can't be opened is one of
    them.
    """
    for path in files:
        where = str(path).encode("utf-8", "replace").decode()
        try:
            body = read_file(path, archive.settings.max_file_bytes)
        except Unreadable as trouble:
            yield Outcome("unreadable", where, reason=str(trouble))
            continue
        if not body:
            yield Outcome("unreadable", where, reason="文件为空。")
            continue
        moment = datetime.now(UTC)
        name = Path(where).name
        sighting, source = (
            Sighting(f"file:{name}", moment, 200),
            Source(captured_at=moment),
        )
        yield replace(
            take_in(archive, body, Hints(file_name=name), sighting, source), where=where
        )


def read_file(path: Path, limit: int) -> bytes:
    """The bytes of an ordinary file. Raises Unreadable for everything else, and above
    the limit.
    """
    try:
        if not path.is_file():
            raise Unreadable(
                "文件不存在。"
                if not path.exists()
                else "不是普通文件（管道、设备或文件夹），不能读取。"
            )
        size = path.stat().st_size
        if size > limit:
            raise Unreadable(
                f"文件有 {size / 1048576:.0f} MB，超过上限 {limit // 1048576} MB。"
            )
        with path.open("rb") as file:
            return file.read(limit + 1)
    except PermissionError:
        raise Unreadable("没有读取权限。") from None
    except OSError as trouble:
        raise Unreadable(
            f"无法打开文件（{trouble.strerror or type(trouble).__name__}）。"
        ) from None


def read_again(
    archive: Archive, progress: Callable[[int, int], None] = lambda done, total: None
) -> Tally:
    """Reads every original again with today's readers and refills all that is computed.
    No network.
    """
    tally = Tally()
    with archive.store.session() as session:
        digests = refiling.digests(session)
    for done, digest in enumerate(digests, 1):
        tally.count(_one_again(archive, digest))
        progress(done, len(digests))
    return tally


def _one_again(archive: Archive, digest: str) -> str:
    """A version stays as it was read when its original can't be read any more; the
    original says why.
    """
    with archive.store.session() as session:
        hints = refiling.hints_of(session, digest)
    try:
        report, media_type = archive.interpreter.interpret(
            archive.captures.open(digest), hints
        )
    except (Damaged, Unreadable) as trouble:
        reason = str(trouble)
        archive.store.write(
            lambda session: saving.judge(session, digest, "unreadable", reason)
        )
        return "failed"
    kind, reason = _judgement(report)
    if kind:
        archive.store.write(
            lambda session: saving.judge(session, digest, kind, reason, media_type)
        )
        return "failed" if kind == "unfiled" else "same"
    try:
        return archive.store.write(
            lambda session: refiling.refile(session, report, digest, media_type)
        )
    except OUR_MISTAKES as mistake:
        _our_mistake(archive, digest, mistake)
        return "failed"


def index_marked(archive: Archive) -> int:
    """Indexes what is marked, in batches; how many. Leaves the marks when somebody else
    is writing.
    """
    count = 0
    try:
        if archive.index.is_missing:
            count = reindex(archive)
        while True:
            with archive.store.session() as session:
                batch = marks.marked(session, BATCH)
            if not batch.ids and not batch.gone:
                return count
            archive.index.update(batch.entries, batch.gone)
            archive.store.write(lambda session: marks.unmark(session, batch))  # noqa: B023
            count += len(batch.ids)
    except Busy:
        return count


def reindex(archive: Archive) -> int:
    """Builds the index anew beside the live one and swaps it in; how many reports it
    holds.
    """
    with archive.store.session() as session:
        before = list(marks.all_marks(session, BATCH))
    count = archive.index.rebuild(marks.all_entries(archive.store))
    for batch in before:
        archive.store.write(lambda session: marks.unmark(session, batch))  # noqa: B023
    return count


def heal(archive: Archive) -> str:
    """Builds the index anew if it can't be used or lacks what the database holds; what
    was wrong, or empty.

    Raises Busy when somebody else is writing, OSError when there is no room; the old
    index then stays in service.
    """
    wrong = index_trouble(archive)
    if wrong:
        log.warning("The search index is built anew: %s", wrong)
        log.warning(
            "The search index is whole again, with %d reports.", reindex(archive)
        )
    return wrong


def index_trouble(archive: Archive) -> str:
    """What is wrong with the index, reading every byte of it; empty when it is whole
    and agrees with the database.
    """
    wrong, lost, unknown = _index_beside_database(archive)
    return wrong or (
        f"{lost} reports are not in it, {unknown} in it are not in the database."
        if lost or unknown
        else ""
    )


def _index_beside_database(archive: Archive) -> tuple[str, int, int]:
    """Why the index can't be used; how many reports it lacks, and how many it has that
    the database does not know. What is marked, or comes or goes meanwhile, is neither.
    """
    with archive.store.session() as session:
        settled = marks.current_ids(session) - marks.marked_ids(session)
    indexed, wrong = set[int](), ""
    try:
        archive.index.verify()
        indexed = archive.index.ids()
    except IndexTrouble as trouble:
        wrong = str(trouble)
    with (
        archive.store.session() as session
    ):  # after the index, which may grow meanwhile
        current, marked = marks.current_ids(session), marks.marked_ids(session)
    return (
        wrong,
        len((settled & current) - marked - indexed),
        len(indexed - current - marked),
    )


@dataclass(frozen=True, slots=True)
class Audit:
    """What `audit` found wrong; nothing when all lists are empty."""

    originals: int
    damaged: tuple[str, ...]
    not_indexed: int
    index_only: int
    index_trouble: str = ""
    """Why the index can't be used, in Chinese."""
    unknown: int = 0
    """Originals kept but not noted, by a kill between the two; taken in when they are
    met again. No harm.
    """

    @property
    def is_clean(self) -> bool:
        return not (
            self.damaged or self.not_indexed or self.index_only or self.index_trouble
        )


def audit(
    archive: Archive, progress: Callable[[int, int], None] = lambda done, total: None
) -> Audit:
    """Tests every original against its hash, and the index against the database: not
    what waits to be indexed.
    """
    with archive.store.session() as session:
        digests = refiling.digests(session)
    damaged = []
    for done, digest in enumerate(digests, 1):
        try:
            archive.captures.open(digest)
        except Damaged as trouble:
            damaged.append(str(trouble))
        progress(done, len(digests))
    unknown = len(set(archive.captures.iterate()) - set(digests))
    wrong, lost, only_there = _index_beside_database(archive)
    return Audit(len(digests), tuple(damaged), lost, only_there, wrong, unknown)


def in_batches(files: Iterator[Path], size: int = 50) -> Iterator[list[Path]]:
    """Files by the handful, so that what is imported is soon found."""
    while batch := list(islice(files, size)):
        yield batch

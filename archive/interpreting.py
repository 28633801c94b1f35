"""Bytes → Report, in a child process where a reader may hang, eat memory or crash."""

from __future__ import annotations

import multiprocessing
import resource
import signal
from collections.abc import Sequence
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from multiprocessing.context import ForkContext, SpawnContext
from types import TracebackType
from typing import Self

from archive.catalogue import Value
from archive.reading import RECOGNISED, File, Unreadable, read_together, sniff
from archive.regions import identify, other_places
from archive.report import Agency, Document, Finding, Hints, Report, parse

MAX_SECONDS = 90
# For what may be a scan: a page takes seconds. Its reader ends by itself before that.
MAX_SECONDS_RECOGNISING = 330
# The child's own alarm rings so much later than its parent would stop it.
_GRACE = 10
MAX_MEMORY = 4 * 1024**3
_PLACES_NAMED = 6
"""A finding names so many of the places that an agency's name can mean."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A report that may lie in several files."""

    report: Report
    media_type: str
    """What the main file is."""
    used: tuple[int, ...]
    """Which of the files it was read from, the main one first."""
    pictures: tuple[str, ...] = ()
    """Addresses of pictures that may stand for its tables, as written in the page."""


def interpret(body: bytes, hints: Hints = Hints()) -> Report:
    """Reads, parses and places a report.

    In: the bytes of an original, and what is known beside them. Raises Unreadable. The
    checks of the report are made when it is filed.
    """
    return interpret_together([File(body, hints)]).report


def interpret_together(files: Sequence[File]) -> Whole:
    """The same of a report that lies in several files."""
    document, used = read_together(files)
    hints = _with_page(files[used[0]].hints, document)
    report = parse(document, hints)
    agency = identify(
        report.agency.name, report.year, hints, phone=report.contact.get("phone", "")
    )
    findings = (*report.findings, *_open_region(agency))
    placed = replace(report, agency=agency, findings=findings)
    report = replace(placed, findings=(*findings, *other_places(placed)))
    return Whole(report, sniff(files[used[0]].body), used, document.pictures)


def _open_region(agency: Agency) -> list[Finding]:
    """Says which places an agency's name can mean, where nothing settles it."""
    if agency.region is not None or not agency.candidates:
        return []
    names = tuple(region.name for region in agency.candidates[:_PLACES_NAMED])
    values: dict[str, Value] = {"agency": agency.name, "regions": names}
    return [Finding("region_open", values)]


def _with_page(hints: Hints, document: Document) -> Hints:
    """What the caller knows, and for the rest what the page says of itself.

    Portals print SiteName and SiteIDCode in the `<meta>` of their pages, and often the
    发布机构 above the text.
    """
    meta = document.meta
    return replace(
        hints,
        site_name=hints.site_name or meta.get("site_name", ""),
        site_code=hints.site_code or meta.get("site_code", ""),
        publisher=hints.publisher or meta.get("publisher", ""),
    )


def _seconds_for(files: Sequence[File], seconds: float) -> float:
    """How long the reader of these files may take: longer for what may be a scan."""
    if any(sniff(one.body) in RECOGNISED for one in files):
        return max(seconds, MAX_SECONDS_RECOGNISING)
    return seconds


class Interpreter:
    """`interpret` in a child process that is replaced when it takes too long.

    Originals come from anywhere: some make a reader hang, eat memory or crash. A
    context manager; the child ends with its parent, also when that is killed.

    `forked` children have at once what their parent has loaded. That is for processes
    with a single thread and no connection open, which a child would share.
    """

    def __init__(self, seconds: float = MAX_SECONDS, *, forked: bool = False) -> None:
        self._seconds = seconds
        self._forked = forked
        self._process: multiprocessing.process.BaseProcess | None = None
        self._pipe: Connection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop()

    def interpret(self, body: bytes, hints: Hints = Hints()) -> tuple[Report, str]:
        """The report and the media type. Raises Unreadable as `together` does."""
        whole = self.together([File(body, hints)])
        return whole.report, whole.media_type

    def together(self, files: Sequence[File]) -> Whole:
        """The report that lies in these files.

        Raises Unreadable, also for a reader that hangs or crashes.
        """
        if self._process is None or not self._process.is_alive():
            self._start()
        assert self._pipe is not None
        try:
            seconds = _seconds_for(files, self._seconds)
            self._pipe.send(files)
            if not self._pipe.poll(seconds):
                self._stop()
                raise Unreadable(
                    f"读取超过 {seconds:.0f} 秒，已停止；请核对文件是否正常。"
                )
            answer = self._pipe.recv()
        except (EOFError, OSError):
            self._stop()
            raise Unreadable(
                "读取时程序中止（可能因文件异常巨大），请核对文件是否正常。"
            ) from None
        if isinstance(answer, str):
            raise Unreadable(answer)
        assert isinstance(answer, Whole)
        return answer

    def _start(self) -> None:
        self._stop()
        context: ForkContext | SpawnContext = (
            multiprocessing.get_context("fork")
            if self._forked
            else multiprocessing.get_context("spawn")
        )
        self._pipe, theirs = context.Pipe()
        # A child that held its parent's end would never see it close.
        inherited = [self._pipe] if self._forked else []
        self._process = context.Process(
            target=_serve, args=(theirs, self._seconds, inherited), daemon=True
        )
        self._process.start()
        theirs.close()

    def _stop(self) -> None:
        if self._pipe is not None:
            self._pipe.close()
        if self._process is not None:
            self._process.kill()
            self._process.join(5)
        self._process, self._pipe = None, None


def _serve(pipe: Connection, seconds: float, inherited: list[Connection]) -> None:
    """The child: answers until its parent is gone. Ctrl-C is the parent's to handle.

    When the parent was killed nobody stops a reader that hangs: then the alarm ends it.
    """
    for end in inherited:
        end.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    while True:
        try:
            files = pipe.recv()
        except (EOFError, OSError):
            return
        signal.alarm(int(_seconds_for(files, seconds)) + _GRACE)
        try:
            pipe.send(interpret_together(files))
        except Unreadable as trouble:
            pipe.send(str(trouble))
        except (RecursionError, MemoryError):
            pipe.send("文件嵌套过深或过大，读取已停止；请核对文件是否正常。")
        signal.alarm(0)

"""Bytes → Report, in a child process where a reader may hang, eat memory or crash."""

from __future__ import annotations

import gc
import hashlib
import logging
import multiprocessing
import resource
import signal
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from multiprocessing.connection import Connection
from multiprocessing.context import ForkContext, SpawnContext
from pathlib import Path
from typing import Any, Self

from archive.catalogue import Value
from archive.reading import RECOGNISED, File, Unreadable, read_together, sniff
from archive.regions import identify, other_places
from archive.report import (
    Agency,
    Document,
    Finding,
    Hints,
    Prepared,
    Report,
    parse,
    prepare,
)

MAX_SECONDS = 90
# For what may be a scan: a page takes seconds. Its reader ends by itself before that.
MAX_SECONDS_RECOGNISING = 330
# The child's own alarm rings so much later than its parent would stop it.
_GRACE = 10
MAX_MEMORY = 4 * 1024**3
LOOK, FILE, EACH = "look", "file", "each"
"""What a child is asked for: the whole report, what is filed of it, or what is filed of
each of several.
"""
OUR_MISTAKES = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What a mistake in our own code raises; trouble with disk or database is none of these
and ends the run.
"""
log = logging.getLogger("archive.interpreting")
_OBJECTS_PER_LOOK = 20_000
"""New objects of Python after which it looks for circles among them."""
_TOO_MUCH = "文件嵌套过深或过大，读取已停止；请核对文件是否正常。"
_PLACES_NAMED = 6
"""A finding names so many of the places that an agency's name can mean."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A report that may lie in several files, ready to be filed."""

    report: Prepared
    media_type: str
    """What the main file is."""
    used: tuple[int, ...]
    """Which of the files it was read from, the main one first."""
    pictures: tuple[str, ...] = ()
    """Addresses of pictures that may stand for its tables, as written in the page."""


@cache
def readers() -> str:
    """Names today's readers: twelve digits of the SHA-256 of their code."""
    code = hashlib.sha256()
    folder = Path(__file__).parent
    for room in ("catalogue", "reading", "regions", "report"):
        for source in sorted((folder / room).rglob("*.py")):
            code.update(source.read_bytes())
    return code.hexdigest()[:12]


def interpret(body: bytes, hints: Hints = Hints()) -> Report:
    """Reads, parses and places a report.

    In: the bytes of an original, and what is known beside them. Raises Unreadable. The
    checks of the report are made when it is prepared.
    """
    document, _ = read_together([File(body, hints)])
    return _placed(document, hints)


def interpret_together(files: Sequence[File]) -> Whole:
    """A report that lies in these files, ready to be filed. Raises Unreadable."""
    document, used = read_together(files)
    main = files[used[0]]
    report = prepare(_placed(document, main.hints))
    return Whole(report, sniff(main.body), used, document.pictures)


def _placed(document: Document, given: Hints) -> Report:
    """What a document says, and which agency at which place says it."""
    hints = _with_page(given, document)
    report = parse(document, hints)
    agency = identify(
        report.agency.name, report.year, hints, phone=report.contact.get("phone", "")
    )
    findings = (*report.findings, *_open_region(agency))
    placed = replace(report, agency=agency, findings=findings)
    return replace(placed, findings=(*findings, *other_places(placed)))


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
    with a single thread and no connection open, which a child would share; `start`
    makes the first child so, at a moment when this holds.
    """

    def __init__(self, seconds: float = MAX_SECONDS, *, forked: bool = False) -> None:
        self._seconds = seconds
        self._forked = forked
        self._process: multiprocessing.process.BaseProcess | None = None
        self._pipe: Connection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def start(self, *, forked: bool) -> None:
        """Starts a child at once, in place of the one there is."""
        self.close()
        context: ForkContext | SpawnContext = (
            multiprocessing.get_context("fork")
            if forked
            else multiprocessing.get_context("spawn")
        )
        self._pipe, theirs = context.Pipe()
        # A child that held its parent's end would never see it close.
        inherited = [self._pipe] if forked else []
        self._process = context.Process(
            target=_serve, args=(theirs, self._seconds, inherited), daemon=True
        )
        self._process.start()
        theirs.close()

    def interpret(self, body: bytes, hints: Hints = Hints()) -> Report:
        """The report in a file, to be looked at. Raises Unreadable as `together`."""
        report = self._answer(LOOK, [File(body, hints)])
        assert isinstance(report, Report)
        return report

    def together(self, files: Sequence[File]) -> Whole:
        """The report that lies in these files, ready to be filed.

        Raises Unreadable, also for a reader that hangs or crashes.
        """
        whole = self._answer(FILE, files)
        assert isinstance(whole, Whole)
        return whole

    def each(self, several: Sequence[Sequence[File]]) -> list[Whole | Unreadable]:
        """As `together`, of several reports that are quickly read: to be woken by an
        answer takes as long as all else. Where one hangs or crashes, each by itself.
        """
        answers: Any = ""
        if len(several) > 1:
            with suppress(Unreadable):
                answers = self._asked(EACH, several, self._seconds)
        if isinstance(answers, str):  # or they are too much to be sent at once
            return list(map(self._alone, several))
        return [Unreadable(one) if isinstance(one, str) else one for one in answers]

    def _alone(self, files: Sequence[File]) -> Whole | Unreadable:
        try:
            return self.together(files)
        except Unreadable as trouble:
            return trouble

    def _answer(self, wanted: str, files: Sequence[File]) -> Whole | Report:
        answer = self._asked(wanted, files, _seconds_for(files, self._seconds))
        if isinstance(answer, str):
            raise Unreadable(answer)
        assert isinstance(answer, Whole | Report)
        return answer

    def _asked(
        self,
        wanted: str,
        files: Sequence[Any],
        seconds: float,
        *,
        is_again: bool = False,
    ) -> Any:
        """What the child says; a second one where the first came to an end.

        Raises Unreadable where it hangs, or the second crashes too.
        """
        if self._process is None or not self._process.is_alive():
            self.start(forked=self._forked)
        assert self._pipe is not None
        try:
            self._pipe.send((wanted, files))
            if not self._pipe.poll(seconds):
                self.close()
                raise Unreadable(
                    f"读取超过 {seconds:.0f} 秒，已停止；请核对文件是否正常。"
                )
            return self._pipe.recv()
        except (EOFError, OSError):
            self.close()
            if not is_again and wanted != EACH:
                # Somebody else may have killed it: the system, for want of memory.
                return self._asked(wanted, files, seconds, is_again=True)
            raise Unreadable(
                "读取时程序中止（可能因文件异常巨大），请核对文件是否正常。"
            ) from None

    def close(self) -> None:
        """Ends the child; a new one starts when it is needed."""
        if self._pipe is not None:
            self._pipe.close()
        if self._process is not None:
            self._process.kill()
            self._process.join(5)
        self._process, self._pipe = None, None


def told(mistake: Exception) -> str:
    """What a person is told of a mistake in our own code."""
    return f"核查时程序出错（{type(mistake).__name__}），原件已保留，详情见日志。"


def _interpreted(wanted: str, files: Sequence[File]) -> Whole | Report:
    if wanted == FILE:
        return interpret_together(files)
    (only,) = files
    return interpret(only.body, only.hints)


def _serve(pipe: Connection, seconds: float, inherited: list[Connection]) -> None:
    """The child: answers until its parent is gone. Ctrl-C is the parent's to handle.

    When the parent was killed nobody stops a reader that hangs: then the alarm ends it.
    """
    for end in inherited:
        end.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    # What is loaded stays, and a report refers to nothing that refers back to it: to
    # look for such circles after every 700 objects takes a tenth of the time.
    gc.freeze()
    gc.set_threshold(_OBJECTS_PER_LOOK)
    while True:
        try:
            wanted, files = pipe.recv()
        except (EOFError, OSError):
            return
        if wanted == EACH:
            answer: Any = [_answered(FILE, one, seconds) for one in files]
        else:
            answer = _answered(wanted, files, seconds)
        try:
            pipe.send(answer)
        except (RecursionError, MemoryError):
            pipe.send(_TOO_MUCH)


def _answered(
    wanted: str, files: Sequence[File], seconds: float
) -> Whole | Report | str:
    """What is asked for, or why it can't be had."""
    signal.alarm(int(_seconds_for(files, seconds)) + _GRACE)
    try:
        return _interpreted(wanted, files)
    except Unreadable as trouble:
        return str(trouble)
    except (RecursionError, MemoryError):
        return _TOO_MUCH
    except OUR_MISTAKES as mistake:
        log.error("reading failed", exc_info=mistake)
        return told(mistake)
    finally:
        signal.alarm(0)

"""An export: files of WARC with an index beside them, whole or not at all.

Files are written under names of their own, and get theirs when all are whole, the index
last. The same sightings give the same bytes: names of records, dates and what packs
them depend on nothing else.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from importlib import metadata
from pathlib import Path
from typing import IO, NamedTuple

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders

from archive.captures import Captures
from archive.evidence.canonical import moment_told
from archive.evidence.index_lines import IndexLines
from archive.evidence.packed import Page, pack
from archive.evidence.records import WARC, Kept, Writer, is_of_web, named, records
from archive.store import Look, LookWish, Session, Store, looks

UNFINISHED = ".unfinished-"
ENDING = ".warc.gz"
Progress = Callable[[int, int], None]


class InTheWay(Exception):
    """A file of that name is there already; the message names it."""


@dataclass(frozen=True, slots=True)
class About:
    """What the export says of itself."""

    software: str
    archive_key: str
    """Which archive this is; names of records are made of it."""
    user_agent: str = ""
    address: str = ""
    """Of the website, or where we can be reached."""


class Exported(NamedTuple):
    """What was written."""

    sightings: int
    records: int
    files: tuple[Path, ...]
    """The files of WARC, the index, and the WACZ where one was wanted."""


def export(
    store: Store,
    captures: Captures,
    wish: LookWish,
    target: Path,
    about: About,
    most: int,
    with_wacz: bool = False,
    tell: Progress = lambda done, total: None,
) -> Exported:
    """Writes what a wish names; `most`: bytes after which another file is begun.

    Raises InTheWay, DamagedOriginal, OSError. Nothing is left of what failed.
    """
    with ExitStack() as stack:
        session = stack.enter_context(store.session())
        total, last = looks.counted(session, wish)
        parts = stack.enter_context(Parts(target, about, last, most))
        for done, look in enumerate(looks.looks(session, wish), 1):
            kept = _kept(session, captures, wish, look)
            parts.write(list(records(parts.writer, look, kept, about.archive_key)))
            if kept.body is not None and is_page(look):
                parts.index.add_page(Page(*named(look)))
            tell(done, total)
        files = parts.finish(with_wacz)
        return Exported(total, parts.count, files)


def is_page(look: Look) -> bool:
    """Whether a look shows something that a visitor opens by itself."""
    return look.asked.startswith("http") and "html" in look.media_type


def _kept(session: Session, captures: Captures, wish: LookWish, look: Look) -> Kept:
    """What the record of a look has for a body."""
    if not look.digest:
        before = looks.shown_before(session, look) if look.status == 304 else None
        return Kept() if before is None else Kept(None, named(before), before.digest)
    if is_of_web(look):
        first = looks.first_with(session, wish, look.digest)
        if first is not None and first.id != look.id and is_of_web(first):
            return Kept(same=named(first))
    return Kept(captures.open(look.digest))


@dataclass
class Parts:
    """The files of an export while they are written. A context manager."""

    target: Path
    about: About
    last: datetime | None
    """When the last sighting was made: the export is of that moment."""
    most: int
    count: int = 0

    def __post_init__(self) -> None:
        self._names: list[str] = []
        self._stack = ExitStack()
        self._out: IO[bytes] | None = None
        index = self._unfinished(f"{self._stem}.lines")
        self.index = self._stack.enter_context(IndexLines(index))
        self._begin()

    def __enter__(self) -> Parts:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()
        if self._out is not None:
            self._out.close()
        for name in (*self._names, self._index_name, self._wacz_name):
            self._unfinished(name).unlink(missing_ok=True)

    @property
    def _stem(self) -> str:
        return self.target.name.removesuffix(ENDING)

    @property
    def _index_name(self) -> str:
        return f"{self._stem}.cdxj"

    @property
    def _wacz_name(self) -> str:
        return f"{self._stem}.wacz"

    def _unfinished(self, name: str) -> Path:
        return self.target.parent / f"{UNFINISHED}{name}"

    def _begin(self) -> None:
        """Begins a file, which says what it is."""
        number = len(self._names) + 1
        name = f"{self._stem}-{number}{ENDING}" if number > 1 else self.target.name
        self._refuse_what_is_there(name)
        if self._out is not None:
            _to_disk(self._out)
        self._names.append(name)
        self._out = self._unfinished(name).open("wb")
        self.writer = Writer(self._out)
        self._write(_said(self.writer, name, self.about, self.last))

    def _refuse_what_is_there(self, name: str) -> None:
        if (self.target.parent / name).exists():
            raise InTheWay(str(self.target.parent / name))

    def write(self, group: list[ArcWarcRecord]) -> None:
        """Writes the records of a sighting; they stay in one file."""
        assert self._out is not None
        if self._out.tell() >= self.most:
            self._begin()
        for record in group:
            self._write(record)

    def _write(self, record: ArcWarcRecord) -> None:
        assert self._out is not None
        offset = self._out.tell()
        self.writer.write_record(record)
        length = self._out.tell() - offset
        self.index.add(record, self._names[-1], offset, length)
        self.count += 1

    def finish(self, with_wacz: bool) -> tuple[Path, ...]:
        """Ends the files and gives them their names, the index last."""
        assert self._out is not None
        _to_disk(self._out)
        others = [self._index_name, *([self._wacz_name] if with_wacz else [])]
        for name in others:
            self._refuse_what_is_there(name)
        with self._unfinished(self._index_name).open("wb") as out:
            out.writelines(self.index.lines())
            _to_disk(out, close=False)
        if with_wacz:
            self._pack()
        finished = []
        for name in (*self._names, *reversed(others)):
            final = self.target.parent / name
            self._unfinished(name).rename(final)
            finished.append(final)
        return tuple(finished)

    def _pack(self) -> None:
        files = {name: self._unfinished(name) for name in self._names}
        index = self._unfinished(self._index_name)
        title = self.about.address or self.about.software
        with self._unfinished(self._wacz_name).open("wb") as out:
            pack(out, files, index, self.index.pages(), title, self.last)
            _to_disk(out, close=False)


def _to_disk(out: IO[bytes], close: bool = True) -> None:
    out.flush()
    os.fsync(out.fileno())
    if close:
        out.close()


def _said(
    writer: Writer, name: str, about: About, last: datetime | None
) -> ArcWarcRecord:
    """The record at the head of a file: who made it, how, and what holds for it."""
    told = {
        "software": f"{about.software} (warcio {metadata.version('warcio')})",
        "format": "WARC File Format 1.1",
        "conformsTo": "http://iipc.github.io/warc-specifications/specifications/"
        "warc-format/warc-1.1/",
        "operator": about.address,
        "http-header-user-agent": about.user_agent,
        "robots": "classic",
        "description": "Annual reports of government-information disclosure, as their "
        "portals sent them. Cookies are left out; bodies are decoded.",
        "license": "Reports are their agencies' works; kept and given for archiving, "
        "research and verification.",
    }
    record = writer.create_warcinfo_record(name, told)
    moment = moment_told(last) if last else "1970-01-01T00:00:00.000000Z"
    headers = StatusAndHeaders("", [], protocol=WARC)
    for key, value in record.rec_headers.headers:
        headers.add_header(key, value)
    headers.replace_header("WARC-Date", moment)
    headers.replace_header("WARC-Record-ID", _named(about.archive_key, name, moment))
    record.rec_headers = headers
    return record


def _named(*parts: str) -> str:
    return f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, '/'.join(parts))}>"

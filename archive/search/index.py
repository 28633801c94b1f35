"""The archive's search: one object a process, shared by its threads."""

from __future__ import annotations

import threading
from collections.abc import Hashable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from archive.search.engine import (
    BROKEN,
    Cache,
    Folder,
    batches,
    is_whole,
    put_together,
    tidy,
    write,
)
from archive.search.entry import Entry
from archive.search.errors import Busy, Damaged, Missing
from archive.search.newest import Newest
from archive.search.parts import Load, Tell, makers

if TYPE_CHECKING:
    from archive.search.answer import Fetch, Results
    from archive.search.answering import Answering
    from archive.search.question import Query
    from archive.search.suggest import Suggestion

MEMORY = 192 * 1024 * 1024
"""Bytes."""


class Index:
    """Reads and writes the index in `folder`.

    The index holds no text; `texts` fetches what is quoted.

    A missing index is an empty one. Every method raises Damaged or Outdated when the
    index in service can't be used (`rebuild` always can), writing methods raise Busy
    when another writer is at work. What one process commits, all others see at their
    next call.
    """

    def __init__(self, folder: Path, texts: Fetch, memory: int = MEMORY) -> None:
        """`memory`: bytes for lists and texts that were used last.

        What every question needs comes on top, about 150 bytes a report.
        """
        self._folder = Folder(folder)
        self._fetch, self._for_texts = texts, memory // 4
        self._newest = Newest(self._folder, Cache(memory - self._for_texts))
        self._write_lock = threading.Lock()
        self._tidy_lock = threading.Lock()

    def search(self, query: Query) -> Results:
        """Answer a question.

        Whatever `query` holds, it is answered; odd things are explained in `notes`.
        """
        return self._answering.search(query)

    def listed(self, query: Query, most: int) -> tuple[list[int], int]:
        """The version ids of all reports a question finds, best first, at most so many,
        and how many there are; near-identical ones are not folded.
        """
        return self._answering.listed(query, most)

    def suggest(self, typed: str) -> list[Suggestion]:
        """Completions of what stands in the search box: agencies by characters, pinyin
        or initials, and words.
        """
        return self._answering.suggest(typed)

    @cached_property
    def _answering(self) -> Answering:
        """What a question needs: whoever only writes never loads it."""
        from archive.search.answering import Answering

        return Answering(self._newest, self._fetch, self._for_texts)

    def ids(self) -> set[int]:
        """The version ids in the index."""
        snapshot = self._newest.snapshot()
        return set(snapshot.version_ids[snapshot.alive].tolist())

    def count(self) -> int:
        """How many versions are in the index."""
        return int(self._newest.snapshot().alive.sum())

    def update(self, entries: Iterable[Entry], gone: Iterable[int] = ()) -> int:
        """Add or replace entries and remove the version ids in `gone`.

        An id in both stays.

        Returns how many entries were written. Killed half-way it leaves the batches
        already committed; doing it again does no harm.
        """
        with self._alone():
            path = self._folder.current()
            if path is None:
                return self._build(entries)
            self._folder.check(path)
            return self._write(path, entries, tuple(gone))

    def rebuild(self, entries: Iterable[Entry]) -> int:
        """Make a new index of exactly these entries beside the one in service, then
        swap. Returns their number.
        """
        with self._alone():
            return self._build(entries)

    def rebuild_from(
        self,
        load: Load,
        version_ids: Sequence[int],
        processes: int = 1,
        tell: Tell = lambda done, total: None,
    ) -> int:
        """As `rebuild`, of the entries that `load` gives for these ids, each named
        once; `tell` hears how many are done, of how many.

        More processes than one are forked: from a process with a single thread and no
        connection open. Raises Stopped when one of them is killed.
        """
        # They begin before the index is locked: they would hold the lock as well.
        maker = makers(load, version_ids, processes)
        with maker, self._alone(), self._beside() as path:
            return put_together(path, maker.make(path, tell))

    def _build(self, entries: Iterable[Entry]) -> int:
        with self._beside() as path:
            return self._write(path, entries, ())

    @contextmanager
    def _beside(self) -> Iterator[Path]:
        """An empty index beside the one in service, which takes its place when the
        block ends; it is removed when that raises.
        """
        path = self._folder.begin()
        try:
            yield path
            self._folder.publish(path)
        except BaseException:
            self._folder.discard(path)
            raise

    def state(self) -> Hashable:
        """What is another one as soon as an answer may be: after a commit of anybody,
        and when the vocabulary was counted again. Only for comparing.
        """
        return self._newest.state(), self._answering.made_at()

    @property
    def is_missing(self) -> bool:
        """Whether there is no index at all, not even an empty one."""
        return self._folder.current() is None

    def require(self, reports: int) -> None:
        """Raises Missing when there is no index for so many reports.

        An index that was taken away must not look like an empty archive.
        """
        if reports and self.is_missing:
            raise Missing(
                "搜索索引不存在。请运行 python -m archive reindex，或启动 python -m "
                "archive work，它会重建索引。"
            )

    def verify(self) -> None:
        """Read every byte of the index in service.

        Raises Damaged or Outdated unless it is as it was written.
        """
        path = self._folder.current()
        if path is None:
            return
        try:
            self._folder.check(path)  # what is open does not look at it again
            self._newest.snapshot()
            if not is_whole(path):
                raise Damaged(BROKEN)
        except Damaged:
            if path == self._folder.current():  # else it has just been replaced
                raise

    def tidy(self) -> bool:
        """Merge segments where many commits have left many; true when it did.

        Call it after updating, at leisure: searching and updating go on meanwhile, in
        this process and others.
        """
        path = self._folder.current()
        if path is None or not self._tidy_lock.acquire(blocking=False):
            return False
        try:
            self._folder.check(path)
            return tidy(path, self._alone)
        except (Busy, FileNotFoundError):
            # Another process writes, or has just replaced the index.
            return False
        except Damaged:
            if path == self._folder.current():  # else it was being removed
                raise
            return False
        finally:
            self._tidy_lock.release()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Threads of this process wait for each other.

        Other processes' writers are not waited for (Busy).
        """
        with self._write_lock, self._folder.writing():
            yield

    def close(self) -> None:
        """Let go of files and memory; the index opens again when it is used again."""
        self._newest.close()
        if "_answering" in vars(self):
            self._answering.clear()

    def _write(
        self, path: Path, entries: Iterable[Entry], gone: tuple[int, ...]
    ) -> int:
        written = 0
        for batch in batches(entries):
            written += write(path, self._newest.read(path), batch, gone)
            gone = ()
        if gone:
            write(path, self._newest.read(path), {}, gone)
        return written

"""The archive's search: one object a process, shared by its threads."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from archive.search.answer import Fetch, Results, Search, Texts, Turns
from archive.search.engine import (
    BROKEN,
    Cache,
    Folder,
    Snapshot,
    Values,
    batches,
    generation,
    is_whole,
    tidy,
    write,
)
from archive.search.entry import Entry
from archive.search.errors import Busy, Damaged
from archive.search.question import Query, leaves
from archive.search.suggest import Suggestion, Vocabulary

MEMORY = 192 * 1024 * 1024
_ATTEMPTS = 20
_COUNTED_AGAIN = 60.0
_SETTLED = 3_000_000_000
"""Nanoseconds after which a time of change is trusted to change again with the next:
some file systems count in steps of two seconds.
"""
MAX_CORRECTED = 4
"""Words of a question that finds nothing for which another spelling is looked for."""


class Index:
    """Reads and writes the index in `folder`. The index holds no text; `texts` fetches
    what is quoted.

    A missing index is an empty one. Every method raises Damaged or Outdated when the
    index in service can't be used (`rebuild` always can), writing methods raise Busy
    when another writer is at work. What one process commits, all others see at their
    next call.
    """

    def __init__(self, folder: Path, texts: Fetch, memory: int = MEMORY) -> None:
        """`memory`: bytes for lists and texts that were used last; what every question
        needs comes on top, about
        150 bytes a report.
        """
        self._folder = Folder(folder)
        self._turns = Turns()
        self._texts = Texts(self._aside(texts), memory // 4)
        self._cache = Cache(memory - memory // 4)
        self._lock = threading.Lock()
        self._write_lock = threading.Lock()
        self._tidy_lock = threading.Lock()
        self._vocabulary_lock = threading.Lock()
        self._seen: tuple[Path, int] | None = None
        self._quiet: tuple[Path, tuple[int, ...], Snapshot] | None = None
        self._snapshot = Snapshot([], [], self._cache)
        self._vocabulary: tuple[Values, float, Vocabulary] | None = None

    def search(self, query: Query) -> Results:
        """Answer a question. Whatever `query` holds, it is answered; odd things are
        explained in `notes`.
        """
        started = time.perf_counter()
        with self._turns.taken():
            results = Search(self._newest(), self._texts, query).results(started)
        return (
            self._corrected(query, results)
            if results.nearest or not results.total
            else results
        )

    def listed(self, query: Query, most: int) -> tuple[list[int], int]:
        """The version ids of all reports a question finds, best first, at most so many,
        and how many there are; near-identical ones are not folded.
        """
        with self._turns.taken():
            return Search(self._newest(), self._texts, query).listed(most)

    def _aside(self, fetch: Fetch) -> Fetch:
        """Fetching texts for one question while others are answered."""

        def fetched(versions: Sequence[int]) -> Mapping[int, Entry]:
            with self._turns.given_up():
                return fetch(versions)

        return fetched

    def suggest(self, typed: str) -> list[Suggestion]:
        """Completions of what stands in the search box: agencies by characters, pinyin
        or initials, and words.
        """
        return self._words_known().suggest(typed)

    def _corrected(self, query: Query, results: Results) -> Results:
        """An answer that is empty or only near, with the question that may have been
        meant if it finds something. Others have their turn while spellings are
        compared.
        """
        text = query.text
        words = [leaf.text for leaf in leaves(query.tree) if leaf.text in text]
        for wrong, right in (
            self._words_known().corrections(words[:MAX_CORRECTED]).items()
        ):
            text = text.replace(wrong, right)
        if text == query.text:
            return results
        with self._turns.taken():
            found = Search(
                self._newest(), self._texts, replace(query, text=text, page=1, size=1)
            ).results(0.0)
        return (
            replace(results, meant=text)
            if found.total and not found.nearest
            else results
        )

    def _words_known(self) -> Vocabulary:
        """Made anew when there is another agency, and now and then for the numbers of
        reports: by one thread, while the others go on with the one before. Only the
        very first is waited for.
        """
        known = self._vocabulary
        if not self._vocabulary_lock.acquire(blocking=known is None):
            assert known is not None
            return known[2]
        try:
            snapshot, now = self._newest(), time.monotonic()
            agencies = snapshot.facets["agency"].values
            known = self._vocabulary
            if (
                known is None
                or known[0] is not agencies
                or known[1] < now - _COUNTED_AGAIN
            ):
                self._vocabulary = known = (
                    agencies,
                    now,
                    Vocabulary(snapshot.having("agency")),
                )
            return known[2]
        finally:
            self._vocabulary_lock.release()

    def ids(self) -> set[int]:
        """The version ids in the index."""
        snapshot = self._newest()
        return set(snapshot.version_ids[snapshot.alive].tolist())

    def update(self, entries: Iterable[Entry], gone: Iterable[int] = ()) -> int:
        """Add or replace entries and remove the version ids in `gone`; an id in both
        stays.

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

    def _build(self, entries: Iterable[Entry]) -> int:
        path = self._folder.begin()
        try:
            written = self._write(path, entries, ())
            self._folder.publish(path)
        except BaseException:
            self._folder.discard(path)
            raise
        return written

    @property
    def is_missing(self) -> bool:
        """Whether there is no index at all, not even an empty one."""
        return self._folder.current() is None

    def verify(self) -> None:
        """Read every byte of the index in service. Raises Damaged or Outdated unless it
        is as it was written.
        """
        path = self._folder.current()
        if path is None:
            return
        try:
            self._folder.check(path)  # what is open does not look at it again
            self._newest()
            if not is_whole(path):
                raise Damaged(BROKEN)
        except Damaged:
            if path == self._folder.current():  # else it has just been replaced
                raise

    def tidy(self) -> bool:
        """Merge segments where many commits have left many; whether it did. Call it
        after updating, at leisure: searching and updating go on meanwhile, in this
        process and others.
        """
        path = self._folder.current()
        if path is None or not self._tidy_lock.acquire(blocking=False):
            return False
        try:
            self._folder.check(path)
            return tidy(path, self._alone)
        except (
            Busy,
            FileNotFoundError,
        ):  # another process writes, or has just replaced the index
            return False
        except Damaged:
            if path == self._folder.current():  # else it was being removed
                raise
            return False
        finally:
            self._tidy_lock.release()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Threads of this process wait for each other; other processes' writers are not
        waited for (Busy).
        """
        with self._write_lock, self._folder.writing():
            yield

    def close(self) -> None:
        """Let go of files and memory; the index opens again when it is used again."""
        with self._lock:
            self._seen = self._quiet = None
            self._cache.clear()
            self._texts.clear()
            self._snapshot = Snapshot([], [], self._cache)

    def _write(
        self, path: Path, entries: Iterable[Entry], gone: tuple[int, ...]
    ) -> int:
        written = 0
        for batch in batches(entries):
            written += write(path, self._read(path), batch, gone)
            gone = ()
        if gone:
            write(path, self._read(path), (), gone)
        return written

    def _read(self, path: Path) -> Snapshot:
        try:
            with self._lock:
                known = self._snapshot
            return Snapshot.read(path, generation(path), self._cache, known)
        except FileNotFoundError as error:
            raise Damaged(BROKEN) from error

    def _newest(self) -> Snapshot:
        """The newest generation; a look at two times of change when there is none."""
        if (quiet := self._quiet) and quiet[1] == self._folder.changed(quiet[0]):
            return quiet[2]
        for attempt in range(_ATTEMPTS):
            path = self._folder.current()
            try:
                return self._open_newest(path)
            except (
                FileNotFoundError
            ):  # a writer has just removed what it replaced, or a file is lost
                time.sleep(0.005 * attempt)
            except Damaged:
                if path == self._folder.current():  # else it was being removed
                    raise
        raise Damaged(BROKEN)

    def _open_newest(self, path: Path | None) -> Snapshot:
        changed = self._folder.changed(path) if path else ()
        settled = changed and max(changed) < time.time_ns() - _SETTLED
        with self._lock:
            self._quiet = None
            if path is None:
                self._seen, self._snapshot = None, Snapshot([], [], self._cache)
                return self._snapshot
            newest = (path, generation(path))
            if newest != self._seen:
                self._folder.check(path)
                if newest[1] < 0:
                    raise Damaged(BROKEN)
                self._snapshot = Snapshot.read(
                    path, newest[1], self._cache, self._snapshot
                )
                self._seen = newest
            if settled:
                self._quiet = path, changed, self._snapshot
            return self._snapshot

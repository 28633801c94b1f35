"""Where the index lies on disk.

    index/
      current              a name: which of the folders beside it is in service
      index-4f0c…/         an index: Whoosh's files, and
        made_by.json       by which rules it was made (`schema.made_by`)
      index-91aa…/         one that is being built, or was when its builder was killed
      writer.lock          held while somebody writes

A commit adds files to the folder in service. An index that is built anew gets a folder
of its own, and then `current` is replaced at once or not at all.
"""

from __future__ import annotations

import fcntl
import json
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from whoosh.index import FileIndex

from archive.search.engine.disk import Durable, sync
from archive.search.engine.schema import made_by, schema
from archive.search.engine.segments import BROKEN
from archive.search.errors import Busy, Damaged, Outdated

_MADE_BY = "made_by.json"


class Folder:
    """The folder of an index, under the one in which all its generations lie."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._pointer = root / "current"

    def current(self) -> Path | None:
        """The index in service; None when there is none yet. Raises Damaged."""
        try:
            name = self._pointer.read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise Damaged(BROKEN) from error
        # Whatever the file says now, nothing outside the folder is read or removed.
        if not name.startswith("index-") or "/" in name:
            raise Damaged(BROKEN)
        return self._root / name

    def changed(self, path: Path) -> tuple[int, ...]:
        """When the pointer and an index were last changed, in nanoseconds.

        A commit changes the latter, since it puts a new list of segments there. Empty
        when one of them is gone.
        """
        with suppress(OSError):
            return self._pointer.stat().st_mtime_ns, path.stat().st_mtime_ns
        return ()

    def check(self, path: Path) -> None:
        """Raises Outdated when an index was made by other rules than today's.

        Damaged when it doesn't say by which.
        """
        try:
            found = json.loads((path / _MADE_BY).read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise Damaged(BROKEN) from error
        if found != made_by():
            raise Outdated(
                "搜索索引由旧版规则建立，需要重建。请运行 python -m archive "
                "reindex 重建索引。"
            )

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Be the one writer. Raises Busy at once when there is another."""
        self._root.mkdir(parents=True, exist_ok=True)
        with (self._root / "writer.lock").open("w") as lock:
            try:
                # The system lets go of it when the process dies, however it dies.
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise Busy("搜索索引正在由另一个进程写入，请稍后再试。") from None
            yield

    def begin(self) -> Path:
        """An empty index beside the one in service.

        What a killed writer began is removed first.
        """
        # Nobody else is building: the caller is the one writer.
        self._clean(self._in_service())
        path = self._root / f"index-{secrets.token_hex(8)}"
        path.mkdir()
        (path / _MADE_BY).write_text(
            json.dumps(made_by(), ensure_ascii=False), encoding="utf-8"
        )
        FileIndex.create(Durable(str(path)), schema())
        return path

    def publish(self, path: Path) -> None:
        """Put an index into service, and remove all others.

        Readers keep what they have mapped.
        """
        # Everything is on the disk before `current` names it.
        fresh = self._root / f"current.{path.name}"
        fresh.write_text(path.name, encoding="utf-8")
        sync([*path.iterdir(), path, fresh])
        fresh.replace(self._pointer)
        sync([self._root])
        self._clean(path)

    def discard(self, path: Path) -> None:
        """Remove an index that was begun and can't be finished."""
        shutil.rmtree(path, ignore_errors=True)

    def _in_service(self) -> Path | None:
        try:
            return self.current()
        except Damaged:
            return None

    def _clean(self, keep: Path | None) -> None:
        for other in self._root.glob("index-*"):
            if other != keep:
                self.discard(other)
        for left_over in self._root.glob("current.*"):
            left_over.unlink(missing_ok=True)

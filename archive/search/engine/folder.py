"""Where the index lies on disk.

index/current a file naming the folder in service, replaced at once or not at all
index/index-<hex>/     the files of Whoosh, and made_by.json
index/writer.lock held while somebody writes; the system frees it when a process dies
"""

from __future__ import annotations

import fcntl
import json
import secrets
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from whoosh.fields import Schema
from whoosh.index import FileIndex

from archive.search.engine.disk import Durable, sync
from archive.search.engine.schema import made_by, schema
from archive.search.engine.snapshot import BROKEN
from archive.search.errors import Busy, Damaged, Outdated

_MADE_BY = "made_by.json"


class Folder:
    """An index of the fields of `schema` (None: the files are not Whoosh's); `made_by`
    tells what it must have been made by to be usable.
    """

    def __init__(
        self,
        root: Path,
        schema: Callable[[], Schema] | None = schema,
        made_by: Callable[[], Mapping[str, str | int]] = made_by,
    ) -> None:
        self._root = root
        self._schema = schema
        self._made_by = made_by
        self._pointer = root / "current"

    def current(self) -> Path | None:
        """The index in service; None when there is none yet. Raises Damaged."""
        try:
            name = self._pointer.read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise Damaged(BROKEN) from error
        if not name.startswith("index-") or "/" in name:
            raise Damaged(BROKEN)
        return self._root / name

    def changed(self, path: Path) -> tuple[int, ...]:
        """When the pointer and an index were last changed, in nanoseconds; empty when
        one of them is gone. A commit changes the latter, since it puts a new list of
        segments there.
        """
        with suppress(OSError):
            return self._pointer.stat().st_mtime_ns, path.stat().st_mtime_ns
        return ()

    def check(self, path: Path) -> None:
        """Raises Outdated when an index was made by other rules, Damaged when it
        doesn't say by which.
        """
        try:
            found = json.loads((path / _MADE_BY).read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise Damaged(BROKEN) from error
        if found != self._made_by():
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
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise Busy("搜索索引正在由另一个进程写入，请稍后再试。") from None
            yield

    def begin(self) -> Path:
        """An empty index beside the one in service. What a killed writer began is
        removed first.
        """
        self._clean(self._in_service())
        path = self._root / f"index-{secrets.token_hex(8)}"
        path.mkdir()
        (path / _MADE_BY).write_text(
            json.dumps(self._made_by(), ensure_ascii=False), encoding="utf-8"
        )
        if self._schema:
            FileIndex.create(Durable(str(path)), self._schema())
        return path

    def publish(self, path: Path) -> None:
        """Put an index into service, and remove all others. Readers keep what they have
        mapped.
        """
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

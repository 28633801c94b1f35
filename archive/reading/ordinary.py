"""The bytes of a file on a disk, whatever its name leads to."""

from __future__ import annotations

from pathlib import Path

from archive.reading.unreadable import Unreadable, too_large


def read_file(path: Path, limit: int) -> bytes:
    """The bytes of an ordinary file of at most `limit` bytes. Raises Unreadable."""
    try:
        _require_ordinary(path)
        size = path.stat().st_size
        if size > limit:
            raise too_large(size, limit)
        with path.open("rb") as file:
            # It may have grown since it was measured.
            return file.read(limit + 1)
    except PermissionError:
        raise Unreadable("没有读取权限。") from None
    except OSError as trouble:
        why = trouble.strerror or type(trouble).__name__
        raise Unreadable(f"无法打开文件（{why}）。") from None


def _require_ordinary(path: Path) -> None:
    """Raises Unreadable: to open a pipe would wait for ever."""
    if path.is_file():
        return
    if not path.exists():
        raise Unreadable("文件不存在。")
    raise Unreadable("不是普通文件（管道、设备或文件夹），不能读取。")

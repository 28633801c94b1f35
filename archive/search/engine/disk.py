"""What makes a commit last, and what proves that its files are as they were written.

Whoosh trusts the disk. Here all files of a segment are on the disk, with a sum over
each, before a list of segments that names it takes its place; a kill or a power failure
leaves the list before or the list after.

Lucene has such a sum in the footer of each file, and flushes files in the same order.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage

#   <segment>.lists, <segment>.columns
#   <segment>.sum     {"<segment>.lists": CRC-32, "<segment>.columns": CRC-32}
#   _MAIN_7.toc       Whoosh's pickle: segments, deleted documents ‖ CRC-32, 4 bytes
_SUMS = ".sum"
_SUM_BYTES = 4
_CHUNK = 1 << 20
_AT_ONCE = 8


class Durable(FileStorage):  # type: ignore[misc]
    """A folder in which a list of segments, once it has its name, stays.

    It ends in a sum over it, which Whoosh does not look at. No other file is renamed.
    """

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        folder, written = Path(self.folder), Path(self._fpath(oldname))
        with written.open("ab") as file:
            file.write(_sum(written).to_bytes(_SUM_BYTES))
        # The content, then the name, then that the name is in the folder: a file system
        # may otherwise keep the new name of a file that is still empty.
        sync([written, folder])
        written.rename(folder / newname)
        sync([folder])


def seal(folder: Path, segment: Any) -> None:
    """Note the sums of a segment's files, and see all of them to the disk.

    `segment` is Whoosh's object.
    """
    files = [folder / name for name in segment.list_files(FileStorage(str(folder)))]
    noted = {path.name: _sum(path) for path in files}
    sums = _sums_path(folder, segment)
    sums.write_text(json.dumps(noted), encoding="utf-8")
    sync([*files, sums])


def _sums_path(folder: Path, segment: Any) -> Path:
    return folder / f"{segment.segment_id()}{_SUMS}"


def read_summed(path: Path) -> bytes:
    """A list of segments without the sum at its end.

    Raises ValueError when it is not as it was written.
    """
    content = path.read_bytes()
    content, kept = content[:-_SUM_BYTES], content[-_SUM_BYTES:]
    if zlib.crc32(content).to_bytes(_SUM_BYTES) != kept:
        raise ValueError(f"{path.name} is not as it was written")
    return content


def is_unharmed(folder: Path, segment: Any) -> bool:
    """Whether all files of a segment are as they were when it was sealed.

    Reads every byte: a second for 500 MB.
    """
    try:
        noted = json.loads(_sums_path(folder, segment).read_text(encoding="utf-8"))
        same = [_sum(folder / name) == kept for name, kept in noted.items()]
    except (OSError, ValueError, AttributeError):
        # A file is gone; or the sums themselves are damaged: no JSON, or no table.
        return False
    if not same:
        return False
    return all(same)


def _sum(path: Path) -> int:
    found = 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            found = zlib.crc32(chunk, found)
    return found


def sync(paths: Iterable[Path]) -> None:
    """Wait until files and folders are on the disk.

    All at once: a disk has one queue, and waiting for it file by file takes most of a
    small commit's time.
    """
    several = list(paths)
    if len(several) < 3:  # to start threads would take longer
        for path in several:
            _sync_one(path)
        return
    with ThreadPoolExecutor(_AT_ONCE) as waiting:
        list(waiting.map(_sync_one, several))  # to see what one of them raised


def _sync_one(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

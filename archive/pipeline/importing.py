"""Files of a disk into the archive; the same way as a portal's, from "keep" on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from archive.catalogue import Outcome
from archive.pipeline.archive import Archive
from archive.pipeline.outcomes import TakenIn
from archive.pipeline.way import take_in
from archive.reading import Unreadable, read_file
from archive.report import Hints
from archive.store import Origin, Sighting


def in_batches(files: Iterator[Path], size: int = 50) -> Iterator[list[Path]]:
    """Files by the handful, so that what is imported is soon found."""
    while batch := list(islice(files, size)):
        yield batch


def import_paths(archive: Archive, files: Sequence[Path]) -> Iterator[TakenIn]:
    """Takes files in; what became of each, in order.

    A file that can't be opened is one of them.
    """
    for path in files:
        yield _import_file(archive, path)


def _import_file(archive: Archive, path: Path) -> TakenIn:
    # A name on a disk is bytes: one from a Windows archive may be GBK and no UTF-8.
    where = str(path).encode("utf-8", "replace").decode()
    try:
        body = read_file(path, archive.settings.max_file_bytes)
    except Unreadable as trouble:
        return TakenIn(Outcome.UNREADABLE, where, str(trouble))
    if not body:
        return TakenIn(Outcome.UNREADABLE, where, "文件为空。")
    moment = datetime.now(UTC)
    name = Path(where).name
    # A file has no address: the sighting is of its name, and a visitor sees no source.
    taken = take_in(
        archive,
        body,
        Hints(file_name=name),
        Sighting(f"file:{name}", moment, 200),
        Origin(captured_at=moment),
    )
    return replace(taken, where=where)

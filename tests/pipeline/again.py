"""Originals read again, and files imported, as the commands do it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from pathlib import Path

from archive.pipeline import (
    Ahead,
    Archive,
    TakenIn,
    Tally,
    import_paths,
    read_again,
)


def read_all_again(archive: Archive) -> Tally:
    """Every original read again."""
    with Ahead(1) as ahead:
        return read_again(archive, ahead)


def import_all(archive: Archive, paths: Iterable[Path]) -> list[TakenIn]:
    """Files taken in; what became of each."""
    with Ahead(1) as ahead:
        return list(chain.from_iterable(import_paths(archive, paths, ahead)))

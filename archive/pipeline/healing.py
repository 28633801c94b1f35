"""Healing: an index that can't be used, or does not agree with the database, is built
anew. It can be thrown away at any time, since the database holds everything in it.
"""

from __future__ import annotations

import logging

from archive.pipeline.archive import Archive
from archive.pipeline.auditing import compare_index
from archive.pipeline.indexing import reindex

log = logging.getLogger("archive.pipeline")


def heal(archive: Archive) -> str:
    """Builds the index anew if it can't be used or lacks what the database holds.

    Returns what was wrong, or an empty text.

    Raises Busy when somebody else is writing, OSError when there is no room; the old
    index then stays in service.
    """
    wrong = diagnose(archive)
    if wrong:
        log.warning("The search index is built anew: %s", wrong)
        count = reindex(archive)
        log.warning("The search index is whole again, with %d reports.", count)
    return wrong


def diagnose(archive: Archive) -> str:
    """What is wrong with the index, reading every byte of it.

    Empty when it is whole and agrees with the database.
    """
    found = compare_index(archive)
    if found.trouble:
        return found.trouble
    # A backup of the index from another day is whole, and lacks what came since.
    if found.lacks or found.unknown:
        return (
            f"{found.lacks} reports are not in it, "
            f"{found.unknown} in it are not in the database."
        )
    return ""

"""What the worker does beside its runs, in a thread of its own: tells people what
happened, and gives up old runs that found nothing.

Neither waits for the queue, which may be away when there is most to tell.
"""

from __future__ import annotations

import logging
import threading

from archive.jobs import digests
from archive.pipeline import Archive
from archive.store import DatabaseTrouble

PAUSE = 20
"""Seconds between two looks."""
log = logging.getLogger("archive.jobs")


class Lookout:
    """Looks what is due. `archive`: one for this thread alone."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self._pruned_on = ""

    def until(self, ended: threading.Event) -> None:
        """Looks again and again until the worker ends."""
        while not ended.wait(PAUSE):
            try:
                self.look()
            except (DatabaseTrouble, OSError) as trouble:
                log.warning("nobody is told for now: %s", trouble)
            # Nothing may end it: the next look may be well.
            except Exception:
                log.exception("telling people stumbled")

    def look(self) -> None:
        """Does what is due now."""
        digests.make_if_due(self.archive)
        digests.send_waiting(self.archive)
        day = digests.today(self.archive.clock())
        if day != self._pruned_on:
            gone = digests.prune(self.archive)
            log.info("%d old runs that found nothing were given up", gone)
            self._pruned_on = day

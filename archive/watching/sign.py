"""The worker's sign of life: a file in the folder of data, which the website has too.

Not a row: it is to be told apart whether the worker or the database is away.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from config import Settings

SILENT = 60
"""Seconds after which a worker without a sign of life counts as gone."""
_FILE = "worker.beat"


@dataclass(frozen=True, slots=True)
class Sign:
    """The worker's last sign of life."""

    age: float | None
    """Seconds ago; None where no worker was ever at work on this folder."""

    @property
    def trouble(self) -> str:
        """What is wrong with the worker; empty where it lives."""
        if self.age is None:
            return "never seen"
        if self.age > SILENT:
            return f"no sign of life for {self.age:.0f} seconds"
        return ""


def give_sign(settings: Settings) -> None:
    """Says that the worker lives. Raises OSError."""
    (settings.data / _FILE).touch()


def last_sign(settings: Settings) -> Sign:
    """When the worker gave its last sign of life."""
    try:
        last = Path(settings.data / _FILE).stat().st_mtime
    except OSError:
        return Sign(None)
    # A clock that was set back makes it none from the future.
    return Sign(max(0.0, time.time() - last))

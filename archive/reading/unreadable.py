"""What a reader says when it gives up, and how much it takes on."""

from __future__ import annotations

MAX_BYTES = 50 * 1024 * 1024
MAX_CHARACTERS = 5_000_000
MAX_CELLS = 20_000


class Unreadable(Exception):
    """The original can't be read; the message is one Chinese line naming what it is and
    what to do.
    """

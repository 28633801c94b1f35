"""What can go wrong with the index. Every message is Chinese and says what to do."""

from __future__ import annotations


class IndexTrouble(Exception):
    """The index can't do what was asked; the message may be shown to a person."""


class Busy(IndexTrouble):
    """Another process is writing: the index admits one writer. Try again later."""


class Missing(IndexTrouble):
    """There is no index at all, though there are reports to be found."""


class Damaged(IndexTrouble):
    """The files of the index can't be read. `Index.rebuild` makes a new one."""


class Outdated(IndexTrouble):
    """The index was made by other rules (fields, normal form, dictionary).
    `Index.rebuild` makes a new one.
    """


class Stopped(IndexTrouble):
    """A process that made a part of a new index was killed; nothing was replaced."""
